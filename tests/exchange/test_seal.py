"""Keys, signatures and seals: what opens, what does not, and how that is said."""

import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pyrage  # type: ignore[import-untyped]  # it has no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import passphrase as other_tool

from tendereval.domain.errors import (
    Bug,
    NotForYou,
    PassphraseNeeded,
    UnreadablePack,
    UserFixable,
    WrongPassphrase,
)
from tendereval.domain.packs import PublicKeys
from tendereval.exchange import age_passphrase, seal
from tendereval.exchange.age_header import INTRO
from tests.exchange.travellers import ANN, AS_ANN, STRANGER, TENDER, TO_ANN

FEW = settings(max_examples=60, deadline=None)
PLAIN = bytes(range(256)) * 1024  # four chunks of an age stream
WORDS = "fog-lamp-ösen-moss-ant-tin"


def sealed_stream(lock: seal.Lock, plain: bytes = PLAIN) -> bytes:
    def write(stream: BinaryIO) -> None:
        stream.write(plain)

    target = io.BytesIO()
    seal.seal_stream(write, target, lock)
    return target.getvalue()


def opened_stream(sealed: bytes, key: seal.Key = AS_ANN) -> bytes:
    return seal.unseal_stream(io.BytesIO(sealed), key, lambda stream: stream.read())


@pytest.fixture(scope="module")
def to_ann() -> bytes:
    return sealed_stream(TO_ANN)


