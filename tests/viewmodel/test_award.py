"""Decision, approvals, what each document lacks, previews that leave no trace."""

from datetime import date
from pathlib import Path

from tendereval.domain.award import ApprovalOutcome
from tendereval.domain.stages import Stage
from tendereval.services.progress import NullProgress
from tendereval.viewmodels import award
from tests.service.builders import ALDER, BIRCH, DOT, SET_UP, TENDER, Desk, a_desk
from tests.viewmodel.lead_desk import at_stage, leading, refusals

APPROVES = ApprovalOutcome.APPROVES


def test_before_the_award_documents_say_what_they_lack(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        lacks = {row.lacks for row in award.make(desk).documents}
    assert lacks == {
        "DRAFT: still without individual scores, prices and the ranking and the award decision."
    }


def test_a_decision_and_an_approval_make_documents_complete(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        assert [one.words for one in view.candidates] == ["1  Birch Ltd", "2  Alder Ltd"]
        assert view.decide((BIRCH,), "Best by the method.")
        assert view.documents[0].lacks == "DRAFT: still without its approval."
        day = view.day_of("2 March 2027")
        assert day == date(2027, 3, 2)
        assert view.approve(DOT, "Director", APPROVES, day, "")
        assert view.is_approved
        assert view.documents[0].lacks == ""
        assert view.approvals == ("Dot Dean, Director: approves, 2 March 2027.",)
        assert view.close_tender()
        assert desk.now.stage is Stage.CLOSED


def test_passing_over_a_better_tender_is_refused(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view, refused = award.make(desk), refusals(desk)
        assert not view.decide((ALDER,), "Nicer.")
        assert "passed over" in refused[0].happened


def test_no_award_is_a_decision(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        assert view.decide((), "Nobody is good enough.")
        assert view.decision_in_words.startswith("Recommended: nobody; no award is made")


def test_a_rationale_being_typed_is_kept_and_no_part_of_the_record(tmp_path: Path) -> None:
    made = a_desk(tmp_path, "award")
    with leading(made) as desk:
        view = award.make(desk)
        assert view.keep_typing("Best because")
    with leading(made) as desk:
        view = award.make(desk)
        assert view.typed == "Best because"
        assert view.decide((BIRCH,), "Best.")
        assert view.typed == ""


def test_a_preview_is_a_pdf_and_not_entered(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        content = view.drawing("award")(NullProgress())
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")
        view.read()
        assert view.documents[0].written == ""


def test_a_document_goes_beside_the_file_over_nothing(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        row = view.documents[1]
        first = view.path_beside(row)
        assert first == tmp_path / "bench-scores-workbook-draft.xlsx"
        view.writing("scores", first)(NullProgress())
        view.note_written()
        assert view.path_beside(row).name == "bench-scores-workbook-draft-2.xlsx"
        assert view.documents[1].written.startswith("bench-scores-workbook-draft.xlsx, written 2 M")


def test_a_framework_has_several_places(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    framework = (*TENDER, ("Framework places", 2))
    assert desk.new({**SET_UP, "Tender": framework}).status == 0
    with leading(desk) as open_desk:
        assert award.make(open_desk).places == 2
