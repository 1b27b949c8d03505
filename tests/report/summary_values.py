"""Assessment summaries for tests of documents, made by hand: transport, many, hostile."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tendereval.domain.exact import rounded_text
from tendereval.domain.ids import BidderId, CriterionId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionFacts,
    CriterionScore,
    Explained,
    Limb,
    SectionFacts,
    SubExplanation,
    Withheld,
)
from tendereval.domain.tender import ONLY_LOT, Regime
from tests.report.report_models import (
    GWYN,
    HARBOUR,
    HOSTILE,
    LABELS,
    PRICES,
    VALE,
    approved,
    transport,
)

NOTE = "Northgate would learn our cost model."
WITHHELD = Withheld(Limb.COMMERCIAL, NOTE, "Rhian Davies")
BANDS = tuple(
    (str(points), label, f"What {label.lower()} means to the panel.")
    for points, label in enumerate(LABELS)
)
PASS_BANDS = (("Pass", "", ""), ("Fail", "", "A tender that fails is disqualified."))
QUESTIONS = (
    ("Q1", "Safe, accessible vehicles", 10),
    ("Q2", "Booking and reliability", 12),
    ("Q3", "Drivers and passenger care", 10),
    ("Q4", "Starting well and keeping going", 8),
    ("SV1", "Fair work and the living wage", 6),
    ("SV2", "Routes into work", 5),
    ("SV3", "Local supply and skills", 4),
    ("PV1", "Shared goal: no one left housebound", 6),
    ("PV2", "Listening to passengers", 5),
    ("PV3", "Certified good work", 4),
)
POINTS = {
    GWYN: (3, 4, 4, 3, 4, 3, 3, 4, 3, 3),
    VALE: (4, 3, 4, 4, 3, 3, 3, 2, 3, 3),
    HARBOUR: (1, 3, 3, 3, 3, 3, 3, 3, 3, 3),
}
NAMES = {
    GWYN: "Tŷ Gwyn Community Transport CIC",
    VALE: "Vale Coaches Ltd",
    HARBOUR: "Harbour Minibus Co-operative Ltd",
}
LOWEST = Fraction(1088400)


def a_model(regime: Regime | None = Regime.PA2023_WALES) -> ReportModel:
    """Make the transport tender, approved, under a law."""
    model = approved(transport())
    return replace(model, details=replace(model.details, regime=regime))


def criteria() -> tuple[CriterionFacts, ...]:
    """Make the criteria of the transport tender: a condition, ten questions, a price."""
    condition = CriterionFacts(
        criterion=CriterionId("RQ1"),
        title="Operator’s licence",
        kind="requirement",
        importance=None,
        how="Pass or Fail. A tender that fails is disqualified.",
        bands=PASS_BANDS,
        question="Do you hold a standard national operator’s licence?",
        guidance="",
        sub=(),
    )
    asked = tuple(
        CriterionFacts(
            criterion=CriterionId(ref),
            title=title,
            kind="quality",
            importance=Fraction(weight),
            how=f"Scored 0, 1, 2, 3, 4 or 5. Marks = {weight} × score ÷ 5.",
            bands=BANDS,
            question=f"How will you deliver {title.lower()} from the first day of the contract, "
            "and how will the Council know that it is so?",
            guidance="A good answer gives figures, names who is responsible and says how it is "
            "checked.",
            sub=((f"{ref}.1", "What is done."), (f"{ref}.2", "How it is known.")),
        )
        for ref, title, weight in QUESTIONS
    )
    price = CriterionFacts(
        criterion=CriterionId("PRICE"),
        title="Price over three years",
        kind="price",
        importance=Fraction(30),
        how="Marks = 30 × lowest price ÷ price.",
        bands=(),
        question="Give the price of the whole term.",
        guidance="",
        sub=(),
    )
    return (condition, *asked, price)


def sections() -> tuple[SectionFacts, ...]:
    """Make the sections of the transport tender."""
    titles = (("S1", "Service quality", "Q"), ("S2", "Social value", "SV"))
    found = []
    for ref, title, start in (*titles, ("S3", "Public value", "PV")):
        under = [(asked, weight) for asked, _, weight in QUESTIONS if asked[:-1] == start]
        text = f"How {title.lower()} is judged." if start == "Q" else ""
        refs = tuple(CriterionId(asked) for asked, _ in under)
        weight = Fraction(sum(weight for _, weight in under))
        found.append(SectionFacts(CriterionId(ref), title, weight, text, refs))
    return tuple(found)


def an_assessment(bidder: BidderId, *, is_ranked: bool = True) -> Assessment:
    """Make how one tender of the transport tender was assessed."""
    scores = [_condition(bidder)]
    scores += [
        _question(bidder, *asked, points, is_ranked=is_ranked)
        for asked, points in zip(QUESTIONS, POINTS[bidder], strict=True)
    ]
    marks = 30 * LOWEST / PRICES[bidder]
    price = CriterionScore(
        criterion=CriterionId("PRICE"),
        title="Price over three years",
        score=PRICES[bidder] if is_ranked else None,
        mark=Fraction(round(marks * 100), 100) if is_ranked else None,
        available=Fraction(30),
        band="",
        explanation=Explained(f"The price of this tender earns {rounded_text(marks, 2)} marks."),
        is_price=True,
    )
    every = (*scores, price)
    sums = [(CriterionId("S1"), "Service quality", _sum(every[1:5]))]
    sums += [(CriterionId("S2"), "Social value", _sum(every[5:8]))]
    sums += [(CriterionId("S3"), "Public value", _sum(every[8:11]))]
    total = _sum(every) if is_ranked else None
    return Assessment(bidder, NAMES[bidder], every, tuple(sums) if is_ranked else (), total)


def _sum(scores: Sequence[CriterionScore]) -> Fraction:
    return sum((one.mark for one in scores if one.mark is not None), Fraction(0))


def _condition(bidder: BidderId) -> CriterionScore:
    text = f"{NAMES[bidder]} holds licence OK1234567."
    return CriterionScore(
        *(CriterionId("RQ1"), "Operator’s licence", Fraction(1), None, None, "Pass"),
        *(Explained(text), ()),
        is_pass=True,
    )


def _question(
    bidder: BidderId, ref: str, title: str, weight: int, points: int, *, is_ranked: bool
) -> CriterionScore:
    text = (
        f"{NAMES[bidder]} answers {ref} with figures and a check on them. Punctuality is measured "
        "at the passenger’s door and checked each week. It does not say how Sunday journeys are "
        "booked, which the specification asks for in part 2.4."
    )
    return CriterionScore(
        *(CriterionId(ref), title, Fraction(points)),
        Fraction(weight * points, 5) if is_ranked else None,
        *(Fraction(weight), LABELS[points], Explained(text)),
        (
            SubExplanation(f"{ref}.1", "What is done.", Explained(f"{bidder} says what is done.")),
            SubExplanation(f"{ref}.2", "How it is known.", Explained("Each week, by a count.")),
        ),
    )


def _summary(bidder: BidderId) -> AssessmentSummary:
    return AssessmentSummary(
        addressee=bidder,
        lot=ONLY_LOT,
        lot_title="",
        is_winner=bidder == GWYN,
        name=NAMES[bidder],
        address="Unit 4, The Depot\nHeol yr Orsaf\nLlanelwy LL17 0AA",
        email="tenders@supplier.example",
        identifier="GB-COH-01234567",
        criteria=criteria(),
        methodology=(
            "Each tender earns marks on every criterion, and its total is the sum of its marks.",
            "Each mark is rounded to two decimal places, half up, before marks are added.",
            "The tender with the highest total is the most advantageous.",
        ),
        in_full=True,
        where="",
        own=an_assessment(bidder),
        further=Explained(""),
        winners=(),
        lowest=((CriterionId("PRICE"), LOWEST),),
        draft=False,
        dated=date(2026, 12, 18),
        sections=sections(),
    )


def the_winner() -> AssessmentSummary:
    """Make the summary of the supplier that is awarded the contract."""
    return _summary(GWYN)


def a_loser() -> AssessmentSummary:
    """Make the summary of a ranked supplier that is not awarded the contract."""
    further = "Your tender has 75.20 marks. The successful tender has 76.40."
    return replace(_summary(VALE), further=Explained(further), winners=(an_assessment(GWYN),))


def disqualified() -> AssessmentSummary:
    """Make the summary of a supplier whose tender is below a minimum score."""
    further = "Q1 asks for a score of 2 at least. Your tender scored 1 and is disqualified."
    return replace(
        _summary(HARBOUR),
        own=an_assessment(HARBOUR, is_ranked=False),
        further=Explained(further),
        winners=(an_assessment(GWYN),),
        lowest=(),
    )


def redacted() -> AssessmentSummary:
    """Make a loser's summary in which one explanation of the winner is withheld."""
    found = a_loser()
    winner = found.winners[0]
    scores = tuple(
        replace(one, explanation=replace(one.explanation, withheld=WITHHELD))
        if one.criterion == "Q2"
        else one
        for one in winner.scores
    )
    return replace(found, winners=(replace(winner, scores=scores),))


