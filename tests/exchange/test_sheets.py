"""Where the table of a sheet is, what is left alone, and what is only mentioned."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.exchange.workbook import read_workbook
from tests.exchange.books import CRITERIA, SMALL, Rows, lines, make, read, refused


def test_notes_may_stand_above_the_header(tmp_path: Path) -> None:
    rows: Rows = [["List of bidders"], [], [None, "see file"], ["BIDDER ", "Status"], ["Alder Ltd"]]
    found = read(tmp_path, Bidders=rows).bidders
    assert [(row.name, row.row) for row in found] == [("Alder Ltd", 5)]


def test_empty_rows_and_rows_of_spaces_are_skipped(tmp_path: Path) -> None:
    rows: Rows = [["Bidder"], [], ["Alder Ltd"], ["  "], [None], ["Birch Ltd"]]
    assert [row.row for row in read(tmp_path, Bidders=rows).bidders] == [3, 6]


def test_columns_stand_in_any_order(tmp_path: Path) -> None:
    rows: Rows = [["Price", "Ref", "Bidder"], [5, "PRICE", "Alder Ltd"]]
    assert read(tmp_path, Prices=rows).prices[0].amount == 5


def test_unknown_sheets_and_columns_are_left_alone_and_mentioned(tmp_path: Path) -> None:
    notes = read(tmp_path, scores=[["x"]], Bidders=[["Bidder", "Phone"], ["Alder Ltd", 7]]).notes
    assert (
        "The sheet “scores” is not known (is it meant to be 'Scores'?); it was left alone." in notes
    )
    assert "Bidders: the column “Phone” is not known; it was left alone." in notes


def test_an_unknown_item_is_mentioned(tmp_path: Path) -> None:
    rows = [["Item", "Value"], ["Reference", "R-1"], ["Colour", "blue"], ["Tie brake", "draw"]]
    notes = read(tmp_path, Tender=rows).notes
    assert notes[0] == "Tender, row 3: the item “Colour” is not known; it was left alone."
    assert "is it meant to be 'Tie-break'?" in notes[1]


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["Bidder", "Status", "status"], ["Alder Ltd"]]
    assert refused(tmp_path, Bidders=rows) == lines(
        "Bidders, row 1, column Status: Two columns are called 'Status'. Keep one of them and "
        "rename or delete the other."
    )


def test_a_missing_column_is_named_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, Panel=[["Name", "Role"], ["Pat", "lead"], ["Sam", "lead"]])
    assert problems == lines(
        "Panel, row 1, column Email: The column 'Email' is missing. Add the heading 'Email' and "
        "fill the column."
    )


def test_a_sheet_without_its_header_row(tmp_path: Path) -> None:
    problems = refused(tmp_path, Panel=[["Pat Lee", "pat@x.example", "lead"]])
    assert problems == lines(
        "Panel: No row holds the heading 'Name'. Write the headings Name, Email and Role in one "
        "row."
    )


def test_an_empty_sheet_is_no_sheet(tmp_path: Path) -> None:
    assert read(tmp_path, Scores=[]).scores == ()


def test_hidden_sheets_are_read_and_mentioned(tmp_path: Path) -> None:
    path = make(tmp_path / "book.xlsx", SMALL)
    book = load_workbook(path)
    book["Bidders"].sheet_state = "veryHidden"
    book.save(path)
    content = read_workbook(path)
    assert len(content.bidders) == 2
    assert content.notes == ("The sheet 'Bidders' is hidden; it was read all the same.",)


def _merged(folder: Path, area: str) -> Path:
    rows: Rows = [["Bidder", "Ref", "Response"], ["Alder Ltd", "Q1", "a"], [None, "Q2", "b"]]
    path = make(folder / "book.xlsx", {**SMALL, "Responses": rows})
    book = load_workbook(path)
    book["Responses"].merge_cells(area)
    book.save(path)
    return path


def test_a_merged_name_counts_for_each_of_its_rows(tmp_path: Path) -> None:
    found = read_workbook(_merged(tmp_path, "A2:A3")).responses
    assert [(row.bidder, row.criterion) for row in found] == [
        ("Alder Ltd", "Q1"),
        ("Alder Ltd", "Q2"),
    ]


def test_any_other_merged_cell_is_refused(tmp_path: Path) -> None:
    path = _merged(tmp_path, "C2:C3")
    book = load_workbook(path)
    book["Responses"]["A3"] = "Alder Ltd"
    book.save(path)
    with pytest.raises(Exception, match="merged over 2 rows"):
        read_workbook(path)


def test_a_formula_counts_as_last_calculated_and_is_refused_without(tmp_path: Path) -> None:
    rows: Rows = [["Bidder", "Price"], ["Alder Ltd", "=1+1"]]
    assert refused(tmp_path, Prices=rows) == lines(
        "Prices, row 2, column Price: This is a formula and no result of it is stored. Open the "
        "workbook in Excel or LibreOffice and save it, or type the value."
    )


def test_every_problem_at_once_in_the_order_of_the_workbook(tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        "Prices": [["Bidder", "Price"], ["Cedar Ltd", "1.250,50"], ["Alder Ltd", -1]],
        "Tender": [["Item", "Value"], ["Regime", "EU"], ["Round marks to", 2.5]],
        "Criteria": [*CRITERIA, ["Q1", None, "qualty", "x", "0-6", None]],
        "Bidders": [["Bidder", "SME"], ["Alder Ltd", "perhaps"]],
    }
    path = make(tmp_path / "book.xlsx", sheets)
    with pytest.raises(Exception, match="problems") as caught:
        read_workbook(path)
    places = [
        (problem.sheet, problem.row, problem.column)
        for problem in getattr(caught.value, "problems", ())
    ]
    assert places == [
        ("Prices", 2, "Bidder"),
        ("Prices", 2, "Price"),
        ("Prices", 3, "Price"),
        ("Tender", None, None),
        ("Tender", 2, "Value"),
        ("Tender", 3, "Value"),
        ("Criteria", 6, "Ref"),
        ("Criteria", 6, "Title"),
        ("Criteria", 6, "Kind"),
        ("Criteria", 6, "Weight"),
        ("Criteria", 6, "Scale"),
        ("Bidders", 2, "SME"),
    ]


def test_a_new_tender_needs_its_reference(tmp_path: Path) -> None:
    assert "has no reference" in refused(tmp_path, Tender=[["Item", "Value"], ["Reference"]])[0]
    assert (
        "has no row Reference" in refused(tmp_path, Tender=[["Item", "Value"], ["Title", "x"]])[0]
    )
    assert "is missing" in refused(tmp_path, Tender=[])[0]


def test_a_missing_sheet_is_said_once(tmp_path: Path) -> None:
    score = ["Pat Lee", "Alder Ltd", "Q1", 3]
    scores: Rows = [["Evaluator", "Bidder", "Ref", "Score"], score, score, score]
    assert refused(tmp_path, Panel=[], Scores=scores) == lines(
        "Panel: There is no Panel sheet with rows, but other sheets refer to it. Fill the Panel "
        "sheet first."
    )


def test_a_broken_header_does_not_make_other_sheets_wrong(tmp_path: Path) -> None:
    scores: Rows = [["Evaluator", "Bidder", "Ref", "Score"], ["Pat Lee", "Alder Ltd", "Q1", 3]]
    prices: Rows = [["Bidder", "Price"], ["Alder Ltd", 5]]
    broken: dict[str, Rows] = {
        "Bidders": [["Firm"], ["x"]],
        "Panel": [["Who"]],
        "Criteria": [["x"]],
    }
    problems = refused(tmp_path, None, **broken, Scores=scores, Prices=prices)
    assert sorted(problem.split(":")[0] for problem in problems) == ["Bidders", "Criteria", "Panel"]


def test_a_long_list_of_choices_is_shortened(tmp_path: Path) -> None:
    bidders: Rows = [["Bidder"], *([f"Bidder number {n}"] for n in range(40))]
    rows: Rows = [["Bidder", "Ref", "Response"], ["Zebra", "Q1", "x"]]
    problem = refused(tmp_path, Bidders=bidders, Responses=rows)[0]
    assert problem.endswith("Bidder number 11 or another of the 40 that are listed.")


def test_a_value_without_its_item_is_refused(tmp_path: Path) -> None:
    rows: Rows = [["Item", "Value"], ["Reference", "R"], [None, "lost"]]
    assert "row 3, column Item: This is blank" in refused(tmp_path, Tender=rows)[0]
