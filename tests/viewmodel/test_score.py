"""Scoring without a screen: kept in time, drafts and ready apart, nobody else's work."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from tendereval.domain.evidence import Evidence
from tendereval.domain.hints import HintKind
from tendereval.viewmodels.finish import FinishViewModel
from tendereval.viewmodels.score import ScoreViewModel
from tendereval.viewmodels.score_queue import Order, Progress
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BEN, CAM, Desk, a_desk, place
from tests.viewmodel.evaluator_desk import refusals, sitting, undeclared

SOON_MS = 30


pytestmark = pytest.mark.usefixtures("qapp")
"""Timers need a loop; one application serves every test of the run."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path, "scoring")


@pytest.fixture
def seat(desk: Desk) -> Iterator[SessionViewModel]:
    with sitting(desk) as model:
        yield model


@pytest.fixture
def scoring(seat: SessionViewModel) -> ScoreViewModel:
    return ScoreViewModel(seat, keep_after_ms=SOON_MS)


def pause(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def states(scoring: ScoreViewModel) -> list[Progress]:
    return [task.progress for task in scoring.tasks]


def test_nothing_is_scored_and_nothing_is_chosen_at_first(scoring: ScoreViewModel) -> None:
    assert states(scoring) == [Progress.BLANK] * 4
    assert (scoring.points, scoring.words, scoring.hints) == (None, "", ())


def test_zero_is_a_score_and_blank_is_not(scoring: ScoreViewModel) -> None:
    scoring.choose(Fraction(0))
    assert (scoring.points, scoring.progress) == (Fraction(0), Progress.DRAFT)
    scoring.move(1)
    assert (scoring.points, scoring.progress) == (None, Progress.BLANK)


def test_typed_text_is_kept_in_time_without_a_revision(
    desk: Desk, scoring: ScoreViewModel, seat: SessionViewModel
) -> None:
    entries = len(desk.entries())
    scoring.type_words("Half a sent")
    pause(SOON_MS * 4)
    with seat.reading() as reader:
        working = reader.working_text(BEN, "score", place(ALDER, "Q1"))
    assert working is not None
    assert working["body"] == "Half a sent"
    assert len(desk.entries()) == entries
    assert seat.last_saved is not None


def test_the_clock_runs_from_the_first_key_not_the_last(
    scoring: ScoreViewModel, seat: SessionViewModel
) -> None:
    saved: list[object] = []
    seat.saved.connect(saved.append)
    for number in range(8):
        scoring.type_words("x" * (number + 1))
        pause(SOON_MS // 3)
    assert saved


def test_after_a_kill_the_draft_comes_back(desk: Desk) -> None:
    with sitting(desk) as seat:
        scoring = ScoreViewModel(seat, keep_after_ms=SOON_MS)
        scoring.choose(Fraction(3))
        scoring.type_words("Paragraph 1 names the wood")
        pause(SOON_MS * 4)
        scoring.type_words("Paragraph 1 names the wood and th")
        # Nothing is settled: the process is gone.
    with sitting(desk) as seat:
        scoring = ScoreViewModel(seat, keep_after_ms=SOON_MS)
        scoring.go_to(place(ALDER, "Q1"))
        assert scoring.words == "Paragraph 1 names the wood"
        assert (scoring.points, scoring.progress) == (Fraction(3), Progress.DRAFT)


def test_leaving_makes_a_revision_and_clears_the_working_text(
    desk: Desk, scoring: ScoreViewModel, seat: SessionViewModel
) -> None:
    scoring.type_words("It names the wood.")
    scoring.keep()
    scoring.move(1)
    assert desk.entries()[-1].kind == "score recorded"
    assert desk.entries()[-1].via == "app, on the lead's laptop"
    assert desk.entries()[-1].person == BEN
    with seat.reading() as reader:
        assert not reader.has_working_texts()


def test_ready_needs_score_and_rationale(scoring: ScoreViewModel, seat: SessionViewModel) -> None:
    refused = refusals(seat)
    scoring.choose(Fraction(4))
    assert not scoring.could_be_ready
    scoring.set_ready(True)
    assert "no rationale" in refused[0].happened
    assert states(scoring)[0] is Progress.DRAFT
    scoring.type_words("Oak, and it says from where.")
    scoring.set_ready(True)
    assert states(scoring)[0] is Progress.READY


def test_going_on_marks_ready_and_ends_when_nothing_is_left(scoring: ScoreViewModel) -> None:
    over: list[bool] = []
    scoring.nothing_left.connect(lambda: over.append(True))
    for task in scoring.tasks:
        assert scoring.task == task
        scoring.choose(Fraction(2))
        scoring.type_words("Part of it is there.")
        scoring.finish_and_go_on()
    assert states(scoring) == [Progress.READY] * 4
    assert over == [True]
    assert scoring.done == (4, 4)


def test_going_on_without_a_score_keeps_a_draft_and_goes_round(scoring: ScoreViewModel) -> None:
    scoring.type_words("Not sure yet.")
    for _ in range(4):
        scoring.finish_and_go_on()
    assert scoring.words == "Not sure yet."
    assert states(scoring)[0] is Progress.DRAFT


def test_cannot_score_keeps_the_rationale_for_later(scoring: ScoreViewModel) -> None:
    scoring.choose(Fraction(3))
    scoring.type_words("Sound so far.")
    scoring.settle()
    assert not scoring.cannot_score("Other", "  ")
    assert scoring.cannot_score("Conflict of interest", "I know the owner.")
    assert scoring.progress is Progress.CANNOT_SCORE
    assert (scoring.points, scoring.words) == (None, "Conflict of interest: I know the owner.")
    scoring.score_after_all()
    assert (scoring.points, scoring.words) == (None, "Sound so far.")


def test_undo_writes_the_value_before_as_a_new_revision(
    desk: Desk, scoring: ScoreViewModel, seat: SessionViewModel
) -> None:
    scoring.choose(Fraction(3))
    scoring.choose(Fraction(4))
    scoring.move(1)
    before = len(desk.entries())
    assert seat.undo_stack.undoText() == "Q1, Alder Ltd"
    seat.undo_stack.undo()
    assert scoring.points == Fraction(3)
    assert scoring.task is not None
    assert scoring.task.ref == "Q1"
    assert len(desk.entries()) == before + 1
    seat.undo_stack.undo()
    assert scoring.progress is Progress.BLANK
    seat.undo_stack.redo()
    assert scoring.points == Fraction(3)


def test_nothing_is_left_to_undo_once_the_file_is_closed(
    scoring: ScoreViewModel, seat: SessionViewModel
) -> None:
    scoring.choose(Fraction(3))
    assert seat.undo_stack.count() == 1
    seat.let_go()
    assert seat.undo_stack.count() == 0


def test_evidence_stands_once_before_the_words_and_goes_again(scoring: ScoreViewModel) -> None:
    scoring.type_words("It says so.")
    scoring.cite(Evidence("builds of oak", "paragraph 1"))
    scoring.cite(Evidence("builds of oak", "paragraph 1"))
    assert list(scoring.evidence) == [Evidence("builds of oak", "paragraph 1")]
    assert scoring.words == "It says so."
    scoring.drop_evidence(0)
    assert not scoring.evidence
    assert scoring.words == "It says so."


def test_hints_wait_for_a_rest_and_can_be_sent_away(desk: Desk, scoring: ScoreViewModel) -> None:
    scoring.choose(Fraction(3))
    scoring.type_words("Better than the others.")
    assert not scoring.hints
    pause(SOON_MS * 4)
    assert [hint.kind for hint in scoring.hints] == [HintKind.COMPARES]
    before = len(desk.entries())
    scoring.keep_as_it_is(HintKind.COMPARES)
    assert not scoring.hints
    assert len(desk.entries()) == before


def test_order_and_filter(scoring: ScoreViewModel) -> None:
    scoring.set_order(Order.BY_QUESTION)
    assert [task.words.split(":")[0] for task in scoring.tasks][:2] == [
        "Alder Ltd, Q1 Build",
        "Birch Ltd, Q1 Build",
    ]
    scoring.choose(Fraction(3))
    scoring.type_words("Sound.")
    scoring.finish_and_go_on()
    scoring.set_only_open(True)
    assert len(scoring.listed) == 3
    scoring.move(-1)
    assert scoring.task is not None
    assert scoring.task.progress is Progress.BLANK


def test_nothing_is_shown_before_interests_are_declared(tmp_path: Path) -> None:
    with sitting(undeclared(tmp_path)) as seat:
        scoring = ScoreViewModel(seat)
        assert (scoring.tasks, scoring.page, scoring.task) == ((), None, None)
        assert not scoring.may_score
        scoring.choose(Fraction(1))
        scoring.type_words("x")
        scoring.finish_and_go_on()


def test_only_ones_own_scores_are_seen(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    with sitting(desk, CAM) as seat:
        scoring = ScoreViewModel(seat)
        seen = []
        for task in scoring.tasks:
            scoring.go_to(task.place)
            seen.append(scoring.words)
        with seat.reading() as reader:
            own = [item.rationale for item in reader.scores_of(CAM)]
            others = {item.rationale for item in reader.scores_of(BEN)}
        assert sorted(seen) == sorted(own)
        assert not set(seen) & others
        assert scoring.is_community


def test_after_moderation_opened_scores_are_locked(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with sitting(desk) as seat:
        scoring, refused = ScoreViewModel(seat), refusals(seat)
        before = scoring.points
        assert not scoring.may_score
        assert scoring.locked_because == "Scores are locked: moderation has begun"
        scoring.choose(Fraction(1))
        assert "locked" in refused[0].happened
        assert scoring.points == before
        assert "locked" in FinishViewModel(seat).next_words


def test_finish_says_what_is_missing(scoring: ScoreViewModel, seat: SessionViewModel) -> None:
    finish = FinishViewModel(seat)
    assert finish.sentence == "4 answers of 4 still to score"
    scoring.choose(Fraction(2))
    assert finish.done_line == "0 ready  ·  1 in draft  ·  3 not scored yet"
    assert [task.ref for task in finish.missing] == ["Q1", "Q2", "Q1", "Q2"]
    assert "Ana Ames" in finish.next_words
