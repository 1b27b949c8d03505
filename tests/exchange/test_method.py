"""The Tender, Lots, Criteria, Sub-criteria and Scales sheets make a method."""

from datetime import date, datetime
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.scale import PointRange
from tendereval.domain.tender import (
    AwardRule,
    BuyerType,
    ContractKind,
    CriterionKind,
    Method,
    PriceFormula,
    Procedure,
    QualityMarks,
    Regime,
    TenderDetails,
    WeightMode,
)
from tendereval.exchange.content import Known, WorkbookContent
from tendereval.exchange.dates import LONDON
from tendereval.exchange.workbook import read_workbook
from tests.exchange.books import CRITERIA, LOTS, Rows, lines, make, read, refused, value


def method_of(content: WorkbookContent) -> Method:
    assert content.method is not None
    return content.method


def details_of(content: WorkbookContent) -> TenderDetails:
    assert content.details is not None
    return content.details


ITEMS: Rows = [
    ["Item", "Value"],
    ["reference ", "R-1"],
    ["Title", "Care at home"],
    ["Contracting authority", "Leeds"],
    ["Buyer type", "nhs"],
    ["Regime", "psr 2023"],
    ["Contract kind", "Light Touch"],
    ["Procedure", "open"],
    ["Tender notice date", date(2026, 8, 3)],
    ["Tender deadline", "14 September 2026 12:00"],
    ["Contract start", "1 January 2027"],
    ["Contract end", "31/12/2029"],
    ["Estimated value", "£1,250,000"],
    ["Estimated value includes VAT", "no"],
    ["Prices include VAT", False],
    ["Currency", "eur"],
    ["Social value model", "PPN 002"],
    ["Framework places", 3],
    ["Lot cap", "2"],
    ["Refinement provided for", "yes"],
    ["Weights are", "points"],
    ["Award rule", "Price plus quality"],
    ["Award rule parameters", "unit = 1000; places=2;n=1; out of=100; wins=lowest;"],
    ["Quality marks", "relative to best"],
    ["Round marks to", 2],
    ["Round totals to", 0],
    ["Tie margin", 0.5],
    ["Tie-break", "Highest  quality; highest q1; lowest price; draw"],
    ["Close result margin", "1%"],
    ["Hide bidder names", "yes"],
]


def test_every_detail_of_the_tender(tmp_path: Path) -> None:
    assert details_of(read(tmp_path, Tender=ITEMS)) == TenderDetails(
        reference="R-1",
        title="Care at home",
        authority="Leeds",
        buyer_type=BuyerType.NHS,
        regime=Regime.PSR_2023,
        contract_kind=ContractKind.LIGHT_TOUCH,
        procedure=Procedure.OPEN,
        notice_date=date(2026, 8, 3),
        deadline=datetime(2026, 9, 14, 12, tzinfo=LONDON),
        contract_start=date(2027, 1, 1),
        contract_end=date(2029, 12, 31),
        estimated_value=Fraction(1_250_000),
        estimated_value_includes_vat=False,
        prices_include_vat=False,
        currency="EUR",
        social_value_model="PPN 002",
        refinement_provided_for=True,
    )


def test_every_rule_of_the_tender(tmp_path: Path) -> None:
    method = method_of(read(tmp_path, Tender=ITEMS))
    assert (method.framework_places, method.lot_cap) == (3, 2)
    assert method.weights_are is WeightMode.POINTS
    assert method.award_rule is AwardRule.PRICE_PLUS_QUALITY
    assert method.award_parameters[0] == ("unit", "1000")
    assert method.award_parameters[3:] == (("out of", "100"), ("wins", "lowest"))
    assert method.quality_marks is QualityMarks.RELATIVE_TO_BEST
    assert (method.round_marks_to, method.round_totals_to) == (2, 0)
    assert (method.tie_margin, method.close_margin) == (Fraction(1, 2), Fraction(1))
    assert method.tie_break == ("highest quality", "highest Q1", "lowest price", "draw")
    assert method.hide_bidder_names


def test_what_is_not_said_has_only_the_stated_defaults(tmp_path: Path) -> None:
    method = method_of(read(tmp_path))
    assert method.weights_are is WeightMode.OF_TOTAL
    assert method.award_rule is None
    assert (method.round_marks_to, method.close_margin) == (None, None)
    assert method.tie_margin == 0
    assert [lot.ref for lot in method.lots] == ["1"]


def test_a_deadline_without_a_time_is_the_end_of_the_day(tmp_path: Path) -> None:
    content = value(tmp_path, "Tender deadline", date(2026, 9, 14))
    assert details_of(content).deadline == datetime(2026, 9, 14, 23, 59, tzinfo=LONDON)
    assert list(content.notes) == lines(
        "Tender, row 3: no time of day is given; the deadline is the end of 14 September 2026 "
        "(23:59, London)."
    )


