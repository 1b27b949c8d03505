"""Workbooks into a tender: all or nothing, twice is once, and what each stage takes."""

from pathlib import Path

import pytest

from tendereval.domain.bidding import BidStatus
from tests.service.builders import (
    AFTER,
    AGREED,
    ALDER,
    BIDDERS,
    BIRCH,
    CONFIRMED,
    CRITERIA,
    DECLARATIONS,
    EXPLANATIONS,
    HEAD_AGREED,
    PANEL,
    PRICES,
    RESPONSES,
    SCORES,
    SET_UP,
    TENDER,
    Book,
    Rows,
    a_desk,
)

WITHDRAWN: Rows = (
    ("Bidder", "Status", "Status reason"),
    ("Alder Ltd", "withdrawn", "A letter of 2 March."),
)
NEW_PANEL: Rows = (*PANEL, ("Eva Ely", "eva@x.example", "observer"))
SHEETS: dict[str, tuple[Book, str]] = {
    "Tender": ({"Tender": (*TENDER[:2], ("Title", "Park seats"))}, "set-up published"),
    "Criteria": ({"Criteria": (*CRITERIA[:3], (*CRITERIA[3][:3], 30, *CRITERIA[3][4:]))}, "set-up"),
    "Bidders": ({"Bidders": (*BIDDERS, ("Cedar Ltd", "", "", ""))}, "set-up published"),
    "Status": ({"Bidders": WITHDRAWN}, "published scoring agreed priced"),
    "Panel": ({"Panel": NEW_PANEL}, "set-up published scoring agreed priced award"),
    "Declarations": (
        {"Declarations": (DECLARATIONS[0], ("Ben Bell", "A cousin works there."))},
        "set-up published scoring agreed priced award",
    ),
    "Responses": ({"Responses": (RESPONSES[0], ("Alder Ltd", "Q1", "Oak again."))}, "published"),
    "Prices": ({"Prices": (PRICES[0], ("Alder Ltd", 1700))}, "published scoring agreed priced"),
    "Scores": ({"Scores": (*SCORES[:1], (*SCORES[1][:4], "Otherwise."))}, "scoring"),
    "Agreed": ({"Agreed": (AGREED[0], ("Alder Ltd", "Q1", 5, "Oak.", "", "", ""))}, "agreed"),
}
_BEFORE_BIDDERS = {"Status", "Responses", "Prices"}
CASES = [
    (sheet, stage)
    for sheet in SHEETS
    for stage in ("set-up", "published", "scoring", "agreed", "priced", "award", "closed")
    if stage != "set-up" or sheet not in {*_BEFORE_BIDDERS, "Scores", "Agreed"}
]


@pytest.mark.parametrize(("sheet", "stage"), CASES)
def test_each_stage_takes_what_the_matrix_allows_and_names_the_rest(
    sheet: str, stage: str, tmp_path: Path
) -> None:
    book, allowed = SHEETS[sheet]
    desk = a_desk(tmp_path, stage)
    before = desk.file.read_bytes()
    done = desk.take_in(book, "--reason", "As agreed.")
    if stage in allowed.split():
        assert (done.status, done.err) == (0, "")
        assert desk.file.read_bytes() != before
    else:
        assert done.status == 1
        assert f"At stage {stage_of(stage)!r} you cannot" in done.err or "locked" in done.err
        assert desk.file.read_bytes() == before


def stage_of(stop: str) -> str:
    return {"agreed": "moderation", "priced": "price"}.get(stop, stop)


STEPS: list[tuple[str, Book]] = [
    ("set-up", SET_UP),
    ("published", {"Bidders": BIDDERS, "Responses": RESPONSES}),
    ("scoring", {"Declarations": DECLARATIONS}),
    ("scored", {"Scores": SCORES}),
    ("agreed", {"Agreed": AGREED, "Explanations": EXPLANATIONS}),
    ("agreed", {"Agreed": CONFIRMED}),
    ("priced", {"Prices": PRICES}),
    ("closed", {**SET_UP, "Bidders": BIDDERS, "Scores": SCORES, "Prices": PRICES}),
]


@pytest.mark.parametrize(("stage", "book"), STEPS)
def test_what_is_in_it_already_changes_no_byte(stage: str, book: Book, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, stage)
    before = desk.file.read_bytes()
    done = desk.take_in(book)
    assert (done.status, done.err) == (0, "")
    assert "Nothing in it is new." in done.out
    assert desk.file.read_bytes() == before


