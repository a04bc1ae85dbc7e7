"""People, queues, departments and the import of the directory, below the address of the set-up."""

from __future__ import annotations

from django.urls import URLPattern, path

from heliodesk.set_up.views import (
    departments,
    importing,
    leaving,
    memberships,
    people,
    picking,
    queues,
    signing_in,
)

urlpatterns: list[URLPattern] = [
    path("import/", importing.import_new, name="set_up_import"),
    path("import/<uuid:key>/", importing.import_shown, name="set_up_import_shown"),
    path("import/<uuid:key>/refused.csv", importing.import_refused, name="set_up_import_refused"),
    path("people/", people.people, name="set_up_people"),
    path("people/options/", picking.people_options, name="people_options"),
    path("people/new/", people.person_new, name="set_up_person_new"),
    path("people/<int:pk>/", people.person, name="set_up_person"),
    path("people/<int:pk>/edit/", people.person_edit, name="set_up_person_edit"),
    path("people/<int:pk>/memberships/", memberships.memberships, name="set_up_memberships"),
    path("people/<int:pk>/password/", signing_in.password, name="set_up_password"),
    path(
        "people/<int:pk>/sessions/ending/",
        signing_in.sessions_ending,
        name="set_up_sessions_ending",
    ),
    path("people/<int:pk>/factors/reset/", signing_in.factors_reset, name="set_up_factors_reset"),
    path(
        "people/<int:pk>/tokens/<int:token>/withdrawal/",
        signing_in.token_withdrawal,
        name="set_up_token_withdrawal",
    ),
    path(
        "people/<int:pk>/invitation/",
        signing_in.invitation_again,
        name="set_up_invitation_again",
    ),
    path(
        "people/<int:pk>/invitation/withdrawal/",
        signing_in.invitation_withdrawal,
        name="set_up_invitation_withdrawal",
    ),
    path("people/<int:pk>/deactivation/new/", leaving.deactivation, name="set_up_deactivation"),
    path("people/<int:pk>/reactivation/", leaving.reactivation, name="set_up_reactivation"),
    path("queues/", queues.queues, name="set_up_queues"),
    path("queues/<int:pk>/", queues.queue, name="set_up_queue"),
    path("queues/<int:pk>/members/new/", queues.queue_members_new, name="set_up_queue_members_new"),
    path(
        "queues/<int:pk>/members/options/", picking.queue_newcomers, name="set_up_queue_newcomers"
    ),
    path(
        "queues/<int:pk>/members/<int:user>/removal/",
        queues.queue_member_gone,
        name="set_up_queue_member_gone",
    ),
    path("departments/", departments.departments, name="set_up_departments"),
    path("departments/<int:pk>/", departments.department, name="set_up_department"),
    path("departments/<int:pk>/topics/", departments.topics, name="set_up_topics"),
    path(
        "departments/<int:pk>/members/new/",
        departments.department_members_new,
        name="set_up_department_members_new",
    ),
    path(
        "departments/<int:pk>/members/options/",
        picking.department_newcomers,
        name="set_up_department_newcomers",
    ),
    path(
        "departments/<int:pk>/members/<int:user>/removal/",
        departments.department_member_gone,
        name="set_up_department_member_gone",
    ),
    path("departments/<int:pk>/contacts/new/", departments.contact_new, name="set_up_contact_new"),
    path(
        "departments/<int:pk>/contacts/<int:contact>/removal/",
        departments.contact_gone,
        name="set_up_contact_gone",
    ),
    path(
        "departments/<int:pk>/contacts/<int:contact>/first/",
        departments.contact_first,
        name="set_up_contact_first",
    ),
]
