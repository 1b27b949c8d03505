"""What the award report says on its cover and of the decision, and what it keeps back."""

from dataclasses import replace
from datetime import date

import pytest

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    ONLY_LOT,
)
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import (
    Document,
    Table,
)
from tests.report.outline_reading import all_text, headings, of_kind, section, table_cells
from tests.report.report_models import (
    AT,
    GWYN,
    HARBOUR,
    LEAD,
    TWO,
    VALE,
    approved,
    at_stage,
    large,
    transport,
)
from tests.report.report_variants import changed, lots


def report(model: ReportModel | None = None) -> Document:
    return award_report(transport() if model is None else model)


def stage_in_words(stage: Stage) -> str:
    return {"set-up": "Set-up", "scoring": "Individual scoring"}.get(stage, stage.capitalize())


def test_every_section_is_there_in_order() -> None:
    top = [item.text for item in headings(report(), 1)]
    assert top == [
        "Decision",
        "Background and timetable",
        "Method",
        "Panel and interests",
        "Tenders received",
        "Conditions and requirements",
        "Clarifications",
        "Moderation",
        "Results",
        "Reasons",
        "Outcome and reserve",
        "Risks, standing and budget",
        "After the decision",
        "Approvals",
        "Record",
        "Published questions",
    ]


def test_the_cover_says_what_is_to_be_decided_and_who_has_to_approve() -> None:
    cover = Document("T", blocks=report().cover)
    text = all_text(cover)
    assert (
        "Award the contract to Tŷ Gwyn Community Transport CIC, whose tender is the most "
        "advantageous by the published method, at 76.40 marks of 100 and £1,183,200.00 over "
        "three years."
    ) in text
    assert "Decision sought" in text
    assert "1 April 2027 to 31 March 2030" in text
    assert "4: three ranked, one disqualified under the method; not counted: one withdrawn" in text
    assert "1.20 marks over two tenders tied at 75.20, a close result under the method" in text
    assert "£1,180,000.00 without VAT" in text
    assert table_cells(of_kind(cover, Table)[0])[1:] == [
        ["Head of Procurement", "Rhian Davies", "Recommends", "18 December 2026"],
        ["Approver", "Owain Gŵyther", "awaited", "–"],
    ]


def test_it_is_a_draft_until_the_decision_of_every_lot_is_approved() -> None:
    model = transport()
    assert report(model).draft_mark == "DRAFT, not yet approved"
    assert report(approved(model)).draft_mark is None
    refusing = Approval(ONLY_LOT, 1, TWO, "Director", ApprovalOutcome.REFUSES, date(2026, 12, 19))
    refused = replace(approved(model), approvals=(*approved(model).approvals, refusing))
    assert report(refused).draft_mark is not None
    assert "The decision is refused by Amina Yusuf." in all_text(report(refused))
    gone_back = replace(approved(model), stage=Stage.PRICE)
    assert report(gone_back).draft_mark is not None
    assert "has since gone back to the stage “Price”." in all_text(report(gone_back))
    two_lots = replace(approved(lots()), approvals=approved(model).approvals)
    assert report(two_lots).draft_mark is not None


def test_an_approved_report_states_the_decision() -> None:
    document = report(approved(transport()))
    assert "Decision sought" not in all_text(document)
    assert "The decision is approved." in all_text(document)


def test_a_decision_not_to_award_is_said_in_words() -> None:
    none = AwardDecision(ONLY_LOT, (), "Every price is above the budget.", 2, AT, LEAD)
    text = all_text(report(replace(transport(), decisions={ONLY_LOT: none})))
    assert "Do not award the contract." in text
    assert "Every price is above the budget." in text


def test_a_recommended_tender_that_is_no_longer_ranked_is_shown_as_such() -> None:
    decision = AwardDecision(ONLY_LOT, (HARBOUR,), "Why.", 1, AT, LEAD)
    text = all_text(report(replace(transport(), decisions={ONLY_LOT: decision})))
    assert "whose tender is not ranked as the record stands" in text


def test_a_framework_names_every_place() -> None:
    model = transport()
    method = replace(model.method, framework_places=2)
    decision = AwardDecision(ONLY_LOT, (GWYN, VALE), "Why.", 1, AT, LEAD)
    text = all_text(report(replace(model, method=method, decisions={ONLY_LOT: decision})))
    assert "Award places on the framework to Tŷ Gwyn Community Transport CIC" in text
    assert "; and Vale Coaches Ltd, whose tender shares rank 2" in text
    assert "Places on the framework: 2." in text


def test_what_is_missing_for_an_evaluation_made_elsewhere_is_listed() -> None:
    gap = "Llŷr Hughes has not declared interests."
    decision = section(report(replace(transport(), gaps=(gap,))), "Decision")
    assert gap in all_text(decision)


@pytest.mark.parametrize("stage", list(Stage)[:4])
def test_before_the_stage_of_prices_no_price_ranking_or_decision_appears(stage: Stage) -> None:
    model = at_stage(approved(changed(transport())), stage)
    document = report(model)
    text = all_text(document)
    for secret in ("1,183,200", "1,088,400", "76.40", "most marks.", "Order before", "shares rank"):
        assert secret not in text
    assert "There is no ranking yet." in text
    assert f"The tender is at the stage “{stage_in_words(stage)}”." in text
    assert document.draft_mark is not None


def test_why_there_is_no_ranking_is_told_once_prices_may_be_seen() -> None:
    model = replace(
        transport(), stage=Stage.PRICE, rankings=(), not_ranked_because="Prices are missing."
    )
    assert "There is no ranking. Prices are missing." in all_text(report(model))


def test_one_bidder_has_nothing_to_be_compared_with() -> None:
    text = all_text(report(large(bidders=1, questions=2)))
    assert "No other tender is ranked" in text
    assert "No other price was compared." in text


def test_the_same_model_gives_the_same_outline() -> None:
    assert report() == report()
