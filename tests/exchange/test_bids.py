"""Bidders, panel, responses and prices."""

import os
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.bidding import BidStatus, PriceLine
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import LotId
from tendereval.domain.tender import Method
from tendereval.exchange.content import BidderRow, BidStatusRow, Known, KnownPerson, PanelRow
from tendereval.exchange.workbook import read_workbook
from tests.exchange.books import CRITERIA, LOTS, Rows, make, read, refused

_HEADER = ["Bidder", "Identifier", "Address", "Email", "SME", "VCSE"]


def test_every_column_of_a_bidder(tmp_path: Path) -> None:
    rows: Rows = [
        [*_HEADER, "Supported employment provider", "Lots", "Subcontractors"],
        [" Alder Ltd ", "01", "1 High St", "a@x.example", "yes", "no", None, "north", "B; C Ltd"],
    ]
    assert read(tmp_path, Lots=LOTS, Bidders=rows).bidders == (
        BidderRow(
            row=2,
            name="Alder Ltd",
            identifier="01",
            address="1 High St",
            email="a@x.example",
            sme=True,
            vcse=False,
            supported_employment=None,
            lots=(LotId("North"),),
            subcontractors=("B", "C Ltd"),
        ),
    )


def test_a_status_for_every_lot_bid_for(tmp_path: Path) -> None:
    rows: Rows = [
        ["Bidder", "Status", "Status reason", "Lot", "Lots", "Notified on"],
        ["Alder Ltd", "Withdrawn", "by letter", None, None, None],
        ["Birch Ltd", None, None, None, "North; South", None],
        ["Birch Ltd", "excluded", "debarred", "south", None, date(2026, 9, 1)],
    ]
    content = read(tmp_path, Lots=LOTS, Bidders=rows)
    north, south = LotId("North"), LotId("South")
    assert content.statuses == (
        BidStatusRow(2, "Alder Ltd", north, BidStatus.WITHDRAWN, "by letter"),
        BidStatusRow(2, "Alder Ltd", south, BidStatus.WITHDRAWN, "by letter"),
        BidStatusRow(4, "Birch Ltd", south, BidStatus.EXCLUDED, "debarred", date(2026, 9, 1)),
    )
    assert [row.name for row in content.bidders] == ["Alder Ltd", "Birch Ltd"]
    assert "counts only with the dates of notice" in content.notes[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["alder ltd"], "stands in row 2 already"),
        (["Alder Ltd", "late", None, "North"], "gives a status for lot North already"),
        (["Alder Ltd", None, None, "South", "North"], "details of Alder Ltd stand in row 2"),
        (["Cedar", "late", None, "South", "North"], "does not bid for lot South"),
        (["Cedar", "lost"], "Write assessed, late"),
        (["Cedar", None, "why"], "no status"),
        (["Cedar", None, None, "East"], "There is no lot"),
        (["Cedar", None, None, None, "North; East"], "There is no lot"),
        (["A;B"], "semicolon"),
        ([None, "late"], "This is blank"),
    ],
)
def test_a_wrong_bidder_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    header = ["Bidder", "Status", "Status reason", "Lot", "Lots"]
    rows: Rows = [header, ["Alder Ltd", "assessed"], row]
    problems = refused(tmp_path, Lots=LOTS, Bidders=rows)
    assert len(problems) == 1
    assert words in problems[0]


