"""Returns: what was signed is what is read, and nothing else ever is."""

import hashlib
import json
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tendereval.domain.errors import (
    BadSignature,
    ExchangeProblem,
    FileProblem,
    NewerPack,
    NotForYou,
    UnreadablePack,
)
from tendereval.domain.packs import ReturnBody, ReturnedDeclaration
from tendereval.exchange import seal
from tendereval.exchange.return_file import (
    MAX_TEXT,
    body_json,
    read_return,
    read_signed,
    signed,
    write_return,
)
from tests.exchange.travellers import (
    ANN,
    NOON,
    STRANGER,
    TENDER,
    a_body,
    a_confirmation,
    a_score,
)

FEW = settings(max_examples=60, deadline=None)
BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
NEVER = (UnreadablePack, NotForYou, BadSignature, NewerPack)
"""Every way in which a damaged return may be refused."""


def resigned(data: bytes) -> bytes:
    """Sign some bytes as Ann's program would sign a body."""
    signature = seal.sign(ANN, b"tendereval return 1\n" + data)
    return f"tendereval-return 1 {ANN.public.signing} {signature}\n".encode() + data


def sealed_to_tender(path: Path, plain: bytes) -> Path:
    write_return(path, plain, TENDER.public.recipient)
    return path


def whole(path: Path) -> ReturnBody:
    return read_signed(read_return(path, [TENDER.secret])[1])[0]


def test_a_return_comes_out_as_it_was_signed(tmp_path: Path) -> None:
    body = replace(a_body(a_score(), a_score(2)), confirmations=(a_confirmation("Too low."),))
    plain = signed(body, ANN)
    path = sealed_to_tender(tmp_path / "ann.scores", plain)
    sealed, opened = read_return(path, [STRANGER.secret, TENDER.secret])
    assert sealed == path.read_bytes()
    assert opened == plain
    assert read_signed(opened) == (
        body,
        hashlib.sha256(body_json(body)).hexdigest(),
        ANN.public.signing,
    )
    assert [item.name for item in tmp_path.iterdir()] == ["ann.scores"]