@pytest.fixture(scope="module")
def with_words() -> bytes:
    """A stream that a passphrase opens, with so little work that it can be tried often."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(age_passphrase, "WORK", 10)
        return sealed_stream(seal.WithPassphrase(WORDS))


@pytest.fixture
def little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(age_passphrase, "WORK", 10)


def test_no_secret_shows_in_a_repr() -> None:
    shown = repr((ANN, AS_ANN, seal.WithPassphrase(WORDS)))
    assert ANN.secret not in shown
    assert ANN.signing_secret not in shown
    assert WORDS not in shown


def test_every_pair_of_keys_is_another_and_has_the_form_of_keys() -> None:
    assert ANN.public != TENDER.public
    assert seal.are_keys(ANN.public)
    assert seal.recipient_of(f" {ANN.secret.lower()[:30]} {ANN.secret.lower()[30:]}\n") == (
        ANN.public.recipient
    )


@pytest.mark.parametrize(
    "keys",
    [
        PublicKeys("", ""),
        PublicKeys(ANN.public.recipient[:-1] + "q", ANN.public.signing),
        PublicKeys(ANN.public.recipient.upper(), ANN.public.signing),
        PublicKeys(ANN.public.recipient, ANN.public.signing.upper() + "0"),
        PublicKeys(ANN.public.recipient, "0" * 64),
        PublicKeys(ANN.public.recipient, f"01{'0' * 60}80"),
        PublicKeys(ANN.public.signing, ANN.public.recipient),
    ],
)
def test_what_is_no_key_is_not_taken_for_one(keys: PublicKeys) -> None:
    assert not seal.are_keys(keys)


def test_a_signature_holds_for_its_bytes_and_its_key_only() -> None:
    signature = seal.sign(ANN, b"four points")
    assert signature == seal.sign(ANN, b"four points")
    assert seal.is_signed(ANN.public.signing, b"four points", signature)
    assert not seal.is_signed(ANN.public.signing, b"five points", signature)
    assert not seal.is_signed(STRANGER.public.signing, b"four points", signature)
    assert not seal.is_signed(ANN.public.signing, b"four points", signature.upper())


def test_a_key_of_small_order_proves_nothing() -> None:
    """Under the neutral point, one signature would fit every text."""
    neutral = f"01{'0' * 62}"
    assert not seal.is_signed(neutral, b"anything", neutral + "0" * 64)


@FEW
@given(st.text(), st.binary(max_size=50), st.text())
def test_rubbish_is_no_signature(key: str, data: bytes, signature: str) -> None:
    assert not seal.is_signed(key, data, signature)


@FEW
@given(st.binary(min_size=32, max_size=32), st.binary(min_size=64, max_size=64))
def test_chance_is_no_signature(key: bytes, signature: bytes) -> None:
    assert not seal.is_signed(key.hex(), b"data", signature.hex())


def test_any_of_the_recipients_opens_it_and_nobody_else() -> None:
    sealed = seal.seal(PLAIN, [ANN.public.recipient, TENDER.public.recipient])
    assert seal.unseal(sealed, [ANN.secret], len(PLAIN)) == PLAIN
    assert seal.unseal(sealed, [STRANGER.secret, TENDER.secret], len(PLAIN)) == PLAIN
    with pytest.raises(NotForYou):
        seal.unseal(sealed, [STRANGER.secret], len(PLAIN))
    with pytest.raises(NotForYou):
        seal.unseal(sealed, [], len(PLAIN))


def test_more_than_was_asked_for_is_not_opened() -> None:
    with pytest.raises(UnreadablePack):
        seal.unseal(seal.seal(PLAIN, [ANN.public.recipient]), [ANN.secret], len(PLAIN) - 1)
    with pytest.raises(UnreadablePack):
        seal.unseal(bytes(1_000_000), [ANN.secret], 1000)


@FEW
@given(st.binary(max_size=400))
def test_rubbish_is_refused_in_plain_words(data: bytes) -> None:
    for one in (data, INTRO + data, INTRO + b"-> X25519 " + data):
        with pytest.raises(UnreadablePack):
            seal.unseal(one, [ANN.secret], 1000)
        with pytest.raises(UnreadablePack):
            opened_stream(one)


def test_what_is_no_secret_key_is_said_without_showing_it() -> None:
    for secret in ("", "AGE-SECRET-KEY-1", ANN.secret[:-2] + "QQ", ANN.public.recipient):
        with pytest.raises(UnreadablePack) as refusal:
            seal.recipient_of(secret)
        assert not secret or secret not in str(refusal.value)
    with pytest.raises(UnreadablePack):
        _ = seal.SecretKeys(ANN.secret, "zz").public
    with pytest.raises(UnreadablePack):
        seal.seal(b"", ["age1nobody"])


def test_a_stream_comes_out_as_it_went_in(to_ann: bytes) -> None:
    assert opened_stream(to_ann) == PLAIN
    assert opened_stream(sealed_stream(TO_ANN, b"")) == b""
    assert PLAIN[:64] not in to_ann


def test_a_stream_is_a_plain_age_file(to_ann: bytes) -> None:
    identity = pyrage.x25519.Identity.from_str(ANN.secret)
    assert pyrage.decrypt(to_ann, [identity]) == PLAIN


def test_a_stream_for_somebody_else_is_not_opened(to_ann: bytes) -> None:
    with pytest.raises(NotForYou):
        opened_stream(to_ann, seal.WithSecrets((STRANGER.secret,)))
    with pytest.raises(NotForYou):
        opened_stream(to_ann, seal.WithPassphrase(WORDS))


def test_a_stream_that_a_passphrase_opens(with_words: bytes) -> None:
    """Typed with blanks or in another composition of characters, it is the same passphrase."""
    typed = WORDS.replace("ö", "o\N{COMBINING DIAERESIS}")
    assert opened_stream(with_words, seal.WithPassphrase(f" {typed} \n")) == PLAIN
    with pytest.raises(PassphraseNeeded):
        opened_stream(with_words)
    with pytest.raises(PassphraseNeeded):
        opened_stream(with_words, seal.WithPassphrase(" "))
    with pytest.raises(PassphraseNeeded):
        seal.unseal(with_words, [ANN.secret], len(with_words))
    with pytest.raises(WrongPassphrase) as refusal:
        opened_stream(with_words, seal.WithPassphrase("fog-lamp"))
    assert "fog-lamp" not in str(refusal.value)


def test_nothing_is_sealed_with_a_blank_passphrase() -> None:
    with pytest.raises(PassphraseNeeded):
        sealed_stream(seal.WithPassphrase("  "))


def test_the_part_that_a_passphrase_opens_is_a_plain_age_file() -> None:
    assert other_tool.decrypt(seal.seal_with_passphrase(b"abc", "é x"), "é x") == b"abc"


def test_work_that_would_take_all_memory_is_not_begun(with_words: bytes) -> None:
    bomb = with_words.replace(b" 10\n", b" 30\n", 1)
    with pytest.raises(UnreadablePack, match="memory"):
        opened_stream(bomb, seal.WithPassphrase(WORDS))


def test_a_header_without_end_is_not_read() -> None:
    endless = INTRO + b"-> X25519 a\nb\n" * 100_000
    with pytest.raises(UnreadablePack):
        opened_stream(endless)
    with pytest.raises(UnreadablePack):
        opened_stream(INTRO + b"-> " + b"x" * 1_000_000)


def test_a_stream_cut_short_anywhere_is_refused(to_ann: bytes) -> None:
    header = to_ann.index(b"\n---") + 49
    chunk = 64 * 1024 + 16
    edges = [header + 16 + chunk * number for number in range(5)]
    cuts = {0, 1, 21, 22, 50, header - 1, header, header + 8, len(to_ann) - 1}
    cuts |= {edge + by for edge in edges for by in (-1, 0, 1, 16, 17) if edge + by < len(to_ann)}
    for cut in sorted(cuts):
        with pytest.raises(UnreadablePack):
            opened_stream(to_ann[:cut])


def test_a_stream_with_more_behind_it_is_refused(to_ann: bytes) -> None:
    for more in (b"\0", b"x" * 100_000, to_ann):
        with pytest.raises(UnreadablePack):
            opened_stream(to_ann + more)


def test_a_flipped_bit_anywhere_is_refused(to_ann: bytes) -> None:
    places = [*range(0, 260, 3), *range(260, len(to_ann), len(to_ann) // 60), len(to_ann) - 1]
    for place in places:
        flipped = bytearray(to_ann)
        flipped[place] ^= 1 << place % 8
        with pytest.raises((UnreadablePack, NotForYou)):
            opened_stream(bytes(flipped))


def test_a_flipped_bit_in_the_part_with_the_passphrase_is_refused(with_words: bytes) -> None:
    inner = with_words.index(INTRO, 1)
    for place in range(inner + 400):
        flipped = bytearray(with_words)
        flipped[place] ^= 1 << place % 8
        with pytest.raises((UnreadablePack, NotForYou, WrongPassphrase, PassphraseNeeded)):
            opened_stream(bytes(flipped), seal.WithPassphrase(WORDS))


def test_a_part_with_the_passphrase_cut_short_is_refused(with_words: bytes) -> None:
    for length in range(0, with_words.index(INTRO, 1) + 300, 7):
        with pytest.raises(UnreadablePack):
            opened_stream(with_words[:length], seal.WithPassphrase(WORDS))


@pytest.mark.usefixtures("little_work")
@pytest.mark.parametrize("inner", [b"\xff" * 74, b"A" * 74])
def test_a_passphrase_that_opens_something_else_than_a_key_is_refused(inner: bytes) -> None:
    part = seal.seal_with_passphrase(inner, WORDS)
    with pytest.raises(UnreadablePack):
        opened_stream(part + sealed_stream(TO_ANN), seal.WithPassphrase(WORDS))


@pytest.mark.usefixtures("little_work")
def test_a_passphrase_within_a_passphrase_is_refused() -> None:
    part = seal.seal_with_passphrase(ANN.secret.encode(), WORDS)
    with pytest.raises(UnreadablePack):
        opened_stream(part + part, seal.WithPassphrase(WORDS))
    assert opened_stream(part + sealed_stream(TO_ANN), seal.WithPassphrase(WORDS)) == PLAIN


@pytest.mark.usefixtures("little_work")
def test_spare_bits_of_the_header_must_be_zero() -> None:
    """The last character of 32 bytes in base 64 has two bits that say nothing."""
    part = seal.seal_with_passphrase(b"abc", WORDS)
    end = part.index(b"\n---") + 48
    letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    spare = bytearray(part)
    spare[end - 1] = letters[letters.index(part[end - 1]) ^ 1]
    with pytest.raises(UnreadablePack):
        seal.unseal_with_passphrase(bytes(spare), WORDS)
    assert seal.unseal_with_passphrase(part, WORDS) == b"abc"


def test_more_than_one_chunk_is_not_sealed_as_a_small_part() -> None:
    with pytest.raises(Bug):
        seal.seal_with_passphrase(bytes(65_537), WORDS)


def test_nothing_of_a_damaged_stream_is_returned_even_when_it_was_not_read(to_ann: bytes) -> None:
    flipped = bytearray(to_ann)
    flipped[-1] ^= 1
    with pytest.raises(UnreadablePack):
        seal.unseal_stream(io.BytesIO(bytes(flipped)), AS_ANN, lambda stream: stream.read(10))
    assert (
        seal.unseal_stream(io.BytesIO(to_ann), AS_ANN, lambda stream: stream.read(10))
        == (PLAIN[:10])
    )


class Stopped(UserFixable):
    """Somebody pressed Cancel."""


def test_the_one_who_reads_may_stop(to_ann: bytes) -> None:
    def stop(stream: BinaryIO) -> None:
        stream.read(10)
        raise Stopped("Stopped.", "Begin again.")

    with pytest.raises(Stopped):
        seal.unseal_stream(io.BytesIO(to_ann), AS_ANN, stop)


@pytest.mark.parametrize("how", [Stopped("Stopped.", "Begin again."), OSError(5, "no answer")])
@pytest.mark.parametrize("length", [0, 10_000_000])
def test_the_one_who_writes_may_stop_and_leaves_no_stream_that_opens(
    how: Exception, length: int
) -> None:
    def stop(stream: BinaryIO) -> None:
        stream.write(bytes(length))
        raise how

    target = io.BytesIO()
    with pytest.raises(type(how)):
        seal.seal_stream(stop, target, TO_ANN)
    with pytest.raises(UnreadablePack):
        opened_stream(target.getvalue())


class Full(io.BytesIO):
    """A disk without room for more than a little."""

    def write(self, data: object) -> int:
        if self.tell() > 100_000:
            raise OSError(28, "No space left on device")
        return super().write(data)  # type: ignore[arg-type]  # bytes of any kind


class Broken(io.BytesIO):
    """A disk that stops answering."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell() > 100_000:
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_a_disk_without_room_ends_both_sides() -> None:
    def write(stream: BinaryIO) -> None:
        stream.writelines(PLAIN for _ in range(100))

    with pytest.raises(OSError, match="No space left"):
        seal.seal_stream(write, Full(), TO_ANN)


