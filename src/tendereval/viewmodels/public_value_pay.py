"""A pay schedule while it is typed or pasted: cells as text, problems by line, then recorded."""

import csv
import io
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QAbstractTableModel, Qt, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import decimal_text, finite_places, rounded_text
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.living_wage import PayRow
from tendereval.domain.publicvalue.pay_lines import COLUMNS, LineProblem, PastedPay
from tendereval.domain.stages import Stage
from tendereval.services import living_wage
from tendereval.store import public_value
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value_rows import APART
from tendereval.viewmodels.rows_model import ROLE_INK, Index
from tendereval.viewmodels.session_view_model import SessionViewModel

CHOICES: Final = {
    COLUMNS.index("Employer"): ("direct", "third party"),
    COLUMNS.index("Place"): ("UK", "London"),
    COLUMNS.index("Basis"): ("hour", "year"),
    COLUMNS.index("Under 18"): ("no", "yes"),
    COLUMNS.index("Apprentice"): ("no", "yes"),
}
"""What may stand in a column, for those that are chosen and not typed."""

_RIGHT: Final = {COLUMNS.index(name) for name in ("Amount", "Hours", "Heads")}
_TITLES: Final = {"Amount": "Pay, £", "Hours": "Hours a week", "Heads": "People"}
_ALIGNED_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_PENCE: Final = 2


class PayTable(QAbstractTableModel):
    """The roles of one bid as text, with a blank line at the end to write the next one in.

    Signals:
        typed: cells changed; problems may have, too.
    """

    typed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.bidder: BidderId | None = None
        self._lines: list[list[str]] = [_blank()]
        self._kept: list[list[str]] = [_blank()]
        self._read = PastedPay((), ())

    def begin(self, bidder: BidderId) -> None:
        """Show what is recorded for a bidder."""
        self.bidder = bidder
        with self._desk.reading() as reader:
            rows = public_value.pay_schedules(reader).get(bidder, ())
        self._put([_as_line(row) for row in rows])
        self._kept = [list(line) for line in self._lines]

    @property
    def name(self) -> str:
        """Whose schedule it is."""
        return "" if self.bidder is None else self._desk.now.bidder_name(self.bidder)

    @property
    def needs_reason(self) -> bool:
        """Whether another schedule takes the place of one that stands once scoring has begun."""
        begun = self._desk.now.stage.position >= Stage.SCORING.position
        return begun and len(self._kept) > 1

    @property
    def is_changed(self) -> bool:
        """Whether something stands here that is not recorded."""
        return self._lines != self._kept

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong, by line of the table."""
        return tuple(_said(one) for one in self._read.problems)

    @property
    def count(self) -> int:
        """How many lines hold something."""
        return sum(any(line) for line in self._lines)

    def take(self, text: str) -> tuple[LineProblem, ...]:
        """Take lines copied from a spreadsheet in place of what stands here.

        Returns:
            What is wrong with them, by line as pasted; nothing is taken while something is.
        """
        found = living_wage.paste_schedule(text, self.name)
        if not found.problems and found.rows:
            self._put([_as_line(row) for row in found.rows])
        return found.problems

    def clear_line(self, row: int) -> None:
        """Take a role out."""
        if 0 <= row < len(self._lines) and any(self._lines[row]):
            self._put([line for at, line in enumerate(self._lines) if at != row])

    def record(self, reason: str) -> str:
        """Record the schedule; returns what is wrong, in words."""
        if self.bidder is None:
            return ""
        if self._read.problems:
            return "Mend the lines named below first."
        try:
            living_wage.set_schedule(self._desk.session, self.bidder, self._read.rows, reason)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._kept = [list(line) for line in self._lines]
        self._desk.announce(frozenset({Kind.PUBLIC_VALUE}))
        return ""

    def give_up(self) -> None:
        """Let go of what was typed."""
        self._put([line for line in self._kept if any(line)])

    def _put(self, lines: Sequence[Sequence[str]]) -> None:
        self.beginResetModel()
        self._lines = [list(line) for line in lines if any(line)]
        self._lines.append(_blank())
        self.endResetModel()
        self._look()

    def _look(self) -> None:
        out = io.StringIO()
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerows([" ".join(cell.split()) for cell in line] for line in self._lines)
        self._read = living_wage.paste_schedule(out.getvalue())
        self.typed.emit()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are, the blank one included."""
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            title = _TITLES.get(COLUMNS[section], COLUMNS[section])
            return f"{title}{APART}" if section in _RIGHT else title
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RIGHT:
            return _ALIGNED_RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that every cell can be written in."""
        known = super().flags(index)
        return known | Qt.ItemFlag.ItemIsEditable if index.isValid() else known

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, and what is wrong with its line."""
        if not index.isValid():
            return None
        text = self._lines[index.row()][index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            is_next = role == Qt.ItemDataRole.DisplayRole and index.column() == 0
            return "Next role…" if is_next and not any(self._lines[index.row()]) else text
        wrong = self._wrong_at(index.row(), index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return wrong or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = _TITLES.get(COLUMNS[index.column()], COLUMNS[index.column()])
            return f"{title}: {text or 'blank'}{f'. {wrong}' if wrong else ''}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RIGHT:
            return _ALIGNED_RIGHT
        if role == ROLE_INK:
            if wrong:
                return "problem"
            return None if any(self._lines[index.row()]) else "ink2"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write in a cell; a blank line follows the last one."""
        if not index.isValid() or role != Qt.ItemDataRole.EditRole:
            return False
        text = " ".join(str(value).split())
        if self._lines[index.row()][index.column()] == text:
            return False
        self._lines[index.row()][index.column()] = text
        if index.row() == len(self._lines) - 1:
            self.beginInsertRows(self.index(-1, -1), len(self._lines), len(self._lines))
            self._lines.append(_blank())
            self.endInsertRows()
        self._look()
        first = self.index(0, 0)
        self.dataChanged.emit(first, self.index(len(self._lines) - 1, len(COLUMNS) - 1))
        return True

    def _wrong_at(self, row: int, column: int) -> str:
        found = [
            one.text
            for one in self._read.problems
            if one.line - 1 == row and one.column in {"", COLUMNS[column]}
        ]
        return " ".join(found)


def _said(problem: LineProblem) -> str:
    where = f", {_TITLES.get(problem.column, problem.column)}" if problem.column else ""
    return f"Line {problem.line}{where}: {problem.text}"


def _blank() -> list[str]:
    return [""] * len(COLUMNS)


def _pounds(amount: Fraction) -> str:
    """Write pounds with pence; what is finer keeps its places."""
    places = finite_places(amount)
    is_plain = places is not None and places <= _PENCE
    return rounded_text(amount, _PENCE) if is_plain else decimal_text(amount)


def _as_line(row: PayRow) -> list[str]:
    return [
        row.role,
        str(row.employer),
        str(row.place),
        str(row.basis),
        _pounds(row.amount),
        "" if row.hours is None else decimal_text(row.hours),
        str(row.heads),
        "yes" if row.under_18 else "no",
        "yes" if row.apprentice else "no",
    ]
