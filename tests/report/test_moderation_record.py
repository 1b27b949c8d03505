"""The moderation record: who scored what and why, what was agreed, what changed after."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.evaluation import ScoreState
from tendereval.domain.moderation import Confirmation
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.reports.moderation_record import moderation_record
from tendereval.reports.outline import Document, Facts
from tendereval.reports.pdf import write_pdf
from tests.report.outline_reading import all_text, headings
from tests.report.pdf_reading import Tagged, failures, page_texts, words
from tests.report.report_models import (
    AT,
    LEAD,
    ONE,
    TWO,
    approved,
    at_stage,
    hostile,
    large,
    transport,
)
from tests.report.report_variants import changed, lots

MODELS: dict[str, Callable[[], ReportModel]] = {
    "transport": transport,
    "changed": lambda: changed(transport()),
    "lots": lots,
    "set-up": lambda: at_stage(transport(), Stage.SET_UP),
    "one bidder": lambda: large(bidders=1, questions=3),
    "hostile": hostile,
}


def response(document: Document, question: str, name: str) -> str:
    """Return the texts of one response."""
    whole = all_text(document)
    start = whole.index(f"\n {name}\n", whole.index(f"\n{question} Title of {question}\n"))
    return whole[start : whole.find("\n Before the discussion", start + len(name) + 40)]


def test_a_response_says_who_scored_what_and_why_before_what_was_agreed() -> None:
    text = response(moderation_record(transport()), "Q2", "Vale Coaches Ltd")
    order = [
        "Before the discussion",
        "3 Llŷr Hughes, 1 December 2026, 10:31. Llŷr Hughes on Q2 b-vale.",
        "3 Amina Yusuf, 1 December 2026, 10:31. Amina Yusuf on Q2 b-vale.",
        "Two evaluators gave the same score.",
        "What the panel decided",
        "3 Agreed score: 3, Satisfactory.",
        "The panel’s rationale for Q2 b-vale.",
        "Q2.1 What is done. On Q2.1, b-vale.",
        "What may be released for Q2 b-vale.",
        "Present: Rhian Davies, Llŷr Hughes and Amina Yusuf.",
        "Confirmed by Llŷr Hughes and Amina Yusuf.",
        "Nobody dissented.",
        "Entered in the record by Rhian Davies.",
    ]
    places = [text.index(item) for item in order]
    assert places == sorted(places)


def test_individual_scores_that_differ_are_said_and_never_combined() -> None:
    model = transport()
    scores = tuple(
        replace(one, points=Fraction(5))
        if one.evaluator == TWO and (one.place.criterion, one.place.bidder) == ("Q2", "b-vale")
        else one
        for one in model.scores
    )
    document = moderation_record(replace(model, scores=scores))
    text = response(document, "Q2", "Vale Coaches Ltd")
    assert "Scores differ: 3 to 5 among two evaluators, on a scale that goes up to 5." in text
    assert "average" not in all_text(document)
    facts = next(one for one in document.cover if isinstance(one, Facts))
    assert (
        dict(facts.pairs)["Disagreement"] == "one\u00a0response with individual scores that differ"
    )


def test_every_revision_of_an_individual_score_is_kept() -> None:
    model = transport()
    first = model.scores[4]
    second = replace(
        first, revision=2, rationale="On a second look.", recorded_at=AT + timedelta(hours=1)
    )
    model = replace(
        model,
        scores=tuple(second if one is first else one for one in model.scores),
        score_history=(first, second),
    )
    text = all_text(moderation_record(model))
    assert "revision 2, 1 December 2026, 11:31. On a second look." in text
    assert "Earlier revisions of individual scores" in text
    assert f"revision 1, 1 December 2026, 10:31. {first.rationale}" in text


def test_what_changed_after_stands_last_with_its_reasons() -> None:
    document = moderation_record(changed(transport()))
    text = all_text(document)
    order = [
        "What changed after, and why",
        "1 December 2026, 10:31, sent back: Read part 4 again.",
        "Agreed before, revision 1, 1 December 2026, 10:31.",
        "Dissent of Amina Yusuf. Too low.",
        "Why it was changed. A page was overlooked.",
        "Approved by Owain Gŵyther on 1 December 2026, 10:31.",
        "Reason. Page 31 was not read.",
        "Order before. 1 Gwyn; 2 Vale",
    ]
    places = [text.index(item) for item in order]
    assert places == sorted(places)
    assert "Changed after: one response, after the panel had first agreed" in text
    assert "Reopened: one response, after prices and ranking were known" in text


def test_a_dissent_from_what_stands_is_counted_and_printed() -> None:
    model = transport()
    place = model.agreed[2].place
    kept = tuple(one for one in model.confirmations if (one.place, one.person) != (place, TWO))
    dissent = Confirmation(TWO, place, 1, agrees=False, dissent="I would give 2.")
    text = all_text(moderation_record(replace(model, confirmations=(*kept, dissent))))
    assert "Dissents: 1" in text
    assert "Dissent of Amina Yusuf. I would give 2." in text


def test_one_who_cannot_score_is_not_compared() -> None:
    model = transport()
    scores = tuple(
        replace(one, state=ScoreState.CANNOT_SCORE, points=None) if one.evaluator == TWO else one
        for one in model.scores
    )
    text = response(moderation_record(replace(model, scores=scores)), "Q2", "Vale Coaches Ltd")
    assert "Amina Yusuf, cannot score" in text
    assert "One evaluator gave a score, so there is nothing to compare." in text


def test_no_score_is_shown_before_moderation() -> None:
    for stage in (Stage.SET_UP, Stage.PUBLISHED, Stage.SCORING):
        document = moderation_record(at_stage(transport(), stage))
        text = all_text(document)
        assert "shown from the stage “Moderation” on" in text
        assert "rationale for" not in text
        assert "Agreed" not in text


def test_the_order_by_price_is_not_told_before_prices() -> None:
    text = all_text(moderation_record(at_stage(changed(transport()), Stage.MODERATION)))
    assert "Page 31 was not read." in text
    assert "1 Gwyn; 2 Vale" not in text


def test_the_contents_list_responses_only_where_they_are_few() -> None:
    assert moderation_record(transport()).contents_depth == 2
    assert moderation_record(large(bidders=30, questions=3)).contents_depth == 1


def test_each_question_has_a_heading_with_its_reference() -> None:
    found = headings(moderation_record(transport()), 1)
    assert [one.number for one in found][1:5] == ["CP1", "RQ1", "Q1", "Q2"]


@pytest.mark.parametrize("name", MODELS)
def test_the_record_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(moderation_record(MODELS[name]()), path)
    assert failures(path) == []


def test_forty_bidders_and_a_hundred_questions_conform(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(moderation_record(large(bidders=40, questions=100)), path)
    assert failures(path) == []


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = {
        write_pdf(moderation_record(changed(transport())), tmp_path / f"{n}.pdf") for n in range(2)
    }
    assert len(digests) == 1


def test_every_reason_can_be_read_in_the_file(tmp_path: Path) -> None:
    path, model = tmp_path / "out.pdf", transport()
    write_pdf(moderation_record(model), path)
    text = " ".join(words(path))
    for item in model.agreed:
        assert item.rationale in text
        assert all(one.text in text for one in item.explanations)
    for score in model.scores:
        assert score.rationale in text
    assert model.names[LEAD] in text
    assert model.names[ONE] in Tagged(path).spoken()


def test_the_draft_mark_goes_with_the_approval(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(moderation_record(approved(transport())), path)
    assert not any("DRAFT" in text for text in page_texts(path))
