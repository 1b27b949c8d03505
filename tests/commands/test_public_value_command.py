"""``public-value``: looked at and recorded without a screen."""

from pathlib import Path
from typing import Final

import pytest

from tests.commands.laptops import rows_of
from tests.service.builders import Desk, Result, a_desk

GOALS: Final = """
[[goals]]
mission = "Work close to home"
outcome = "More young people in work"
by = 2030-03-31

[living-wage]
use = "information"
reason = "People live on it."
relevance = "They do the work."
proportionality = "It rules nobody out."
"""
PROMISE: Final = """
[[commitments]]
bidder = "Alder Ltd"
ref = "Q2"
words = "Two apprentices"
who = "Site manager"
what = "Take on apprentices"
how-many = 2
unit = "apprentices"
by-when = 2028-03-31
evidence = "Payroll"
goals = ["more young people in work"]
"""
TERM: Final = """
[[contract]]
commitment = "take on apprentices"
owner = "Contract manager"
kpi = true
"""
DELIVERED: Final = """
[[delivery]]
commitment = "c-1"
on = 2026-12-01
delivered = "1.5"
evidence = "Payroll"
"""


def record(desk: Desk, text: str, *words: str) -> Result:
    path = desk.folder / "decisions.toml"
    path.write_text(text, encoding="utf-8")
    return desk.on_file("public-value", "--from", str(path), *words)


