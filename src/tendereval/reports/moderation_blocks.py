"""One response in the moderation record: individual scores, the panel's decision, changes."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tendereval.domain.bidding import Bidder, Place
from tendereval.domain.disagreement import disagreement
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.domain.exact import decimal_text
from tendereval.domain.tender import AwardCriterion
from tendereval.reports import phrases
from tendereval.reports import wording as common
from tendereval.reports import wording_moderation as w
from tendereval.reports import wording_results as r
from tendereval.reports.award_agreed import agreed_blocks, changes_blocks
from tendereval.reports.award_gather import Gathered, Judgements
from tendereval.reports.award_reasons import points_text
from tendereval.reports.outline import Block, Heading, Paragraph, ScoredRationale


def differs(found: Judgements) -> bool:
    """Whether evaluators gave different scores by themselves."""
    return len(set(_points(found))) > 1


def _points(found: Judgements) -> list[Fraction]:
    return [
        one.points
        for one in found.scores
        if one.points is not None and one.state is ScoreState.READY
    ]


def response_blocks(
    g: Gathered, bidder: Bidder, row: AwardCriterion, found: Judgements
) -> Iterator[Block]:
    """Yield everything recorded about one response, in the order in which it came about."""
    bids = g.bids_of(bidder.id, row)
    if not any(bid.is_assessed for bid in bids):
        status = common.STATUSES[g.status(bids[0])] if bids else common.NOT_RECORDED
        yield Paragraph(r.STATUS_NOTE.format(status=status), "muted")
    yield from _individual(g, row, found)
    yield Heading(w.DECIDED, 3)
    if found.agreed is None:
        yield Paragraph(r.NOT_AGREED)
    else:
        yield from agreed_blocks(g, row, found, found.agreed)
        if found.agreed.recorded_by is not None:
            name = g.person(found.agreed.recorded_by)
            yield Paragraph(w.RECORDED_BY.format(name=name), "note")
    if found.sent_back or found.replaced or found.reopenings:
        yield Heading(w.AFTERWARDS, 3)
        yield from changes_blocks(g, row, found)


def _individual(g: Gathered, row: AwardCriterion, found: Judgements) -> Iterator[Block]:
    yield Heading(w.BY_THEMSELVES, 3)
    if not found.scores:
        yield Paragraph(w.NOBODY_SCORED)
    yield from (_one(g, row, score) for score in _in_panel_order(g, found.scores))
    if found.scores:
        yield Paragraph(_comparison(g, row, found), "note")
    if found.earlier:
        yield Paragraph(w.EARLIER, "label")
        yield from (_one(g, row, score, is_earlier=True) for score in found.earlier)


def _in_panel_order(g: Gathered, scores: Sequence[Score]) -> list[Score]:
    order = {member.person: at for at, member in enumerate(g.model.panel)}
    return sorted(scores, key=lambda one: order.get(one.evaluator, len(order)))


def _one(
    g: Gathered, row: AwardCriterion, score: Score, *, is_earlier: bool = False
) -> ScoredRationale:
    left = any(item.person == score.evaluator and item.left for item in g.model.panel)
    state = {ScoreState.DRAFT: r.DRAFT_SCORE, ScoreState.CANNOT_SCORE: r.CANNOT_SCORE}
    moment = phrases.moment(score.recorded_at) if score.recorded_at else ""
    if is_earlier or score.revision > 1:
        form = w.REVISION_AT if moment else w.REVISION
        moment = form.format(number=score.revision, moment=moment)
    is_old = g.version and score.method_version != g.version
    notes = (
        state.get(score.state, ""),
        r.NOT_USED if left else "",
        r.VERSION_SHORT.format(number=score.method_version) if is_old else "",
        moment,
    )
    label = ", ".join(text for text in (g.person(score.evaluator), *notes) if text)
    return ScoredRationale(points_text(row, score), f"{label}.", score.rationale.strip())


def _comparison(g: Gathered, row: AwardCriterion, found: Judgements) -> str:
    """Say how far individual scores differ; nothing is worked out from them."""
    between = disagreement(Place(found.scores[0].place.bidder, row.ref, row.lot), _points(found))
    if between.lowest is None or between.highest is None:
        return w.NO_SCORER
    if between.scorers == 1:
        return w.ONE_SCORER
    scorers = phrases.counted(between.scorers, "evaluator")
    is_verdict = row.kind.is_pass_or_fail
    if not between.spread:
        form = w.SAME_RESULT if is_verdict else w.SAME
        return form.format(scorers=phrases.capital(scorers))
    if is_verdict:
        return w.DIFFER_RESULT.format(scorers=scorers)
    return w.DIFFER.format(
        lowest=decimal_text(between.lowest),
        highest=decimal_text(between.highest),
        scorers=scorers,
        maximum=decimal_text(g.model.method.scale_of(row).maximum),
    )
