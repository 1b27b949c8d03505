"""Evaluations made elsewhere: where a workbook arrives, and that it ranks at once."""

from pathlib import Path

import pytest

from tendereval.exchange.workbook import read_workbook
from tendereval.services.importing import arriving_stage
from tests.service.builders import (
    AGREED,
    BIDDERS,
    CRITERIA,
    DECLARATIONS,
    EVERYBODY,
    FINISHED,
    HEAD_AGREED,
    PRICES,
    SCORES,
    SET_UP,
    TENDER,
    Book,
    Desk,
    Rows,
)

PRICE_ONLY: Book = {
    "Tender": TENDER,
    "Criteria": (CRITERIA[0], ("PRICE", "Price", "price", 100, None, None, "lowest over price")),
    "Bidders": BIDDERS,
    "Prices": PRICES,
}
STATUS = ("Bidder", "Status", "Status reason", "Notified on", "Responded on", "Decided on")
OUT: Rows = (
    STATUS,
    ("Alder Ltd", "excluded", "Bribery.", "1 March 2027", "5 March 2027", "9 March 2027"),
    ("Birch Ltd", "", "", "", "", ""),
)
ONE_MISSING: Book = {**FINISHED, "Agreed": AGREED[:-1], "Scores": SCORES}
ARRIVALS: dict[str, tuple[Book, str]] = {
    "a set-up": (SET_UP, "set-up"),
    "bidders and prices": ({**SET_UP, "Bidders": BIDDERS, "Prices": PRICES}, "set-up"),
    "some scores": ({**SET_UP, "Bidders": BIDDERS, "Scores": SCORES[:2]}, "moderation"),
    "all but one agreed score": (ONE_MISSING, "moderation"),
    "every agreed score": (FINISHED, "price"),
    "prices of a price-only tender": (PRICE_ONLY, "price"),
    "all of the bids that are assessed": (
        {**FINISHED, "Bidders": OUT, "Agreed": (AGREED[0], *AGREED[3:])},
        "price",
    ),
}


@pytest.mark.parametrize("which", ARRIVALS)
def test_where_a_workbook_arrives(which: str, tmp_path: Path) -> None:
    book, stage = ARRIVALS[which]
    desk = Desk(tmp_path)
    assert arriving_stage(read_workbook(desk.book(book))) == stage
    made = desk.new(book, "--json")
    assert (made.status, made.err) == (0, "")
    assert made.json["stage"] == stage
    assert desk.now().stage == stage


def test_the_record_says_that_it_was_made_elsewhere(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new(FINISHED)
    assert [entry.kind for entry in desk.entries()] == [
        "tender made",
        "evaluation made elsewhere taken in",
    ]
    with desk.looking() as session, session.reading() as reader:
        reasons = [reason for _, reason, _ in reader.stage_reasons()]
        assert all(item.elsewhere for item in reader.agreed_scores())
    assert reasons[-1] == "The workbook holds a finished evaluation made elsewhere."
    assert desk.now().versions[-1].kind == "taken from an evaluation made elsewhere"


def test_it_ranks_at_once_and_says_what_an_award_still_needs(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new(FINISHED)
    assert desk.totals() == {"Birch Ltd": "80.00", "Alder Ltd": "77.50"}
    found = desk.on_file("check", "--json").json
    assert (found["ok"], found["totals_recomputed"]) == (True, 2)
    assert "Ben Bell has not declared interests." in str(found["open_points"])
    assert "Not confirmed by the panel: 4 responses" in str(found["open_points"])


def test_scores_made_elsewhere_are_ready_also_without_declaration_or_rationale(
    tmp_path: Path,
) -> None:
    desk = Desk(tmp_path)
    bare: Rows = tuple(row[:4] for row in SCORES)
    desk.new({**SET_UP, "Bidders": BIDDERS, "Scores": bare})
    with desk.looking() as session, session.reading() as reader:
        assert {score.state for score in reader.scores()} == {"ready"}
        assert len(reader.scores()) == 8


def test_moderation_of_scores_made_elsewhere_goes_on_here(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new(ONE_MISSING)
    row = (*AGREED[-1][:5], EVERYBODY, EVERYBODY)
    confirmed: Rows = (HEAD_AGREED, *((*one[:6], EVERYBODY) for one in AGREED[1:-1]), row)
    done = desk.take_in({"Agreed": confirmed, "Declarations": DECLARATIONS})
    assert (done.status, done.err) == (0, "")
    assert desk.enter("price").status == 0
    with desk.looking() as session, session.reading() as reader:
        assert [item.elsewhere for item in reader.agreed_scores()] == [True, True, True, False]


def test_a_finished_evaluation_without_an_award_rule_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    for words in ((), ("--dry-run",)):
        refused = desk.new({**FINISHED, "Tender": TENDER[:-1]}, *words)
        assert refused.status == 1
        assert "Tender, column Award rule: The workbook holds a finished evaluation" in refused.err
    assert not desk.file.exists()


def test_a_dry_run_makes_nothing_and_refuses_what_would_be_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    made = desk.new(FINISHED, "--dry-run", "--json")
    assert made.json["stage"] == "price"
    assert isinstance(made.json["brought"], dict)
    assert made.json["brought"]["agreed scores"] == 4
    late: Rows = (STATUS, ("Alder Ltd", "late", "", "", "", ""))
    refused = desk.new({**SET_UP, "Bidders": late}, "--dry-run")
    assert refused.status == 1
    assert "The status 'late' needs a reason." in refused.err
    assert [path.suffix for path in tmp_path.iterdir()] == [".xlsx", ".xlsx"]
    desk.new(SET_UP)
    assert "is there already" in desk.new(SET_UP, "--dry-run").err


def test_nothing_is_left_of_a_workbook_that_is_refused(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    late: Rows = (STATUS, ("Alder Ltd", "late", "", "", "", ""))
    assert desk.new({**SET_UP, "Bidders": late}).status == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".xlsx"]


@pytest.mark.parametrize("by", ["ana@x.example", "Ana Ames", ""])
def test_who_makes_the_file_is_the_same_person_on_its_panel(by: str, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new(SET_UP, "--by", by)
    assert [member.person for member in desk.now().panel] == ["p-1", "p-2", "p-3", "p-4"]
    assert {entry.person for entry in desk.entries()} == {"p-1"}
