"""The OpenAPI document is true: every operation is there, and what is answered fits it.

schemathesis makes requests from the document, good and bad, and checks each answer against it:
no error of the server's, no status, type, header or field that the document does not know.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from heliodesk.api import auth
from heliodesk.api.rules.tokens import make_token
from heliodesk.api.views.document import document
from tests import cast
from tests.api.conftest import Program
from tests.cast import Cast, actor

#: All of them. Who renames or drops one breaks other people's programs.
OPERATIONS = """
    list_accounts get_account list_contacts create_contact list_contracts get_contract
    record_interaction find_similar_cases open_homeowner_case open_installer_case
    open_case_not_on_record list_cases get_case update_case change_contract change_owner take_case
    take_next_case set_status log_review
    close_case reopen_case list_assignments create_assignment accept_assignment take_over_assignment
    release_assignment complete_assignment reject_assignment return_assignment
    withdraw_assignment follow_up_assignment list_feed create_post
    edit_post delete_post list_notices mark_notices_read upload_file list_files
    download_file list_queues list_departments list_request_types list_referral_reasons
    list_closed_reasons list_case_sources list_users merge_cases undo_merge set_follow_up
    follow_case clear_follow_up unfollow_case list_related_cases relate_case unrelate_case
    list_case_history upsert_account upsert_contact
    upsert_contract upsert_job search_jira link_jira get_me search
"""
#: A rule may refuse a field that has the right type, such as a contact of another account (422),
#: and an address may have the one character that PostgreSQL holds in no text (400).
ACCEPTED = ["2xx", "304", "400", "401", "403", "404", "409", "412", "413", "422"]
CONFIG = {
    # Else it reads every module of the application, each time, for words to send.
    "analysis": {"constants": {"enabled": False}},
    "checks": {
        "positive_data_acceptance": {"expected-statuses": ACCEPTED},
        "negative_data_rejection": {
            "expected-statuses": [
                "400",
                "401",
                "403",
                "404",
                "405",
                "406",
                "409",
                "412",
                "415",
                "422",
            ]
        },
    },
}
#: Of each operation, good and bad ones. More of them is a matter of patience:
#: HELIODESK_API_EXAMPLES=200 bin/test --no-browser tests/api/test_document.py
EXAMPLES = int(os.environ.get("HELIODESK_API_EXAMPLES", "2"))
pytestmark = pytest.mark.xdist_group("document")  # which takes seconds to read


@cache
def operations() -> dict[str, Any]:
    """What the document says can be asked for, by its id."""
    import schemathesis  # here, since every process would read it before its first test
    from schemathesis.config import SchemathesisConfig
    from schemathesis.core.result import Ok

    config = SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_dict(document(), config=config)
    return {
        found.ok().definition.raw["operationId"]: found.ok()
        for found in schema.get_all_operations()
        if isinstance(found, Ok)
    }


def test_every_operation_is_there() -> None:
    assert set(OPERATIONS.split()) == set(operations())


def test_the_document_is_openapi_3_1(company: Cast, program: Callable[..., Program]) -> None:
    told = program(company.frank).get("/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    assert told["components"]["securitySchemes"]["Bearer"]["scheme"] == "bearer"


def test_generated_clients_know_of_etags_and_where_to_send_them() -> None:
    raw = {name: found.definition.raw for name, found in operations().items()}
    heeds = {
        name for name, one in raw.items() if any(p["name"] == "If-Match" for p in one["parameters"])
    }
    assert {"update_case", "change_owner", "close_case", "set_status"} <= heeds
    assert all("412" in map(str, raw[name]["responses"]) for name in heeds)
    answered = {str(code): told for code, told in raw["get_case"]["responses"].items()}
    assert "ETag" in answered["200"]["headers"]
    assert "304" in answered


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A request leaves the test's connection, and its transaction, as it is."""
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    yield
    for signal in ends:
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("one_connection")
@pytest.mark.parametrize("name", sorted(OPERATIONS.split()))
def test_what_is_answered_fits_the_document(
    company: Cast, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    from schemathesis import GenerationMode

    monkeypatch.setattr(auth, "A_MINUTE", 10**6)
    # After each success it asks once more with a token that is none, which has to be answered by
    # 401. What is limited is those alone: a token that holds is never counted (test_door.py).
    monkeypatch.setattr(auth, "GUESSES", {"token": "1000000/m/ip"})
    operation = operations()[name]
    operation.app = operation.schema.app = get_wsgi_application()
    known = known_ids(company)
    text = make_token(company.ada, name="x", scope="admin", by=actor(company.ada)).text
    headers = {"Authorization": f"Bearer {text}", "Accept-Encoding": "identity"}
    cases = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=EXAMPLES,
        derandomize="HELIODESK_API_EXAMPLES" not in os.environ,  # the same ones each time
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(good=cases, bad=wrong, pick=st.randoms(use_true_random=False))
    def check(good: Any, bad: Any, pick: Any) -> None:
        for case in (with_known(good, known, pick), bad):
            case.call_and_validate(headers=headers)

    check()


def known_ids(company: Cast) -> dict[str, list[str]]:
    """What there is, by the parameter that names it, so that not everything is answered by 404."""
    case = cast.case(company, owner_agent=company.ada)
    queued = cast.case(company, owner_queue=company.homeowner_queue)
    asked = cast.assignment(company, case)
    post = case.feed.create(kind="post", author=company.ada, at=case.created_at, body="Hi")
    return {
        "number": [case.display_number, queued.display_number, str(asked)],
        "account_id": [str(company.org.pk), str(company.homeowner.pk)],
        "contract_id": ["C-1001"],
        "item_id": [str(post.pk)],
        "slug": ["homeowner"],
    }


def with_known(case: Any, known: dict[str, list[str]], pick: Any) -> Any:
    """The request, now and then about something that there is."""
    for name in case.path_parameters:
        wanted = [one for one in known.get(name, ()) if _alike(one, case.path_parameters[name])]
        if wanted and pick.random() < 0.7:
            case.path_parameters[name] = pick.choice(wanted)
    return case


def _alike(one: str, given: Any) -> bool:
    """An assignment's number for one, a case's for the other; nonsense stays nonsense."""
    text = str(given)
    shapes = (r"CA-[0-9]{1,18}", r"[0-9]{1,18}", r"[-\w]{1,60}")
    return any(re.fullmatch(shape, text) and re.fullmatch(shape, one) for shape in shapes)
