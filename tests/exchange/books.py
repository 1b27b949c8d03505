"""Workbooks for the tests, made cell by cell so that types and formulas are as in real ones."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook

from tendereval.domain.errors import WorkbookProblems
from tendereval.exchange.content import Known, WorkbookContent
from tendereval.exchange.workbook import read_workbook

Rows = Sequence[Sequence[object]]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"

CRITERIA: Rows = [
    ["Ref", "Title", "Kind", "Weight", "Scale", "Formula"],
    ["Q1", "Mobilisation", "quality", 40, "0-5", None],
    ["Q2", "Apprentices", "social value", 20, "0-5", None],
    ["C1", "Insurance", "condition of participation", None, None, None],
    ["PRICE", "Price", "price", 40, None, "lowest over price"],
]
SMALL: Mapping[str, Rows] = {
    "Tender": [["Item", "Value"], ["Reference", "R-1"]],
    "Criteria": CRITERIA,
    "Bidders": [["Bidder"], ["Alder Ltd"], ["Birch Ltd"]],
    "Panel": [
        ["Name", "Email", "Role"],
        ["Pat Lee", "pat@x.example", "evaluator"],
        ["Sam Roe", "sam@x.example", "lead"],
    ],
}
_NAMES = {"Price_lines": "Price lines", "Sub_criteria": "Sub-criteria"}
LOTS: Rows = [["Lot"], ["North"], ["South"]]


def make(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write the sheets as they are given; text that begins with ``=`` is a formula."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def read(folder: Path, known: Known | None = None, **sheets: Rows) -> WorkbookContent:
    """Read the small tender with these sheets put in place (``Price_lines``)."""
    named = {_NAMES.get(name, name): rows for name, rows in sheets.items()}
    return read_workbook(make(folder / "book.xlsx", {**SMALL, **named}), known)


def refused(folder: Path, known: Known | None = None, **sheets: Rows) -> list[str]:
    """Return every problem of such a workbook as one line each."""
    try:
        read(folder, known, **sheets)
    except WorkbookProblems as refusal:
        return [str(problem) for problem in refusal.problems]
    return []


def value(folder: Path, item: str, content: object) -> WorkbookContent:
    """Read the small tender with one more item on its ``Tender`` sheet."""
    return read(folder, Tender=[["Item", "Value"], ["Reference", "R-1"], [item, content]])


def lines(text: str) -> list[str]:
    """Return the lines of a text, to compare with a list of messages."""
    return text.splitlines()
