"""The method while people work on it: typing, references, an amendment in preparation."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bidder, Response
from tendereval.domain.errors import NotAllowedNow, RuleRefusal
from tendereval.domain.evaluation import PanelMember, Role
from tendereval.domain.ids import BidderId, CriterionId, PersonId
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, VersionKind
from tendereval.services import drafting, panel, staging, tenders
from tendereval.services.methods import Amendment
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tests.builders import a_criterion, a_method, a_price, a_section, a_tender_details


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    at = datetime.fromisoformat("2027-02-01T09:00:00+00:00")
    made = tenders.create_tender(tmp_path / "t.tender", "Ana Ames", lambda: at, "t-1", "test")
    tenders.define_details(made, a_tender_details())
    method = a_method(
        a_section("S1"), a_criterion("Q1", 40, parent="S1"), a_criterion("Q2", 20), a_price(40)
    )
    tenders.define_method(made, method)
    refs = frozenset({CriterionId("Q1"), CriterionId("Q2")})
    ben = PanelMember(PersonId(""), Role.EVALUATOR, "", refs)
    panel.add_member(made, ben, "Ben Bell")
    panel.add_member(made, PanelMember(PersonId(""), Role.LEAD, ""), "Ana Ames")
    with made:
        yield made


def now(session: Session) -> Situation:
    with session.reading() as reader:
        return situation(reader)


def titled(method: Method, title: str) -> Method:
    first = replace(method.criteria[1], title=title)
    return replace(method, criteria=(method.criteria[0], first, *method.criteria[2:]))


def entries(session: Session) -> int:
    with session.reading() as reader:
        return reader.head().seq


def test_typing_is_kept_without_an_entry_in_the_record(session: Session) -> None:
    before = entries(session)
    drafting.keep_method_typing(session, titled(now(session).method, "Half a wo"))
    assert now(session).method.criteria[1].title == "Half a wo"
    assert entries(session) == before


def test_a_new_reference_reaches_the_panel(session: Session) -> None:
    drafting.rename_criterion(session, "Q1", "Q7")
    ben = now(session).panel[0]
    assert sorted(ben.questions or ()) == ["Q2", "Q7"]
    assert now(session).method.criterion("Q7") is not None


def test_a_removed_section_takes_its_questions_off_the_panel(session: Session) -> None:
    drafting.remove_criterion(session, "S1")
    assert sorted(now(session).panel[0].questions or ()) == ["Q2"]
    assert [row.ref for row in now(session).method.criteria] == ["Q2", "PRICE"]


def test_a_question_that_was_answered_keeps_its_reference(session: Session) -> None:
    with session.change("bidder recorded") as change:
        recording.add_bidder(change, Bidder(BidderId("b-1"), "Alder Ltd"))
    place = next(one for one in now(session).places() if one.criterion == "Q1")
    with session.change("answers recorded") as change:
        recording.add_responses(change, [Response(place, "We build.")])
    for act in (drafting.remove_criterion, lambda s, ref: drafting.rename_criterion(s, ref, "Q9")):
        with pytest.raises(RuleRefusal, match="Answers are recorded for Q1"):
            act(session, "Q1")


def test_nothing_is_typed_into_a_published_method(session: Session) -> None:
    staging.change_stage(session, Stage.PUBLISHED)
    with pytest.raises(NotAllowedNow):
        drafting.keep_method_typing(session, now(session).method)
    with pytest.raises(NotAllowedNow):
        drafting.rename_criterion(session, "Q1", "Q7")


def test_an_amendment_is_kept_binds_nobody_and_is_published(session: Session) -> None:
    staging.change_stage(session, Stage.PUBLISHED)
    assert drafting.kept_amendment(session) is None
    changed = titled(now(session).method, "Another title")
    drafting.keep_amendment(session, VersionKind.AMENDMENT, changed)
    assert now(session).method != changed
    kept = drafting.kept_amendment(session)
    assert kept == drafting.KeptAmendment(VersionKind.AMENDMENT, 1, changed)
    why = Amendment(VersionKind.AMENDMENT, "A wrong title.", date(2027, 2, 1))
    assert drafting.publish_amendment(session, why) == 2
    assert now(session).method == changed
    assert drafting.kept_amendment(session) is None


def test_an_amendment_is_given_up_or_overtaken(session: Session) -> None:
    staging.change_stage(session, Stage.PUBLISHED)
    method = now(session).method
    drafting.keep_amendment(session, VersionKind.AMENDMENT, titled(method, "One"))
    drafting.drop_amendment(session)
    why = Amendment(VersionKind.AMENDMENT, "Because.", date(2027, 2, 1))
    with pytest.raises(RuleRefusal):
        drafting.publish_amendment(session, why)
    with pytest.raises(NotAllowedNow):
        drafting.keep_amendment(session, VersionKind.REFINEMENT, method)


def test_what_is_possible_says_why_not(session: Session) -> None:
    staging.change_stage(session, Stage.PUBLISHED)
    possible = dict(drafting.possible_amendments(now(session), session.clock()))
    assert possible[VersionKind.AMENDMENT] == ""
    assert "competitive flexible" in possible[VersionKind.REFINEMENT]
    assert set(possible) == set(drafting.AMENDING)


def test_questions_that_nobody_scores(session: Session) -> None:
    assert list(drafting.unscored(now(session))) == []
    panel.leave(session, now(session).panel[0].person, "Moved away.")
    assert list(drafting.unscored(now(session))) == ["Q1", "Q2"]


def test_scales_to_copy_and_the_template(tmp_path: Path) -> None:
    assert "pass/fail" not in {scale.name for scale in drafting.built_in_scales()}
    drafting.write_template(tmp_path / "set-up.xlsx")
    assert (tmp_path / "set-up.xlsx").stat().st_size > 1000
