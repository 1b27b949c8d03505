"""The Moderation screen: the agenda, one response at a time, what the panel agrees and confirms.

Chooses no score: points come from a person's choice and from nowhere else. Typed text is kept
within a second and a half and restored; it becomes a revision when the panel records it.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.errors import NotOnTheScale
from tendereval.domain.ids import BidderId, CriterionId, DocumentId, PersonId
from tendereval.domain.stages import Stage
from tendereval.services import agenda, agreeing, moderating, staging
from tendereval.services.agenda import ItemState
from tendereval.services.session import Session
from tendereval.services.staging import StageReport
from tendereval.viewmodels.commitments_beside import CommitmentsBeside
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.moderation_agenda import AgendaModel, Row, rows
from tendereval.viewmodels.moderation_draft import draft_from_typed
from tendereval.viewmodels.moderation_entry import KEEP_AFTER_MS, ModerationEntry
from tendereval.viewmodels.moderation_page import ModerationPage, page_at
from tendereval.viewmodels.public_value_evidence import EvidenceLine, evidence_for
from tendereval.viewmodels.session_view_model import SessionViewModel

_KINDS: Final = frozenset(
    {
        *(Kind.STAGE, Kind.SCORES, Kind.AGREED, Kind.METHOD, Kind.BIDS, Kind.RESPONSES),
        *(Kind.PANEL, Kind.DECLARATIONS),
    }
)
_NOWHERE: Final = Place(BidderId(""), CriterionId(""))
"""Refused by every service: no panel judges it."""


class ModerationViewModel(QObject):
    """The agenda, the response that is shown, and what is being agreed for it.

    Signals:
        agenda_changed: items, their states, or the stage.
        page_changed: another response is shown, or what is known about it.
        opened: a response is to come into sight.
        tools_changed: what the public value tools say of the response that is shown.
    """

    agenda_changed = Signal()
    page_changed = Signal()
    opened = Signal()
    tools_changed = Signal()

    def __init__(
        self,
        desk: SessionViewModel,
        parent: QObject | None = None,
        *,
        keep_after_ms: int = KEEP_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self.desk = desk
        self.agenda = AgendaModel(self)
        self.entry = ModerationEntry(desk, self, keep_after_ms)
        self.beside = CommitmentsBeside(desk, self, keep_after_ms=keep_after_ms)
        self._tools: tuple[Place, tuple[EvidenceLine, ...]] | None = None
        self._report: StageReport | None = None
        self._acting = False
        desk.changed.connect(self._on_changed)
        self.read()

    # The stage

    @property
    def is_open(self) -> bool:
        """Whether individual scores may be seen side by side."""
        return self.desk.now.stage.position >= Stage.MODERATION.position

    @property
    def may_open(self) -> bool:
        """Whether moderation is the next stage."""
        return self.desk.now.stage is Stage.SCORING

    @property
    def missing(self) -> tuple[str, ...]:
        """What the next stage still needs; read anew after each change."""
        if self._report is None:
            self._report = staging.stage_report(self.desk.session)
        return self._report.missing

    def open_moderation(self, reason: str = "") -> bool:
        """Enter stage ``moderation``; where scores are missing only with a reason."""
        done = self.desk.did(
            lambda session: staging.change_stage(session, Stage.MODERATION, reason), Kind.STAGE
        )
        if done:
            self.desk.forget_undo()
        return done

    @property
    def may_send_back(self) -> bool:
        """Whether a response may go back to its evaluators now."""
        return self.desk.now.stage is Stage.MODERATION

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many items are agreed, how many of these are confirmed, and how many there are."""
        states = [row.state for row in self.agenda.every]
        confirmed = states.count(ItemState.CONFIRMED)
        return states.count(ItemState.AGREED) + confirmed, confirmed, len(states)

    @property
    def all_confirmed(self) -> bool:
        """Whether prices can be opened: everything is confirmed and nothing else is missing."""
        _agreed, confirmed, every = self.counts
        at_moderation = self.desk.now.stage is Stage.MODERATION
        return at_moderation and 0 < every == confirmed and not self.missing

    def want_prices(self) -> None:
        """Ask for the place where prices are opened."""
        self.entry.keep()
        self.desk.place_wanted.emit("ranking", None)

    # The agenda

    @property
    def questions(self) -> tuple[tuple[str, str], ...]:
        """Reference and words of every question of the agenda, in published order."""
        refs = {row.ref for row in self.agenda.every}
        return tuple(
            (row.ref, f"{row.ref}  {row.title}")
            for row in self.desk.now.method.criteria
            if row.ref in refs
        )

    @property
    def bidders(self) -> tuple[tuple[str, str], ...]:
        """Id and name of every bidder of the agenda, in order of registering."""
        names: dict[str, str] = {row.place.bidder: row.bidder for row in self.agenda.every}
        return tuple((b.id, names[b.id]) for b in self.desk.now.bidders if b.id in names)

    @property
    def row(self) -> Row | None:
        """The item that is shown."""
        return self.agenda.item_at(self.page.place) if self.page else None

    def go_to(self, place: Place) -> None:
        """Show a response; what was typed at another is kept first."""
        self.entry.keep()
        if self.agenda.item_at(place) is not None:
            self._show(place)

    def move(self, by: int) -> bool:
        """Go on or back among the items that pass the filters, and say whether there was one."""
        found = self._step(by)
        if found is not None:
            self.go_to(found.place)
        return found is not None

    def may_move(self, by: int) -> bool:
        """Whether there is an item a step away."""
        return self._step(by) is not None

    def _step(self, by: int) -> Row | None:
        here = self.row.number if self.row else 0
        beyond = [row for row in self.agenda.rows if (row.number - here) * by > 0]
        return (beyond[0] if by > 0 else beyond[-1]) if beyond else None

    def go_to_next_open(self) -> bool:
        """Show the next item that is not agreed, going round; say whether there was one."""
        here = self.row.number if self.row else 0
        waiting = [row for row in self.agenda.every if row.state is ItemState.OPEN]
        found = next((row for row in waiting if row.number > here), waiting[0] if waiting else None)
        if found is not None:
            self.go_to(found.place)
        return found is not None

    # The response that is shown

    @property
    def page(self) -> ModerationPage | None:
        """The response that is shown."""
        return self.entry.page

    @property
    def tools(self) -> tuple[EvidenceLine, ...]:
        """What the public value tools say of the response; empty where none belongs to it."""
        page, now = self.page, self.desk.now
        if page is None:
            return ()
        if self._tools is None or self._tools[0] != page.place:
            with self.desk.reading() as reader:
                self._tools = page.place, evidence_for(reader, now, page.place)
        return self._tools[1]

    def want_tool(self, tool: str) -> None:
        """Ask for the place where a tool shows its working for this bidder."""
        self.entry.keep()
        for what in (self._place.bidder, tool):
            self.desk.place_wanted.emit("public_value", what)

    def document(self, document: DocumentId) -> bytes:
        """Return the bytes of a bidder's document."""
        with self.desk.reading() as reader:
            return reader.document_content(document)

    # What is recorded

    def record(self) -> bool:
        """Record what the panel agreed and say whether it was done."""
        page, draft = self.page, self.entry.draft
        if page is None or not self.entry.may_record:
            return False
        self.entry.keep()
        points = draft.points
        if points is None:
            refusal = NotOnTheScale("No agreed score is chosen.", "Choose one of the bands.")
            self.desk.refused.emit(refusal)
            return False
        agreement = draft.agreement(page.place, points)
        done = self._act(lambda session: moderating.record_agreed_score(session, agreement))
        if done:
            self.entry.note_recorded(draft)
        return done

    @property
    def may_go_on(self) -> bool:
        """Whether nothing is left to do here and another response is still open."""
        if self.row is None or self.entry.may_record or self.page is None:
            return False
        awaited = any(word.agrees is None for word in self.page.words)
        done = self.row.state is not ItemState.OPEN and not awaited
        return done and any(row.state is ItemState.OPEN for row in self.agenda.every)

    def confirm(self, person: PersonId) -> bool:
        """Record that a person confirms the agreed score that stands."""
        place = self._place
        return self._act(lambda session: moderating.confirm(session, person, place))

    def dissent(self, person: PersonId, words: str) -> bool:
        """Record a person's dissent in the person's own words."""
        place = self._place
        return self._act(
            lambda session: moderating.confirm(session, person, place, agrees=False, dissent=words)
        )

    def send_back(self, reason: str) -> bool:
        """Send the response that is shown back to its evaluators."""
        place = self._place
        self.entry.keep()
        return self._act(lambda session: moderating.send_back(session, place, reason))

    def settle(self, reason: str) -> bool:
        """Record that a response sent back is settled; its scores are measured again."""
        place = self._place
        done = self._act(lambda session: moderating.settle(session, place, reason), Kind.SCORES)
        if done:
            self.read()
        return done

    @property
    def _place(self) -> Place:
        page = self.page
        return page.place if page is not None else _NOWHERE

    def _act(self, work: Callable[[Session], object], *kinds: Kind) -> bool:
        """Do something to the response that is shown; only that one is read again here."""
        self._acting = True
        try:
            done = self.desk.did(work, Kind.AGREED, *kinds)
        finally:
            self._acting = False
        if done:
            self.desk.forget_undo()
            self._read_item()
        return done

    # Reading

    def _on_changed(self, kinds: object) -> None:
        if not isinstance(kinds, frozenset):
            return
        self._tools = None
        if not kinds & _KINDS:
            self.tools_changed.emit()
            return
        self._report = None
        if not self._acting:
            self.read()

    def read(self) -> None:
        """Read the agenda anew, and the response that is shown."""
        self._report = None
        every: tuple[Row, ...] = ()
        if self.is_open:
            every = tuple(rows(self.desk.now, agenda.agenda(self.desk.session)))
        with self.desk.reading() as reader:
            self.entry.prices_known = agreeing.prices_known(reader)
        self.agenda.show_agenda(every)
        self.agenda_changed.emit()
        if self.page is not None:
            self._show_again(self.page.place)

    def _show_again(self, place: Place) -> None:
        if self.agenda.item_at(place) is not None:
            self.entry.keep()
            self._show(place)
        else:
            self.entry.show_page(None, None)
            self.beside.close()
            self.page_changed.emit()

    def _read_item(self) -> None:
        row = self.row
        if row is None:
            return
        now = self.desk.now  # read before: one reading at a time
        with self.desk.reading() as reader:
            item = agenda.item_at(reader, now, row.item.disagreement)
        self.agenda.replace_row(replace(row, item=item))
        self.agenda_changed.emit()
        self._show(row.place)

    def _show(self, place: Place) -> None:
        now = self.desk.now
        with self.desk.reading() as reader:
            page = page_at(now, reader, place)
            kept = reader.working_text(self.desk.person, "agreed", place)
        self.entry.show_page(page, draft_from_typed(kept) if kept is not None else None)
        if self.beside.place != place:
            self.beside.open(place)
        self.page_changed.emit()


def make(desk: SessionViewModel) -> ModerationViewModel:
    """Return the view-model of the place ``moderation``."""
    return ModerationViewModel(desk, desk)
