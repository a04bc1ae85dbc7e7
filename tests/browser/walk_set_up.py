"""The pages of the set-up, where the walk finds them: administrators see them."""

from __future__ import annotations

#: By the route's name, as `PAGES` in `walk.py`.
SET_UP: dict[str, tuple[str, ...]] = {
    "set_up": ("/set-up/",),
    "set_up_import": ("/set-up/import/",),
    "set_up_import_shown": ("/set-up/import/00000000-0000-4000-8000-000000000000/",),
    "set_up_people": ("/set-up/people/", "/set-up/people/?show=all&q=nobody"),
    "set_up_person_new": ("/set-up/people/new/",),
    "set_up_person": ("/set-up/people/{bea}/", "/set-up/people/{invited}/"),
    "set_up_person_edit": ("/set-up/people/{bea}/edit/",),
    "set_up_memberships": ("/set-up/people/{bea}/memberships/",),
    "set_up_password": ("/set-up/people/{bea}/password/",),
    "set_up_deactivation": ("/set-up/people/{bea}/deactivation/new/",),
    "set_up_queues": ("/set-up/queues/",),
    "set_up_queue": ("/set-up/queues/{queue}/",),
    "set_up_queue_members_new": ("/set-up/queues/{queue}/members/new/",),
    "set_up_departments": ("/set-up/departments/",),
    "set_up_department": ("/set-up/departments/{legal}/",),
    "set_up_topics": ("/set-up/departments/{legal}/topics/",),
    "set_up_department_members_new": ("/set-up/departments/{legal}/members/new/",),
    "set_up_contact_new": ("/set-up/departments/{legal}/contacts/new/",),
    "request_types": ("/set-up/request-types/",),
    "request_type": ("/set-up/request-types/{billing}/",),
    "closed_reasons": ("/set-up/closed-reasons/",),
    "case_sources": ("/set-up/case-sources/",),
    "referral_reasons": ("/set-up/referral-reasons/", "/set-up/referral-reasons/?department=legal"),
    "referral_reason": ("/set-up/referral-reasons/{sales_reason}/",),
    "choice_new": (
        "/set-up/request-types/new/",
        "/set-up/request-types/subtypes/new/?of={billing}",
    ),
    "choice_edit": (
        "/set-up/request-types/subtypes/{autopay}/edit/",
        "/set-up/case-sources/{phone}/edit/",
    ),
    "choice_deletion": ("/set-up/closed-reasons/{retired}/deletion/new/",),
    "single_sign_on": ("/set-up/single-sign-on/",),
    "identity_provider_new": (
        "/set-up/single-sign-on/new/oidc/",
        "/set-up/single-sign-on/new/saml/",
    ),
    "identity_provider": ("/set-up/single-sign-on/at/{provider}/",),
    "identity_provider_edit": ("/set-up/single-sign-on/at/{provider}/edit/",),
    "desk_settings": ("/set-up/settings/",),
    "record_of_changes": (
        "/set-up/changes/",
        "/set-up/changes/?what=set-up",
        "/set-up/changes/?until=2001-01-01",
    ),
}