def test_the_panel(tmp_path: Path) -> None:
    criteria: Rows = [
        ["Ref", "Title", "Kind", "Parent", "Scale"],
        ["S", "s", "section"],
        ["Q1", "q", "quality", "S", "0-5"],
        ["Q2", "q", "quality", None, "0-5"],
        ["C1", "c", "requirement", "S"],
    ]
    rows: Rows = [
        ["Name", "Email", "Role", "Questions", "Lots"],
        ["Pat", "pat@x.example", "Evaluator"],
        ["Sam", "sam@x.example", "lead", "all", "all"],
        ["Kim", "kim@x.example", "community", "s", "north"],
        ["Lou", "lou@x.example", "evaluator", "all", None],
    ]
    panel = read(tmp_path, Lots=LOTS, Criteria=criteria, Panel=rows).panel
    assert panel[0] == PanelRow(2, "Pat", "pat@x.example", Role.EVALUATOR)
    assert (panel[1].questions, panel[1].lots) == (("Q1", "Q2"), None)
    assert (panel[2].questions, panel[2].lots) == (("Q1", "C1"), ("North",))
    assert panel[3].questions is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Pat", None, "lead"], "This is blank"),
        (["Pat", "pat at x", "lead"], "not an e-mail address"),
        (["Pat", "P@x.example", None], "This is blank"),
        (["Pat", "P@x.example", "boss"], "Write lead, evaluator"),
        (["Pat", "SAM@x.example", "lead"], "stands in row 2 already"),
        (["all", "P@x.example", "lead"], "Nobody can be called"),
        (["Pat", "P@x.example", "lead", "Q9"], "is not known"),
        (["Pat", "P@x.example", "lead", "PRICE"], "nothing that a panel scores"),
    ],
)
def test_a_wrong_panel_member_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    first = ["Sam", "sam@x.example", "lead"]
    problems = refused(tmp_path, Panel=[["Name", "Email", "Role", "Questions"], first, row])
    assert len(problems) == 1
    assert words in problems[0]


def test_responses_and_their_documents(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.pdf").write_bytes(b"%PDF")
    rows: Rows = [
        ["Bidder", "Ref", "Response", "Document", "Page"],
        ["alder ltd", "q1", "  We begin.\n", "docs\\a.pdf", 4],
        ["Birch Ltd", "C1", None, "docs/a.pdf", None],
        ["Birch Ltd", "Q2", None, None, None],
    ]
    content = read(tmp_path, Responses=rows)
    first, second = content.responses
    assert (first.bidder, first.criterion, first.text) == ("Alder Ltd", "Q1", "  We begin.\n")
    assert (first.document, first.page) == (tmp_path / "docs" / "a.pdf", "4")
    assert (second.text, second.document_name) == ("", "docs/a.pdf")
    assert "neither an answer nor a document" in content.notes[0]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.txt",
        "docs/../../secret.txt",
        "/etc/passwd",
        "C:\\secret.txt",
        "\\\\server\\share\\x",
        "link.txt",
        "missing.pdf",
        "docs",
        "x" * 5000,
        "file:secret.txt",
    ],
)
def test_documents_stay_in_the_folder_of_the_workbook(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    (folder / "docs").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (folder / "link.txt").symlink_to(os.path.join("..", "secret.txt"))  # noqa: PTH118 - as stored
    rows: Rows = [["Bidder", "Ref", "Document"], ["Alder Ltd", "Q1", name]]
    problems = refused(folder, Responses=rows)
    assert len(problems) == 1
    assert "Responses, row 2, column Document" in problems[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Alder", "Q1", "x"], "Did you mean Alder Ltd?"),
        (["Alder Ltd", "Q7", "x"], "is not known"),
        (["Alder Ltd", "PRICE", "x"], "evaluators must not see"),
        (["Alder Ltd", "Q1", "y"], "stands in row 2"),
        (["Alder Ltd", None, "y"], "This is blank"),
        (["Alder Ltd", "Q2", "y", "9"], "There is no lot"),
    ],
)
def test_a_wrong_response_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    rows: Rows = [["Bidder", "Ref", "Response", "Lot"], ["Alder Ltd", "Q1", "x"], row]
    problems = refused(tmp_path, Responses=rows)
    assert len(problems) == 1
    assert words in problems[0]


LOT_CRITERIA: Rows = [
    ["Ref", "Title", "Kind", "Lot", "Scale"],
    ["Q1", "common", "quality", None, "0-5"],
    ["N1", "north", "quality", "North", "0-5"],
    ["PRICE", "price", "price", None, None],
]
LOT_BIDDERS: Rows = [["Bidder", "Lots"], ["Alder Ltd", None], ["Birch Ltd", "South"]]


