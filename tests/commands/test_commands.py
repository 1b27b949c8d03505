"""What each command prints and leaves behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.service.builders import FINISHED, SET_UP, Desk, a_desk


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        ("set-up", ("info",)),
        ("priced", ("info",)),
        ("closed", ("check",)),
        ("scored", ("stage",)),
        ("closed", ("stage",)),
        ("scored", ("stage", "--to", "moderation")),
        ("priced", ("rank",)),
        ("scored", ("rank",)),
        ("scored", ("stage", "--to", "price")),
    ],
)
def test_json_is_exactly_one_object(stage: str, words: tuple[str, ...], tmp_path: Path) -> None:
    done = a_desk(tmp_path, stage).on_file(*words, "--json")
    found, end = json.JSONDecoder().raw_decode(done.out)
    assert isinstance(found, dict)
    assert done.out[end:] == "\n"
    assert done.status in {0, 1}
    assert (found.get("ok") is False) == (done.status == 1)


def test_a_refusal_as_json_says_what_happened_what_was_kept_and_what_to_do(
    tmp_path: Path,
) -> None:
    done = a_desk(tmp_path, "scored").on_file("rank", "--json")
    assert done.json == {
        "ok": False,
        "refused": "At stage 'scoring' you cannot see prices, totals or a ranking.",
        "kept": "Nothing was changed.",
        "do": "That is possible at stage 'price' or 'award' or 'closed'.",
        "problems": [],
    }
    assert done.err.splitlines() == [done.json["refused"], done.json["kept"], done.json["do"]]


def test_every_problem_of_a_workbook_is_listed_with_its_place(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    bad = {**SET_UP, "Tender": (*SET_UP["Tender"], ("Currency", "pounds"), ("Regime", "EU"))}
    done = desk.new(bad, "--json")
    assert done.status == 1
    problems = done.json["problems"]
    assert isinstance(problems, list)
    assert len(problems) >= 1
    assert all(
        isinstance(item, dict) and set(item) == {"sheet", "row", "column", "wrong", "write"}
        for item in problems
    )
    assert not desk.file.exists()


def test_rank_json_is_as_the_interface_lays_it_down(tmp_path: Path) -> None:
    found = a_desk(tmp_path, "priced").rank()
    lots = found.pop("lots")
    assert found == {"tender": "T-1", "stage": "price", "award_rule": "weighted total"}
    assert isinstance(lots, list)
    lot = lots[0]
    assert isinstance(lot, dict)
    ranking = lot["ranking"]
    assert isinstance(ranking, list)
    assert (lot["lot"], lot["not_ranked"], lot["ties"]) == ("1", [], [])
    assert ranking[1] == {
        "rank": 2,
        "tied": False,
        "tie_broken_by": None,
        "bidder": "Alder Ltd",
        "status": "assessed",
        "total": "77.5",
        "total_exact": "155/2",
        "total_shown": "77.50",
        "quality": "40",
        "price": "37.5",
        "price_amount": "1600.00",
        "criteria": {
            "Q1": {"mark": "32", "mark_exact": "32", "available": "40", "score": "4"},
            "Q2": {"mark": "8", "mark_exact": "8", "available": "20", "score": "2"},
            "PRICE": {
                "mark": "37.5",
                "mark_exact": "75/2",
                "available": "40",
                "price_amount": "1600.00",
            },
        },
    }


def test_rank_for_people(tmp_path: Path) -> None:
    out = a_desk(tmp_path, "priced").on_file("rank").out
    assert "1     Birch Ltd" in out
    assert "Marks out of 100." in out


def test_looking_changes_no_byte_and_leaves_no_lock(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    before = desk.file.read_bytes()
    for words in (("info",), ("check",), ("stage",), ("rank",), ("rank", "--json")):
        assert desk.on_file(*words).status == 0
    assert desk.file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [desk.file]


def test_new_does_not_write_over_a_file(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    assert desk.new(SET_UP).status == 0
    before = desk.file.read_bytes()
    refused = desk.new(FINISHED)
    assert refused.status == 1
    assert "bench.tender is there already." in refused.err
    assert desk.file.read_bytes() == before
    assert (
        "There is no"
        in desk.run("new", f"{tmp_path}/no/x.tender", "--from", str(desk.book(SET_UP))).err
    )


def test_a_template_is_written_once_and_is_a_beginning(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    out = str(tmp_path / "empty.xlsx")
    assert desk.run("template", out).status == 0
    assert "is there already" in desk.run("template", out).err
    assert desk.run("template", f"{tmp_path}/no/x.xlsx").status == 1
    refused = desk.on_file("new", "--from", out)
    assert refused.status == 1
    assert "The tender has no reference." in refused.err


def test_a_document_made_is_registered_beside_the_record(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    head = desk.entries()[-1].hash
    out = tmp_path / "report.pdf"
    done = desk.on_file("report", "award", "--out", str(out), "--by", "Dot Dean")
    assert done.status == 0, done.err
    assert out.read_bytes().startswith(b"%PDF")
    with desk.looking() as session, session.reading() as reader:
        (made,) = reader.documents_made()
    assert (made["kind"], made["name"], made["head"]) == ("award", "report.pdf", head)
    assert (made["made_by"], len(made["sha256"])) == ("p-4", 64)
    assert desk.entries()[-1].hash == head
    refused = desk.on_file("report", "award", "--out", str(tmp_path / "no" / "report.pdf"))
    assert refused.status == 1
    assert desk.on_file("report", "award", "--out", str(tmp_path)).status == 1


def test_no_command_needs_qt(tmp_path: Path) -> None:
    """In a process of its own: tests of the app may have brought Qt into this one."""
    file = a_desk(tmp_path, "priced").file
    look = (
        "import sys; from tendereval.cli import main; status = main(['rank', sys.argv[1]]); "
        "sys.exit(status or any(n.startswith(('PySide6', 'tendereval.ui')) for n in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", look, str(file)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
