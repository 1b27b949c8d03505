"""The evaluator's commands: what each does, prints and refuses."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tendereval.store.connection import FileKind
from tendereval.store.tender_file import kind_of
from tests.commands.laptops import TOLD, laptops
from tests.service.builders import SCORES

# The evaluator's side


def test_there_and_back(tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    before = place.path("bench.tender").read_bytes()
    words = ("collect", "bench.tender", "ben.scores", "cam.scores", *place.key("ana"))
    tried = place.done(*words, "--dry-run")
    assert "this was a trial" in tried.out
    assert "scores of Ben Bell, to be merged" in tried.out
    assert place.path("bench.tender").read_bytes() == before
    done = place.done(*words, "--receipts", str(place.path("receipts.txt")))
    assert "2 returns collected, 8 scores added." in done.out
    assert place.done("stage", "bench.tender").out.count("still has to score") == 0
    again = place.done(*words)
    assert "Every return was collected already. Nothing was changed." in again.out
    for who in ("ben", "cam"):
        taken = place.done("receipt", f"{who}.scoring", "--from", "receipts.txt")
        assert "The lead has your return" in taken.out
        assert "add --remove" in taken.out
        place.done("receipt", f"{who}.scoring", "--remove")
        assert not place.path(f"{who}.scoring").exists()
    assert place.done("check", "bench.tender").out.count("returns.") == 1


def test_a_declared_interest_waits_for_the_lead(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    place.open_pack("ben", "ben-1.scorepack")
    declare = ("declare", "ben.scoring", "--interest", "My sister works there.")
    assert "is not on the list of organisations" in place.refused(*declare, "--about", "Zebra")
    locked = place.done(*declare, "--about", "alder ltd")
    assert "locked until the lead's decision" in locked.out
    told = place.refused("return", "ben.scoring", *place.out("ben.scores"), *place.key("ben"))
    assert "awaits the lead's decision" in told
    scores = place.book(place.own_scores("ben"))
    assert "awaits the lead's decision" in place.refused("score", "ben.scoring", "--from", scores)
    place.return_("ben", "ben-declaration.scores", "--kind", "declaration")
    collected = place.done("collect", "bench.tender", "ben-declaration.scores", *place.key("ana"))
    assert "My sister works there." in collected.out
    rows = (
        ("Evaluator", "Interest", "About", "Outcome", "How"),
        ("Ben Bell", "My sister works there.", "Alder Ltd", "removed for bidders", "Left out."),
    )
    place.done("import", "bench.tender", "--from", place.book({"Declarations": rows}))
    place.pack("ben", "ben-2.scorepack")
    news = place.open_pack("ben", "ben-2.scorepack")
    assert "The lead has decided on your declared interest: removed for bidders." in news.out
    assert "2 answers" in news.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--interest", "   "), "The interest is blank"),
        (("--none", "--about", "Alder Ltd"), "--about belongs to a declared interest"),
    ],
)
def test_half_a_declaration_is_refused(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    place = laptops(tmp_path, "declared")
    assert says in place.refused("declare", "ben.scoring", *words)


def test_what_is_missing_is_listed(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    place.open_pack("ben", "ben-1.scorepack")
    words = ("return", "ben.scoring", *place.out("ben.scores"), *place.key("ben"))
    assert "You have not declared your interests yet." in place.refused(*words)
    place.done("declare", "ben.scoring", "--none")
    told = place.refused(*words)
    assert told.count("no score yet") == 4
    assert "Q1, Alder Ltd" in told
    assert "takes complete returns only" in place.refused(*words, "--part")
    assert not place.path("ben.scores").exists()


def test_a_part_is_returned_where_the_lead_allows_it(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    place.pack("ben", "ben-1.scorepack", "--part-allowed")
    place.open_pack("ben", "ben-1.scorepack")
    place.done("declare", "ben.scoring", "--none")
    rows = {"Scores": (SCORES[0], SCORES[1])}
    out = place.done("score", "ben.scoring", "--from", place.book(rows)).out
    assert "1 score recorded." in out
    assert "3 still to do." in out
    part = place.return_("ben", "ben.scores", "--part", "--question", "May I ask?")
    assert "not complete" in part.out
    collected = place.done("collect", "bench.tender", "ben.scores", *place.key("ana"))
    assert "part of what was asked" in collected.out
    assert "Missing (3)" in collected.out
    assert "Private question to the lead: May I ask?" in collected.out


def test_scores_from_a_workbook_all_or_none(tmp_path: Path) -> None:
    place = laptops(tmp_path, "declared")
    before = place.path("ben.scoring").read_bytes()
    bad = {"Scores": (SCORES[0], SCORES[1], ("Ben Bell", "Birch Ltd", "Q1", 9, "Much."))}
    result = place.run("score", "ben.scoring", "--from", place.book(bad), "--json")
    assert result.status == 1
    assert result.json["problems"]
    assert "not on the scale" in result.err
    others = {"Scores": (SCORES[0], SCORES[1], ("Ana Ames", "Birch Ltd", "Q1", 3, "Good."))}
    assert "Ana Ames" in place.refused("score", "ben.scoring", "--from", place.book(others))
    good = place.book(place.own_scores("ben"))
    tried = place.done("score", "ben.scoring", "--from", good, "--dry-run", "--json")
    assert tried.json == {
        "ok": True,
        "dry_run": True,
        "scores": 4,
        "notes": [],
        "missing": tried.json["missing"],
    }
    assert len(tried.json["missing"]) == 4  # type: ignore[arg-type]
    assert place.path("ben.scoring").read_bytes() == before
    place.done("score", "ben.scoring", "--from", good)
    after = place.path("ben.scoring").read_bytes()
    assert "Nothing in it is new." in place.done("score", "ben.scoring", "--from", good).out
    assert place.path("ben.scoring").read_bytes() == after


def test_the_same_pack_again_changes_nothing(tmp_path: Path) -> None:
    place = laptops(tmp_path, "scored")
    before = place.path("ben.scoring").read_bytes()
    assert "opened already; nothing was changed" in place.open_pack("ben", "ben-1.scorepack").out
    assert place.path("ben.scoring").read_bytes() == before
    place.pack("ben", "ben-2.scorepack")
    assert "up to date with pack 2" in place.open_pack("ben", "ben-2.scorepack").out
    words = ("ben-1.scorepack", *place.out("ben.scoring"), *place.key("ben"))
    assert "older" in place.refused("open-pack", *words)
    assert "Wrote" in place.return_("ben", "ben.scores").out


OPEN_REFUSALS = {
    "no keys and nobody to ask": (("ben-1.scorepack",), "Your own keys are not given"),
    "no passphrase and nobody to ask": (("cam-1.scorepack",), "needs a passphrase"),
    "another passphrase": (
        ("cam-1.scorepack", "--passphrase-file", "wrong.txt"),
        "passphrase",
    ),
    "sealed for somebody else": (
        ("ben-1.scorepack", "--identity", "dot.key"),
        "sealed for somebody else",
    ),
    "no pack": (("told.txt", "--identity", "ben.key"), "not"),
    "no file": (("gone.scorepack", "--identity", "ben.key"), "There is no file"),
    "a folder": ((".", "--identity", "ben.key"), ""),
    "a tender file": (("bench.tender", "--identity", "ben.key"), "not"),
}


@pytest.mark.parametrize("case", OPEN_REFUSALS)
def test_a_pack_that_does_not_open_leaves_nothing(case: str, tmp_path: Path) -> None:
    words, says = OPEN_REFUSALS[case]
    place = laptops(tmp_path, "packed")
    place.path("wrong.txt").write_text("another passphrase", encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())
    assert says in place.refused("open-pack", *words, *place.out("x.scoring"))
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_a_pack_is_not_opened_over_something_else(tmp_path: Path) -> None:
    place = laptops(tmp_path, "packed")
    words = ("ben-1.scorepack", *place.key("ben"))
    for name in ("told.txt", "bench.tender"):
        before = place.path(name).read_bytes()
        assert "is there already" in place.refused("open-pack", *words, *place.out(name))
        assert place.path(name).read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="a terminal of one's own needs POSIX")
def test_a_passphrase_is_asked_for_on_a_terminal_and_not_shown(tmp_path: Path) -> None:
    import pty  # noqa: PLC0415 - not on every system

    place = laptops(tmp_path, "packed")
    lead, evaluator = pty.openpty()
    words = ("open-pack", str(place.path("cam-1.scorepack")), *place.out("cam.scoring"))
    with subprocess.Popen(
        [sys.executable, "-m", "tendereval", *words],
        stdin=evaluator,
        stdout=evaluator,
        stderr=evaluator,
        start_new_session=True,
    ) as process:
        os.close(evaluator)
        shown = b""
        while b"Passphrase of cam-1.scorepack: " not in shown:
            shown += os.read(lead, 1000)
        os.write(lead, f"{TOLD}\n".encode())
        with suppress(OSError):  # how a closed terminal ends on Linux
            while more := os.read(lead, 1000):
                shown += more
    os.close(lead)
    assert process.returncode == 0, shown
    assert TOLD.encode() not in shown
    assert kind_of(place.path("cam.scoring")) is FileKind.SCORING


# Receipts and confirmations


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Thank you!", "holds no receipt"),
        ("", "holds no receipt"),
        (f"tendereval-receipt 1 {'0' * 64} {'0' * 128}", "not made from this working file"),
    ],
)
def test_a_receipt_that_is_none(text: str, says: str, tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    assert says in place.refused("receipt", "ben.scoring", text)
    assert "has not come yet" in place.refused("receipt", "ben.scoring", "--remove")
    assert place.path("ben.scoring").exists()


def test_agreed_scores_are_confirmed_or_not_item_by_item(tmp_path: Path) -> None:
    place = laptops(tmp_path, "agreed")
    for who in ("ben", "cam"):
        made = place.pack(who, f"{who}.record", "--record")
        assert "for" in made.out
        opened = place.open_pack(who, f"{who}.record")
        assert "4 agreed scores to confirm" in opened.out
    listed = place.done("confirm", "ben.scoring").out
    assert "Q1, Alder Ltd: 4" in listed
    assert "Waiting for your word: 4 agreed scores." in listed
    assert "not confirmed yet" in place.refused(
        "return", "ben.scoring", *place.out("ben-2.scores"), *place.key("ben")
    )
    dissent = ("--dissent", "birch ltd", "q1", "Pine lasts if it is painted.")
    done = place.done("confirm", "ben.scoring", *dissent, "--agree", "Alder Ltd", "Q2", "--all")
    assert "2 agreed scores confirmed." in done.out
    place.done("confirm", "cam.scoring", "--all")
    for who in ("ben", "cam"):
        place.return_(who, f"{who}-2.scores")
    out = place.done(
        "collect", "bench.tender", "ben-2.scores", "cam-2.scores", *place.key("ana")
    ).out
    assert "8 confirmations added" in out
    assert "Pine lasts if it is painted." in out
    assert "was returned already" in place.refused(
        "confirm", "ben.scoring", "--agree", "Birch Ltd", "Q1"
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--agree", "Zebra", "Q1"), "There is no bidder 'Zebra'"),
        (("--agree", "Alder Ltd", "Q9"), "There is no agreed score"),
        (("--dissent", "Alder Ltd", "Q1", " "), "reason|words|dissent"),
        (("--agree", "Alder Ltd", "Q1", "--lot", "9"), "There is no lot '9'"),
    ],
)
def test_a_word_on_nothing_is_refused(words: tuple[str, ...], says: str, tmp_path: Path) -> None:
    place = laptops(tmp_path, "agreed")
    place.pack("ben", "ben.record", "--record")
    place.open_pack("ben", "ben.record")
    told = place.refused("confirm", "ben.scoring", *words)
    assert any(part in told for part in says.split("|"))


# The two kinds of file

LEAD_COMMANDS = (
    ("info",),
    ("check",),
    ("stage",),
    ("stage", "--to", "moderation"),
    ("rank",),
    ("import", "--from", "book.xlsx"),
    ("report", "scores", "--out", "x.xlsx"),
    ("pack", "--for", "Ben Bell", "--card", "ben.evaluator", "--identity", "ana.key"),
    ("pack", "--for", "Ben Bell", "--workbook"),
    ("collect", "ben.scores", "--identity", "ana.key"),
    ("keys",),
    ("names",),
    ("award", "--rationale", "Why."),
)
EVALUATOR_COMMANDS = (
    ("declare", "--none"),
    ("score", "--from", "book.xlsx"),
    ("return", "--out", "x.scores", "--identity", "ben.key"),
    ("receipt", "--remove"),
    ("confirm", "--all"),
)


@pytest.mark.parametrize("words", LEAD_COMMANDS)
def test_the_leads_commands_refuse_a_working_file(words: tuple[str, ...], tmp_path: Path) -> None:
    place = laptops(tmp_path, "declared")
    before = place.path("ben.scoring").read_bytes()
    command, *rest = words
    more = place.out("y") if command == "pack" else ()
    told = place.refused(command, "ben.scoring", *rest, *more)
    assert "is an evaluator's working file, not a tender file" in told
    assert place.path("ben.scoring").read_bytes() == before
    assert kind_of(place.path("ben.scoring")) is FileKind.SCORING


@pytest.mark.parametrize("words", EVALUATOR_COMMANDS)
def test_the_evaluators_commands_refuse_a_tender(words: tuple[str, ...], tmp_path: Path) -> None:
    place = laptops(tmp_path, "declared")
    before = place.path("bench.tender").read_bytes()
    command, *rest = words
    told = place.refused(command, "bench.tender", *rest)
    assert "is the lead's tender file, not an evaluator's working file" in told
    assert place.path("bench.tender").read_bytes() == before
    for name, says in (("told.txt", "is not a tender file"), ("gone.scoring", "There is no file")):
        assert says in place.refused(command, name, *rest)
