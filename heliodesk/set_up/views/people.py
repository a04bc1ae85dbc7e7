"""The people of the desk, on the screen of administrators (K1, K7)."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from heliodesk.core.addresses import address
from heliodesk.core.changes import seen
from heliodesk.core.numbers import whole
from heliodesk.core.refusal import NotFound
from heliodesk.drafts.keep import kept
from heliodesk.people.models import Role, User
from heliodesk.people.rules.invitation import address_of, invite
from heliodesk.people.rules.people import add_person, change_person
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.forms.people import (
    BY_INVITATION,
    BY_PASSWORD,
    NewPersonForm,
    PersonForm,
)
from heliodesk.set_up.queries.people import NO_ROLE, SHOWN, Wanted
from heliodesk.set_up.queries.people import people as find_people
from heliodesk.set_up.queries.person import person_page
from heliodesk.set_up.views.saving import saved
from heliodesk.web.requests import DeskRequest
from heliodesk.worklists.queries.names import names

ROLES = [(NO_ROLE if role == Role.NONE else str(role), role.label) for role in Role]
FIELDS = ("name", "username", "email", "role", "external_id")


@set_up_view("GET", "HEAD")
def people(request: DeskRequest) -> HttpResponse:
    """Who there is, by name; narrowed as the address says."""
    wanted = _wanted(request)
    rows, last = find_people(wanted)
    asked = request.GET.copy()
    next_page = ""
    if last is not None:
        asked["after"], asked["from"] = str(last[1]), last[0]
        next_page = f"?{asked.urlencode()}"
    context = {
        "rows": rows,
        "wanted": wanted,
        "narrowed": wanted != Wanted(show=wanted.show),
        "next_page": next_page,
        "first_page": address("set_up_people") if wanted.after else "",
        "roles": ROLES,
        "queues": names("queue").items(),
        "departments": names("department").items(),
        "shown": SHOWN.items(),
    }
    return render(request, "set_up/people.html", context)


@set_up_view()
def person_new(request: DeskRequest) -> HttpResponse:
    """Add one: by an invitation, with a first password, or as a service."""
    draft = "set-up/people/new"
    typed = kept(draft, by=request.actor) if request.method == "GET" else {}
    initial = {name: typed[name] for name in FIELDS if name in typed}
    if not settings.SENDS_MAIL:
        initial["comes_in"] = BY_PASSWORD
    form = NewPersonForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> str:
        return address("set_up_person", _added(request, form).pk)

    said = f"{form.data.get('name', '').strip()} is on the desk."
    return saved(
        request, form, act, "set_up/person_new.html", said=said, draft=draft,
        sends_mail=settings.SENDS_MAIL,
    )  # fmt: skip


@set_up_view("GET", "HEAD")
def person(request: DeskRequest, pk: int) -> HttpResponse:
    """One of them: who they are, where they work, how they come in, and leaving."""
    page = person_page(pk)
    if page is None:
        raise _no_such_person()
    context = {
        "page": page,
        "me": pk == request.actor.user_id,
        "sends_mail": settings.SENDS_MAIL,
        "link": address_of(page.invitation) if page.invitation else "",
    }
    return render(request, "set_up/person.html", context)


@set_up_view()
def person_edit(request: DeskRequest, pk: int) -> HttpResponse:
    """Change who they are."""
    user = found(pk)
    was = seen(user, FIELDS)
    form = PersonForm(request.POST if request.method == "POST" else None, initial=was, seen=was)

    def act() -> str:
        change_person(user, values=form.values(), seen=form.seen, by=request.actor)
        return address("set_up_person", pk)

    return saved(
        request, form, act, "set_up/person_edit.html", said="The changes are saved.", person=user
    )


def found(pk: int) -> User:
    """The person with this ID; refuses where there is none."""
    user = User.objects.filter(pk=pk).first()
    if user is None:
        raise _no_such_person()
    return user


def _no_such_person() -> NotFound:
    return NotFound("person_not_found", "There is no such person. Look at the list.", rule="K1")


def _added(request: DeskRequest, form: NewPersonForm) -> User:
    chosen = form.cleaned_data
    who = {name: chosen[name] for name in ("name", "username", "email", "role")}
    places = {"queues": chosen["queues"], "departments": chosen["departments"]}
    if chosen["comes_in"] == BY_INVITATION:
        return invite(**who, **places, by=request.actor).user
    password = chosen["password"] if chosen["comes_in"] == BY_PASSWORD else None
    return add_person(values=who, password=password, **places, by=request.actor)


def _wanted(request: DeskRequest) -> Wanted:
    asked = request.GET
    after = whole(asked.get("after", ""))
    return Wanted(
        q=asked.get("q", "").strip()[:100],
        role=asked.get("role", "") if asked.get("role", "") in dict(ROLES) else "",
        queue=whole(asked.get("queue", "")),
        department=whole(asked.get("department", "")),
        show=asked.get("show", "") if asked.get("show", "") in SHOWN else "",
        after=(asked.get("from", "")[:200], after) if after is not None else None,
    )