def test_the_plain_bytes_are_one_line_and_canonical_json() -> None:
    body = a_body(a_score(rationale="Żółć “quoted” \n\u2028"))
    line, data = signed(body, ANN).split(b"\n", 1)
    kind, version, key, signature = line.decode("ascii").split(" ")
    assert (kind, version, key) == ("tendereval-return", "1", ANN.public.signing)
    assert seal.is_signed(key, b"tendereval return 1\n" + data, signature)
    again = json.dumps(json.loads(data), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert data == again.encode()
    assert signed(body, ANN) == signed(body, ANN)


def test_nothing_readable_stands_in_the_sealed_file(tmp_path: Path) -> None:
    path = sealed_to_tender(tmp_path / "x", signed(a_body(a_score(rationale="SECRET")), ANN))
    assert b"SECRET" not in path.read_bytes()
    assert ANN.public.signing.encode() not in path.read_bytes()


def test_a_return_for_another_tender_is_not_opened(tmp_path: Path) -> None:
    path = sealed_to_tender(tmp_path / "x", signed(a_body(), ANN))
    with pytest.raises(NotForYou):
        read_return(path, [STRANGER.secret])


def test_the_naughty_strings_travel(tmp_path: Path) -> None:
    lines = json.loads(BLNS.read_text(encoding="utf-8"))
    assert len(lines) > 400
    scores = tuple(a_score(number, line) for number, line in enumerate(lines))
    declared = ReturnedDeclaration(lines[-1], tuple(lines), NOON)
    body = replace(a_body(*scores, question="".join(lines)), declaration=declared)
    assert whole(sealed_to_tender(tmp_path / "x", signed(body, ANN))) == body
    for line in lines:
        alone = a_body(a_score(rationale=line), question=line)
        assert read_signed(signed(alone, ANN))[0] == alone


@FEW
@given(st.text(st.characters()))
def test_any_text_travels_or_is_refused_in_words(text: str) -> None:
    body = a_body(a_score(rationale=text))
    if any("\ud800" <= one <= "\udfff" for one in text):
        with pytest.raises(ExchangeProblem, match="half of a character"):
            signed(body, ANN)
    else:
        assert read_signed(signed(body, ANN))[0] == body


@FEW
@given(st.fractions(max_denominator=1).map(lambda value: value / 1000))
def test_points_stay_exact(points: Fraction) -> None:
    body = a_body(replace(a_score(), points=points))
    assert read_signed(signed(body, ANN))[0].scores[0].points == points


def test_a_moment_keeps_its_offset(london: datetime) -> None:
    body = replace(a_body(), made_at=london)
    assert read_signed(signed(body, ANN))[0].made_at.isoformat() == london.isoformat()


@pytest.fixture
def london() -> datetime:
    return datetime.fromisoformat("2027-06-01T12:00:00.123456+01:00")


@FEW
@given(st.binary(max_size=300))
def test_rubbish_is_refused_in_plain_words(data: bytes) -> None:
    for plain in (data, b"tendereval-return 1 " + data):
        with pytest.raises(UnreadablePack):
            read_signed(plain)
    with pytest.raises(UnreadablePack):
        read_signed(resigned(data))


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


@FEW
@given(_JSON, st.sampled_from(["scores", "declaration", "made_at", "keys", "number", "kind"]))
def test_other_values_than_a_return_has_are_refused(value: object, name: str) -> None:
    data = json.loads(body_json(a_body()))
    if data["content"][name] == value:
        return
    data["content"][name] = value
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        body = read_signed(resigned(text.encode("utf-8", "surrogatepass")))[0]
    except UnreadablePack:
        return
    assert text.encode() == body_json(body)


def test_no_bit_of_the_plain_bytes_may_change() -> None:
    plain = signed(a_body(), ANN)
    for place in range(0, len(plain), 3):
        flipped = bytearray(plain)
        flipped[place] ^= 1 << place % 7
        with pytest.raises(NEVER):
            read_signed(bytes(flipped))


def test_no_bit_of_the_sealed_file_may_change(tmp_path: Path) -> None:
    """Header, stanza, grease, authentication code, nonce, content and tag alike."""
    path = sealed_to_tender(tmp_path / "x", signed(a_body(), ANN))
    sealed = path.read_bytes()
    tried = 0
    for place in range(0, len(sealed), max(1, len(sealed) // 400)):
        flipped = bytearray(sealed)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        with pytest.raises(NEVER):
            whole(path)
        tried += 1
    assert tried >= 400


def test_every_bit_of_the_header_counts(tmp_path: Path) -> None:
    path = sealed_to_tender(tmp_path / "x", signed(a_body(), ANN))
    sealed = path.read_bytes()
    for place in range(sealed.index(b"\n---") + 49):
        for bit in range(8):
            flipped = bytearray(sealed)
            flipped[place] ^= 1 << bit
            with pytest.raises(NEVER):
                seal.unseal(bytes(flipped), [TENDER.secret], len(sealed))


def test_a_return_cut_short_or_longer_is_refused(tmp_path: Path) -> None:
    path = sealed_to_tender(tmp_path / "x", signed(a_body(), ANN))
    sealed = path.read_bytes()
    for content in [*(sealed[:cut] for cut in range(0, len(sealed), 37)), sealed + b"\n"]:
        path.write_bytes(content)
        with pytest.raises(NEVER):
            whole(path)


def test_a_body_under_another_key_is_refused() -> None:
    plain = signed(a_body(), ANN)
    with pytest.raises(BadSignature):
        read_signed(plain.replace(ANN.public.signing.encode(), STRANGER.public.signing.encode(), 1))
    with pytest.raises(BadSignature):
        read_signed(signed(a_body(), STRANGER))


def changed(old: str, new: str) -> bytes:
    text = body_json(replace(a_body(), confirmations=(a_confirmation("No."),))).decode()
    assert old in text
    return resigned(text.replace(old, new).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{", " {"),
        ('"complete":true', '"complete": true'),
        ('"complete":true', '"complete":1'),
        ('"complete":true,', '"complete":true,"complete":true,'),
        ('"complete":true,', '"complete":true,"comrade":[],'),
        ('"complete":true,', ""),
        ('"points":"3.5"', '"points":"3.50"'),
        ('"points":"3.5"', '"points":3.5'),
        ('"points":"3.5"', '"points":"7/2"'),
        ('"points":"3.5"', '"points":"NaN"'),
        ('"points":"3.5"', f'"points":"{"3" * 5000}"'),
        ('"state":"ready"', '"state":"READY"'),
        ('"question":""', '"question":"\\u0041"'),
        ('"question":""', '"question":"\\ud800"'),
        ('"question":""', '"question":"\ud800"'),
        ('"question":""', f'"question":"{"a" * (MAX_TEXT + 1)}"'),
        ('"number":1', '"number":-1'),
        ('"number":1', '"number":2147483648'),
        ('"number":1', f'"number":{"9" * 5000}'),
        ('"revision":1', '"revision":99999999999'),
        ('"made_at":"2027-06-01T11:00:00Z"', '"made_at":"2027-06-01T11:00:00"'),
        ('"made_at":"2027-06-01T11:00:00Z"', '"made_at":"2027-06-01T11:00:00+00:00"'),
        ('"made_at":"2027', '"made_at":"0001'),
        ('"recorded_at":"2027-06-01T11:00:00Z"', '"recorded_at":"9999-12-31T23:59:59Z"'),
        ('"major":1', '"major":0'),
        ('"tendereval-return"', '"tendereval-pack"'),
        ('"recipient":"age1', '"recipient":"bge1'),
    ],
)
def test_a_body_written_in_another_way_is_refused_though_it_is_signed(old: str, new: str) -> None:
    assert read_signed(changed("{", "{"))
    with pytest.raises(UnreadablePack):
        read_signed(changed(old, new))


def test_a_newer_version_is_refused_politely() -> None:
    for plain in (
        signed(a_body(), ANN).replace(b"tendereval-return 1", b"tendereval-return 2", 1),
        changed('"major":1', '"major":2'),
        resigned(b'{"content":7,"format":"tendereval-return","major":2,"minor":0}'),
    ):
        with pytest.raises(NewerPack, match="Update"):
            read_signed(plain)


def test_a_later_minor_version_is_read_and_what_it_adds_left_aside() -> None:
    body = json.loads(body_json(a_body()))
    body["minor"], body["content"]["zest"] = 5, {"deep": [1, 2]}
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert read_signed(resigned(text.encode()))[0] == a_body()


def test_too_much_is_not_written() -> None:
    with pytest.raises(ExchangeProblem, match="longer than"):
        signed(a_body(a_score(rationale="a" * (MAX_TEXT + 1))), ANN)
    with pytest.raises(ExchangeProblem, match="more than one return"):
        signed(a_body(*(a_score(rationale="ŵ" * 99_000) for _ in range(400))), ANN)
    with pytest.raises(ExchangeProblem, match="more than one return"):
        signed(a_body(*[a_score()] * 200_001), ANN)


_BOMBS: dict[str, Callable[[], bytes]] = {
    "open brackets": lambda: b"[" * 20_000_000,
    "many short names": lambda: (
        b'{"content":{"declaration":{"declared_at":"2027-06-01T11:00:00Z",'
        b'"interest":"","organisations":[' + b'"a",' * 10_000_000 + b'"a"]}},'
        b'"format":"tendereval-return","major":1,"minor":0}'
    ),
    "many short names in slashes": lambda: (
        b'{"content":{"declaration":{"organisations":['
        + b'"\\\\",' * 8_000_000
        + b'"a"]}},"format":"tendereval-return","major":1,"minor":0}'
    ),
    "many scores": lambda: (
        b'{"content":{"scores":['
        + b'{"rationale":""},' * 3_000_000
        + b'{}]},"format":"tendereval-return","major":1,"minor":0}'
    ),
    "many nothings": lambda: (
        b'{"content":{"scores":['
        + b"0," * 20_000_000
        + b'0]},"format":"tendereval-return","major":1,"minor":0}'
    ),
    "many unknown": lambda: (
        b'{"content":{"a":['
        + b"[]," * 15_000_000
        + b'0]},"format":"tendereval-return","major":1,"minor":9}'
    ),
    "too long": lambda: b" " * (64 * 1024 * 1024),
}


@pytest.mark.parametrize("name", _BOMBS)
def test_a_bomb_is_refused_before_it_takes_memory(name: str) -> None:
    """Signed or not: whoever signs may mean harm too."""
    plain = resigned(_BOMBS[name]())
    tracemalloc.start()
    try:
        with pytest.raises(UnreadablePack):
            read_signed(plain)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 4 * len(plain)


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x"
    with path.open("wb") as stream:
        stream.truncate(10_000_000_000)
    with pytest.raises(UnreadablePack, match="far larger"):
        read_return(path, [TENDER.secret])


def test_the_most_that_fits_is_read() -> None:
    body = a_body(*(a_score(number, "Because.") for number in range(20_000)))
    assert read_signed(signed(body, ANN))[0] == body


def test_what_is_no_return_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x"
    for content in (b"", b"PK\x03\x04", b"age-encryption.org/v1\n", signed(a_body(), ANN)):
        path.write_bytes(content)
        with pytest.raises(UnreadablePack):
            read_return(path, [TENDER.secret])
    for missing in (tmp_path, tmp_path / "none"):
        with pytest.raises(UnreadablePack):
            read_return(missing, [TENDER.secret])


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem):
        write_return(tmp_path / "none" / "x", b"", TENDER.public.recipient)
    with pytest.raises(UnreadablePack):
        write_return(tmp_path / "x", b"", "age1nobody")
    assert not list(tmp_path.iterdir())
