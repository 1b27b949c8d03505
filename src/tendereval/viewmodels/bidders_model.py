"""The bidders as a table: name, lots, where each bid stands, answers, documents, limits."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Qt

from tendereval.domain.ids import BidderId
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel

ROLE_STANDING: Final = Qt.ItemDataRole.UserRole + 1
ROLE_STANDING_INK: Final = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class BidderRow:
    """One bidder as the table shows it.

    Attributes:
        standing: lots and status in words, with what the status still needs.
        waits: whether a status still needs something.
        given: how many answers of ``asked`` are there.
        over: how many are over their word limit.
    """

    bidder: BidderId
    name: str
    standing: str
    waits: bool
    given: int
    asked: int
    documents: int
    over: int


def _over(row: BidderRow) -> str:
    return f"{row.over} {'answer' if row.over == 1 else 'answers'} over the word limit"


_COLUMNS: Final[tuple[Column[BidderRow], ...]] = (
    Column(
        "Bidder",
        lambda row: row.name,
        lambda row: f"{row.name}. {row.standing}",
        more={
            ROLE_STANDING: lambda row: row.standing,
            ROLE_STANDING_INK: lambda row: "attention" if row.waits else "ink2",
        },
    ),
    Column(
        "Answers",
        lambda row: f"{row.given} of {row.asked}",
        lambda row: f"{row.given} of {row.asked} answers",
        right=True,
    ),
    Column(
        "Documents",
        lambda row: str(row.documents or "–"),
        lambda row: f"{row.documents} document{'s' if row.documents != 1 else ''}",
        right=True,
    ),
    Column(
        "Over limit",
        lambda row: f"△ {row.over}" if row.over else "–",
        _over,
        right=True,
        more={ROLE_INK: lambda row: "attention" if row.over else None},
    ),
)


def bidders_model(parent: QObject) -> RowsModel[BidderRow]:
    """Return the table of bidders, in the order in which they were registered."""
    return RowsModel(_COLUMNS, parent, key=lambda row: row.bidder)
