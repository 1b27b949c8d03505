"""The Moderation view-model: chosen by people, kept while typed, recorded and confirmed."""

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path

import pytest
import shiboken6
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tendereval.domain.bidding import Place
from tendereval.domain.errors import (
    MissingRationale,
    NotOnTheScale,
    NotReady,
    ReasonNeeded,
    UserFixable,
)
from tendereval.domain.exact import to_text
from tendereval.domain.stages import Stage
from tendereval.services import panel, staging
from tendereval.services.agenda import ItemState, agenda
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.moderation import ModerationViewModel, make
from tendereval.viewmodels.moderation_draft import Draft, draft_from_typed
from tendereval.viewmodels.moderation_entry import ModerationEntry
from tendereval.viewmodels.moderation_page import ModerationPage
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, ANA, BEN, BIRCH, CAM, DOT, SCORES, Desk, a_desk, place

Q1 = place(BIRCH, "Q1")


@contextmanager
def moderating(desk: Desk) -> Iterator[ModerationViewModel]:
    with desk.session() as session:
        model = SessionViewModel(session)
        yield make(model)
        # Parent and child that hold each other must not be left to the garbage collector.
        shiboken6.delete(model)


@pytest.fixture
def view(tmp_path: Path) -> Iterator[ModerationViewModel]:
    with moderating(a_desk(tmp_path, "moderation")) as found:
        yield found


def refusals(view: ModerationViewModel) -> list[UserFixable]:
    found: list[UserFixable] = []
    view.desk.refused.connect(found.append)
    return found


def standing(view: ModerationViewModel) -> str:
    return view.entry.standing


def entry(view: ModerationViewModel) -> ModerationEntry:
    return view.entry


def page_of(view: ModerationViewModel) -> ModerationPage:
    assert view.page is not None
    return view.page


def is_open(view: ModerationViewModel) -> bool:
    return view.is_open


def number(view: ModerationViewModel) -> int:
    return view.row.number if view.row else 0


def fill(view: ModerationViewModel, at: Place = Q1, points: int = 3) -> None:
    view.go_to(at)
    view.entry.choose(Fraction(points))
    view.entry.type_rationale("Pine will not last. The joints are drawn.")
    for person in (BEN, CAM):
        view.entry.set_present(person, there=True)


def test_before_moderation_it_says_what_is_missing(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "scoring")) as view:
        assert view.may_open
        assert not is_open(view)
        assert "Ben Bell still has to score 4 responses" in view.missing[0]
        found = refusals(view)
        assert not view.open_moderation()
        assert isinstance(found[0], NotReady)
        assert view.open_moderation("Ben and Cam left; the panel scores together.")
        assert is_open(view)
        assert [row.scores for row in view.agenda.every] == ["No score"] * 4


def test_when_every_score_is_in_it_opens(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "scored")) as view:
        assert view.missing == ()
        assert view.open_moderation()
        assert view.counts == (0, 0, 4)


def test_the_agenda_is_spread_times_weight_in_words(view: ModerationViewModel) -> None:
    assert [row.place for row in view.agenda.every] == [
        item.place for item in agenda(view.desk.session)
    ]
    assert [row.scores for row in view.agenda.every] == [
        "0 to 3, 3 points apart",
        "4 to 5, 1 point apart",
        "Both gave 2",
        "Both gave 4",
    ]


def test_the_agenda_is_a_sound_model(
    view: ModerationViewModel, qtmodeltester: ModelTester, qtbot: QtBot
) -> None:
    assert qtbot is not None
    qtmodeltester.check(view.agenda)  # type: ignore[no-untyped-call]  # of the plugin
    view.agenda.filter(ref="Q1")
    fill(view)
    assert view.record()


def test_filters(view: ModerationViewModel) -> None:
    view.agenda.filter(bidder=ALDER)
    assert [row.ref for row in view.agenda.rows] == ["Q1", "Q2"]
    view.agenda.filter(bidder="", ref="Q2")
    assert len(view.agenda.rows) == 2
    view.agenda.filter(ref="")
    fill(view)
    assert view.record()
    view.agenda.filter(only_open=True)
    assert Q1 not in [row.place for row in view.agenda.rows]
    assert [key for key, _ in view.questions] == ["Q1", "Q2"]
    assert [words for _, words in view.bidders] == ["Alder Ltd", "Birch Ltd"]


def test_moving_goes_through_what_is_shown(view: ModerationViewModel) -> None:
    view.go_to(Q1)
    assert not view.move(-1)
    view.agenda.filter(ref="Q2")
    assert view.move(1)
    assert view.row is not None
    assert number(view) == 3
    assert view.may_move(1)
    assert view.go_to_next_open()
    assert number(view) == 4
    assert view.go_to_next_open()
    assert number(view) == 1


