"""What ``check`` finds: a whole file passes, and every way of doctoring one is named."""

import hashlib
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.recomputation import disagreements
from tendereval.services import ranking
from tendereval.services.situation import situation
from tests.service.builders import BIDDERS, FINISHED, SET_UP, Desk, Rows, a_desk

STAGES = ("set-up", "published", "scored", "agreed", "priced", "award", "closed")


@pytest.mark.parametrize("stage", STAGES)
def test_a_whole_file_passes_at_every_stage(stage: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, stage)
    before = desk.file.read_bytes()
    done = desk.on_file("check", "--json")
    assert (done.status, done.json["ok"], done.json["faults"]) == (0, True, [])
    assert done.json["record"] == {
        "entries": len(desk.entries()),
        "head": desk.entries()[-1].hash,
    }
    assert done.json["totals_recomputed"] == (2 if stage in STAGES[4:] else 0)
    assert desk.file.read_bytes() == before


TAMPERED = {
    "a score": ("UPDATE score SET points = '5' WHERE id = 1", "What entry 7"),
    "a rationale": ("UPDATE long_text SET body = 'Better.' WHERE id = 5", "What entry 7"),
    "an agreed score": ("UPDATE agreed_score SET points = '5' WHERE id = 1", "What entry 9"),
    "a missing agreed score": ("DELETE FROM explanation WHERE id = 1", "What entry 9"),
    "a confirmation": ("UPDATE confirmation SET agrees = 0 WHERE id = 1", "What entry 10"),
    "a price": ("UPDATE price SET amount = '1' WHERE id = 1", "What entry 12"),
    "a status": (
        "INSERT INTO bid VALUES (1, 12, 'b-1', '1', 'late', 'x', NULL, NULL, NULL)",
        "What entry 12",
    ),
    "a reason": ("UPDATE audit_entry SET reason = 'x' WHERE seq = 8", "Entry 8 of|Entry 8 was"),
    "who did it": ("UPDATE audit_entry SET person = 'p-2' WHERE seq = 9", "Entry 9 was altered"),
    "a missing entry": ("DELETE FROM audit_entry WHERE seq = 6", "Entry 6 of the record is"),
    "the method's text": (
        "UPDATE method_version SET canonical = replace(canonical, 'Jobs', 'Work')",
        "Version 1 of the method does not match its fingerprint",
    ),
    "the method itself": (
        'UPDATE method_version SET data = replace(data, \'"weight":"40"\', \'"weight":"50"\')',
        "Version 1 of the method does not match its fingerprint",
    ),
    "an answer": (
        "UPDATE long_text SET body = 'Alder builds of teak.' WHERE id = 1",
        "Answers or documents differ from those locked at the deadline",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_doctoring_is_found_and_named(what: str, tmp_path: Path) -> None:
    statement, words = TAMPERED[what]
    desk = a_desk(tmp_path, "priced")
    desk.sql("PRAGMA foreign_keys = OFF", statement)
    done = desk.on_file("check")
    assert done.status == 1
    assert any(word in done.out for word in words.split("|")), done.out + done.err
    assert "Traceback" not in done.err
    assert desk.on_file("check", "--json").json["ok"] is False


def test_a_doctored_document_is_found(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    (tmp_path / "plan.pdf").write_bytes(b"%PDF oak")
    rows: Rows = (("Bidder", "Ref", "Document"), ("Alder Ltd", "Q1", "plan.pdf"))
    desk.take_in({"Responses": rows})
    desk.sql("UPDATE document_bytes SET content = CAST('%PDF teak' AS BLOB)")
    done = desk.on_file("check")
    assert done.status == 1
    assert "The document plan.pdf is not the one that was kept." in done.out


def test_a_total_worked_out_wrongly_does_not_stay_hidden(tmp_path: Path) -> None:
    with a_desk(tmp_path, "priced").looking() as session, session.reading() as reader:
        now = situation(reader)
        inputs = ranking.bid_inputs(reader, now, now.method.lots[0].ref)
        first = ranking.rank(reader, now, now.method.lots[0].ref)
    assert tuple(disagreements(first, now.method, inputs)) == ()
    raised = replace(first.ranked[1], total=first.ranked[1].total + Fraction(1, 10**9))
    wrong = replace(first, ranked=(first.ranked[0], raised))
    assert any("Alder Ltd" in fault for fault in disagreements(wrong, now.method, inputs))
    swapped = (replace(first.ranked[1], rank=1), replace(first.ranked[0], rank=2))
    assert tuple(disagreements(replace(first, ranked=swapped), now.method, inputs))


def test_an_unfinished_tender_is_no_fault(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new({**SET_UP, "Bidders": BIDDERS})
    done = desk.on_file("check", "--json")
    assert (done.status, done.json["ok"]) == (0, True)
    assert done.json["open_points"] == []
    desk.enter("published")
    assert "The tender deadline has not passed" in desk.on_file("check").out


def test_prices_that_are_missing_are_an_open_point_and_no_fault(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.new({name: rows for name, rows in FINISHED.items() if name != "Prices"})
    done = desk.on_file("check")
    assert done.status == 0
    assert "Prices are missing. Alder Ltd: PRICE; Birch Ltd: PRICE." in done.out


def test_the_lock_digest_is_over_every_answer(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    ((digest,),) = desk.sql("SELECT sha256 FROM answers_lock")
    listed = (
        '[[["b-1","Q1","","'
        + hashlib.sha256(b"Alder builds of oak.").hexdigest()
        + '"],["b-1","Q2","","'
        + hashlib.sha256(b"Two apprentices.").hexdigest()
        + '"],["b-2","Q1","","'
        + hashlib.sha256(b"Birch builds of pine.").hexdigest()
        + '"],["b-2","Q2","","'
        + hashlib.sha256(b"Four apprentices.").hexdigest()
        + '"]],[]]'
    )
    assert digest == hashlib.sha256(listed.encode()).hexdigest()


def test_a_record_whose_end_was_cut_off_is_betrayed_by_a_document_written_before(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "priced")
    assert desk.on_file("report", "scores", "--out", str(tmp_path / "s.xlsx")).status == 0
    last = len(desk.entries())
    tables = [row[0] for row in desk.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [
        table
        for table in tables
        if any(column[1] == "entry" for column in desk.sql(f"PRAGMA table_info({table})"))
    ]
    desk.sql(
        "PRAGMA foreign_keys = OFF",
        *(f"DELETE FROM {table} WHERE entry = {last}" for table in kept),
        f"DELETE FROM audit_entry WHERE seq = {last}",
    )
    done = desk.on_file("check")
    assert done.status == 1
    assert "s.xlsx was written from a record that is no longer whole" in done.out
