"""The decision in sentences: what the cover and section 1 say about each lot.

Repeats what people decided and what the ranking shows; recommends nothing.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tendereval.domain.award import ApprovalOutcome, AwardDecision, is_approved
from tendereval.domain.exact import money, rounded_text
from tendereval.domain.ids import BidderId
from tendereval.domain.ranked import RankedBid, Ranking
from tendereval.domain.stages import Stage
from tendereval.domain.tender import Lot, Regime
from tendereval.domain.wording import figures
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Link, Paragraph, Run


def decision_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 1: the decision of each lot, its rationale, the margin, what is missing."""
    for index, lot in enumerate(g.model.method.lots, 1):
        if g.several_lots:
            yield part.below(index).heading(g.lot_name(lot))
        yield Paragraph(decision_runs(g, lot))
        decision = g.decision(lot.ref)
        if decision is not None:
            yield Paragraph(_standing(g, decision), "muted")
            yield Paragraph(w.RATIONALE, "label")
            yield Paragraph(decision.rationale)
        yield from _comparison(g, lot, decision)
    if g.may_rank and g.model.gaps:
        yield Paragraph(w.MISSING, "label")
        yield Paragraph(w.MISSING_TEXT)
        yield Bullets(g.model.gaps)
    if g.is_published:
        yield part.below(len(g.model.method.lots) + 1 if g.several_lots else 1).heading(p.HEAD)
        yield Paragraph(p.ABOUT)
        under_the_act = g.model.details.regime in {Regime.PA2023, Regime.PA2023_WALES}
        yield Bullets(p.RULES if under_the_act else p.RULES_OTHER_LAW)
        yield Paragraph(p.DERIVED, "note")


def decision_runs(g: Gathered, lot: Lot) -> tuple[Run, ...]:
    """Return the decision sought for one lot as a sentence."""
    decision = g.decision(lot.ref)
    name = g.lot_name(lot)
    if decision is None:
        if g.several_lots:
            return (Run(w.NO_DECISION_LOT.format(lot=name)),)
        return (Run(w.NO_DECISION.format(stage=w.STAGES[g.model.stage])),)
    if not decision.bidders:
        return (Run(w.NO_AWARD_LOT.format(lot=name) if g.several_lots else w.NO_AWARD),)
    runs = [Run(_opening(g, name))]
    for at, bidder in enumerate(decision.bidders):
        if at:
            runs.append(Run("; and " if at + 1 == len(decision.bidders) else "; "))
        runs.append(Run(g.bidder(bidder), bold=True))
        runs.append(Run(_whose(g, lot, bidder)))
    runs.append(Run(f"{_term(g)}."))
    return tuple(runs)


def _opening(g: Gathered, lot: str) -> str:
    if g.model.method.framework_places is None:
        return w.AWARD_LOT_TO.format(lot=lot) if g.several_lots else w.AWARD_TO
    return w.AWARD_LOT_PLACES.format(lot=lot) if g.several_lots else w.AWARD_PLACES


def _whose(g: Gathered, lot: Lot, bidder: BidderId) -> str:
    bid = g.ranked.get((lot.ref, bidder))
    if bid is None:
        return w.WHOSE_UNRANKED if lot.ref in g.rankings else ""
    form = w.WHOSE_RANKS
    if bid.tied:
        form = w.WHOSE_SHARES
    elif bid.rank == 1:
        form = w.WHOSE_IS_FIRST
    ranking = g.rankings[lot.ref]
    total = dict(zip(ranking.ranked, shown_totals(ranking), strict=True))[bid]
    text = form.format(
        rank=bid.rank, marks=phrases.marks(total), available=phrases.plain_number(ranking.available)
    )
    if bid.price_amount is not None:
        text += w.AND_PRICE.format(price=money(bid.price_amount, g.model.details.currency))
    return text


def _term(g: Gathered) -> str:
    """Return how long the contract runs, where that is a number of whole years."""
    details = g.model.details
    if details.contract_start is None or details.contract_end is None:
        return ""
    years = phrases.whole_years(details.contract_start, details.contract_end)
    has_price = any(bid.price_amount is not None for bid in g.ranked.values())
    return f" over {phrases.counted(years, 'year')}" if years and has_price else ""


def shown_totals(ranking: Ranking) -> tuple[str, ...]:
    """Return the totals in order of rank, with places enough to see every difference."""
    totals = [bid.total for bid in ranking.ranked]
    return figures(totals, phrases.places_of(totals))


