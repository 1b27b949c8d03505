"""The sheet of a scoring workbook on which an evaluator declares interests, and the reading of it.

Labels say what a cell is, so that rows may be moved; what is declared is judged elsewhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tendereval.domain.errors import CellProblem
from tendereval.domain.packs import Manifest
from tendereval.exchange.cells import key, quoted, read_text
from tendereval.exchange.dates import CellRefusedError
from tendereval.exchange.grid import Grid
from tendereval.exchange.scoring_facts import (
    CONCERNED,
    DECLARATION,
    INTEREST,
    MY_INTEREST,
    NONE,
    ORGANISATION,
    SOME,
    TO_LEAD,
    BookFacts,
)
from tendereval.exchange.scoring_paper import (
    CHOOSE,
    FILL_IN,
    HEADING,
    NOTE,
    STRONG,
    TEXT,
    TITLE,
    finish,
    height,
    lines_of,
    put,
    widths,
)
from tendereval.exchange.sheets import Problems

_WIDTHS: Final = (58, 60)
_INTEREST_ROW, _FIRST = 3, 9
_ORDER: Final = "Bidders and those who work with them, in alphabetical order:"
_YES: Final = frozenset({"yes", "y", "x"})


@dataclass(frozen=True, slots=True)
class Declared:
    """What the sheet says.

    Attributes:
        interest: empty means "none".
        question: private, to the lead.
    """

    interest: str
    organisations: tuple[str, ...]
    question: str


def write_declaration(sheet: Worksheet, manifest: Manifest, facts: BookFacts) -> None:
    """Write the sheet, with what was declared before filled in."""
    widths(sheet, *_WIDTHS)
    put(sheet, 1, 1, "Declaration of interests", TITLE)
    known = manifest.declaration
    interest = "" if known is None else known.interest
    chosen = "" if known is None else SOME if interest.strip() else NONE
    asked = (
        (INTEREST, chosen, CHOOSE, 1),
        (MY_INTEREST, interest, FILL_IN, 5),
        (TO_LEAD, "", FILL_IN, 4),
    )
    for row, (label, value, style, least) in enumerate(asked, _INTEREST_ROW):
        put(sheet, row, 1, label, STRONG)
        put(sheet, row, 2, value, style)
        height(sheet, row, lines_of(value, _WIDTHS[1]), least)
    put(sheet, _FIRST - 2, 1, _ORDER, NOTE)
    for column, heading in enumerate((ORGANISATION, CONCERNED), 1):
        put(sheet, _FIRST - 1, column, heading, HEADING)
    _organisations(sheet, manifest, facts)
    choice = DataValidation("list", formula1=f'"{NONE},{SOME}"', allow_blank=True)
    choice.promptTitle, choice.prompt = INTEREST, f"Choose “{NONE}” or “{SOME}”."
    choice.error, choice.showInputMessage, choice.showErrorMessage = choice.prompt, True, True
    choice.add(f"B{_INTEREST_ROW}")
    sheet.add_data_validation(choice)
    finish(sheet, width=sum(_WIDTHS))


def _organisations(sheet: Worksheet, manifest: Manifest, facts: BookFacts) -> None:
    """List whom an interest may concern, with those of the earlier declaration marked."""
    known, names = manifest.declaration, {one.id: one.name for one in manifest.bidders}
    concerned = {key(names.get(one, one)) for one in (known.bidders if known else ())}
    for row, name in enumerate(facts.organisations, _FIRST):
        put(sheet, row, 1, name, TEXT)
        put(sheet, row, 2, "yes" if key(name) in concerned else "", CHOOSE)
        height(sheet, row, lines_of(name, _WIDTHS[0]))
    if facts.organisations:
        concerns = DataValidation("list", formula1='"yes"', allow_blank=True)
        concerns.error, concerns.showErrorMessage = "Choose yes, or leave it blank.", True
        concerns.add(f"B{_FIRST}:B{_FIRST - 1 + len(facts.organisations)}")
        sheet.add_data_validation(concerns)


def read_declaration(grid: Grid, facts: BookFacts, problems: Problems) -> Declared:
    """Return what is declared; what is wrong is noted cell by cell."""
    answers = _Answers(grid, problems)
    chosen, interest = answers.beside(INTEREST).strip(), answers.beside(MY_INTEREST)
    named = tuple(_marked(answers, facts))
    at = answers.row(INTEREST)
    if key(chosen) not in {"", key(NONE), key(SOME)}:
        answers.refuse(at, INTEREST, f"{quoted(chosen)} is not one of the list.", _CHOOSE)
    elif not chosen:
        answers.refuse(at, INTEREST, "Nothing is declared.", _CHOOSE)
    elif key(chosen) == key(SOME) and not interest.strip():
        row = answers.row(MY_INTEREST)
        answers.refuse(row, MY_INTEREST, "The interest is not named.", "Write what it is.")
    elif key(chosen) == key(NONE) and (interest.strip() or named):
        wrong = "“None” is declared, and an interest or an organisation is named all the same."
        answers.refuse(at, INTEREST, wrong, f"Choose “{SOME}”, or empty those cells.")
    return Declared(
        interest if key(chosen) == key(SOME) else "", named, answers.beside(TO_LEAD).strip()
    )


_CHOOSE: Final = f"Choose “{NONE}” or “{SOME}”."


@dataclass(frozen=True, slots=True)
class _Answers:
    """Cells found by the label to the left of them."""

    grid: Grid
    problems: Problems

    def row(self, label: str) -> int | None:
        """Return the row of a label; None where it is gone."""
        return next((row for row, text in self.labels() if key(text) == key(label)), None)

    def labels(self) -> Iterable[tuple[int, str]]:
        """Return the texts of the first column, with their rows."""
        return ((row, cells[1].text) for row, cells in self.grid.rows.items() if 1 in cells)

    def beside(self, label: str) -> str:
        """Return what stands beside a label; blank where nothing does."""
        row = self.row(label)
        if row is None:
            self.refuse(None, label, "This row is missing.", "Use the workbook as it was sent.")
        return "" if row is None else self.second(row, label)

    def second(self, row: int, column: str) -> str:
        """Return the text of the second cell of a row."""
        cell = self.grid.rows.get(row, {}).get(2)
        if cell is None:
            return ""
        try:
            return read_text(cell, trimmed=False)
        except CellRefusedError as refused:
            self.refuse(row, column, refused.wrong, refused.write)
            return ""

    def refuse(self, row: int | None, column: str, wrong: str, write: str) -> None:
        """Note what is wrong with a cell."""
        self.problems.add(CellProblem(DECLARATION, row, column, wrong, write), 2)


def _marked(answers: _Answers, facts: BookFacts) -> Iterable[str]:
    """Yield the organisations that are marked, in their own spelling."""
    known = {key(name): name for name in facts.organisations}
    head = answers.row(ORGANISATION) or 0
    for row, text in tuple(answers.labels()):
        if row <= head or not head:
            continue
        mark = key(answers.second(row, CONCERNED))
        if not mark or mark == "no":
            continue
        if mark not in _YES:
            wrong = f"{quoted(mark)} is neither yes nor blank."
            answers.refuse(row, CONCERNED, wrong, "Choose yes, or leave it blank.")
        elif key(text) not in known:
            wrong = f"{quoted(text)} is not on the list of organisations."
            answers.refuse(row, ORGANISATION, wrong, "Name it under “My interest is” instead.")
        else:
            yield known[key(text)]
