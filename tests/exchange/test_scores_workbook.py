"""The scores workbook calculates to the record's own totals and hides nothing it may show."""

import hashlib
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.domain.award import Approval, ApprovalOutcome, AwardDecision
from tendereval.domain.bidding import Bidder, BidStatus, Place
from tendereval.domain.errors import FileProblem, UserFixable
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    Score,
    ScoreState,
)
from tendereval.domain.ids import CriterionId, LotId, PersonId
from tendereval.domain.moderation import AgreedScore, Confirmation, Explanation
from tendereval.domain.ranked import BidInput
from tendereval.domain.ranking import rank_lot
from tendereval.domain.report_model import RecordHead, ReportModel
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale
from tendereval.domain.stages import Stage
from tendereval.domain.tender import (
    ONLY_LOT,
    AwardRule,
    CriterionKind,
    Lot,
    Method,
    MethodVersion,
    QualityMarks,
    SubCriterion,
    TenderDetails,
    VersionKind,
    WeightMode,
)
from tendereval.exchange.formula_book import Formula, FormulaBook, added, call, shown
from tendereval.exchange.scores_workbook import write_scores_workbook
from tests.builders import (
    a_bid,
    a_bidder,
    a_criterion,
    a_method,
    a_price,
    a_section,
    a_tender_details,
)
from tests.exchange.formulas import Calculation, Value
from tests.unit.random_tenders import a_random_tender

NOON = datetime(2027, 5, 1, 12, tzinfo=UTC)
PAT, SAM = PersonId("p-pat"), PersonId("p-sam")
HOSTILE = ["=1+1", "+A1", "-2", "@x", "\t=1", "#N/A", "a\x00b\x07", "<b>&amp;", "'; x!A1", "😀" * 9]
NOTHING = ReportModel(
    stage=Stage.SET_UP,
    details=TenderDetails(),
    method=Method(),
    versions=(),
    bidders=(),
    bids=(),
    bid_history=(),
    panel=(),
    names={},
    declarations=(),
    responses=(),
    documents=(),
    clarifications=(),
    scores=(),
    score_history=(),
    agreed=(),
    agreed_history=(),
    confirmations=(),
    sent_back=(),
    reopenings=(),
    rankings=(),
    not_ranked_because="",
    decisions={},
    approvals=(),
    stages=(),
    answers_lock=None,
    gaps=(),
    head=RecordHead(3, "ab" * 32, NOON, "t-1"),
)


def a_model(method: Method, *bids: BidInput) -> ReportModel:
    """Make the record of a tender at stage ``price`` with these agreed scores and prices."""
    agreed = {}
    for bid in bids:
        for ref, points in bid.points.items():
            row = method.criterion(ref)
            if row is not None:
                place = Place(bid.bidder, ref, row.lot and bid.bid.lot)
                agreed[place] = AgreedScore(place, points, "Reasons.", "", (), (), 1)
    by_lot = {lot.ref: [bid for bid in bids if bid.bid.lot == lot.ref] for lot in method.lots}
    return replace(
        NOTHING,
        stage=Stage.PRICE,
        details=a_tender_details(),
        method=method,
        bidders=tuple(Bidder(key, name) for key, name in {b.bidder: b.name for b in bids}.items()),
        bids=tuple(bid.bid for bid in bids),
        agreed=tuple(agreed.values()),
        rankings=tuple(rank_lot(method, lot, found) for lot, found in by_lot.items()),
    )


def calculated(folder: Path, model: ReportModel) -> Calculation:
    """Write the workbook, and check that it keeps what its formulas come to."""
    path = folder / "scores.xlsx"
    write_scores_workbook(model, path)
    book = Calculation(path)
    for key in book.formulas:
        value = book.value(*key)
        kept = Fraction(shown(value)) if isinstance(value, Fraction) else value
        assert book.kept[key] == kept, (key, book.formulas[key])
    return book


def order(book: Calculation, lot: str = ONLY_LOT) -> list[dict[str, Value]]:
    rows = [row for row in book.table("Ranking", "Lot") if row["Lot"] == lot]
    return [row for row in rows if row["Rank"] != "not ranked"]


