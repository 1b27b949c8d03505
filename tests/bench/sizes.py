"""Synthetic tenders of the agreed sizes, built by the product itself; the same every time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import Bidder, Place, PriceSubmission
from tendereval.domain.evaluation import Declaration, PanelMember, Role, Score, ScoreState
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.method_text import canonical_text, fingerprint
from tendereval.domain.moderation import AgreedScore, Confirmation
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Method, MethodVersion, VersionKind
from tendereval.services.session import Session
from tendereval.services.tenders import create_tender
from tendereval.store import recording
from tendereval.store.unit_of_work import Change
from tests.builders import a_criterion, a_method, a_price, a_tender_details

NOW: Final = datetime(2027, 3, 8, 10, 30, tzinfo=UTC)
VIA: Final = "bench"
LEAD: Final = PersonId("p-1")
QUALITY: Final = 60
POOL: Final = 997


@dataclass(frozen=True, slots=True)
class Size:
    """How large a tender is; every evaluator scores every answer."""

    name: str
    bidders: int
    questions: int
    evaluators: int

    @property
    def cells(self) -> int:
        return self.bidders * self.questions

    @property
    def scores(self) -> int:
        return self.cells * self.evaluators

    @property
    def reasons(self) -> int:
        """How many rationales an award report prints: individual ones and the agreed."""
        return self.scores + self.cells


M: Final = Size("M", 20, 80, 8)
L: Final = Size("L", 120, 150, 10)
REPORT: Final = Size("R", 20, 10, 7)
"""A tender whose award report prints 1,600 rationales, as many as M has agreed scores."""
REPORT_QUARTER: Final = Size("R/4", 5, 10, 7)
WIDE: Final = Size("20x80", 20, 80, 1)
"""As many answers as M, each with one individual and one agreed rationale."""
WIDEST: Final = Size("120x150", 120, 150, 1)

_PROSE: Final = (
    "the bidder’s plan sets out how apprentices will be recruited from the wards named in the "
    "specification and supported by a mentor for eighteen months however it does not show who "
    "carries the risk if fewer than twelve complete the programme we found evidence of delivery "
    "on two comparable contracts with references dated 2025 and 2026 the method statement covers "
    "mobilisation in six weeks staffing continuity reporting each quarter and £25,000 of spend "
    "with local voluntary organisations at Tŷ Cymunedol which exceeds what was asked a minor "
    "reservation remains about escalation because response times outside working hours are given "
    "as a target rather than as a commitment"
)
_WORDS: Final = tuple(_PROSE.split())


def now() -> datetime:
    """Return the only moment there is in these tenders."""
    return NOW


def texts(mean_bytes: int, count: int = POOL) -> tuple[str, ...]:
    """Return different texts in sentences, of this mean length in UTF-8 bytes."""
    return tuple(
        _text(number, mean_bytes * (70 + number * 60 // count) // 100) for number in range(count)
    )


def _text(number: int, length: int) -> str:
    chosen: list[str] = []
    size, state = 0, number * 7919 + 1
    while size < length:
        state = (state * 1103515245 + 12345) % 2**31
        word = _WORDS[(state >> 8) % len(_WORDS)]
        if len(chosen) % 14 == 0:
            word = word.capitalize()
        elif len(chosen) % 14 == 13:
            word += "." if len(chosen) % 70 < 69 else ".\n\n"
        chosen.append(word)
        size += len(word.encode()) + 1
    return " ".join(chosen).replace("\n ", "\n")


def words(count: int) -> str:
    """Return a text of this many words."""
    return " ".join(islice(cycle(_WORDS), count))


def questions(size: Size) -> tuple[CriterionId, ...]:
    return tuple(CriterionId(f"Q{number}") for number in range(1, size.questions + 1))


def bidders(size: Size) -> tuple[BidderId, ...]:
    return tuple(BidderId(f"b-{number}") for number in range(1, size.bidders + 1))


def evaluators(size: Size) -> tuple[PersonId, ...]:
    return tuple(PersonId(f"p-{number}") for number in range(2, size.evaluators + 2))


def method(size: Size) -> Method:
    weight = Fraction(QUALITY, size.questions)
    return a_method(*(a_criterion(ref, weight) for ref in questions(size)), a_price(100 - QUALITY))


def places(size: Size) -> Iterator[Place]:
    for bidder in bidders(size):
        for ref in questions(size):
            yield Place(bidder, ref)


def scores(size: Size, pool: Sequence[str]) -> tuple[Score, ...]:
    """Return every individual score, ready."""
    text = cycle(pool)
    return tuple(
        Score(person, place, ScoreState.READY, _points(3 * at + turn), next(text), 1)
        for turn, person in enumerate(evaluators(size))
        for at, place in enumerate(places(size))
    )


def _points(seed: int) -> Fraction:
    return Fraction(2 + seed * 2654435761 % 2**32 // 2**30)


def agreed(size: Size, pool: Sequence[str]) -> Iterator[AgreedScore]:
    """Yield every agreed score; the first two bidders have the same ones."""
    text = cycle(reversed(pool))
    for at, place in enumerate(places(size)):
        seed = at if at >= 2 * size.questions else at % size.questions
        yield AgreedScore(place, _points(seed), next(text), "", (), evaluators(size), 1)


def create(path: Path, size: Size) -> Session:
    """Make a tender at stage ``scoring`` with bidders, panel and declarations, no scores yet."""

    def fill(change: Change, at: datetime) -> None:
        the_method = method(size)
        recording.add_details(change, a_tender_details())
        version = MethodVersion(1, VersionKind.PUBLISHED, the_method, fingerprint(the_method), at)
        recording.add_version(change, version, canonical_text(the_method))
        for number, bidder in enumerate(bidders(size), start=1):
            recording.add_bidder(change, Bidder(bidder, f"Bidder {number} Ltd"))
        recording.add_member(change, PanelMember(LEAD, Role.LEAD, "Lead evaluator"))
        recording.add_declaration(change, Declaration(LEAD))
        for number, person in enumerate(evaluators(size), start=1):
            recording.set_contact(change, person, f"Evaluator {number}", "")
            member = PanelMember(person, Role.EVALUATOR, f"Evaluator {number}")
            recording.add_member(change, member)
            recording.add_declaration(change, Declaration(person))
        recording.add_stage(change, Stage.PUBLISHED)
        recording.add_stage(change, Stage.SCORING)

    return create_tender(path, "Ada Lead", now, "bench", VIA, fill=fill)


def fill_to_ranking(session: Session, size: Size, pool: Sequence[str]) -> None:
    """Bring a tender from ``scoring`` to ``price`` with everything scored, agreed and priced."""
    with session.change("scores recorded") as change:
        recording.add_scores(change, scores(size, pool), NOW)
        recording.add_stage(change, Stage.MODERATION)
    with session.change("agreed scores recorded") as change:
        for item in agreed(size, pool):
            recording.add_agreed(change, item, LEAD, NOW)
            for person in evaluators(size):
                word = Confirmation(person, item.place, 1, agrees=True)
                recording.add_confirmation(change, word, NOW)
        for number, bidder in enumerate(bidders(size)):
            amount = Fraction(1_000_000 + 12_500 * max(number, 1))
            place = Place(bidder, CriterionId("PRICE"), LotId("1"))
            recording.add_price(change, PriceSubmission(place, amount))
        recording.add_stage(change, Stage.PRICE)
