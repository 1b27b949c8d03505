"""What keeps a summary from going out: A23, A24, and texts that name somebody else."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tendereval.domain.bidding import BidStatus
from tendereval.domain.errors import Undefined
from tendereval.domain.ids import CriterionId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.summaries import (
    Assessment,
    AssessmentSummary,
    CriterionScore,
    Explained,
    Item,
    Limb,
    Missing,
    Supplement,
    Withheld,
)
from tendereval.domain.summary_completeness import (
    missing_items,
    readiness,
    third_parties,
    written_texts,
)
from tendereval.domain.summary_content import summaries_for, summary_for
from tendereval.domain.tender import ONLY_LOT, SubCriterion
from tests.builders import a_bid
from tests.unit.random_tenders import a_random_tender
from tests.unit.summary_models import (
    BELOW,
    PEOPLE,
    SECOND,
    THIRD,
    WINNER,
    a_model,
    marks_of,
    six,
    six_bids,
    six_method,
)

Q1, PRICE = CriterionId("Q1"), CriterionId("PRICE")
NOBODY = Explained("")
Deletion = tuple[str, Item, AssessmentSummary]


def complete(bidder: str = SECOND) -> AssessmentSummary:
    return next(one for one in summaries_for(six(), ONLY_LOT) if one.addressee == bidder)


def items(found: AssessmentSummary) -> list[Item]:
    return [gap.item for gap in missing_items(found)]


@pytest.mark.parametrize("bidder", [WINNER, SECOND, THIRD, BELOW])
def test_a23_a_summary_from_a_full_record_lacks_nothing(bidder: str) -> None:
    assert missing_items(complete(bidder)) == ()


def _of_head(found: AssessmentSummary) -> Iterator[Deletion]:
    yield "name", Item.NAME, replace(found, name="")
    yield "address", Item.CONTACT, replace(found, address=" ")
    yield "e-mail", Item.CONTACT, replace(found, email="")
    yield "identifier", Item.IDENTIFIER, replace(found, identifier="")
    yield "where", Item.WHERE_IN_FULL, replace(found, in_full=False, where="")
    yield "criteria", Item.CRITERIA, replace(found, criteria=())
    yield "methodology", Item.CRITERIA, replace(found, methodology=())
    held = {ref for one in (found.own, *found.winners) for ref, _, _ in one.sub_totals}
    for at, section in enumerate(found.sections):
        if section.criterion in held:
            rest = (*found.sections[:at], *found.sections[at + 1 :])
            yield "section", Item.CRITERIA, replace(found, sections=rest)


def _of_criteria(found: AssessmentSummary) -> Iterator[Deletion]:
    rows = found.criteria
    for at, row in enumerate(rows):
        without = (*rows[:at], *rows[at + 1 :])
        yield f"criterion {row.criterion}", Item.CRITERIA, replace(found, criteria=without)
        blanks = [replace(row, title=""), replace(row, how="")]
        if row.importance is not None:
            blanks.append(replace(row, importance=None))
        if row.bands:
            blanks.append(replace(row, bands=()))
        blanks += [
            replace(row, sub=(*row.sub[:sub], *row.sub[sub + 1 :])) for sub in range(len(row.sub))
        ]
        for blank in blanks:
            changed = (*rows[:at], blank, *rows[at + 1 :])
            yield f"part of {row.criterion}", Item.CRITERIA, replace(found, criteria=changed)


def _without(one: Assessment) -> Iterator[tuple[str, Item, Assessment]]:
    """Yield an assessment with one required thing deleted, as far as it was assessed."""
    for at, score in enumerate(one.scores):

        def put(*changed: CriterionScore, at: int = at) -> Assessment:
            return replace(one, scores=(*one.scores[:at], *changed, *one.scores[at + 1 :]))

        yield f"entry of {score.criterion}", Item.SCORES, put()
        if score.score is None:
            continue
        yield "score", Item.SCORES, put(replace(score, score=None))
        if score.mark is not None and not one.is_disqualified:
            yield "mark", Item.SCORES, put(replace(score, mark=None))
        yield "explanation", Item.EXPLANATIONS, put(replace(score, explanation=NOBODY))
        for sub in range(len(score.sub)):
            rest = (*score.sub[:sub], *score.sub[sub + 1 :])
            yield "sub", Item.SUB_EXPLANATIONS, put(replace(score, sub=rest))
            bare = (*score.sub[:sub], replace(score.sub[sub], explanation=NOBODY), *rest[sub:])
            yield "sub text", Item.SUB_EXPLANATIONS, put(replace(score, sub=bare))
    if not one.is_disqualified:
        yield "total", Item.TOTALS, replace(one, total=None)
        for at in range(len(one.sub_totals)):
            rest_of = (*one.sub_totals[:at], *one.sub_totals[at + 1 :])
            yield "sub-total", Item.TOTALS, replace(one, sub_totals=rest_of)


def deletions(found: AssessmentSummary) -> Iterator[Deletion]:
    """Yield the summary with one required item deleted at a time, and which item it was."""
    yield from _of_head(found)
    yield from _of_criteria(found)
    for what, item, own in _without(found.own):
        yield what, item, replace(found, own=own)
    if found.is_winner:
        return
    yield "further", Item.FURTHER, replace(found, further=NOBODY)
    for at, winner in enumerate(found.winners):
        rest = (*found.winners[:at], *found.winners[at + 1 :])
        yield "winner", Item.WINNER, replace(found, winners=rest)
        unnamed = (*found.winners[:at], replace(winner, name=""), *found.winners[at + 1 :])
        yield "winner's name", Item.WINNER, replace(found, winners=unnamed)
        for what, _, changed in (
            *_without(winner),
            ("name", Item.WINNER, replace(winner, name="")),
        ):
            winners = (*found.winners[:at], changed, *found.winners[at + 1 :])
            yield f"winner: {what}", Item.WINNER, replace(found, winners=winners)


@pytest.mark.parametrize("bidder", [WINNER, SECOND, BELOW])
def test_a23_deleting_any_one_required_item_is_named(bidder: str) -> None:
    found = complete(bidder)
    every = list(deletions(found))
    assert len(every) > 40
    for what, item, changed in every:
        assert item in items(changed), what


@given(st.integers(min_value=0, max_value=2**32), st.integers(min_value=1, max_value=2))
@settings(max_examples=40, deadline=None)
def test_a23_holds_for_random_tenders(seed: int, places: int) -> None:
    for found in summaries_for(_random_model(seed, places), ONLY_LOT):
        before = items(found)  # where totals tie, people have to say why
        assert set(before) <= {Item.FURTHER}
        for what, item, changed in deletions(found):
            assert item in before or item in items(changed), what


def _random_model(seed: int, places: int) -> ReportModel:
    tender, chance = a_random_tender(seed), Random(seed)  # noqa: S311 - a test wants to be repeatable
    rows = tuple(
        replace(row, sub_criteria=(SubCriterion(f"{row.ref}.1", "One."),))
        if row.kind.is_scored and chance.random() < 0.5
        else row
        for row in tender.method.criteria
    )
    try:
        model = a_model(replace(tender.method, criteria=rows), tender.bids, places)
    except Undefined:
        assume(condition=False)
        raise
    assume(model.rankings[0].ranked)
    return model


def test_a23_a_criterion_with_three_sub_criteria_needs_three_explanations() -> None:
    found = complete()
    scores = tuple(
        replace(score, sub=()) if score.criterion == Q1 else score for score in found.own.scores
    )
    gaps = missing_items(replace(found, own=replace(found.own, scores=scores)))
    assert [gap.item for gap in gaps] == [Item.SUB_EXPLANATIONS] * 3
    assert [letter for letter in "abc" if f"Q1.{letter}" in gaps["abc".index(letter)].words] == [
        *"abc"
    ]
    assert {gap.place for gap in gaps} == {"award"}


def test_a23_price_needs_its_explanation_too() -> None:
    found = _with_text(complete(), PRICE, NOBODY)
    (gap,) = missing_items(found)
    assert gap.item is Item.EXPLANATIONS
    assert "its own tender for PRICE" in gap.words
    assert gap.words.startswith(marks_of(SECOND).name)


def _with_text(found: AssessmentSummary, ref: CriterionId, text: Explained) -> AssessmentSummary:
    scores = tuple(
        replace(score, explanation=text) if score.criterion == ref else score
        for score in found.own.scores
    )
    return replace(found, own=replace(found.own, scores=scores))


@pytest.mark.parametrize("blank", ["", "  ", "\n\t"])
def test_a_releasable_text_that_is_blank_is_missing(blank: str) -> None:
    model = six()
    agreed = tuple(
        replace(item, releasable_rationale=blank) if item.place.bidder == WINNER else item
        for item in model.agreed
    )
    found = summary_for(replace(model, agreed=agreed), ONLY_LOT, SECOND)
    gaps = missing_items(found)
    assert [gap.item for gap in gaps] == [Item.WINNER] * 3
    assert f"the successful tender of {marks_of(WINNER).name}" in gaps[0].words
    assert "internal" not in repr(found)


def test_the_winner_needs_neither_further_reasons_nor_another_assessment() -> None:
    winner = complete(WINNER)
    assert not winner.further.text
    assert not winner.winners
    assert missing_items(winner) == ()


def test_a_disqualified_tender_needs_reasons_but_no_total_and_no_price() -> None:
    found = complete(BELOW)
    assert items(replace(found, further=NOBODY)) == [Item.FURTHER]
    assert "reasons for its disqualification" in (
        missing_items(replace(found, further=NOBODY))[0].words
    )
    assert "£" not in _own_price(found).explanation.text


def _own_price(found: AssessmentSummary) -> CriterionScore:
    return next(score for score in found.own.scores if score.is_price)


def test_a_tender_kept_in_reserve_lacks_its_total_and_says_so() -> None:
    bids = (*six_bids()[:1], a_bid("B", {"RQ1": 1, "Q1": 4}, 9, status=BidStatus.RESERVE))
    found = summary_for(a_model(six_method(), bids), ONLY_LOT, SECOND)
    assert {Item.SCORES, Item.TOTALS, Item.FURTHER} <= set(items(found))
    assert any("no place in the ranking" in gap.words for gap in missing_items(found))


# Redaction


@pytest.mark.parametrize("limb", Limb)
def test_a24_what_is_withheld_counts_as_there_once_its_note_is_written(limb: Limb) -> None:
    noted, bare = (Withheld(limb, note) for note in ("It names a trade secret.", " "))
    assert missing_items(_with_text(complete(), Q1, Explained("", noted))) == ()
    (gap,) = missing_items(_with_text(complete(), Q1, Explained("", bare)))
    assert gap.item is Item.EXPLANATIONS
    assert "no note why the public interest asks for that" in gap.words
    assert limb in gap.words


def test_a24_holds_for_further_reasons_and_for_a_withheld_price() -> None:
    bare = Explained("", Withheld(Limb.COMMERCIAL, ""))
    assert items(replace(complete(), further=bare)) == [Item.FURTHER]
    note = Withheld(Limb.COMMERCIAL, "Unit prices would be learnt.")
    added = Supplement(withheld=((SECOND, WINNER, PRICE, "", note),))
    assert missing_items(summary_for(six(), ONLY_LOT, SECOND, added)) == ()


# Texts that name somebody


def _told(
    text: str, bidder: str = SECOND, *, at: CriterionId = Q1
) -> tuple[tuple[Missing, ...], tuple[str, ...]]:
    """Let one bidder's releasable text say something, and return what is found."""
    model = six()
    agreed = tuple(
        replace(item, releasable_rationale=text)
        if (item.place.bidder, item.place.criterion) == (bidder, at)
        else item
        for item in model.agreed
    )
    found = summaries_for(replace(model, agreed=agreed), ONLY_LOT)
    ready = readiness(found, model.bidders, tuple(PEOPLE.values()))
    return ready.missing, tuple(remark.words for remark in ready.remarks)


