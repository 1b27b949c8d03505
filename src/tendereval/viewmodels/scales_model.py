"""A tender's scales: bands as a table that is edited in place, and copies of built-in ones."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tendereval.domain import method_editing
from tendereval.domain.exact import decimal_text
from tendereval.domain.method_editing import put_scale
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.services.drafting import built_in_scales
from tendereval.viewmodels.form_fields import Unreadable, read_decimal
from tendereval.viewmodels.setup import SetupViewModel

Index = QModelIndex | QPersistentModelIndex
POINTS, LABEL, DESCRIPTOR, PERCENT = range(4)
_HEADS = ("Points", "Label", "Published wording", "% of weight")
_NOWHERE = QModelIndex()


class ScalesViewModel(QObject):
    """The scales of the method on the screen, one of them chosen.

    Signals:
        changed: the list or the chosen scale is to be read again.
        refused: what is wrong with what was typed, in words.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__(setup)
        self.setup = setup
        self.chosen = ""
        self._on_changed()
        setup.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        names = self.names
        if self.chosen not in names:
            self.chosen = names[0] if names else ""
        self.changed.emit()

    @property
    def names(self) -> tuple[str, ...]:
        """The scales of the tender, as the method lists them."""
        return tuple(scale.name for scale in self.setup.method.scales)

    @property
    def to_copy(self) -> tuple[ScoringScale, ...]:
        """Built-in scales that the tender does not have yet."""
        taken = {name.casefold() for name in self.names}
        return tuple(one for one in built_in_scales() if one.name.casefold() not in taken)

    @property
    def scale(self) -> ScoringScale | None:
        """The chosen scale."""
        return next((one for one in self.setup.method.scales if one.name == self.chosen), None)

    @property
    def used_by(self) -> tuple[str, ...]:
        """References of the questions on the chosen scale."""
        key = self.chosen.casefold()
        rows = self.setup.method.criteria
        return tuple(row.ref for row in rows if (row.scale or "").casefold() == key)

    @property
    def used_in_words(self) -> str:
        """How many questions use the chosen scale."""
        number = len(self.used_by)
        if number == 0:
            return "No question uses this scale yet"
        shown = ", ".join(self.used_by[:12])
        more = f" and {number - 12} more" if number > 12 else ""  # noqa: PLR2004 - one line
        return f"Used by {'one question' if number == 1 else f'{number} questions'}: {shown}{more}"

    def choose(self, name: str) -> None:
        """Show another scale."""
        if name != self.chosen:
            self.chosen = name
            self.changed.emit()

    def copy(self, name: str) -> None:
        """Add a built-in scale with its wording, to change as published."""
        found = next((one for one in self.to_copy if one.name == name), None)
        if found is not None and self._put(f"Add the scale {name}", None, found):
            self.choose(name)

    def add(self) -> None:
        """Add an empty scale."""
        number = 1
        while f"scale {number}" in {name.casefold() for name in self.names}:
            number += 1
        name = f"Scale {number}"
        if self._put(f"Add {name}", None, ScoringScale(name)):
            self.choose(name)

    def remove(self) -> None:
        """Take the chosen scale out; questions that used it then lack one."""
        name = self.chosen
        self.setup.edit(f"Remove the scale {name}", lambda m: method_editing.remove_scale(m, name))

    def rename(self, name: str) -> str:
        """Give the chosen scale another name; returns why not where it cannot."""
        scale, wanted = self.scale, name.strip()
        if scale is None or wanted == scale.name:
            return ""
        old, self.chosen = self.chosen, wanted
        problem = self.setup.edit(
            f"Rename the scale {old}",
            lambda method: put_scale(method, old, replace(scale, name=wanted)),
        )
        if problem:
            self.chosen = old
        return problem

    def change(self, what: str, change: Callable[[ScoringScale], ScoringScale]) -> bool:
        """Change the chosen scale."""
        scale = self.scale
        if scale is None:
            return False
        return self._put(f"{what} of the scale {scale.name}", scale.name, change(scale))

    def _put(self, text: str, name: str | None, scale: ScoringScale) -> bool:
        problem = self.setup.edit(text, lambda method: put_scale(method, name, scale))
        if problem:
            self.refused.emit(problem)
        return not problem

    def add_band(self) -> None:
        """Add a step above the highest."""

        def change(scale: ScoringScale) -> ScoringScale:
            points = [band.points for band in scale.bands]
            highest = max(points) + 1 if points else Fraction(0)
            return replace(scale, bands=(*scale.bands, ScoreBand(highest)))

        self.change("Add a step", change)

    def remove_band(self, place: int) -> None:
        """Take a step out."""
        self.change(
            "Remove a step",
            lambda scale: replace(scale, bands=scale.bands[:place] + scale.bands[place + 1 :]),
        )

    @property
    def range_text(self) -> str:
        """The ranges as people write them (``0 to 100 step 1``), one a line."""
        scale = self.scale
        spans = () if scale is None else scale.ranges
        texts = (decimal_text(n) for span in spans for n in (span.lowest, span.highest, span.step))
        numbers = list(texts)
        return "\n".join(
            f"{numbers[at]} to {numbers[at + 1]} step {numbers[at + 2]}"
            for at in range(0, len(numbers), 3)
        )

    def put_ranges(self, text: str) -> str:
        """Record ranges as typed; returns what is wrong with them."""
        try:
            spans = tuple(_range(line) for line in text.splitlines() if line.strip())
        except Unreadable as problem:
            return str(problem)
        self.change("Change the range", lambda scale: replace(scale, ranges=spans))
        return ""


