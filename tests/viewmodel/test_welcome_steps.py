"""Stage steps and workbook imports of an open tender, as the menus offer them."""

from pathlib import Path

import pytest

from tendereval.domain.errors import FileProblem
from tendereval.domain.stages import Stage
from tendereval.services.progress import NullProgress
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.session_view_model import SessionViewModel
from tendereval.viewmodels.stage_step import StageStepViewModel
from tendereval.viewmodels.workbook_import import WorkbookImportViewModel, in_words
from tests.service.builders import SCORES, a_desk


def test_the_next_stage_says_what_it_does_and_needs(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session() as session:
        step = StageStepViewModel(SessionViewModel(session))
    assert step.following is Stage.SCORING
    assert step.verb == "Lock the answers and start scoring"
    assert "locked" in step.effect
    assert not step.may_go_without


def test_going_on_clears_what_could_be_undone(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "set-up")
    with desk.session() as session:
        view = SessionViewModel(session)
        view.can_undo_with("a step", lambda: None, lambda: None)
        assert StageStepViewModel(view).go(Stage.PUBLISHED)
        assert view.now.stage is Stage.PUBLISHED
        assert not view.undo_stack.canUndo()


def test_going_back_needs_its_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        view = SessionViewModel(session)
        refusals: list[object] = []
        view.refused.connect(refusals.append)
        step = StageStepViewModel(view)
        assert step.earlier[0] is Stage.SCORING
        assert not step.go(Stage.SCORING)
        assert len(refusals) == 1
        assert step.go(Stage.SCORING, "A score was forgotten.")


def test_moderation_may_begin_without_scores_for_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    with desk.session() as session:
        step = StageStepViewModel(SessionViewModel(session))
        assert step.missing
        assert step.may_go_without
        assert step.go(Stage.MODERATION, "Ben is ill.")


def test_after_the_last_stage_nothing_follows(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with desk.session() as session:
        step = StageStepViewModel(SessionViewModel(session))
    assert (step.following, step.verb, step.effect, step.missing) == (None, "", "", ())


def test_an_import_is_tried_first_and_then_announced(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    book = desk.book({"Scores": SCORES})
    with desk.session() as session:
        view = SessionViewModel(session)
        heard: list[object] = []
        view.changed.connect(heard.append)
        model = WorkbookImportViewModel(view)
        tried = model.trying(book, "")(NullProgress())
        assert "8 scores" in in_words(tried)
        assert model.importing(book, "")(NullProgress()).brought == tried.brought
        model.note_imported()
        assert heard == [EVERYTHING]
        again = model.trying(book, "")(NullProgress())
        assert in_words(again).endswith("Nothing in it is new.")


def test_what_is_no_refusal_goes_on_as_a_bug(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    with desk.session() as session:
        model = WorkbookImportViewModel(SessionViewModel(session))
    with pytest.raises(ZeroDivisionError):
        model.refuse(ZeroDivisionError())
    refusal = FileProblem("It is away.", "Bring it back.")
    assert model.refuse(refusal) is refusal
