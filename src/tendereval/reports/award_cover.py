"""The cover of the award report: what is to be decided, key facts, who has approved.

One page as long as names and lots are few; every figure on it is worked out elsewhere.
"""

from collections import Counter
from collections.abc import Iterator

from tendereval.domain.evaluation import InterestOutcome, Role
from tendereval.domain.tender import Lot
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_decision import decision_runs, margin_words, value_words
from tendereval.reports.award_gather import Gathered
from tendereval.reports.logos import logo_blocks
from tendereval.reports.outline import (
    Block,
    Column,
    CoverLead,
    CoverRule,
    CoverTitle,
    Facts,
    Paragraph,
    Row,
    Run,
    Table,
)
from tendereval.reports.wording_public_value import WAGE

_LOGO_HEIGHT = 36.0
"""Leaves room for the approvals on the same page."""
_AWAITED = (Run(w.AWAITED, muted=True),)


def cover(g: Gathered) -> tuple[Block, ...]:
    """Return the blocks of the cover."""
    details = g.model.details
    blocks: list[Block] = [*logo_blocks(g.model.logo, details.authority, _LOGO_HEIGHT)]
    blocks += [
        CoverLead(details.authority, muted=True),
        CoverTitle(w.TITLE),
        CoverLead(details.title or w.UNTITLED),
    ]
    if g.is_published:
        blocks.append(CoverLead(p.VERSION, muted=True))
    if details.contract_start and details.contract_end:
        term = f"{phrases.day(details.contract_start)} to {phrases.day(details.contract_end)}"
        blocks.append(CoverLead(term, muted=True))
    blocks += [
        CoverRule(),
        Paragraph(w.DECISION_TAKEN if g.is_final else w.DECISION_SOUGHT, "label"),
        *(Paragraph(decision_runs(g, lot), "lead") for lot in g.model.method.lots),
        Facts(tuple(_facts(g))),
        _approvals(g),
    ]
    return tuple(blocks)


def _facts(g: Gathered) -> Iterator[tuple[str, str]]:
    for lot in g.model.method.lots:
        named = f", {w.LOT.format(ref=lot.ref)}" if g.several_lots else ""
        yield f"{w.FACT_TENDERS}{named}", tenders_words(g, lot)
        ranking = g.rankings.get(lot.ref)
        if ranking is not None and ranking.ranked:
            yield f"{w.FACT_MARGIN}{named}", margin_words(ranking, g.decision(lot.ref))
    yield w.FACT_PANEL, _panel_words(g)
    yield w.FACT_INTERESTS, _interests_words(g)
    yield from _wage(g)
    details = g.model.details
    if details.estimated_value is not None:
        yield (
            w.FACT_VALUE,
            value_words(
                details.estimated_value,
                details.currency,
                with_vat=details.estimated_value_includes_vat,
            ),
        )
    if any(g.decision(lot.ref) is None for lot in g.model.method.lots):
        yield w.FACT_STAGE, w.STAGES[g.model.stage]


def _wage(g: Gathered) -> Iterator[tuple[str, str]]:
    """Yield what was found of pay, where one tender is to be awarded and was looked at."""
    found = g.public_value
    awarded = [
        bidder
        for lot in g.model.method.lots
        if (decision := g.decision(lot.ref)) is not None
        for bidder in decision.bidders
    ]
    if found is None or len(set(awarded)) != 1:
        return
    for item in found.bids:
        if item.bidder == awarded[0] and item.pay is not None:
            yield WAGE, item.pay.sentence


def tenders_words(g: Gathered, lot: Lot) -> str:
    """Return how many tenders were received for a lot and what became of them."""
    bids = [bid for bid in g.model.bids if bid.lot == lot.ref]
    statuses = [g.status(bid) for bid in bids]
    received = [status for status in statuses if status.counts_as_received]
    ranked = sum((lot.ref, bid.bidder) in g.ranked for bid in bids)
    parts = [f"{phrases.number_word(ranked)} {w.RANKED}"] if ranked else []
    parts += _by_status(
        [
            w.STATUSES[g.status(bid)]
            for bid in bids
            if g.status(bid).counts_as_received and (lot.ref, bid.bidder) not in g.ranked
        ]
    )
    text = ": ".join(part for part in (str(len(received)), ", ".join(parts)) if part)
    apart = [w.STATUSES[status] for status in statuses if not status.counts_as_received]
    if apart:
        text += f"; {w.NOT_COUNTED.format(statuses=', '.join(_by_status(apart)))}"
    return text


def _by_status(statuses: list[str]) -> list[str]:
    return [f"{phrases.number_word(n)} {status}" for status, n in Counter(statuses).items()]


def _panel_words(g: Gathered) -> str:
    scoring = [item for item in g.model.panel if item.role.scores_by_default and not item.left]
    if not scoring:
        return r.NO_PANEL.rstrip(".")
    text = phrases.capital(phrases.counted(len(scoring), "evaluator"))
    community = sum(item.role is Role.COMMUNITY for item in scoring)
    if community:
        text += f", {phrases.number_word(community)} of them from the community"
    if not g.may_judge:
        return text
    if not g.moderated_on:
        return text
    return f"{text}; moderated on {phrases.days(g.moderated_on)}"


def _interests_words(g: Gathered) -> str:
    declared = [item for item in g.model.declarations if item.interest.strip()]
    if not g.model.declarations:
        return r.NO_DECLARATIONS.rstrip(".")
    if not declared:
        return "None declared"
    outcomes = Counter(_outcome(item.outcome) for item in declared)
    told = ", ".join(f"{phrases.number_word(n)} {text}" for text, n in outcomes.items())
    return f"{phrases.capital(phrases.number_word(len(declared)))} declared: {told}"


def _outcome(outcome: InterestOutcome | None) -> str:
    return {
        None: "awaiting a decision",
        InterestOutcome.NONE: "needing nothing",
        InterestOutcome.MANAGED: "managed",
        InterestOutcome.REMOVED_FOR_BIDDERS: "removed from scoring the bidder concerned",
        InterestOutcome.REMOVED: "removed from the panel",
    }[outcome]


def _approvals(g: Gathered) -> Table:
    """Return the last word of each person on each decision, then whose word is awaited."""
    rows: list[Row] = []
    for lot in g.model.method.lots:
        rows += _words_on(g, lot, (lot.ref,) if g.several_lots else ())
    if not rows:
        first = (w.NONE,) if g.several_lots else ()
        rows.append(Row((*first, w.NONE, w.NONE, _AWAITED, w.NONE)))
    lead = (Column(r.LOT, width=0.6),) if g.several_lots else ()
    columns = (
        *lead,
        Column(r.ROLE, width=2.3),
        Column(r.NAME, width=1.7),
        Column(r.OUTCOME, width=1.1),
        Column(r.GIVEN, "right", width=1.4),
    )
    return Table(columns, tuple(rows), caption=w.APPROVALS)


def _words_on(g: Gathered, lot: Lot, first: tuple[str, ...]) -> Iterator[Row]:
    decision = g.decision(lot.ref)
    given = g.approvals(decision) if decision else ()
    for item in given:
        outcome, day = w.OUTCOMES[item.outcome], phrases.day(item.given_on)
        yield Row((*first, item.role, g.person(item.person), outcome, day))
    heard = {item.person for item in given}
    for member in g.model.panel:
        if member.role is Role.APPROVER and not member.left and member.person not in heard:
            name = g.person(member.person)
            yield Row((*first, w.ROLES[member.role], name, _AWAITED, w.NONE))
