"""The Bids screen: bidders, their particulars, where each bid stands, and what came in."""

from typing import Final

import msgspec
from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Bid, Bidder, Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import bids
from tendereval.services.situation import Situation
from tendereval.viewmodels.bid_answers import BidAnswers
from tendereval.viewmodels.bid_clarifications import BidClarifications
from tendereval.viewmodels.bid_drafts import Draft
from tendereval.viewmodels.bid_library import BidLibrary
from tendereval.viewmodels.bid_particulars import particulars
from tendereval.viewmodels.bid_status import (
    StatusDraft,
    StatusLine,
    bid_of,
    draft_of,
    in_words,
    what_is_missing,
)
from tendereval.viewmodels.bidders_model import BidderRow, bidders_model
from tendereval.viewmodels.folder_import import FolderImport
from tendereval.viewmodels.form_fields import FormField, Unreadable, show_time
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.session_view_model import SessionViewModel
from tendereval.viewmodels.workbook_import import WorkbookImportViewModel

_TEXTS: Final = frozenset({Kind.RESPONSES, Kind.DOCUMENTS})
_KINDS: Final = _TEXTS | {Kind.BIDS, Kind.STAGE, Kind.METHOD}


class BidsViewModel(QObject):
    """What the Bids screen shows and does.

    Signals:
        read_again: bidders, answers, documents or the stage may have changed.
        chosen_changed: another bidder is shown.
    """

    read_again = Signal()
    chosen_changed = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._library = BidLibrary()
        self._drafts: dict[LotId, Draft] = {}
        self.bidders = bidders_model(self)
        self.chosen: BidderId | None = None
        self.order_sentence = ""
        self.answers = BidAnswers(desk, self._library)
        self.clarifications = BidClarifications(desk)
        self.workbook = WorkbookImportViewModel(desk, desk)
        self.folder = FolderImport(desk)
        desk.changed.connect(self._on_changed)
        self._read(_TEXTS)

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _KINDS:
            self._read(kinds)

    def _read(self, kinds: frozenset[Kind]) -> None:
        now = self._desk.now
        if kinds & _TEXTS:
            with self._desk.reading() as reader:
                self._library.read(reader)
        self.bidders.show_rows(tuple(self._row(now, item) for item in now.bidders))
        known = {row.bidder for row in self.bidders.rows}
        if self.chosen not in known:
            self.choose(next(iter(self.bidders.rows)).bidder if known else None)
        else:
            self._open_drafts()
            self.answers.read()
        self.read_again.emit()

    def _row(self, now: Situation, bidder: Bidder) -> BidderRow:
        rows = self._library.rows(now, bidder.id)
        mine = [bid for bid in now.bids if bid.bidder == bidder.id]
        several = len(now.method.lots) > 1
        standing = [f"Lot {bid.lot}: {in_words(bid)}" if several else in_words(bid) for bid in mine]
        if several and len({bid.status for bid in mine}) == 1 and not _waiting(mine):
            lots = ", ".join(bid.lot for bid in mine)
            standing = [f"Lot{'s' if len(mine) > 1 else ''} {lots}: {in_words(mine[0])}"]
        return BidderRow(
            bidder.id,
            bidder.name,
            "; ".join(standing),
            _waiting(mine),
            sum(row.is_given for row in rows),
            len(rows),
            len(self._library.of_bidder(bidder.id)),
            sum(bool(row.length.over) for row in rows),
        )

    @property
    def now(self) -> Situation:
        """The situation of the tender."""
        return self._desk.now

    @property
    def may_edit(self) -> bool:
        """Whether bidders, answers and documents may still be changed."""
        return may(self._desk.now.stage, Act.EDIT_BIDS)

    @property
    def may_set_status(self) -> bool:
        """Whether a status may be recorded now."""
        return may(self._desk.now.stage, Act.SET_STATUS)

    @property
    def may_import(self) -> bool:
        """Whether a workbook may still bring bids or their statuses."""
        return self.may_edit or self.may_set_status

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        rows = self.bidders.rows
        if not rows:
            return "No tenders are in yet"
        missing = sum(row.asked - row.given for row in rows)
        assessed = len({bid.bidder for bid in self.now.bids if bid.is_assessed})
        verb = "tender is" if len(rows) == 1 else "tenders are"
        if self.may_edit and missing:
            lacks = "answer is" if missing == 1 else "answers are"
            return f"{len(rows)} {verb} in; {missing:,} {lacks} missing"
        if assessed == len(rows):
            return f"{len(rows)} {verb} in{' and complete' if not missing else ' and assessed'}"
        return f"{assessed} of {len(rows)} tenders {'is' if assessed == 1 else 'are'} assessed"

    @property
    def under(self) -> str:
        """What may still be done, and what to look at."""
        over = sum(row.over for row in self.bidders.rows)
        first = f"{over} answer{' is' if over == 1 else 's are'} over the word limit. "
        return f"{first if over else ''}{self.lock_sentence}"

    @property
    def lock_sentence(self) -> str:
        """Until when things may be changed, or since when they are locked and why."""
        if self.may_edit:
            return "Bidders, answers and documents can be changed until scoring begins."
        with self._desk.reading() as reader:
            entered = [at for stage, _, at in reader.stage_reasons() if stage is Stage.SCORING]
            locked = reader.answers_lock()
        if locked is None or not entered:
            return "Answers and documents came from an evaluation made elsewhere and stay as is."
        return (
            f"Bidders, answers and documents are locked since {show_time(entered[-1])}, "
            "so that everybody scores the same words."
        )

    @property
    def bidder(self) -> Bidder | None:
        """The bidder that is shown."""
        found = (item for item in self.now.bidders if item.id == self.chosen)
        return next(found, None)

    def choose(self, bidder: BidderId | None) -> None:
        """Show another bidder."""
        if bidder == self.chosen and bidder is not None:
            return
        self.settle()
        self.chosen, self.order_sentence = bidder, ""
        self._open_drafts()
        self.answers.show_bidder(bidder)
        self.clarifications.show_bidder(bidder)
        self.chosen_changed.emit()

    def settle(self) -> None:
        """Record or keep whatever is being typed; before turning away and closing."""
        self.answers.settle()
        self.clarifications.settle()
        for draft in self._drafts.values():
            draft.keep()

    def register(self, name: str) -> bool:
        """Register a bidder and show it."""
        new = Bidder(BidderId(""), name.strip())
        made = self._desk.act(lambda session: bids.register_bidder(session, new), Kind.BIDS)
        if made is not None:
            self.choose(made)
        return made is not None

    @property
    def particulars(self) -> tuple[FormField[Bidder], ...]:
        """The fields of a bidder's particulars."""
        return particulars(tuple(lot for lot in self.now.method.lots))

    def save_particular(self, field: FormField[Bidder], text: str) -> str:
        """Record one particular of the bidder that is shown; return what is wrong with it."""
        before = self.bidder
        if before is None:
            return ""
        try:
            after = field.put(before, text)
            if after == before:
                return ""
            bids.register_bidder(self._desk.session, after)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._desk.announce(frozenset({Kind.BIDS}))
        words = f"{field.label}, {before.name}"
        self._desk.can_undo_with(words, lambda: self._put(before), lambda: self._put(after))
        return ""

    def _put(self, bidder: Bidder) -> None:
        self._desk.act(lambda session: bids.register_bidder(session, bidder), Kind.BIDS)

    # Where each bid stands.

    def _open_drafts(self) -> None:
        bidder = self.bidder
        lots = (
            []
            if bidder is None
            else [x.ref for x in self.now.method.lots if bidder.bids_for(x.ref)]
        )
        if bidder is not None and [draft.place for draft in self._drafts.values()] == [
            Place(bidder.id, CriterionId(""), lot) for lot in lots
        ]:
            return
        for draft in self._drafts.values():
            draft.keep()
            draft.deleteLater()
        self._drafts = {lot: Draft(self._desk, "status") for lot in lots}
        for lot, draft in self._drafts.items():
            if bidder is not None:
                draft.open(Place(bidder.id, CriterionId(""), lot))

    @property
    def statuses(self) -> tuple[StatusLine, ...]:
        """Where the bids of the bidder stand that is shown, lot by lot."""
        several = len(self.now.method.lots) > 1
        found = []
        for bid in self.now.bids:
            if bid.bidder != self.chosen or bid.lot not in self._drafts:
                continue
            lot = self.now.method.lot(bid.lot)
            name = f"Lot {bid.lot}{f', {lot.title}' if lot and lot.title else ''}"
            typed = self._drafts[bid.lot].text
            draft = msgspec.json.decode(typed, type=StatusDraft) if typed else draft_of(bid)
            found.append(
                StatusLine(bid.lot, name if several else "", bid, draft, what_is_missing(bid))
            )
        return tuple(found)

    def type_status(self, lot: LotId, draft: StatusDraft) -> None:
        """Take a status as it is being typed."""
        line = next(item for item in self.statuses if item.lot == lot)
        if draft == line.draft:
            return
        self._drafts[lot].take(msgspec.json.encode(draft).decode())

    def give_up_status(self, lot: LotId) -> None:
        """Go back to the status that is recorded."""
        self._drafts[lot].done()
        self.read_again.emit()

    def record_status(self, lot: LotId) -> str:
        """Record the status as typed; return what is wrong with it."""
        line = next(item for item in self.statuses if item.lot == lot)
        try:
            bid = bid_of(line.recorded, line.draft)
            bids.set_status(self._desk.session, bid)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._drafts[lot].done()
        self.order_sentence = self._order_sentence()
        self._desk.announce(frozenset({Kind.BIDS}))
        return ""

    def _order_sentence(self) -> str:
        if self.now.stage is not Stage.PRICE:
            return ""
        with self._desk.reading() as reader:
            ids = reader.head().ids
        before, after = ids.get("order before", ""), ids.get("order after", "")
        if before == after:
            return f"The order did not change: {after}."
        return f"The order was {before}. It is now {after}."


def _waiting(mine: list[Bid]) -> bool:
    return any(not bid.status_counts for bid in mine)


def make(desk: SessionViewModel) -> BidsViewModel:
    """Return the view-model of the place ``bids``."""
    return BidsViewModel(desk)
