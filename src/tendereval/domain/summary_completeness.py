"""What keeps an assessment summary from going out: items it lacks, suppliers it must not name.

Looks at the summary as it would be printed, so that nothing a document drops goes unnoticed.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import BidderId
from tendereval.domain.name_hits import Found, find_names
from tendereval.domain.name_terms import Gives, core_words, letters_of, terms_of
from tendereval.domain.releasable import releasable_hints
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionFacts,
    CriterionScore,
    Explained,
    Item,
    Missing,
    Readiness,
    Remark,
)
from tendereval.domain.tender import CriterionKind

_KEPT_TEXTS = 20_000


def missing_items(summary: AssessmentSummary) -> tuple[Missing, ...]:
    """Return every required item that a summary lacks, in the order of the regulations.

    A winner's needs items 1 to 7; every other adds 8 and 9, and has 6 and 7 of its own tender
    only as far as it was assessed. Item 5 is needed where criteria do not stand in full. What
    is withheld under section 94 is there, once its public-interest note is written.

    Source: Procurement Regulations 2024, r.31(2) and (3); Procurement (Wales) Regulations 2024,
        r.32.
    """
    found = (
        *_head(summary),
        *_criteria(summary),
        *_assessment(summary, summary.own, "its own tender"),
        *_further(summary),
        *_winners(summary),
    )
    return tuple(
        Missing(summary.addressee, item, f"{summary.name or 'A supplier'}: {words}", place)
        for item, words, place in found
    )


_Gap = tuple[Item, str, str]
"""Item, words and place."""


def _head(summary: AssessmentSummary) -> Iterator[_Gap]:
    known = (
        (Item.NAME, "name", summary.name),
        (Item.CONTACT, "postal address", summary.address),
        (Item.CONTACT, "e-mail address", summary.email),
        (Item.IDENTIFIER, "unique identifier", summary.identifier),
    )
    for item, what, text in known:
        if not text.strip():
            yield item, f"its {what} is missing; add it.", "bids"


def _criteria(summary: AssessmentSummary) -> Iterator[_Gap]:
    item, place = Item.CRITERIA, "award"
    if not summary.criteria:
        yield item, "the award criteria are missing.", place
    for row in summary.criteria:
        for what in _lacks(row):
            yield item, f"{what} of the award criterion {row.criterion} is missing.", place
    if not any(line.strip() for line in summary.methodology):
        yield item, "the assessment methodology is missing.", place
    yield from ((item, words, place) for words in _unknown(summary))
    if not summary.in_full and not summary.where.strip():
        words = "it does not say where the full award criteria can be accessed; add that."
        yield Item.WHERE_IN_FULL, words, place


def _lacks(row: CriterionFacts) -> Iterator[str]:
    if not row.title.strip():
        yield "the title"
    if row.importance is None and row.kind != CriterionKind.REQUIREMENT:
        yield "the relative importance"
    if not row.how.strip():
        yield "how tenders were assessed by reference to scores"
    if not row.bands and row.kind != CriterionKind.PRICE:
        yield "the scores available"


def _unknown(summary: AssessmentSummary) -> Iterator[str]:
    """Yield what assessments speak of and the criteria do not."""
    known = {row.criterion: {ref for ref, _ in row.sub} for row in summary.criteria}
    sections = {row.criterion for row in summary.sections}
    spoken: dict[str, None] = {}
    for one in (summary.own, *summary.winners):
        for score in one.scores:
            if score.criterion not in known:
                spoken[f"award criterion {score.criterion}"] = None
            gone = [sub.ref for sub in score.sub if sub.ref not in known.get(score.criterion, ())]
            if score.criterion in known:
                spoken |= dict.fromkeys(f"sub-criterion {ref}" for ref in gone)
        spoken |= {f"section {ref}": None for ref, _, _ in one.sub_totals if ref not in sections}
    for what in spoken:
        yield f"the {what} is missing among the criteria."


def _assessment(summary: AssessmentSummary, one: Assessment, whose: str) -> Iterator[_Gap]:
    scores = {score.criterion: score for score in one.scores}
    for row in summary.criteria:
        score = scores.get(row.criterion)
        if score is None:
            told = f"the score of {whose} for {row.criterion} is missing."
            yield Item.SCORES, told, "moderation"
        elif not (one.is_disqualified and _not_assessed(score)):
            yield from _of_criterion(row, score, one, whose)
    if not one.is_disqualified:
        yield from _totals(summary, one, whose)


def _not_assessed(score: CriterionScore) -> bool:
    texts = (score.explanation, *(sub.explanation for sub in score.sub))
    return score.score is None and not any(text.is_there for text in texts)


def _of_criterion(
    row: CriterionFacts, score: CriterionScore, one: Assessment, whose: str
) -> Iterator[_Gap]:
    place = "award"
    lacks_mark = score.mark is None and row.importance is not None and not one.is_disqualified
    if lacks_mark or (score.score is None and score.explanation.withheld is None):
        yield Item.SCORES, f"the score of {whose} for {row.criterion} is missing.", "moderation"
    told = f"of the score of {whose} for {row.criterion}"
    yield from _text(Item.EXPLANATIONS, score.explanation, f"explanation {told}", place)
    explained = {sub.ref: sub.explanation for sub in score.sub}
    for ref, _ in row.sub:
        text = explained.get(ref, Explained(""))
        told = f"explanation how {whose} was assessed by the sub-criterion {ref}"
        yield from _text(Item.SUB_EXPLANATIONS, text, told, place)


def _text(item: Item, text: Explained, what: str, place: str) -> Iterator[_Gap]:
    if not text.is_there:
        yield item, f"the releasable {what} is missing; write it.", place
    elif text.withheld is not None and not text.withheld.note.strip():
        words = (
            f"the {what} is withheld under {text.withheld.limb}, and there is no note why the "
            "public interest asks for that; write it. It is kept inside."
        )
        yield item, words, place


def _totals(summary: AssessmentSummary, one: Assessment, whose: str) -> Iterator[_Gap]:
    item, place = Item.TOTALS, "ranking"
    if one.total is None:
        yield item, f"the total of {whose} is missing: it has no place in the ranking.", place
    held = {ref for ref, _, _ in one.sub_totals}
    for section in summary.sections:
        if section.criterion not in held:
            words = f"the sub-total of {whose} for section {section.criterion} is missing."
            yield item, words, place


def _further(summary: AssessmentSummary) -> Iterator[_Gap]:
    if summary.is_winner:
        return
    what = (
        "reasons for its disqualification"
        if summary.own.is_disqualified
        else ("further explanation why the contract is not awarded to it")
    )
    text = summary.further
    if not text.is_there:
        verb = "are" if summary.own.is_disqualified else "is"
        yield Item.FURTHER, f"the {what} {verb} missing; write it.", "award"
    elif text.withheld is not None:
        yield from _text(Item.FURTHER, text, what, "award")


def _winners(summary: AssessmentSummary) -> Iterator[_Gap]:
    if summary.is_winner:
        return
    lacking = summary.successful - len(summary.winners)
    if lacking > 0:
        words = "the assessment of the successful tender is missing."
        if summary.successful > 1:
            words = f"the assessments of {lacking} of the successful tenders are missing."
        yield Item.WINNER, words, "award"
    for one in summary.winners:
        if not one.name.strip():
            yield Item.WINNER, "the name of the successful supplier is missing.", "bids"
        whose = f"the successful tender of {one.name}"
        for _, words, place in _assessment(summary, one, whose):
            yield Item.WINNER, words, place


@dataclass(frozen=True, slots=True)
class Written:
    """A text that somebody wrote and that a summary prints.

    Attributes:
        bidder: whose assessment it explains.
        criterion: which; with the sub-criterion where there is one, blank for none.
    """

    bidder: BidderId
    item: Item
    criterion: str
    text: str


def written_texts(summary: AssessmentSummary) -> tuple[Written, ...]:
    """Return every text of a summary that is not published and not the addressee's own."""
    return tuple(_written(summary))