def test_goals_and_promises_are_recorded_once_and_read_back(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    first = record(desk, GOALS + PROMISE, "--reason", "The lead chose.", "--json")
    assert first.json == {
        "ok": True,
        "recorded": {"goals": 1, "use of the living wage check": 1, "commitments": 1},
    }
    number = len(desk.entries())
    again = record(desk, GOALS + PROMISE)
    assert again.out.strip() == "Everything in the file was there already."
    assert len(desk.entries()) == number
    found = desk.on_file("public-value", "--json").json
    assert found["goals"] == ["More young people in work"]
    (bid, _) = rows_of(found, "bids")
    assert bid["commitments"] == "1 of 1 commitment is complete and can go into the contract."
    (item,) = rows_of(bid, "listed")
    assert (item["id"], item["standing"], item["flags"]) == ("c-1", "complete", [])
    shown = desk.on_file("public-value").out
    assert "nothing here changes a mark or a rank unless it was a published criterion" in shown
    assert "pay: No pay schedule was given" in shown


def test_a_changed_promise_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    record(desk, PROMISE.replace('goals = ["more young people in work"]', ""))
    changed = PROMISE.replace('"Payroll"', '"TBC"').replace("goals =", "targets = ['8.5'] #")
    assert "1 commitments" in record(desk, changed).out
    (bid, _) = rows_of(desk.on_file("public-value", "--json").json, "bids")
    (item,) = rows_of(bid, "listed")
    assert (item["standing"], item["missing"]) == ("ambition", ["evidence"])


def test_a_refusal_says_what_was_recorded_before_it(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    wrong = PROMISE.replace("Two apprentices", "Nine apprentices")
    refused = record(desk, GOALS + wrong, "--reason", "The lead chose.")
    assert refused.status == 1
    assert "the answer does not say “Nine apprentices”" in refused.err
    assert "is recorded: 1 goals, 1 use of the living wage check." in refused.err


def test_terms_and_delivery_of_the_contract(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    record(desk, PROMISE.replace("goals =", "targets = ['8.5'] #"))
    early = record(desk, TERM.replace("kpi = true", ""))
    assert (early.status, "you cannot name who answers" in early.err) == (1, True)
    assert (
        "1 key performance indicators"
        in record(desk, TERM.partition("owner")[0] + "kpi = true").out
    )
    assert record(desk, DELIVERED).status == 1
    other = record(desk, TERM.replace("take on apprentices", "c-7"))
    assert "No commitments are called “c-7”" in other.err
    assert "KPIs" not in record(desk, 'no-kpis = ""').out


PAY: Final = (
    ("Bidder", "Role", "Employer", "Place", "Basis", "Amount", "Hours", "Heads"),
    ("Alder Ltd", "Cleaner", "direct", "UK", "hour", "13.449", "37.5", 2),
    ("Alder Ltd", "Cook", "direct", "London", "hour", "14.80", "37.5", 1),
)


def test_pay_is_told_with_its_working(tmp_path: Path) -> None:
    """A tenth of a penny short for two people: 0.001 x 37.5 x 52 x 2 is £3.90 a year."""
    desk = a_desk(tmp_path, "published")
    assert desk.take_in({"Pay": PAY}).status == 0
    [alder, birch] = rows_of(desk.on_file("public-value", "--json").json, "bids")
    assert alder["pay_found"] == {
        "on": "2027-03-01",
        "rates": "2026-11-23",
        "coverage": "1/3",
        "gap_a_year": "39/10",
        "below": ["Cleaner"],
        "warnings": [
            (
                "The newest rate on this day is not known: the rate of 2026-27 is not held. Enter "
                "it or import newer data."
            )
        ],
    }
    assert alder["pay"] == (
        "1 of 2 roles is paid below the real Living Wage; closing the gap costs £3.90 a year."
    )
    assert str(birch["pay"]).startswith("No pay schedule was given")


DECISION: Final = """
[[certificates]]
bidder = "Alder Ltd"
certificate = "We invest in people"
accepted = true
reason = "It asks the same of the same people."
"""
EQUIVALENTS: Final = (
    ("Bidder", "Certificate", "Level", "Issued", "Ends", "Scope", "Equivalent", "Number"),
    ("Alder Ltd", "iip", "", "1 May 2026", "1 May 2029", "All", "A college's review", "E1"),
    ("Alder Ltd", "lwf", "accredited", "1 May 2026", "1 May 2029", "All", "", "LW1"),
    ("Birch Ltd", "", "", "1 May 2026", "1 May 2029", "All", "One review", "R1"),
    ("Birch Ltd", "", "", "1 May 2026", "1 May 2029", "All", "Another", "R2"),
)


def with_equivalents(folder: Path) -> Desk:
    desk = a_desk(folder, "published")
    assert desk.take_in({"Certificates": EQUIVALENTS}).status == 0
    return desk


def said_of(desk: Desk, bidder: str) -> str:
    bids = rows_of(desk.on_file("public-value", "--json").json, "bids")
    return next(str(bid["certificates"]) for bid in bids if bid["bidder"] == bidder)


def test_an_equivalent_is_decided_on_with_its_reason_and_once(tmp_path: Path) -> None:
    desk = with_equivalents(tmp_path)
    assert "One certificate awaits a decision." in said_of(desk, "Alder Ltd")
    assert "1 decisions on certificates" in record(desk, DECISION).out
    assert "awaits" not in said_of(desk, "Alder Ltd")
    assert "there already" in record(desk, DECISION).out
    other = record(desk, DECISION.replace("true", "false"))
    assert other.status == 0
    assert desk.entries()[-1].reason == "It asks the same of the same people."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("We invest in people", "lwf"), "No claims of Alder Ltd under “lwf” await a decision."),
        (("We invest in people", "gbc"), "No claims of Alder Ltd under “gbc” await a decision."),
        (("Alder Ltd", "Elder Ltd"), "Elder Ltd"),
        (("It asks the same of the same people.", " "), "The decision needs a reason."),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    change: tuple[str, str], words: str, tmp_path: Path
) -> None:
    desk = with_equivalents(tmp_path)
    refused = record(desk, DECISION.replace(*change))
    assert (refused.status, words in refused.err) == (1, True), refused.err


def test_of_two_equivalents_the_number_tells_which(tmp_path: Path) -> None:
    desk = with_equivalents(tmp_path)
    birch = DECISION.replace("Alder Ltd", "Birch Ltd").replace("We invest in people", "")
    assert "2 claims of Birch Ltd" in record(desk, birch).err
    assert record(desk, birch + 'number = "R2"\n').status == 0
    assert "One certificate awaits a decision." in said_of(desk, "Birch Ltd")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[goals]\n", "is no TOML file"),
        ('[[goal]]\nmission = "a"\n', "unknown field `goal`"),
        ('[[goals]]\nmission = "a"\n', "missing required field `outcome`"),
        ('[living-wage]\nuse = "condition of participation"\n', "Invalid enum value"),
        (PROMISE.replace("how-many = 2", "how-many = 2.5"), "got `float`"),
        (PROMISE.replace("how-many = 2", 'how-many = "two"'), "“two” is no number."),
        (PROMISE.replace("2028-03-31", '"soon"'), "date"),
        (PROMISE.replace("Alder Ltd", "Elder Ltd"), "Elder Ltd"),
        (PROMISE.replace("Q2", "Q9"), "There is no criterion 'Q9'"),
        (PROMISE.replace("Two apprentices", ""), "No words are selected."),
    ],
)
def test_what_a_file_cannot_hold_is_refused_in_words(tmp_path: Path, text: str, words: str) -> None:
    desk = a_desk(tmp_path, "scoring")
    before = desk.entries()
    refused = record(desk, text)
    assert refused.status == 1
    assert words in refused.err
    assert desk.entries() == before


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    refused = desk.on_file("public-value", "--from", str(tmp_path / "none.toml"))
    assert (refused.status, "none.toml cannot be read" in refused.err) == (1, True)
