"""What is shown of commitments beside an answer: how each stands, and where it is said again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.publicvalue.commitment_check import (
    BidCommitments,
    CommitmentFinding,
    check_commitments,
)
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Commitment, Goal, Quote
from tendereval.domain.publicvalue.contract_schedule import amount_text
from tendereval.domain.tender import TenderDetails
from tendereval.services import commitments
from tendereval.services.contract_schedule import title
from tendereval.viewmodels.commitment_form import CommitmentForm, read_parts
from tendereval.viewmodels.form_fields import show_day

_BEING_WRITTEN: Final = "(being written)"


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment made from the answer that is shown.

    Attributes:
        promise: number, unit and day as far as they are known.
        state: ``complete``, or that it is an ambition and what is missing.
        notes: what the reader must see, one sentence each.
        withdrawn: why it was withdrawn; empty while it stands.
    """

    commitment: str
    title: str
    promise: str
    quote: Quote
    is_complete: bool
    state: str
    notes: tuple[str, ...] = ()
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Bid:
    """The commitments of one bidder that a person may see, and what they are held against.

    Attributes:
        every: withdrawn ones included.
        goals: of the authority, as far as this file knows them.
        details: of the tender.
    """

    every: tuple[Commitment, ...]
    goals: tuple[Goal, ...]
    details: TenderDetails

    def rows(self, place: Place) -> tuple[CommitmentRow, ...]:
        """Return the commitments of one answer as they stand, then those withdrawn."""
        found = commitments.at_place(self._check(self.every), place).findings
        gone = (item for item in self.every if item.withdrawn and item.place == place)
        return (*(self._row(item) for item in found), *(_withdrawn(item) for item in gone))

    def finding_of(self, form: CommitmentForm, place: Place) -> CommitmentFinding:
        """Return what the check says of a commitment as it is being written."""
        parts, _ = read_parts(form.typed)
        draft = _with(Commitment(form.commitment or _BEING_WRITTEN, place, form.quote), parts)
        others = tuple(item for item in self.every if item.id != draft.id)
        return self._check((*others, draft)).findings[-1]

    def notes(self, found: CommitmentFinding) -> tuple[str, ...]:
        """Return what the reader must see of a commitment, the same promise elsewhere first."""
        return (*self._twins(found), *found.flags)

    def _check(self, items: tuple[Commitment, ...]) -> BidCommitments:
        on = None if self.details.deadline is None else self.details.deadline.date()
        return check_commitments(items, self.goals, on=on, end=self.details.contract_end)

    def _row(self, found: CommitmentFinding) -> CommitmentRow:
        item = found.commitment
        return CommitmentRow(
            item.id,
            title(item),
            _promise(item),
            item.quote,
            found.is_complete,
            state_of(found),
            self.notes(found),
        )

    def _twins(self, found: CommitmentFinding) -> Iterator[str]:
        known = {item.id: item for item in self.every}
        for other in (known[ref] for ref in found.twins if ref in known):
            here = other.place == found.commitment.place
            where = "in this answer" if here else f"in {_where(other.place)}"
            yield f"The same is promised {where}: “{title(other)}”."


def _where(place: Place) -> str:
    return place.criterion if place.lot is None else f"{place.criterion}, lot {place.lot}"


def _promise(item: Commitment) -> str:
    number = "" if item.how_many is None else amount_text(item.how_many, item.unit)
    day = "" if item.by_when is None else f"by {show_day(item.by_when)}"
    return ", ".join(part for part in (item.who, number, day) if part)


def state_of(found: CommitmentFinding) -> str:
    """Say whether a commitment is complete or an ambition, and what is missing."""
    if found.is_complete:
        return "✓  Complete: it can go into the contract."
    return f"△  Ambition. Missing: {', '.join(found.missing)}."


def _withdrawn(item: Commitment) -> CommitmentRow:
    return CommitmentRow(
        item.id,
        title(item),
        _promise(item),
        item.quote,
        is_complete=False,
        state=f"Withdrawn: {item.withdrawn}",
        withdrawn=item.withdrawn,
    )


def _with(item: Commitment, parts: Parts) -> Commitment:
    return replace(
        item,
        who=parts.who,
        what=parts.what,
        how_many=parts.how_many,
        unit=parts.unit,
        by_when=parts.by_when,
        evidence=parts.evidence,
        baseline=parts.baseline,
        anyway=parts.anyway,
        goals=parts.goals,
    )