def _written(summary: AssessmentSummary) -> Iterator[Written]:
    for one in (summary.own, *summary.winners):
        for score in one.scores:
            ref = score.criterion
            yield Written(one.bidder, Item.EXPLANATIONS, ref, score.explanation.text)
            for sub in score.sub:
                yield Written(one.bidder, Item.SUB_EXPLANATIONS, sub.ref, sub.explanation.text)
    yield Written(summary.addressee, Item.FURTHER, "", summary.further.text)
    yield Written(summary.addressee, Item.WHERE_IN_FULL, "", summary.where)


def readiness(
    summaries: Sequence[AssessmentSummary], bidders: Sequence[Bidder], people: Sequence[str]
) -> Readiness:
    """Return what keeps summaries of one lot from going out, and what to look at before.

    Args:
        summaries: of every recipient.
        bidders: everybody that is registered, of whatever lot.
        people: names of the panel.
    """
    named = _finder(bidders)
    return Readiness(
        _all_missing(summaries, bidders, named), tuple(_remarks(summaries, bidders, people, named))
    )


def all_missing(
    summaries: Sequence[AssessmentSummary], bidders: Sequence[Bidder]
) -> tuple[Missing, ...]:
    """Return what keeps summaries of one lot from going out, without anything else."""
    return _all_missing(summaries, bidders, _finder(bidders))


