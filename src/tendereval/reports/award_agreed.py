"""One agreed score among the reasons: its reasons, who stood by it, and how it changed."""

from collections.abc import Iterator

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import Score
from tendereval.domain.exact import to_text
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import (
    AgreedScore,
    Confirmation,
    Reopening,
    SentBack,
    awaited_confirmations,
    unexplained,
)
from tendereval.domain.ranked import CriterionMark
from tendereval.domain.scale import FAIL
from tendereval.domain.tender import AwardCriterion
from tendereval.reports import phrases
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_gather import Gathered, Judgements
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Bullets, Paragraph, Run, ScoredRationale


def agreed_blocks(
    g: Gathered, row: AwardCriterion, found: Judgements, agreed: AgreedScore
) -> Iterator[Block]:
    """Yield the agreed score that stands, with all its texts word for word."""
    points, label, reason = _points(row, agreed), _label(g, row, agreed), agreed.rationale.strip()
    if row.kind.is_pass_or_fail:
        yield ScoredRationale(points, label, reason, agreed=True)
    else:
        yield ScoredRationale(points, label, _meaning(g, row, agreed), agreed=True)
        if not g.is_published:
            yield Paragraph(r.RATIONALE, "label")
            yield Paragraph(reason)
    yield from _explanations(row, agreed)
    released = agreed.releasable_rationale.strip()
    if released:
        yield Paragraph(r.RELEASABLE, "label")
        yield Paragraph(released)
    if g.is_published:
        yield left_out(p.RATIONALE if released else p.NO_RELEASABLE)
    yield from _dissents(g, found.confirmations, agreed)
    yield Paragraph(_standing(g, row, found, agreed), "note")


def _points(row: AwardCriterion, agreed: AgreedScore) -> str:
    if row.kind.is_pass_or_fail:
        return r.FAILED if agreed.points == FAIL else r.PASSED
    return to_text(agreed.points)


def _label(g: Gathered, row: AwardCriterion, agreed: AgreedScore) -> str:
    points = _points(row, agreed)
    if row.kind.is_pass_or_fail:
        return r.AGREED_RESULT.format(label=points)
    band = g.model.method.scale_of(row).band(agreed.points)
    if band is None or not band.label:
        return r.AGREED.format(score=points)
    return r.AGREED_BAND.format(score=points, label=band.label)


def _meaning(g: Gathered, row: AwardCriterion, agreed: AgreedScore) -> str:
    """Return the published wording of the score and how it became marks."""
    band = g.model.method.scale_of(row).band(agreed.points)
    quoted = r.QUOTED.format(text=band.descriptor) if band and band.descriptor else ""
    mark = _mark(g, agreed.place)
    # A ranking that is older than the score does not explain it.
    is_same = mark is not None and mark.points == agreed.points
    worked = phrases.worked_marks(g.model.method, row, mark) if mark and is_same else ""
    return phrases.sentences(quoted, f"{worked}." if worked else "")


def _mark(g: Gathered, place: Place) -> CriterionMark | None:
    """Return what the answer earned in the first lot where it was ranked."""
    for lot in g.model.method.lots:
        if place.lot in {None, lot.ref} and (bid := g.ranked.get((lot.ref, place.bidder))):
            return next((one for one in bid.marks if one.criterion == place.criterion), None)
    return None


def _explanations(row: AwardCriterion, agreed: AgreedScore) -> Iterator[Block]:
    if not agreed.explanations:
        return
    texts = {sub.ref.casefold(): sub.text for sub in row.sub_criteria}
    yield Paragraph(r.BY_SUB_CRITERION, "label")
    for item in agreed.explanations:
        asked = phrases.ended(texts.get(item.sub_criterion.casefold(), ""))
        label = phrases.sentences(item.sub_criterion, asked)
        yield ScoredRationale("", label, item.text.strip())


def _dissents(
    g: Gathered, confirmations: tuple[Confirmation, ...], agreed: AgreedScore
) -> Iterator[Block]:
    for item in confirmations:
        if item.revision == agreed.revision and not item.agrees:
            label = r.DISSENT.format(name=g.person(item.person))
            said = p.LEFT_OUT.format(what=p.DISSENTS) if g.is_published else item.dissent.strip()
            yield ScoredRationale("", label, said)


