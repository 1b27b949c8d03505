"""Public value: each tool answers in one sentence, then shows its working for a bidder."""

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester

from tendereval.domain.ids import BidderId
from tendereval.services import living_wage
from tendereval.viewmodels import overview
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value import TOOLS, PublicValueViewModel, make
from tendereval.viewmodels.public_value_rows import Bar, PayLine, Row, SheetModel, Span, Task, Tool
from tendereval.viewmodels.publishing import PublishingViewModel
from tendereval.viewmodels.setup import SetupViewModel
from tests.service.builders import a_desk
from tests.viewmodel.lead_desk import a_large_desk, at_stage, leading, wanted
from tests.viewmodel.public_value_desk import (
    NAMES,
    NORTHGATE,
    TY_GWYN,
    VALE,
    a_public_value_desk,
    a_role,
    showing_public_value,
)

WAITING = "No pay schedule is recorded for Alder Ltd, Birch Ltd: what they pay is unknown."


def texts(row: Row) -> list[str]:
    return [cell.picture.words if cell.picture is not None else cell.text for cell in row.cells]


def bidder_row(view: PublicValueViewModel, bidder: BidderId) -> Row:
    return next(row for row in view.part.bidders.rows if row.key == bidder)


def working(view: PublicValueViewModel) -> tuple[Row, ...]:
    assert view.part.bid is not None
    return view.part.bid.sheet.rows


def sentence(view: PublicValueViewModel) -> str:
    assert view.part.bid is not None
    return view.part.bid.sentence