@pytest.mark.parametrize(
    "words",
    [
        "Weaker than Firmczq Works Ltd.",
        "Weaker than Firmczq Works.",
        "FIRMCZQ WORKS is stronger.",
        "See GB-COH-77c4411.",
        "Write to bids@firmczq.example.",
    ],
)
def test_a_text_that_names_a_third_bidder_blocks(words: str) -> None:
    gaps, _ = _told(words)
    (gap,) = gaps
    assert (gap.addressee, gap.item, gap.place) == (SECOND, Item.EXPLANATIONS, "award")
    assert "names another bidder" in gap.words
    assert gap.words.startswith(marks_of(SECOND).name)


def test_a_winners_text_that_names_a_loser_blocks_every_other_summary() -> None:
    gaps, _ = _told(f"Clearer than {marks_of(THIRD).name}.", WINNER)
    assert [gap.addressee for gap in gaps] == [WINNER, SECOND, BELOW]


def test_the_successful_one_may_be_named_to_a_loser_and_is_remarked() -> None:
    gaps, remarks = _told(f"It says less than {marks_of(WINNER).name}.")
    assert gaps == ()
    assert any("compares with another bidder" in words for words in remarks)


def test_ones_own_name_is_nothing_to_speak_of() -> None:
    assert _told(f"{marks_of(SECOND).name} answers in full.") == ((), ())


