"""From individual to agreed scores in the award report: counts per question, and pictures.

Counts only; no figure is worked out from several people's scores.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import ScoreState
from tendereval.domain.exact import to_text
from tendereval.domain.tender import AwardCriterion
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_after as a
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_gather import Gathered, Judgements, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.charts_moderation import Judged, individual_to_agreed
from tendereval.reports.outline import Block, Cell, Column, Paragraph, Row, Table

_MOST_DRAWN: Final = 60
"""Rows of pictures: about three pages."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One agreed score beside the individual ones it came after."""

    label: str
    individual: tuple[Fraction, ...]
    agreed: Fraction
    is_changed: bool

    @property
    def is_within(self) -> bool:
        return bool(self.individual) and (
            min(self.individual) <= self.agreed <= max(self.individual)
        )

    @property
    def is_plain(self) -> bool:
        """Whether everybody had given the agreed score."""
        return set(self.individual) == {self.agreed}

    @property
    def spread(self) -> Fraction:
        return max(self.individual) - min(self.individual) if self.individual else Fraction(0)


def moderation_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield how individual scores became agreed ones, question by question."""
    if not g.may_judge:
        yield Paragraph(r.REASONS_HIDDEN)
        return
    scored = [row for row in g.model.method.criteria if row.kind.is_scored]
    found = {row.ref: list(_changes(g, row)) for row in scored}
    rows = [row for row in scored if found[row.ref]]
    if not rows:
        yield Paragraph(a.NO_MODERATION)
        return
    yield Paragraph(a.MODERATION_INTRO)
    if g.has_unnamed:
        yield left_out(p.MODERATION)
    yield _table(rows, [found[row.ref] for row in rows])
    yield part.below(1).heading(a.PICTURES)
    yield from _pictures(g, rows, [found[row.ref] for row in rows])


def _changes(g: Gathered, row: AwardCriterion) -> Iterator[_Change]:
    left = {member.person for member in g.model.panel if member.left}
    for bidder in g.named_bidders:
        found = g.judged_at(Place(bidder.id, row.ref, row.lot))
        if found.agreed is not None:
            given = tuple(
                score.points
                for score in found.scores
                if score.state is ScoreState.READY
                and score.points is not None
                and score.evaluator not in left
            )
            yield _Change(bidder.name, given, found.agreed.points, _is_changed(found))


def _is_changed(found: Judgements) -> bool:
    return bool(found.replaced)


def _table(rows: Sequence[AwardCriterion], found: Sequence[Sequence[_Change]]) -> Table:
    columns = (
        Column(a.QUESTION, width=0.8, muted=True),
        Column("", width=3),
        Column(a.AGREED_COUNT, "right", width=0.95),
        Column(a.AT_ONE, "right", width=1.1),
        Column(a.AMONG, "right", width=1.05),
        Column(a.OUTSIDE, "right", width=1),
        Column(a.WIDEST, "right", width=1),
        Column(a.CHANGED, "right", width=1.1),
    )
    body = [
        Row((row.ref, row.title, *_counts(items))) for row, items in zip(rows, found, strict=True)
    ]
    every = [item for items in found for item in items]
    body.append(Row((Cell(a.MODERATION_TOTAL, 2), *_counts(every)), "total"))
    return Table(columns, tuple(body))


def _counts(items: Sequence[_Change]) -> tuple[str, ...]:
    given = [item for item in items if item.individual]
    plain = sum(item.is_plain for item in given)
    within = sum(item.is_within for item in given)
    widest = max((item.spread for item in given), default=None)
    return (
        str(len(items)),
        str(plain),
        str(within - plain),
        str(len(given) - within),
        w.NONE if widest is None else to_text(widest),
        str(sum(item.is_changed for item in items)),
    )


def _pictures(
    g: Gathered, rows: Sequence[AwardCriterion], found: Sequence[Sequence[_Change]]
) -> Iterator[Block]:
    drawn = [[item for item in items if item.individual and not item.is_plain] for items in found]
    count = sum(map(len, drawn))
    if not count:
        yield Paragraph(a.NO_DIFFERENCE)
        return
    if count > _MOST_DRAWN:
        yield Paragraph(a.TOO_MANY.format(count=phrases.number_word(count)))
        return
    if max(map(len, drawn)) == 1:
        yield from _in_one(g, rows, drawn)
        return
    for row, items in zip(rows, drawn, strict=True):
        judged = [Judged(item.label, item.individual, item.agreed) for item in items]
        caption = a.PICTURE.format(ref=row.ref, title=row.title)
        yield from individual_to_agreed(judged, _points(g, row), caption=caption)


def _in_one(
    g: Gathered, rows: Sequence[AwardCriterion], drawn: Sequence[Sequence[_Change]]
) -> Iterator[Block]:
    """Yield one picture per scale where every question has one row at most."""
    by_scale: dict[tuple[Fraction, ...], list[Judged]] = {}
    names = {item.label for items in drawn for item in items}
    for row, items in zip(rows, drawn, strict=True):
        for item in items:
            whose = "" if len(names) == 1 else f", {item.label}"
            label = f"{row.ref} {row.title}{whose}"
            judged = Judged(label, item.individual, item.agreed)
            by_scale.setdefault(_points(g, row), []).append(judged)
    form = a.PICTURE_OF if len(names) == 1 else a.PICTURE_ALL
    caption = form.format(name="".join(names))
    for points, judged_rows in by_scale.items():
        yield from individual_to_agreed(judged_rows, points, caption=caption)


def _points(g: Gathered, row: AwardCriterion) -> tuple[Fraction, ...]:
    scale = g.model.method.scale_of(row)
    ends = (end for span in scale.ranges for end in (span.lowest, span.highest))
    return (*(band.points for band in scale.bands), *ends)