def many(questions: int = 100) -> AssessmentSummary:
    """Make a loser's summary of a tender with many questions whose marks do not all end."""
    found = a_loser()
    facts, template = found.criteria[1], found.own.scores[1]
    rows = tuple(
        replace(facts, criterion=CriterionId(f"Q{n}"), title=f"Question number {n}")
        for n in range(1, questions + 1)
    )
    scores = tuple(
        replace(
            template,
            criterion=CriterionId(f"Q{n}"),
            title=f"Question number {n}",
            mark=Fraction(n, 7),
        )
        for n in range(1, questions + 1)
    )
    own = replace(found.own, scores=scores, sub_totals=(), total=_sum(scores))
    winner = replace(found.winners[0], scores=scores, sub_totals=(), total=_sum(scores))
    return replace(found, criteria=rows, own=own, winners=(winner,), lowest=(), sections=())


def hostile() -> AssessmentSummary:
    """Make a loser's summary of strings that break careless documents."""
    found = a_loser()
    turn = iter(range(10_000))

    def odd() -> str:
        return HOSTILE[next(turn) % len(HOSTILE)]

    def scores(items: Sequence[CriterionScore]) -> tuple[CriterionScore, ...]:
        return tuple(
            replace(
                one,
                title=odd(),
                band=odd(),
                explanation=Explained(odd()),
                sub=tuple(
                    replace(sub, text=odd(), explanation=Explained(odd())) for sub in one.sub
                ),
            )
            for one in items
        )

    winner = found.winners[0]
    return replace(
        found,
        name=odd(),
        address=odd(),
        email=odd(),
        identifier=odd(),
        criteria=tuple(
            replace(
                row,
                title=odd(),
                how=odd(),
                question=odd(),
                guidance=odd(),
                bands=tuple((points, odd(), odd()) for points, _, _ in row.bands),
                sub=tuple((ref, odd()) for ref, _ in row.sub),
            )
            for row in found.criteria
        ),
        methodology=HOSTILE,
        own=replace(found.own, scores=scores(found.own.scores)),
        winners=(replace(winner, name=odd(), scores=scores(winner.scores)),),
        further=Explained("\n\n".join(HOSTILE)),
    )
