"""Packs being made: for whom, sealed how, wanted back when; passphrases live in memory only."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UnknownReference, UserFixable
from tendereval.domain.packs import ContactCard, PackKind
from tendereval.domain.stages import Stage
from tendereval.exchange.contact_card import read_card
from tendereval.exchange.words import fingerprint, propose_passphrase
from tendereval.services import packing
from tendereval.services.packing import PackOrder
from tendereval.services.progress import Progress
from tendereval.viewmodels.form_fields import Unreadable, read_day
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.panel_candidates import Candidate, CandidatesModel
from tendereval.viewmodels.panel_identity import unlock, with_own_keys
from tendereval.viewmodels.panel_members import listed_briefly, number_word
from tendereval.viewmodels.panel_needs import pack_needs
from tendereval.viewmodels.session_view_model import SessionViewModel

_END_OF_DAY: Final = time(23, 59)


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A pack that was made.

    Attributes:
        passphrase: to be told by phone; empty where the pack is sealed to a card.
    """

    name: str
    file: str
    passphrase: str


class MakingPacks(QObject):
    """One round of packs.

    Signals:
        changed: who gets a pack, or how one is sealed, changed.
        made_changed: packs were made, or what was made is put away.
        refused_here: a refusal, to be said where the packs are made.
    """

    changed = Signal()
    made_changed = Signal()
    refused_here = Signal(object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self.people = CandidatesModel(desk)
        self.people.ticked.connect(self.changed)
        self.kind = PackKind.SCOREPACK
        self.made: tuple[MadeLine, ...] = ()
        self.folder: Path | None = None

    def unlock(self, passphrase: str) -> UserFixable | None:
        """Have the lead's own keys at hand, and return what was refused."""
        return unlock(self._desk, passphrase)

    @property
    def kinds(self) -> tuple[PackKind, ...]:
        """What may be sent now: packs to score, records to confirm, or both."""
        stage = self._desk.now.stage
        if stage is Stage.MODERATION:
            return PackKind.SCOREPACK, PackKind.RECORD
        return (PackKind.RECORD,) if stage is Stage.PRICE else (PackKind.SCOREPACK,)

    def start(self, kind: PackKind | None = None) -> None:
        """Look who needs a pack and propose how each is sealed; nothing is made."""
        kinds = self.kinds
        self.kind = kind if kind in kinds else kinds[-1]
        self.made = ()
        now = self._desk.now
        with self._desk.reading() as reader:
            found, keys = (
                pack_needs(reader, now, self.kind, self._desk.person),
                reader.contact_keys(),
            )
        rows = []
        for need in found:
            known, person = keys.get(need.person), now.people.get(need.person)
            name, email = now.name(need.person), person.email if person else ""
            card = None if known is None else ContactCard(name, email, known)
            rows.append(
                Candidate(
                    need.person,
                    name,
                    need.why,
                    need.may,
                    need.needs,
                    card,
                    card is not None,
                    propose_passphrase(),
                    known,
                    email,
                )
            )
        rows.sort(key=lambda row: (not row.is_wanted, not row.may))
        self.people.show_rows(rows)
        self.changed.emit()
        self.made_changed.emit()

    @property
    def wanted(self) -> tuple[Candidate, ...]:
        """Who gets a pack."""
        return tuple(row for row in self.people.rows if row.is_wanted)

    @property
    def sentence(self) -> str:
        """The head of the page."""
        what = "record" if self.kind is PackKind.RECORD else "pack"
        number = len(self.wanted)
        if not self.people.rows:
            return f"Nobody on the panel needs a {what}"
        if not number:
            return f"No {what} is chosen yet"
        return f"{number_word(number)} {what}{'' if number == 1 else 's'} to make"

    @property
    def under(self) -> str:
        """What goes in."""
        if self.kind is PackKind.RECORD:
            return "A record holds the agreed scores and their rationales to confirm. Nothing else."
        return "A pack holds only what that person scores. No price, and nobody else’s scores."

    @property
    def verb(self) -> str:
        """What stands on the button that makes them."""
        what = "record" if self.kind is PackKind.RECORD else "pack"
        number = len(self.wanted)
        return f"Make {number} {what}{'' if number == 1 else 's'}…"

    def fingerprint(self, row: int) -> str:
        """Return the words to compare by phone; empty where no card is known."""
        card = self.people.rows[row].card
        return "" if card is None else fingerprint(card.keys)

    def use_card(self, row: int, path: Path) -> bool:
        """Seal a person's pack to the contact card in a file."""
        card = self._card_in(path)
        if card is None:
            return False
        self._put_card(row, card)
        return True

    def take_card(self, path: Path) -> int | None:
        """Seal to a card for the person whose e-mail or name it bears, and return the row."""
        card = self._card_in(path)
        if card is None:
            return None
        told = {card.email.strip().casefold(), card.name.strip().casefold()} - {""}
        for number, row in enumerate(self.people.rows):
            if row.may and told & {row.email.strip().casefold(), row.name.strip().casefold()}:
                self._put_card(number, card)
                return number
        self.refused_here.emit(
            UnknownReference(
                f"The card of {card.name}, {card.email}, fits nobody who can get a pack.",
                "Choose the person in the table, and the card there.",
            )
        )
        return None

    def _card_in(self, path: Path) -> ContactCard | None:
        try:
            return read_card(path)
        except UserFixable as refusal:
            self.refused_here.emit(refusal)
            return None

    def _put_card(self, row: int, card: ContactCard) -> None:
        one = self.people.rows[row]
        other = replace(one, card=card, by_card=True, is_wanted=True, is_theirs=False, reason="")
        self.people.put(row, other)

    def seal_by(self, row: int, *, card: bool) -> None:
        """Seal a person's pack to the card that is known, or with the passphrase."""
        one = self.people.rows[row]
        if card == one.by_card or (card and one.card is None):
            return
        self.people.put(row, replace(one, by_card=card))

    def other_passphrase(self, row: int) -> None:
        """Propose other words."""
        one = self.people.rows[row]
        self.people.put(row, replace(one, passphrase=propose_passphrase()))

    def say_theirs(self, row: int, *, theirs: bool) -> None:
        """Take the lead's word that a card is the person's."""
        self._quietly(row, replace(self.people.rows[row], is_theirs=theirs))

    def say_why(self, row: int, reason: str) -> None:
        """Take the reason for another key as it is typed."""
        self._quietly(row, replace(self.people.rows[row], reason=reason))

    def _quietly(self, row: int, one: Candidate) -> None:
        if one != self.people.rows[row]:
            self.people.put(row, one)

    @property
    def card_waits_for(self) -> str:
        """What a card that was chosen still needs; empty when nothing."""
        return next((row.waits_for for row in self.wanted if row.waits_for), "")

    @staticmethod
    def is_day(text: str) -> bool:
        """Whether a text is empty or a date as people write it."""
        try:
            read_day(text)
        except Unreadable:
            return False
        return True

    def make(
        self, folder: Path, return_by: str, message: str, *, part_allowed: bool
    ) -> Callable[[Progress], object]:
        """Return the work of making the packs, all or none, off the screen's thread.

        Raises:
            UserFixable: the lead's own keys are not at hand.
        """
        orders = tuple(
            PackOrder(
                row.person,
                self.kind,
                row.card if row.by_card else None,
                "" if row.by_card else row.passphrase,
                part_allowed,
                self._moment(return_by),
                message.strip(),
                row.is_theirs,
                row.reason,
            )
            for row in self.wanted
        )
        self.folder = folder
        session = with_own_keys(self._desk)
        return lambda progress: packing.make_packs(session, orders, folder, progress)

    def _moment(self, text: str) -> datetime | None:
        day = read_day(text)
        zone = self._desk.session.clock().tzinfo
        return None if day is None else datetime.combine(day, _END_OF_DAY, zone)

    def on_made(self, result: object) -> None:
        """Take what was made."""
        if not isinstance(result, tuple):
            return
        wanted = {row.person: row for row in self.wanted}
        self.made = tuple(
            MadeLine(
                wanted[one.person].name,
                one.path.name,
                "" if wanted[one.person].by_card else wanted[one.person].passphrase,
            )
            for one in result
        )
        self._desk.announce(frozenset({Kind.PANEL}))
        self.made_changed.emit()

    @property
    def has_passphrases(self) -> bool:
        """Whether a passphrase is to be told that nobody can find again."""
        return any(line.passphrase for line in self.made)

    @property
    def sheet(self) -> str:
        """What is read out by phone, a person each."""
        details, at = self._desk.now.details, self._desk.session.clock()
        told = "\n\n".join(
            f"{line.name}\n{line.passphrase}" for line in self.made if line.passphrase
        )
        return (
            f"Passphrases for {details.reference} {details.title}, {at.day} {at:%B %Y}\n"
            "Read each one out by phone, to that person only. Do not send it with the pack.\n"
            "Destroy this sheet when every pack is open.\n\n"
            f"{told}\n"
        )

    @property
    def made_sentence(self) -> str:
        """The head of the page once packs are made."""
        number = len(self.made)
        what = "record" if self.kind is PackKind.RECORD else "pack"
        end = " is" if number == 1 else "s are"
        return f"{number_word(number)} {what}{end} made"

    @property
    def made_under(self) -> str:
        """What happens next."""
        names = listed_briefly([line.name for line in self.made]) if self.made else "them"
        where = "" if self.folder is None else f" They lie in {self.folder}."
        return f"Send each file to its person: {names}.{where}"
