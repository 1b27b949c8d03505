"""The reasons in the award report: every agreed score with its reasons, question by question.

Texts that people wrote are printed word for word; no figure is worked out from several people's.
"""

from collections.abc import Iterator, Sequence

from tendereval.domain.bidding import Bidder, Place
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.exact import to_text
from tendereval.domain.scale import FAIL
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_agreed import agreed_blocks, changes_blocks
from tendereval.reports.award_annex import sub_criteria
from tendereval.reports.award_gather import Gathered, Judgements
from tendereval.reports.award_method import marks_available
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Heading, Paragraph, Rule, ScoredRationale


def reasons_section(g: Gathered) -> Iterator[Block]:
    """Yield the reasons: question by question, then tender by tender."""
    if not g.may_judge:
        yield Paragraph(r.REASONS_HIDDEN)
        return
    judged = [row for row in g.model.method.criteria if row.kind.is_judged]
    if not judged:
        yield Paragraph(r.NO_QUESTIONS)
        return
    yield Paragraph(r.REASONS_INTRO)
    if g.has_unnamed:
        yield left_out(p.REASONS)
    for index, row in enumerate(judged):
        yield Heading(row.title or row.ref, 2, row.ref, f"question-{index}", question=True)
        yield from _asked(g, row)
        yield from _tenders(g, index, row)


def _asked(g: Gathered, row: AwardCriterion) -> Iterator[Block]:
    lot = g.model.method.lot(row.lot) if row.lot is not None and g.several_lots else None
    only = r.ONLY_IN.format(lot=g.lot_name(lot)) if lot is not None else ""
    yield Paragraph(phrases.sentences(row.question.strip(), _weight(g, row), only), "muted")
    if row.sub_criteria:
        yield sub_criteria(row)


def _weight(g: Gathered, row: AwardCriterion) -> str:
    if row.kind is CriterionKind.CONDITION_OF_PARTICIPATION:
        return r.CONDITION
    if row.kind is CriterionKind.REQUIREMENT:
        return r.REQUIREMENT
    weight = marks_available(g.model.method, row)
    return "" if weight is None else r.WEIGHS.format(weight=phrases.plain_number(weight))


def _tenders(g: Gathered, index: int, row: AwardCriterion) -> Iterator[Block]:
    """Yield what is recorded on each tender, then who has nothing recorded."""
    waiting: list[str] = []
    apart: list[str] = []
    is_first = True
    for bidder in g.named_bidders:
        bids = g.bids_of(bidder.id, row)
        found = g.judged_at(Place(bidder.id, row.ref, row.lot))
        if found.is_empty and (g.is_published or not bids):
            continue
        if not found.is_empty:
            if not is_first:
                yield Rule()
            is_first = False
            yield Heading(bidder.name, 3, key=f"question-{index}-{bidder.id}")
            yield from _judged(g, bidder, row, found)
        elif any(bid.is_assessed for bid in bids):
            waiting.append(bidder.name)
        else:
            apart.append(f"{bidder.name} ({w.STATUSES[g.status(bids[0])]})")
    if waiting:
        yield Paragraph(r.NOTHING_YET.format(names=phrases.names(waiting)))
    if apart:
        yield Paragraph(r.NOT_JUDGED.format(names=phrases.names(apart)))


def _judged(g: Gathered, bidder: Bidder, row: AwardCriterion, found: Judgements) -> Iterator[Block]:
    bids = g.bids_of(bidder.id, row)
    if not any(bid.is_assessed for bid in bids):
        status = w.STATUSES[g.status(bids[0])] if bids else w.NOT_RECORDED
        yield Paragraph(r.STATUS_NOTE.format(status=status), "muted")
    if found.agreed is None:
        yield Paragraph(r.NOT_AGREED)
    else:
        yield from agreed_blocks(g, row, found, found.agreed)
    yield Paragraph(r.INDIVIDUAL, "label")
    if not found.scores:
        yield Paragraph(r.NO_INDIVIDUAL)
    yield from _individual(g, row, found.scores)
    if g.is_published and found.scores:
        yield left_out(p.INDIVIDUAL)
    if found.earlier:
        yield Paragraph(r.EARLIER_INDIVIDUAL, "label")
        for score in found.earlier:
            yield _one(g, row, score, r.REVISION.format(number=score.revision))
    yield from changes_blocks(g, row, found)


def _individual(
    g: Gathered, row: AwardCriterion, scores: Sequence[Score]
) -> Iterator[ScoredRationale]:
    """Yield the individual scores in the order of the panel."""
    order = {member.person: at for at, member in enumerate(g.model.panel)}
    for score in sorted(scores, key=lambda one: order.get(one.evaluator, len(order))):
        yield _one(g, row, score)


def _one(g: Gathered, row: AwardCriterion, score: Score, note: str = "") -> ScoredRationale:
    left = any(item.person == score.evaluator and item.left for item in g.model.panel)
    state = {ScoreState.DRAFT: r.DRAFT_SCORE, ScoreState.CANNOT_SCORE: r.CANNOT_SCORE}
    notes = [
        state.get(score.state, ""),
        r.NOT_USED if left else "",
        r.VERSION_SHORT.format(number=score.method_version)
        if g.version and score.method_version != g.version
        else "",
        note,
    ]
    label = ", ".join(text for text in (g.person(score.evaluator), *notes) if text)
    return ScoredRationale(points_text(row, score), f"{label}.", score.rationale.strip())


def points_text(row: AwardCriterion, score: Score) -> str:
    """Write an individual score as it hangs in the margin."""
    if score.points is None:
        return w.NONE
    if row.kind.is_pass_or_fail:
        return r.FAILED if score.points == FAIL else r.PASSED
    return to_text(score.points)
