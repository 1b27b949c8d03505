"""One bidder's answers and documents: reading, typing while the stage allows, opening outside."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place, Response, StoredDocument
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.stages import Act, may
from tendereval.domain.word_limit import Length, length_of
from tendereval.services import bids, documents_out
from tendereval.services.folder_walk import FileFound, read_whole
from tendereval.viewmodels.bid_answers_model import AnswerRow, answers_model
from tendereval.viewmodels.bid_drafts import Draft
from tendereval.viewmodels.bid_library import BidLibrary
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel

_KB: Final = 1024


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document of the bidder that is shown.

    Attributes:
        size: in words (``30 KB``).
        used_for: references of the answers it holds, in words; empty for none.
        opens: whether it may be opened in another program.
    """

    document: StoredDocument
    size: str
    used_for: str
    opens: bool


class BidAnswers(QObject):
    """The answers of the bidder that is shown.

    Signals:
        changed: the list, the documents or the answer shown.
        typed: text that is not recorded yet.
    """

    changed = Signal()
    typed = Signal()

    def __init__(self, desk: SessionViewModel, library: BidLibrary) -> None:
        super().__init__(desk)
        self._desk, self._library = desk, library
        self._bidder: BidderId | None = None
        self._response: Response | None = None
        self._draft = Draft(desk, "answer")
        self._draft.typed.connect(self.typed)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.model = answers_model(self)

    def show_bidder(self, bidder: BidderId | None) -> None:
        """Show another bidder, from the first question."""
        self._bidder = bidder
        self.model.show_rows(self._rows())
        first = self.model.rows[0].place if self.model.rows else None
        self._open(first)

    def _rows(self) -> tuple[AnswerRow, ...]:
        if self._bidder is None:
            return ()
        return self._library.rows(self._desk.now, self._bidder)

    def read(self) -> None:
        """Read again what the file holds of the same bidder."""
        place = self.place
        self.model.show_rows(self._rows())
        if self.model.row_of(place) < 0:
            place = self.model.rows[0].place if self.model.rows else None
        self._open(place)

    def choose(self, place: Place | None) -> None:
        """Show another answer; what was typed at the last one is recorded."""
        if place != self.place:
            self.settle()
            self._open(place)

    def _open(self, place: Place | None) -> None:
        if place != self._draft.place:
            self._draft.open(place if self.may_edit else None)
        self._response = None
        if place is not None:
            with self._desk.reading() as reader:
                found = reader.response_at(place)
            self._response = Response(place) if found is None or found.late else found
        self.changed.emit()

    @property
    def may_edit(self) -> bool:
        """Whether answers and documents may still be changed."""
        return may(self._desk.now.stage, Act.EDIT_BIDS)

    @property
    def place(self) -> Place | None:
        """Where the answer stands that is shown."""
        return None if self._response is None else self._response.place

    @property
    def row(self) -> AnswerRow | None:
        """The row of the answer that is shown, as the file holds it."""
        number = self.model.row_of(self.place)
        return None if number < 0 else self.model.rows[number]

    @property
    def text(self) -> str:
        """The answer that is shown, with what is being typed."""
        if self._draft.text is not None:
            return self._draft.text
        return "" if self._response is None else self._response.text

    @property
    def length(self) -> Length:
        """How long it is, with what is being typed."""
        row = self.row
        return length_of(self.text, None if row is None else row.length.limit)

    @property
    def question(self) -> str:
        """The published question, or its title."""
        if self.place is None:
            return ""
        criterion = self._desk.now.criterion(self.place.criterion)
        return criterion.question.strip() or criterion.title

    @property
    def document(self) -> DocumentId | None:
        """The document that the answer is in."""
        return None if self._response is None else self._response.document

    @property
    def page(self) -> str:
        """Where in the document, as typed."""
        return "" if self._response is None else self._response.page

    def type_text(self, text: str) -> None:
        """Take the answer as it stands while it is being typed."""
        if self.may_edit and text != self.text:
            self._draft.take(text)

    def settle(self) -> None:
        """Record what was typed; where that is refused it stays kept beside the record."""
        response, typed = self._response, self._draft.text
        if response is None or typed is None:
            return
        if typed == response.text or self._record(replace(response, text=typed)):
            self._draft.done()
        else:
            self._draft.keep()

    def attach(self, document: DocumentId | None, page: str = "") -> None:
        """Say in which document the answer is, or that it is in none."""
        response = self._response
        if response is None or (document, page) == (response.document, response.page):
            return
        self.settle()
        self._record(replace(self._response or response, document=document, page=page.strip()))

    def _record(self, response: Response) -> bool:
        before = self._response
        if not self._write(response):
            return False
        if before is not None:
            now = self._desk.now
            words = f"Answer {now.place_in_words(response.place)}"
            self._desk.can_undo_with(
                words, lambda: self._put_back(before), lambda: self._put_back(response)
            )
        return True

    def _put_back(self, response: Response) -> None:
        self._draft.done()
        self._write(response)

    def _write(self, *responses: Response) -> bool:
        self._library.touch(item.place for item in responses)
        done = self._desk.did(
            lambda session: bids.record_responses(session, responses), Kind.RESPONSES
        )
        if not done:
            self._library.touch(())
        return done

    # Documents.

    @property
    def documents(self) -> tuple[DocumentLine, ...]:
        """The documents of the bidder that is shown."""
        if self._bidder is None:
            return ()
        bidder = self._bidder
        return tuple(
            DocumentLine(
                item,
                size_in_words(item.size),
                ", ".join(place.criterion for place in self._library.used_for(bidder, item.id)),
                documents_out.may_be_opened(item),
            )
            for item in self._library.of_bidder(bidder)
        )

    def add_documents(self, paths: Sequence[Path]) -> int:
        """Keep files as documents of the bidder and return how many were kept."""
        bidder, kept = self._bidder, 0
        for path in paths if bidder is not None else ():
            name = documents_out.clean_name(path.name)
            try:
                content = read_whole(FileFound(path, name, 0))
            except UserFixable as refusal:
                self._desk.refused.emit(refusal)
                break
            media = documents_out.media_type_of(name)
            done = self._desk.did(
                lambda session, what=(bidder, name, content, media): bids.add_document(  # type: ignore[misc]  # bound early
                    session, *what
                ),
                Kind.DOCUMENTS,
            )
            if not done:
                break
            kept += 1
        return kept

    def take_off(self, document: DocumentId) -> None:
        """Take a document off every answer that it holds; the document itself is kept."""
        if self._bidder is None:
            return
        self.settle()
        places = self._library.used_for(self._bidder, document)
        with self._desk.reading() as reader:
            found = [reader.response_at(place) for place in places]
        self._write(*(replace(item, document=None, page="") for item in found if item))

    def write_to_look_at(self, document: StoredDocument) -> Path | None:
        """Write a document into a temporary folder of this sitting; None where refused."""
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory("-tendereval", ignore_cleanup_errors=True)
        folder = Path(self._folder.name)
        try:
            return documents_out.write_to_look_at(self._desk.session, document, folder)
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return None

    def save_copy(self, document: StoredDocument, path: Path) -> bool:
        """Write a copy of a document where the person wants it."""
        try:
            documents_out.write_copy(self._desk.session, document, path)
        except UserFixable as refusal:
            self._desk.refused.emit(refusal)
            return False
        return True

    def clean_up(self) -> None:
        """Delete what was written to look at."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def size_in_words(size: int) -> str:
    """Return a size as people say it."""
    if size < _KB * _KB:
        return f"{max(1, round(size / _KB)):,} KB"
    return f"{size / _KB**2:,.1f} MB"
