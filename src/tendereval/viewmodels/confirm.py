"""The Confirm screen: agreed scores that came in a record, one by one; confirm or dissent."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import to_text
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.packs import ReturnKind
from tendereval.services import confirming, unfinished
from tendereval.store.pack_questions import ReturnMade
from tendereval.viewmodels import own_laptop
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.receipts import ReceiptsViewModel
from tendereval.viewmodels.return_writing import ReturnWriting
from tendereval.viewmodels.session_view_model import SessionViewModel

_DISSENT, _KEEP_AFTER_MS = "dissent", 1500
_SHOWN_FOR = frozenset({Kind.AGREED, Kind.METHOD, Kind.BIDS})


class Word(StrEnum):
    """What the person says to one agreed score."""

    OPEN = "not answered yet"
    CONFIRMED = "confirmed"
    DISSENT = "dissent"


@dataclass(frozen=True, slots=True)
class Item:
    """One agreed score.

    Attributes:
        over: reference and title, and the lot where there are several.
        figure: the score as people read it.
        band: label and published wording; empty where the scale names no band for it.
        explanations: sub-criterion and what the panel said about it.
        dissent: the person's own words.
        is_returned: whether the word is on its way and stays as it is.
    """

    place: Place
    over: str
    question: str
    bidder: str
    figure: str
    band: str
    wording: str
    rationale: str
    releasable: str
    explanations: tuple[tuple[str, str], ...]
    word: Word
    dissent: str
    is_returned: bool

    @property
    def words(self) -> str:
        """The item as one line."""
        return f"{self.bidder}, {self.place.criterion}: {self.figure}, {self.word}"


class ConfirmViewModel(QObject):
    """The agreed scores of a working file and the person's word on each.

    Signals:
        changed: the items, or a word on one.
        item_changed: another one is shown.
    """

    changed = Signal()
    item_changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.writing = ReturnWriting(desk, desk)
        self.receipts = ReceiptsViewModel(desk, desk)
        self._typed: tuple[Place, str] | None = None
        self._timer = desk.later(self, _KEEP_AFTER_MS, self.keep)
        self._items = self._read()
        self._here: Place | None = self._items[0].place if self._items else None
        first = self._next_open(None)
        if first is not None:
            self._here = first.place
        desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _SHOWN_FOR:
            self._items = self._read()
            self.changed.emit()

    def _read(self) -> tuple[Item, ...]:
        desk, person = self.desk, self.desk.person
        with desk.reading() as reader:
            agreed = reader.agreed_scores()
            given = {
                (one.place, one.revision): one
                for one in reader.confirmations()
                if one.person == person
            }
            sent = [one for one in reader.returns_made() if one.kind is ReturnKind.CONFIRMATION]
            taken = {receipt.sha256 for receipt in reader.receipts()}
        self._sent: tuple[ReturnMade, ...] = tuple(sent)
        self._is_received = bool(sent) and sent[-1].sha256 in taken
        return tuple(self._item(one, given.get((one.place, one.revision))) for one in agreed)

    def _item(self, agreed: AgreedScore, given: Confirmation | None) -> Item:
        now, place = self.desk.now, agreed.place
        criterion = now.criterion(place.criterion)
        scale = now.method.scale_of(criterion)
        band = next((one for one in scale.bands if one.points == agreed.points), None)
        question = criterion.question.strip()
        title = f"   {criterion.title}" if question else ""
        lot = f"   ·   lot {place.lot}" if place.lot and len(now.method.lots) > 1 else ""
        titles: Mapping[str, str] = {
            sub.ref.casefold(): f"{sub.ref}  {sub.text}" for sub in criterion.sub_criteria
        }
        return Item(
            place,
            f"{criterion.ref}{title}{lot}",
            question or criterion.title,
            now.bidder_name(place.bidder),
            to_text(agreed.points),
            band.label if band else "",
            band.descriptor if band else "",
            agreed.rationale,
            agreed.releasable_rationale,
            tuple(
                (titles.get(one.sub_criterion.casefold(), one.sub_criterion), one.text)
                for one in agreed.explanations
            ),
            _word(given),
            given.dissent if given else "",
            self._is_sent(given),
        )

    def _is_sent(self, given: Confirmation | None) -> bool:
        if given is None or given.recorded_at is None:
            return False
        return any(made.made_at >= given.recorded_at for made in self._sent)

    # What is shown

    @property
    def has_record(self) -> bool:
        """Whether agreed scores came to be confirmed."""
        return bool(self._items)

    @property
    def items(self) -> tuple[Item, ...]:
        """Every agreed score, in order."""
        return self._items

    @property
    def item(self) -> Item | None:
        """The one that is shown."""
        return next((one for one in self._items if one.place == self._here), None)

    @property
    def lead(self) -> str:
        """Who gets the confirmations."""
        return self.writing.pack.lead

    @property
    def answered(self) -> int:
        """How many have the person's word."""
        return sum(one.word is not Word.OPEN for one in self._items)

    @property
    def is_answered(self) -> bool:
        """Whether all of them have."""
        return self.answered == len(self._items)

    @property
    def is_returned(self) -> bool:
        """Whether every word is on its way."""
        return self.is_answered and all(one.is_returned for one in self._items)

    @property
    def is_awaited(self) -> bool:
        """Whether the panel still waits for something from here."""
        return self.has_record and not self.is_returned

    @property
    def done_line(self) -> str:
        """How far it is, in words."""
        return f"{self.answered} of {len(self._items)} answered"

    @property
    def end_sentence(self) -> str:
        """Where things stand once all are answered, to be read aloud."""
        if self.is_returned:
            who = f"{self.lead} has" if self._is_received else "You have returned"
            return f"{who} your word on every agreed score"
        return "You have answered every agreed score"

    @property
    def end_words(self) -> str:
        """What follows."""
        dissents = sum(one.word is Word.DISSENT for one in self._items)
        counted = f"{len(self._items) - dissents} confirmed, {_few(dissents, 'dissent')}."
        if self.is_returned:
            when = own_laptop.moment(self._sent[-1].made_at)
            return f"{counted} Returned on {when}. Nothing more is asked of you here."
        return (
            f"{counted} Return your words to {self.lead}: one file, signed by you. Until then you "
            "can change them."
        )

    # Moving

    def go_to(self, place: Place) -> None:
        """Show another one."""
        if place != self._here:
            self.keep()
            self._here = place
            self.item_changed.emit()

    def move(self, by: int) -> bool:
        """Go a step on or back and say whether there was one."""
        places = [one.place for one in self._items]
        at = places.index(self._here) + by if self._here in places else 0
        if not 0 <= at < len(places):
            return False
        self.go_to(places[at])
        return True

    def _next_open(self, after: Place | None) -> Item | None:
        places = [one.place for one in self._items]
        start = places.index(after) + 1 if after in places else 0
        going_round = self._items[start:] + self._items[:start]
        return next((one for one in going_round if one.word is Word.OPEN), None)

    # Answering

    def confirm(self) -> bool:
        """Confirm the one that is shown and go on to the next that is open."""
        return self._say(agrees=True, words="")

    def dissent(self, words: str) -> bool:
        """Dissent from the one that is shown, in one's own words, and go on."""
        return self._say(agrees=False, words=words.strip())

    def _say(self, *, agrees: bool, words: str) -> bool:
        here = self._here
        if here is None:
            return False
        done = self.desk.did(
            lambda session: confirming.confirm(session, here, agrees=agrees, dissent=words),
            Kind.AGREED,
        )
        if done:
            self._forget(here)
            following = self._next_open(here)
            if following is not None:
                self.go_to(following.place)
        return done

    def type_dissent(self, words: str) -> None:
        """Take the words of a dissent as they are being typed."""
        if self._here is not None and words != self.typed_dissent:
            self._typed = (self._here, words)
            self._timer.start()

    def keep(self) -> None:
        """Keep the words of a dissent at once; they are no part of the record yet."""
        self._timer.stop()
        if self._typed is None or not self.desk.is_open:
            return
        place, words = self._typed
        try:
            unfinished.keep_unfinished(self.desk.session, _DISSENT, place, words)
        except UserFixable as refusal:
            self.desk.refused.emit(refusal)
        else:
            self._typed = None
            self.desk.note_saved()

    def _forget(self, place: Place) -> None:
        self._typed = None
        self._timer.stop()
        unfinished.drop_unfinished(self.desk.session, _DISSENT, place)

    @property
    def typed_dissent(self) -> str:
        """The words of a dissent that is being written, or was recorded."""
        found = self.item
        if found is None:
            return ""
        if self._typed is not None and self._typed[0] == found.place:
            return self._typed[1]
        kept = unfinished.unfinished(self.desk.session, _DISSENT, found.place)
        return found.dissent if kept is None else kept

    @property
    def is_dissenting(self) -> bool:
        """Whether words of a dissent are being written to the one that is shown."""
        found = self.item
        return found is not None and self.typed_dissent not in {"", found.dissent}


def _word(given: Confirmation | None) -> Word:
    if given is None:
        return Word.OPEN
    return Word.CONFIRMED if given.agrees else Word.DISSENT


def _few(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'s' if number != 1 else ''}"