def check_totals(book: Calculation, model: ReportModel) -> None:
    for ranking in model.rankings:
        rows = order(book, ranking.lot)
        assert [row["Bidder"] for row in rows] == [bid.name for bid in ranking.ranked]
        for row, bid in zip(rows, ranking.ranked, strict=True):
            told = (row["Quality marks"], row["Price marks"], row["Total"])
            assert told == (bid.quality, bid.price_marks, bid.total)
            assert row["The same, exact"] == str(bid.total)
            assert row["Formula and record"] == "equal"
            ahead = sum(other.total > bid.total for other in ranking.ranked)
            assert row["Place of that total"] == ahead + 1


def said(book: Calculation, sheet: str) -> str:
    """Return the text of a sheet."""
    return "\n".join(str(cell) for row in book.rows(sheet) for cell in row if cell is not None)


@pytest.mark.parametrize("start", range(0, 40, 10))
def test_formulas_come_to_the_totals_of_random_tenders(tmp_path: Path, start: int) -> None:
    for seed in range(start, start + 10):
        tender = a_random_tender(seed)
        try:
            model = a_model(tender.method, *tender.bids)
        except UserFixable:
            continue
        check_totals(calculated(tmp_path, model), model)


def test_every_step_of_a_small_tender_is_a_formula(tmp_path: Path) -> None:
    method = a_method(a_section("S", 60), a_criterion("Q1", 60, parent="S"), a_price(40))
    bids = [a_bid("A", {"Q1": 4}, 100), a_bid("B", {"Q1": 3}, 80)]
    book = calculated(tmp_path, a_model(method, *bids))
    texts = [book.formulas.get(("Results", row, 9), "") for row in range(5, 11)]
    assert texts == [
        "=SUM(I6)",
        "=$D6*H6/$E6",
        "=$D7*$E7/H7",
        "=SUM(I6)",
        "=SUM(I7)",
        "=SUM(I6:I7)",
    ]
    assert book.formulas["Results", 6, 5] == "='Criteria'!$H$5"
    assert book.formulas["Criteria", 5, 8] == "=MAX('Scales'!$B$4:$C$9)"
    assert book.formulas["Results", 7, 5] == "=MIN('Prices'!$F$5:$F$6)"
    assert book.formulas["Results", 6, 7].startswith("='Agreed scores'!$D$")
    assert [row["Total"] for row in order(book)] == [80, 76]


def test_what_depends_on_a_figure_follows_it(tmp_path: Path) -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40))
    path = tmp_path / "scores.xlsx"
    write_scores_workbook(a_model(method, a_bid("A", {"Q1": 4}, 100)), path)
    book = load_workbook(path)
    book["Agreed scores"]["D4"] = 2
    book.save(path)
    (row,) = order(Calculation(path))
    assert (row["Total"], row["Formula and record"]) == (64, "DIFFERENT")


def test_scales_that_publish_percentages(tmp_path: Path) -> None:
    bands = tuple(ScoreBand(Fraction(n), f"Band {n}", percent=Fraction(n * n)) for n in (0, 5, 10))
    mixed = ScoringScale("mixed", bands, (PointRange(Fraction(0), Fraction(9)),))
    plain = replace(mixed, name="bands only", ranges=())
    half = replace(plain, name="half", bands=(*bands[:2], replace(bands[2], percent=None)))
    rows = [a_criterion(f"Q{n}", 20, scale=s.name) for n, s in enumerate((mixed, plain, half))]
    method = a_method(*rows, a_price(40), scales=(mixed, plain, half))
    bids = [
        a_bid("A", {"Q0": 7, "Q1": 5, "Q2": 10}, 3),
        a_bid("B", {"Q0": 5, "Q1": 10, "Q2": 5}, 7),
    ]
    for rule in QualityMarks:
        model = a_model(replace(method, quality_marks=rule), *bids)
        book = calculated(tmp_path, model)
        check_totals(book, model)
    formulas = "".join(book.formulas.values())
    assert "IFERROR(VLOOKUP(" in formulas
    assert "=MAX(H" in formulas


def test_marks_and_totals_are_rounded_only_where_published(tmp_path: Path) -> None:
    method = a_method(a_criterion("Q1", "12.5"), a_price(40))
    bids = [a_bid("A", {"Q1": 1}, 3), a_bid("B", {"Q1": 3}, 7)]
    plain = calculated(tmp_path, a_model(method, *bids))
    sheets = {key[0] for key, formula in plain.formulas.items() if "ROUND" in formula}
    assert sheets == {"Ranking"}
    for change in (replace(method, round_marks_to=0), replace(method, round_totals_to=1)):
        model = a_model(change, *bids)
        book = calculated(tmp_path, model)
        check_totals(book, model)
        assert any("ROUND" in text for key, text in book.formulas.items() if key[0] == "Results")


