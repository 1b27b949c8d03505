"""Who is given an assessment summary, and what stands in each; lays nothing out.

A summary holds what concerns its addressee and the successful tenders. Of anybody else it holds
nothing but, where the published formula needs it, the lowest price without its holder.

Source: Procurement Act 2023, s.50; Procurement Regulations 2024, r.31; Procurement (Wales)
Regulations 2024, r.32.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tendereval.domain.award import is_approved
from tendereval.domain.bidding import Bid, Bidder, BidStatus
from tendereval.domain.criteria_tree import weighted_under
from tendereval.domain.errors import IncompleteRecord, UnknownReference
from tendereval.domain.exact import decimal_text
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.marks import LotMethod, exact_sum, lot_method, quality_column
from tendereval.domain.moderation import AgreedScore
from tendereval.domain.ranked import BidInput, CriterionMark, NotRanked, RankedBid, Ranking
from tendereval.domain.report_model import ReportModel
from tendereval.domain.scale import ScoringScale
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionFacts,
    CriterionScore,
    Explained,
    SectionFacts,
    SubExplanation,
    Supplement,
    Withheld,
)
from tendereval.domain.summary_recipients import (
    Recipient,
    award_to_tell,
    recipients,
)
from tendereval.domain.summary_words import (
    PriceCase,
    disqualified_words,
    how_assessed,
    methodology,
    not_awarded_words,
    price_words,
    section_text,
)
from tendereval.domain.tender import (
    AwardCriterion,
    AwardRule,
    CriterionKind,
    QualityMarks,
)
from tendereval.domain.weights import weight_plan

NO_SUPPLEMENT = Supplement()
_IN_MONEY = {AwardRule.MONETISED_QUALITY, AwardRule.LOWEST_COMPLIANT_PRICE}


def summary_for(
    model: ReportModel, lot: LotId, bidder: BidderId, supplement: Supplement = NO_SUPPLEMENT
) -> AssessmentSummary:
    """Return what one supplier is given about one lot; gaps stay gaps.

    Args:
        model: everything that documents may say.
        lot: which.
        bidder: whose summary.
        supplement: what the lead adds about the lot.

    Raises:
        NotSupported: the law of the tender has no assessment summaries.
        IncompleteRecord: no ranking or no decision to award.
        UnknownReference: the supplier is given none.
    """
    case = _case(model, lot, supplement)
    found = next((one for one in case.recipients if one.bidder == bidder), None)
    if found is None:
        raise UnknownReference(
            "That supplier is given no assessment summary of this lot.",
            "Choose one whose tender was assessed.",
        )
    return _summary(case, found)


def summaries_for(
    model: ReportModel, lot: LotId, supplement: Supplement = NO_SUPPLEMENT
) -> tuple[AssessmentSummary, ...]:
    """Return the summary of every recipient of a lot; raises as ``summary_for``."""
    case = _case(model, lot, supplement)
    return tuple(_summary(case, one) for one in case.recipients)


@dataclass(frozen=True, slots=True)
class _Case:
    """One lot, looked up once for all its summaries.

    Attributes:
        rows: its award criteria, sections left out, in published order.
        agreed: what the panel agreed, by bidder and criterion.
        withheld: by addressee, bidder explained, criterion and sub-criterion.
        texts: by bidder explained, criterion and sub-criterion.
    """

    model: ReportModel
    lot: LotId
    supplement: Supplement
    method: LotMethod
    ranking: Ranking
    recipients: tuple[Recipient, ...]
    winners: tuple[BidderId, ...]
    is_draft: bool
    rows: tuple[AwardCriterion, ...]
    bidders: Mapping[BidderId, Bidder]
    bids: Mapping[BidderId, Bid]
    ranked: Mapping[BidderId, RankedBid]
    not_ranked: Mapping[BidderId, NotRanked]
    agreed: Mapping[tuple[BidderId, CriterionId], AgreedScore]
    withheld: Mapping[tuple[BidderId, BidderId, CriterionId, str], Withheld]
    texts: Mapping[tuple[BidderId, CriterionId, str], str]
    criteria: tuple[CriterionFacts, ...]
    sections: tuple[SectionFacts, ...]


def _case(model: ReportModel, lot: LotId, supplement: Supplement) -> _Case:
    decision = award_to_tell(model, lot)
    ranking = next((one for one in model.rankings if one.lot == lot), None)
    if ranking is None:
        raise IncompleteRecord(
            f"There is no ranking of lot {lot}. {model.not_ranked_because}".strip(),
            "Summaries follow the award decision.",
        )
    case = lot_method(model.method, weight_plan(model.method, lot), model.details.currency)
    rows = tuple(row for row in case.rows.values() if _is_award_criterion(row))
    return _Case(
        model=model,
        lot=lot,
        supplement=supplement,
        method=case,
        ranking=ranking,
        recipients=recipients(model, lot),
        winners=decision.bidders,
        is_draft=not is_approved(decision, model.approvals),
        rows=rows,
        bidders={bidder.id: bidder for bidder in model.bidders},
        bids={bid.bidder: bid for bid in model.bids if bid.lot == lot},
        ranked={one.bidder: one for one in ranking.ranked},
        not_ranked={one.bidder: one for one in ranking.not_ranked},
        agreed=_agreed(model, lot, rows),
        withheld={item[:4]: item[4] for item in supplement.withheld},
        texts=_texts(supplement),
        criteria=tuple(_criterion(case, row, supplement) for row in rows),
        sections=tuple(_sections(case)),
    )


def _is_award_criterion(row: AwardCriterion) -> bool:
    """Whether it is one by which tenders are assessed.

    Conditions of participation are about suppliers, and not award criteria.

    Source: Procurement Act 2023, ss.22 and 23.
    """
    return row.kind.is_weighted or row.kind is CriterionKind.REQUIREMENT


def _agreed(
    model: ReportModel, lot: LotId, rows: tuple[AwardCriterion, ...]
) -> Mapping[tuple[BidderId, CriterionId], AgreedScore]:
    places = {(row.ref, row.lot and lot) for row in rows}
    return {
        (item.place.bidder, item.place.criterion): item
        for item in model.agreed
        if (item.place.criterion, item.place.lot) in places
    }


def _texts(supplement: Supplement) -> Mapping[tuple[BidderId, CriterionId, str], str]:
    found = {(bidder, ref, sub): text for bidder, ref, sub, text in supplement.texts}
    priced = {(bidder, ref, ""): text for bidder, ref, text in supplement.price_explanations}
    return {key: text for key, text in {**found, **priced}.items() if text.strip()}


def _criterion(case: LotMethod, row: AwardCriterion, supplement: Supplement) -> CriterionFacts:
    in_full = not supplement.where.strip()
    available = case.plan.weights.get(row.ref)
    return CriterionFacts(
        criterion=row.ref,
        title=row.title or row.ref,
        kind=str(row.kind),
        importance=available,
        how=how_assessed(case.method, row, available),
        bands=tuple(_bands(case.method.scale_of(row))),
        question=row.question if in_full else "",
        guidance=row.guidance if in_full else "",
        sub=tuple((sub.ref, sub.text) for sub in row.sub_criteria),
    )


def _bands(scale: ScoringScale) -> Iterator[tuple[str, str, str]]:
    is_verdict = scale.name == "pass/fail"
    for band in scale.bands:
        points = band.label if is_verdict else decimal_text(band.points)
        yield points, "" if is_verdict else band.label, band.descriptor
    for span in scale.ranges:
        steps = f" in steps of {decimal_text(span.step)}" if span.step != 1 else ""
        yield f"{decimal_text(span.lowest)} to {decimal_text(span.highest)}{steps}", "", ""


def _sections(case: LotMethod) -> Iterator[SectionFacts]:
    for row in case.rows.values():
        if row.kind is not CriterionKind.SECTION:
            continue
        under = [one.ref for one in weighted_under(case.rows, row)]
        if under:
            available = exact_sum(case.plan.weights[ref] for ref in under)
            title = row.title or row.ref
            yield SectionFacts(row.ref, title, available, section_text(row), tuple(under))


def _summary(case: _Case, to: Recipient) -> AssessmentSummary:
    bidder = case.bidders[to.bidder]
    shown = () if to.is_winner else case.winners
    lowest = _lowest(case, to.bidder, shown)
    return AssessmentSummary(
        addressee=bidder.id,
        lot=case.lot,
        lot_title=next((one.title for one in case.model.method.lots if one.ref == case.lot), ""),
        is_winner=to.is_winner,
        name=bidder.name,
        address=bidder.address,
        email=bidder.email,
        identifier=bidder.identifier,
        criteria=case.criteria,
        methodology=methodology(case.model.method, case.ranking.available),
        in_full=not case.supplement.where.strip(),
        where=case.supplement.where.strip(),
        own=_assessment(case, to.bidder, to.bidder, lowest),
        further=_further(case, to),
        winners=tuple(_assessment(case, to.bidder, one, lowest) for one in shown),
        lowest=tuple(lowest.items()),
        draft=case.is_draft,
        dated=case.supplement.dated,
        sections=case.sections,
        successful=len(case.winners),
    )


def _lowest(
    case: _Case, to: BidderId, shown: tuple[BidderId, ...]
) -> Mapping[CriterionId, Fraction]:
    """Return the lowest prices that this addressee needs to follow the marks it is shown.

    None that would give away a price withheld from it.
    """
    kept = {(one, ref) for told, one, ref, _ in case.withheld if told == to and one in shown}
    return {
        item.criterion: item.amount
        for item in case.ranking.lowest
        if not any((one, item.criterion) in kept for one in item.bidders)
    }


def _assessment(
    case: _Case, to: BidderId, whose: BidderId, lowest: Mapping[CriterionId, Fraction]
) -> Assessment:
    ranked, out = case.ranked.get(whose), case.not_ranked.get(whose)
    marks = {mark.criterion: mark for mark in ranked.marks} if ranked else _own(case, whose)
    scores = tuple(_score(case, (to, whose), row, marks.get(row.ref), lowest) for row in case.rows)
    return Assessment(
        bidder=whose,
        name=case.bidders[whose].name,
        scores=scores,
        sub_totals=tuple(_sub_totals(case, marks)),
        total=ranked.total if ranked else None,
        is_money=case.ranking.award_rule in _IN_MONEY,
        is_disqualified=out is not None and out.status is BidStatus.DISQUALIFIED,
        added=_added(case, ranked) if ranked else None,
    )


def _added(case: _Case, ranked: RankedBid) -> Fraction | None:
    method = case.model.method
    is_sum = method.award_rule is AwardRule.WEIGHTED_TOTAL and method.round_totals_to is not None
    return exact_sum(mark.mark for mark in ranked.marks) if is_sum else None


def _own(case: _Case, whose: BidderId) -> Mapping[CriterionId, CriterionMark]:
    """Return marks of a tender that is not ranked, where they rest on its own scores alone."""
    if case.model.method.quality_marks is not QualityMarks.POINTS_OVER_MAXIMUM:
        return {}
    given = {row.ref: case.agreed.get((whose, row.ref)) for row in case.method.scored}
    points = {ref: item.points for ref, item in given.items() if item is not None}
    bid = BidInput(whose, "", case.bids[whose], points, {})
    return {
        row.ref: quality_column(case.method, row, (bid,))[whose]
        for row in case.method.scored
        if row.ref in points
    }


def _sub_totals(
    case: _Case, marks: Mapping[CriterionId, CriterionMark]
) -> Iterator[tuple[CriterionId, str, Fraction]]:
    for section in case.sections:
        if all(ref in marks for ref in section.under):
            earned = exact_sum(marks[ref].mark for ref in section.under)
            yield section.criterion, section.title, earned


_Pair = tuple[BidderId, BidderId]
"""Who is told, and about whose tender."""


def _score(
    case: _Case,
    pair: _Pair,
    row: AwardCriterion,
    mark: CriterionMark | None,
    lowest: Mapping[CriterionId, Fraction],
) -> CriterionScore:
    agreed = case.agreed.get((pair[1], row.ref))
    is_price = row.kind is CriterionKind.PRICE
    generated = _price_words(case, row, mark, lowest) if is_price else ""
    releasable = agreed.releasable_rationale if agreed else generated
    explanation = _explained(case, pair, row.ref, "", releasable)
    given = mark.price if is_price and mark else agreed.points if agreed else None
    band = None if given is None or is_price else case.model.method.scale_of(row).band(given)
    return CriterionScore(
        criterion=row.ref,
        title=row.title or row.ref,
        score=None if is_price and explanation.withheld else given,
        mark=mark.mark if mark else None,
        available=case.method.plan.weights.get(row.ref),
        band=band.label if band else "",
        explanation=explanation,
        sub=tuple(_sub(case, pair, row, agreed)),
        is_price=is_price,
        is_pass=row.kind.is_pass_or_fail,
    )


def _sub(
    case: _Case, pair: _Pair, row: AwardCriterion, agreed: AgreedScore | None
) -> Iterator[SubExplanation]:
    every = agreed.explanations if agreed else ()
    said = {item.sub_criterion.casefold(): item.text for item in every}
    for sub in row.sub_criteria:
        text = said.get(sub.ref.casefold(), "")
        yield SubExplanation(sub.ref, sub.text, _explained(case, pair, row.ref, sub.ref, text))


def _explained(case: _Case, pair: _Pair, ref: CriterionId, sub: str, text: str) -> Explained:
    """Return words, the lead's in place of others; words that are withheld are left out."""
    withheld = case.withheld.get((*pair, ref, sub))
    if withheld is not None:
        return Explained("", withheld)
    return Explained(case.texts.get((pair[1], ref, sub), text))


def _price_words(
    case: _Case,
    row: AwardCriterion,
    mark: CriterionMark | None,
    lowest: Mapping[CriterionId, Fraction],
) -> str:
    if mark is None:
        return ""
    places = case.model.method.round_marks_to
    return price_words(PriceCase(row, mark, lowest.get(row.ref), places, case.model.details))


def _further(case: _Case, to: Recipient) -> Explained:
    if to.is_winner:
        return Explained("")
    withheld = case.withheld.get((to.bidder, to.bidder, CriterionId(""), ""))
    if withheld is not None:
        return Explained("", withheld)
    written = dict(case.supplement.further).get(to.bidder, "")
    return Explained(written if written.strip() else _why_not(case, to.bidder))


def _why_not(case: _Case, bidder: BidderId) -> str:
    own, out = case.ranked.get(bidder), case.not_ranked.get(bidder)
    if own is not None:
        winners = tuple(case.ranked[one] for one in case.winners if one in case.ranked)
        return not_awarded_words(case.model.method, case.ranking.available, own, winners)
    if out is None or out.status is not BidStatus.DISQUALIFIED:
        return ""
    # A reason that somebody typed with a status is for the file; the method's own are facts.
    return disqualified_words(out.reason if case.bids[bidder].is_assessed else "")
