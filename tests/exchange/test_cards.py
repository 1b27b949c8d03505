"""Contact cards, key files and words: what people hand out, keep and tell by phone."""

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tendereval import resources
from tendereval.domain.errors import (
    BadSignature,
    ExchangeProblem,
    FileExists,
    FileProblem,
    NewerPack,
    PassphraseNeeded,
    UnreadablePack,
    WrongPassphrase,
)
from tendereval.domain.packs import ContactCard, PublicKeys
from tendereval.exchange import words
from tendereval.exchange.contact_card import card_from, card_text, read_card, write_card
from tendereval.exchange.identity_file import Identity, read_identity, write_identity
from tests.exchange.travellers import ANN, IDENTITY, STRANGER

FEW = settings(max_examples=60, deadline=None)
BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
WORDS = "fog-lamp-moss"


def test_a_card_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = tmp_path / "ann.evaluator"
    write_card(path, IDENTITY)
    assert (
        read_card(path) == IDENTITY.card == ContactCard(IDENTITY.name, IDENTITY.email, ANN.public)
    )
    write_card(path, replace(IDENTITY, name="Ann"))
    assert read_card(path).name == "Ann"


def test_a_card_holds_no_secret() -> None:
    text = card_text(IDENTITY).decode()
    assert ANN.secret not in text
    assert ANN.signing_secret not in text


def test_any_name_may_stand_on_a_card() -> None:
    for line in json.loads(BLNS.read_text(encoding="utf-8")):
        identity = replace(IDENTITY, name=line, email=line)
        assert card_from(card_text(identity)) == identity.card
    with pytest.raises(ExchangeProblem, match="half of a character"):
        card_text(replace(IDENTITY, name="Ann\udc80"))


def test_a_card_that_was_altered_is_refused() -> None:
    text = card_text(IDENTITY).decode()
    other = STRANGER.public
    for old, new in (
        (IDENTITY.email, "eve@elsewhere.example"),
        (ANN.public.recipient, other.recipient),
        (ANN.public.signing, other.signing),
    ):
        with pytest.raises(BadSignature):
            card_from(text.replace(old, new).encode())


def test_no_bit_of_a_card_may_change() -> None:
    text = card_text(IDENTITY)
    for place in range(len(text)):
        flipped = bytearray(text)
        flipped[place] ^= 1 << place % 7
        with pytest.raises((BadSignature, UnreadablePack, NewerPack)):
            card_from(bytes(flipped))


@FEW
@given(st.binary(max_size=300))
def test_rubbish_is_no_card(data: bytes) -> None:
    with pytest.raises(UnreadablePack):
        card_from(data)


def test_a_card_that_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for content in (b"", b"{}", b"\0" * 10, b" " * 1_000_000, b"[" * 60_000):
        path.write_bytes(content)
        with pytest.raises(UnreadablePack):
            read_card(path)
    long = replace(IDENTITY, name="a" * 1001)
    with pytest.raises(UnreadablePack):
        card_from(card_text(long))


def test_a_card_of_a_newer_version_is_refused_politely() -> None:
    for old, new in ((b'"major":1', b'"major":2'), (b'"minor":0', b'"minor":1')):
        with pytest.raises(NewerPack, match="Update"):
            card_from(card_text(IDENTITY).replace(old, new))


def test_a_key_file_comes_out_as_it_went_in_and_is_nobody_elses(tmp_path: Path) -> None:
    path = tmp_path / "ann.key"
    write_identity(path, IDENTITY)
    assert read_identity(path) == IDENTITY
    assert read_identity(path, "a passphrase too many") == IDENTITY
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [item.name for item in tmp_path.iterdir()] == ["ann.key"]


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "ann.key"
    write_identity(path, IDENTITY)
    with pytest.raises(FileExists):
        write_identity(path, Identity("Bob", "", STRANGER))
    assert read_identity(path) == IDENTITY
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExists):
        write_identity(tmp_path / "link", IDENTITY)
    with pytest.raises(FileProblem):
        write_identity(tmp_path / "none" / "ann.key", IDENTITY)


