"""The agenda as a list: number, question, bidder, scores in words, state; with filters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Qt

from tendereval.domain.bidding import Place
from tendereval.domain.disagreement import Disagreement
from tendereval.domain.exact import to_text
from tendereval.domain.scale import PASS_OR_FAIL, ScoringScale
from tendereval.services.agenda import AgendaItem, ItemState
from tendereval.services.situation import Situation
from tendereval.viewmodels.rows_model import Column, RowsModel
from tendereval.viewmodels.score_queue import bidder_names


@dataclass(frozen=True, slots=True)
class Row:
    """One response of the agenda in words.

    Attributes:
        number: its place in the whole agenda, from 1.
        scores: how far individual scores differ, in words.
    """

    number: int
    item: AgendaItem
    ref: str
    title: str
    bidder: str
    lot: str
    scores: str

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.item.place

    @property
    def state(self) -> ItemState:
        """How far it is."""
        return self.item.state

    @property
    def question(self) -> str:
        """Reference, title and lot."""
        lot = f", lot {self.lot}" if self.lot else ""
        return f"{self.ref}  {self.title}{lot}"

    @property
    def words(self) -> str:
        """The item as it could be read aloud."""
        return f"Item {self.number}, {self.question}, {self.bidder}. {self.scores}. {self.state}"


def rows(now: Situation, items: Sequence[AgendaItem]) -> Iterator[Row]:
    """Yield the agenda in words."""
    names = bidder_names(now)
    criteria = {row.ref: (row.title, now.method.scale_of(row)) for row in now.method.criteria}
    lots = len(now.method.lots) > 1
    for number, item in enumerate(items, start=1):
        title, scale = criteria[item.place.criterion]
        lot = (item.place.lot or "") if lots else ""
        words = spread_words(item.disagreement, scale)
        bidder = names[item.place.bidder]
        yield Row(number, item, item.place.criterion, title, bidder, lot, words)


def points_words(points: Fraction, scale: ScoringScale) -> str:
    """Return points as people say them: ``4``, or ``Pass``."""
    band = scale.band(points)
    return band.label if scale == PASS_OR_FAIL and band else to_text(points)


def spread_words(measured: Disagreement, scale: ScoringScale) -> str:
    """Return in words how far scores differ.

    Nothing in it combines two people's scores: lowest and highest are as they were given.
    """
    if measured.lowest is None or measured.highest is None:
        return "No score"
    low, high = points_words(measured.lowest, scale), points_words(measured.highest, scale)
    if measured.scorers == 1:
        return f"One score, {low}"
    if not measured.spread:
        every = "Both" if measured.scorers == 2 else f"All {measured.scorers}"  # noqa: PLR2004 - two are both
        return f"{every} gave {low}"
    if scale == PASS_OR_FAIL:
        return "Both Pass and Fail"
    apart = to_text(measured.spread)
    return f"{low} to {high}, {apart} point{'s' if measured.spread != 1 else ''} apart"


_UNTOLD: Final = {Qt.ItemDataRole.ToolTipRole.value: lambda _row: None}
_COLUMNS: Final[tuple[Column[Row], ...]] = (
    Column("Item", lambda row: str(row.number), lambda row: row.words, more=_UNTOLD),
    Column("Question", lambda row: row.question, more=_UNTOLD),
    Column("Bidder", lambda row: row.bidder, more=_UNTOLD),
    Column("Scores", lambda row: row.scores, more=_UNTOLD),
    Column("State", lambda row: str(row.state), more=_UNTOLD),
)


class AgendaModel(RowsModel[Row]):
    """The agenda through three filters; an item that changes keeps its row until read again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_COLUMNS, parent)
        self.every: tuple[Row, ...] = ()
        self.only_open, self.ref, self.bidder = False, "", ""

    def show_agenda(self, every: Sequence[Row]) -> None:
        """Show another agenda through the filters that are set."""
        self.every = tuple(every)
        self._apply()

    def replace_row(self, row: Row) -> None:
        """Show one item as it is now."""
        at = row.number - 1
        self.every = (*self.every[:at], row, *self.every[at + 1 :])
        shown = [one.number for one in self.rows]
        if row.number in shown:
            self.put_row(shown.index(row.number), row)

    def filter(
        self, *, only_open: bool | None = None, ref: str | None = None, bidder: str | None = None
    ) -> None:
        """Set filters; what is left out stays. An empty reference or bidder is all of them."""
        self.only_open = self.only_open if only_open is None else only_open
        self.ref = self.ref if ref is None else ref
        self.bidder = self.bidder if bidder is None else bidder
        self._apply()

    def _apply(self) -> None:
        self.show_rows([row for row in self.every if self._passes(row)])

    def _passes(self, row: Row) -> bool:
        if self.only_open and row.state in {ItemState.AGREED, ItemState.CONFIRMED}:
            return False
        return self.ref in {"", row.ref} and self.bidder in {"", row.place.bidder}

    def item_at(self, place: Place) -> Row | None:
        """Return the item at a place, shown or not."""
        return next((row for row in self.every if row.place == place), None)
