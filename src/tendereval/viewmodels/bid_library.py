"""Every answer's length and every document, read once and again where they change; no texts."""

from collections.abc import Iterable
from dataclasses import dataclass

from tendereval.domain.bidding import Place, Response, StoredDocument
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.word_limit import Length, length_of
from tendereval.services.folder_import import answers_asked
from tendereval.services.situation import Situation
from tendereval.store.repository import Reader
from tendereval.viewmodels.bid_answers_model import AnswerRow


@dataclass(frozen=True, slots=True)
class Given:
    """What is given at one place, without the text itself."""

    words: int
    document: DocumentId | None
    page: str


class BidLibrary:
    """Answers and documents of all bidders."""

    def __init__(self) -> None:
        self._given: dict[Place, Given] = {}
        self._touched: set[Place] = set()
        self.documents: tuple[StoredDocument, ...] = ()

    def touch(self, places: Iterable[Place]) -> None:
        """Read only these again at the next reading: nothing else is about to change."""
        self._touched = set(places)

    def read(self, reader: Reader) -> None:
        """Read what changed."""
        self.documents = reader.documents()
        if self._touched and self._given:
            for place in self._touched:
                response = reader.response_at(place)
                if response is not None:
                    self._given[place] = _given(response)
        else:
            responses = (item for item in reader.responses() if not item.late)
            self._given = {item.place: _given(item) for item in responses}
        self._touched = set()

    def of_bidder(self, bidder: BidderId) -> tuple[StoredDocument, ...]:
        """Return the documents of one bidder."""
        return tuple(item for item in self.documents if item.bidder == bidder)

    def used_for(self, bidder: BidderId, document: DocumentId) -> tuple[Place, ...]:
        """Return the answers that are in a document."""
        return tuple(
            place
            for place, given in self._given.items()
            if place.bidder == bidder and given.document == document
        )

    def rows(self, now: Situation, bidder: BidderId) -> tuple[AnswerRow, ...]:
        """Return what a bidder is asked and what it gave."""
        names = {item.id: item.name for item in self.documents}
        several = len(now.method.lots) > 1
        found = []
        for place in answers_asked(now, bidder):
            criterion = now.criterion(place.criterion)
            given = self._given.get(place)
            length = Length(given.words if given else 0, criterion.word_limit)
            lot = f", lot {place.lot}" if place.lot and several else ""
            document = ""
            if given and given.document:
                page = f", page {given.page}" if given.page else ""
                document = f"{names.get(given.document, 'document')}{page}"
            found.append(
                AnswerRow(place, f"{criterion.ref}{lot}", criterion.title, length, document)
            )
        return tuple(found)


def _given(response: Response) -> Given:
    return Given(length_of(response.text).words, response.document, response.page)