def lot_rows(*rows: list[object]) -> dict[str, Rows]:
    responses: Rows = [["Bidder", "Ref", "Response", "Lot"], *rows]
    return {
        "Lots": LOTS,
        "Criteria": LOT_CRITERIA,
        "Bidders": LOT_BIDDERS,
        "Responses": responses,
    }


def test_the_lot_of_an_answer(tmp_path: Path) -> None:
    rows = lot_rows(
        ["Alder Ltd", "Q1", "a", "south"], ["Alder Ltd", "N1", "b"], ["Birch Ltd", "Q1", "c"]
    )
    book = make(tmp_path / "b.xlsx", {"Tender": [["Item", "Value"], ["Reference", "R"]], **rows})
    content = read_workbook(book)
    assert [row.lot for row in content.responses] == [None, "North", None]
    assert "common to all lots" in content.notes[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Alder Ltd", "N1", "b", "South"], "belongs to lot North"),
        (["Birch Ltd", "N1", "b"], "Birch Ltd does not bid for lot North"),
        (["Birch Ltd", "Q1", "b", "North"], "Birch Ltd does not bid for lot North"),
    ],
)
def test_a_wrong_lot_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    sheets = lot_rows(row)
    problems = refused(
        tmp_path,
        Lots=sheets["Lots"],
        Criteria=sheets["Criteria"],
        Bidders=sheets["Bidders"],
        Responses=sheets["Responses"],
    )
    assert len(problems) == 1
    assert words in problems[0]


def test_price_lines_add_up_exactly(tmp_path: Path) -> None:
    lines: Rows = [
        ["Bidder", "Item", "Quantity", "Unit price"],
        ["Alder Ltd", "a", 3, 0.1],
        ["Alder Ltd", "b", 1, "£1,000.70"],
        ["Birch Ltd", "a", 2, 5],
    ]
    prices: Rows = [["Bidder", "Price"], ["Alder Ltd", 1001]]
    alder, birch = read(tmp_path, Prices=prices, Price_lines=lines).prices
    assert (alder.sheet, alder.row, alder.amount) == ("Prices", 2, Fraction(1001))
    assert alder.lines[0] == PriceLine("a", Fraction(3), Fraction(1, 10))
    assert (birch.sheet, birch.row, birch.amount) == ("Price lines", 4, Fraction(10))


def test_a_price_given_twice_must_agree(tmp_path: Path) -> None:
    lines: Rows = [["Bidder", "Item", "Quantity", "Unit price"], ["Alder Ltd", "a", 3, 0.1]]
    prices: Rows = [["Bidder", "Price"], ["Alder Ltd", 0.31], ["alder ltd", 0.3]]
    first, second = refused(tmp_path, Prices=prices, Price_lines=lines)
    assert "row 2, column Price: The price is £0.31, but its lines add up to £0.30." in first
    assert "row 3, column Price: Row 2 gives £0.31 for the same price." in second


def test_a_price_given_twice_that_agrees_is_only_mentioned(tmp_path: Path) -> None:
    prices: Rows = [["Bidder", "Price"], ["Alder Ltd", 5], ["Alder Ltd", "£5.00"]]
    content = read(tmp_path, Prices=prices)
    assert len(content.prices) == 1
    assert "they agree" in content.notes[0]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Alder Ltd", None, "PRICE"], "price is missing"),
        (["Alder Ltd", -1], "negative"),
        (["Alder Ltd", 0.4, "Q1"], "not a price criterion"),
        (["Alder Ltd", "1.250,50"], "British notation"),
        (["Alder Ltd", date(2026, 1, 1)], "date or a time where a number belongs"),
        (["Alder Ltd", "12%"], "percentage"),
    ],
)
def test_a_wrong_price_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    problems = refused(tmp_path, Prices=[["Bidder", "Price", "Ref"], row])
    assert len(problems) == 1
    assert words in problems[0]


def test_several_price_criteria_must_be_named(tmp_path: Path) -> None:
    criteria: Rows = [*CRITERIA, ["P2", "Other", "price"]]
    problems = refused(tmp_path, Criteria=criteria, Prices=[["Bidder", "Price"], ["Alder Ltd", 1]])
    assert "There are several price criteria. Write PRICE or P2." in problems[0]
    prices: Rows = [["Bidder", "Price"], ["Alder Ltd", 1]]
    assert "no price criterion" in refused(tmp_path, Criteria=CRITERIA[:3], Prices=prices)[0]


