"""What the panel is about to agree for one response, as it is typed; opens no file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

import msgspec

from tendereval.domain.bidding import Place
from tendereval.domain.exact import from_text, to_text
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import AgreedScore, Explanation
from tendereval.services.agreeing import Agreement


class _Typed(msgspec.Struct):
    """The body of the working text."""

    rationale: str = ""
    releasable: str = ""
    explanations: dict[str, str] = {}
    present: list[str] = []
    reason: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is entered for one response.

    Attributes:
        points: None until the panel chooses.
        explanations: text by reference of the sub-criterion; blank ones are left out.
        reason: why the agreed score that stands is changed.
        approver: who reopens it once prices are known; empty while nobody is named.
    """

    points: Fraction | None = None
    rationale: str = ""
    releasable: str = ""
    explanations: Mapping[str, str] = field(default_factory=dict)
    present: tuple[PersonId, ...] = ()
    reason: str = ""
    approver: str = ""

    def explain(self, sub_criterion: str, text: str) -> "Draft":
        """Return the draft with another explanation."""
        left = {ref: words for ref, words in self.explanations.items() if ref != sub_criterion}
        return replace(self, explanations=left | ({sub_criterion: text} if text.strip() else {}))

    def with_present(self, person: PersonId, *, there: bool) -> "Draft":
        """Return the draft with a person in the room or not."""
        others = tuple(one for one in self.present if one != person)
        return replace(self, present=(*others, person) if there else others)

    def says_the_same(self, other: "Draft") -> bool:
        """Whether both would be the same agreement, whatever reason is given for it."""
        return self.content == other.content

    @property
    def content(self) -> tuple[object, ...]:
        """What is compared: everything but the reason and the approver."""
        explained = frozenset(self.explanations.items())
        texts = (self.rationale, self.releasable)
        return (self.points, *texts, explained, frozenset(self.present))

    def agreement(self, place: Place, points: Fraction) -> Agreement:
        """Return what is to be recorded."""
        return Agreement(
            place,
            points,
            self.rationale,
            self.releasable,
            tuple(Explanation(ref, text) for ref, text in self.explanations.items()),
            self.present,
            self.reason,
            PersonId(self.approver) if self.approver else None,
        )

    def typed(self) -> dict[str, str | None]:
        """Return the working text that keeps this draft."""
        body = _Typed(
            self.rationale,
            self.releasable,
            dict(self.explanations),
            list(self.present),
            self.reason,
            self.approver,
        )
        points = None if self.points is None else to_text(self.points)
        return {"points": points, "state": "typing", "body": msgspec.json.encode(body).decode()}


def draft_from_typed(text: Mapping[str, str]) -> Draft | None:
    """Return the draft that a working text keeps; None where it holds something else."""
    try:
        body = msgspec.json.decode(text["body"], type=_Typed)
    except (msgspec.MsgspecError, ValueError):
        return None
    points = text.get("points")
    return Draft(
        None if points is None else from_text(points),
        body.rationale,
        body.releasable,
        body.explanations,
        tuple(PersonId(person) for person in body.present),
        body.reason,
        body.approver,
    )


def draft_from_agreed(agreed: AgreedScore | None) -> Draft:
    """Return what stands as a draft; an empty one where nothing is agreed."""
    if agreed is None:
        return Draft()
    return Draft(
        agreed.points,
        agreed.rationale,
        agreed.releasable_rationale,
        {item.sub_criterion: item.text for item in agreed.explanations if item.text.strip()},
        agreed.present,
    )
