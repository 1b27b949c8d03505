"""The other sections of the award report: method, panel, tenders, approvals, record, annex."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from tendereval.domain.award import Approval, ApprovalOutcome
from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.evaluation import Declaration, InterestOutcome
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardRule,
    MethodVersion,
    PriceFormula,
    TenderDetails,
    VersionKind,
    WeightMode,
)
from tendereval.reports import phrases
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import (
    Cell,
    Document,
    Facts,
    Row,
    Table,
)
from tests.builders import a_criterion, a_method, a_price, a_range, a_section
from tests.report.outline_reading import all_text, headings, of_kind, section, table_cells
from tests.report.report_models import (
    APPROVER,
    AT,
    HEAD,
    LEAD,
    NORTHGATE,
    ONE,
    PRICES,
    TWO,
    VALE,
    at_stage,
    ranked,
    transport,
)
from tests.report.report_variants import LATER, lots


def report(model: ReportModel | None = None) -> Document:
    return award_report(transport() if model is None else model)


def spread(row: Row) -> list[str]:
    cells: list[str] = []
    for cell in row.cells:
        text = cell.text if isinstance(cell, Cell) else cell
        assert isinstance(text, str)
        cells += [text] + [""] * (cell.span - 1 if isinstance(cell, Cell) else 0)
    return cells


def test_the_margins_of_the_page_name_the_tender_the_method_and_the_record() -> None:
    model = transport()
    document = report(model)
    fingerprint = model.versions[0].fingerprint
    assert document.head == "Award report: Community transport"
    assert document.foot == (
        f"BEC-2026-041  ·  Method {fingerprint[:4]} {fingerprint[4:8]}  ·  "
        "Record 18 December 2026, a93f 21d8"
    )
    assert document.created == HEAD.at


def test_an_empty_tender_still_gives_a_report() -> None:
    model = transport()
    empty = replace(
        at_stage(model, Stage.SET_UP),
        details=TenderDetails(),
        method=replace(model.method, criteria=(), scales=(), award_rule=None),
        versions=(),
        bidders=(),
        bids=(),
        bid_history=(),
        panel=(),
        declarations=(),
        documents=(),
        clarifications=(),
        agreed=(),
        confirmations=(),
        decisions={},
        approvals=(),
        stages=(),
        answers_lock=None,
    )
    document = report(empty)
    text = all_text(document)
    assert len(headings(document, 1)) == 16
    assert document.title == "Award report: untitled tender"
    assert document.foot.startswith("No reference  ·  Method not published")
    for sentence in (
        "No tender is registered yet.",
        "Nobody is on the panel yet.",
        "No award rule is chosen yet.",
        "No scale is set yet.",
        "No clarification is recorded.",
        "No approval is recorded yet.",
        "Answers are not locked yet.",
    ):
        assert sentence in text


def test_lots_are_named_where_there_are_several() -> None:
    document = report(lots())
    text = all_text(document)
    assert "Award Lot N: North to Tŷ Gwyn Community Transport CIC" in text
    assert "Do not award Lot S." in text
    numbers = [item.number for item in headings(section(document, "Results"), 3)]
    assert numbers[:2] == ["9.1.1", "9.1.2"]
    assert "In Lot N: North only." in text
    assert "PV3, Vale Coaches Ltd, lot N" in text
    assert "The panel’s rationale for PV3 b-gwyn." in text
    assert "add to 96, not 100" in text


def test_one_lot_is_never_mentioned() -> None:
    text = all_text(report())
    assert "lot 1" not in text.lower()
    assert "lots" not in text.lower()


def test_the_panel_and_its_interests_are_told_by_the_names_of_the_model() -> None:
    text = all_text(section(report(), "Panel and interests"))
    assert "Community member 1" in text
    assert "Llŷr Hughes. Declared: My cousin drives for Vale. Concerns Vale Coaches Ltd." in text
    assert "Decision: managed. How: Speaks last." in text
    assert "Rhian Davies, Amina Yusuf, Community member 1 and Owain Gŵyther declared" in text
    silent = replace(transport(), declarations=())
    assert "No declaration is recorded of Rhian Davies, Llŷr Hughes" in all_text(report(silent))


def test_withdrawn_tenders_are_not_counted_as_received() -> None:
    text = all_text(section(report(), "Tenders received"))
    assert "Four tenders received by the deadline, withdrawn and late ones not counted." in text
    assert "Four assessed, of which two from small" in text
    assert "50 answers and one document" in text
    assert "The fingerprint of all of them is abab abab; it stands in full in" in text


def test_statuses_that_need_dates_show_them() -> None:
    model = transport()
    bid = Bid(
        NORTHGATE,
        ONLY_LOT,
        BidStatus.DISREGARDED_ABNORMALLY_LOW,
        "Not explained.",
        date(2026, 10, 1),
        date(2026, 10, 8),
    )
    bids = tuple(bid if item.bidder is NORTHGATE else item for item in model.bids)
    undated = ranked(replace(model, bids=bids), PRICES)
    text = all_text(section(report(undated), "Tenders received"))
    assert "does not count before notice, response and decision are dated" in text
    assert "8 October 2026" in text


def test_conditions_are_shown_per_tender() -> None:
    model = transport()
    rows = table_cells(of_kind(section(report(model), "Conditions and requirements"), Table)[0])
    assert rows[1] == ["Tŷ Gwyn Community Transport CIC", "Pass", "Pass"]
    assert rows[5] == ["Swift Passenger Services Ltd", "withdrawn", "withdrawn"]
    failed = tuple(
        replace(item, points=Fraction(0)) if item.place.criterion == "RQ1" else item
        for item in model.agreed[:1] + model.agreed[1:2]
    )
    some = ranked(replace(model, agreed=(*failed, *model.agreed[2:])), PRICES)
    rows = table_cells(of_kind(section(report(some), "Conditions and requirements"), Table)[0])
    assert rows[1] == ["Tŷ Gwyn Community Transport CIC", "Pass", "Fail"]


def test_the_method_is_written_out_with_weights_that_add_up() -> None:
    part = section(report(), "Method")
    weights = of_kind(part, Table)[0]
    leaves = [spread(row)[-1] for row in weights.rows if row.kind == "body"]
    assert sum(Fraction(text) for text in leaves) == 100
    assert spread(weights.rows[-1])[-1] == "100"
    text = all_text(part)
    assert "Q1 Title of Q1: a tender with an agreed score below 2 is disqualified." in text
    assert "Each mark is rounded to two decimal places, half up" in text
    assert "What excellent means to the panel." in text


def test_shares_percentages_and_other_formulas_are_shown_as_published() -> None:
    model = transport()
    scale = model.method.scales[0]
    bands = tuple(replace(band, percent=band.points * 20) for band in scale.bands)
    criteria = tuple(
        replace(row, weight=Fraction(100)) if row.ref == "S1" else row
        for row in model.method.criteria
    )
    method = replace(
        model.method,
        scales=(replace(scale, bands=bands),),
        criteria=criteria,
        weights_are=WeightMode.OF_PARENT,
        tie_margin=Fraction(1, 2),
        hide_bidder_names=True,
        lot_cap=1,
        tie_break=(),
    )
    text = all_text(section(report(replace(model, method=method)), "Method"))
    assert "marks = weight × that percentage" in text
    assert "80%" in text
    assert "As published" in text
    assert "less than 0.5 marks below" in text
    assert "No rule to separate ties is published" in text
    assert "Most lots that one supplier may win: 1." in text


def test_every_version_of_the_method_is_listed_with_its_reason() -> None:
    model = transport()
    second = MethodVersion(
        2, VersionKind.AMENDMENT, model.method, "cd" * 32, AT, "A typing error.", date(2026, 9, 9)
    )
    document = report(replace(model, versions=(*model.versions, second)))
    text = all_text(document)
    assert "Version 2: A typing error." in text
    assert "9 September 2026" in text
    assert "cd" * 32 in text
    assert "Given under version 1 of the method." in text
    assert "Q1, Vale Coaches Ltd, version 1: agreed score, score of Llŷr Hughes" in text


def test_going_back_a_stage_is_told_with_its_reason() -> None:
    model = transport()
    back = (Stage.MODERATION, "Two scores were not confirmed.", LATER)
    text = all_text(report(replace(model, stages=(*model.stages, back))))
    assert "Back to: Moderation" in text
    assert "Two scores were not confirmed." in text
    assert "No stage was gone back to." not in text


def test_clarifications_say_whether_they_may_count() -> None:
    text = all_text(section(report(), "Clarifications"))
    assert "Which day?" in text
    assert "The panel may take the answer into account. Plain." in text


def test_approvals_carry_their_statements() -> None:
    model = transport()
    given = Approval(
        ONLY_LOT,
        1,
        APPROVER,
        "Director",
        ApprovalOutcome.APPROVES,
        date(2026, 12, 20),
        "What is missing is accepted.",
    )
    part = section(report(replace(model, approvals=(*model.approvals, given))), "Approvals")
    assert "Owain Gŵyther, Director, 20 December 2026. What is missing is accepted." in all_text(
        part
    )


def test_the_record_is_identified_in_full() -> None:
    part = section(report(), "Record")
    text = all_text(part)
    assert HEAD.hash in text
    assert "412" in str(of_kind(part, Facts)[0])
    assert "d" * 64 in text
    assert transport().versions[0].fingerprint in text


def test_the_annex_prints_questions_as_published() -> None:
    model = transport()
    rows = tuple(
        replace(row, guidance="A good answer.", word_limit=1500, goals=("3", "11"))
        if row.ref == "Q1"
        else row
        for row in model.method.criteria
    )
    document = report(replace(model, method=replace(model.method, criteria=rows)))
    text = all_text(section(document, "Published questions"))
    assert "How will you do Q1?" in text
    assert "A good answer." in text
    assert "Word limit: 1,500. Goals: 3, 11." in text


def test_lots_without_a_decision_or_a_tender_say_so() -> None:
    model = lots()
    bids = tuple(bid for bid in model.bids if bid.lot == "N")
    scored = tuple(item for item in model.agreed if item.place.criterion != "PV3")
    few = replace(model, decisions={}, approvals=(), bids=bids, agreed=scored)
    text = all_text(report(replace(few, rankings=(), not_ranked_because="Scores are missing.")))
    assert "No decision is recorded yet for Lot S." in text
    assert "No tender is registered for this lot." in text
    assert "There is no ranking. Scores are missing." in text
    bare = replace(few, scores=(), agreed_history=scored, rankings=())
    assert "Nothing is recorded yet for Tŷ Gwyn Community Transport CIC" in all_text(report(bare))
    panel = tuple(replace(item, lots=frozenset({LotId("N")})) for item in model.panel)
    assert "PV3; lot N" in all_text(report(replace(few, panel=panel)))


def test_rules_and_formulas_that_cannot_be_computed_are_named() -> None:
    model = transport()
    rows = tuple(
        replace(row, formula=PriceFormula.MEAN, parameters=(("zero", "refuse"),))
        if row.ref == "PRICE"
        else row
        for row in model.method.criteria
    )
    method = replace(
        model.method,
        criteria=rows,
        award_rule=AwardRule.UTILITY_INDEX,
        award_parameters=(("share", "60"),),
        scales=(a_range("0-100", 100), a_range("halves", 5, "0.5")),
        round_totals_to=7,
    )
    told = replace(model, method=method, rankings=(), not_ranked_because="Not supported.")
    text = all_text(report(told))
    assert "The award rule is “utility index”." in text
    assert "Published parameter: share = 60." in text
    assert "the formula “mean” with a weight of 30. Published parameter: zero = refuse." in text
    assert "0 to 100\n" in text
    assert "0 to 5 in steps of 0.5" in text
    assert "rounded to 7 decimal places" in text
    bare = tuple(replace(row, formula=None, weight=None) for row in method.criteria)
    text = all_text(report(replace(told, method=replace(method, criteria=bare))))
    assert "no formula is chosen yet." in text
    assert "The weights of the tender cannot be shown. " in text


def test_interests_in_every_state_are_told() -> None:
    removed = frozenset({VALE})
    told = (
        Declaration(LEAD, "I own shares."),
        Declaration(
            ONE, "I worked there.", (VALE,), InterestOutcome.REMOVED_FOR_BIDDERS, "", removed
        ),
        Declaration(TWO),
    )
    text = all_text(report(replace(transport(), declarations=told)))
    assert "Two declared: one awaiting a decision, one removed from scoring the bidder" in text
    assert "The lead’s decision is awaited." in text
    assert "Decision: removed from scoring Vale Coaches Ltd." in text
    assert "Amina Yusuf declared to have no interest." in text
    nothing = (Declaration(LEAD), Declaration(ONE))
    assert "Interests: None declared" in all_text(
        report(replace(transport(), declarations=nothing))
    )


def test_terms_that_are_not_whole_years_are_not_put_in_years() -> None:
    assert phrases.whole_years(date(2027, 4, 1), date(2030, 3, 31)) == 3
    assert phrases.whole_years(date(2027, 4, 1), date(2030, 4, 1)) == 0
    assert phrases.counted(13, "year") == "13\u00a0years"
    assert phrases.days([date(2026, 10, 6), date(2026, 10, 7), date(2026, 11, 1)]) == (
        "6 October 2026 to 1 November 2026"
    )
    assert phrases.parted((), 3) == []


def test_the_price_formula_tells_the_marks_available_where_weights_are_of_their_section() -> None:
    model = transport()
    price = replace(a_price(100), parent=CriterionId("S2"))
    rows = (a_section("S1", 70), a_criterion("Q1", 100, parent="S1"), a_section("S2", 30), price)
    method = replace(a_method(*rows), weights_are=WeightMode.OF_PARENT)
    text = all_text(section(report(replace(model, method=method)), "Method"))
    assert "marks = 30 × lowest price ÷ price" in text
