"""Decision, approvals, what each document lacks, previews that leave no trace."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.domain.award import ApprovalOutcome
from tendereval.domain.errors import UserFixable
from tendereval.domain.stages import Stage
from tendereval.services.progress import Cancelled, NullProgress
from tendereval.viewmodels import award
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.award_documents import DocumentRow
from tests.service.builders import ALDER, BIRCH, DOT, SET_UP, TENDER, Desk, a_desk
from tests.viewmodel.award_desk import awarded, read
from tests.viewmodel.lead_desk import at_stage, leading, refusals, wanted

APPROVES = ApprovalOutcome.APPROVES


def document(view: AwardViewModel, kind: str) -> DocumentRow:
    return next(row for row in view.documents.rows if row.kind == kind)


def lacks(view: AwardViewModel, kind: str = "award") -> list[str]:
    return [lack.words for lack in document(view, kind).lacks]


def test_before_the_award_documents_say_what_they_lack(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view = award.make(desk)
        assert lacks(view) == [
            "Without individual scores: they come at stage moderation.",
            "Without prices and the ranking: they come at stage price.",
            "Without the award decision.",
        ]
        assert [lack.place for lack in document(view, "award").lacks] == [
            "panel",
            "ranking",
            "award",
        ]
        assert document(view, "summaries").stops
        assert document(view, "commitments").stops
        assert not document(view, "award").stops


def test_a_decision_and_an_approval_make_documents_complete(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        assert [one.words for one in view.candidates] == ["1  Birch Ltd", "2  Alder Ltd"]
        assert view.decide((BIRCH,), "Best by the method.")
        assert lacks(view) == ["Without the approval of the award."]
        day = view.day_of("2 March 2027")
        assert day == date(2027, 3, 2)
        assert view.approve(DOT, "Director", APPROVES, day, "")
        read(view)
        assert view.is_approved
        assert {row.kind for row in view.documents.rows if row.lacks} == set()
        assert view.documents.sentence == f"All {len(view.documents.rows)} documents are complete"
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
        read(view)
        assert view.summaries.refusal.startswith("No award is made in lot 1")


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


@pytest.mark.parametrize("kind", ["award", "moderation", "public-value"])
def test_a_preview_is_a_pdf_and_not_entered(tmp_path: Path, kind: str) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        content = view.documents.drawing(kind)(NullProgress())
        assert isinstance(content, bytes)
        assert content.startswith(b"%PDF")
        view.read()
        assert document(view, kind).written == ""


def test_a_document_goes_beside_the_file_over_nothing(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        row = document(view, "scores")
        first = view.documents.path_beside(row)
        assert first == tmp_path / "bench-scores-workbook-draft.xlsx"
        view.documents.writing("scores", first)(NullProgress())
        view.note_written()
        second = view.documents.path_beside(row)
        assert second.name == "bench-scores-workbook-draft-2.xlsx"
        told = document(view, "scores").written
        assert told.startswith("bench-scores-workbook-draft.xlsx, written 2 M")


def test_the_contract_schedule_is_written_as_a_workbook_too(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        row = document(view, "commitments")
        path = view.documents.path_beside(row, row.workbook)
        assert path.name == "bench-contract-schedule.xlsx"
        view.documents.writing("commitments", path)(NullProgress())
        assert load_workbook(path).sheetnames[0] == "Commitments"
        done = view.documents.writing_all(tmp_path / "set")(NullProgress())
        names = {file.name for file in done.files}
        assert {"bench-contract-schedule.pdf", "bench-contract-schedule.xlsx"} <= names


def test_the_whole_set_goes_into_a_new_folder(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        folder = view.documents.folder_in(tmp_path)
        assert folder.name == "bench-documents"
        done = view.documents.writing_all(folder)(NullProgress())
        view.note_written(done)
        assert done.left_out == ()
        assert {path.suffix for path in done.files} == {".pdf", ".xlsx", ".docx"}
        assert all(path.exists() for path in done.files)
        assert view.documents.told[0] == f"{len(done.files)} files in the folder {folder}."
        assert all(row.written for row in view.documents.rows)
        assert view.documents.folder_in(tmp_path).name == "bench-documents-2"
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".w")] == []


def test_what_cannot_be_written_yet_is_left_out_of_the_set_and_named(tmp_path: Path) -> None:
    with at_stage(tmp_path, "award") as desk:
        view = award.make(desk)
        done = view.documents.writing_all(tmp_path / "set")(NullProgress())
        left = dict(done.left_out)
        assert "Assessment summaries" in left
        assert [title for title in left if title.startswith("Contract")] == ["Contract schedule"]
        assert "award decision" in left["Assessment summaries"]


class StoppedAt:
    """Somebody who stops the work at a step."""

    def __init__(self, step: int) -> None:
        self.left = step

    def step(self, done: int, total: int, label: str) -> None:
        """Stop, once the step has come."""
        del done, total, label
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.mark.parametrize("step", [0, 3, 7])
def test_a_set_that_is_stopped_leaves_nothing_behind(tmp_path: Path, step: int) -> None:
    with awarded(tmp_path) as (_, view):
        before = set(tmp_path.rglob("*"))
        with pytest.raises(Cancelled):
            view.documents.writing_all(tmp_path / "set")(StoppedAt(step))
        assert set(tmp_path.rglob("*")) == before
        view.read()
        assert not any(row.written for row in view.documents.rows)


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    with (
        awarded(tmp_path) as (_, view),
        pytest.raises(UserFixable, match="There is no folder"),
    ):
        view.documents.writing_all(tmp_path / "gone" / "set")(NullProgress())


def test_a_folder_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    with awarded(tmp_path) as (_, view):
        (tmp_path / "set").mkdir()
        for job in (
            view.documents.writing_all(tmp_path / "set"),
            view.documents.writing("summaries", tmp_path / "set"),
        ):
            with pytest.raises(UserFixable, match="There is a folder set already"):
                job(NullProgress())


def test_the_lines_of_a_lack_lead_elsewhere(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view, places = award.make(desk), wanted(desk)
        view.go("ranking")
        assert places == [("ranking", None)]


def test_a_framework_has_several_places(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    framework = (*TENDER, ("Framework places", 2))
    assert desk.new({**SET_UP, "Tender": framework}).status == 0
    with leading(desk) as open_desk:
        assert award.make(open_desk).places == 2