def test_the_leads_words_are_looked_at_too() -> None:
    model, name = six(), marks_of(THIRD).name
    for added in (
        Supplement(further=((SECOND, f"{name} has more."),)),
        Supplement(price_explanations=((SECOND, PRICE, f"{name} is cheaper."),)),
        Supplement(texts=((SECOND, Q1, "Q1.a", f"As {name}."),)),
        Supplement(where=f"Ask {name}."),
    ):
        found = summaries_for(model, ONLY_LOT, added)
        assert SECOND in {gap.addressee for gap in third_parties(found, model.bidders)}


def test_what_is_withheld_names_nobody() -> None:
    model = six()
    note = Withheld(Limb.COMMERCIAL, f"{marks_of(THIRD).name} would learn it.")
    added = Supplement(
        texts=((SECOND, Q1, "", f"As {marks_of(THIRD).name}."),),
        withheld=((SECOND, SECOND, Q1, "", note),),
    )
    found = summary_for(model, ONLY_LOT, SECOND, added)
    assert third_parties((found,), model.bidders) == ()


def test_a_bidder_called_like_another_but_for_its_legal_form_is_not_taken_for_it() -> None:
    model = six()
    twin = replace(model.bidders[2], name="Firmbzq Works CIC")
    bidders = (twin, *model.bidders[:2], *model.bidders[3:])
    found = summaries_for(model, ONLY_LOT, Supplement(further=((SECOND, "Firmbzq Works fell."),)))
    assert third_parties(found, bidders) == ()


