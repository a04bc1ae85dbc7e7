"""Setting up single sign-on (K1)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from heliodesk.people.forms.single_sign_on import MappingForm, OIDCForm, RulesForm, SAMLForm
from heliodesk.people.models import DeskSettings, IdentityProvider, ProviderKind
from heliodesk.people.queries.providers import is_linked, linked_with, mappings_of, provider_of
from heliodesk.people.rules.coming_in import unlink
from heliodesk.people.rules.identity_providers import (
    add_mapping,
    add_provider,
    change_provider,
    change_sign_in_rules,
    remove_mapping,
)
from heliodesk.people.single_sign_on.metadata import forget
from heliodesk.people.single_sign_on.trying import try_out
from heliodesk.set_up.door import set_up_view
from heliodesk.set_up.views.saving import pressed, saved
from heliodesk.web.requests import DeskRequest

FORMS: dict[str, type[OIDCForm] | type[SAMLForm]] = {
    ProviderKind.OIDC: OIDCForm,
    ProviderKind.SAML: SAMLForm,
}


@set_up_view()
def providers(request: DeskRequest) -> HttpResponse:
    """All of them, and who has to use what."""
    now = DeskSettings.current()
    initial = {"second_factor": now.second_factor, "password_sign_in": now.password_sign_in}
    form = RulesForm(request.POST if request.method == "POST" else None, initial=initial)

    def act() -> str:
        change_sign_in_rules(
            second_factor=form.cleaned_data["second_factor"],
            password_sign_in=form.cleaned_data["password_sign_in"],
            by=request.actor,
        )
        return request.path

    found = IdentityProvider.objects.defer("metadata_xml").all()
    said = "Saved. It holds from the next sign-in on."
    return saved(request, form, act, "people/sign_in_rules.html", said=said, providers=found)


@set_up_view()
def provider_new(request: DeskRequest, kind: str) -> HttpResponse:
    """Set another one up."""
    if kind not in FORMS:
        raise Http404
    form = FORMS[kind](request.POST if request.method == "POST" else None)

    def act() -> str:
        made = add_provider(kind, values=form.values(), by=request.actor)
        return reverse("identity_provider", args=[made.slug])

    said = "It is set up. Copy its addresses to the provider, then test it."
    context: dict[str, Any] = {"kind": ProviderKind(kind), "provider": None}
    return saved(request, form, act, "people/provider_edit.html", said=said, **context)


@set_up_view()
def provider_edit(request: DeskRequest, slug: str) -> HttpResponse:
    """Change one."""
    found = provider_of(slug)
    kind = ProviderKind(found.kind)
    names = [name for name in FORMS[kind].base_fields if hasattr(found, name)]
    initial = {name: getattr(found, name) for name in names}
    if found.metadata_url:
        initial.pop("metadata_xml", None)  # it is read from there
    form = FORMS[kind](request.POST if request.method == "POST" else None, initial=initial)

    def act() -> str:
        change_provider(found, values=form.values(), by=request.actor)
        return reverse("identity_provider", args=[slug])

    context: dict[str, Any] = {"kind": kind, "provider": found}
    answer = saved(request, form, act, "people/provider_edit.html", said="Saved.", **context)
    if answer.status_code == 303 and kind == ProviderKind.SAML:
        forget(found)
    return answer


@set_up_view()
def provider(request: DeskRequest, slug: str) -> HttpResponse:
    """One of them: addresses to copy, what groups mean, who came by it. A POST adds a mapping."""
    found = provider_of(slug)
    form = MappingForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        add_mapping(found, by=request.actor, **form.values())
        return request.path

    return saved(
        request, form, act, "people/provider.html", said="Mapped.", **_of(found, findings=[])
    )


@set_up_view("POST")
def provider_test(request: DeskRequest, slug: str) -> HttpResponse:
    """Ask the provider, and show what was found on its page. It changes nothing here."""
    found = provider_of(slug)
    context = _of(found, findings=try_out(found)) | {"form": MappingForm(), "draft": ""}
    return render(request, "people/provider.html", context)


@set_up_view("POST")
def mapping_removal(request: DeskRequest, slug: str, mapping_id: int) -> HttpResponse:
    """Take a mapping away; a second press finds none (K3)."""
    mapping = mappings_of(provider_of(slug)).filter(pk=mapping_id).first()
    back = reverse("identity_provider", args=[slug])

    def act() -> None:
        if mapping is not None:
            remove_mapping(mapping, by=request.actor)

    return pressed(request, act, back=back, said="The group means that no more.")


@set_up_view("POST")
def unlinking(request: DeskRequest, slug: str, account_id: int) -> HttpResponse:
    """Forget somebody's identity; a second press finds none (K3)."""
    there = is_linked(provider_of(slug), account_id)
    back = reverse("identity_provider", args=[slug])

    def act() -> None:
        if there:
            unlink(account_id, by=request.actor)

    said = "Unlinked: they are known by their address when they come next."
    return pressed(request, act, back=back, said=said)


def _of(provider: IdentityProvider, **more: Any) -> dict[str, Any]:
    """What the page of one shows."""
    return {
        "provider": provider,
        "kind": ProviderKind(provider.kind),
        "addresses": addresses(provider),
        "mappings": mappings_of(provider),
        "linked": linked_with(provider),
    } | more


def addresses(provider: IdentityProvider) -> list[tuple[str, str]]:
    """What the provider has to be told of the desk, as (what they call it, address)."""
    if provider.kind == ProviderKind.OIDC:
        routes = {
            "Redirect URI (sign-in callback)": "openid_connect_callback",
            "Start page (initiate login URI)": "openid_connect_login",
        }
    else:
        routes = {
            "Entity ID (audience, identifier); the desk’s metadata stand there": "saml_metadata",
            "Reply address (assertion consumer service, ACS)": "saml_acs",
            "Sign-on address": "saml_login",
        }
    return [
        (words, settings.ADDRESS + reverse(route, args=[provider.slug]))
        for words, route in routes.items()
    ]