@pytest.mark.parametrize(
    ("item", "content", "words"),
    [
        ("Regime", "PA 2023", "Did you mean PA2023?"),
        ("Tender deadline", "09/14/2026", "not a day of the calendar"),
        ("Estimated value", -5, "negative"),
        ("Prices include VAT", "maybe", "neither yes nor no"),
        ("Currency", "pounds", "three letters"),
        ("Award rule parameters", "per", "not a parameter"),
        ("Award rule parameters", "per=1; Per=2", "twice"),
        ("Round marks to", 13, "from 0 to 12"),
        ("Tie-break", "toss", "not a rule for ties"),
        ("Tie-break", "highest PRICE", "not a rule for ties"),
        ("Reference", "R-2", "twice"),
    ],
)
def test_a_wrong_item_is_refused(tmp_path: Path, item: str, content: object, words: str) -> None:
    rows: Rows = [["Item", "Value"], ["Reference", "R-1"], [item, content]]
    problems = refused(tmp_path, Tender=rows)
    assert len(problems) == 1
    assert words in problems[0]


def test_a_contract_ends_after_it_starts(tmp_path: Path) -> None:
    rows: Rows = [*ITEMS[:10], ["Contract start", "1 May 2027"], ["Contract end", "1 May 2026"]]
    assert "ends before it starts" in refused(tmp_path, Tender=rows)[0]


def test_lots(tmp_path: Path) -> None:
    rows: Rows = [
        ["Lot", "Title", "Estimated value"],
        [1, "Parks", "£5,000"],
        ["South", None, None],
    ]
    lots = method_of(read(tmp_path, Lots=rows)).lots
    assert [(lot.ref, lot.title, lot.estimated_value) for lot in lots] == [
        ("1", "Parks", 5000),
        ("South", "", None),
    ]


def test_a_lot_stands_once(tmp_path: Path) -> None:
    problems = refused(tmp_path, Lots=[["Lot"], ["a"], ["A "], ["b;c"], ["All"]])
    assert len(problems) == 3


def criteria(*rows: list[object]) -> Rows:
    header: list[object] = ["Ref", "Title", "Kind", "Parent", "Lot", "Weight", "Scale", "Minimum"]
    return [[*header, "Formula", "Parameters", "Goals", "Word limit"], *rows]


def test_a_tree_of_criteria_has_parents_first(tmp_path: Path) -> None:
    method = method_of(
        read(
            tmp_path,
            Lots=LOTS,
            Criteria=criteria(
                ["Q1", "a", "Quality", "s", None, "60%", "0\N{EN DASH}5", 2, None, None, "3; 8"],
                ["S", "b", "section"],
                ["P", "c", "price", None, "north", 40, None, None, "CEILING", "ceiling=5"],
            ),
        )
    )
    assert [row.ref for row in method.criteria] == ["S", "Q1", "P"]
    question, price = method.criteria[1:]
    assert (question.parent, question.scale, question.lot) == ("S", "0-5", None)
    assert [question.weight, question.minimum, question.goals] == [60, 2, ("3", "8")]
    assert (price.lot, price.formula) == ("North", PriceFormula.CEILING)
    assert price.parameters == (("ceiling", "5"),)
    assert [scale.name for scale in method.scales] == ["0-5"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Q1", "a", "quality", "X"], "There is no criterion"),
        (["Q1", "a", "quality", "P"], "P is not a section"),
        (["Q1", "a", "section", "Q1"], "under each other"),
        (["Q1", "a", "quality", None, "East"], "There is no lot"),
        (["Q1", "a", "quality", "N", "South"], "belongs to lot North"),
        (["Q1", "a", "quality", "N"], "belongs to lot North"),
        (["Q1", "a", "quality", None, None, -1], "negative"),
        (["Q1", "a", "quality", None, None, "ten"], "not a number"),
        (["Q1", "a", "quality", None, None, 1, "0-6"], "There is no scale"),
        (["Q1", "a", "quality", None, None, 1, "0-5", 6], "above the highest points"),
        (["Q1", "a", "information", None, None, 1], "carries no weight"),
        (["Q1", "a", "information", None, None, None, "0-5"], "Nobody scores"),
        (["Q1", "a", "requirement", None, None, None, "0-5"], "passed or failed"),
        (["Q1", "a", "quality", None, None, 1, None, None, "mean"], "Only a price"),
        (["Q1", "a", "price", None, None, 1, None, None, "meen"], "Did you mean mean?"),
        (["Q1", "a", "quality", *[None] * 8, 0], "from 1 to"),
        (["p", "a", "quality"], "stands in row 2 already"),
        ([None, "a", "quality"], "This is blank"),
        (["Q1", None, "quality"], "This is blank"),
        (["Q1", "a", None], "This is blank"),
    ],
)
def test_a_wrong_criterion_is_refused(tmp_path: Path, row: list[object], words: str) -> None:
    base: Rows = (["P", "c", "price"], ["N", "d", "section", None, "North"])
    problems = refused(tmp_path, Lots=LOTS, Criteria=criteria(*map(list, base), row))
    assert len(problems) == 1
    assert words in problems[0]


