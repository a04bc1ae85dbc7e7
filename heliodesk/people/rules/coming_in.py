"""Coming in by the company's own sign-in: who is who, and who is let in (K1)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount

from heliodesk.core import audit
from heliodesk.core.refusal import Refused
from heliodesk.core.rule import rule
from heliodesk.people.access import Actor, require_administrator
from heliodesk.people.models import IdentityProvider, User
from heliodesk.people.rules.following_groups import follow_groups
from heliodesk.people.rules.invitation import accept_by_signing_in

UNFIT_IN_NAMES = re.compile(r"[^\w.@+-]+")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a provider says that somebody is. `uid` never changes there; `email` is empty unless it
    has been verified; `groups` are None where they are not known."""

    uid: str
    email: str = ""
    name: str = ""
    username: str = ""
    groups: frozenset[str] | None = None


@rule("K1", "K4")
def come_in(slug: str, identity: Identity, *, by: Actor) -> SocialAccount:
    """The account, with its person, of somebody whom the provider called `slug` has identified.

    Known by the provider's own ID, or the first time by a verified address; where the provider may
    let in others, a new person is made. Role and memberships follow the groups. Refuses who is not
    invited, who is deactivated, and a second identity for one person.
    """
    provider = IdentityProvider.objects.filter(slug=slug, is_active=True).first()
    if provider is None:
        raise _refused("provider_unknown", "This sign-in is switched off. Sign in another way.")
    account = (
        SocialAccount.objects.select_for_update(of=("self",))
        .select_related("user")
        .filter(provider=slug, uid=identity.uid)
        .first()
    ) or _linked(provider, identity, by=by)
    user = account.user
    if not user.is_active:
        raise _refused(
            "person_deactivated",
            "Your account on this desk has been deactivated. Ask your administrator if that is a "
            "mistake.",
        )
    account.extra_data = {"name": identity.name, "username": identity.username}
    account.save(update_fields=["extra_data", "last_login"])
    accept_by_signing_in(user, by=by)
    follow_groups(user, provider, identity.groups, by=by)
    account.user = User.objects.get(pk=user.pk)
    return account


@rule("K1", "K4")
def unlink(account_id: int, *, by: Actor) -> User:
    """Forget a provider's identity of somebody, who signs in by it anew as if for the first time;
    gives the person. Refuses for anybody but an administrator."""
    require_administrator(by=by, to="change who signs in by a provider")
    account = SocialAccount.objects.select_for_update().get(pk=account_id)
    user: User = account.user
    changes = {"provider": [account.provider, ""]}
    audit.note("provider_unlinked", "user", user.pk, changes=changes, by=by)
    account.delete()
    return user


def _linked(provider: IdentityProvider, identity: Identity, *, by: Actor) -> SocialAccount:
    """A new link from the provider's identity to the person of its address, or to a new one."""
    user = _of_address(identity.email) or _new(provider, identity, by=by)
    if SocialAccount.objects.filter(provider=provider.slug, user=user).exists():
        raise _refused(
            "other_identity",
            f"{provider.name} knows you by another account than before. Ask your administrator to "
            "unlink the old one (Set-up, Single sign-on).",
        )
    account = SocialAccount.objects.create(provider=provider.slug, uid=identity.uid, user=user)
    audit.note("provider_linked", "user", user.pk, changes={"provider": ["", provider.name]}, by=by)
    return account


def _of_address(email: str) -> User | None:
    if not email:
        return None
    # The database takes ı for i, which would let in whoever has such an address as somebody else.
    found = User.objects.select_for_update().filter(email__iexact=email)
    return next((user for user in found if user.email.lower() == email.lower()), None)


def _new(provider: IdentityProvider, identity: Identity, *, by: Actor) -> User:
    if not provider.lets_in:
        raise _refused(
            "not_invited",
            f"{provider.name} knows you, but you have not been invited to this desk"
            + ("" if identity.email else ", or it does not confirm your mail address")
            + ". Ask your administrator for an invitation.",
        )
    user = User(
        name=identity.name[:120] or identity.username[:120] or identity.email or "New colleague",
        username=_free_username(identity),
        email=identity.email,
    )
    user.set_unusable_password()
    user.save()
    changes = {"name": ["", user.name], "email": ["", user.email], "provider": ["", provider.name]}
    audit.note("let_in_by_provider", "user", user.pk, changes=changes, by=by)
    return user


def _free_username(identity: Identity) -> str:
    wished = identity.username or identity.email.partition("@")[0] or "colleague"
    base = UNFIT_IN_NAMES.sub(".", wished.lower()).strip(".")[:140] or "colleague"
    taken = set(User.objects.filter(username__istartswith=base).values_list("username", flat=True))
    taken = {name.lower() for name in taken}
    names = (base if count == 1 else f"{base}{count}" for count in range(1, len(taken) + 3))
    return next(name for name in names if name not in taken)


def _refused(code: str, message: str) -> Refused:
    return Refused(code, message, rule="K1")