def test_a_price_of_nothing_is_read_as_published(tmp_path: Path) -> None:
    for zero in ("full marks", "0.50"):
        method = a_method(a_criterion("Q1", 60), a_price(40, zero=zero))
        model = a_model(method, a_bid("A", {"Q1": 1}, 0), a_bid("B", {"Q1": 1}, 7))
        check_totals(calculated(tmp_path, model), model)


def test_lots_have_sheets_of_their_own(tmp_path: Path) -> None:
    refs = ["North", "x'!A1", "a/b", "a:b", "l" * 60, "😀" * 30, "😀" * 31]
    method = a_method(
        a_criterion("Q1", 50),
        a_criterion("Q2", 10, lot="North"),
        a_section("S"),
        replace(a_criterion("Q3", 50), parent=CriterionId("S")),
        a_price(40),
    )
    method = replace(
        method,
        lots=tuple(Lot(LotId(ref)) for ref in refs),
        criteria=tuple(replace(row, weight=row.weight or Fraction(100)) for row in method.criteria),
        weights_are=WeightMode.OF_PARENT,
    )
    bids = [
        a_bid(name, {"Q1": 3 + at, "Q2": 5 - at, "Q3": at}, 30 + at, lot=ref)
        for ref in refs
        for at, name in enumerate(("A", "B"))
    ]
    model = a_model(method, *bids)
    book = calculated(tmp_path, model)
    check_totals(book, model)
    titles = load_workbook(tmp_path / "scores.xlsx").sheetnames
    assert titles[2:5] == ["Results lot North", "Results lot x'!A1", "Results lot a-b"]
    assert titles[5] == "Results lot a-b (2)"
    assert all(len(title.encode("utf-16-le")) <= 62 for title in titles)


def test_ties_and_bids_without_a_place(tmp_path: Path) -> None:
    method = a_method(
        a_criterion("Q1", 60),
        a_criterion("C", kind=CriterionKind.CONDITION_OF_PARTICIPATION),
        a_price(40),
    )
    good: Mapping[str, int] = {"Q1": 3, "C": 1}
    gone = a_bid("D", good, 90, status=BidStatus.WITHDRAWN)
    bids = [
        a_bid("A", good, 90),
        a_bid("B", good, 90),
        a_bid("C", {"Q1": 5, "C": 0}, 10),
        replace(gone, bid=replace(gone.bid, reason="=Letter of 1 May")),
    ]
    book = calculated(tmp_path, a_model(method, *bids))
    assert [(row["Rank"], row["Place of that total"]) for row in order(book)] == [("1=", 1)] * 2
    out = [row for row in book.table("Ranking", "Lot") if row["Rank"] == "not ranked"]
    told = [(row["Bidder"], row["Status"], row["Tie, tie-break or reason"]) for row in out]
    assert told == [
        ("C", "condition not met", "Fail on condition of participation C (Title of C)."),
        ("D", "withdrawn", "=Letter of 1 May"),
    ]
    assert "Pass" in said(book, "Results")
    assert "What to see before relying on it:" in said(book, "Ranking")


def test_a_tie_that_a_rule_broke_says_so(tmp_path: Path) -> None:
    method = replace(
        a_method(a_criterion("Q1", 50), a_price(50)), tie_break=("highest quality", "draw")
    )
    bids = [a_bid("A", {"Q1": 5}, 200), a_bid("B", {"Q1": "2.5"}, 100)]
    halves = ScoringScale("0-5", (), (PointRange(Fraction(0), Fraction(5), Fraction(1, 2)),))
    book = calculated(tmp_path, a_model(replace(method, scales=(halves,)), *bids))
    rows = order(book)
    assert [row["Rank"] for row in rows] == [1, 2]
    assert [row["Place of that total"] for row in rows] == [1, 1]
    assert "“highest quality”" in str(rows[0]["Tie, tie-break or reason"])


def test_no_bid_is_ranked(tmp_path: Path) -> None:
    for rule in QualityMarks:
        method = replace(a_method(a_criterion("Q1", 60), a_price(40)), quality_marks=rule)
        gone = a_bid("A", {}, status=BidStatus.LATE)
        book = calculated(tmp_path, a_model(method, gone))
        assert order(book) == []
        assert "late" in said(book, "Ranking")


