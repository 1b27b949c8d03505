"""What the panel agreed, why, and who confirmed it; an agreed score is chosen, never computed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from tendereval.domain.bidding import Place
from tendereval.domain.errors import MissingRationale, NotOnTheScale
from tendereval.domain.evaluation import describe
from tendereval.domain.exact import to_text
from tendereval.domain.ids import PersonId
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the panel saw one sub-criterion; its existence says that it was discussed."""

    sub_criterion: str
    text: str


@dataclass(frozen=True, slots=True)
class AgreedScore:
    """The panel's score for one place, as it stood in one revision.

    Attributes:
        points: exact, on the published scale.
        rationale: the panel's own reasons, for the file.
        releasable_rationale: what may leave the authority; may be written later.
        explanations: one per sub-criterion that was discussed.
        present: who took part in the discussion.
        reason: why an earlier agreed score was changed; empty for the first.
        elsewhere: whether it was brought in from an evaluation made elsewhere.

    Source: Lancashire Care v Lancashire CC [2018] EWHC 1589 (TCC); Energysolutions v NDA
        [2016] EWHC 1988 (TCC): reasons per sub-criterion, every later change with its reason.
    """

    place: Place
    points: Fraction
    rationale: str
    releasable_rationale: str
    explanations: tuple[Explanation, ...]
    present: tuple[PersonId, ...]
    method_version: int
    revision: int = 1
    reason: str = ""
    elsewhere: bool = False
    recorded_at: datetime | None = None
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One panel member's word on one revision of an agreed score.

    Attributes:
        agrees: False is a dissent; the panel's score stands and the dissent is printed.
        dissent: the member's own words; needed with a dissent.
    """

    person: PersonId
    place: Place
    revision: int
    agrees: bool
    dissent: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentBack:
    """That one response goes back to individual scoring, and why."""

    place: Place
    reason: str
    recorded_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Reopening:
    """An agreed score reopened after prices were known, by an approver who is not the lead.

    Attributes:
        order_before: bidder names in rank order per lot, as text that documents print.
        order_after: the same after the change; empty until it is confirmed.
    """

    place: Place
    approver: PersonId
    reason: str
    order_before: str
    order_after: str
    recorded_at: datetime


def check_agreed_score(scale: ScoringScale, points: Fraction, rationale: str) -> None:
    """Refuse an agreed score that the published scale does not have, or without a reason.

    Raises:
        NotOnTheScale: not a value of the scale; an average between two values is not one
            (Bromcom v United Learning [2022] EWHC 3262 (TCC)).
        MissingRationale: the rationale is blank.
    """
    if points not in scale:
        raise NotOnTheScale(
            f"{to_text(points)} is not on the scale {scale.name!r}; an average is not an agreed "
            "score.",
            f"Agree one of {describe(scale)}.",
        )
    if not rationale.strip():
        raise MissingRationale(
            "There is no rationale for the agreed score.",
            "Write what decided the score, with reference to what the answer says.",
        )


def unexplained(criterion: AwardCriterion, agreed: AgreedScore) -> tuple[str, ...]:
    """Return the sub-criteria that the panel has not explained, in published order."""
    done = {item.sub_criterion.casefold() for item in agreed.explanations if item.text.strip()}
    return tuple(sub.ref for sub in criterion.sub_criteria if sub.ref.casefold() not in done)


def awaited_confirmations(
    agreed: AgreedScore, confirmations: Iterable[Confirmation], scorers: Collection[PersonId]
) -> tuple[PersonId, ...]:
    """Return who still has to confirm this revision, in the order they were present.

    Args:
        agreed: the current revision.
        confirmations: of any place and revision; only those of this one count.
        scorers: who scored the place; those present among them confirm. Where none of the
            scorers was present, everybody present does.

    A dissent counts as an answer: the panel's score stands, the dissent is on record.
    """
    answered = {
        item.person
        for item in confirmations
        if item.place == agreed.place and item.revision == agreed.revision
    }
    asked = [person for person in agreed.present if person in scorers] or list(agreed.present)
    return tuple(person for person in asked if person not in answered)
