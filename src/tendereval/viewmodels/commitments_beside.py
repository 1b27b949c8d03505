"""Commitments beside an answer: made from selected words, completed, withdrawn.

For information until the contract: nothing here changes a mark. What the words seem to say is
offered and never filled in; what is typed is kept within a second and a half.
"""

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Role
from tendereval.domain.publicvalue.commitment_check import CommitmentFinding
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Commitment, Goal, Quote
from tendereval.domain.stages import Act, Stage, may
from tendereval.services import commitments
from tendereval.services.contract_schedule import title
from tendereval.services.unfinished import drop_unfinished, keep_unfinished, unfinished
from tendereval.store import public_value
from tendereval.store.repository import Reader
from tendereval.viewmodels.commitment_form import (
    CommitmentForm,
    Offer,
    form_fields,
    form_from,
    kept_text,
    offers,
    read_parts,
    typed_of,
)
from tendereval.viewmodels.commitment_rows import Bid, CommitmentRow, state_of
from tendereval.viewmodels.form_fields import FormField
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value_entry import REASON, Typed
from tendereval.viewmodels.session_view_model import SessionViewModel

KEEP_AFTER_MS: Final = 1500
INFORMATION: Final = (
    "Promises that this answer makes. For information until the contract: they change no mark."
)
_DRAFT: Final = "commitment"
_READ_FOR: Final = frozenset(
    {Kind.PUBLIC_VALUE, Kind.STAGE, Kind.DETAILS, Kind.DECLARATIONS, Kind.PANEL}
)


