"""Timetable, moderation, checks, outcome, risks, standstill, signatures, pictures and the logo."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from tendereval.domain.authority_logo import AuthorityLogo
from tendereval.domain.award_dates import AwardDates
from tendereval.domain.bidding import Bid, BidStatus
from tendereval.domain.evaluation import ScoreState
from tendereval.domain.ranked import RankingWarning
from tendereval.domain.report_model import AfterAward, ReportModel
from tendereval.domain.retention import retention
from tendereval.domain.stages import Stage
from tendereval.domain.standstill import standstill
from tendereval.domain.tender import ONLY_LOT, Regime
from tendereval.exchange.calendars import bank_holidays
from tendereval.reports.award_report import award_report
from tendereval.reports.outline import Document, Figure, Logo, Table
from tendereval.reports.pdf import write_pdf
from tests.report.award_texts import decided, differing
from tests.report.outline_reading import all_text, of_kind, section, table_cells
from tests.report.pdf_reading import failures, page_texts
from tests.report.public_value_models import valued
from tests.report.report_models import (
    NORTHGATE,
    ONE,
    PRICES,
    VALE,
    at_stage,
    hostile,
    large,
    ranked,
    transport,
)
from tests.report.report_variants import changed, lots

SIGN = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z"/></svg>'


def report(model: ReportModel | None = None) -> Document:
    return award_report(decided() if model is None else model)


def told(title: str, model: ReportModel | None = None) -> str:
    return all_text(section(report(model), title))


def figures(title: str, model: ReportModel | None = None) -> list[Figure]:
    return of_kind(section(report(model), title), Figure)


def test_the_timetable_says_what_is_not_recorded() -> None:
    text = told("Background and timetable")
    assert "Tender notice published | 1 September 2026" in text
    assert "Award decision recorded | 10 December 2026" in text
    assert "Recommends: Head of Procurement | 18 December 2026" in text
    assert "Contract award notice published | Not recorded in this file" in text
    assert "Contract starts | 1 April 2027" in text


def followed(model: ReportModel) -> ReportModel:
    dates = AwardDates(date(2026, 12, 21), date(2027, 3, 1))
    found = standstill(Regime.PA2023, None, None, date(2026, 12, 21), bank_holidays())
    kept = retention(Regime.PA2023, entered=dates.entered_on)
    sent = date(2026, 12, 18)
    after = tuple(AfterAward(lot.ref, dates, found, kept, sent) for lot in model.method.lots)
    return replace(model, after=after)


def test_standstill_and_retention_come_with_their_working_once_their_days_are_known() -> None:
    text = told("After the decision", followed(decided()))
    assert "ends at midnight at the end of Tuesday 5 January 2027" in text
    assert "28 December 2026" in text
    assert "Source: Procurement Act 2023, ss.51(2) and 123." in text
    assert "Keep the record through Thursday 28 February 2030" in text
    assert "four suppliers. Sent on 18 December 2026." in text
    timetable = told("Background and timetable", followed(decided()))
    assert "Contract award notice published | 21 December 2026" in timetable
    assert "Contract entered into | 1 March 2027" in timetable


def test_days_that_are_not_recorded_are_never_worked_out() -> None:
    text = told("After the decision")
    assert "Not known yet: the day of the contract award notice is not recorded" in text
    assert "Not known yet: the day it counts from is not recorded" in text
    assert "That they were sent is not recorded in this file." in text
    other = decided()
    other = replace(other, details=replace(other.details, regime=Regime.SCOTLAND))
    assert "Not under this law, or the law is not recorded." in told("After the decision", other)


def test_the_notice_of_a_decision_not_to_award_takes_the_place_of_the_award_notice() -> None:
    dates = AwardDates(not_awarded_on=date(2026, 12, 30))
    model = replace(decided(), after=(AfterAward(ONLY_LOT, dates),))
    text = told("Background and timetable", model)
    assert "Notice of a decision not to award published | 30 December 2026" in text
    assert "Contract entered into" not in text


def test_risks_standing_and_budget_are_never_invented() -> None:
    text = told("Risks, standing and budget")
    assert "Risks: Not recorded in this file." in text
    assert "Budget: Not recorded in this file." in text
    assert "Financial standing: Not recorded in this file beyond the conditions" in text
    assert "Recommended price: £1,183,200.00 without VAT" in text
    assert "Recommended price against the estimated value: £3,200.00 above it" in text
    model = decided()
    unlike = replace(model, details=replace(model.details, estimated_value_includes_vat=True))
    assert "against" not in told("Risks, standing and budget", unlike)
    lower = replace(model, details=replace(model.details, estimated_value=Fraction(1200000)))
    assert "£16,800.00 below it" in told("Risks, standing and budget", lower)
    equal = replace(model, details=replace(model.details, estimated_value=Fraction(1183200)))
    assert "estimated value: equal to it" in told("Risks, standing and budget", equal)


def test_before_the_stage_of_prices_no_outcome_and_no_price_is_told() -> None:
    early = at_stage(transport(), Stage.MODERATION)
    assert "There is no ranking yet." in told("Outcome and reserve", early)
    assert "Recommended price" not in told("Risks, standing and budget", early)


def test_the_outcome_of_every_lot_stands_in_one_table() -> None:
    document = section(report(decided(lots())), "Outcome and reserve")
    rows = table_cells(of_kind(document, Table)[0])
    assert rows[1][:2] == ["Lot N: North", "Tŷ Gwyn Community Transport CIC"]
    assert rows[1][3] == "£1,183,200.00"
    assert rows[2] == ["Lot S", "no award", "–", "–"]
    assert "No reserve is recorded in this file." in all_text(document)


def test_a_tender_in_reserve_is_named() -> None:
    model = decided()
    bids = tuple(
        replace(bid, status=BidStatus.RESERVE) if bid.bidder == VALE else bid for bid in model.bids
    )
    model = replace(model, bids=bids, rankings=())
    assert "Reserve: Vale Coaches Ltd." in told("Outcome and reserve", model)


def test_moderation_counts_what_became_of_individual_scores() -> None:
    model = changed(differing(decided()))
    table = of_kind(section(report(model), "Moderation"), Table)[0]
    rows = {row[0]: row[1:] for row in table_cells(table)}
    assert rows["Question"][1:] == [
        "Agreed",
        "As all had scored",
        "Among them",
        "Outside",
        "Widest spread",
        "Changed later",
    ]
    assert rows["Q1"][1:] == ["4", "1", "2", "1", "1", "1"]
    assert rows["Q2"][1:] == ["4", "0", "4", "0", "1", "0"]


def test_moderation_uses_no_draft_and_no_score_of_somebody_who_left() -> None:
    model = differing(decided())
    panel = tuple(replace(one, left=True) if one.person == ONE else one for one in model.panel)
    drafts = tuple(
        replace(one, state=ScoreState.DRAFT) if one.evaluator == ONE else one
        for one in model.scores
    )
    for other in (replace(model, panel=panel), replace(model, scores=drafts)):
        assert "Nowhere did evaluators differ" in told("Moderation", other)


def test_only_scores_that_differ_are_drawn_and_only_so_many() -> None:
    assert figures("Moderation") == []
    drawn = figures("Moderation", differing(decided()))
    assert len(drawn) == 10
    assert "Title of Q1: from individual scores to the agreed score" in drawn[0].caption
    many = differing(large(bidders=20, questions=10))
    assert figures("Moderation", many) == []
    assert "too many to be drawn here" in told("Moderation", many)


def test_at_the_start_no_individual_score_is_counted() -> None:
    early = at_stage(transport(), Stage.SCORING)
    assert "shown from the stage “Moderation” on" in told("Moderation", early)
    empty = replace(transport(), agreed=(), agreed_history=(), scores=())
    assert "No score is agreed yet." in told("Moderation", empty)


def test_pictures_of_results_show_the_figures_of_the_tables() -> None:
    drawn = figures("Results")
    assert [item.caption for item in drawn] == [
        "How the totals build up, out of 100",
        "Service quality: agreed scores, out of 5",
        "Social value: agreed scores, out of 5",
        "Public value: agreed scores, out of 5",
    ]
    assert "Tŷ Gwyn Community Transport CIC: 28.40 + 10.20 + 10.20 + 27.60 = 76.40" in (
        drawn[0].alternative
    )
    assert "Q2: Tŷ Gwyn Community Transport CIC 4" in drawn[1].alternative


def test_a_picture_never_equates_a_sum_with_a_total_that_was_rounded() -> None:
    model = decided()
    method = replace(model.method, round_marks_to=None, round_totals_to=1)
    rounded = ranked(replace(model, method=method), PRICES)
    first = figures("Results", rounded)[0]
    assert first.caption == "How the totals build up, out of 100, before they are rounded"
    assert "28.40 + 10.20 + 10.20 + 27.5963 = 76.3963" in first.alternative


def test_no_picture_stands_where_it_does_not_help() -> None:
    assert figures("Results", large(bidders=1, questions=3)) == []
    assert figures("Results", large(bidders=40, questions=5)) == []
    many = figures("Results", large(bidders=4, questions=60))
    assert [item.caption for item in many] == ["How the totals build up, out of 100"]


def test_abnormally_low_prices_are_told_as_recorded() -> None:
    assert "Whether a price was looked into is not recorded" in told("Results")
    model = decided()
    day = date(2026, 11, 20)
    low = Bid(
        NORTHGATE, ONLY_LOT, BidStatus.DISREGARDED_ABNORMALLY_LOW, "No proof.", day, None, None
    )
    bids = tuple(low if bid.bidder == NORTHGATE else bid for bid in model.bids)
    text = told("Results", replace(model, bids=bids))
    assert (
        "Northgate Mobility Ltd: notice 20 November 2026, response not recorded, decision not "
        "recorded. The status does not count before all three are dated. No proof."
    ) in text


def test_what_a_withdrawal_would_change_stands_by_itself() -> None:
    assert "No ranked tender would change the order of the others by withdrawing." in told(
        "Results"
    )
    model = decided()
    warning = RankingWarning("rank-reversal", "If Vale withdrew, the order would change.")
    rankings = (replace(model.rankings[0], warnings=(warning,)),)
    text = told("Results", replace(model, rankings=rankings))
    assert text.count("If Vale withdrew") == 2


def test_there_is_room_for_everybody_to_sign() -> None:
    tables = of_kind(section(report(), "Approvals"), Table)
    rows = table_cells(tables[-1])
    assert rows[0] == ["Name", "Role", "Signs that", "Signature", "Date"]
    assert [row[0] for row in rows[1:]] == [
        "Rhian Davies",
        "Llŷr Hughes",
        "Amina Yusuf",
        "Community member 1",
        "Owain Gŵyther",
    ]


def test_the_authoritys_sign_stands_on_the_cover_as_decoration(tmp_path: Path) -> None:
    document = report(replace(decided(), logo=AuthorityLogo(SIGN)))
    signs = [block for block in document.cover if isinstance(block, Logo)]
    assert [one.alternative for one in signs] == [""]
    model = decided()
    without_name = replace(model.details, authority="")
    nameless = replace(model, details=without_name, logo=AuthorityLogo(SIGN))
    signs = [block for block in report(nameless).cover if isinstance(block, Logo)]
    assert [one.alternative for one in signs] == ["Logo of the contracting authority"]
    worded = replace(model, logo=AuthorityLogo(SIGN, "A ship under sail"))
    signs = [block for block in report(worded).cover if isinstance(block, Logo)]
    assert [one.alternative for one in signs] == ["A ship under sail"]
    for number, one in enumerate((replace(model, logo=AuthorityLogo(SIGN)), nameless, worded)):
        path = tmp_path / f"{number}.pdf"
        write_pdf(report(one), path)
        assert failures(path) == []


def test_the_cover_tells_what_was_found_of_the_winners_pay() -> None:
    cover = replace(report(), blocks=report(valued(decided())).cover, cover=())
    assert "Real Living Wage: Every role is paid the real Living Wage." in all_text(cover)
    bare = replace(report(), blocks=report().cover, cover=())
    assert "Real Living Wage" not in all_text(bare)


def test_the_whole_report_conforms_and_has_no_empty_page(tmp_path: Path) -> None:
    for number, model in enumerate((followed(differing(decided())), followed(hostile()))):
        path = tmp_path / f"{number}.pdf"
        write_pdf(report(model), path)
        assert failures(path) == []
        assert all(len(text.split()) > 25 for text in page_texts(path))
