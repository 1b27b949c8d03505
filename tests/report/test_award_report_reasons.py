"""The reasons in the award report: every text once, every change with what stood before."""

from dataclasses import replace

import pytest

from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.evaluation import ScoreState
from tendereval.domain.moderation import Confirmation
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    ONLY_LOT,
)
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import (
    Block,
    Document,
    Heading,
    Paragraph,
    ScoredRationale,
    Table,
)
from tests.report.outline_reading import all_text, headings, of_kind, section, table_cells
from tests.report.report_models import (
    PRICES,
    TWO,
    VALE,
    at_stage,
    large,
    ranked,
    transport,
)
from tests.report.report_variants import changed

CONDITIONS = "Conditions and requirements"


def report(model: ReportModel | None = None) -> Document:
    return award_report(transport() if model is None else model)


def test_each_agreed_text_is_printed_exactly_once() -> None:
    model = transport()
    reasons = section(report(model), "Reasons")
    paragraphs = [block.text for block in of_kind(reasons, Paragraph)]
    hung = [block.rationale for block in of_kind(reasons, ScoredRationale)]
    for item in model.agreed:
        assert [*paragraphs, *hung].count(item.rationale) == 1
        assert paragraphs.count(item.releasable_rationale) == 1
        for explanation in item.explanations:
            assert hung.count(explanation.text) == 1
    for score in model.scores:
        assert hung.count(score.rationale) == 1


def test_an_agreed_score_comes_with_its_wording_and_its_marks() -> None:
    found = [block for block in of_kind(report(), ScoredRationale) if block.agreed]
    q1 = next(block for block in found if block.score == "4")
    assert q1.label == "Agreed score: 4, Good."
    worked = str(q1.rationale).removeprefix("“What good means to the panel.” ")
    assert worked.replace("\u00a0", " ").startswith("4 ÷ 5 × ")
    assert " " not in worked
    assert [block.label for block in found if block.score == "Pass"] == ["Agreed: Pass."] * 8


def test_questions_and_then_bidders_are_the_headings_of_the_reasons() -> None:
    reasons = section(report(), "Reasons")
    seconds = headings(reasons, 2)
    assert [item.number for item in seconds][:4] == ["CP1", "RQ1", "Q1", "Q2"]
    assert all(item.question for item in seconds)
    assert len(headings(reasons, 3)) == 4 * len(seconds)
    assert "Not judged: Swift Passenger Services Ltd (withdrawn)." in all_text(reasons)


def test_a_dissent_is_printed_in_its_own_words() -> None:
    model = transport()
    place = model.agreed[3].place
    words = "I hold that a 5 was earned."
    dissent = Confirmation(TWO, place, 1, agrees=False, dissent=words)
    kept = tuple(item for item in model.confirmations if (item.person, item.place) != (TWO, place))
    document = report(replace(model, confirmations=(*kept, dissent)))
    found = [b for b in of_kind(document, ScoredRationale) if b.rationale == words]
    assert [block.label for block in found] == ["Dissent of Amina Yusuf."]
    notes = [str(b.text) for b in of_kind(document, Paragraph) if b.style == "note"]
    assert sum("Nobody dissented." in note for note in notes) == len(model.agreed) - 1


def test_awaited_confirmations_and_unexplained_sub_criteria_are_named() -> None:
    model = transport()
    first = model.agreed[2]
    bare = replace(first, explanations=first.explanations[:1], releasable_rationale="")
    agreed = tuple(bare if item is first else item for item in model.agreed)
    kept = tuple(item for item in model.confirmations if item.person is not TWO)
    text = all_text(report(replace(model, agreed=agreed, confirmations=kept)))
    assert "Confirmed by Llŷr Hughes. Confirmation is awaited from Amina Yusuf." in text
    assert "Not explained: Q1.2." in text
    assert "No releasable rationale is written." in text


def test_a_reopened_score_is_printed_with_what_stood_before_and_the_order() -> None:
    document = report(changed(transport()))
    text = all_text(document)
    assert "The new rationale." in text
    assert "The panel’s rationale for Q1 b-gwyn." in text
    assert "Why it was changed. A page was overlooked." in text
    assert "Dissent of Amina Yusuf. Too low." in text
    assert "Approved by Owain Gŵyther on 1 December 2026, 10:31." in text
    assert "Reason. Page 31 was not read." in text
    assert "Order before. 1 Gwyn; 2 Vale" in text
    assert "Order after. 1 Gwyn; 2 Vale (new)" in text
    assert "1 December 2026, 10:31, sent back: Read part 4 again." in text
    assert "4 December 2026, 10:31, settled: It was read." in text
    open_still = replace(changed(transport()).reopenings[0], order_after="")
    again = replace(changed(transport()), reopenings=(open_still,))
    assert "Known once the new score is confirmed." in all_text(report(again))