def test_a_rule_not_known_here_shows_the_figures_of_the_record(tmp_path: Path) -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40))
    model = a_model(method, a_bid("A", {"Q1": 4}, 100))
    elsewhere = replace(model.rankings[0], award_rule=AwardRule.QUALITY_PER_POUND)
    unknown = [replace(row, formula=None) for row in method.criteria]
    model = replace(model, rankings=(elsewhere,), method=replace(method, criteria=tuple(unknown)))
    (row,) = order(calculated(tmp_path, model))
    assert (row["Total"], row["Place of that total"]) == (88, None)


def test_an_empty_tender_at_set_up(tmp_path: Path) -> None:
    book = calculated(tmp_path, NOTHING)
    assert "Before stage “price” no price" in said(book, "Results")
    assert "Before stage “price” no price" in said(book, "Prices")
    assert "Before stage “moderation”" in said(book, "Individual scores")
    assert "DRAFT, not yet approved." in said(book, "About")
    assert not book.formulas


@pytest.mark.parametrize("stage", list(Stage))
def test_what_a_stage_hides_is_not_written(tmp_path: Path, stage: Stage) -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40))
    model = a_model(method, a_bid("A", {"Q1": 4}, 98765))
    score = Score(PAT, Place(a_bidder("A"), CriterionId("Q1")), ScoreState.READY, None, "Mine.", 1)
    book = calculated(tmp_path, replace(model, stage=stage, scores=(score,)))
    every = "\n".join(said(book, sheet) for sheet in {key[0] for key in book._known})
    assert ("98765" in every) == (stage.position >= Stage.PRICE.position)
    assert ("Mine." in every) == (stage.position >= Stage.MODERATION.position)


def test_why_there_is_no_ranking_is_said(tmp_path: Path) -> None:
    model = replace(NOTHING, stage=Stage.PRICE, not_ranked_because="A price is missing: A.")
    book = calculated(tmp_path, replace(model, gaps=("Pat has not declared.",)))
    assert "There is no ranking. A price is missing: A." in said(book, "Ranking")
    assert "Pat has not declared." in said(book, "About")
    assert "No individual score is recorded." in said(book, "Individual scores")
    assert "No agreed score is recorded." in said(book, "Agreed scores")


def judged_model() -> ReportModel:
    """Make a record with individual scores, confirmations and somebody who left."""
    asks = replace(
        a_criterion("Q1", 60), sub_criteria=(SubCriterion("a", "How."), SubCriterion("b", "When."))
    )
    method = a_method(asks, a_criterion("R", kind=CriterionKind.REQUIREMENT), a_price(40))
    model = a_model(method, a_bid("A", {"Q1": 4, "R": 1}, 100))
    place, verdict = (Place(a_bidder("A"), CriterionId(ref)) for ref in ("Q1", "R"))
    agreed = replace(
        model.agreed[0],
        releasable_rationale="What may leave.",
        explanations=(Explanation("a", "Well."), Explanation("b", "Late.")),
        present=(PAT, SAM),
        revision=2,
        reason="A page was overlooked.",
        recorded_at=NOON,
        elsewhere=True,
    )
    return replace(
        model,
        names={PAT: "Pat Lee"},
        panel=(
            PanelMember(PAT, Role.LEAD, "Evaluator 1"),
            PanelMember(
                SAM,
                Role.EVALUATOR,
                "Evaluator 2",
                frozenset({CriterionId("R"), CriterionId("Q1")}),
                frozenset({ONLY_LOT}),
                left=True,
                reason="Ill.",
            ),
            PanelMember(PersonId("p-x"), Role.EVALUATOR, "Evaluator 3"),
        ),
        declarations=(
            Declaration(PAT, "A cousin.", removed_for=frozenset({a_bidder("A")})),
            Declaration(SAM, "Shares.", outcome=InterestOutcome.MANAGED, how="Sold."),
        ),
        agreed=(agreed, *model.agreed[1:]),
        confirmations=(
            Confirmation(PAT, place, 2, False, "Not at first."),
            Confirmation(PAT, place, 2, True, recorded_at=NOON),
            Confirmation(SAM, place, 2, False, "Too high."),
            Confirmation(SAM, place, 1, True),
        ),
        scores=(
            Score(PAT, place, ScoreState.READY, Fraction(4), "Good.", 1, recorded_at=NOON),
            Score(SAM, place, ScoreState.CANNOT_SCORE, None, "Unreadable.", 1),
            Score(SAM, verdict, ScoreState.READY, Fraction(0), "Not met.", 1),
        ),
    )


