"""What the Public value screen shows, as frozen values; each tool answers first, then shows how.

Every picture carries its words: nothing is told by colour or shape alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Qt

from tendereval.viewmodels import rows_model
from tendereval.viewmodels.rows_model import ROLE_INK, ROLE_STRONG, RowsModel

ROLE_PICTURE: Final = Qt.ItemDataRole.UserRole + 102
APART: Final = "\N{EM SPACE}"
"""Keeps the head of figures clear of the words beside it, as its cells are."""

INFORMATION_ONLY: Final = "Information only: nothing here changes the ranking."

YES, NOT_YET, UNKNOWN, NONE = "✓", "△", "○", "–"
"""Signs before an answer; the words after them say the same."""


class Tool(StrEnum):
    """The tools in the order of the screen; the value is the title."""

    WAGE = "Living wage"
    CERTIFICATES = "Certificates"
    COMMITMENTS = "Commitments"
    GOALS = "Goals"
    SHARE = "The one per cent"


class Task(StrEnum):
    """What the lead may do; each opens a page of its own."""

    WAGE_USE = "use of the check"
    PAY = "pay schedule"
    DATA = "rates and data"
    RATES = "enter rates"
    ADD_CLAIM = "add a certificate"
    EDIT_CLAIM = "change a certificate"
    REMOVE_CLAIM = "take a certificate out"
    DECIDE_CLAIM = "decide on a certificate"
    EDIT_COMMITMENT = "change a commitment"
    WITHDRAW = "withdraw a commitment"
    REINSTATE = "put a commitment back"
    KPIS = "key performance indicators"
    OWNER = "name who answers"
    DELIVERY = "report delivery"
    ADD_GOAL = "add a goal"
    EDIT_GOAL = "change a goal"
    REMOVE_GOAL = "remove a goal"
    ADD_PARTNER = "add a partner"
    EDIT_PARTNER = "change a partner"
    REMOVE_PARTNER = "take a partner out"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Action:
    """A button that opens a page.

    Attributes:
        why_not: why it cannot be done now; empty where it can.
    """

    task: Task
    words: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One role on a line of pay.

    Attributes:
        off: pounds an hour above the rate of its place, below it where negative.
        heads: how many people hold it.
    """

    off: Fraction
    heads: int

    @property
    def is_below(self) -> bool:
        """Whether it is paid below the rate."""
        return self.off < 0


@dataclass(frozen=True, slots=True)
class PayLine:
    """Roles left and right of the rate; ``low`` and ``high`` are the same for every bid."""

    dots: tuple[Dot, ...]
    low: Fraction
    high: Fraction
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """Shares of a whole: what is sure is full, what is said only is hatched.

    Attributes:
        full: 0 to 1.
        hatched: 0 to 1, to the right of ``full``.
        mark: where a target stands; None for none.
        words: what the bar says.
    """

    full: Fraction
    words: str
    hatched: Fraction = Fraction(0)
    mark: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A certificate over the contract's time line.

    Attributes:
        first, last: of the line, the same for every certificate.
        since, until: when it is in force; None where not known.
        marks: the tender deadline and the contract's first and last day, where known.
        is_current: whether it is in force when it must be.
    """

    first: date
    last: date
    since: date | None
    until: date | None
    marks: tuple[date, ...]
    is_current: bool
    words: str


Picture = PayLine | Bar | Span


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        width: px at 100 %; 0 takes a share of what is left.
    """

    title: str
    width: int = 0
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; ``ink`` is a role of colour."""

    text: str
    ink: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes:
        key: of what it shows (a bidder's id, a commitment's id, a number).
        cells: as many as there are columns.
        details: sentences shown below the table while the line is chosen.
        actions: what may be done with it.
    """

    key: str
    cells: tuple[Cell, ...]
    details: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table.

    Attributes:
        empty: what goes here and how to start, where there is no row.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class BidPart:
    """The working for the bidder that is chosen.

    Attributes:
        sentence: the finding.
        bar: a picture of it; None where there is none.
        notes: what must be known beside it; a sentence each.
        key: how to read the pictures.
    """

    name: str
    sentence: str
    sheet: Sheet
    actions: tuple[Action, ...] = ()
    bar: Bar | None = None
    notes: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ToolPart:
    """One tool: a question, its answer, and what it rests on.

    Attributes:
        note: a few words under the tool's title.
        standing: what the tender makes of it, what the figures rest on.
        warnings: what stands against it; a sentence each.
        bidders: one line per bidder.
    """

    tool: Tool
    note: str
    question: str
    answer: str
    bidders: Sheet
    bid: BidPart | None
    standing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()
    key: str = ""


class SheetModel(RowsModel[Row]):
    """A ``Sheet`` as a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((), parent, key=lambda row: row.key)
        self.sheet = Sheet("", (), ())

    def show_sheet(self, sheet: Sheet) -> None:
        """Show another table; one that says the same is left alone."""
        if sheet != self.sheet:
            self.sheet = sheet
            self.show_rows(sheet.rows, [_shown(at, one) for at, one in enumerate(sheet.columns)])


def _shown(at: int, column: Column) -> rows_model.Column[Row]:
    def text(row: Row) -> str:
        cell = row.cells[at]
        return "" if cell.picture is not None else cell.text

    def words(row: Row) -> str:
        cell = row.cells[at]
        return cell.picture.words if cell.picture is not None else cell.text

    return rows_model.Column(
        f"{column.title}{APART}" if column.right else column.title,
        text,
        words,
        right=column.right,
        more={
            Qt.ItemDataRole.AccessibleDescriptionRole.value: lambda _row: column.title,
            ROLE_INK: lambda row: row.cells[at].ink or None,
            ROLE_STRONG: lambda row: row.strong or None,
            ROLE_PICTURE: lambda row: row.cells[at].picture,
        },
    )


_MOST_NAMES: Final = 3


def listed(names: Sequence[str]) -> str:
    """Return names as people list them; many as a number of bidders."""
    if len(names) > _MOST_NAMES:
        return f"{len(names)} bidders"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}" if names else "nobody"


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun (``1 role``, ``3 roles``)."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def day_text(day: date | None) -> str:
    """Return a day as 23 November 2026; a dash for none."""
    return NONE if day is None else f"{day.day} {day:%B %Y}"


def month_text(day: date) -> str:
    """Return a day as Nov 2026."""
    return f"{day:%b %Y}"