class CommitmentsBeside(QObject):
    """The commitments of the answer that is shown, and the one that is being written.

    Signals:
        changed: the list, or what may be done.
        form_changed: a form was opened, closed or filled by an offer.
        typed_changed: what stands in the form.
    """

    changed = Signal()
    form_changed = Signal()
    typed_changed = Signal()

    def __init__(
        self,
        desk: SessionViewModel,
        parent: QObject | None = None,
        *,
        keep_after_ms: int = KEEP_AFTER_MS,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._place: Place | None = None
        self._form: CommitmentForm | None = None
        self._kept: CommitmentForm | None = None
        self._every: tuple[Commitment, ...] = ()
        self._goals: tuple[Goal, ...] = ()
        self.may_make = False
        self._timer = desk.later(self, keep_after_ms, self.keep)
        desk.changed.connect(self._on_changed)
        desk.seat_changed.connect(self._on_seat_changed)

    # What is shown

    @property
    def place(self) -> Place | None:
        """The answer that is shown."""
        return self._place

    @property
    def rows(self) -> tuple[CommitmentRow, ...]:
        """The commitments of this answer as they stand, then those withdrawn."""
        place = self._place
        return () if place is None else self._bid.rows(place)

    @property
    def sentence(self) -> str:
        """How many commitments this answer makes; empty where none was made yet."""
        rows = [row for row in self.rows if not row.withdrawn]
        if not rows:
            return ""
        full = sum(row.is_complete for row in rows)
        number = "1 commitment" if len(rows) == 1 else f"{len(rows)} commitments"
        return f"{number} from this answer, {full} complete"

    @property
    def may_change(self) -> bool:
        """Whether commitments that stand may be completed or withdrawn now."""
        stage = self._desk.now.stage
        return may(stage, Act.COMPLETE_COMMITMENT) and (
            self.may_make or stage.position > Stage.MODERATION.position
        )

    @property
    def is_offered(self) -> bool:
        """Whether there is anything to show or to do here."""
        return self._place is not None and (self.may_make or bool(self.rows))

    # The form

    @property
    def form(self) -> CommitmentForm | None:
        """What is being written; None where nothing is."""
        return self._form

    @property
    def fields(self) -> tuple[FormField[Typed], ...]:
        """The fields of the form."""
        return form_fields(self._live_goals, needs_reason=self._needs_reason)

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the words seem to say, to be taken or left."""
        form = self._form
        if form is None:
            return ()
        return offers(form.quote, commitments.suggestions(self._desk.now, form.quote.words))

    @property
    def problems(self) -> dict[str, str]:
        """What cannot be read, by field."""
        form = self._form
        return {} if form is None else dict(read_parts(form.typed)[1])

    @property
    def is_complete(self) -> bool:
        """Whether all five parts are there."""
        found = self._draft_finding
        return found is not None and found.is_complete

    @property
    def state(self) -> str:
        """Whether what is written is complete or an ambition, and what is missing."""
        found = self._draft_finding
        return "" if found is None else state_of(found)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must see of what is written, the same promise elsewhere first."""
        found = self._draft_finding
        return () if found is None else self._bid.notes(found)

    @property
    def _needs_reason(self) -> bool:
        return self._desk.now.stage.position >= Stage.PRICE.position

    @property
    def _live_goals(self) -> tuple[Goal, ...]:
        return tuple(goal for goal in self._goals if not goal.removed)

    def begin(self, quote: Quote | None) -> None:
        """Begin a commitment from selected words; what is typed for a new one stays.

        A change that is open is recorded first.
        """
        if not self.may_make or quote is None:
            return
        if self._form is not None and self._form.commitment and not self.save():
            return
        form = self._form
        self._form = CommitmentForm(quote) if form is None else replace(form, quote=quote)
        self.keep()
        self.form_changed.emit()

    def begin_change(self, commitment: str) -> None:
        """Show a commitment that stands, to be changed; what was being written is kept first."""
        found = self._known(commitment)
        if found is None or not self.may_change:
            return
        if self._form is not None and not self.save():
            return
        self._form = CommitmentForm(found.quote, found.id, typed_of(found))
        self._kept = self._form
        self.form_changed.emit()

    def type(self, name: str, text: str) -> None:
        """Take a field as it is being typed."""
        form = self._form
        if form is None or form.typed.get(name, "") == text:
            return
        self._form = replace(form, typed={**form.typed, name: text})
        if not self._timer.isActive():
            self._timer.start()
        self.typed_changed.emit()

    def take(self, offer: Offer) -> None:
        """Put into the fields what the words seem to say."""
        form = self._form
        if form is not None:
            self._form = replace(form, typed={**form.typed, **offer.typed})
            self.keep()
            self.form_changed.emit()

    def give_up(self) -> None:
        """Close the form; what was typed is not recorded."""
        if self._form is not None and self._place is not None:
            self._timer.stop()
            self._form = self._kept = None
            drop_unfinished(self._desk.session, _DRAFT, self._place)
            self.form_changed.emit()

    def save(self) -> bool:
        """Record what is written as one step, and say whether it was."""
        form, place = self._form, self._place
        if form is None or place is None:
            return False
        earlier = self._known(form.commitment)
        parts, problems = read_parts(form.typed, earlier)
        if problems:
            self.typed_changed.emit()
            return False
        if earlier is None:
            done = self._make(place, form.quote, parts)
        else:
            done = self._change(earlier, parts, form.typed.get(REASON, ""))
        if done:
            self.give_up()
        return done

    def _make(self, place: Place, quote: Quote, parts: Parts) -> bool:
        made = self._desk.act(
            lambda session: commitments.make(session, place, quote, parts), Kind.PUBLIC_VALUE
        )
        if made is None:
            return False
        self._desk.can_undo_with(
            f"Commitment: {title(made)}",
            lambda: _ignore(self.withdraw_again(made.id, "Taken back.")),
            lambda: _ignore(self._reinstate(made.id, "Done again.")),
        )
        return True

    def _change(self, earlier: Commitment, parts: Parts, reason: str) -> bool:
        before = commitments.parts_of(earlier)
        if not self._edit(earlier.id, parts, reason):
            return False
        if parts != before:
            self._desk.can_undo_with(
                f"Change of commitment: {title(earlier)}",
                lambda: _ignore(self._edit(earlier.id, before, reason)),
                lambda: _ignore(self._edit(earlier.id, parts, reason)),
            )
        return True

    def _edit(self, commitment: str, parts: Parts, reason: str) -> bool:
        return self._desk.did(
            lambda session: commitments.edit(session, commitment, parts, reason),
            Kind.PUBLIC_VALUE,
        )

    def withdraw(self, commitment: str, reason: str) -> bool:
        """Take a commitment out of the register, with a reason, as one step."""
        if not self.withdraw_again(commitment, reason):
            return False
        self._desk.can_undo_with(
            "Withdraw a commitment",
            lambda: _ignore(self._reinstate(commitment, "Taken back.")),
            lambda: _ignore(self.withdraw_again(commitment, reason)),
        )
        return True

    def withdraw_again(self, commitment: str, reason: str) -> bool:
        """Take a commitment out of the register; no step of its own."""
        return self._desk.did(
            lambda session: commitments.withdraw(session, commitment, reason), Kind.PUBLIC_VALUE
        )

    def _reinstate(self, commitment: str, reason: str) -> bool:
        return self._desk.did(
            lambda session: commitments.reinstate(session, commitment, reason), Kind.PUBLIC_VALUE
        )

    # Coming and going

    def open(self, place: Place) -> None:
        """Turn to an answer; what was being written about it comes back."""
        self.keep()
        self._place = place
        self._read()
        self._form = self._kept = form_from(unfinished(self._desk.session, _DRAFT, place))
        self.changed.emit()
        self.form_changed.emit()

    def close(self) -> None:
        """Turn away from every answer."""
        self.keep()
        self._let_go()

    def _on_seat_changed(self) -> None:
        """Forget what the person before was shown; the windows had it kept before."""
        self._timer.stop()
        self._let_go()

    def _let_go(self) -> None:
        self._place, self._form, self._kept = None, None, None
        self._every, self.may_make = (), False
        self.changed.emit()
        self.form_changed.emit()

    def keep(self) -> None:
        """Keep what is being typed, without recording it."""
        self._timer.stop()
        form, place = self._form, self._place
        if form is None or place is None or form == self._kept or not self._desk.is_open:
            return
        keep_unfinished(self._desk.session, _DRAFT, place, kept_text(form))
        self._kept = form
        self._desk.note_saved()

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _READ_FOR and self._place is not None:
            self._read()
            self.changed.emit()

    def _read(self) -> None:
        place, now = self._place, self._desk.now
        if place is None:
            return
        with self._desk.reading() as reader:
            seen = self._seen(reader)
            self._goals = public_value.goals(reader)
        self._every = tuple(item for item in seen if item.place.bidder == place.bidder)
        self.may_make = commitments.may_make(now, self._desk.person, place)

    def _seen(self, reader: Reader) -> tuple[Commitment, ...]:
        """Return what the person may see: until moderation those who score see their own only."""
        every, now, person = public_value.commitments(reader), self._desk.now, self._desk.person
        role = next((m.role for m in now.panel if m.person == person), None)
        if role in {Role.LEAD, Role.MODERATOR} or now.stage.position >= Stage.MODERATION.position:
            return every
        makers = public_value.commitment_makers(reader)
        return tuple(item for item in every if makers.get(item.id) == person)

    # Judging

    def _known(self, commitment: str) -> Commitment | None:
        return next((item for item in self._every if item.id == commitment), None)

    @property
    def _bid(self) -> Bid:
        return Bid(self._every, self._goals, self._desk.now.details)

    @property
    def _draft_finding(self) -> CommitmentFinding | None:
        form, place = self._form, self._place
        if form is None or place is None:
            return None
        return self._bid.finding_of(form, place)


def _ignore(_done: object) -> None:
    """Let a step of undo return nothing; a refusal went to the message bar already."""
