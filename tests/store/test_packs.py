"""What a file keeps about packs, returns, keys and signatures comes out as it went in."""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tendereval.domain.errors import Bug, DamagedFile
from tendereval.domain.packs import Alias, PackKind, Receipt
from tendereval.store import pack_recording
from tendereval.store.pack_questions import NameDecision
from tendereval.store.repository import Reader
from tendereval.store.tender_file import TenderFile
from tests.store.pack_values import (
    ACME,
    BEST,
    EVE,
    EVES,
    FIRST_KEYS,
    KEY,
    KEYS,
    PLAIN,
    SEALED,
    PackValues,
    manifest,
    pack_values,
    record_packs,
)
from tests.store.tender_files import AT, a_full_tender, an_empty_tender, by_hand, occasion, opened
from tests.store.test_round_trip import HOSTILE, slow, texts


def comes_back(reader: Reader, values: PackValues) -> None:
    """Every question about packs answers with what was recorded."""
    assert reader.aliases() == {alias.bidder: alias for alias in values.aliases}
    assert reader.names_revealed() == values.revealed
    assert reader.name_decisions() == values.decisions
    assert reader.tender_keys() == KEYS
    assert reader.tender_key_history() == tuple((*item, AT) for item in values.keys)
    assert reader.sealed_keys(KEYS.signing) == (
        ("age1recovery age1lead", KEY + b"age1recovery age1lead"),
    )
    assert reader.signed_heads() == values.heads
    assert reader.contact_keys() == {EVE: EVES}
    assert reader.packs_made() == values.made
    assert reader.collected() == values.collected
    assert [item.entry for item in reader.collected()] == [2, 2]
    assert [reader.collected_plain(item.sha256) for item in values.collected] == [
        PLAIN + item.sha256.encode() for item in values.collected
    ]
    assert [reader.sealed_original(item.sha256) for item in values.collected] == [SEALED, None]
    assert reader.packs_opened() == ((values.manifest, "02" * 32, AT),)
    assert reader.returns_made() == values.returned
    assert reader.receipts() == values.receipts
    assert reader.record_faults() == ()


@pytest.mark.parametrize("text", ["Because.", *HOSTILE], ids=range(len(HOSTILE) + 1))
def test_everything_about_packs_comes_back_equal(tmp_path: Path, text: str) -> None:
    values = pack_values(text)
    path = a_full_tender(tmp_path / "a.tender", packs=values)
    with opened(path, writing=False) as file, file.reading() as reader:
        comes_back(reader, values)


@slow
@given(texts)
def test_any_text_about_packs_comes_back_equal(text: str) -> None:
    values = pack_values(text)
    with tempfile.TemporaryDirectory() as folder, an_empty_tender(Path(folder, "a")) as file:
        with file.change(occasion()) as change:
            record_packs(change, values)
        with file.reading() as reader:
            comes_back(reader, values)


def test_a_fresh_file_knows_of_no_packs(tmp_path: Path) -> None:
    with an_empty_tender(tmp_path / "a.tender") as file, file.reading() as reader:
        assert reader.aliases() == {}
        assert reader.names_revealed() is None
        assert reader.tender_keys() is None
        assert reader.sealed_keys(KEYS.signing) == ()
        assert reader.contact_keys() == {}
        assert reader.sealed_original("03" * 32) is None
        for question in (
            reader.name_decisions,
            reader.tender_key_history,
            reader.signed_heads,
            reader.packs_made,
            reader.collected,
            reader.packs_opened,
            reader.returns_made,
            reader.receipts,
        ):
            assert question() == ()


@pytest.fixture
def file(tmp_path: Path) -> TenderFile:
    a_full_tender(tmp_path / "a.tender")
    return opened(tmp_path / "a.tender")


