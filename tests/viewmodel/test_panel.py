"""People, parts, declarations and decisions, joining and leaving."""

from pathlib import Path

from pytestqt.modeltest import ModelTester

from tendereval.domain.evaluation import InterestOutcome, Role
from tendereval.services import panel as service
from tendereval.services import pins
from tendereval.viewmodels import panel
from tests.service.builders import ALDER, BEN, BIRCH, CAM, DOT
from tests.viewmodel.lead_desk import at_stage, refusals


def test_the_table_says_part_progress_and_interests(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scored") as desk:
        rows = [row.cells for row in panel.make(desk).members.rows]
    assert [cell.upper for cell in rows[1]] == ["Ben Bell", "4 of 4", "–", "–", "None"]
    assert [cell.under for cell in rows[1]] == ["Evaluator 1", "", "", "", ""]
    assert (rows[2][0].upper, rows[2][0].under) == ("Community panel member 1", "Community")


def test_an_interest_on_paper_names_bidders_and_waits_for_the_decision(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = panel.make(desk)
        view.choose(BEN)
        assert view.declare("My brother works there.", (ALDER,))
        assert view.sentence == "Ben Bell waits for your decision"
        assert view.declaration is not None
        assert view.declaration.bidders == (ALDER,)
        removed = InterestOutcome.REMOVED_FOR_BIDDERS
        assert view.decide(removed, "Scores Birch only.", frozenset({ALDER}))
        assert view.members.rows[1].interests == "Removed for Alder Ltd"


def test_a_decision_without_words_is_refused(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view, refused = panel.make(desk), refusals(desk)
        view.choose(BEN)
        view.declare("A share.", (BIRCH,))
        assert not view.decide(InterestOutcome.MANAGED, " ", frozenset())
        assert "how the interest is dealt with" in refused[0].happened


def test_leaving_needs_a_reason_and_may_name_who_follows(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view, refused = panel.make(desk), refusals(desk)
        view.choose(BEN)
        assert [person for person, _name in view.successors].count(BEN) == 0
        assert not view.leave("")
        assert refused
        assert view.leave("Long illness.", CAM)
        last = view.members.rows[-1]
        assert last.left
        assert last.part.startswith("Left: Long illness. Replaced by: Community panel member 1")


def test_joining_needs_a_reason_once_scoring_has_begun(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = panel.make(desk)
        assert view.needs_reason
        assert not view.add("Eve Ede", "eve@x.example", Role.EVALUATOR)
        assert view.add("Eve Ede", "eve@x.example", Role.EVALUATOR, "In place of Ben.")
        assert view.sentence == "1 of 5 have not declared interests yet"


def test_a_person_gets_another_part(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = panel.make(desk)
        view.choose(DOT)
        assert view.give_part(Role.OBSERVER, "Steps back.")
        assert view.member is not None
        assert view.member.role is Role.OBSERVER
        assert view.email == "dot@x.example"


def test_nothing_changes_once_the_tender_is_closed(tmp_path: Path) -> None:
    with at_stage(tmp_path, "closed") as desk:
        assert not panel.make(desk).may_change


def test_a_change_made_elsewhere_is_read_again(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view, read = panel.make(desk), []
        view.read_again.connect(lambda: read.append(1))
        desk.did(lambda session: service.declare(session, CAM, "A friend."))
        assert read
        assert "waits for your decision" in view.sentence


def test_the_panel_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        qtmodeltester.check(panel.make(desk).members, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt


def test_a_forgotten_pin_is_removed_on_record(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = panel.make(desk)
        view.choose(BEN)
        seen = [view.has_pin]
        pins.set_pin(desk.session, BEN, "4821")
        seen.append(view.has_pin)
        assert view.forget_pin()
        seen.append(view.has_pin)
        assert seen == [False, True, False]
        with desk.reading() as reader:
            entry = reader.entries()[-1]
        assert (entry.kind, entry.ids["person"]) == ("PIN removed", BEN)
