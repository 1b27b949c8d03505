"""What the panel is agreeing for the response that is shown: typed, kept, restored.

Chooses no score: points come from a person's choice and from nowhere else.
"""

from dataclasses import replace
from fractions import Fraction
from typing import Final

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.releasable import releasable_hints, sentence_at
from tendereval.domain.stages import Stage
from tendereval.services import scoring
from tendereval.viewmodels.moderation_draft import Draft, draft_from_agreed
from tendereval.viewmodels.moderation_page import ModerationPage, approvers, may_agree
from tendereval.viewmodels.session_view_model import SessionViewModel

KEEP_AFTER_MS: Final = 1500
_MOST_HINTS: Final = 2


class ModerationEntry(QObject):
    """What is being agreed for one response.

    Signals:
        draft_changed: what is being agreed, as it is kept.
        hints_changed: the quiet hints under the releasable rationale.
    """

    draft_changed = Signal()
    hints_changed = Signal()

    def __init__(self, desk: SessionViewModel, parent: QObject, keep_after_ms: int) -> None:
        super().__init__(parent)
        self.desk = desk
        self.page: ModerationPage | None = None
        self._recorded, self._draft, self._kept = Draft(), Draft(), Draft()
        self._before: tuple[PersonId, ...] = ()
        self._hints: tuple[str, ...] = ()
        self.prices_known = False
        self._keep_timer = desk.later(self, keep_after_ms, self.keep)
        self._rest_timer = desk.later(self, keep_after_ms, self.look_for_hints)

    def show_page(self, page: ModerationPage | None, typed: Draft | None) -> None:
        """Take another response, or the same as it is now.

        Args:
            page: None where nothing is shown.
            typed: what was being typed and is not recorded.
        """
        self.page = page
        self._keep_timer.stop()
        self._recorded = draft_from_agreed(page.agreed if page else None)
        self._draft = self._kept = typed or self._recorded
        self.draft_changed.emit()
        self.look_for_hints()

    def note_recorded(self, draft: Draft) -> None:
        """Remember who was present, to be offered at the next response."""
        self._before = draft.present or self._before

    @property
    def draft(self) -> Draft:
        """What is being agreed for it."""
        return self._draft

    @property
    def is_changed(self) -> bool:
        """Whether the draft differs from what stands."""
        return not self._draft.says_the_same(self._recorded)

    @property
    def needs_reason(self) -> bool:
        """Whether recording would change an agreed score that stands."""
        return self.page is not None and self.page.agreed is not None and self.is_changed

    @property
    def needs_approver(self) -> bool:
        """Whether recording would reopen an agreed score once prices are known."""
        at_price = self.desk.now.stage is Stage.PRICE
        return self.needs_reason and (self.prices_known or at_price)

    @property
    def approvers(self) -> tuple[tuple[str, str], ...]:
        """Id and name of who may approve that."""
        return approvers(self.desk.now)

    @property
    def may_agree(self) -> bool:
        """Whether what is agreed may be recorded at this stage."""
        return may_agree(self.desk.now)

    @property
    def may_edit(self) -> bool:
        """Whether the fields of the response that is shown take anything."""
        return self.may_agree and self.page is not None and self.page.sent_back is None

    @property
    def may_record(self) -> bool:
        """Whether there is something to record."""
        return self.may_edit and self.is_changed

    @property
    def standing(self) -> str:
        """Where the response stands, in words."""
        if self.page is None:
            return ""
        changed = self.needs_reason
        return "Changed, not recorded yet" if changed else self.page.standing

    @property
    def hints(self) -> tuple[str, ...]:
        """Quiet hints on the releasable rationale, two at most."""
        return self._hints

    def choose(self, points: Fraction) -> None:
        """Take the panel's choice of the agreed score; it counts once it is recorded."""
        self._take(replace(self._draft, points=points))
        self.keep()

    def adopt_common(self) -> None:
        """Take the score that everybody gave, because the panel says so."""
        if self.page is not None and self.page.common is not None:
            self.choose(self.page.common)

    def type_rationale(self, text: str) -> None:
        """Take the rationale as it is being typed."""
        self._take(replace(self._draft, rationale=text))

    def type_releasable(self, text: str) -> None:
        """Take the releasable rationale as it is being typed."""
        self._take(replace(self._draft, releasable=text))
        self._rest_timer.start()
        self._set_hints(())

    def type_explanation(self, sub_criterion: str, text: str) -> None:
        """Take the words on a sub-criterion as they are being typed."""
        self._take(self._draft.explain(sub_criterion, text))

    def type_reason(self, text: str) -> None:
        """Take the reason for changing an agreed score as it is being typed."""
        self._take(replace(self._draft, reason=text))

    def choose_approver(self, person: str) -> None:
        """Name who reopens the agreed score; empty names nobody."""
        self._take(replace(self._draft, approver=person))

    def set_present(self, person: PersonId, *, there: bool) -> None:
        """Say whether somebody takes part."""
        self._take(self._draft.with_present(person, there=there))
        self.keep()

    @property
    def same_as_before(self) -> tuple[PersonId, ...]:
        """Who was present at the response recorded last in this sitting and may be at this one."""
        seats = {seat.person for seat in self.page.seats} if self.page else set()
        return tuple(person for person in self._before if person in seats)

    def take_same_as_before(self) -> None:
        """Name the people who were present at the response before."""
        if self.may_edit and self.same_as_before:
            self._take(replace(self._draft, present=self.same_as_before))
            self.keep()

    def sentence_of_rationale(self, position: int) -> str:
        """Return the sentence of the panel's rationale that a position lies in."""
        return sentence_at(self._draft.rationale, position)

    def copy_sentence(self, sentence: str) -> bool:
        """Put words after what the releasable rationale says, without whose they were."""
        words = " ".join(sentence.split())
        if not words or not self.may_edit:
            return False
        before = self._draft.releasable.rstrip()
        self.type_releasable(f"{before} {words}" if before else words)
        self.keep()
        self.look_for_hints()
        return True

    def _take(self, draft: Draft) -> None:
        if self.page is None or draft == self._draft:
            return
        self._draft = draft
        if not self._keep_timer.isActive():
            self._keep_timer.start()
        self.draft_changed.emit()

    def keep(self) -> None:
        """Keep what is being typed as working text, without a revision."""
        self._keep_timer.stop()
        if self.page is None or self._draft == self._kept or not self.may_agree:
            return
        place, draft = self.page.place, self._draft
        try:
            scoring.keep_typing(self.desk.session, self.desk.person, "agreed", place, draft.typed())
        except UserFixable as refusal:
            self.desk.refused.emit(refusal)
        else:
            self._kept = draft
            self.desk.note_saved()

    def look_for_hints(self) -> None:
        """Look for what stands out in the releasable rationale; done when typing rests."""
        self._rest_timer.stop()
        page = self.page
        if page is not None:
            found = releasable_hints(
                self._draft.releasable, others=page.page.other_names, people=page.people
            )
            self._set_hints(found[:_MOST_HINTS])

    def _set_hints(self, found: tuple[str, ...]) -> None:
        if found != self._hints:
            self._hints = found
            self.hints_changed.emit()
