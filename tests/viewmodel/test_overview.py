"""Where the tender is, what is missing and where each thing is mended."""

from pathlib import Path

import pytest
from pytestqt.modeltest import ModelTester

from tendereval.domain.stages import Stage
from tendereval.viewmodels import overview
from tendereval.viewmodels.overview import Progressing
from tests.service.builders import ALDER, BEN, a_desk, place
from tests.viewmodel.evaluator_desk import undeclared
from tests.viewmodel.lead_desk import a_large_desk, at_stage, leading, wanted


@pytest.mark.parametrize(
    ("stage", "sentence"),
    [
        ("set-up", "The method is being set up"),
        ("scoring", "No evaluator has scored everything yet"),
        ("scored", "Every score is in"),
        ("agreed", "The panel is agreeing scores"),
        ("price", "Quality is settled and prices are open"),
        ("award", "The award is being prepared"),
        ("closed", "This tender is closed"),
    ],
)
def test_the_head_says_where_the_tender_is(tmp_path: Path, stage: str, sentence: str) -> None:
    with at_stage(tmp_path, stage) as desk:
        assert overview.make(desk).sentence == sentence


def test_each_open_point_opens_the_person_it_is_about(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scoring") as desk:
        view, gone = overview.make(desk), wanted(desk)
        assert view.points_under == "2 before stage moderation"
        view.open_point(0)
        assert gone == [("panel", BEN)]
        view.open_point(99)
        assert len(gone) == 1


def test_a_response_that_is_not_agreed_opens_moderation_there(tmp_path: Path) -> None:
    with at_stage(tmp_path, "moderation") as desk:
        view, gone = overview.make(desk), wanted(desk)
        view.open_point(0)
        assert gone == [("moderation", place(ALDER, "Q1"))]


def test_people_who_have_not_declared_are_points_and_say_so_under_their_ring(
    tmp_path: Path,
) -> None:
    with leading(undeclared(tmp_path)) as desk:
        view = overview.make(desk)
        assert "Ben Bell has not declared interests." in [one.text for one in view.points.rows]
        assert {one.under for one in view.people} == {"interests open"}


def test_rings_count_bids_and_people(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scored") as desk:
        view = overview.make(desk)
        assert view.bids[0] == Progressing("Alder Ltd", 4, 4, "4 of 4")
        assert [one.name for one in view.people] == ["Ben Bell", "Community panel member 1"]


def test_the_next_stage_is_entered_only_with_nothing_open(tmp_path: Path) -> None:
    with at_stage(tmp_path, "scored") as desk:
        view = overview.make(desk)
        assert view.next_stage is Stage.MODERATION
        assert view.enter_next()
        assert desk.now.stage is Stage.MODERATION
        assert view.next_stage is None


def test_a_few_of_very_many_points_are_shown_and_the_rest_counted(tmp_path: Path) -> None:
    made = a_large_desk(tmp_path)
    with leading(made) as desk:
        assert len(overview.make(desk).bids) == 40
    many = a_desk(tmp_path, "moderation")
    with leading(many) as desk:
        view = overview.make(desk)
        shown = overview._first_of(view.points.rows * 40)
        assert len(shown) == 50
        assert shown[-1].text.startswith("And 151 more, the first: ")


def test_the_list_of_points_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with at_stage(tmp_path, "moderation") as desk:
        qtmodeltester.check(overview.make(desk).points, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