def test_a_page_holds_every_score_side_by_side(view: ModerationViewModel) -> None:
    view.go_to(Q1)
    page = view.page
    assert page is not None
    assert [(one.name, one.figure, one.rationale) for one in page.views] == [
        ("Ben Bell", "3", SCORES[5][4]),
        ("Community panel member 1", "0", SCORES[6][4]),
    ]
    assert page.page.answer == "Birch builds of pine."
    assert page.common is None
    assert standing(view) == "Not agreed yet"


def test_nothing_is_chosen_in_advance(view: ModerationViewModel) -> None:
    view.go_to(place(ALDER, "Q2"))
    assert entry(view).draft == Draft()
    assert view.page is not None
    assert view.page.common == 2
    assert not entry(view).may_record
    entry(view).adopt_common()
    assert entry(view).draft.points == 2
    assert view.row is not None
    assert view.row.state is ItemState.OPEN


def test_recording_and_confirming(view: ModerationViewModel) -> None:
    fill(view)
    assert view.record()
    assert standing(view) == "Nobody has confirmed yet"
    assert view.confirm(BEN)
    assert standing(view) == "Confirmed by 1 of 2"
    found = refusals(view)
    assert not view.dissent(CAM, " ")
    assert isinstance(found[0], ReasonNeeded)
    assert view.dissent(CAM, "Two at most.")
    assert standing(view) == "Confirmed by 1 of 2, 1 dissent"
    assert view.row is not None
    assert view.row.state is ItemState.CONFIRMED
    assert view.may_go_on
    assert view.desk.undo_stack.count() == 0


def test_what_is_lacking_is_refused_and_kept(view: ModerationViewModel) -> None:
    found = refusals(view)
    view.go_to(Q1)
    entry(view).type_rationale("Pine.")
    assert not view.record()
    assert isinstance(found[0], NotOnTheScale)
    entry(view).choose(Fraction(3))
    entry(view).type_rationale("")
    assert not view.record()
    assert isinstance(found[1], MissingRationale)
    assert entry(view).draft.points == 3


def test_same_as_before_is_offered_only_after_the_first(view: ModerationViewModel) -> None:
    view.go_to(Q1)
    assert entry(view).same_as_before == ()
    fill(view)
    view.record()
    view.move(1)
    assert entry(view).draft.present == ()
    assert entry(view).same_as_before == (BEN, CAM)
    entry(view).take_same_as_before()
    assert entry(view).draft.present == (BEN, CAM)


def test_a_change_asks_for_its_reason_and_keeps_the_earlier(view: ModerationViewModel) -> None:
    fill(view)
    view.record()
    view.confirm(BEN)
    assert not entry(view).needs_reason
    entry(view).choose(Fraction(2))
    assert entry(view).needs_reason
    assert not entry(view).needs_approver
    assert standing(view) == "Changed, not recorded yet"
    found = refusals(view)
    assert not view.record()
    assert isinstance(found[0], ReasonNeeded)
    entry(view).type_reason("The joints were overlooked.")
    assert view.record()
    assert view.page is not None
    assert [(one.figure, one.replaced_because) for one in view.page.earlier] == [
        ("3", "The joints were overlooked.")
    ]
    assert entry(view).draft.reason == ""
    assert standing(view) == "Nobody has confirmed yet"


def test_send_back_and_settle(view: ModerationViewModel) -> None:
    fill(view)
    found = refusals(view)
    assert not view.send_back("")
    assert isinstance(found[0], ReasonNeeded)
    assert view.send_back("A page was missing.")
    assert page_of(view).sent_back == "A page was missing."
    assert not entry(view).may_record
    assert standing(view) == "Sent back to its evaluators"
    assert entry(view).draft.points == 3
    assert view.settle("It was there.")
    assert page_of(view).sent_back is None
    assert entry(view).may_record


def test_copying_takes_words_and_no_name(view: ModerationViewModel) -> None:
    view.go_to(Q1)
    assert entry(view).copy_sentence("The joints \n are drawn.")
    assert entry(view).copy_sentence("They hold.")
    assert entry(view).draft.releasable == "The joints are drawn. They hold."
    assert not entry(view).copy_sentence(" ")
    assert entry(view).hints == ()
    entry(view).copy_sentence("Ben Bell likes it more than Alder Ltd.")
    assert len(entry(view).hints) == 2
    entry(view).type_rationale("One. Two.")
    assert entry(view).sentence_of_rationale(5) == "Two."