def _standing(g: Gathered, decision: AwardDecision) -> str:
    recorded = w.RECORDED.format(
        name=g.person(decision.recorded_by),
        moment=phrases.moment(decision.recorded_at),
        revision=decision.revision,
    )
    refused = [
        g.person(item.person)
        for item in g.approvals(decision)
        if item.outcome is ApprovalOutcome.REFUSES
    ]
    if refused:
        return f"{recorded} {w.IS_REFUSED.format(names=phrases.names(refused))}"
    if not is_approved(decision, g.model.approvals):
        return f"{recorded} {w.IS_AWAITED}"
    if g.model.stage is Stage.PRICE:
        return f"{recorded} {w.WAS_APPROVED.format(stage=w.STAGES[g.model.stage])}"
    return f"{recorded} {w.IS_APPROVED}"


def _comparison(g: Gathered, lot: Lot, decision: AwardDecision | None) -> Iterator[Block]:
    """Yield what the published method makes of the tenders of a lot."""
    ranking = g.rankings.get(lot.ref)
    if ranking is None:
        yield Paragraph(g.refusal())
        return
    if not ranking.ranked:
        yield Paragraph(w.NOBODY_RANKED)
    else:
        yield Paragraph(_most_advantageous(ranking))
        margin = margin_words(ranking, decision)
        yield Paragraph(w.MARGIN_SENTENCE.format(margin=margin[:1].lower() + margin[1:]))
    if ranking.warnings:
        yield Paragraph(w.WARNINGS, "label")
        yield Bullets(tuple(warning.text for warning in ranking.warnings))
    yield Link(w.SEE_RESULTS, f"results-{lot.ref}" if g.several_lots else "section-results")


def _most_advantageous(ranking: Ranking) -> str:
    first = [bid for bid in ranking.ranked if bid.rank == 1]
    if len(first) > 1:
        tied = phrases.names(bid.name for bid in first)
        return w.MOST_ADVANTAGEOUS_SHARED.format(names=tied)
    text = w.MOST_ADVANTAGEOUS.format(
        name=first[0].name,
        total=phrases.marks(shown_totals(ranking)[0]),
        available=phrases.plain_number(ranking.available),
    )
    rule = first[0].tie_broken_by
    return phrases.sentences(text, w.LED_BY_TIE_BREAK.format(rule=rule) if rule else "")


def margin_words(ranking: Ranking, decision: AwardDecision | None) -> str:
    """Return how far the last recommended tender leads the first one left out.

    Without a decision, how far the first leads the second.
    """
    chosen = set(decision.bidders) if decision else set()
    inside = [bid for bid in ranking.ranked if bid.bidder in chosen] or list(ranking.ranked[:1])
    outside = [bid for bid in ranking.ranked if bid not in inside]
    if not inside:
        return w.NOBODY_RANKED.rstrip(".")
    if not outside:
        return w.MARGIN_ALONE
    last = inside[-1]
    rivals = [bid for bid in outside if bid.rank == outside[0].rank]
    text = _gap(last, rivals)
    is_close = any(warning.code == "close-result" for warning in ranking.warnings)
    leads = last.rank == 1 and not last.tied
    return text + w.CLOSE if is_close and leads else text


def _gap(last: RankedBid, rivals: Sequence[RankedBid]) -> str:
    rival = rivals[0]
    if rival.rank == last.rank:
        return w.MARGIN_SHARED.format(names=phrases.names(bid.name for bid in (last, *rivals)))
    totals = (last.total, rival.total)
    _, other = figures(totals, phrases.places_of(totals))
    gap = phrases.marks(rounded_text(last.total - rival.total, len(other.partition(".")[2])))
    if last.tie_broken_by and last.total == rival.total:
        return w.MARGIN_BROKEN.format(
            name=rival.name, total=phrases.marks(other), rule=last.tie_broken_by
        )
    if last.tie_broken_by and rival.tie_broken_by:
        return w.MARGIN_WITHIN.format(
            gap=gap, name=rival.name, total=other, rule=last.tie_broken_by
        )
    same = len({bid.total for bid in rivals}) == 1
    if len(rivals) > 1 and same:
        return w.MARGIN_TIED.format(gap=gap, count=phrases.number_word(len(rivals)), total=other)
    return w.MARGIN_ONE.format(gap=gap, name=rival.name, total=other)


def value_words(amount: Fraction, currency: str, *, with_vat: bool | None) -> str:
    """Write an amount, saying whether value added tax is in it where that is known."""
    text = money(amount, currency)
    if with_vat is None:
        return text
    return (w.WITH_VAT if with_vat else w.WITHOUT_VAT).format(value=text)