_Finder = Callable[[str], tuple[Found, ...]]


def _finder(bidders: Sequence[Bidder]) -> _Finder:
    """Return what finds bidders in a text; a winner's texts stand in many summaries."""
    terms = terms_of(bidders)

    @lru_cache(maxsize=_KEPT_TEXTS)
    def named(text: str) -> tuple[Found, ...]:
        return find_names(text, terms) if text.strip() else ()

    return named


def _all_missing(
    summaries: Sequence[AssessmentSummary], bidders: Sequence[Bidder], named: _Finder
) -> tuple[Missing, ...]:
    known = {bidder.id: _letters(bidder) for bidder in bidders}
    gaps = [gap for one in summaries for gap in missing_items(one)]
    third = [gap for one in summaries for gap in _third_parties(one, known, named)]
    return (*gaps, *third)


def third_parties(
    summaries: Iterable[AssessmentSummary], bidders: Sequence[Bidder]
) -> tuple[Missing, ...]:
    """Return the texts that name a bidder who is neither addressee nor shown as successful.

    A summary with such a text does not go out until the lead words it otherwise.
    """
    named = _finder(bidders)
    known = {bidder.id: _letters(bidder) for bidder in bidders}
    return tuple(gap for summary in summaries for gap in _third_parties(summary, known, named))


def _letters(bidder: Bidder) -> frozenset[str]:
    """Return what a bidder is called; two may be called the same but for their legal forms."""
    return frozenset(term.letters for term in terms_of((bidder,)))


def _third_parties(
    summary: AssessmentSummary, known: Mapping[BidderId, frozenset[str]], named: _Finder
) -> Iterator[Missing]:
    shown = {summary.addressee, *(one.bidder for one in summary.winners)}
    allowed = {letters for one in shown for letters in known.get(one, ())}
    for written in _written(summary):
        hit = _third_party(named(written.text), shown, allowed)
        if hit is not None:
            about = f" of {written.criterion}" if written.criterion else ""
            words = (
                f"{summary.name}: the text under item {written.item}{about} names another "
                f"bidder, “{hit.words}”; word it otherwise."
            )
            yield Missing(summary.addressee, written.item, words, "award")


def _third_party(
    hits: Iterable[Found], shown: Collection[BidderId], allowed: Collection[str]
) -> Found | None:
    return next(
        (
            hit
            for hit in hits
            if hit.bidder not in shown
            and _gives_away(hit)
            and letters_of("".join(core_words(hit.words))) not in allowed
        ),
        None,
    )


def _gives_away(hit: Found) -> bool:
    """Whether it is a bidder for sure: a name in small letters may be an ordinary word."""
    if hit.gives is Gives.NAME:
        return not hit.words.islower()
    if hit.gives is Gives.ADDRESS:
        return "@" in hit.words or "." in hit.words
    return hit.gives is Gives.NUMBER


def _remarks(
    summaries: Iterable[AssessmentSummary],
    bidders: Sequence[Bidder],
    people: Sequence[str],
    named: _Finder,
) -> dict[Remark, None]:
    """Return who is named or compared with in the texts about each tender, each looked at once.

    Amounts are not remarked here: a text of a social value question may well speak of pounds.
    """
    found: dict[Remark, None] = {}
    for summary in summaries:
        others = [one.name for one in bidders if one.id != summary.addressee]
        for written in _written(summary):
            if written.bidder == summary.addressee and written.text.strip():
                told = releasable_hints(
                    written.text,
                    others=_standing(others, written.text),
                    people=_standing(people, written.text),
                    about_price=True,
                )
                for words in (*told, *_short_names(written, named)):
                    found[Remark(written.bidder, written.item, written.criterion, words)] = None
    return found


def _standing(names: Iterable[str], text: str) -> list[str]:
    """Return the names of which a word stands in a text; the others are not worth looking for."""
    folded = text.casefold()
    return [name for name in names if any(word in folded for word in name.casefold().split())]


def _short_names(written: Written, named: _Finder) -> Iterator[str]:
    for hit in named(written.text):
        is_told_already = _gives_away(hit) or hit.words.islower()
        if hit.bidder != written.bidder and not is_told_already:
            yield f"“{hit.words}” may stand for another bidder. Only the successful one is named."