def _range(line: str) -> PointRange:
    words = line.casefold().split()
    form = len(words) in {3, 5} and words[1] == "to" and words[3:4] in ([], ["step"])
    numbers = [read_decimal(word) for word in words[0::2]] if form else []
    if not numbers:
        raise Unreadable(f"“{line.strip()}” is not a range. Write it like 0 to 100 step 1.")
    lowest, highest, step = (*numbers, Fraction(1))[:3]
    return PointRange(lowest or Fraction(0), highest or Fraction(0), step or Fraction(1))


class BandsModel(QAbstractTableModel):
    """The steps of the chosen scale, highest first; each cell is edited in place."""

    def __init__(self, scales: ScalesViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scales = scales
        self._bands: tuple[ScoreBand, ...] = ()
        self._read()
        scales.changed.connect(self.refresh)

    def _read(self) -> None:
        scale = self._scales.scale
        bands = () if scale is None else scale.bands
        self._bands = tuple(sorted(bands, key=lambda band: band.points, reverse=True))

    def refresh(self) -> None:
        """Read the chosen scale again."""
        rows = len(self._bands)
        scale = self._scales.scale
        if scale is not None and len(scale.bands) == rows and rows:
            self._read()
            self.dataChanged.emit(self.index(0, 0), self.index(rows - 1, PERCENT))
            return
        self.beginResetModel()
        self._read()
        self.endResetModel()

    def place(self, row: int) -> int:
        """Return where the step of a row stands in the scale."""
        scale = self._scales.scale
        return scale.bands.index(self._bands[row]) if scale is not None else -1

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of steps."""
        return 0 if parent.isValid() else len(self._bands)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the heads."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(_HEADS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        return _HEADS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole}:
            return None
        band = self._bands[index.row()]
        percent = "" if band.percent is None else decimal_text(band.percent)
        return (decimal_text(band.points), band.label, band.descriptor, percent)[index.column()]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return whether a cell can be edited."""
        flags = super().flags(index)
        editable = index.isValid() and self._scales.setup.can_edit_method
        return flags | Qt.ItemFlag.ItemIsEditable if editable else flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Record what was typed into a cell."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if str(value) == self.data(index):
            return False
        band, column = self._bands[index.row()], index.column()
        try:
            changed = _put(band, column, str(value).strip())
        except Unreadable as problem:
            self._scales.refused.emit(str(problem))
            return False

        def change(scale: ScoringScale) -> ScoringScale:
            bands = (changed if one is band else one for one in scale.bands)
            return replace(scale, bands=tuple(sorted(bands, key=lambda one: one.points)))

        return self._scales.change(f"Change “{_HEADS[column]}”", change)


def _put(band: ScoreBand, column: int, text: str) -> ScoreBand:
    if column == LABEL:
        return replace(band, label=text)
    if column == DESCRIPTOR:
        return replace(band, descriptor=text)
    number = read_decimal(text)
    if column == PERCENT:
        return replace(band, percent=number)
    if number is None:
        raise Unreadable("A step has points. Write a number such as 3 or 2.5.")
    return replace(band, points=number)


def _alignment(column: int) -> Qt.AlignmentFlag:
    numeric = column in {POINTS, PERCENT}
    side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
