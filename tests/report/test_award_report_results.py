"""The tables and the working in the results of the award report: everything adds up."""

from dataclasses import replace
from fractions import Fraction

import pytest

from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.report_model import ReportModel
from tendereval.domain.tender import (
    ONLY_LOT,
    QualityMarks,
)
from tendereval.reports import phrases
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import (
    Cell,
    Document,
    Row,
    Table,
)
from tests.report.outline_reading import all_text, of_kind, section, table_cells
from tests.report.report_models import (
    AT,
    GWYN,
    LEAD,
    PRICES,
    VALE,
    large,
    ranked,
    transport,
    transport_method,
)
from tests.report.report_variants import lots


def report(model: ReportModel | None = None) -> Document:
    return award_report(transport() if model is None else model)


def spread(row: Row) -> list[str]:
    cells: list[str] = []
    for cell in row.cells:
        text = cell.text if isinstance(cell, Cell) else cell
        assert isinstance(text, str)
        cells += [text] + [""] * (cell.span - 1 if isinstance(cell, Cell) else 0)
    return cells


def added_up(table: Table) -> dict[str, tuple[Fraction, Fraction]]:
    """Return the sum of a table's criteria and its printed total, by the tender's name."""
    found = {}
    names = [group.text for group in table.groups if group.text]
    for at, name in enumerate(names):
        leaves, total = Fraction(0), Fraction(0)
        for row in table.rows:
            cells = spread(row)
            is_leaf = (row.kind == "body" and cells[1]) or cells[0] == "Price"
            if row.kind == "total":
                total = Fraction(cells[4 + 2 * at] or cells[3 + 2 * at])
            elif is_leaf:
                leaves += Fraction(cells[4 + 2 * at])
        found[name] = (leaves, total)
    return found


def test_results_are_the_same_figures_that_the_ranking_has() -> None:
    table = of_kind(section(report(), "Results"), Table)[0]
    rows = table_cells(table)
    assert rows[0] == ["Criterion", "", "Weight", *["Score", "Marks"] * 3]
    assert rows[1] == ["Service quality", "40", "", "28.40", "", "27.60", "", "29.60"]
    assert rows[2] == ["Q1", "Title of Q1", "10", "3", "6.00", "3", "6.00", "4", "8.00"]
    assert ["Price", "30", "", "27.60", "", "30.00", "", "28.80"] in rows
    assert ["Total", "100", "76.40", "75.20", "75.20"] in rows
    assert ["Rank", "", "1", "2\u00a0=", "2\u00a0="] in rows
    assert ["Price offered", "", "£1,183,200.00", "£1,088,400.00", "£1,133,750.00"] in rows
    assert [group.text for group in table.groups][1:] == [
        "Tŷ Gwyn Community Transport CIC",
        "Northgate Mobility Ltd",
        "Vale Coaches Ltd",
    ]


def test_the_figures_of_the_table_add_up_to_its_totals() -> None:
    sums = added_up(of_kind(section(report(), "Results"), Table)[0])
    assert len(sums) == 3
    assert all(leaves == total for leaves, total in sums.values())


def test_the_sections_of_the_table_add_up_too() -> None:
    table = of_kind(section(report(), "Results"), Table)[0]
    tops = [spread(row) for row in table.rows if row.kind == "section"]
    assert sum(Fraction(cells[4]) for cells in tops) == Fraction("76.40")
    assert sum(Fraction(cells[2]) for cells in tops) == 100


def test_unending_marks_are_shown_to_four_places_and_still_add_up() -> None:
    model = transport()
    method = replace(model.method, round_marks_to=None, round_totals_to=2)
    document = report(ranked(replace(model, method=method), PRICES))
    table = of_kind(section(document, "Results"), Table)[0]
    rows = table_cells(table)
    assert ["Price", "30", "", "27.5963", "", "30.0000", "", "28.8000"] in rows
    assert ["Total before rounding", "", "76.3963", "75.2000", "75.2000"] in rows
    assert ["Total", "100", "76.40", "75.20", "75.20"] in rows
    text = all_text(document)
    assert "is shown to four places and counted in full" in text
    assert "28.40 + 10.20 + 10.20 + 27.5963 | 76.3963 | 76.40" in text
    assert "Totals are then rounded to two decimal places, half up." in text


def test_a_reader_is_told_how_to_reach_each_total() -> None:
    text = all_text(section(report(), "Results"))
    assert "3 ÷ 5 × 10 = 6.00 marks" in text
    assert "28.40 + 10.20 + 10.20 + 27.60 | 76.40" in text
    assert "27.60 + 9.00 + 8.60 + 30.00 | 75.20" in text


def test_price_working_names_the_lowest_price_and_the_tenders_it_came_from() -> None:
    text = all_text(section(report(), "Results"))
    assert "marks = 30 × lowest price ÷ price." in text
    assert "The lowest price is £1,088,400.00, offered by Northgate Mobility Ltd." in text
    assert "£900,000" not in text
    assert "27.5963" in text


def test_tenders_that_are_not_ranked_stand_apart_with_reason_and_figures() -> None:
    results = section(report(), "Results")
    text = all_text(results)
    assert "Harbour Minibus Co-operative Ltd. Disqualified under the method." in text
    assert "Scored 1 for Q1 (Title of Q1); the minimum is 2." in text
    assert "Swift Passenger Services Ltd. Withdrawn. Withdrew by letter." in text
    ranked_table, _, fallen, *_ = of_kind(results, Table)
    assert "Harbour" not in str(ranked_table)
    assert ["Q1", "Title of Q1", "10", "1", "2.00"] in table_cells(fallen)
    assert not any("Price" in row for row in table_cells(fallen))