def _standing(g: Gathered, row: AwardCriterion, found: Judgements, agreed: AgreedScore) -> str:
    """Return who was present, who confirmed and whether the score was changed, in words."""
    words = [item for item in found.confirmations if item.revision == agreed.revision]
    yes = [g.person(item.person) for item in words if item.agrees]
    no = [item for item in words if not item.agrees]
    waiting = g.people(awaited_confirmations(agreed, words, _scorers(g, agreed.place)))
    gaps = unexplained(row, agreed)
    version = agreed.method_version
    present = r.PRESENT.format(names=phrases.names(g.people(agreed.present)))
    return phrases.sentences(
        r.AGREED_AT.format(moment=phrases.moment(agreed.recorded_at)) if agreed.recorded_at else "",
        r.ELSEWHERE if agreed.elsewhere else "",
        present if agreed.present else r.NOBODY_PRESENT,
        r.CONFIRMED.format(names=phrases.names(yes)) if yes else "",
        r.AWAITING.format(names=phrases.names(waiting)) if waiting else "",
        r.NO_DISSENT if words and not no else "",
        r.UNEXPLAINED.format(refs=", ".join(gaps)) if gaps else "",
        "" if agreed.releasable_rationale.strip() or g.is_published else r.NO_RELEASABLE,
        r.UNDER_VERSION.format(number=version) if g.version and version != g.version else "",
        "" if found.replaced else r.UNCHANGED,
    )


def _scorers(g: Gathered, place: Place) -> frozenset[PersonId]:
    return g.scorers.get(place, frozenset())


def changes_blocks(g: Gathered, row: AwardCriterion, found: Judgements) -> Iterator[Block]:
    """Yield what stood before: sending back, earlier agreed scores, reopening."""
    if found.sent_back:
        yield Paragraph(r.SENT_BACK, "label")
        yield Bullets(tuple(_sent_back(g, item) for item in found.sent_back))
    if found.replaced:
        yield Paragraph(r.EARLIER_AGREED, "label")
        for index, item in enumerate(found.replaced):
            following = [*found.replaced[index + 1 :], found.agreed]
            yield from _replaced(g, row, found, item, following[0])
        if g.is_published:
            yield left_out(p.EARLIER)
    for reopening in found.reopenings:
        yield from _reopening(g, reopening)


def _sent_back(g: Gathered, item: SentBack) -> str:
    form = r.SENT_BACK_ON if item.is_open else r.SETTLED_ON
    reason = p.LEFT_OUT.format(what=p.BACK) if g.is_published else item.reason
    return form.format(moment=phrases.moment(item.recorded_at), reason=reason)


def _replaced(
    g: Gathered,
    row: AwardCriterion,
    found: Judgements,
    item: AgreedScore,
    following: AgreedScore | None,
) -> Iterator[Block]:
    form = r.EARLIER_LABEL_AT if item.recorded_at else r.EARLIER_LABEL
    moment = phrases.moment(item.recorded_at) if item.recorded_at else ""
    label = form.format(number=item.revision, moment=moment)
    yield ScoredRationale(_points(row, item), label, item.rationale.strip())
    yield from _explanations(row, item)
    if item.releasable_rationale.strip():
        label = r.EARLIER_RELEASABLE.format(number=item.revision)
        yield ScoredRationale("", label, item.releasable_rationale.strip())
    yield from _dissents(g, found.confirmations, item)
    if following is not None and following.reason.strip():
        why = Run(r.CHANGED_BECAUSE, bold=True)
        yield Paragraph((why, Run(following.reason.strip())))


def _reopening(g: Gathered, item: Reopening) -> Iterator[Block]:
    """Yield a reopening; the orders only where ranking may be shown."""
    yield Paragraph(r.REOPENED, "label")
    moment = phrases.moment(item.recorded_at)
    yield Paragraph(r.REOPENED_BY.format(name=g.person(item.approver), moment=moment))
    if g.is_published:
        yield left_out(p.REOPENED)
        return
    told = [(r.REOPENED_WHY, item.reason)]
    if g.may_rank:
        told.append((r.ORDER_BEFORE, item.order_before))
        told.append((r.ORDER_AFTER, item.order_after or r.ORDER_OPEN))
    for label, text in told:
        yield Paragraph((Run(label, bold=True), Run(text.strip())))


def is_old(g: Gathered, item: Score | AgreedScore) -> bool:
    """Whether a score was given under a version of the method that is no longer in force."""
    return bool(g.version) and item.method_version != g.version