def test_individual_scores_show_who_is_not_used(tmp_path: Path) -> None:
    book = calculated(tmp_path, judged_model())
    first, second, third = book.table("Individual scores", "Evaluator")
    assert list(first.values()) == [
        *("Pat Lee", "A", "Q1", "1", "ready", 4, "Good.", 1, "2027-05-01 13:00:00", None)
    ]
    assert (second["Score"], second["State"]) == (None, "cannot score")
    assert second["Use"] == "not used: has left"
    assert (third["Evaluator"], third["Score"]) == ("a person who is not named", "Fail")


def test_agreed_scores_show_reasons_and_confirmations(tmp_path: Path) -> None:
    first, second = calculated(tmp_path, judged_model()).table("Agreed scores", "Bidder")
    assert first["Explanations per sub-criterion"] == "a: Well.\nb: Late."
    assert first["Present"] == "Pat Lee\na person who is not named"
    assert first["Confirmed by"] == "Pat Lee, 1 May 2027 13:00"
    assert first["Dissent"] == "a person who is not named: Too high."
    assert (first["Revision"], first["Reason of change"]) == (2, "A page was overlooked.")
    assert (first["Made elsewhere"], first["Releasable rationale"]) == ("yes", "What may leave.")
    assert second["Score"] == "Pass"


def test_the_panel_and_its_interests(tmp_path: Path) -> None:
    lead, gone, new = calculated(tmp_path, judged_model()).table("Panel", "Person")
    assert (lead["Questions"], lead["Outcome"], lead["May not score"]) == ("none", "awaited", "A")
    assert (gone["Questions"], gone["On the panel"]) == ("Q1, R", "has left")
    assert (gone["Outcome"], gone["How it is managed"]) == ("managed", "Sold.")
    assert new["Declared interest"] == "not declared yet"


def test_the_method_and_the_bids_are_whole(tmp_path: Path) -> None:
    method = replace(
        a_method(a_criterion("Q1", 60, minimum=2), a_price(40, zero="refuse")),
        award_parameters=(("per", "1000"),),
        close_margin=Fraction(2),
        hide_bidder_names=True,
        framework_places=3,
        lot_cap=1,
    )
    version = MethodVersion(
        2, VersionKind.AMENDMENT, method, "fe" * 32, NOON, "A slip.", date(2027, 4, 30)
    )
    out = a_bid("B", {}, status=BidStatus.EXCLUDED, dated=False)
    late = a_bid("C", {}, status=BidStatus.LATE)
    model = replace(
        a_model(method, a_bid("A", {"Q1": 4}, 100), late),
        versions=(version,),
        bids=(out.bid, late.bid),
        bidders=(Bidder(a_bidder("B"), "B Ltd"),),
    )
    book = calculated(tmp_path, model)
    rules = {row["Rule"]: row["As published"] for row in book.table("Method", "Rule")}
    assert (rules["Parameter per"], rules["Framework places"]) == ("1000", 3)
    assert rules["Method version 2, reason"] == "A slip."
    assert rules["Method version 2, republished on"] == "2027-04-30"
    assert rules["Bidder names hidden from evaluators"] == "yes"
    price = book.table("Criteria", "Ref")[-1]
    assert price["A price of nothing is read as"] == "refuse"
    first, second = book.table("Bids", "Bidder")
    assert (first["Bidder"], first["Status"]) == ("B Ltd", "excluded, dates missing")
    assert second["Decided on"] == "1 April 2027"


def test_draft_until_every_lot_is_approved(tmp_path: Path) -> None:
    two = (Lot(LotId("1")), Lot(LotId("2")))
    decisions = {lot.ref: AwardDecision(lot.ref, (), "Why.", 1, NOON, PAT) for lot in two}
    word = Approval(two[0].ref, 1, SAM, "Head", ApprovalOutcome.APPROVES, date(2027, 5, 2))
    model = replace(NOTHING, method=Method(lots=two), decisions=decisions, approvals=(word,))
    assert "DRAFT, not yet approved: lot 2." in said(calculated(tmp_path, model), "About")
    model = replace(model, approvals=(word, replace(word, lot=two[1].ref)))
    book = calculated(tmp_path, model)
    assert "Approved." in said(book, "About")
    assert "DRAFT" not in said(book, "About")