def test_a_disk_that_stops_answering_ends_both_sides(to_ann: bytes) -> None:
    with pytest.raises(UnreadablePack, match="Input/output error"):
        seal.unseal_stream(Broken(to_ann), AS_ANN, lambda stream: stream.read())


@pytest.mark.parametrize("fails", [False, True])
def test_no_thread_and_no_pipe_is_left_behind(to_ann: bytes, *, fails: bool) -> None:
    sealed = to_ann[:-1] if fails else to_ann
    before = threading.active_count(), len(list(Path("/proc/self/fd").glob("*")))
    for _ in range(20):
        attempt(lambda: opened_stream(sealed))
        attempt(
            lambda: seal.seal_stream(lambda _plain: None, Full() if fails else io.BytesIO(), TO_ANN)
        )
    assert (threading.active_count(), len(list(Path("/proc/self/fd").glob("*")))) == before


def attempt(what: Callable[[], object]) -> None:
    try:
        what()
    except UserFixable:
        return


def test_whether_a_passphrase_is_needed_shows_in_the_file(
    tmp_path: Path, to_ann: bytes, with_words: bytes
) -> None:
    for content, needed in ((to_ann, False), (with_words, True)):
        (tmp_path / "x").write_bytes(content)
        assert seal.needs_passphrase(tmp_path / "x") is needed
    (tmp_path / "x").write_bytes(b"PK\x03\x04")
    for path in (tmp_path / "x", tmp_path / "none", tmp_path, Path("a\0b")):
        with pytest.raises(UnreadablePack):
            seal.needs_passphrase(path)
