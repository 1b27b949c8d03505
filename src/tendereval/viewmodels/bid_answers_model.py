"""One bidder's answers as a list of questions, each with its words against the limit."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject

from tendereval.domain.bidding import Place
from tendereval.domain.word_limit import Length
from tendereval.viewmodels.rows_model import ROLE_INK, Column, RowsModel


def length_with_words(length: Length) -> str:
    """Return a length, and by how much it is over where it is."""
    if length.over and length.limit:
        return f"△ {length.words:,} of {length.limit:,}, {length.over:,} over"
    return str(length)


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question and what there is to it.

    Attributes:
        ref: of the question, with its lot where there are several.
        length: of the answer's text.
        document: name and page of the document it is in; empty without one.
    """

    place: Place
    ref: str
    title: str
    length: Length
    document: str

    @property
    def is_given(self) -> bool:
        """Whether there is a text or a document."""
        return bool(self.length.words or self.document)

    @property
    def length_in_words(self) -> str:
        """The length, or that there is no text."""
        if self.length.words:
            return length_with_words(self.length)
        return "in the document" if self.document else "no answer"


def _ink(row: AnswerRow) -> str | None:
    if row.length.over:
        return "attention"
    return None if row.is_given else "ink2"


_COLUMNS: Final[tuple[Column[AnswerRow], ...]] = (
    Column("Question", lambda row: f"{row.ref}  {row.title}"),
    Column("Length", lambda row: row.length_in_words, more={ROLE_INK: _ink}),
    Column("Document", lambda row: row.document or "–"),
)


def answers_model(parent: QObject) -> RowsModel[AnswerRow]:
    """Return the table of questions that the chosen bidder is asked, in published order."""
    return RowsModel(_COLUMNS, parent, key=lambda row: row.place)
