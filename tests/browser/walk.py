"""Every address of the desk: where the walk through all pages finds it, or why it has no page.

A new route without an entry here fails `test_every_page.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from tests.browser.walk_set_up import SET_UP

#: By the route's name, the addresses at which it is looked at. `{open}` and the like stand for the
#: numbers and keys that `furnished.py` gives.
PAGES: dict[str, tuple[str, ...]] = {
    # Worklists
    "my_desk": ("/",),
    "queues": ("/queues/",),
    "queue": ("/queues/homeowner/", "/queues/installer/"),
    "people": ("/people/",),
    "person": ("/people/{bea}/",),
    # List views
    "cases": (
        "/cases/",
        "/cases/?all=status:is:new&any=priority:is:high&all=nonsense:is:1",
        "/cases/?all=customer:is:nobody",
    ),
    "list_filter": ("/cases/filter/", "/cases/filter/?all=status:is:new"),
    "list_columns": ("/cases/columns/",),
    "case_preview": ("/cases/{open}/preview/",),
    "list_views": ("/list-views/",),
    "list_view_new": ("/list-views/new/?all=status:is:new",),
    "list_view_edit": ("/list-views/{view}/edit/",),
    "list_view_deletion": ("/list-views/{view}/deletion/new/",),
    # Several at once
    "bulk_actions": ("/bulk-actions/",),
    "bulk_new": tuple(
        f"/bulk-actions/new/?act={act}&cases={{waiting}}"
        for act in ("take", "change_owner", "close", "set_priority")
    ),
    "bulk_action": ("/bulk-actions/{bulk}/", "/bulk-actions/{running}/"),
    "bulk_results": ("/bulk-actions/{bulk}/results/",),
    "bulk_given": ("/bulk-actions/{bulk}/cases/",),
    "export_new": ("/exports/new/?all=status:is:new",),
    "export_page": ("/exports/{export}/",),
    # Search and figures
    "search": ("/search/?q=delgado", "/search/?q=nothingofthekind", "/search/"),
    "team_dashboard": ("/dashboards/team/", "/dashboards/team/?as=table"),
    # Cases
    "case": (
        "/cases/{open}/",
        "/cases/{open}/?tab=assignments",
        "/cases/{open}/?tab=related",
        "/cases/{open}/?tab=activity",
        "/cases/{waiting}/",
        "/cases/{asked}/?tab=assignments",
        "/cases/{closed}/",
        "/cases/{ending}/",
        "/cases/{not_on_record}/",
        "/cases/{installer}/",
        "/cases/99999999/",
    ),
    "review_new": ("/cases/{open}/review/new/",),
    "closure_new": ("/cases/{open}/closure/new/", "/cases/{asked}/closure/new/"),
    "reopening_new": ("/cases/{closed}/reopening/new/",),
    "change_owner": ("/cases/{open}/owner/",),
    "set_status": ("/cases/{open}/status/",),
    "case_edit": ("/cases/{open}/edit/",),
    "change_contract": ("/cases/{open}/contract/", "/cases/{open}/contract/?contract=C-2001"),
    "case_print": ("/cases/{open}/print/",),
    "follow_up_date": ("/cases/{open}/follow-up-date/",),
    "related_new": ("/cases/{open}/related/new/",),
    "merge_new": ("/cases/{open}/merge/new/", "/cases/{open}/merge/new/?other={waiting}"),
    "merge_undo": ("/cases/{merged}/merge/undoing/",),
    "homeowner_case_new": ("/contracts/C-1001/cases/new/", "/contracts/C-0999/cases/new/"),
    "installer_case_new": ("/accounts/{org}/cases/new/",),
    "installer_case_for_contact_new": ("/contacts/{org_contact}/cases/new/",),
    "not_on_record_new": ("/accounts/{org}/not-on-record/new/",),
    "interaction_new": ("/interactions/new/?q=delgado", "/interactions/new/?contract=C-1001"),
    # Case assignments
    "assignment_new": (
        "/cases/{open}/assignments/new/",
        "/cases/{open}/assignments/new/?department=sales",
    ),
    "case_void": ("/cases/{asked}/voiding/new/",),
    "assignment_withdraw": ("/assignments/{late}/withdrawal/new/",),
    "departments": ("/departments/",),
    "department": ("/departments/sales/", "/departments/sales/?show=ended", "/departments/legal/"),
    "assignments": ("/assignments/",),
    "assignment": (
        "/assignments/{late}/",
        "/assignments/{accepted}/?tab=details",
        "/assignments/{late}/?tab=files",
    ),
    "assignment_complete": ("/assignments/{accepted}/completion/new/",),
    "assignment_reject": ("/assignments/{late}/rejection/new/",),
    "assignment_return": ("/assignments/{late}/return/new/",),
    # The directory
    "accounts": ("/accounts/?q=fir", "/accounts/?q=nobody"),
    "account_new": ("/accounts/new/",),
    "account": ("/accounts/{homeowner}/", "/accounts/{org}/"),
    "account_edit": ("/accounts/{homeowner}/edit/",),
    "account_cases": ("/accounts/{homeowner}/cases/",),
    "account_interactions": ("/accounts/{homeowner}/interactions/",),
    "account_files": ("/accounts/{homeowner}/files/",),
    "contact_new": ("/accounts/{homeowner}/contacts/new/",),
    "contract_new": ("/accounts/{homeowner}/contracts/new/",),
    "jobs": ("/accounts/{org}/jobs/",),
    "job_new": ("/accounts/{org}/jobs/new/",),
    "job_edit": ("/jobs/{job}/edit/",),
    "contact": ("/contacts/{signer}/", "/contacts/{org_contact}/"),
    "contact_edit": ("/contacts/{signer}/edit/",),
    "contracts": ("/contracts/",),
    "contract": ("/contracts/C-1001/", "/contracts/C-0999/"),
    "contract_edit": ("/contracts/C-1001/edit/",),
    # Feed, files, notices, texts
    "post_new": ("/cases/{open}/posts/", "/cases/{open}/posts/?reply_to={post}"),
    "post_edit": ("/cases/{open}/posts/{post}/edit/",),
    "post_delete": ("/cases/{open}/posts/{post}/deletion/new/",),
    "case_files": ("/cases/{open}/files/",),
    "notices": ("/notices/",),
    "quick_texts": ("/quick-texts/",),
    "quick_text_new": ("/quick-texts/new/",),
    "quick_text_edit": ("/quick-texts/{text}/edit/",),
    "quick_text_deletion": ("/quick-texts/{text}/deletion/new/",),
    # The person, and the set-up
    "guide": ("/guide/",),
    "api_reference": ("/api/",),
    "me": ("/me/",),
    "api_tokens": ("/me/tokens/",),
    "api_token_new": ("/me/tokens/new/",),
    **SET_UP,
    "background_jobs": ("/set-up/jobs/",),
    "service_tokens": ("/set-up/api-tokens/",),
    "jira_set_up": ("/set-up/jira/",),
    "jira_link_new": ("/cases/{open}/jira/new/",),
    "engine_settings": ("/set-up/engine/",),
    "case_engine": ("/cases/{installer}/engine/",),
    "job_milestones": ("/jobs/{job}/milestones/",),
    "service_token_new": ("/set-up/api-tokens/new/",),
    "retention": ("/set-up/personal-data/?try=1",),
    "personal_data": ("/accounts/{homeowner}/personal-data/",),
    "erasure_new": ("/accounts/{homeowner}/personal-data/erasure/new/",),
    "webhooks": ("/set-up/webhooks/",),
    "webhook_new": ("/set-up/webhooks/new/",),
    "webhook": ("/set-up/webhooks/{webhook}/",),
    "webhook_edit": ("/set-up/webhooks/{webhook}/edit/",),
    "webhook_secret": ("/set-up/webhooks/{webhook}/secret/new/",),
    "webhook_removal": ("/set-up/webhooks/{webhook}/removal/new/",),
    "webhook_delivery": ("/set-up/webhooks/{webhook}/deliveries/{delivery}/",),
    "account_change_password": ("/session/password/",),
    "account_logout": ("/session/logout/",),
    "account_inactive": ("/session/inactive/",),
    "account_reauthenticate": ("/session/confirm/",),
    "account_reset_password_from_key": ("/session/password/reset/key/1-x/",),
    "account_reset_password_from_key_done": ("/session/password/reset/done/",),
    "mfa_index": ("/session/factors/",),
    "usersessions_list": ("/session/places/",),
    "invitation": ("/session/invitation/{invitation}/", "/session/invitation/nobodys/"),
    "openid_connect_login": ("/session/oidc/nobodys/login/",),
}

#: Who looks at it: the one who sees most of it. A second looks at what the first has not seen.
AGENT, MEMBER = "bea", "dora"
SEEN_BY: dict[str, tuple[str, ...]] = {
    "my_desk": (AGENT, MEMBER),
    "department": (MEMBER, AGENT),
    "assignments": (MEMBER,),
    "assignment": (MEMBER, AGENT),
    "assignment_complete": (MEMBER,),
    "assignment_reject": (MEMBER,),
    "assignment_return": (MEMBER,),
    "people": ("sue",),
    "person": ("sue",),
    "team_dashboard": ("sue",),
    "background_jobs": ("ada",),
    "service_tokens": ("ada",),
    "jira_set_up": ("ada",),
    "engine_settings": ("ada",),
    "service_token_new": ("ada",),
    "retention": ("ada",),
    "personal_data": ("ada",),
    "erasure_new": ("ada",),
    "webhooks": ("ada",),
    "webhook_new": ("ada",),
    "webhook": ("ada",),
    "webhook_edit": ("ada",),
    "webhook_secret": ("ada",),
    "webhook_removal": ("ada",),
    "webhook_delivery": ("ada",),
    **dict.fromkeys(SET_UP, ("ada",)),
}

DOES = "does something and leads on"
DATA = "answers a module, in JSON or a part of a page that the walk sees on the page itself"
FILE = "is a file"
#: Those that have no page of their own, and why.
NO_PAGE: dict[str, str] = {
    "choice_place": DOES,
    "choice_retirement": DOES,
    "choice_offering": DOES,
    "take_next": DOES,
    "take_case": DOES,
    "desk_groups": DOES,
    "list_view_changes": DOES,
    "list_view_pin": DOES,
    "list_widths": DATA,
    "list_values": DATA,
    "list_filter_options": DATA,
    "bulk_selection": DATA,
    "bulk_stop": DOES,
    "bulk_again": DOES,
    "bulk_going_on": DOES,
    "bulk_results_file": FILE,
    "export": FILE,
    "export_file": FILE,
    "search_options": DATA,
    "search_actions": DATA,
    "search_authors": DATA,
    "team_dashboard_csv": FILE,
    "team_dashboard_sheet_csv": FILE,
    "follow_up_date_gone": DOES,
    "follow_case": DOES,
    "unfollow_case": DOES,
    "related_options": DATA,
    "owner_options": DATA,
    "manager_options": DATA,
    "org_options": DATA,
    "contact_options": DATA,
    "people_options": DATA,
    "set_up_queue_newcomers": DATA,
    "set_up_department_newcomers": DATA,
    "related_gone": DOES,
    "jira_ticket_options": DATA,
    "jira_link_gone": DOES,
    "engine_jobs": DATA,
    "engine_sending": DOES,
    "engine_posted_by_hand": DOES,
    "engine_test": DOES,
    "matching_cases": DATA,
    "assignment_follow_up": DOES,
    "assignment_accept": DOES,
    "assignment_take_over": DOES,
    "assignment_release": DOES,
    "mentions": DATA,
    "case_file": FILE,
    "bell": DATA,
    "notices_read": DOES,
    "notice": DOES,
    "drafts": DATA,
    "quick_text_options": DATA,
    "background_jobs_retry": DOES,
    "background_job_retry": DOES,
    "openapi": FILE,
    "api_nothing": "answers programs that there is no such address of the API",
    "api_token_withdrawal": DOES,
    "set_up_import_refused": FILE,
    "set_up_sessions_ending": DOES,
    "set_up_factors_reset": DOES,
    "set_up_token_withdrawal": DOES,
    "set_up_invitation_again": DOES,
    "set_up_invitation_withdrawal": DOES,
    "set_up_reactivation": DOES,
    "set_up_queue_member_gone": DOES,
    "set_up_department_member_gone": DOES,
    "set_up_contact_gone": DOES,
    "set_up_contact_first": DOES,
    "personal_data_export": FILE,
    "webhook_on": DOES,
    "webhook_off": DOES,
    "webhook_test": DOES,
    "webhook_repetition": DOES,
    "favicon": FILE,
    **dict.fromkeys(("sessions_others_ending", "session_ending", "mfa_list_webauthn"), DOES),
    **dict.fromkeys(("account_set_password", "openid_connect_callback", "saml_login"), DOES),
    **dict.fromkeys(("saml_acs", "saml_finish_acs", "saml_sls", "mfa_login_webauthn"), DOES),
    **dict.fromkeys(("identity_provider_test", "group_mapping_removal"), DOES),
    "identity_unlinking": DOES,
    "saml_metadata": FILE,
    "mfa_download_recovery_codes": FILE,
    **dict.fromkeys(
        (
            "mfa_authenticate",
            "mfa_reauthenticate",
            "mfa_activate_totp",
            "mfa_deactivate_totp",
            "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_reauthenticate_webauthn",
            "account_reset_password",
            "account_reset_password_done",
        ),
        "is looked at by test_second_factor.py: it comes after a confirmation, or with mail",
    ),
    "account_login": "is looked at by test_sign_in.py: whoever is signed in is led on",
}


#: Whole parts without pages: what the API answers is JSON for programs. What it is, and its tokens,
#: are pages of the desk, above.
NOT_PAGES = ("api",)


def looks(part: int, parts: int) -> Iterator[tuple[str, str, str]]:
    """Who looks at what in a part of the walk: the person, the route's name and the address. What
    stands beside each other stays together, as it shows and opens much that is alike."""
    who = [(by, name) for name in sorted(PAGES) for by in SEEN_BY.get(name, (AGENT,))]
    every = [(by, name, address) for by, name in who for address in PAGES[name]]
    every.sort()
    yield from every[len(every) * part // parts : len(every) * (part + 1) // parts]


def names() -> set[str]:
    """The names of the routes that may have pages."""
    return set(_below(get_resolver()))


def _below(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver) and entry.namespace not in NOT_PAGES:
            yield from _below(entry)
        elif isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)