def test_the_newest_of_each_holds(file: TenderFile) -> None:
    again = NameDecision("answer b-1 Q1", "d4" * 32, 17, "Acme", redacted=True, reason="after all")
    with file, file.change(occasion()) as change:
        pack_recording.add_aliases(change, (Alias(ACME, "C"),))
        pack_recording.add_names_revealed(change, "again")
        pack_recording.add_name_decision(change, again)
        pack_recording.add_tender_key(change, FIRST_KEYS, "age1recovery", "back")
        pack_recording.add_contact_key(change, EVE, KEYS, "accepted by the lead")
        pack_recording.add_held_taken(change, "03" * 32, "looked at again")
        reader = change.reader
        assert reader.aliases() == {ACME: Alias(ACME, "C"), BEST: Alias(BEST, "A")}
        assert reader.names_revealed() == "again"
        assert again in reader.name_decisions()
        assert len(reader.name_decisions()) == 2
        assert reader.tender_keys() == FIRST_KEYS
        assert reader.contact_keys() == {EVE: KEYS}
        assert reader.collected()[0].taken == "looked at again"


def test_the_newest_copy_of_sealed_keys_comes_first(file: TenderFile) -> None:
    with file, file.change(occasion()) as change:
        pack_recording.keep_sealed_key(change, KEYS.signing, "age1later", b"later")
        assert [sealed_to for sealed_to, _key in change.reader.sealed_keys(KEYS.signing)] == [
            "age1later",
            "age1recovery age1lead",
        ]


def test_what_comes_once_comes_once(file: TenderFile) -> None:
    values = pack_values()
    with file:
        with pytest.raises(Bug, match="UNIQUE"), file.change(occasion()) as change:
            pack_recording.add_pack_made(change, replace(values.made[0], kind=PackKind.RECORD))
        with pytest.raises(Bug, match="UNIQUE"), file.change(occasion()) as change:
            pack_recording.add_collected(change, values.collected[0], b"other", b"other")
        with file.reading() as reader:
            comes_back(reader, values)


def test_a_working_file_holds_more_than_one_pack(file: TenderFile) -> None:
    later = replace(manifest("later"), number=3, made_at=AT + timedelta(days=1))
    with file, file.change(replace(occasion(), at=AT + timedelta(days=1))) as change:
        pack_recording.add_pack_opened(change, later, "0a" * 32)
        pack_recording.add_receipts(change, ())
    with opened(file.path) as again, again.reading() as reader:
        assert [(pack.number, at) for pack, _sha256, at in reader.packs_opened()] == [
            (2, AT),
            (3, AT + timedelta(days=1)),
        ]
        assert len(reader.receipts()) == 2


def test_what_lies_beside_the_record_is_not_part_of_it(file: TenderFile) -> None:
    """Two files with the same record may be sealed differently: sealing is never the same."""
    file.close()
    with by_hand(file.path) as raw:
        raw.execute("UPDATE sealed_original SET content = x'00'")
        raw.execute("DELETE FROM sealed_key")
    with opened(file.path) as again, again.reading() as reader:
        assert reader.record_faults() == ()
        assert reader.sealed_original("03" * 32) == b"\0"


SPOILT: Mapping[str, str] = {
    "alias": "letters = x'00'",
    "name_decision": "redacted = 2",
    "tender_key": "recipient = x'00'",
    "signed_head": "seq = 'one'",
    "contact_key": "signing = x'00'",
    "pack_made": "kind = 'parcel'",
    "collected": "made_at = 'yesterday'",
    "held_taken": "reason = x'00'",
    "pack_opened": "manifest = '{'",
    "return_made": "complete = 7",
    "receipt": "signature = x'00'",
    "sealed_original": "content = 'text'",
    "sealed_key": "content = 'text'",
}


@pytest.mark.parametrize("table", SPOILT)
def test_a_row_that_cannot_be_what_was_written_is_damage(file: TenderFile, table: str) -> None:
    file.close()
    with by_hand(file.path, without_triggers=True) as raw:
        raw.execute(f"UPDATE {table} SET {SPOILT[table]}")
    with (
        opened(file.path, writing=False) as again,
        pytest.raises(DamagedFile, match="holds values that cannot be read"),
        again.reading() as reader,
    ):
        comes_back(reader, pack_values())


@slow
@given(st.lists(st.tuples(texts, texts), max_size=8))
def test_any_receipts_come_back_in_order(many: list[tuple[str, str]]) -> None:
    receipts = tuple(Receipt(sha256, signature) for sha256, signature in many)
    with tempfile.TemporaryDirectory() as folder, an_empty_tender(Path(folder, "a")) as file:
        with file.change(occasion()) as change:
            pack_recording.add_receipts(change, receipts)
        with file.reading() as reader:
            assert reader.receipts() == receipts