def test_an_unknown_scale_is_refused_with_the_names_of_those_there_are(tmp_path: Path) -> None:
    rows: Rows = [["Scale", "Points"], ["mine", 1]]
    row: list[object] = ["Q1", "a", "quality", None, None, 1, "0-6"]
    problem = refused(tmp_path, Criteria=criteria(row), Scales=rows)[0]
    assert "Write mine, 0-5, 0-4, 0-3, 0/30/70/100, 0-10 or pass/fail" in problem


def test_sub_criteria_belong_to_their_question(tmp_path: Path) -> None:
    rows: Rows = [["Ref", "Sub-ref", "Text"], ["q1", "a", "Sites"], ["Q1", "b", "Dates"]]
    question = method_of(read(tmp_path, Sub_criteria=rows)).criterion("Q1")
    assert question is not None
    assert [(sub.ref, sub.text) for sub in question.sub_criteria] == [
        ("a", "Sites"),
        ("b", "Dates"),
    ]


def test_sub_criteria_are_checked(tmp_path: Path) -> None:
    rows: Rows = [
        ["Ref", "Sub-ref", "Text"],
        ["PRICE", "a", "x"],
        ["Q9", "a", "x"],
        ["Q1", "a", None],
    ]
    problems = refused(tmp_path, Sub_criteria=[*rows, ["Q1", "A", "y"]])
    assert [problem.split(": ")[1].split(".")[0] for problem in problems] == [
        "PRICE is not a question that a panel judges",
        "“Q9” is not known",
        "This is blank",
        "A stands here twice",
    ]


def test_scales_of_ones_own(tmp_path: Path) -> None:
    rows: Rows = [
        ["Scale", "Points", "Label", "Descriptor", "Percent"],
        ["0-5", 0, "None", "Nothing.", 0],
        ["0-5", 1, "All", "Everything.", "100%"],
        ["wide", "0-150"],
        ["half", "0 \N{EN DASH} 100 step 0.5"],
        ["half", 50, "Middle"],
    ]
    scales = {scale.name: scale for scale in method_of(read(tmp_path, Scales=rows)).scales}
    assert scales["0-5"].share(Fraction(1)) == 1
    assert scales["0-5"].maximum == 1
    assert scales["wide"].ranges == (PointRange(Fraction(0), Fraction(150)),)
    assert Fraction(99, 2) in scales["half"]
    assert scales["half"].bands[0].label == "Middle"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["s", date(2026, 5, 1)]], "date where text belongs"),
        ([["s", "5-0"]], "not a range"),
        ([["s", "0-1 step 0.3"]], "not a range"),
        ([["s", -1], ["s", 1]], "negative"),
        ([["s", 0]], "no value above 0"),
        ([["s", 1], ["S", 1]], "twice"),
        ([["s", 0, None, None, 101]], "between 0 and 100"),
        ([["s", 0, None, None, 0], ["s", 1]], "Only some rows"),
        ([["s", None, "x"], ["s", 1]], "This is blank"),
        ([[None, 1]], "This is blank"),
    ],
)
def test_a_wrong_scale_is_refused(tmp_path: Path, rows: Rows, words: str) -> None:
    header = ["Scale", "Points", "Label", "Descriptor", "Percent"]
    problems = refused(tmp_path, Scales=[header, *rows])
    assert words in problems[0]


def test_an_import_changes_only_its_own_part(tmp_path: Path) -> None:
    base = read(tmp_path, Tender=ITEMS, Criteria=CRITERIA)
    known = Known(method_of(base), details=details_of(base))
    path = make(tmp_path / "more.xlsx", {"Tender": [["Item", "Value"], ["Title", "New"]]})
    content = read_workbook(path, known)
    assert details_of(content).title == "New"
    assert details_of(content).reference == "R-1"
    assert method_of(content) == method_of(base)


def test_an_import_without_a_method_sheet_has_no_method(tmp_path: Path) -> None:
    known = Known(method_of(read(tmp_path)))
    path = make(tmp_path / "more.xlsx", {"Bidders": [["Bidder"], ["Cedar Ltd"]]})
    content = read_workbook(path, known)
    assert (content.details, content.method) == (None, None)
    assert content.bidders[0].name == "Cedar Ltd"


def test_kinds_are_the_published_ones(tmp_path: Path) -> None:
    rows: Rows = [[f"r{n}", "t", kind] for n, kind in enumerate(CriterionKind)]
    content = read(tmp_path, Criteria=[["Ref", "Title", "Kind"], *rows])
    assert [row.kind for row in method_of(content).criteria] == list(CriterionKind)
