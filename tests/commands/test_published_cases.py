"""Published worked examples through the whole chain: a workbook, ``new``, ``rank --json``.

Case numbers are those of the shared collection of published examples (E02 …) and of the
acceptance facts in the procurement rules (A1 …); each test names where the figures were printed.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import cast

import pytest

from tendereval.commands.shell import Json
from tests.service.builders import Book, Desk, Rows

HEAD = (
    "Ref",
    "Title",
    "Kind",
    "Parent",
    "Lot",
    "Weight",
    "Scale",
    "Minimum",
    "Formula",
    "Parameters",
)
LOWEST = "lowest over price"


def a_tender(**items: str) -> Rows:
    given = {"Reference": "CASE", "Award rule": "weighted total"}
    given |= {name.replace("__", "-").replace("_", " "): value for name, value in items.items()}
    return (("Item", "Value"), *given.items())


def a_book(
    criteria: Sequence[tuple[object, ...]],
    bidders: Mapping[str, Mapping[str, object]],
    **more: Rows,
) -> Book:
    """Make a finished evaluation; per bidder a value for each reference, prices included."""
    kinds = {row[0]: row[2] for row in criteria}
    agreed = [
        (name, ref, value, "As published.")
        for name, values in bidders.items()
        for ref, value in values.items()
        if kinds[ref] != "price"
    ]
    prices = [
        (name, value, ref)
        for name, values in bidders.items()
        for ref, value in values.items()
        if kinds[ref] == "price"
    ]
    return cast(
        "Book",
        {
            "Tender": a_tender(),
            "Criteria": (HEAD, *criteria),
            "Bidders": (("Bidder",), *((name,) for name in bidders)),
            "Agreed": (("Bidder", "Ref", "Score", "Rationale"), *agreed),
            "Prices": (("Bidder", "Price", "Ref"), *prices),
            **more,
        },
    )


def quality(
    ref: str,
    weight: object,
    scale: object,
    *,
    parent: str = "",
    lot: str = "",
    least: object = None,
) -> tuple[object, ...]:
    return (ref, ref, "quality", parent, lot, weight, scale, least, None, None)


def price(weight: object, ref: str = "PRICE", parameters: str = "") -> tuple[object, ...]:
    return (ref, "Price", "price", "", "", weight, None, None, LOWEST, parameters)


def ranked(folder: Path, book: Book) -> Desk:
    desk = Desk(folder)
    made = desk.new(book)
    assert made.status == 0, made.err
    return desk


def prices_only(weight: object, *amounts: object) -> Book:
    return a_book([price(weight)], {str(n): {"PRICE": p} for n, p in enumerate(amounts, 1)})


def rounded(desk: Desk, places: int) -> dict[str, str]:
    """Round what was printed with 12 places or more, as the source printed it."""
    unit = Fraction(1, 10**places)
    found = {}
    for name, bid in sorted(desk.ranking().items()):
        exact = Fraction(str(bid["total_exact"]))
        whole = (exact / unit + Fraction(1, 2)) // 1
        digits = str(whole).rjust(places + 1, "0")
        found[name] = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return found


def warnings(desk: Desk, lot: int = 0) -> dict[str, str]:
    lots = cast("list[dict[str, list[dict[str, str]]]]", desk.rank()["lots"])
    return {item["code"]: item["text"] for item in lots[lot]["warnings"]}


def not_ranked(desk: Desk) -> list[tuple[Json, Json]]:
    lots = cast("list[dict[str, list[dict[str, Json]]]]", desk.rank()["lots"])
    return [(item["bidder"], item["status"]) for item in lots[0]["not_ranked"]]


def marks(desk: Desk, bidder: str) -> dict[str, Json]:
    criteria = cast("dict[str, dict[str, Json]]", desk.ranking()[bidder]["criteria"])
    return {ref: mark["mark"] for ref, mark in criteria.items()}


def test_e02_negometrix_low_bid_in_points_out_of_200(tmp_path: Path) -> None:
    """support-us.negometrix.com, Low Bid Scoring Formula: 146 against 144 of 200 points."""
    criteria = [
        quality("EXP", 60, "0-60"),
        quality("QA", 40, "0-40"),
        quality("TIME", 30, "0-30"),
        price(70),
    ]
    bids = {
        "A": {"EXP": 40, "QA": 30, "TIME": 20, "PRICE": 10000},
        "B": {"EXP": 32, "QA": 20, "TIME": 22, "PRICE": 8000},
    }
    scales: Rows = (("Scale", "Points"), ("0-60", "0-60"), ("0-40", "0-40"), ("0-30", "0-30"))
    book = a_book(criteria, bids, Scales=scales, Tender=a_tender(Weights_are="points"))
    desk = ranked(tmp_path, book)
    assert [(n, b["rank"], b["total"]) for n, b in desk.ranking().items()] == [
        ("A", 1, "146"),
        ("B", 2, "144"),
    ]
    assert (marks(desk, "A")["PRICE"], marks(desk, "B")["PRICE"]) == ("56", "70")
    lots = cast("list[dict[str, Json]]", desk.rank()["lots"])
    assert lots[0]["available"] == "200"
    assert "weights" not in warnings(desk)


def test_e03_procurementtemplates_price_points_of_30(tmp_path: Path) -> None:
    """procurementtemplates.co.uk, Evaluation Criteria (Low Value)."""
    desk = ranked(tmp_path, prices_only(30, 110, 100, 125, 150, 130))
    assert rounded(desk, 2) == {
        "1": "27.27",
        "2": "30.00",
        "3": "24.00",
        "4": "20.00",
        "5": "23.08",
    }


def test_a3_and_e04_impact_bids_printed_as_whole_points(tmp_path: Path) -> None:
    """impactbids.com, The quality imperative."""
    desk = ranked(tmp_path, prices_only(40, 100, 105, 108))
    assert rounded(desk, 0) == {"1": "40", "2": "38", "3": "37"}
    assert rounded(desk, 6) == {"1": "40.000000", "2": "38.095238", "3": "37.037037"}
    assert desk.ranking()["2"]["total_exact"] == "800/21"
    assert desk.ranking()["2"]["total"] == "38.095238095238"


def test_e06_one_third_is_shown_as_printed_and_kept_exact(tmp_path: Path) -> None:
    """the-egov-blog.blogspot.com, QCBS normalisation: 100, 50, 33.3."""
    desk = ranked(tmp_path, prices_only(100, 20, 40, 60))
    assert rounded(desk, 1) == {"1": "100.0", "2": "50.0", "3": "33.3"}
    third = desk.ranking()["3"]
    assert (third["total"], third["total_exact"]) == ("33.333333333333", "100/3")


def test_e13_and_a16_energysolutions_is_reported_as_close(tmp_path: Path) -> None:
    """Energysolutions v NDA [2016] EWHC 1988 (TCC): 86.48 to 85.42, a gap of 1.06."""
    scales: Rows = (("Scale", "Points"), ("percent", "0-100 step 0.01"))
    bids = {"RSS": {"Q": "85.42"}, "CFP": {"Q": "86.48"}}
    tender = a_tender(Close_result_margin="2")
    book = a_book([quality("Q", 100, "percent")], bids, Scales=scales, Tender=tender)
    desk = ranked(tmp_path, book)
    assert desk.totals() == {"CFP": "86.48", "RSS": "85.42"}
    assert "1.06 apart" in warnings(desk)["close-result"]


@pytest.mark.parametrize(("second", "codes"), [("84.48", ["close-result"]), ("84.47", [])])
def test_a16_a_gap_of_two_is_close_and_two_and_a_hundredth_is_not(
    second: str, codes: list[str], tmp_path: Path
) -> None:
    scales: Rows = (("Scale", "Points"), ("percent", "0-100 step 0.01"))
    bids = {"First": {"Q": "86.48"}, "Second": {"Q": second}}
    tender = a_tender(Close_result_margin="2")
    book = a_book([quality("Q", 100, "percent")], bids, Scales=scales, Tender=tender)
    assert list(warnings(ranked(tmp_path, book))) == codes


def test_e18_peoplesoft_weighted_sums(tmp_path: Path) -> None:
    """docs.oracle.com, Scoring vs. Weighting: header 70, line 71 (unweighted 50 and 65)."""
    scales: Rows = (("Scale", "Points"), ("percent", "0-100"))
    folders = [tmp_path / "header", tmp_path / "line"]
    weights, scores = [(70, 30), (30, 70)], [(100, 0), (50, 80)]
    totals = []
    for folder, (first, second), (one, other) in zip(folders, weights, scores, strict=True):
        folder.mkdir()
        criteria = [quality("Q1", first, "percent"), quality("Q2", second, "percent")]
        book = a_book(criteria, {"Bid": {"Q1": one, "Q2": other}}, Scales=scales)
        totals.append(ranked(folder, book).totals()["Bid"])
    assert totals == ["70.00", "71.00"]


def test_a1_digital_outcomes_prices_at_weight_one(tmp_path: Path) -> None:
    """gov.uk guidance via shma.co.uk: 15,000, 10,000, 30,000 give 0.667, 1, 0.333."""
    desk = ranked(tmp_path, prices_only(1, 15000, 10000, 30000))
    assert rounded(desk, 3) == {"1": "0.667", "2": "1.000", "3": "0.333"}
    assert "weights" in warnings(desk)


def test_a2_docsbay_prices_at_weight_hundred(tmp_path: Path) -> None:
    """docsbay EGPR04-F03."""
    desk = ranked(tmp_path, prices_only(100, 120000, 124000, 142000))
    assert rounded(desk, 1) == {"1": "100.0", "2": "96.8", "3": "84.5"}


def test_a4_a_split_price_part_by_part(tmp_path: Path) -> None:
    """Bevan Brittan 2019: block 10 (85 and 100 pounds), service 5 (15 and 25 pounds)."""
    criteria = [price(10, "BLOCK"), price(5, "SERVICE")]
    bids = {"First": {"BLOCK": 85, "SERVICE": 25}, "Second": {"BLOCK": 100, "SERVICE": 15}}
    desk = ranked(tmp_path, a_book(criteria, bids))
    assert marks(desk, "First") == {"BLOCK": "10", "SERVICE": "3"}
    assert marks(desk, "Second") == {"BLOCK": "8.5", "SERVICE": "5"}


def test_a4_and_a5_a_price_of_nothing_is_refused_unless_the_method_says(tmp_path: Path) -> None:
    """Bevan Brittan 2019 (unit 15, 10 pounds against nil); Boxxe [2023] EWHC 533 (TCC)."""
    bids = {"Ten": {"UNIT": 10}, "Nil": {"UNIT": 0}}
    folders = [tmp_path / "without", tmp_path / "with"]
    for folder in folders:
        folder.mkdir()
    refused = ranked(folders[0], a_book([price(15, "UNIT")], bids)).on_file("rank", "--json")
    assert refused.status == 1
    assert "the price of Nil is nothing" in refused.err
    assert refused.json["ok"] is False
    desk = ranked(folders[1], a_book([price(15, "UNIT", "zero=full marks")], bids))
    assert desk.totals() == {"Nil": "15.00", "Ten": "0.00"}
    assert "zero-price" in warnings(desk)


def test_a13_of_parent_weights(tmp_path: Path) -> None:
    """panacea help: section of 40, four questions of 5, all threes: 12 x 2 = 24."""
    section = ("S", "Quality", "section", "", "", 40, None, None, None, None)
    criteria = [section, *(quality(f"Q{n}", 25, "0-5", parent="S") for n in range(1, 5)), price(60)]
    values = {f"Q{n}": 3 for n in range(1, 5)}
    tender = a_tender(Weights_are="of parent")
    desk = ranked(tmp_path, a_book(criteria, {"Bid": {**values, "PRICE": 1}}, Tender=tender))
    assert (desk.ranking()["Bid"]["quality"], desk.totals()["Bid"]) == ("24", "84.00")


def test_a13_schools_weight_5_times_score_4_is_20(tmp_path: Path) -> None:
    """education.co.uk quoting the DfE: weight 25 on a scale of 5, score 4, is 20."""
    desk = ranked(
        tmp_path, a_book([quality("Q", 25, "0-5"), price(75)], {"B": {"Q": 4, "PRICE": 9}})
    )
    assert marks(desk, "B")["Q"] == "20"


REVERSAL = {
    "A": {"Q": 40, "PRICE": 124},
    "B": {"Q": 30, "PRICE": 90},
    "C": {"Q": 10, "PRICE": 50},
}


def a14(**more: Rows) -> Book:
    scales: Rows = (("Scale", "Points"), ("0-60", "0-60"))
    return a_book([quality("Q", 60, "0-60"), price(40)], REVERSAL, Scales=scales, **more)


def test_a14_the_lowest_price_decides_between_others_and_this_is_said(tmp_path: Path) -> None:
    """Procurement rules A14: with C 56.13, 52.22, 50.00; without C 69.03 and 70.00."""
    desk = ranked(tmp_path, a14())
    assert desk.totals() == {"A": "56.13", "B": "52.22", "C": "50.00"}
    assert "C" in warnings(desk)["rank-reversal"]
    gone: Rows = (("Bidder", "Status", "Status reason"), ("C", "withdrawn", "A letter."))
    assert desk.take_in({"Bidders": gone}).status == 0
    assert desk.totals() == {"B": "70.00", "A": "69.03"}
    assert not_ranked(desk) == [("C", "withdrawn")]
    entry = desk.entries()[-1]
    assert entry.ids["order before"] == "1 A; 2 B; 3 C"
    assert entry.ids["order after"] == "1 B; 2 A"


def test_lots_with_a_common_question_and_prices_per_lot(tmp_path: Path) -> None:
    criteria = [
        quality("COMMON", 40, "0-5"),
        quality("NORTH", 20, "0-5", lot="North"),
        quality("SOUTH", 20, "0-5", lot="South"),
        price(40),
    ]
    bids = {"A": {"COMMON": 5, "NORTH": 5, "SOUTH": 0}, "B": {"COMMON": 4, "SOUTH": 5}}
    more: dict[str, Rows] = {
        "Lots": (("Lot",), ("North",), ("South",)),
        "Bidders": (("Bidder", "Lots"), ("A", ""), ("B", "South")),
        "Prices": (
            ("Bidder", "Price", "Lot"),
            ("A", 10, "North"),
            ("A", 8, "South"),
            ("B", 10, "South"),
        ),
    }
    desk = ranked(tmp_path, a_book(criteria, bids, **more))
    assert desk.totals(0) == {"A": "100.00"}
    assert desk.totals(1) == {"B": "84.00", "A": "80.00"}
    only = desk.on_file("rank", "--lot", "south", "--json").json["lots"]
    assert isinstance(only, list)
    assert len(only) == 1


def test_ties_share_a_rank_and_a_margin_and_tie_breaks_decide_as_published(tmp_path: Path) -> None:
    criteria = [quality("Q1", 60, "0-5"), quality("Q2", 40, "0-5")]
    bids = {
        "A": {"Q1": 3, "Q2": 4},
        "B": {"Q1": 3, "Q2": 4},
        "C": {"Q1": 5, "Q2": 0},
        "D": {"Q1": 1, "Q2": 0},
    }
    folders = [tmp_path / name for name in ("plain", "margin", "broken")]
    for folder in folders:
        folder.mkdir()
    plain = ranked(folders[0], a_book(criteria, bids))
    found = {name: (bid["rank"], bid["tied"]) for name, bid in plain.ranking().items()}
    assert found == {"A": (1, True), "B": (1, True), "C": (3, False), "D": (4, False)}
    lots = cast("list[dict[str, Json]]", plain.rank()["lots"])
    assert lots[0]["ties"] == [["A", "B"]]
    assert "tie" in warnings(plain)
    margin = ranked(folders[1], a_book(criteria, bids, Tender=a_tender(Tie_margin="8.01")))
    assert [bid["rank"] for bid in margin.ranking().values()] == [1, 1, 1, 4]
    tender = a_tender(Tie_margin="8.01", Tie__break="highest Q1; draw")
    broken = ranked(folders[2], a_book(criteria, bids, Tender=tender))
    ranks = {name: (bid["rank"], bid["tie_broken_by"]) for name, bid in broken.ranking().items()}
    assert ranks["C"] == (1, "highest Q1")
    assert (ranks["A"][0], ranks["B"][0]) == (2, 2)


def test_published_rounding_decides_and_what_it_hides_is_said(tmp_path: Path) -> None:
    tender = a_tender(Round_totals_to="0")
    book = a_book([price(100)], {"A": {"PRICE": 1000}, "B": {"PRICE": 1001}}, Tender=tender)
    desk = ranked(tmp_path, book)
    assert [(bid["rank"], bid["total"]) for bid in desk.ranking().values()] == [
        (1, "100"),
        (1, "100"),
    ]
    assert "tie-by-rounding" in warnings(desk)


def test_minimums_conditions_and_status_take_bids_out_and_set_no_lowest_price(
    tmp_path: Path,
) -> None:
    requirement = ("R", "Two hours", "requirement", "", "", None, None, None, None, None)
    criteria = [requirement, quality("Q", 50, "0-5", least=2), price(50)]
    bids = {
        "Good": {"R": "Pass", "Q": 4, "PRICE": 200},
        "Low": {"R": "Pass", "Q": 1, "PRICE": 50},
        "Slow": {"R": "Fail", "Q": 5, "PRICE": 60},
        "Gone": {"R": "Pass", "Q": 5, "PRICE": 40},
    }
    status: Rows = (
        ("Bidder", "Status", "Status reason"),
        ("Good", "", ""),
        ("Low", "", ""),
        ("Slow", "", ""),
        ("Gone", "withdrawn", "A letter."),
    )
    desk = ranked(tmp_path, a_book(criteria, bids, Bidders=status))
    assert desk.totals() == {"Good": "90.00"}
    assert dict(not_ranked(desk)) == {
        "Low": "disqualified",
        "Slow": "disqualified",
        "Gone": "withdrawn",
    }
    assert "below-minimum" in warnings(desk)
