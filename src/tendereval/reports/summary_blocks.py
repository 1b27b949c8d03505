"""Items 6 to 9 of an assessment summary: how one tender was assessed, and why it is not the one."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from tendereval.domain.exact import decimal_text, money
from tendereval.domain.scale import FAIL
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionScore,
    Explained,
    SectionFacts,
    SubExplanation,
    Withheld,
)
from tendereval.reports import phrases
from tendereval.reports import wording_summary as w
from tendereval.reports.outline import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Run,
    ScoredRationale,
    Table,
)
from tendereval.reports.summary_criteria import sections_at


def assessment_blocks(
    summary: AssessmentSummary, found: Assessment, currency: str
) -> Iterator[Block]:
    """Yield how one tender was assessed, by reference to scores.

    Args:
        summary: of the addressee.
        found: the assessment of its own tender or of a successful one.
        currency: of prices.
    """
    if not found.scores:
        yield Paragraph(w.NOTHING_ASSESSED)
        return
    yield _table(summary, found, currency)
    if found.total is None:
        yield Paragraph(w.NOT_RANKED)
    if found is summary.own:
        yield from _lowest(summary, currency)
    for score in found.scores:
        yield from _explained(found, score, currency)


def _table(summary: AssessmentSummary, found: Assessment, currency: str) -> Table:
    """Return scores, marks, sub-totals and the total, with the figures of the explanations."""
    earned = {ref: amount for ref, _, amount in found.sub_totals}
    rows: list[Row] = []
    for one in found.scores:
        rows += [
            _section_row(section, earned.get(section.criterion))
            for section in sections_at(summary, one.criterion)
        ]
        rows.append(_score_row(one, currency))
    rows += _total_rows(summary, found, currency)
    columns = (
        Column(w.CRITERION, width=0.75, muted=True),
        Column("", width=3),
        Column(w.SCORE, "right", width=1.7),
        Column(w.MARKS, "right", width=1),
        Column(w.OF, "right", width=0.7, muted=True),
    )
    return Table(columns, tuple(rows), caption=w.SCORES)


def _section_row(section: SectionFacts, earned: Fraction | None) -> Row:
    marks = w.NO_VALUE if earned is None else phrases.figure(earned)
    available = decimal_text(section.importance)
    return Row((section.criterion, section.title, "", marks, available), "section")


def _score_row(one: CriterionScore, currency: str) -> Row:
    if one.score is not None:
        given = _score_text(one, one.score, currency)
    else:
        given = w.NO_VALUE if one.explanation.withheld is None else w.IS_WITHHELD
    mark = w.NO_VALUE if one.mark is None else phrases.figure(one.mark)
    available = w.NO_VALUE if one.available is None else decimal_text(one.available)
    return Row((one.criterion, one.title, given, mark, available))


def _total_rows(summary: AssessmentSummary, found: Assessment, currency: str) -> Sequence[Row]:
    if found.total is None:
        return ()
    if found.is_money:
        amount = Cell(money(found.total, currency), 2)
        return (Row((Cell(w.TOTAL_OF, 3), amount), "total"),)
    known = [row.importance for row in summary.criteria if row.importance is not None]
    of = decimal_text(sum(known, Fraction(0))) if known else ""
    total = Row((Cell(w.TOTAL_OF, 3), phrases.figure(found.total), of), "total")
    if found.added is None or found.added == found.total:
        return (total,)
    return (Row((Cell(w.ADDED, 3), phrases.figure(found.added), "")), total)


def _score_text(one: CriterionScore, score: Fraction, currency: str) -> str:
    if one.is_price:
        return money(score, currency)
    if one.is_pass:
        return w.FAILED if score == FAIL else w.PASSED
    return decimal_text(score)


def _lowest(summary: AssessmentSummary, currency: str) -> Iterator[Block]:
    titles = {row.criterion: row.title or row.criterion for row in summary.criteria}
    marked = {one.criterion for one in summary.own.scores if one.mark is not None}
    for criterion, amount in summary.lowest:
        if criterion not in marked:
            continue
        title = titles.get(criterion, criterion)
        yield Paragraph(w.LOWEST.format(title=title, amount=money(amount, currency)))


def _explained(found: Assessment, one: CriterionScore, currency: str) -> Iterator[Block]:
    """Yield one score with its explanation and those of its sub-criteria."""
    yield Heading(one.title or one.criterion, 3, one.criterion)
    if one.score is None and one.explanation.withheld is None:
        told = w.NOT_ASSESSED_BECAUSE if found.is_disqualified else w.NOT_ASSESSED
        yield Paragraph((Run(told, bold=True),))
        if one.explanation.is_there:
            yield Paragraph(_words(one.explanation))
    elif one.score is None:
        # What is withheld may be the score itself, such as a price.
        yield ScoredRationale("", _marks_label(one), _words(one.explanation))
    else:
        text = _score_text(one, one.score, currency)
        # A price is too wide for the margin and stands in its label.
        hung = "" if one.is_price else text
        yield ScoredRationale(hung, _label(one, text), _words(one.explanation), agreed=True)
    for sub in one.sub:
        yield _sub(sub)


def _label(one: CriterionScore, text: str) -> str:
    if one.is_price:
        told = w.PRICE_IS.format(amount=text)
    elif one.is_pass:
        told = w.RESULT_IS.format(score=text)
    else:
        told = w.SCORE_IS.format(score=text)
    band = "" if one.is_pass else one.band
    return f"{', '.join(part for part in (told, band, _marks(one)) if part)}."


def _marks(one: CriterionScore) -> str:
    if one.mark is None or one.available is None:
        return ""
    available = phrases.marks(decimal_text(one.available))
    return w.MARKS_ARE.format(marks=phrases.figure(one.mark), available=available)


def _marks_label(one: CriterionScore) -> str:
    return phrases.ended(_marks(one))


def _sub(sub: SubExplanation) -> ScoredRationale:
    label = phrases.ended(phrases.sentences(sub.ref, sub.text))
    return ScoredRationale("", label, _words(sub.explanation))


def _words(explained: Explained) -> str:
    """Return the text, or that it is withheld; what is withheld goes no further than here."""
    if explained.withheld is not None:
        return withheld_sentence(explained.withheld)
    return explained.text.strip() or w.NOT_EXPLAINED


def withheld_sentence(withheld: Withheld) -> str:
    """Return that information is withheld and under which limb; never why.

    Source: Procurement Act 2023, s.94.
    """
    limb = withheld.limb.value.replace("s.", "section\u00a0")
    return w.LIMBS[withheld.limb].format(limb=limb)


def further_blocks(further: Explained) -> Iterator[Block]:
    """Yield item 8: why the contract is not awarded to the supplier."""
    yield Paragraph(_words(further) if further.is_there else w.NO_FURTHER)
