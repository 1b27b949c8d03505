"""Publishing the method and changing a published one; every act is named before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.method_text import canonical_text, fingerprint, short
from tendereval.domain.stages import Stage
from tendereval.domain.tender import MethodVersion, VersionKind
from tendereval.services import drafting, readiness, staging
from tendereval.services.methods import Amendment
from tendereval.viewmodels.form_fields import Unreadable, read_day
from tendereval.viewmodels.kinds import EVERYTHING, Kind
from tendereval.viewmodels.setup import SetupViewModel
from tendereval.viewmodels.setup_head import Target, act_words, target_of

ACT = "Publish the method. It can be amended only until the tender deadline."


class Mark(StrEnum):
    """What happened to a line of the text."""

    SAME = " "
    GONE = "−"
    NEW = "+"
    SKIPPED = "…"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison."""

    mark: Mark
    text: str


class PublishingViewModel(QObject):
    """What is still missing, the text that is published, its versions and changes.

    Signals:
        changed: everything is to be read again.
    """

    changed = Signal()

    def __init__(self, setup: SetupViewModel) -> None:
        super().__init__(setup)
        self.setup = setup
        self.version = 0
        self.typed = ("", "")
        """Reason and date of a change as typed, until it is published or given up."""
        setup.changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        self.changed.emit()

    @property
    def gaps(self) -> tuple[tuple[str, Target], ...]:
        """What is missing, each with the part of Set-up that mends it."""
        method = self.setup.method
        return tuple((gap, target_of(gap, method)) for gap in self.setup.gaps)

    @property
    def warnings(self) -> tuple[tuple[str, Target], ...]:
        """What deserves a second look, each with its part of Set-up."""
        method, now = self.setup.method, self.setup.now
        found = [(text, target_of(text, method)) for text in self.setup.warnings]
        if now.stage is Stage.SET_UP:
            with self.setup.desk.reading() as reader:
                points = readiness.warnings_for(reader, now, Stage.PUBLISHED)
            found += [(one.text, target_of(one.text, method)) for one in points]
        return tuple(found)

    @property
    def versions(self) -> tuple[MethodVersion, ...]:
        """The published versions, newest first."""
        return tuple(reversed(self.setup.now.versions))

    @property
    def shown(self) -> MethodVersion | None:
        """The version that the person looks at; None is the method on the screen."""
        found = (one for one in self.setup.now.versions if one.number == self.version)
        return next(found, None)

    def look_at(self, number: int) -> None:
        """Show the text of a version; 0 is the method on the screen."""
        self.version = number
        self.changed.emit()

    @property
    def text(self) -> str:
        """The canonical text of what is shown."""
        return canonical_text(self.shown.method if self.shown else self.setup.method)

    @property
    def fingerprint(self) -> str:
        """Its SHA-256, in full."""
        return fingerprint(self.shown.method if self.shown else self.setup.method)

    @property
    def fingerprint_short(self) -> str:
        """Its first eight characters, as documents print them."""
        return short(self.fingerprint)

    @property
    def republishing(self) -> bool:
        """Whether the method was published before and has changed since."""
        versions = self.setup.now.versions
        if not self.setup.is_draft or not versions:
            return False
        return canonical_text(versions[-1].method) != canonical_text(self.setup.method)

    @property
    def can_publish(self) -> bool:
        """Whether nothing is missing any more."""
        return self.setup.is_draft and not self.setup.gaps

    @property
    def waits_for(self) -> str:
        """What the publish button waits for, in words; empty where it does not."""
        number = len(self.setup.gaps)
        if not self.setup.is_draft or not number:
            return ""
        return "Waits for the one thing above." if number == 1 else f"Waits for {number} things."

    def publish(self, reason: str = "") -> bool:
        """Publish the method."""
        done = self.setup.desk.did(
            lambda s: staging.change_stage(s, Stage.PUBLISHED, reason), *EVERYTHING
        )
        if done:
            self.setup.desk.forget_undo()
        return done

    @property
    def possible(self) -> tuple[tuple[VersionKind, str], ...]:
        """Each kind of change of a published method and why it is not possible now, if so."""
        at = self.setup.desk.session.clock()
        return drafting.possible_amendments(self.setup.now, at)

    def begin(self, kind: VersionKind) -> bool:
        """Begin to prepare a changed method; the one in force stays in force."""
        method = self.setup.now.method
        self.version = 0
        done = self.setup.desk.did(lambda s: drafting.keep_amendment(s, kind, method), Kind.METHOD)
        if done:
            self.setup.desk.forget_undo()
        return done

    def discard(self) -> bool:
        """Give up what was prepared."""
        self.typed = ("", "")
        done = self.setup.desk.did(drafting.drop_amendment, Kind.METHOD)
        if done:
            self.setup.desk.forget_undo()
        return done

    @property
    def is_changed(self) -> bool:
        """Whether what is prepared differs from the method in force."""
        return canonical_text(self.setup.method) != canonical_text(self.setup.now.method)

    @property
    def second_people(self) -> tuple[tuple[PersonId, str], ...]:
        """Who may approve a transcription correction: the panel but for who sits here."""
        now, here = self.setup.now, self.setup.desk.person
        return tuple(
            (one.person, now.name(one.person))
            for one in now.panel
            if not one.left and one.person != here
        )

    def publish_amendment(self, reason: str, republished_on: str, approver: PersonId | None) -> str:
        """Publish what was prepared; returns what is still wrong, in words.

        Args:
            reason: what changed and why; for a correction, where the published text stands.
            republished_on: date as typed; blank for a correction.
            approver: the second person, for a correction.
        """
        kind = self.setup.amending
        if kind is None:
            return "No change is being prepared."
        try:
            amendment = Amendment(kind, reason.strip(), read_day(republished_on), approver)
            drafting.publish_amendment(self.setup.desk.session, amendment)
        except Unreadable as problem:
            return str(problem)
        except UserFixable as refusal:
            return f"{refusal.happened} {refusal.do}"
        self.typed = ("", "")
        self.setup.desk.forget_undo()
        self.setup.desk.announce(EVERYTHING)
        return ""

    @property
    def act(self) -> str:
        """What publishing the change means, in one sentence."""
        kind, number = self.setup.amending, self.setup.now.version_number + 1
        if kind is None:
            return ACT
        return f"Publish {act_words(kind)} as version {number}. Every earlier version is kept."

    @property
    def comparison(self) -> tuple[Line, ...]:
        """The method in force and the one on the screen, line by line."""
        return compared(canonical_text(self.setup.now.method), canonical_text(self.setup.method))


def compared(before: str, after: str, around: int = 2) -> tuple[Line, ...]:
    """Return the lines that differ, with some around them; what is skipped is marked."""
    return tuple(_compared(before.splitlines(), after.splitlines(), around))


def _compared(old: list[str], new: list[str], around: int) -> Iterator[Line]:
    groups = SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around)
    for number, group in enumerate(groups):
        if number:
            yield Line(Mark.SKIPPED, "")
        for kind, first, last, start, end in group:
            if kind == "equal":
                yield from (Line(Mark.SAME, text) for text in old[first:last])
                continue
            yield from (Line(Mark.GONE, text) for text in old[first:last])
            yield from (Line(Mark.NEW, text) for text in new[start:end])
