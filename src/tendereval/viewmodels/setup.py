"""The lead's Set-up: details, lots, criteria, scales and rules, each change one step to undo.

Before publishing it changes the draft. Afterwards it shows the version in force, or the
amendment that the person prepares; it publishes nothing itself, see ``publishing``.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tendereval.domain import method_editing
from tendereval.domain.completeness import method_gaps, method_warnings
from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import LotId
from tendereval.domain.method_editing import Way
from tendereval.domain.scale import ScoringScale
from tendereval.domain.stages import Act, Stage, may
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Lot,
    Method,
    TenderDetails,
    VersionKind,
)
from tendereval.domain.weight_shares import WeightShares, mending_weight, weight_shares
from tendereval.services import drafting, importing, question_library, tenders
from tendereval.services.drafting import KeptAmendment
from tendereval.services.situation import Situation
from tendereval.viewmodels.form_fields import FormField, Unreadable
from tendereval.viewmodels.kinds import EVERYTHING, Kind
from tendereval.viewmodels.session_view_model import SessionViewModel
from tendereval.viewmodels.setup_head import gap_words, head_sentence

_KINDS = frozenset({Kind.DETAILS, Kind.METHOD, Kind.STAGE, Kind.PANEL})


class SetupViewModel(QObject):
    """What a tender is and how it will be assessed.

    Signals:
        changed: details, method, stage or panel are to be read again.
        place_wanted: the name of a part of Set-up and what to show there (a reference).
    """

    changed = Signal()
    place_wanted = Signal(str, object)

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self.desk = desk
        self.amendment: KeptAmendment | None = drafting.kept_amendment(desk.session)
        self._typed_from: Method | None = None
        self.lot: LotId = self.method.lots[0].ref if self.method.lots else LotId("1")
        desk.changed.connect(self._on_changed)
        desk.seat_changed.connect(self._on_seat_changed)

    def _on_changed(self, kinds: frozenset[Kind]) -> None:
        if kinds & _KINDS:
            self.amendment = drafting.kept_amendment(self.desk.session)
            if self.method.lot(self.lot) is None and self.method.lots:
                self.lot = self.method.lots[0].ref
            self.changed.emit()

    def _on_seat_changed(self) -> None:
        self._on_changed(EVERYTHING)

    @property
    def now(self) -> Situation:
        """The situation of the tender."""
        return self.desk.now

    @property
    def details(self) -> TenderDetails:
        """The tender's details."""
        return self.now.details

    @property
    def method(self) -> Method:
        """The method on the screen: draft, version in force or amendment in preparation."""
        return self.now.method if self.amendment is None else self.amendment.method

    @property
    def amending(self) -> VersionKind | None:
        """The kind of version that is being prepared, if one is."""
        return None if self.amendment is None else self.amendment.kind

    @property
    def can_edit_method(self) -> bool:
        """Whether the method on the screen may be changed."""
        return self.amending is not None or may(self.now.stage, Act.EDIT_METHOD)

    @property
    def can_edit_details(self) -> bool:
        """Whether the details may be changed."""
        return may(self.now.stage, Act.EDIT_DETAILS)

    @property
    def is_draft(self) -> bool:
        """Whether the method is not yet published."""
        return self.now.stage is Stage.SET_UP

    @property
    def head(self) -> str:
        """Where the set-up stands, in one sentence."""
        return head_sentence(self.now, self.amending, self.gaps)

    @property
    def under(self) -> str:
        """Why fields can only be read, once the method is published; empty before."""
        if self.is_draft or self.amending is not None:
            return ""
        return "What is in grey is published and can only be read. Publish says how it may change."

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing before publishing, in the order of the set-up."""
        return gap_words(method_gaps(self.details, self.method))

    @property
    def warnings(self) -> tuple[str, ...]:
        """What may be published but deserves a second look."""
        return method_warnings(self.method)

    @property
    def shares(self) -> WeightShares:
        """How far the weights of the chosen lot fill the whole."""
        return weight_shares(self.method, self.lot)

    def choose_lot(self, ref: str) -> None:
        """Show the weights of another lot."""
        self.lot = LotId(ref)
        self.changed.emit()

    def row(self, ref: str) -> AwardCriterion | None:
        """Return a criterion of the method on the screen."""
        return self.method.criterion(ref)

    def weight_hint(self, ref: str) -> str:
        """Return which weight would make the sum come out, in words; nothing where none would."""
        row = self.row(ref)
        wanted = None if row is None else mending_weight(self.method, row.lot or self.lot, row)
        if wanted is None:
            return ""
        return f"{decimal_text(wanted)} here would make the weights add up to 100."

    def keep_details(self, field: FormField[TenderDetails], text: str) -> str:
        """Record what was typed into the details; returns what is wrong with it, if anything."""
        try:
            details = field.put(self.details, text)
        except Unreadable as problem:
            return str(problem)
        self.change_details(f"Change “{field.label}”", details)
        return ""

    def change_details(self, text: str, details: TenderDetails) -> bool:
        """Record changed details as one step."""
        before = self.details
        if details == before:
            return True
        return self._step(
            text, lambda: self._write_details(details), lambda: self._write_details(before)
        )

    def _write_details(self, details: TenderDetails) -> bool:
        return self.desk.did(lambda s: tenders.define_details(s, details), Kind.DETAILS)

    def keep_method(self, field: FormField[Method], text: str) -> str:
        """Record what was typed into a rule of the whole method; returns what is wrong."""
        try:
            method = field.put(self.method, text)
        except Unreadable as problem:
            return str(problem)
        self.change_method(f"Change “{field.label}”", method)
        return ""

    def keep_criterion(self, ref: str, field: FormField[AwardCriterion], text: str) -> str:
        """Record what was typed into a criterion; returns what is wrong with it."""
        row = self.row(ref)
        if row is None:
            return ""
        try:
            changed = field.put(row, text)
        except Unreadable as problem:
            return str(problem)
        if changed.ref != row.ref:
            return self._rename(row.ref, changed.ref)
        put = method_editing.put_criterion(self.method, changed)
        self.change_method(f"Change “{field.label}” of {row.ref}", put)
        return ""

    def type_criterion(self, ref: str, field: FormField[AwardCriterion], text: str) -> None:
        """Keep text that is still being typed, so that nothing is lost."""
        row = self.row(ref)
        if row is None or not self.can_edit_method:
            return
        method = method_editing.put_criterion(self.method, field.put(row, text))
        self._typed_from = self._typed_from or self.method
        if self.amendment is not None:
            kind = self.amendment.kind
            drafting.keep_amendment(self.desk.session, kind, method)
        else:
            drafting.keep_method_typing(self.desk.session, method)
        self.desk.note_saved()

    def _rename(self, old: str, new: str) -> str:
        if self.amendment is not None:
            return self.edit(
                f"Rename {old}", lambda m: method_editing.rename_criterion(m, old, new)
            )
        try:
            method_editing.rename_criterion(self.method, old, new)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self._step(
            f"Rename {old} to {new}",
            lambda: self._write_name(old, new),
            lambda: self._write_name(new, old),
        )
        return ""

    def _write_name(self, old: str, new: str) -> bool:
        work = drafting.rename_criterion
        return self.desk.did(lambda s: work(s, old, new), Kind.METHOD, Kind.PANEL)

    def _step(self, text: str, do: Callable[[], bool], undo: Callable[[], bool]) -> bool:
        done = do()
        if done:
            self.desk.can_undo_with(text, lambda: _ignore(undo()), lambda: _ignore(do()))
        return done

    def edit(self, text: str, change: Callable[[Method], Method]) -> str:
        """Change the method by a function; returns what is wrong where it refuses."""
        try:
            method = change(self.method)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self.change_method(text, method)
        return ""

    def change_method(self, text: str, method: Method) -> bool:
        """Record a changed method as one step."""
        typed, self._typed_from = self._typed_from, None
        before = typed or self.method
        if method == before:
            # What was typed meanwhile lies in the file and must not stay there.
            return typed is None or self._write_method(method)
        return self._step(
            text, lambda: self._write_method(method), lambda: self._write_method(before)
        )

    def _write_method(self, method: Method) -> bool:
        if self.amendment is None:
            return self.desk.did(lambda s: tenders.define_method(s, method), Kind.METHOD)
        kind = self.amendment.kind
        return self.desk.did(lambda s: drafting.keep_amendment(s, kind, method), Kind.METHOD)

    def add(self, kind: CriterionKind, near: str | None) -> str:
        """Add an empty row and return its reference."""
        scale = self.method.scales[0].name if len(self.method.scales) == 1 else None
        method, ref = method_editing.add_criterion(self.method, kind, near, scale)
        return ref if self.change_method(f"Add {ref}", method) else ""

    def add_samples(self, scale: ScoringScale) -> bool:
        """Add a built-in scale and three sample questions that use it, as asked for."""
        titles = ("How you will deliver the service", "The people who will do the work")
        method = replace(self.method, scales=(*self.method.scales, scale))
        for title in (*titles, "What the community gains"):
            kind = CriterionKind.QUALITY if title in titles else CriterionKind.SOCIAL_VALUE
            method, ref = method_editing.add_criterion(method, kind, None, scale.name)
            row = replace(method_editing.found(method, ref), title=title)
            method = method_editing.put_criterion(method, row)
        return self.change_method("Add three sample questions", method)

    def insert_drafts(self, ids: tuple[str, ...], parent: str) -> tuple[str, ...]:
        """Put drafts of the question library into the method; returns their references."""
        before, refs = self.method, tuple[str, ...]()

        def put() -> bool:
            nonlocal refs
            work = question_library.insert
            found = self.desk.act(lambda s: work(s, ids, parent=parent), Kind.METHOD)
            refs = tuple(str(ref) for ref in found or ())
            return found is not None

        number = "1 draft" if len(ids) == 1 else f"{len(ids)} drafts"
        self._step(f"Insert {number}", put, lambda: self._write_method(before))
        return refs

    def remove(self, ref: str) -> bool:
        """Take a row and everything under it out."""
        before, now = self.method, self.now
        if self.amendment is not None:
            return not self.edit(f"Remove {ref}", lambda m: method_editing.remove_criterion(m, ref))
        if any(ref in (member.questions or ()) for member in now.panel):
            # Who scores what changed with it: taking back the row alone would lose that.
            done = self.desk.did(
                lambda s: drafting.remove_criterion(s, ref), Kind.METHOD, Kind.PANEL
            )
            if done:
                self.desk.forget_undo()
            return done
        return self._step(
            f"Remove {ref}",
            lambda: self.desk.did(lambda s: drafting.remove_criterion(s, ref), Kind.METHOD),
            lambda: self._write_method(before),
        )

    def shift(self, ref: str, way: Way) -> None:
        """Move a row one step within the tree."""
        self.edit(f"Move {ref}", lambda method: method_editing.step(method, ref, way))

    def move(self, ref: str, under: str | None, position: int) -> str:
        """Move a row to a place; returns why not where it cannot."""
        return self.edit(
            f"Move {ref}", lambda m: method_editing.move_criterion(m, ref, under, position)
        )

    def keep_lot(self, ref: str, field: FormField[Lot], text: str) -> str:
        """Record what was typed into a lot; returns what is wrong with it."""
        lot = self.method.lot(ref)
        if lot is None:
            return ""
        try:
            changed = field.put(lot, text)
        except Unreadable as problem:
            return str(problem)
        return self.edit(f"Change lot {ref}", lambda m: method_editing.put_lot(m, ref, changed))

    def add_lot(self) -> str:
        """Add a lot and return its reference."""
        ref = method_editing.next_lot(self.method)
        self.edit(f"Add lot {ref}", lambda m: method_editing.put_lot(m, None, Lot(ref)))
        return ref

    def remove_lot(self, ref: str) -> str:
        """Take a lot out; returns why not where it cannot."""
        return self.edit(f"Remove lot {ref}", lambda m: method_editing.remove_lot(m, ref))

    def fill_from(self, workbook: Path) -> tuple[str, ...]:
        """Take a workbook in and return its notes; refusals go to the message bar."""
        report = self.desk.act(lambda s: importing.import_workbook(s, workbook), *EVERYTHING)
        if report is None:
            return ()
        self.desk.forget_undo()
        return report.notes

    def write_template(self, path: Path) -> bool:
        """Write the empty set-up workbook."""
        return self.desk.did(lambda _: drafting.write_template(path), Kind.DOCUMENTS)


def _ignore(_result: object) -> None:
    """Let a step of undo return nothing; a refusal went to the message bar already."""


def make(desk: SessionViewModel) -> SetupViewModel:
    """Make the view-model of the place."""
    return SetupViewModel(desk)
