"""The criteria as a tree that views show and people drag about; holds no rule of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from PySide6.QtCore import (
    QAbstractItemModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from tendereval.domain.exact import decimal_text, rounded_text
from tendereval.domain.method_editing import families
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method
from tendereval.viewmodels.setup import SetupViewModel

Index = QModelIndex | QPersistentModelIndex
MIME = "application/x-tendereval-criterion"
CRITERION, SCALE, WORDS, WEIGHT = range(4)
_HEADS = ("Criterion", "Scale", "Words", "Weight")
_NOWHERE = QModelIndex()


@dataclass(slots=True)
class _Node:
    row: AwardCriterion
    parent: int
    place: int
    children: list[int] = field(default_factory=list)


class CriteriaTreeModel(QAbstractItemModel):
    """Every criterion under its section.

    Roles beside the usual ones, for the row of any column:
        ``REF``: its reference; ``IS_SECTION``: whether it is one; ``SHARE``: its marks of the
        whole, 0 to 1, or None; ``TITLE``: without the reference.
    """

    REF = Qt.ItemDataRole.UserRole + 1
    IS_SECTION = Qt.ItemDataRole.UserRole + 2
    SHARE = Qt.ItemDataRole.UserRole + 3
    TITLE = Qt.ItemDataRole.UserRole + 4

    def __init__(self, setup: SetupViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setup = setup
        self._nodes: list[_Node] = []
        self._top: list[int] = []
        self._shares: dict[str, Fraction] = {}
        self._whole = Fraction(100)
        self._read()
        setup.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Read the method again; keeps the shape of the tree where only contents changed."""
        before = [(node.row.ref, node.parent) for node in self._nodes]
        fresh, top = _nodes_of(self._setup.method)
        if [(node.row.ref, node.parent) for node in fresh] != before:
            self.beginResetModel()
            self._read()
            self.endResetModel()
            return
        self._read()
        for place, group in ((-1, top), *enumerate([node.children for node in self._nodes])):
            if group:
                above = self._index(place, 0)
                last = self.index(len(group) - 1, WEIGHT, above)
                self.dataChanged.emit(self.index(0, 0, above), last)

    def _read(self) -> None:
        self._nodes, self._top = _nodes_of(self._setup.method)
        shares = self._setup.shares
        self._shares, self._whole = shares.by_ref, shares.whole

    def _index(self, node: int, column: int) -> QModelIndex:
        if node < 0:
            return QModelIndex()
        return self.createIndex(self._nodes[node].place, column, node)

    def index_of(self, ref: str) -> QModelIndex:
        """Return the index of a criterion; invalid where there is none."""
        key = ref.casefold()
        places = (at for at, node in enumerate(self._nodes) if node.row.ref.casefold() == key)
        return self._index(next(places, -1), 0)

    def ref(self, index: Index) -> str:
        """Return the reference at an index; empty where it is invalid."""
        return self._nodes[index.internalId()].row.ref if index.isValid() else ""

    def _group(self, parent: Index) -> list[int]:
        return self._nodes[parent.internalId()].children if parent.isValid() else self._top

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the index of a row under another."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._group(parent)[row])

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt has two
        """Return what a row stands under."""
        if not index.isValid():
            return QModelIndex()
        return self._index(self._nodes[index.internalId()].parent, 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows stand under a row."""
        return 0 if parent.column() > 0 else len(self._group(parent))

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heads."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADS):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        row = self._nodes[index.internalId()].row
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return (self._spoken if spoken else self._text)(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        return self._of_row(row, role)

    def _of_row(self, row: AwardCriterion, role: int) -> object:
        match role:
            case self.REF:
                return row.ref
            case self.TITLE | Qt.ItemDataRole.ToolTipRole:
                return row.title or "Untitled"
            case self.IS_SECTION:
                return row.kind is CriterionKind.SECTION
            case self.SHARE:
                return self._share(row)
        return None

    def _share(self, row: AwardCriterion) -> float | None:
        marks = self._shares.get(row.ref.casefold())
        return None if marks is None or not self._whole else float(marks / self._whole)

    def _text(self, row: AwardCriterion, column: int) -> str:
        if column == CRITERION:
            return f"{row.ref}  {row.title or 'Untitled'}"
        if column == SCALE:
            return row.scale or ("" if not row.kind.is_scored else "none")
        if column == WORDS:
            return "" if row.word_limit is None else str(row.word_limit)
        return self._weight(row)

    def _weight(self, row: AwardCriterion) -> str:
        if row.kind.is_pass_or_fail:
            return "pass or fail"
        if row.kind is CriterionKind.INFORMATION:
            return "not scored"
        weight = row.weight
        if weight is None and row.kind is CriterionKind.SECTION:
            weight = self._shares.get(row.ref.casefold())
        if weight is None:
            return "none yet"
        shown = rounded_text(weight, 2)
        return shown if Fraction(shown) == weight else decimal_text(weight)

    def _spoken(self, row: AwardCriterion, column: int) -> str:
        text = self._text(row, column)
        if column == CRITERION:
            return f"{row.ref}, {row.title or 'untitled'}, {row.kind}"
        return f"{_HEADS[column]} {text}" if text else f"no {_HEADS[column].lower()}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: dragged, and dropped on where it is a section."""
        flags = super().flags(index)
        if not self._setup.can_edit_method:
            return flags
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        flags |= Qt.ItemFlag.ItemIsDragEnabled
        is_section = self._nodes[index.internalId()].row.kind is CriterionKind.SECTION
        return flags | Qt.ItemFlag.ItemIsDropEnabled if is_section else flags

    def supportedDropActions(self) -> Qt.DropAction:
        """Return that rows move."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Return the one type that is dragged within this tree."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the reference of the row that is dragged."""
        data = QMimeData()
        refs = list(dict.fromkeys(self.ref(index) for index in indexes))
        data.setData(MIME, QByteArray("\n".join(refs[:1]).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, _column: int, parent: Index
    ) -> bool:
        """Move a row to where it was dropped; the file's answer repaints the tree."""
        ref = bytes(data.data(MIME).data()).decode()
        under = self.ref(parent) or None
        if not ref or self._setup.row(ref) is None:
            return False
        group = [self._nodes[at].row.ref for at in self._group(parent)]
        position = len(group) if row < 0 else row
        if ref in group[:position]:
            position -= 1
        self._setup.move(ref, under, position)
        # The move is done and recorded; the view must not remove the row a second time.
        return False


def _nodes_of(method: Method) -> tuple[list[_Node], list[int]]:
    """Return the rows and their places; rows that stand in a circle are shown at the top."""
    known, nodes, seen = families(method), list[_Node](), set[int]()

    def add(rows: Sequence[AwardCriterion], parent: int) -> list[int]:
        group: list[int] = []
        for row in rows:
            if id(row) in seen:
                continue
            seen.add(id(row))
            at = len(nodes)
            nodes.append(_Node(row, parent, len(group)))
            group.append(at)
            nodes[at].children = add(known.get(row.ref.casefold(), ()), at)
        return group

    top = add(known.get(None, ()), -1)
    missed = [row for row in method.criteria if id(row) not in seen]
    for row in missed:
        if id(row) not in seen:
            seen.add(id(row))
            nodes.append(_Node(row, -1, len(top)))
            top.append(len(nodes) - 1)
            nodes[-1].children = []
    return nodes, top


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column <= SCALE else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