def test_a_dry_run_says_what_would_come_and_changes_no_byte(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    before = desk.file.read_bytes()
    done = desk.take_in({"Scores": SCORES}, "--dry-run", "--json", "--by", "A Stranger")
    assert done.json["brought"] == {"scores": 8}
    assert (done.json["dry_run"], done.json["stage"]) == (True, "scoring")
    assert desk.file.read_bytes() == before
    assert not (desk.folder / "bench.tender.lock").exists()


def test_a_workbook_is_taken_whole_or_not_at_all(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    before = desk.file.read_bytes()
    late: Rows = (*RESPONSES[:1], ("Alder Ltd", "Q1", "Oak, and late."))
    done = desk.take_in({"Scores": SCORES, "Responses": late})
    assert done.status == 1
    assert "you cannot add or change bidders, answers and documents" in done.err
    assert desk.file.read_bytes() == before


def test_every_row_that_is_refused_is_named_at_once(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    rows: Rows = (
        *SCORES,
        ("Ana Ames", "Alder Ltd", "Q1", 3, "I look on."),
        ("Ana Ames", "Birch Ltd", "Q1", 3, "I look on."),
    )
    status: Rows = (*WITHDRAWN[:1], ("Birch Ltd", "late", ""))
    done = desk.take_in({"Scores": rows, "Bidders": status}, "--json")
    assert done.status == 1
    problems = done.json["problems"]
    assert isinstance(problems, list)
    places = [(item["sheet"], item["row"]) for item in problems if isinstance(item, dict)]
    assert places == [("Bidders", 2), ("Scores", 10), ("Scores", 11)]


def test_a_bid_is_withdrawn_by_its_name_and_status_alone(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    assert desk.take_in({"Bidders": WITHDRAWN}).status == 0
    now = desk.now()
    assert [bid.status for bid in now.bids] == [BidStatus.WITHDRAWN, BidStatus.ASSESSED]
    assert (now.bidder(ALDER).address, now.bidder(ALDER).identifier) == ("1 High Street", "01")
    assert {item.bidder for item in now.places()} == {BIRCH}


def test_a_bid_comes_back_only_with_a_reason(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scored")
    desk.take_in({"Bidders": WITHDRAWN})
    back: Rows = (WITHDRAWN[0], ("Alder Ltd", "assessed", ""))
    assert "needs a reason" in desk.take_in({"Bidders": back}).err
    back = (WITHDRAWN[0], ("Alder Ltd", "assessed", "The letter was another firm's."))
    assert desk.take_in({"Bidders": back}).status == 0


def test_a_withdrawal_once_prices_are_known_records_the_order_before_and_after(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "priced")
    assert desk.take_in({"Bidders": WITHDRAWN}).status == 0
    entry = desk.entries()[-1]
    assert entry.ids["order before"] == "1 Birch Ltd; 2 Alder Ltd"
    assert entry.ids["order after"] == "1 Birch Ltd"


def test_a_price_typed_twice_without_its_schedule_keeps_the_schedule(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "price")
    lines: Rows = (
        ("Bidder", "Item", "Quantity", "Unit price"),
        ("Alder Ltd", "Bench", 16, 100),
        ("Birch Ltd", "Bench", 15, 100),
    )
    desk.take_in({"Price lines": lines})
    assert "Nothing in it is new." in desk.take_in({"Prices": PRICES}).out
    with desk.looking() as session, session.reading() as reader:
        assert [len(price.lines) for price in reader.prices()] == [1, 1]
    assert desk.totals() == {"Birch Ltd": "80.00", "Alder Ltd": "77.50"}


def test_documents_are_kept_in_the_file_once(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.7 oak")
    rows: Rows = (
        ("Bidder", "Ref", "Response", "Document", "Page"),
        ("Alder Ltd", "Q1", "", "plan.pdf", "1"),
        ("Alder Ltd", "Q2", "", "plan.pdf", "2"),
    )
    assert "1 documents" in desk.take_in({"Responses": rows}).out
    with desk.looking() as session, session.reading() as reader:
        (kept,) = reader.documents()
        assert reader.document_content(kept.id) == b"%PDF-1.7 oak"
        assert reader.responses()[0].text == "Alder builds of oak."
    assert (kept.name, kept.media_type) == ("plan.pdf", "application/pdf")
    assert "Nothing in it is new." in desk.take_in({"Responses": rows}).out


def test_an_unreadable_document_is_refused_in_words(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF")
    rows: Rows = (("Bidder", "Ref", "Document"), ("Alder Ltd", "Q1", "plan.pdf"))
    book = desk.book({"Responses": rows})
    (tmp_path / "plan.pdf").unlink()
    (tmp_path / "plan.pdf").mkdir()
    done = desk.on_file("import", "--from", str(book))
    assert done.status == 1
    assert "plan.pdf" in done.err


def test_confirming_for_oneself_without_having_been_there_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "moderation")
    rows: Rows = (HEAD_AGREED, ("Alder Ltd", "Q1", 4, "Oak.", "", "", "Ben Bell"))
    done = desk.take_in({"Agreed": rows})
    assert done.status == 1
    assert "Ben Bell was not present when this was agreed." in done.err


def test_the_person_at_work_is_named_by_id(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    desk.take_in({"Scores": SCORES[:3]}, "--by", "BEN@x.example")
    desk.take_in({"Scores": SCORES}, "--by", " Pat of Procurement ")
    assert [entry.person for entry in desk.entries()[-2:]] == ["p-2", "p-5"]
    desk.clock.now = AFTER
    desk.take_in({"Bidders": WITHDRAWN}, "--by", "pat of procurement")
    assert desk.entries()[-1].person == "p-5"


def test_the_file_is_backed_up_before_a_large_merge_and_not_before_a_small_one(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "published")
    names = [f"Bidder {number}" for number in range(250)]
    many: Book = {
        "Bidders": (("Bidder",), *((name,) for name in names)),
        "Responses": (
            RESPONSES[0],
            *((name, ref, f"{name} on {ref}.") for name in names for ref in ("Q1", "Q2")),
        ),
    }
    few: Book = {"Responses": (RESPONSES[0], ("Alder Ltd", "Q1", "Oak once more."))}
    assert desk.take_in(few).status == 0
    assert not list(tmp_path.glob(f"{desk.file.stem}.v*.tender"))
    before = desk.file.read_bytes()
    assert desk.take_in(many, "--dry-run").status == 0
    assert not list(tmp_path.glob(f"{desk.file.stem}.v*.tender"))
    assert desk.take_in(many).status == 0
    (copy,) = tmp_path.glob(f"{desk.file.stem}.v1.1.*.tender")
    assert len(copy.read_bytes()) == len(before) < len(desk.file.read_bytes())
