"""The record: who by id, why, and nothing that would have to be erased."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tendereval.domain.ids import PersonId
from tendereval.services import panel, reporting
from tendereval.store.lock import Holder, lock_path
from tests.service.builders import BEN, PANEL, a_desk

SOMEBODY = tuple(str(cell) for row in PANEL[1:] for cell in row[:2])


def test_no_name_and_no_e_mail_of_a_person_stands_in_the_record(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    kept = str(desk.sql("SELECT * FROM audit_entry"))
    assert not [name for name in SOMEBODY if name in kept]
    assert {entry.person for entry in desk.entries()} == {"p-1"}
    assert {entry.via for entry in desk.entries()} == {"command line"}


def test_no_kept_table_holds_a_name_or_an_e_mail_of_a_person(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    tables = ("panel_member", "declaration", "agreed_score", "approval", "confirmation", "score")
    kept = "".join(str(desk.sql(f"SELECT * FROM {table}")) for table in tables)
    assert not [name for name in SOMEBODY if name in kept]


def test_somebody_off_the_panel_works_under_an_id_of_their_own(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    with desk.session("Pat Poe") as session:
        panel.declare(session, BEN, "")
    assert desk.entries()[-1].person == "p-5"
    assert desk.now().people[PersonId("p-5")].name == "Pat Poe"


def a_dead_process() -> int:
    done = subprocess.run([sys.executable, "-c", ""], check=True)
    assert done.returncode == 0
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def locked_by(path: Path, process: int, person: str) -> None:
    holder = Holder(os.uname().nodename, process, person, "2027-03-02T09:00:00+00:00")
    lock = {
        "host": holder.host,
        "process": holder.process,
        "person": holder.person,
        "since": holder.since,
    }
    lock_path(path).write_text(json.dumps(lock), encoding="utf-8")


def test_a_lock_taken_over_is_recorded_without_the_name(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    locked_by(desk.file, a_dead_process(), "ben@x.example")
    assert desk.take_in({"Panel": PANEL}).status == 0
    entry = desk.entries()[-1]
    assert (entry.kind, entry.ids) == ("file taken over", {"held by": BEN})
    assert "process" in entry.reason
    assert "ben" not in entry.reason.casefold()
    assert not lock_path(desk.file).exists()


def test_a_living_holder_is_asked_and_not_pushed_aside(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    locked_by(desk.file, os.getppid(), "Ben Bell")
    before = desk.file.read_bytes()
    refused = desk.take_in({"Panel": PANEL})
    assert refused.status == 1
    assert "is open on" in refused.err
    assert "by Ben Bell" in refused.err
    assert desk.file.read_bytes() == before
    assert desk.on_file("info").status == 0
    assert desk.take_in({"Panel": PANEL}, "--take-over").status == 0
    assert desk.entries()[-1].kind == "file taken over"


def test_names_can_be_erased_and_the_record_stays_whole(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    desk.sql("DELETE FROM contact WHERE subject LIKE 'p-%'")
    done = desk.on_file("check")
    assert done.status == 0, done.out
    assert desk.now().name(BEN) == "Evaluator 1"


def test_a_report_model_calls_a_community_member_by_label(tmp_path: Path) -> None:
    with a_desk(tmp_path, "closed").looking() as session:
        model = reporting.report_model(session)
    assert "Cam Cole" not in repr(model)
    assert "cam@x.example" not in repr(model)
    assert "Community panel member 1" in model.names.values()
