"""The comment that a case leaves in Engine: when there is one, and who may do what with it (N4, E1,
E2)."""

from __future__ import annotations

import pytest

from heliodesk.cases.models import Case, EngineComment, EngineSettings, EngineState, Status
from heliodesk.cases.queries.engine_comment import read_engine_comment
from heliodesk.cases.rules.closing import close
from heliodesk.cases.rules.editing import edit_case
from heliodesk.cases.rules.engine_comment import mark_posted_by_hand, send_comment
from heliodesk.core.refusal import NotPermitted, Refused
from heliodesk.directory.models import Job
from heliodesk.feed.models import FeedItem
from tests import cast
from tests.cases.opening import installer_case
from tests.cast import Cast, actor
from tests.integrations.engine.work import comment_of, told, waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(db: None) -> EngineSettings:
    """An Engine is set up; nobody speaks to it here."""
    return EngineSettings.objects.create(pk=1, address="https://engine.example.com/api")


def give_job(case: Case, job_id: str, company: Cast) -> None:
    """Frank says which job the case is about."""
    edit_case(case, changes={"job_id": job_id}, seen={}, by=actor(company.frank))
    case.refresh_from_db()


def test_it_stands_with_its_key_and_its_job_when_the_case_does(
    company: Cast, engine: EngineSettings
) -> None:
    case = installer_case(company, job_id="J-77")
    comment = comment_of(case)
    assert (comment.state, comment.text) == (EngineState.WAITING, f"Related Case ({case})")
    assert waiting() == [{"comment": comment.pk}]
    assert not EngineComment.objects.exclude(pk=comment.pk).exists()


def test_a_case_without_a_job_leaves_none(company: Cast, engine: EngineSettings) -> None:
    case = installer_case(company)
    assert not EngineComment.objects.exists()
    assert read_engine_comment(case) is None


@pytest.mark.parametrize("off", [{"address": ""}, {"is_active": False}])
def test_with_no_engine_in_use_it_is_to_be_posted_by_hand(
    company: Cast, engine: EngineSettings, off: dict[str, object]
) -> None:
    EngineSettings.objects.update(**off)
    case = installer_case(company, job_id="J-77")
    assert not waiting()
    shown = read_engine_comment(case)
    assert shown is not None
    assert (shown.state, shown.send, shown.may_mark) == ("to be posted by hand", "", True)
    EngineSettings.objects.update(address=engine.address, is_active=True)
    shown = read_engine_comment(case)
    assert shown is not None
    assert (shown.state, shown.send) == ("to be posted by hand", "Send to Engine")


def test_a_refused_case_leaves_nothing(company: Cast, engine: EngineSettings) -> None:
    first = installer_case(company, job_id="J-77")
    with pytest.raises(Refused):
        installer_case(company, job_id="J-77")  # the same issue (B6)
    assert EngineComment.objects.get().case == first


def test_a_job_given_later_gets_its_comment_and_the_one_before_is_withdrawn(
    company: Cast, engine: EngineSettings
) -> None:
    case = installer_case(company)
    give_job(case, "J-77", company)
    first = comment_of(case)
    give_job(case, "J-78", company)
    assert comment_of(case).state == EngineState.WAITING
    first.refresh_from_db()
    assert first.state == EngineState.WITHDRAWN
    key = first.key
    give_job(case, "J-77", company)
    first.refresh_from_db()
    assert (first.state, first.key) == (EngineState.WAITING, key)
    assert EngineComment.objects.get(job_id="J-78").state == EngineState.WITHDRAWN
    give_job(case, "", company)
    assert not EngineComment.objects.exclude(state=EngineState.WITHDRAWN).exists()


