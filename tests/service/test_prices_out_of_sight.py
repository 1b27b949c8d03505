"""No ranking, total or figure derived from prices exists before stage ``price``."""

from pathlib import Path

import pytest

from tendereval.domain.errors import NotAllowedNow
from tendereval.services import ranking, reporting
from tests.service.builders import BIDDERS, SET_UP, Desk, Rows, a_desk

ODD: Rows = (("Bidder", "Price"), ("Alder Ltd", "7654321.09"), ("Birch Ltd", "7123456.78"))
FIGURES = ("7654321", "7,654,321", "7123456", "7,123,456", "0.93", "93.0", "37.2")
STAGES = ("published", "scored", "agreed")


def typed_early(folder: Path, stage: str) -> Desk:
    desk = a_desk(folder, stage)
    done = desk.take_in({"Prices": ODD})
    assert done.status == 0, done.err
    assert not any(figure in done.out for figure in FIGURES)
    return desk


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize(
    "words",
    [
        ("info",),
        ("info", "--json"),
        ("stage",),
        ("stage", "--json"),
        ("check",),
        ("check", "--json"),
        ("rank",),
        ("rank", "--json"),
        ("stage", "--to", "award", "--reason", "To see."),
        ("award", "--to", "Alder Ltd", "--rationale", "Cheap."),
    ],
)
def test_no_command_shows_a_price(stage: str, words: tuple[str, ...], tmp_path: Path) -> None:
    desk = typed_early(tmp_path, stage)
    done = desk.on_file(*words)
    shown = done.out + done.err
    assert not [figure for figure in FIGURES if figure in shown]
    if words[0] in {"rank", "award"}:
        assert done.status == 1


@pytest.mark.parametrize("stage", STAGES)
def test_no_service_and_no_report_has_a_price(stage: str, tmp_path: Path) -> None:
    desk = typed_early(tmp_path, stage)
    with desk.looking() as session:
        with pytest.raises(NotAllowedNow, match="you cannot see prices, totals or a ranking"):
            ranking.rankings(session)
        model = reporting.report_model(session)
    assert model.rankings == ()
    assert "you cannot see prices" in model.not_ranked_because
    assert not [figure for figure in FIGURES if figure in repr(model)]
    assert "Fraction(765432109" not in repr(model)


def test_individual_scores_are_not_shown_together_before_moderation(tmp_path: Path) -> None:
    with a_desk(tmp_path, "scored").looking() as session:
        model = reporting.report_model(session)
    assert (model.scores, model.score_history) == ((), ())


def test_prices_typed_early_count_from_stage_price_on(tmp_path: Path) -> None:
    desk = typed_early(tmp_path, "agreed")
    desk.enter("price")
    assert desk.ranking()["Alder Ltd"]["price_amount"] == "7654321.09"


def test_going_back_from_price_hides_them_again(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    desk.enter("moderation", "--reason", "To look again.")
    assert desk.on_file("rank").status == 1


def test_the_record_of_prices_typed_early_holds_no_amount(tmp_path: Path) -> None:
    desk = typed_early(tmp_path, "scored")
    assert not [figure for figure in FIGURES if figure in str(desk.entries())]


def test_the_set_up_workbook_may_hold_prices_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    made = desk.new({**SET_UP, "Bidders": BIDDERS, "Prices": ODD})
    assert made.status == 0
    assert desk.on_file("rank").status == 1