def test_ties_and_published_tie_breaks_are_told() -> None:
    text = all_text(section(report(), "Results"))
    assert "Northgate Mobility Ltd and Vale Coaches Ltd share rank 2." in text
    method = replace(transport_method(), tie_break=("highest S1",))
    broken = ranked(replace(transport(), method=method), PRICES)
    text = all_text(section(report(broken), "Results"))
    assert (
        "Vale Coaches Ltd (rank 2) was separated from tenders it was tied with by the published "
        "rule “highest S1”."
    ) in text
    assert "2 =" not in text


def test_a_shared_first_rank_and_a_broken_one_are_told_as_they_are() -> None:
    same = {bidder: points for bidder, points in PRICES.items() if bidder is not GWYN}
    model = transport()
    without = tuple(item for item in model.bids if item.bidder is not GWYN)
    gone = Bid(GWYN, ONLY_LOT, BidStatus.WITHDRAWN)
    shared = ranked(replace(model, bids=(gone, *without)), same)
    decision = AwardDecision(ONLY_LOT, (VALE,), "Why.", 1, AT, LEAD)
    shared = replace(shared, decisions={ONLY_LOT: decision})
    text = all_text(report(shared))
    assert "whose tender shares rank 1, at 75.20 marks of 100" in text
    assert "None: Vale Coaches Ltd and Northgate Mobility Ltd share the rank" in text
    method = replace(model.method, tie_break=("highest S1",))
    text = all_text(report(ranked(replace(shared, method=method), same)))
    assert "Level with Northgate Mobility Ltd on 75.20 marks" in text
    assert "separated from tenders it was tied with by “highest S1”" in text


def test_many_bidders_get_several_complete_tables_after_the_order() -> None:
    model = large(bidders=9, questions=4)
    order, *tables = of_kind(section(report(model), "Results"), Table)
    assert len(order.rows) == 9
    parts = [table for table in tables if table.groups]
    assert [len(table.groups) - 1 for table in parts] == [3, 3, 3]
    for table in parts:
        assert [spread(row)[2] for row in table.rows[:5]] == ["4", "1", "1", "1", "1"]
        for leaves, total in added_up(table).values():
            assert abs(leaves - total) <= Fraction(1, 10000)


def test_estimates_and_lots_without_figures_say_so() -> None:
    model = lots()
    plain = replace(model.details, estimated_value_includes_vat=None, social_value_model="own")
    text = all_text(report(replace(model, details=replace(plain, refinement_provided_for=True))))
    assert "N | North | £500,000.00" in text
    assert "S |  | –" in text
    assert "Estimated value: £1,180,000.00\n" in text
    assert "Social value model: the authority’s own" in text
    assert "Refinement of criteria: provided for in the notice" in text


def test_marks_relative_to_the_best_and_percentages_are_worked_as_published() -> None:
    model = transport()
    method = replace(model.method, quality_marks=QualityMarks.RELATIVE_TO_BEST)
    relative = ranked(replace(model, method=method), PRICES)
    text = all_text(report(relative))
    assert "best share of the scale earned by a tender that remains" in text
    assert "7.50 marks of 10." in text
    scale = model.method.scales[0]
    bands = tuple(replace(band, percent=band.points * 15) for band in scale.bands)
    method = replace(model.method, scales=(replace(scale, bands=bands),))
    text = all_text(report(ranked(replace(model, method=method), PRICES)))
    assert "45% of 10 = 4.50 marks" in text


def test_prices_of_nothing_are_shown_as_they_are_read() -> None:
    model = transport()
    rows = tuple(
        replace(row, parameters=(("zero", "£100"),)) if row.ref == "PRICE" else row
        for row in model.method.criteria
    )
    free = {**PRICES, VALE: Fraction(0)}
    text = all_text(
        report(ranked(replace(model, method=replace(model.method, criteria=rows)), free))
    )
    assert "The price of Vale Coaches Ltd, £0.00, is read as £100.00 by the published rule." in text
    unpriced = tuple(row for row in model.method.criteria if row.ref != "PRICE")
    without = replace(model.method, criteria=unpriced)
    text = all_text(report(ranked(replace(model, method=without), PRICES)))
    assert "The method has no price criterion." in text


def test_a_tie_within_the_published_margin_is_told_with_its_gap() -> None:
    model = transport()
    method = replace(model.method, tie_margin=Fraction(2), tie_break=("highest SV1",))
    decision = AwardDecision(ONLY_LOT, (GWYN,), "Why.", 1, AT, LEAD)
    told = ranked(replace(model, method=method, decisions={ONLY_LOT: decision}), PRICES)
    assert "separated by the published tie-break “highest SV1”" in all_text(report(told))


def test_nobody_ranked_is_said() -> None:
    model = transport()
    failed = tuple(
        replace(item, points=Fraction(0)) if item.place.criterion == "RQ1" else item
        for item in model.agreed
    )
    told = ranked(replace(model, agreed=failed, decisions={}, approvals=()), PRICES)
    assert "No tender is ranked." in all_text(section(report(told), "Decision"))


@pytest.mark.parametrize(
    ("value", "to", "text"),
    [
        ("27.5963", None, "27.5963"),
        ("27.59499", 2, "27.59499"),
        ("2/3", 2, "0.6667"),
        ("0.0049999", 2, "0.0049999"),
        ("30", 2, "30.0000"),
    ],
)
def test_unrounded_figures_have_places_enough_to_round_from(
    value: str, to: int | None, text: str
) -> None:
    assert phrases.unrounded_text(Fraction(value), to) == text