def test_a_price_may_differ_from_lot_to_lot(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Alder Ltd", 5, "North"], ["Alder Ltd", 6, "South"]]
    header: list[object] = ["Bidder", "Price", "Lot"]
    base = {"Lots": LOTS, "Criteria": LOT_CRITERIA, "Bidders": LOT_BIDDERS}
    content = read(tmp_path, None, **base, Prices=[header, *rows, ["Birch Ltd", 7, None]])
    assert [(row.lot, row.amount) for row in content.prices] == [
        ("North", Fraction(5)),
        ("South", Fraction(6)),
        (None, Fraction(7)),
    ]
    both = refused(tmp_path, None, **base, Prices=[header, *rows, ["Alder Ltd", 5, None]])
    assert "a price for every lot and one for lot North" in both[0]
    other = refused(tmp_path, None, **base, Prices=[header, ["Birch Ltd", 5, "North"]])
    assert "does not bid for lot North" in other[0]


def test_a_negative_price_where_the_rule_allows_it(tmp_path: Path) -> None:
    tender: Rows = [["Item", "Value"], ["Reference", "R"], ["Award rule", "price plus quality"]]
    content = read(tmp_path, Tender=tender, Prices=[["Bidder", "Price"], ["Alder Ltd", "-£5"]])
    assert content.prices[0].amount == -5


def test_an_import_knows_what_is_there_already(tmp_path: Path) -> None:
    base = read(tmp_path)
    known = Known(
        base.method or Method(), (("Cedar Ltd", ()),), (KnownPerson("Kim", "Kim@x.example"),)
    )
    path = make(
        tmp_path / "more.xlsx",
        {
            "Bidders": [["Bidder", "Identifier"], ["CEDAR LTD", "09"], ["Dogwood", None]],
            "Responses": [["Bidder", "Ref", "Response"], ["cedar ltd ", "Q1", "x"]],
            "Scores": [["Evaluator", "Bidder", "Ref", "Score"], [None, "Dogwood", "q1", 3]],
        },
    )
    content = read_workbook(path, known)
    assert [row.name for row in content.bidders] == ["Cedar Ltd", "Dogwood"]
    assert content.responses[0].bidder == "Cedar Ltd"
    assert content.scores[0].evaluator == "Kim@x.example"


def test_each_lot_may_have_its_own_price_criterion(tmp_path: Path) -> None:
    criteria: Rows = [
        ["Ref", "Title", "Kind", "Lot"],
        ["PN", "north", "price", "North"],
        ["PS", "south", "price", "South"],
    ]
    rows: Rows = [
        ["Bidder", "Price", "Lot"],
        ["Alder Ltd", 5, "north"],
        ["Alder Ltd", 6, "south"],
        ["Birch Ltd", 7, None],
    ]
    base: dict[str, Rows] = {"Lots": LOTS, "Criteria": criteria, "Bidders": LOT_BIDDERS}
    found = read(tmp_path, None, **base, Prices=rows).prices
    assert [(row.criterion, row.lot) for row in found] == [
        ("PN", "North"),
        ("PS", "South"),
        ("PS", "South"),
    ]
    both: Rows = [["Bidder", "Price"], ["Alder Ltd", 5]]
    assert "several price criteria" in refused(tmp_path, None, **base, Prices=both)[0]


def test_price_lines_are_checked(tmp_path: Path) -> None:
    header = ["Bidder", "Item", "Quantity", "Unit price"]
    rows: Rows = [header, ["Alder Ltd", None, None, "x"], ["Nobody", "a", 1, 1]]
    assert [problem.split(": ")[0] for problem in refused(tmp_path, Price_lines=rows)] == [
        "Price lines, row 2, column Item",
        "Price lines, row 2, column Quantity",
        "Price lines, row 2, column Unit price",
        "Price lines, row 3, column Bidder",
    ]