def test_typing_is_kept_within_the_time_and_restored(tmp_path: Path, qtbot: QtBot) -> None:
    desk = a_desk(tmp_path, "moderation")
    with desk.session() as session:
        model = SessionViewModel(session)
        view = ModerationViewModel(model, model, keep_after_ms=10)
        view.go_to(Q1)
        with qtbot.waitSignal(view.desk.saved, timeout=1000):
            entry(view).type_rationale("Pine will")
        shiboken6.delete(model)
    with moderating(desk) as again:
        again.go_to(Q1)
        assert again.entry.draft.rationale == "Pine will"
        assert again.row is not None
        assert again.row.state is ItemState.OPEN


def test_everything_typed_is_kept_when_moving_on(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with moderating(desk) as view:
        fill(view, place(ALDER, "Q1"))
        entry(view).type_explanation("Q1.a", "Oak.")
        entry(view).type_explanation("Q1.b", " ")
        entry(view).copy_sentence("Sound.")
        before = entry(view).draft
        view.move(1)
        assert entry(view).draft == Draft()
    with moderating(desk) as again:
        again.go_to(place(ALDER, "Q1"))
        assert again.entry.draft == before
        assert again.record()
        assert again.entry.draft.explanations == {"Q1.a": "Oak."}
    with moderating(desk) as last:
        last.go_to(place(ALDER, "Q1"))
        assert not last.entry.is_changed


def test_working_text_of_another_kind_is_left_alone() -> None:
    assert draft_from_typed({"points": "3", "body": "no json"}) is None
    draft = Draft(Fraction("2.5"), "A", "B", {"Q1.a": "C"}, (BEN,), "D", "p-4")
    typed = {key: value for key, value in draft.typed().items() if value is not None}
    assert draft_from_typed(typed) == draft
    assert to_text(Fraction("2.5")) == typed["points"]


def test_a_member_who_left_is_shown_and_not_used(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    with moderating(desk) as view:
        view.desk.did(lambda s: panel.leave(s, CAM, "Moved."), Kind.PANEL)
        view.go_to(Q1)
        assert view.page is not None
        assert [(one.note, one.points) for one in view.page.views] == [
            ("", 3),
            ("Not used: has left the panel.", None),
        ]
        assert CAM not in {seat.person for seat in view.page.seats}
        assert view.row is not None
        assert view.row.scores == "One score, 3"


def test_missing_scores_are_said(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    desk.take_in({"Scores": SCORES[:2]})
    desk.enter("moderation", "--reason", "Cam is ill.")
    with moderating(desk) as view:
        view.go_to(place(ALDER, "Q1"))
        assert view.page is not None
        assert [one.note for one in view.page.views] == ["", "Has not scored this."]


def test_all_confirmed_offers_prices(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "agreed")) as view:
        assert view.all_confirmed
        wanted: list[tuple[str, object]] = []
        view.desk.place_wanted.connect(lambda name, what: wanted.append((name, what)))
        view.want_prices()
        assert wanted == [("ranking", None)]


def test_reopening_at_price_needs_an_approver(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "priced")) as view:
        fill(view, points=5)
        assert entry(view).needs_approver
        assert entry(view).approvers == ((DOT, "Dot Dean"),)
        entry(view).type_reason("The drawing was overlooked.")
        found = refusals(view)
        assert not view.record()
        assert len(found) == 1
        entry(view).choose_approver(DOT)
        assert view.record()
        assert not view.may_send_back


def test_after_the_ranking_nothing_is_agreed(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "award")) as view:
        view.go_to(Q1)
        assert not entry(view).may_edit
        assert not view.all_confirmed


def test_going_back_a_stage_closes_it(tmp_path: Path) -> None:
    with moderating(a_desk(tmp_path, "moderation")) as view:
        view.go_to(Q1)
        entry(view).type_rationale("Pine.")
        view.desk.did(lambda s: staging.change_stage(s, Stage.SCORING, "A mistake."), Kind.STAGE)
        assert view.page is None
        assert view.agenda.every == ()
        assert not view.confirm(ANA)


def test_evidence_is_marked_with_the_initials_of_who_cited_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    cited = "“builds of pine” (paragraph 1)\n\nIt will not last."
    rows = (SCORES[0], ("Ben Bell", "Birch Ltd", "Q1", 3, cited))
    assert desk.take_in({"Scores": rows}).status == 0
    desk.enter("moderation")
    with moderating(desk) as view:
        view.go_to(Q1)
        found = page_of(view).citations
        answer = page_of(view).page.answer
    assert [(answer[one.start :][: one.length], one.initials) for one in found] == [
        ("builds of pine", "BB")
    ]
