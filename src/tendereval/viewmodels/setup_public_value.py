"""Set-up, part Public value: the use of the living wage check, and drafts from the library.

Chooses nothing: the check is on, as information, until the lead has chosen; a draft comes into
the method when it is asked for and stays a draft that is to be edited.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.publicvalue.wage_use import use_in_words
from tendereval.domain.stages import Act, may
from tendereval.domain.tender import CriterionKind
from tendereval.services import living_wage, question_library, social_value
from tendereval.services.question_drafts import Draft, drafts
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import FormField, Unreadable
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.public_value_entry import Entry, Typed
from tendereval.viewmodels.public_value_wage_entries import use_entry
from tendereval.viewmodels.setup import SetupViewModel

_KINDS = frozenset({Kind.PUBLIC_VALUE, Kind.DETAILS, Kind.METHOD, Kind.STAGE, Kind.PANEL})
_ASKS = (
    "The living wage check is on, as information. Choose what this tender makes of it: a "
    "requirement of the contract, a criterion whose failure disqualifies, a scored question, or "
    "information. It is never a condition of participation."
)


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft as it is listed.

    Attributes:
        held: the reference it has in the method already; empty where it is not there.
    """

    draft: Draft
    held: str

    @property
    def where_from(self) -> str:
        """The model it is a criterion of, or the question library."""
        model = self.draft.model
        return self.draft.group if model is None else model.known_as

    @property
    def words(self) -> str:
        """One line: what it is, whether it is there already, whether it is verified."""
        draft = self.draft
        name = draft.id if draft.model is None else draft.code
        said = draft.title if draft.model else f"{draft.title}: {draft.question}"
        state = f"in the method as {self.held}" if self.held else ""
        seen = "" if draft.verified else "not verified"
        return "  ·  ".join(part for part in (name, state, seen, said) if part)


class PublicValueSetup(QObject):
    """What the part shows and does.

    Signals:
        changed: everything is to be read again; what is typed and not recorded stays.
    """

    changed = Signal()

    def __init__(self, setup: SetupViewModel) -> None:
        # The desk is the parent: a view-model further down that holds it may be collected.
        super().__init__(setup.desk)
        self.setup = setup
        self._desk = setup.desk
        self.entry: Entry = use_entry(self._desk)
        self.typed: Typed = self.entry.shown
        self._listed: tuple[ListedDraft, ...] | None = None
        self._desk.changed.connect(self._on_changed)

    def _on_changed(self, kinds: object) -> None:
        if not isinstance(kinds, frozenset) or not kinds & _KINDS:
            return
        self._listed = None
        before, self.entry = self.entry, use_entry(self._desk)
        if not self._is_typed_over(before.shown):
            self.typed = self.entry.shown
        self.changed.emit()

    def _is_typed_over(self, shown: Typed) -> bool:
        return any(self.typed.get(name, "") != text for name, text in shown.items())

    # The living wage check

    @property
    def question(self) -> str:
        """What the lead is asked; empty once it was answered."""
        with self._desk.reading() as reader:
            setting = public_value.wage_setting(reader)
        return "" if setting.chosen else _ASKS

    @property
    def standing(self) -> str:
        """What the tender makes of the check now, in one sentence."""
        with self._desk.reading() as reader:
            return use_in_words(public_value.wage_setting(reader))

    @property
    def may_choose(self) -> bool:
        """Whether the use may be chosen now."""
        return may(self._desk.now.stage, Act.CHOOSE_WAGE_USE)

    @property
    def is_changed(self) -> bool:
        """Whether something is typed that is not recorded."""
        return self._is_typed_over(self.entry.shown)

    @property
    def open_points(self) -> tuple[str, ...]:
        """What has to be mended or is asked about the check before publishing."""
        now = self._desk.now
        with self._desk.reading() as reader:
            points = living_wage.to_be_chosen(reader, now)
            return (*living_wage.must_be_mended(reader, now), *points)

    def keep(self, field: FormField[Typed], text: str) -> str:
        """Take a field; returns what is wrong with it. Nothing is recorded yet."""
        try:
            self.typed = field.put(self.typed, text)
        except Unreadable as problem:
            return str(problem)
        return ""

    def record(self) -> str:
        """Record the choice; returns what is wrong, in words."""
        try:
            self.entry.record(self.typed)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self.typed = self.entry.shown
        self._desk.announce(frozenset({Kind.PUBLIC_VALUE}))
        return ""

    # The library

    @property
    def model_words(self) -> tuple[str, ...]:
        """Which model the tender is under and why, the weight in each lot, what is not verified."""
        now = self._desk.now
        with self._desk.reading() as reader:
            choice = social_value.choice_for(reader, now)
            found = social_value.weights(reader, now)
        said = [f"{choice.because} {choice.differs}".strip()]
        for item in found:
            lot = f"Lot {item.lot.ref}: " if len(found) > 1 else ""
            if item.finding.weight is not None and item.finding.is_enough is not None:
                said.append(f"{lot}{item.finding.sentence}")
        if choice.model is not None and not choice.is_verified:
            said.append(f"What {choice.model.known_as} asks for is not verified.")
        return tuple(said)

    @property
    def is_below_least(self) -> bool:
        """Whether some lot gives social value less than the least weight."""
        with self._desk.reading() as reader:
            found = social_value.weights(reader, self._desk.now)
        return any(item.finding.is_enough is False for item in found)

    @property
    def listed(self) -> tuple[ListedDraft, ...]:
        """The drafts on offer: the model the tender is under first, then the library."""
        if self._listed is None:
            now = self._desk.now
            with self._desk.reading() as reader:
                held = {one.draft.draft: one.ref for one in question_library.inserted(reader, now)}
                found = drafts(reader, now)
            self._listed = tuple(ListedDraft(one, held.get(one.id, "")) for one in found)
        return self._listed

    @property
    def sources(self) -> tuple[tuple[str, str, bool], ...]:
        """Where drafts come from, to show those of one only."""
        names = dict.fromkeys(one.where_from for one in self.listed)
        return (("", "Every draft", True), *((name, name, True) for name in names))

    @property
    def unread(self) -> tuple[str, ...]:
        """Which drafts in the method still stand as inserted, or are not verified."""
        now = self._desk.now
        with self._desk.reading() as reader:
            return question_library.to_be_edited(reader, now)

    @property
    def sections(self) -> tuple[tuple[str, str, bool], ...]:
        """Where drafts may go: the top, or a section of the method."""
        rows = self.setup.method.criteria
        found = [
            (str(row.ref), f"{row.ref}  {row.title}", True)
            for row in rows
            if row.kind is CriterionKind.SECTION
        ]
        return (("", "On top, under no section", True), *found)

    @property
    def may_insert(self) -> bool:
        """Whether drafts may come into the method: while it is not published."""
        return self.setup.is_draft

    def insert(self, ids: Sequence[str], parent: str = "") -> tuple[str, ...]:
        """Put drafts into the method as one step; returns their references, none if refused."""
        return self.setup.insert_drafts(tuple(ids), parent)