def test_the_living_wage_is_answered_by_name_and_unknown_stays_unknown(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        part = view.part
        assert part.answer == (
            "Yes with Tŷ Gwyn CIC. Not yet with Vale Coaches Ltd. It cannot be told with Northgate."
        )
        assert part.note == "1 below"
        assert part.standing[0] == (
            "The living wage check is information: it changes no mark and no rank. "
            "The lead has not chosen otherwise."
        )
        assert "UK £13.45 an hour (2025-26), London £14.80 an hour (2025-26)" in part.standing[1]
        assert texts(bidder_row(view, NORTHGATE))[1:] == [
            *("Nothing given", "no figures given", "–", "–", "○  Cannot tell: no schedule"),
        ]


def test_the_gap_can_be_reckoned_again_from_what_is_shown(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_bidder(VALE)
        # 1.45 below, 30 hours, 52 weeks, 6 people
        assert sentence(view) == (
            "1 of 3 roles is paid below the real Living Wage; closing the gap costs £13,572.00 a "
            "year."
        )
        _, cleaner, _ = working(view)
        assert cleaner.details == (
            "Cleaner: below the rate.",
            "Cleaner, gap a year: (13.45 − 12.00) × 30 hours × 52 weeks × 6 people = £13,572.00.",
        )
        bid = view.part.bid
        assert bid is not None
        assert isinstance(bid.bar, Bar)
        assert bid.bar.words.startswith("Coverage: 68.4% of hours at or above the rate")
        assert "a badge alone proves nothing about this contract" in bid.notes[0]


def test_the_picture_of_pay_says_in_words_what_it_shows(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        picture = bidder_row(view, VALE).cells[2].picture
        assert isinstance(picture, PayLine)
        assert [dot.is_below for dot in picture.dots] == [False, True, False]
        assert picture.words == "1 of 3 roles below the rate, by up to £1.45"
        assert picture.low == min(dot.off for dot in picture.dots)


def test_certificates_say_who_looked_and_when_they_lapse(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(Tool.CERTIFICATES)
        assert view.part.answer == (
            "Only by weaker proof with Tŷ Gwyn CIC and Vale Coaches Ltd. Not shown with Northgate."
        )
        assert view.part.note == "1 to decide"
        assert "number LW-1 is claimed by Tŷ Gwyn CIC and Vale Coaches Ltd" in view.part.warnings[0]
        wage, charter = working(view)
        assert texts(wage)[4] == "△  lapses in the contract"
        assert isinstance(wage.cells[3].picture, Span)
        assert texts(charter)[2] == "self-declared: the bidder says so"
        assert any("Offered as assessed independently" in text for text in charter.details)
        view.choose_bidder(VALE)
        _, equivalent = working(view)
        assert [one.task for one in equivalent.actions] == [
            *(Task.DECIDE_CLAIM, Task.EDIT_CLAIM, Task.REMOVE_CLAIM),
        ]


def test_an_ambition_names_what_it_lacks_and_a_promise_claimed_twice_is_told(
    tmp_path: Path,
) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(Tool.COMMITMENTS)
        assert view.part.answer == (
            "1 of 4 promises is complete; 3 are ambitions. 2 are claimed twice."
        )
        complete, twice, _ = working(view)
        assert texts(complete)[-1] == "✓  complete"
        assert texts(twice)[-1] == "△  ambition: 4 of 5 missing; claimed twice"
        assert "Missing: who, how many, by when, evidence." in twice.details
        assert any("The same promise stands in Q1" in text for text in twice.details)
        assert "Section 52 asks for at least 3 KPIs" in view.part.standing[-1]


def test_goals_say_who_serves_how_many(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(Tool.GOALS)
        assert view.part.answer == (
            "Tŷ Gwyn CIC serves 1 of 2 goals. Vale Coaches Ltd and Northgate serve none."
        )
        first, second = working(view)
        assert texts(first)[-1] == "✓  Take on apprentices"
        assert texts(second)[-1] == "○  nothing yet"


def test_the_one_per_cent_is_a_share_only_once_prices_are_open(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(Tool.SHARE)
        assert view.part.answer.startswith("It cannot be told with Tŷ Gwyn CIC and Vale Coaches")
        assert bidder_row(view, TY_GWYN).cells[1].picture is None
        assert "prices are out of sight until stage 'price'" in sentence(view)
    with showing_public_value(tmp_path, "price") as desk:
        view = make(desk)
        view.choose_tool(Tool.SHARE)
        assert view.part.answer == (
            "Yes with Tŷ Gwyn CIC. Not with Vale Coaches Ltd. Northgate names no such organisation."
        )
        bar = bidder_row(view, TY_GWYN).cells[1].picture
        assert isinstance(bar, Bar)
        assert bar.words == "1.42% committed, 1.00% evidenced, target 1%"
        assert bar.full == bar.mark
        assert texts(bidder_row(view, VALE))[2:5] == ["£2,500.00", "£0.00", "£2,500.00"]


def test_exactly_thirty_per_cent_passes_by_the_best_route(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(Tool.SHARE)
        workshop, kitchen = working(view)
        assert texts(workshop)[3] == "✓  met: 12 of 40 in the organisation"
        assert any("2 of 10, not met" in text for text in workshop.details)
        assert texts(kitchen)[4:] == ["△ none", "✓ counts"]


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_says_that_it_changes_no_rank(tmp_path: Path, tool: Tool) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        view.choose_tool(tool)
        told = view.part.standing[0]
        assert "nothing here changes the ranking" in told or "changes no mark and no rank" in told


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_is_sound_before_there_is_a_bidder(tmp_path: Path, tool: Tool) -> None:
    with at_stage(tmp_path, "set-up") as desk:
        view = make(desk)
        view.choose_tool(tool)
        assert view.chosen is None
        assert view.part.answer.endswith("yet.")
        assert view.part.bidders.rows == ()


def test_the_chosen_bidder_is_the_same_in_every_tool(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        told: list[None] = []
        view.read_again.connect(lambda: told.append(None))
        view.choose_bidder(VALE)
        view.choose_bidder(VALE)
        assert len(told) == 1
        for tool in (Tool.CERTIFICATES, Tool.COMMITMENTS, Tool.SHARE):
            view.choose_tool(tool)
            assert view.part.bid is not None
            assert view.part.bid.name == NAMES[VALE]
        view.show("wage")
        view.show(TY_GWYN)
        view.show("nobody")
        assert (view.tool, view.chosen) == (Tool.WAGE, TY_GWYN)


def test_a_change_elsewhere_is_read_again(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        assert view.part.note == "1 below"
        rows = [a_role("Cleaner", "13.60")]
        assert desk.did(
            lambda session: living_wage.set_schedule(session, VALE, rows, "Corrected."),
            Kind.PUBLIC_VALUE,
        )
        assert view.part.note == "2 of 3 shown"


def test_a_closed_tender_shows_delivery_and_takes_no_more_evidence(tmp_path: Path) -> None:
    with showing_public_value(tmp_path, "closed") as desk:
        view = make(desk)
        part = view.part
        assert part.bid is not None
        assert part.bid.actions[0].why_not == "The tender is closed."
        view.choose_tool(Tool.COMMITMENTS)
        assert view.part.question == "How much of what was promised is delivered?"
        assert view.part.answer == "0 of 1 commitment is delivered in full."
        (row,) = working(view)
        assert [one.task for one in row.actions] == [Task.DELIVERY, Task.OWNER]
        assert "Nothing is reported yet." in row.details


def test_what_cannot_be_begun_is_told(tmp_path: Path) -> None:
    with showing_public_value(tmp_path) as desk:
        view = make(desk)
        told: list[object] = []
        desk.refused.connect(told.append)
        assert view.begin(Task.EDIT_CLAIM, "7") is None
        assert view.begin(Task.EDIT_PARTNER, "") is None
        assert view.begin(Task.EDIT_COMMITMENT, "c-99") is None
        assert view.begin(Task.EDIT_GOAL, "g-99") is None
        assert len(told) == 4


def test_the_tables_are_sound_models(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with showing_public_value(tmp_path, "price") as desk:
        view = make(desk)
        model = SheetModel()
        model.show_sheet(view.part.bidders)
        qtmodeltester.check(model, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
        assert model.row_of(VALE) == 1
        assert model.row_of("nobody") == -1


def test_forty_bidders_are_told_by_number(tmp_path: Path) -> None:
    with leading(a_large_desk(tmp_path)) as desk:
        view = make(desk)
        assert view.part.answer == "It cannot be told with 40 bidders."
        for tool in TOOLS:
            assert view.part_of(tool).note


Place = tuple[str, object]


@pytest.mark.parametrize(
    ("stage", "text", "place"),
    [
        ("moderation", WAITING, ("public_value", None)),
        ("set-up", "The living wage check is on, as information.", ("setup", None)),
    ],
)
def test_warnings_stand_on_the_overview_and_stand_in_no_way(
    tmp_path: Path, stage: str, text: str, place: Place
) -> None:
    with leading(a_desk(tmp_path, stage)) as desk:
        view = overview.make(desk)
        found = [one.text.startswith(text) for one in view.points.rows]
        assert any(found)
        assert "to note" in view.points_under
        asked = wanted(desk)
        view.open_point(found.index(True))
        assert asked == [place]


def test_publishing_shows_what_deserves_a_second_look(tmp_path: Path) -> None:
    with leading(a_public_value_desk(tmp_path, "set-up")) as desk:
        publishing = PublishingViewModel(SetupViewModel(desk))
        told = [text for text, _ in publishing.warnings]
        assert any(text.startswith("The living wage check is on") for text in told)
        assert publishing.can_publish
    with showing_public_value(tmp_path, "price") as desk:
        publishing = PublishingViewModel(SetupViewModel(desk))
        assert not [text for text, _ in publishing.warnings if "living wage" in text]
