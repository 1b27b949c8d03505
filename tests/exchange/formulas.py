"""Works out the formulas of a workbook in exact fractions, for the few forms that are written."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.utils.cell import range_boundaries

from tendereval.domain.exact import round_half_up

Value = Fraction | int | str | None
Key = tuple[str, int, int]
_TOKEN = re.compile(
    r"(?P<ref>(?:'(?:[^']|'')*'!)?\$?[A-Z]+\$?[0-9]+(?::\$?[A-Z]+\$?[0-9]+)?)(?![A-Za-z(])"
    r"|(?P<number>[0-9]+)|(?P<text>\"[^\"]*\")|(?P<name>[A-Z]+)|(?P<sign>[-*/=(),])"
)


class Missing(Exception):
    """A lookup that finds nothing, as ``#N/A``."""


class Calculation:
    """A workbook with its formulas, worked out on demand.

    Attributes:
        formulas: by sheet, row and column.
        kept: the values that the file keeps beside them.
    """

    def __init__(self, path: Path) -> None:
        self.formulas: dict[Key, str] = {}
        self.kept: dict[Key, Value] = {}
        self._known: dict[Key, Value] = {}
        values = dict(_cells(path, values=True))
        for key, cell in _cells(path, values=False):
            if cell.data_type == "f":
                self.formulas[key] = str(cell.value)
                self.kept[key] = _value(values[key]) if key in values else None
            else:
                self._known[key] = _value(cell)

    def value(self, sheet: str, row: int, column: int) -> Value:
        """Return what a cell comes to; None where it is empty."""
        key = (sheet, row, column)
        if key not in self._known:
            formula = self.formulas.get(key)
            self._known[key] = None if formula is None else _Reader(self, sheet, formula).whole()
        return self._known[key]

    def rows(self, sheet: str) -> list[list[Value]]:
        """Return every row of a sheet, worked out."""
        keys = [key for key in (*self.formulas, *self._known) if key[0] == sheet]
        deep, wide = max(key[1] for key in keys), max(key[2] for key in keys)
        return [[self.value(sheet, r, c) for c in range(1, wide + 1)] for r in range(1, deep + 1)]

    def table(self, sheet: str, first: str) -> list[dict[str, Value]]:
        """Return the rows beneath the headings of which the first is ``first``, as far as full."""
        rows = self.rows(sheet)
        top = next(at for at, row in enumerate(rows) if row[0] == first)
        found = []
        for row in rows[top + 1 :]:
            if row[0] is None:
                break
            found.append({str(name): value for name, value in zip(rows[top], row, strict=True)})
        return found


def _cells(path: Path, *, values: bool) -> Iterator[tuple[Key, Cell]]:
    for sheet in load_workbook(path, data_only=values).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell, Cell) and cell.value is not None:
                    yield (sheet.title, cell.row, cell.column), cell


def _value(cell: Cell) -> Value:
    if isinstance(cell.value, str) or not isinstance(cell.value, int | float):
        return str(cell.value)
    return Fraction(str(cell.value))


def _sum(*values: Value) -> Fraction:
    return sum(_numbers(values), Fraction(0))


def _numbers(values: Sequence[Value]) -> list[Fraction]:
    return [value for value in values if isinstance(value, Fraction)]


def _rank(value: Value, *values: Value) -> Fraction:
    (own,) = _numbers([value])
    return Fraction(1 + sum(other > own for other in _numbers(values)))


def _round(value: Fraction, places: Fraction) -> Fraction:
    return round_half_up(value, int(places))


_FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "SUM": _sum,
    "MIN": lambda *values: min(_numbers(values)),
    "MAX": lambda *values: max(_numbers(values)),
    "RANK": _rank,
    "ROUND": _round,
}


class _Reader:
    """Reads one formula from left to right."""

    def __init__(self, book: Calculation, sheet: str, formula: str) -> None:
        assert formula.startswith("=")
        self._book, self._sheet = book, sheet
        self._tokens = [
            (match.lastgroup or "", match[0]) for match in _TOKEN.finditer(formula, pos=1)
        ]
        assert "".join(text for _, text in self._tokens) == formula[1:], formula
        self._at = 0

    def whole(self) -> Value:
        """Return what the formula comes to."""
        found = self._comparison()
        assert self._at == len(self._tokens)
        assert len(found) == 1
        return found[0]

    def _sign(self, wanted: str) -> bool:
        here = self._tokens[self._at][1] if self._at < len(self._tokens) else ""
        if here and here in wanted:
            self._at += 1
            return True
        return False

    def _comparison(self) -> list[Value]:
        left = self._difference()
        if self._sign("="):
            right = self._difference()
            return [Fraction(left == right)]
        return left

    def _difference(self) -> list[Value]:
        left = self._product()
        while self._sign("-"):
            left = [_one(left) - _one(self._product())]
        return left

    def _product(self) -> list[Value]:
        left = self._operand()
        while self._at < len(self._tokens) and self._tokens[self._at][1] in {"*", "/"}:
            is_product = self._sign("*") or not self._sign("/")
            right = _one(self._operand())
            left = [_one(left) * right if is_product else _one(left) / right]
        return left

    def _operand(self) -> list[Value]:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "ref":
            return self._cells(text)
        if kind == "number":
            return [Fraction(text)]
        if kind == "text":
            return [text.strip('"')]
        if text == "FALSE":
            return [Fraction(0)]
        return [self._call(text)]

    def _cells(self, ref: str) -> list[Value]:
        quoted, _, cells = ref.rpartition("!")
        sheet = quoted[1:-1].replace("''", "'") if quoted else self._sheet
        left, top, right, bottom = (side or 0 for side in range_boundaries(cells))
        return [
            self._book.value(sheet, row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def _call(self, name: str) -> Value:
        assert self._sign("(")
        if name in {"IF", "IFERROR"}:
            return self._either(name)
        arguments = [self._comparison()]
        while self._sign(","):
            arguments.append(self._comparison())
        assert self._sign(")")
        if name == "VLOOKUP":
            return _look_up(arguments)
        return _FUNCTIONS[name](*(value for part in arguments for value in part))

    def _either(self, name: str) -> Value:
        """Work out one branch and leave the other alone."""
        start = self._at
        try:
            test = self._comparison()[0]
        except Missing:
            self._at = start
            self._skip()
            test = None
        if name == "IFERROR":
            found = self._branch(wanted=True) if test is None else self._branch(wanted=False)
            found = test if found is None else found
        else:
            yes = self._branch(wanted=bool(test))
            no = self._branch(wanted=not test)
            found = yes if test else no
        assert self._sign(")")
        return found

    def _branch(self, *, wanted: bool) -> Value:
        assert self._sign(",")
        if wanted:
            return self._comparison()[0]
        self._skip()
        return None

    def _skip(self) -> None:
        """Go to the comma or bracket that ends this argument."""
        depth = 0
        while depth or self._tokens[self._at][1] not in {",", ")"}:
            depth += {"(": 1, ")": -1}.get(self._tokens[self._at][1], 0)
            self._at += 1


def _one(values: Sequence[Value]) -> Fraction:
    (value,) = values
    assert isinstance(value, Fraction), value
    return value


def _look_up(arguments: Sequence[Sequence[Value]]) -> Value:
    wanted, area, column, _ = arguments
    wide = 7
    for start in range(0, len(area), wide):
        if area[start] == wanted[0]:
            return area[start + int(_one(column)) - 1]
    raise Missing
