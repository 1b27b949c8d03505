"""The texts of one assessment summary, line by line: which words stand there, and whose."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tendereval.domain.ids import BidderId
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionScore,
    Explained,
    Supplement,
    Withheld,
)
from tendereval.services.summaries import TextAt
from tendereval.viewmodels.award_reading import LotReading

FURTHER: Final = "further reasons"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One text of one summary.

    Attributes:
        key: of the line in its table.
        at: where it stands; the criterion is blank for the further reasons.
        title: of the criterion or sub-criterion.
        about: whose tender it is about, in words.
        words: what is printed; empty where it is withheld or missing.
        plain: the words without the lead's: generated, or the panel's.
        is_price: the words are generated from the published formula.
        is_own: the lead put words in place of others.
        withheld: under which limb and why; None where it is not.
    """

    key: str
    at: TextAt
    title: str
    about: str
    words: str
    plain: str
    is_price: bool = False
    is_own: bool = False
    withheld: Withheld | None = None

    @property
    def is_further(self) -> bool:
        """Whether it is the explanation why the contract is not awarded."""
        return not self.at.criterion

    @property
    def is_missing(self) -> bool:
        """Whether nothing stands there."""
        return self.withheld is None and not self.words.strip()

    @property
    def state(self) -> str:
        """Whose words stand there, in words."""
        if self.withheld is not None:
            return f"Withheld, {self.withheld.limb}"
        if self.is_missing:
            return "Missing"
        if self.is_own:
            return "Your words"
        if self.is_price:
            return "From the published formula"
        return "From the figures" if self.is_further else "The panel’s words"


_Place = tuple[BidderId, str, str]


def text_lines(found: LotReading, bidder: BidderId) -> tuple[TextLine, ...]:
    """Return every text of a supplier's summary, as it is read."""
    told, plain = found.summaries.get(bidder), found.plain.get(bidder)
    if told is None or plain is None:
        return ()
    own = _own_places(found.supplement)
    return tuple(replace(line, is_own=_place(line) in own) for line in _lines(told, plain))


def _place(line: TextLine) -> _Place:
    return line.at.whose, line.at.criterion, line.at.sub


def _own_places(added: Supplement) -> frozenset[_Place]:
    """Return where the lead put words: whose tender, criterion and sub-criterion."""
    prices = {(whose, ref, "") for whose, ref, _ in added.price_explanations}
    return frozenset(
        {item[:3] for item in added.texts}
        | prices
        | {(whose, "", "") for whose, _ in added.further}
    )


def _lines(told: AssessmentSummary, plain: AssessmentSummary) -> Iterator[TextLine]:
    yield from _of_tender(told, (told.own, plain.own), "Its own tender")
    if not told.is_winner:
        yield TextLine(
            FURTHER,
            TextAt(told.addressee, told.addressee, ""),
            "Why it is not successful",
            "Its own tender",
            told.further.text,
            plain.further.text,
            withheld=told.further.withheld,
        )
    for winner, bare in zip(told.winners, plain.winners, strict=True):
        yield from _of_tender(told, (winner, bare), winner.name)


def _of_tender(
    told: AssessmentSummary, pair: tuple[Assessment, Assessment], about: str
) -> Iterator[TextLine]:
    bare = {score.criterion: score for score in pair[1].scores}
    for score in pair[0].scores:
        if pair[0].is_disqualified and score.score is None and not score.explanation.is_there:
            # It was assessed only as far as it was put out.
            continue
        at = TextAt(told.addressee, pair[0].bidder, score.criterion)
        ref, plain = score.criterion, bare[score.criterion]
        title = ref if score.title == ref else f"{ref} {score.title}"
        yield _line((at, title, about), score.explanation, plain.explanation, score.is_price)
        yield from _subs(at, about, score, plain)


def _subs(
    at: TextAt, about: str, score: CriterionScore, plain: CriterionScore
) -> Iterator[TextLine]:
    bare = {sub.ref: sub for sub in plain.sub}
    for sub in score.sub:
        place = TextAt(at.addressee, at.whose, at.criterion, sub.ref)
        head = (place, f"{sub.ref} {sub.text}".strip(), about)
        yield _line(head, sub.explanation, bare[sub.ref].explanation)


def _line(
    head: tuple[TextAt, str, str],
    told: Explained,
    plain: Explained,
    is_price: bool = False,  # noqa: FBT001, FBT002 - private
) -> TextLine:
    at, title, about = head
    key = f"{at.whose}|{at.criterion}|{at.sub}"
    return TextLine(key, at, title, about, told.text, plain.text, is_price, withheld=told.withheld)