def test_hostile_text_is_never_a_formula_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    for text in HOSTILE:
        model = judged_model()
        score = replace(model.scores[0], rationale=text)
        rows = tuple(replace(row, title=text, question=text) for row in model.method.criteria)
        model = replace(
            model,
            details=TenderDetails(text, text, text, currency=text),
            method=replace(model.method, criteria=rows),
            names={PAT: text, SAM: text},
            bidders=(Bidder(a_bidder("A"), text),),
            scores=(score,),
            gaps=(text,),
        )
        plain = calculated(tmp_path, judged_model())
        book = calculated(tmp_path, model)
        assert list(book.formulas.values()) == list(plain.formulas.values())
        (row,) = book.table("Individual scores", "Evaluator")
        visible = text.replace("\x00", "\\x00").replace("\x07", "\\x07")
        assert [row["Evaluator"], row["Bidder"], row["Rationale"]] == [visible] * 3


def test_long_text_goes_on_below_and_says_so(tmp_path: Path) -> None:
    model = judged_model()
    text = "=word " * 14_000
    name = "n" * 40_000
    model = replace(
        model,
        names={PAT: name},
        bidders=(Bidder(a_bidder("A"), name),),
        scores=(replace(model.scores[0], rationale=text), *model.scores[1:]),
        agreed=(replace(model.agreed[0], rationale=text), *model.agreed[1:]),
    )
    book = calculated(tmp_path, model)
    rows = [row for row in book.rows("Individual scores") if row[2] == "Q1"]
    parts = [row for row in rows if row[10] is not None]
    assert "".join(str(row[6]) for row in parts) == text
    assert [row[10] for row in parts] == [
        *(f"part {at} of 5, goes on in the row below" for at in range(1, 5)),
        "part 5 of 5, ends here",
    ]
    assert [row[5] for row in parts] == [4, *[None] * 4]
    assert str(parts[0][0]).endswith("… (shortened)")
    people = [str(row[0]) for row in book.rows("Panel") if str(row[0]).startswith("nnn")]
    assert "".join(people) == name
    check_totals(book, replace(model, rankings=()))
    assert order(book)[0]["Total"] == 88


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    digest = write_scores_workbook(judged_model(), first)
    assert write_scores_workbook(judged_model(), second) == digest
    assert first.read_bytes() == second.read_bytes()
    assert hashlib.sha256(first.read_bytes()).hexdigest() == digest
    properties = load_workbook(first).properties
    assert (properties.created, properties.modified) == (NOON.replace(tzinfo=None),) * 2
    assert properties.language == "en-GB"
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_every_sheet_can_be_read_and_printed(tmp_path: Path) -> None:
    path = tmp_path / "scores.xlsx"
    write_scores_workbook(judged_model(), path)
    book = load_workbook(path)
    assert book.sheetnames == [
        *("About", "Ranking", "Results", "Prices", "Agreed scores", "Individual scores"),
        *("Method", "Criteria", "Scales", "Bids", "Panel"),
    ]
    for sheet in book.worksheets:
        assert sheet.freeze_panes is not None
        assert sheet.print_title_rows is not None
    assert book["Results"].print_title_rows in {"$3:$4", "3:4"}


def test_a_folder_that_does_not_take_it(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        write_scores_workbook(NOTHING, tmp_path / "none" / "scores.xlsx")


def test_numbers_that_no_spreadsheet_holds(tmp_path: Path) -> None:
    method = a_method(a_criterion("Q1", 60), a_price(40))
    price = "1234567890123456.78"
    book = calculated(tmp_path, a_model(method, a_bid("A", {"Q1": 5}, price)))
    (row,) = book.table("Prices", "Lot")
    assert row["Price as submitted"] == 1234567890123460
    assert row["Exact price, where no spreadsheet number holds it"] == price
    assert shown(Fraction(-1, 3)) == "-0.33333333333333"


def test_sums_take_neighbours_together_and_nest_when_there_are_many() -> None:
    assert added(3, [7, 4, 5, 6, 9]) == "SUM(C4:C7,C9)"
    deep = call("MAX", [f"A{row}" for row in range(1, 402)])
    assert deep.startswith("MAX(MAX(A1,A2,")
    assert deep.endswith("MAX(A401))")


def test_words_beside_a_formula_are_kept_as_words(tmp_path: Path) -> None:
    book = FormulaBook(["S"], NOON, "N")
    book["S"].put(1, 1, Formula('=IF(1=1,"a","b")', "a<b"))
    book.save(tmp_path / "s.xlsx")
    assert load_workbook(tmp_path / "s.xlsx", data_only=True)["S"]["A1"].value == "a<b"