def test_individual_scores_show_state_version_and_who_left() -> None:
    model = transport()
    draft, cannot, *rest = model.scores
    scores = (
        replace(draft, state=ScoreState.DRAFT, points=None, rationale="Begun."),
        replace(cannot, state=ScoreState.CANNOT_SCORE, points=None, rationale="Pages missing."),
        *(replace(item, method_version=0) for item in rest),
    )
    panel = tuple(
        replace(item, left=True, reason="Moved to another post.") if item.person is TWO else item
        for item in model.panel
    )
    older = replace(draft, revision=0, rationale="What I wrote first.")
    history = (older, replace(draft, revision=1))
    document = report(replace(model, scores=scores, panel=panel, score_history=history))
    labels = {str(b.rationale): (b.score, b.label) for b in of_kind(document, ScoredRationale)}
    assert labels["Begun."] == ("–", "Llŷr Hughes, draft.")
    assert labels["Pages missing."] == (
        "–",
        "Amina Yusuf, cannot score, not used, left the panel.",
    )
    assert labels["What I wrote first."] == ("Pass", "Llŷr Hughes, revision 0.")
    text = all_text(document)
    assert "Llŷr Hughes, version 0 of the method." in text
    assert "Amina Yusuf left. Moved to another post. Scores that Amina Yusuf gave stay in" in text
    assert "RQ1, Tŷ Gwyn Community Transport CIC, version 0: score of Llŷr Hughes and" in text


@pytest.mark.parametrize("stage", list(Stage)[:3])
def test_before_moderation_no_score_appears(stage: Stage) -> None:
    document = report(at_stage(transport(), stage))
    text = all_text(document)
    assert "rationale for" not in text
    assert "Llŷr Hughes on" not in text
    assert not of_kind(document, ScoredRationale)


def test_at_moderation_scores_appear_and_marks_do_not() -> None:
    text = all_text(report(at_stage(transport(), Stage.MODERATION)))
    assert "The panel’s rationale for Q1 b-gwyn." in text
    assert "4 ÷ 5" not in text


def test_forty_bidders_and_sixty_questions_keep_their_bookmarks_grouped() -> None:
    document = report(large())
    siblings: dict[str, int] = {}
    above = ["", "", ""]
    for item in of_kind(document, Heading):
        above[item.level - 1 :] = [f"{item.number} {item.text}", *[""] * (3 - item.level)]
        key = "/".join(above[: item.level - 1])
        siblings[key] = siblings.get(key, 0) + 1
    assert max(siblings.values()) < 256
    assert len(headings(section(document, "Reasons"), 2)) == 60
    assert len(headings(section(document, "Reasons"), 3)) == 2400


def test_no_average_is_shown_anywhere() -> None:
    text = all_text(report()).lower()
    assert "average" not in text
    assert "mean of" not in text


def test_blocks_hold_text_of_people_unchanged() -> None:
    model = transport()
    text = "Braces {0} {name} and % stay.\n\nSo do paragraphs."
    agreed = tuple(replace(item, rationale=text) for item in model.agreed)
    blocks: tuple[Block, ...] = report(replace(model, agreed=agreed)).blocks
    found = [
        b
        for b in blocks
        if (isinstance(b, Paragraph) and b.text == text)
        or (isinstance(b, ScoredRationale) and b.rationale == text)
    ]
    assert len(found) == len(agreed)


def test_an_agreed_score_that_is_missing_is_said_to_be_missing() -> None:
    model = at_stage(transport(), Stage.MODERATION)
    text = all_text(report(replace(model, agreed=model.agreed[1:])))
    assert "No score is agreed yet." in text
    rows = table_cells(of_kind(section(report(replace(model, agreed=())), CONDITIONS), Table)[0])
    assert rows[1] == ["Tŷ Gwyn Community Transport CIC", "not agreed", "not agreed"]
    assert "No individual score is recorded." in all_text(report(replace(model, scores=())))


def test_scores_of_a_tender_that_fell_out_are_kept_and_marked() -> None:
    model = transport()
    gone = Bid(VALE, ONLY_LOT, BidStatus.WITHDRAWN, "Withdrew.")
    bids = tuple(gone if item.bidder is VALE else item for item in model.bids)
    text = all_text(report(ranked(replace(model, bids=bids), PRICES)))
    assert "This tender has the status “withdrawn”. Its scores are kept and not used." in text
