"""Who scores what: a grid of questions and panel members, one tick each."""

from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from tendereval.domain.evaluation import PanelMember
from tendereval.domain.ids import CriterionId
from tendereval.domain.stages import Act, Stage, may
from tendereval.domain.tender import AwardCriterion
from tendereval.services import drafting, panel
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.setup import SetupViewModel

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
QUESTION, ASKED = 0, 1
FIRST_PERSON = 2


class WhoScoresModel(QAbstractTableModel):
    """Judged questions in rows, people of the panel in columns.

    A member without a list of questions of their own scores every scored question; the first
    tick that is changed turns that into a list.
    """

    REF = Qt.ItemDataRole.UserRole + 1
    INK = Qt.ItemDataRole.UserRole + 100

    def __init__(self, setup: SetupViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self.reason = ""
        self.rows: tuple[AwardCriterion, ...] = ()
        self.people: tuple[PanelMember, ...] = ()
        self._read()
        setup.changed.connect(self.refresh)

    def _read(self) -> None:
        now = self._setup.now
        self.rows = tuple(row for row in now.method.criteria if row.kind.is_judged)
        self.people = tuple(item for item in now.panel if not item.left)

    def refresh(self) -> None:
        """Read questions and panel again."""
        shape = ([row.ref for row in self.rows], [item.person for item in self.people])
        rows, people = self.rows, self.people
        self._read()
        if ([row.ref for row in self.rows], [item.person for item in self.people]) == shape:
            if rows:
                last = self.index(len(self.rows) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
                self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
            return
        fresh = (self.rows, self.people)
        self.rows, self.people = rows, people
        self.beginResetModel()
        self.rows, self.people = fresh
        self.endResetModel()

    @property
    def can_change(self) -> bool:
        """Whether the panel may be changed now."""
        return may(self._setup.now.stage, Act.CHANGE_PANEL)

    @property
    def needs_reason(self) -> bool:
        """Whether scoring has begun, so that each change says why."""
        return self._setup.now.stage.position >= Stage.SCORING.position

    @property
    def sentence(self) -> str:
        """Whether every scored question has somebody, in words."""
        if not self.people:
            return "Nobody is on the panel yet"
        lacking = tuple(drafting.unscored(self._setup.now))
        if not lacking:
            return "Every scored question has somebody to score it"
        shown = ", ".join(lacking[:8])
        more = f" and {len(lacking) - 8} more" if len(lacking) > 8 else ""  # noqa: PLR2004
        return f"Nobody is asked to score {shown}{more}"

    def name(self, member: PanelMember) -> str:
        """Return how a member is called here."""
        return self._setup.now.name(member.person)

    def is_asked(self, member: PanelMember, row: AwardCriterion) -> bool:
        """Whether a member is asked to score a question in any lot."""
        lots = [row.lot] if row.lot else [lot.ref for lot in self._setup.now.method.lots]
        return any(member.is_asked_to_score(row, lot) for lot in lots)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of questions."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns: question, how many score it, people."""
        return 0 if parent.isValid() else FIRST_PERSON + len(self.people)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heads; people by name, with how many questions each has."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignLeft if section == 0 else Qt.AlignmentFlag.AlignHCenter
            return side | Qt.AlignmentFlag.AlignBottom
        if section < FIRST_PERSON:
            return ("Question", "Asked")[section] if role == Qt.ItemDataRole.DisplayRole else None
        member = self.people[section - FIRST_PERSON]
        number = sum(self.is_asked(member, row) for row in self.rows)
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{self.name(member)}, {member.role}: {number} questions"
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{_on_two_lines(self.name(member))}\n{number}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a question, a count or a tick."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        if role == self.REF:
            return row.ref
        if column < FIRST_PERSON:
            return self._of_question(row, column, role)
        member = self.people[column - FIRST_PERSON]
        asked = self.is_asked(member, row)
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if asked else Qt.CheckState.Unchecked
        if role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}:
            scores = "scores" if asked else "does not score"
            return f"{self.name(member)} {scores} {row.ref} {row.title}"
        return None

    def _of_question(self, row: AwardCriterion, column: int, role: int) -> object:
        number = sum(self.is_asked(member, row) for member in self.people)
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{row.ref}  {row.title}" if column == QUESTION else str(number or "nobody")
        if role == Qt.ItemDataRole.TextAlignmentRole and column == ASKED:
            return Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        if role == self.INK and column == ASKED and not number and row.kind.is_scored:
            return "attention"
        return row.title if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a tick can be changed."""
        flags = super().flags(index)
        if index.isValid() and index.column() >= FIRST_PERSON and self.can_change:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def setData(self, index: Index, _value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Change a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() < FIRST_PERSON:
            return False
        return self.toggle(index.row(), index.column() - FIRST_PERSON)

    def toggle(self, question: int, person: int) -> bool:
        """Ask a member to score a question, or no longer."""
        member, row = self.people[person], self.rows[question]
        had = frozenset(one.ref for one in self.rows if self.is_asked(member, one))
        wanted = had ^ {row.ref}
        return self._ask(member, wanted, f"{self.name(member)}: {row.ref}")

    def ask_for_all(self, person: int, *, yes: bool) -> bool:
        """Ask a member for every scored question, or for none."""
        member = self.people[person]
        scored = frozenset(row.ref for row in self.rows if row.kind.is_scored)
        return self._ask(member, scored if yes else frozenset(), f"{self.name(member)}: all")

    def _ask(self, member: PanelMember, questions: frozenset[CriterionId], text: str) -> bool:
        if not self._write(member, questions):
            return False
        if not self.needs_reason:
            self._setup.desk.can_undo_with(
                f"Change who scores what, {text}",
                lambda: _ignore(self._write(member, member.questions)),
                lambda: _ignore(self._write(member, questions)),
            )
        return True

    def _write(self, member: PanelMember, questions: frozenset[CriterionId] | None) -> bool:
        known = self._setup.now.people.get(member.person)
        if known is None:
            return False
        changed = replace(member, questions=questions, reason=self.reason)
        return self._setup.desk.did(
            lambda s: panel.add_member(s, changed, known.name, known.email), Kind.PANEL
        )


def _ignore(_result: object) -> None:
    """Let a step of undo return nothing."""


def _on_two_lines(name: str) -> str:
    """Break a name where its longer line is shortest; one word stands alone on the second."""
    words = name.split(" ")
    ways = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(max(len(words), 1)))
    return "\n".join(min(ways, key=lambda way: max(map(len, way))))
