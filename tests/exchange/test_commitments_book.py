"""The contract schedule as a workbook: one row a commitment, a sheet that tracks delivery."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tendereval.domain.report_model import ReportModel
from tendereval.exchange.commitments_book import write_commitments_book
from tests.report.public_value_models import closed, hostile_value, nothing, one_bidder, valued
from tests.report.report_models import approved, transport
from tests.report.report_variants import lots

MODELS: dict[str, Callable[[], ReportModel]] = {
    "full": valued,
    "empty": nothing,
    "one bidder": one_bidder,
    "hostile": hostile_value,
    "closed": closed,
    "none": transport,
}


def written(folder: Path, model: ReportModel, *, values: bool = False) -> Workbook:
    path = folder / "schedule.xlsx"
    write_commitments_book(model, path)
    return load_workbook(path, data_only=values)


def table(book: Workbook, sheet: str, first: str = "Lot") -> list[dict[str, object]]:
    rows = [list(row) for row in book[sheet].iter_rows(values_only=True)]
    at = next(number for number, row in enumerate(rows) if row[0] == first)
    heads = [str(one) for one in rows[at] if one is not None]
    return [dict(zip(heads, row, strict=False)) for row in rows[at + 1 :]]


def words(book: Workbook, sheet: str) -> str:
    cells = (cell for row in book[sheet].iter_rows(values_only=True) for cell in row)
    return "\n".join(str(cell) for cell in cells if cell is not None)


def test_one_row_a_commitment_with_owner_kpi_dates_evidence_baseline_and_goal(
    tmp_path: Path,
) -> None:
    book = written(tmp_path, valued())
    assert book.sheetnames == ["Commitments", "Delivery", "Ambitions", "About"]
    rows = table(book, "Commitments")
    assert len(rows) == 3
    assert rows[0] == {
        "Lot": "1",
        "Supplier": "Tŷ Gwyn Community Transport CIC",
        "No.": 1,
        "What": "Train apprentice mechanics to level 3",
        "Who": "The workshop manager, for people under 25 in the valley",
        "How many": 6,
        "Unit": "apprentices",
        "By when": datetime(2028, 9, 30),  # noqa: DTZ001 - a workbook's days have no zone
        "Evidence": "Certificates of completion, seen by the contract manager each autumn",
        "Owner": "Head of Fleet",
        "KPI": "no",
        "Baseline": "One apprentice today",
        "Without the contract": "Two would be trained",
        "Goal": "No one left housebound: Drivers stay in their posts",
        "SDG targets": "4.4, 8.5",
        "Answer": "SV2",
        "Words of the tender": "We will train six apprentice mechanics from the valley by 2028.",
        "To be seen": None,
    }
    assert (rows[1]["KPI"], rows[1]["Owner"]) == ("yes", "nobody yet")
    assert rows[2]["To be seen"] is not None


def test_ambitions_have_a_sheet_of_their_own_that_says_they_are_no_terms(tmp_path: Path) -> None:
    book = written(tmp_path, valued())
    assert "NOT part of the contract." in words(book, "Ambitions")
    assert [row["Lacks"] for row in table(book, "Ambitions")] == [
        "who, what, how many, by when, evidence",
        "who, how many, by when, evidence",
    ]
    assert "endeavour" not in words(book, "Commitments")


def test_delivery_is_tracked_by_formulas_for_the_day_on_the_sheet(tmp_path: Path) -> None:
    book = written(tmp_path, closed())
    rows = table(book, "Delivery")
    number = next(
        cell.row for row in book["Delivery"].iter_rows() for cell in row if cell.value == 1
    )
    day = next(
        cell.row for row in book["Delivery"].iter_rows() for cell in row if cell.value == "Day"
    )
    assert rows[0]["Still to deliver"] == f"=MAX(0,F{number}-N(I{number}))"
    assert rows[0]["Late"] == (
        f'=IF(AND(ISNUMBER(H{number}),$B${day}>H{number},M{number}>0),"late","")'
    )
    assert book["Delivery"].cell(day, 2).value == datetime(2028, 10, 20)  # noqa: DTZ001
    kept = table(written(tmp_path, closed(), values=True), "Delivery")
    told = ("Planned", "Delivered so far", "Evidence", "Still to deliver", "Late")
    assert [[row[name] for name in told] for row in kept] == [
        [6, 2, "Two certificates", 4, "late"],
        [1200, 1240, "Booking records", 0, None],
        [25000, None, None, 25000, "late"],
    ]
    assert kept[0]["Reported up to"] == datetime(2028, 3, 31)  # noqa: DTZ001
    assert kept[0]["Note"] == "The rest in autumn."


def test_before_the_contract_runs_nothing_is_delivered_and_nothing_late(tmp_path: Path) -> None:
    rows = table(written(tmp_path, valued(), values=True), "Delivery")
    assert [(row["Delivered so far"], row["Late"]) for row in rows] == [(None, None)] * 3


def test_state_and_lots_are_told(tmp_path: Path) -> None:
    assert "DRAFT, not yet approved." in words(written(tmp_path, valued()), "About")
    book = written(tmp_path, valued(approved(transport())))
    assert "Approved." in words(book, "Commitments")
    told = words(written(tmp_path, valued(lots())), "Commitments")
    assert "Lot S is not awarded, so there is no schedule." in told


@pytest.mark.parametrize("name", MODELS)
def test_the_same_record_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    digests = {write_commitments_book(MODELS[name](), tmp_path / f"{n}.xlsx") for n in range(2)}
    assert len(digests) == 1


def test_nothing_typed_becomes_a_formula(tmp_path: Path) -> None:
    book = written(tmp_path, hostile_value())
    formulas = [
        (sheet.title, str(cell.value))
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert formulas
    assert {title for title, _ in formulas} == {"Delivery"}
    assert all(text.startswith(("=MAX(0,F", "=IF(AND(ISNUMBER(H")) for _, text in formulas)