def test_what_engine_has_is_not_withdrawn(company: Cast, engine: EngineSettings) -> None:
    case = installer_case(company, job_id="J-77")
    EngineComment.objects.update(
        state=EngineState.POSTED, posted_at=case.created_at, next_try_at=None
    )
    give_job(case, "J-78", company)
    assert EngineComment.objects.get(job_id="J-77").state == EngineState.POSTED
    give_job(case, "J-77", company)
    assert len(waiting()) == 2  # J-77 at first, J-78


def test_a_change_of_another_field_leaves_it_alone(company: Cast, engine: EngineSettings) -> None:
    case = installer_case(company, job_id="J-77")
    edit_case(case, changes={"description": "More."}, seen={}, by=actor(company.frank))
    assert len(waiting()) == 1


def test_an_edited_job_is_the_orgs(company: Cast, engine: EngineSettings) -> None:
    Job.objects.create(job_id="J-78", installer=company.other_org)
    case = installer_case(company)
    with pytest.raises(Refused, match="another installer's") as refused:
        give_job(case, "J-78", company)
    assert (refused.value.rule, refused.value.field) == ("N4", "job_id")
    with pytest.raises(Refused, match="at most 40") as too_long:
        give_job(case, "J" * 41, company)
    assert (too_long.value.rule, too_long.value.field) == ("N4", "job_id")


def test_posted_by_hand_it_says_by_whom(company: Cast) -> None:
    case = cast.installer_case(company, job_id="J-77", status=Status.AWAITING_CUSTOMER)
    mark_posted_by_hand(case, by=actor(company.sue))
    shown = read_engine_comment(case)
    assert shown is not None
    assert (shown.state, shown.send, shown.may_mark) == ("posted by hand by Sue Tester", "", False)
    assert shown.at is not None
    assert told(case) == ["engine_by_hand"]
    modified, case.status = case.last_modified_at, ""
    case.refresh_from_db()
    assert (case.last_modified_at, case.status) == (modified, Status.AWAITING_CUSTOMER)
    for act in (mark_posted_by_hand, send_comment):
        EngineSettings.objects.get_or_create(pk=1, address="https://engine.example.com")
        with pytest.raises(Refused, match="has the comment already"):
            act(case, by=actor(company.sue))
    assert FeedItem.objects.filter(case=case).count() == 1


def test_sent_by_hand_it_waits_like_any_other(company: Cast, engine: EngineSettings) -> None:
    case = cast.installer_case(company, job_id="J-77")
    comment = send_comment(case, by=actor(company.frank))
    assert waiting() == [{"comment": comment.pk}]
    for act in (send_comment, mark_posted_by_hand):
        with pytest.raises(Refused, match="on its way") as refused:
            act(case, by=actor(company.frank))
        assert refused.value.rule == "E1"


def test_without_an_engine_there_is_nowhere_to_send_it(company: Cast) -> None:
    case = cast.installer_case(company, job_id="J-77")
    with pytest.raises(Refused, match="No Engine is set up") as refused:
        send_comment(case, by=actor(company.frank))
    assert refused.value.rule == "E2"


def test_without_a_job_there_is_nothing_to_say(company: Cast, engine: EngineSettings) -> None:
    case = cast.installer_case(company)
    for act in (send_comment, mark_posted_by_hand):
        with pytest.raises(Refused, match="about no job"):
            act(case, by=actor(company.frank))


@pytest.mark.parametrize("act", [send_comment, mark_posted_by_hand])
def test_only_by_the_owner_or_a_supervisor_on_an_open_case(
    company: Cast, engine: EngineSettings, act: object
) -> None:
    assert callable(act)
    case = cast.installer_case(company, job_id="J-77")
    for other in (company.fiona, company.ines, company.dora):
        with pytest.raises(NotPermitted) as refused:
            act(case, by=actor(other))
        assert refused.value.rule == "K7"
    close(case, reason=company.resolved, by=actor(company.frank))
    with pytest.raises(Refused) as closed:
        act(case, by=actor(company.frank))
    assert closed.value.rule == "X6"
    assert not EngineComment.objects.exists()