def test_an_ordinary_word_in_small_letters_is_no_name() -> None:
    model = six()
    bidders = tuple(
        replace(one, name="Oak Ltd", email="a@oak.example") if one.id == THIRD else one
        for one in model.bidders
    )
    texts = summaries_for(model, ONLY_LOT, Supplement(further=((SECOND, "It is made of oak."),)))
    assert third_parties(texts, bidders) == ()
    texts = summaries_for(model, ONLY_LOT, Supplement(further=((SECOND, "It beats Oak here."),)))
    assert [gap.item for gap in third_parties(texts, bidders)] == [Item.FURTHER]


def test_panel_members_and_short_names_are_remarked_and_stop_nothing() -> None:
    gaps, remarks = _told("As Ysolde Brackenbury said, it is clear.")
    assert gaps == ()
    assert any("somebody on the panel" in words for words in remarks)
    gaps, remarks = _told("It reads as Firmczq does.")
    assert gaps == ()
    assert any("may stand for another bidder" in words for words in remarks)


def test_generated_words_about_prices_and_totals_are_not_remarked() -> None:
    model = six()
    found = readiness(summaries_for(model, ONLY_LOT), model.bidders, tuple(PEOPLE.values()))
    assert found.missing == ()
    assert found.remarks == ()


def test_every_text_that_somebody_wrote_is_looked_at() -> None:
    found = complete()
    texts = [written.text for written in written_texts(found)]
    own = marks_of(SECOND)
    assert f"{own.sub} on Q1.c" in texts
    assert f"{marks_of(WINNER).releasable} on Q2" in texts
    assert found.further.text in texts


def test_hostile_texts_are_looked_at_without_harm() -> None:
    for text in ("\ud800", "(" * 5000, "\u202e" + marks_of(SECOND).name, "%s {0} \x00"):
        gaps, _ = _told(text)
        assert gaps == ()
