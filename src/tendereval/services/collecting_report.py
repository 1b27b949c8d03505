"""What a look at returns found, and what collecting them did, as values and in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import PublicKeys, Receipt, ReturnKind, ReturnSource

_LISTED: Final = 10
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class Verdict(StrEnum):
    """What becomes of one return."""

    MERGED = "to be merged"
    HELD = "to be held apart"
    KNOWN = "collected already"
    STALE = "older than the one held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class ChangedScore:
    """A score that differs from the one that stands.

    Attributes:
        where: the place in words.
        before: what stands: points, "draft" or "cannot score".
        after: what the return brings; equal to ``before`` where only the rationale differs.
    """

    place: Place
    where: str
    before: str
    after: str

    def __str__(self) -> str:
        """Return it as a line of words."""
        if self.before == self.after:
            return f"{self.where}: {self.after}, another rationale"
        return f"{self.where}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class ReturnReport:
    """What one file holds and what it would do; nothing of it has been done.

    Attributes:
        name: of the file.
        who: the person as the panel calls them; blank where the file could not be read.
        sha256: of the signed body, or of a workbook's bytes.
        marked_complete: as the evaluator's app marked it.
        scores: how many it holds.
        new: how many of them stand nowhere yet.
        changed: those that differ from what stands now.
        same: how many stand already, word for word.
        held: places whose scores are kept apart, in words.
        missing: places the person is asked to score and would still lack, in words.
        declaration: what it says of interests, one sentence; blank where it says nothing.
        question: private, to the lead.
        agreed: how many agreed scores it confirms.
        dissents: those it dissents from, in words.
        notes: what else to know, one sentence each.
        keys: the evaluator's own; None for a workbook.
        refusal: why it is not taken; also for one that is older than the one held.
    """

    name: str
    verdict: Verdict
    who: str = ""
    person: PersonId | None = None
    kind: ReturnKind = ReturnKind.SCORES
    source: ReturnSource = ReturnSource.SIGNED
    sha256: str = ""
    pack: int = 0
    method_version: int = 0
    opened_at: datetime | None = None
    made_at: datetime | None = None
    marked_complete: bool = False
    scores: int = 0
    new: int = 0
    changed: tuple[ChangedScore, ...] = ()
    same: int = 0
    held: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    declaration: str = ""
    question: str = ""
    agreed: int = 0
    dissents: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    keys: PublicKeys | None = None
    refusal: UserFixable | None = field(default=None, compare=False)

    @property
    def is_refused(self) -> bool:
        """Whether it stands in the way of collecting, also with a reason."""
        return self.verdict is Verdict.REFUSED

    @property
    def is_complete(self) -> bool:
        """Whether nothing that the person is asked for would be missing."""
        return not self.missing and not self.held

    def in_words(self) -> tuple[str, ...]:
        """Return the report as lines for people, the most important first."""
        return tuple(_lines(self))


@dataclass(frozen=True, slots=True)
class CollectDone:
    """What collecting did.

    Attributes:
        reports: of what was looked at, in the order it was merged.
        scores: how many revisions were added.
        confirmations: how many words on agreed scores were added.
        receipts: one per signed return, for the evaluators; also for what came a second time.
        backup: the copy made before; None where nothing was changed.
        commitments: how many were added or changed.
    """

    reports: tuple[ReturnReport, ...]
    scores: int = 0
    confirmations: int = 0
    receipts: tuple[Receipt, ...] = ()
    backup: Path | None = None
    commitments: int = 0

    @property
    def changed(self) -> bool:
        """Whether anything was recorded."""
        return self.backup is not None

    def in_words(self) -> str:
        """Return what was done in one sentence or two."""
        if not self.changed:
            return "Every return was collected already. Nothing was changed."
        number = sum(item.verdict is not Verdict.KNOWN for item in self.reports)
        held = sum(item.verdict is Verdict.HELD for item in self.reports)
        parts = [f"{counted(number, 'return')} collected"]
        if self.scores:
            parts.append(f"{counted(self.scores, 'score')} added")
        if self.confirmations:
            parts.append(f"{counted(self.confirmations, 'confirmation')} added")
        if self.commitments:
            parts.append(f"{counted(self.commitments, 'commitment')} added or changed")
        if held:
            parts.append(f"{counted(held, 'return')} held apart")
        return f"{', '.join(parts)}."


def counted(number: int, name: str) -> str:
    """Return a number with its noun (``1 score``, ``1,200 scores``)."""
    return f"{number:,} {name}{'' if number == 1 else 's'}"


def day_and_time(at: datetime) -> str:
    """Return a moment as people write it (``8 March 2027 10:30``)."""
    # Never by strftime: the month's name would follow the computer's language.
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year} {at:%H:%M}"


def shortened(items: Sequence[str], separator: str = "; ") -> str:
    """Return the first items and how many more there are."""
    more = len(items) - _LISTED
    text = separator.join(items[:_LISTED])
    return f"{text}{separator}and {more:,} more" if more > 0 else text


def _lines(report: ReturnReport) -> Iterator[str]:
    yield _headline(report)
    if report.refusal is not None:
        yield f"{report.refusal.happened} {report.refusal.do}"
    if report.person is not None and report.verdict not in {Verdict.REFUSED, Verdict.KNOWN}:
        yield _origin(report)
        yield from _score_lines(report)
        yield from _confirmation_lines(report)
    if report.declaration:
        yield report.declaration
    if report.question:
        yield f"Private question to the lead: {report.question}"
    yield from report.notes


def _headline(report: ReturnReport) -> str:
    if not report.who:
        return f"{report.name}: {report.verdict}."
    kinds = {
        ReturnKind.SCORES: "scores",
        ReturnKind.DECLARATION: "declaration of interests",
        ReturnKind.CONFIRMATION: "confirmation of agreed scores",
    }
    unsigned = ", not signed" if report.source is ReturnSource.WORKBOOK else ""
    return f"{report.name}: {kinds[report.kind]} of {report.who}{unsigned}, {report.verdict}."


def _origin(report: ReturnReport) -> str:
    made = "" if report.made_at is None else f", made {day_and_time(report.made_at)}"
    return f"From pack {report.pack}, method version {report.method_version}{made}."


def _score_lines(report: ReturnReport) -> Iterator[str]:
    if report.kind is not ReturnKind.SCORES:
        return
    complete = "complete" if report.marked_complete else "part of what was asked"
    yield (
        f"{counted(report.scores, 'score')} ({complete}): {report.new:,} new, "
        f"{len(report.changed):,} changed, {report.same:,} the same."
    )
    if report.changed:
        yield f"Changed: {shortened([str(item) for item in report.changed])}."
    if report.held:
        yield f"Kept apart: {shortened(report.held)}."
    if report.missing:
        yield f"Missing ({len(report.missing):,}): {shortened(report.missing)}."


def _confirmation_lines(report: ReturnReport) -> Iterator[str]:
    if report.kind is ReturnKind.CONFIRMATION:
        yield f"{counted(report.agreed, 'agreed score')} confirmed."
    if report.dissents:
        yield f"Dissent: {shortened(report.dissents)}."