def test_two_at_once_write_one_key_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one's file appears after this one looked."""
    path = tmp_path / "ann.key"
    flush = os.fsync

    def meanwhile(number: int) -> None:
        flush(number)
        path.write_bytes(b"the other one's")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(FileExists):
        write_identity(path, IDENTITY)
    assert path.read_bytes() == b"the other one's"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_disk_that_knows_no_second_names_takes_a_key_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    write_identity(tmp_path / "ann.key", IDENTITY)
    assert read_identity(tmp_path / "ann.key") == IDENTITY


def test_a_key_file_with_a_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "ann.key"
    write_identity(path, IDENTITY, WORDS)
    assert read_identity(path, WORDS) == IDENTITY
    assert ANN.signing_secret.encode() not in path.read_bytes()
    for blank in ("", "  "):
        with pytest.raises(PassphraseNeeded):
            read_identity(path, blank)
    with pytest.raises(WrongPassphrase):
        read_identity(path, WORDS + "x")
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(UnreadablePack):
        read_identity(path, WORDS)


def test_a_key_file_that_is_none_is_refused_without_showing_a_secret(tmp_path: Path) -> None:
    path = tmp_path / "ann.key"
    write_identity(path, IDENTITY)
    text = path.read_bytes()
    path.chmod(0o600)
    for content in (
        b"",
        text[:-1],
        card_text(IDENTITY),
        text.replace(b"AGE-SECRET-KEY-1", b"AGE-SECRET-KEY-2"),
        text.replace(ANN.signing_secret.encode(), b"0" * 63),
    ):
        path.write_bytes(content)
        with pytest.raises(UnreadablePack) as refusal:
            read_identity(path)
        assert "AGE-SECRET" not in str(refusal.value)
    path.write_bytes(text.replace(b'"major":1', b'"major":9'))
    with pytest.raises(NewerPack):
        read_identity(path)


def test_no_secret_shows_in_the_repr_of_an_identity() -> None:
    assert ANN.secret not in repr(IDENTITY)
    assert ANN.signing_secret not in repr(IDENTITY)


def test_a_fingerprint_is_eight_words_of_the_list() -> None:
    listed = set(resources.path("words/words.txt").read_text(encoding="utf-8").split())
    assert len(listed) == 2048
    found = words.fingerprint(ANN.public).split(" ")
    assert len(found) == 8
    assert listed.issuperset(found)


def test_a_fingerprint_stands_for_both_keys() -> None:
    mixed = PublicKeys(ANN.public.recipient, STRANGER.public.signing)
    other = PublicKeys(STRANGER.public.recipient, ANN.public.signing)
    keys = (ANN.public, STRANGER.public, mixed, other)
    assert len({words.fingerprint(one) for one in keys}) == 4


def test_the_words_of_some_bytes_never_change() -> None:
    """Worked by hand: SHA-256 of "abc" begins ba7816bf, 1491 and 1542 are its first numbers."""
    listed = resources.path("words/words.txt").read_text(encoding="utf-8").split()
    assert words.in_words(b"abc", 2) == f"{listed[0xBA7816 >> 13]} {listed[0xBA7816 >> 2 & 2047]}"
    assert words.in_words(b"abc", 23).startswith(words.in_words(b"abc", 8))


def test_a_proposed_passphrase_is_six_words_and_always_another() -> None:
    proposed = {words.propose_passphrase() for _ in range(50)}
    assert len(proposed) == 50
    assert all(len(one.split("-")) == 6 for one in proposed)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("abandon-ability-able", "abandon-ability-able"),
        ("Abandon ABILITY  able", "abandon-ability-able"),
        ("abandon, ability, able.", "abandon-ability-able"),
        ("abandon–ability–able", "abandon-ability-able"),
        ("abandon", "abandon"),
        ("Abandon", "Abandon"),
        ("Not a-listed one", "Not a-listed one"),
        ("", ""),
        ("---", "---"),
    ],
)
def test_a_passphrase_told_by_phone_is_the_one_that_was_proposed(typed: str, meant: str) -> None:
    assert words.as_told(typed) == meant


@FEW
@given(st.text())
def test_a_passphrase_as_told_stays_what_it_is(text: str) -> None:
    assert words.as_told(words.as_told(text)) == words.as_told(text)
