"""What the file itself refuses: changes to what is kept, loose references, numbers in disguise."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import ResourceClosedError

from tendereval.domain.errors import Bug, DamagedFile, FileProblem, ReadOnlyFile
from tendereval.domain.evaluation import Score, ScoreState
from tendereval.store import beside_record, recording, rows
from tendereval.store.columns import METADATA
from tendereval.store.tender_file import TenderFile
from tests.store.tender_files import (
    AT,
    EVE,
    IN_LOT,
    Q1,
    a_full_tender,
    add_score,
    an_empty_tender,
    by_hand,
    occasion,
    opened,
    typed,
)

TABLES = [table.name for table in (rows.audit_entry, *rows.KEPT)]
REFUSED = ["", "-", "abc", "1e5", "1,5", "1.2.3", "--1", "1-", "1.", ".5", "-.5", " 1", "+1", "½"]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_full_tender(tmp_path_factory.mktemp("full") / "a.tender")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_a_kept_row_is_neither_changed_nor_removed(full: Path, table: str, act: str) -> None:
    key = "seq" if table == "audit_entry" else "id"
    with closing(sqlite3.connect(full)) as raw:
        assert raw.execute(f"SELECT count(*) FROM {table}").fetchone() > (0,)
        with pytest.raises(sqlite3.IntegrityError, match="the record only grows"):
            raw.execute(act.format(table, key))


def test_replacing_a_kept_row_is_refused_too(full: Path) -> None:
    with closing(sqlite3.connect(full)) as raw:
        raw.execute("PRAGMA recursive_triggers = ON")
        with pytest.raises(sqlite3.IntegrityError, match="the record only grows"):
            raw.execute("REPLACE INTO long_text SELECT id, entry, 'other' FROM long_text")


def test_the_tables_that_may_change_are_these() -> None:
    changing = set(METADATA.tables) - set(TABLES)
    assert changing == {
        "contact",
        "method_draft",
        "working_text",
        "document_register",
        "pin",
        "sealed_original",
        "sealed_key",
    }


def test_the_order_that_digests_go_by_is_the_order_of_names() -> None:
    names = [table.name for table in rows.KEPT]
    assert names == sorted(names)


@pytest.mark.parametrize("number", REFUSED)
def test_what_is_no_exact_decimal_is_refused(tmp_path: Path, number: str) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file:
        values = {"bidder": "b", "criterion": "Q", "lot": "", "amount": number, "lines": "[]"}
        with pytest.raises(Bug, match="CHECK"), file.change(occasion()) as change:
            change.append(rows.price, values)


@pytest.mark.parametrize("number", ["0", "-1", "1250.50", "0." + "0" * 50 + "1", "9" * 100])
def test_exact_decimals_are_taken(tmp_path: Path, number: str) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file, file.change(occasion()) as change:
        values = {"bidder": "b", "criterion": "Q", "lot": "", "amount": number, "lines": "[]"}
        change.append(rows.price, values)


def test_a_revision_comes_once(tmp_path: Path) -> None:
    again = Score(EVE, IN_LOT, ScoreState.DRAFT, None, "", 1, 1)
    with opened(a_full_tender(tmp_path / "a.tender")) as file:
        with pytest.raises(Bug, match="UNIQUE"), file.change(occasion()) as change:
            recording.add_scores(change, (again,), AT)
        assert add_score(file) == 4


def test_a_loose_reference_is_refused(tmp_path: Path) -> None:
    with opened(a_full_tender(tmp_path / "a.tender")) as file:
        values = {
            "bidder": "b",
            "criterion": "Q",
            "lot": "",
            "text_id": 999,
            "page": "",
            "late": 0,
        }
        with pytest.raises(Bug, match="FOREIGN KEY"), file.change(occasion()) as change:
            change.append(rows.response, values)
        with pytest.raises(Bug, match="FOREIGN KEY"), file.beside() as change:
            change.append_text("beside the record nothing is kept")
        assert file.integrity_faults() == ()


def test_a_value_that_is_missing_is_refused(tmp_path: Path) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file:
        for values in ({"stage": None, "reason": ""}, {"stage": "set-up"}):
            with pytest.raises(Bug, match="NOT NULL"), file.change(occasion()) as change:
                change.append(rows.stage_change, values)


def break_off(file: TenderFile) -> None:
    with file.change(occasion()) as change:
        change.append_text("this goes away again")
        raise KeyError("ours")


def test_a_refused_change_takes_everything_back(tmp_path: Path) -> None:
    path = a_full_tender(tmp_path / "a.tender")
    before = path.read_bytes()
    with opened(path) as file:
        with pytest.raises(KeyError, match="ours"):
            break_off(file)
        assert path.read_bytes() == before
        assert add_score(file) == 4
        with file.reading() as reader:
            assert reader.record_faults() == ()


def test_an_error_of_the_caller_is_not_blamed_on_the_file(tmp_path: Path) -> None:
    with opened(a_full_tender(tmp_path / "a.tender")) as file:
        for error in (ValueError("ours"), KeyError("ours"), TypeError("ours")):
            with pytest.raises(type(error), match="ours"), file.reading():
                raise error
        with pytest.raises(Bug, match="within a transaction"), file.change(occasion()):
            add_score(file)


def test_a_reader_kept_for_too_long_is_not_blamed_on_the_file(full: Path) -> None:
    with opened(full, writing=False) as file:
        with file.reading() as reader:
            pass
        with pytest.raises(ResourceClosedError):
            reader.scores()


def test_a_missing_document_of_the_caller_is_named_itself(tmp_path: Path) -> None:
    with opened(a_full_tender(tmp_path / "a.tender")) as file:
        missing = tmp_path / "answers.pdf"
        with (
            pytest.raises(FileProblem, match=r"There is no file answers\.pdf"),
            file.change(occasion()),
        ):
            missing.read_bytes()


def test_text_being_typed_is_written_over_and_dropped_with_its_revision(tmp_path: Path) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file:
        for body in ("h", "ha", "half"):
            with file.beside() as change:
                beside_record.keep_working_text(change, EVE, IN_LOT, typed(body), AT)
                beside_record.keep_working_text(change, EVE, Q1, typed(body), AT)
        with file.reading() as reader:
            found = reader.working_text(EVE, "score", IN_LOT)
            assert found is not None
            assert dict(found)["body"] == "half"
            assert not dict(found)["points"]
        add_score(file)
        with file.reading() as reader:
            assert reader.working_text(EVE, "score", IN_LOT) is None
            assert reader.working_text(EVE, "score", Q1) is not None
            assert len(reader.entries()) == 2


def test_a_file_opened_for_reading_is_not_written(full: Path) -> None:
    before = full.read_bytes()
    with opened(full, writing=False) as file:
        with pytest.raises(ReadOnlyFile), file.change(occasion()):
            pass
        with pytest.raises(ReadOnlyFile), file.beside():
            pass
    assert full.read_bytes() == before


def test_a_closed_file_is_not_opened_again_behind_the_lock(full: Path) -> None:
    file = opened(full)
    file.close()
    with pytest.raises(Bug, match="closed"), file.change(occasion()):
        pass
    with pytest.raises(Bug, match="closed"), file.reading():
        pass


@pytest.mark.parametrize("table", ["audit_entry", "score"])
def test_a_trigger_that_says_something_else_is_found(
    tmp_path: Path, full: Path, table: str
) -> None:
    path = tmp_path / "a.tender"
    path.write_bytes(full.read_bytes())
    name = f"keep_{table}_update"
    with by_hand(path) as raw:
        raw.execute(f"DROP TRIGGER {name}")
        raw.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
    with pytest.raises(DamagedFile, match=f"parts of it are missing .{name}"):
        opened(path)
