"""The documents of packs: as stored, or neutral copies where names are hidden.

A neutral copy is made twice, once to know its digest and once to be sealed, so that no pack
holds its documents in memory; the same document always gives the same copy.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tendereval.domain.bidding import Response, StoredDocument
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.services import name_checking
from tendereval.services.documents_out import media_type_of
from tendereval.services.session import Session
from tendereval.store.pack_questions import NameDecision
from tendereval.store.repository import Reader


@dataclass(frozen=True, slots=True)
class Outward:
    """The documents of packs made at one moment; what copies turned out to be is remembered.

    Attributes:
        decisions: on names, all of them.
        hidden: whether names are hidden, so that neutral copies go out.
    """

    decisions: Sequence[NameDecision]
    hidden: bool
    _copies: dict[DocumentId, tuple[str, DocumentId, int]] = field(default_factory=dict)

    def of(self, reader: Reader, responses: Sequence[Response]) -> dict[int, StoredDocument]:
        """Return the document that goes out with each response, by its place in the list."""
        stored = {(item.id, item.bidder): item for item in reader.documents()}
        anyone = {item.id: item for item in stored.values()}
        found: dict[int, StoredDocument] = {}
        numbers: dict[tuple[DocumentId, BidderId], int] = {}
        for number, response in enumerate(responses):
            if response.document is None or response.document not in anyone:
                continue
            bidder = response.place.bidder
            key = (response.document, bidder)
            own = stored.get(key) or replace(anyone[response.document], bidder=bidder)
            position = numbers.setdefault(key, len(numbers) + 1)
            found[number] = self._outward(reader, own, position) if self.hidden else own
        return found

    def _outward(self, reader: Reader, own: StoredDocument, position: int) -> StoredDocument:
        """Return a document under a name that says nothing, with its neutral copy's digest."""
        if own.id not in self._copies:
            copy = name_checking.neutral_copy(own, reader.document_content(own.id), self.decisions)
            digest = DocumentId(hashlib.sha256(copy.content).hexdigest())
            self._copies[own.id] = (copy.ending, digest, len(copy.content))
        ending, digest, size = self._copies[own.id]
        name = f"document-{position}{'.' if ending else ''}{ending}"
        return StoredDocument(digest, own.bidder, name, size, media_type_of(name))

    def content(self, session: Session, document: DocumentId) -> bytes:
        """Return the bytes of a document that goes out, read afresh from the file."""
        sources = {digest: source for source, (_, digest, _) in self._copies.items()}
        source = sources.get(document, document) if self.hidden else document
        with session.reading() as reader:
            content = reader.document_content(source)
            if not self.hidden:
                return content
            own = next(item for item in reader.documents() if item.id == source)
        return name_checking.neutral_copy(own, content, self.decisions).content
