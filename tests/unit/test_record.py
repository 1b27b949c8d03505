"""How entries of the record are hashed and chained."""

import hashlib

from tendereval.domain.record import (
    GENESIS,
    SHORT,
    AuditEntry,
    canonical_json,
    entry_hash,
    row_digest,
    rows_digest,
    sha256_text,
)

EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_plain_data_is_written_one_way_only() -> None:
    assert canonical_json({"b": [1, None], "a": "Llŷn"}) == '{"a":"Llŷn","b":[1,null]}'
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1})


def test_a_text_is_hashed_as_utf_8() -> None:
    assert sha256_text("") == EMPTY
    assert sha256_text("£") == hashlib.sha256(b"\xc2\xa3").hexdigest()


def test_a_lone_surrogate_is_hashed_and_not_lost() -> None:
    assert sha256_text("\ud800") != sha256_text("?")


def test_a_row_counts_with_its_table_and_every_column() -> None:
    row = row_digest("scores", {"points": "4", "rationale": None, "revision": 1})
    assert row != row_digest("agreed", {"points": "4", "rationale": None, "revision": 1})
    assert row != row_digest("scores", {"points": "5", "rationale": None, "revision": 1})
    assert row == row_digest("scores", {"revision": 1, "rationale": None, "points": "4"})


def test_bytes_and_long_texts_in_a_row_count_by_their_own_hash() -> None:
    one, other = row_digest("documents", {"data": b"a"}), row_digest("documents", {"data": b"b"})
    assert one != other
    long, longer = "x" * (SHORT + 1), "x" * (SHORT + 2)
    assert row_digest("texts", {"body": long}) != row_digest("texts", {"body": longer})


def test_a_text_that_looks_like_a_hash_is_not_taken_for_what_it_hashes() -> None:
    assert row_digest("documents", {"data": b""}) != row_digest("documents", {"data": EMPTY})
    assert row_digest("t", {"a": '{"sha256":"' + EMPTY + '"}'}) != row_digest("t", {"a": b""})


def test_rows_are_hashed_in_order() -> None:
    first, second = row_digest("t", {"a": 1}), row_digest("t", {"a": 2})
    assert rows_digest([first, second]) != rows_digest([second, first])
    assert rows_digest([]) == EMPTY


def test_an_entry_is_hashed_over_all_but_its_own_hash() -> None:
    fields: dict[str, object] = {"seq": 1, "kind": "score recorded", "previous": GENESIS}
    assert entry_hash({**fields, "hash": "x"}) == entry_hash(fields)
    assert entry_hash({**fields, "seq": 2}) != entry_hash(fields)


def test_an_entry_is_a_frozen_value() -> None:
    entry = AuditEntry(1, "", "", "p", "app", "opened", {}, {}, "", EMPTY, GENESIS, "")
    assert entry.previous == "0" * 64
