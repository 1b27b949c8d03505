"""Prices when they may be seen, the table that re-adds, ties, closeness, tenders not ranked."""

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester

from tendereval.domain.stages import Stage
from tendereval.viewmodels import ranking
from tendereval.viewmodels.ranking import RankingViewModel
from tests.service.builders import ALDER, BIRCH
from tests.viewmodel.lead_desk import a_large_desk, at_stage, leading, wanted


def column(view: RankingViewModel, number: int) -> list[str]:
    model = view.results
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


@pytest.mark.parametrize("stage", ["set-up", "scoring", "moderation"])
def test_before_stage_price_nothing_of_prices_is_there(tmp_path: Path, stage: str) -> None:
    with at_stage(tmp_path, stage) as desk:
        view = ranking.make(desk)
        assert view.sentence == "Prices stay closed until quality is settled"
        assert view.prices == ()
        assert view.results.rowCount() == 0
        assert view.closed_because
        assert not view.open_prices()


def test_prices_open_once_moderation_is_locked(tmp_path: Path) -> None:
    with at_stage(tmp_path, "agreed") as desk:
        view = ranking.make(desk)
        assert view.closed_because == ()
        assert view.open_prices()
        assert view.sentence == "0 of 2 prices are entered"
        assert [line.name for line in view.prices] == ["Alder Ltd", "Birch Ltd"]


def test_a_price_is_entered_as_people_write_it(tmp_path: Path) -> None:
    with at_stage(tmp_path, "price") as desk:
        view = ranking.make(desk)
        first, second = (line.place for line in view.prices)
        assert view.enter_price(first, "1.600,00") == (
            "This is not an amount. Write it as 1,234,567.50."
        )
        assert view.enter_price(first, "£1,600") == ""
        assert view.sentence == "1 of 2 prices are entered"
        assert view.enter_price(second, "1500") == ""
        assert view.prices[0].text == "£1,600.00"
        assert view.sentence == "Birch Ltd ranks first with 80.00 marks"
        assert view.under.startswith("2.50 marks ahead of Alder Ltd.")


def test_the_table_re_adds(tmp_path: Path) -> None:
    with at_stage(tmp_path, "priced") as desk:
        view = ranking.make(desk)
        titles = column(view, 1)
        assert titles == ["Build", "Jobs", "Price", "Total", "Rank", "Price offered"]
        for number in (4, 6):
            marks = [Decimal(cell) for cell in column(view, number)[:4]]
            assert sum(marks[:3]) == marks[3]
        assert column(view, 2)[:4] == ["40", "20", "40", "100"]


def test_a_tie_is_shown_as_one(tmp_path: Path) -> None:
    with at_stage(tmp_path, "priced") as desk:
        view = ranking.make(desk)
        places = {line.place.bidder: line.place for line in view.prices}
        view.enter_price(places[ALDER], "1000")
        view.enter_price(places[BIRCH], "1000")
        assert view.sentence == "Alder Ltd and Birch Ltd are tied for first place"
        assert [column(view, number)[4] for number in (4, 6)] == ["1 =", "1 ="]
        assert any("tied" in warning for warning in view.warnings)


def test_cells_are_read_aloud_with_whose_they_are(tmp_path: Path) -> None:
    with at_stage(tmp_path, "priced") as desk:
        model = ranking.make(desk).results
        read = model.index(0, 3).data(Qt.ItemDataRole.AccessibleTextRole)
        assert read == "Birch Ltd, Build, score: 3"
        assert model.index(0, 4).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Birch Ltd, ")


def test_closing_the_ranking_goes_to_the_award(tmp_path: Path) -> None:
    with at_stage(tmp_path, "priced") as desk:
        view, gone = ranking.make(desk), wanted(desk)
        assert view.can_close
        assert view.close_ranking()
        assert desk.now.stage is Stage.AWARD
        assert gone == [("award", None)]
        assert not view.may_enter_prices


def test_forty_tenders_and_sixty_questions_are_one_table(tmp_path: Path) -> None:
    with leading(a_large_desk(tmp_path)) as desk:
        model = ranking.make(desk).results
        assert (model.rowCount(), model.columnCount()) == (64, 83)


def test_the_table_is_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with at_stage(tmp_path, "priced") as desk:
        qtmodeltester.check(ranking.make(desk).results, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
