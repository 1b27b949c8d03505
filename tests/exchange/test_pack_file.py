"""Packs: what goes in comes out, and nothing comes out of what is not exactly a pack."""

import errno
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tendereval.domain.bidding import StoredDocument
from tendereval.domain.errors import (
    Bug,
    DamagedFile,
    DiskFull,
    ExchangeProblem,
    FileProblem,
    NewerPack,
    NotForYou,
    ReadOnlyFile,
    UnreadablePack,
    UserFixable,
    WrongPassphrase,
)
from tendereval.domain.ids import BidderId, DocumentId
from tendereval.domain.packs import Manifest
from tendereval.domain.publicvalue.commitments import Goal
from tendereval.exchange import seal
from tendereval.exchange.pack_file import manifest_from, manifest_json, read_pack, write_pack
from tests.exchange.travellers import (
    ANN,
    AS_ANN,
    STRANGER,
    TO_ANN,
    a_document,
    a_manifest,
    make_pack,
    open_pack,
)

FEW = settings(max_examples=60, deadline=None)
BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
CONTENTS = (b"%PDF-1.7 first", b"x" * 512, b"", b"\0" * 100_000)
Members = list[tuple[str, bytes]]


def members(manifest: Manifest, *contents: bytes) -> Members:
    named = [(f"documents/{hashlib.sha256(content).hexdigest()}", content) for content in contents]
    return [("manifest.json", manifest_json(manifest).encode()), *named]


def a_tar(parts: Members, kind: int = tarfile.USTAR_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=kind) as archive:
        for name, content in parts:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
        end = archive.offset
    return target.getvalue()[:end] + bytes(1024)


def put(path: Path, plain: bytes) -> Path:
    path.write_bytes(seal.seal(plain, [ANN.public.recipient]))
    return path


def test_a_pack_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = tmp_path / "ann.scorepack"
    manifest = make_pack(path, *CONTENTS)
    read, found = open_pack(path)
    assert read == manifest
    assert tuple(found) == tuple(zip(manifest.documents, CONTENTS, strict=True))
    assert [item.name for item in tmp_path.iterdir()] == [path.name]


def test_a_pack_with_a_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "ann.scorepack"
    words = seal.WithPassphrase("abandon-ability-able-about-above-absent")
    make_pack(path, *CONTENTS, lock=words)
    told = seal.WithPassphrase("Abandon ability, able about above absent")
    assert [content for _document, content in open_pack(path, told)[1]] == list(CONTENTS)
    with pytest.raises(WrongPassphrase):
        open_pack(path, seal.WithPassphrase("abandon-ability"))


def test_the_manifest_is_named_by_its_digest(tmp_path: Path) -> None:
    manifest = a_manifest()
    digest = write_pack(tmp_path / "x", manifest, lambda _id: b"", TO_ANN)
    assert digest == hashlib.sha256(manifest_json(manifest).encode()).hexdigest()


def test_a_pack_is_a_plain_tar_in_a_plain_age_file(tmp_path: Path) -> None:
    path = tmp_path / "ann.scorepack"
    make_pack(path, *CONTENTS)
    plain = seal.unseal(path.read_bytes(), [ANN.secret], 1_000_000)
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        names = archive.getnames()
        assert names[0] == "manifest.json"
        assert len(names) == 1 + len(CONTENTS)
        assert all(member.isreg() for member in archive)
    assert plain == a_tar(members(a_manifest(*map(a_document, CONTENTS)), *CONTENTS))


def test_the_same_bytes_under_two_names_travel_once(tmp_path: Path) -> None:
    twice = a_manifest(a_document(b"same", "a.pdf"), a_document(b"same", "b.pdf"))
    asked: list[str] = []

    def give(document: DocumentId) -> bytes:
        asked.append(document)
        return b"same"

    write_pack(tmp_path / "x", twice, give, TO_ANN)
    assert len(asked) == 1
    found = open_pack(tmp_path / "x")[1]
    assert [(document.name, content) for document, content in found] == [
        ("a.pdf", b"same"),
        ("b.pdf", b"same"),
    ]


def test_somebody_else_does_not_open_it(tmp_path: Path) -> None:
    make_pack(tmp_path / "x", b"a")
    with pytest.raises(NotForYou):
        open_pack(tmp_path / "x", seal.WithSecrets((STRANGER.secret,)))


def test_the_naughty_strings_travel(tmp_path: Path) -> None:
    for line in json.loads(BLNS.read_text(encoding="utf-8")):
        manifest = replace(a_manifest(text=line), message=line, organisations=(line,))
        assert manifest_from(manifest_json(manifest)) == manifest
    everything = a_manifest(text="".join(json.loads(BLNS.read_text(encoding="utf-8"))))
    write_pack(tmp_path / "x", everything, lambda _id: b"", TO_ANN)
    assert open_pack(tmp_path / "x")[0] == everything


@FEW
@given(st.text(st.characters()))
def test_any_text_travels_or_is_refused_in_words(text: str) -> None:
    manifest = a_manifest(text=text)
    if any("\ud800" <= one <= "\udfff" for one in text):
        with pytest.raises(ExchangeProblem, match="half of a character"):
            manifest_json(manifest)
    else:
        assert manifest_from(manifest_json(manifest)) == manifest


@FEW
@given(st.binary(max_size=200))
def test_rubbish_is_no_manifest(data: bytes) -> None:
    with pytest.raises(UnreadablePack):
        manifest_from(data)


def changed(old: str, new: str) -> str:
    text = manifest_json(a_manifest(a_document(b"one")))
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"content":{', '"content": {'),
        ('"kind":"scorepack"', '"kind":"something"'),
        ('"number":1', '"number":1.0'),
        ('"number":1', '"number":"1"'),
        ('"number":1', '"number":1,"number":1'),
        ('"minimum":"2.5"', '"minimum":"2.50"'),
        ('"minimum":"2.5"', '"minimum":"5/2"'),
        ('"minimum":"2.5"', f'"minimum":"2.{"5" * 5000}"'),
        ('"made_at":"2027-06-01T11:00:00Z"', '"made_at":"2027-06-01T11:00:00"'),
        ('"made_at":"2027-06-01T11:00:00Z"', '"made_at":"0001-01-01T00:00:00Z"'),
        ('"message":""', '"message":"\\u0041"'),
        ('"message":""', '"message":"","prices":[]'),
        ('"message":"",', ""),
        ('"bidder":"bidder-a"', '"bidder":"bidder-z"'),
        ('"major":1', '"major":0'),
        ('"minor":0', '"minor":-1'),
        ('"tendereval-pack"', '"tendereval-return"'),
        ('"text":"We will."', '"text":"\\ud800"'),
        ('"media_type":"application/pdf","name":"answer.pdf","size":3', '"size":-1'),
        ('"recipient":"age1', '"recipient":"age2'),
    ],
)
def test_a_manifest_written_in_another_way_is_refused(old: str, new: str) -> None:
    with pytest.raises(UnreadablePack):
        manifest_from(changed(old, new))


def test_a_manifest_of_the_next_major_version_is_refused_politely(tmp_path: Path) -> None:
    text = changed('"major":1', '"major":2').replace('"message"', '"news"')
    with pytest.raises(NewerPack, match="Update"):
        manifest_from(text)
    put(tmp_path / "x", a_tar([("manifest.json", text.encode())]))
    with pytest.raises(NewerPack):
        open_pack(tmp_path / "x")


def test_a_manifest_of_a_later_minor_version_is_read() -> None:
    text = changed('"minor":0', '"minor":3').replace(
        '"message":"",', '"message":"","messages":[1],'
    )
    assert manifest_from(text) == a_manifest(a_document(b"one"))
    with pytest.raises(UnreadablePack):
        manifest_from(text.replace('"messages":[1]', '"messages": [1]'))


def test_goals_of_the_authority_are_read_back_and_a_pack_without_any_is_as_before() -> None:
    """Whoever has the first version reads those packs to the byte, and leaves goals aside."""
    plain = a_manifest(a_document(b"one"))
    assert '"goals":[],"head":' not in manifest_json(plain)
    assert manifest_json(plain).endswith('"minor":0}')
    goal = Goal("g-1", "Skills", "All in work", by=date(2030, 1, 1))
    text = manifest_json(replace(plain, goals=(goal,)))
    assert text.endswith('"minor":1}')
    assert manifest_from(text).goals == (goal,)
    for old, new in (
        ('"by":"2030-01-01"', '"by":"2030-1-1"'),
        ('"removed":false', '"removed":0'),
        ('"minor":1', '"minor":0'),
        ('"goals":[{', '"goals":[ {'),
    ):
        assert old in text
        with pytest.raises(UnreadablePack):
            manifest_from(text.replace(old, new))


BOMBS: dict[str, Callable[[], bytes]] = {
    "open brackets": lambda: b"[" * 10_000_000,
    "deep": lambda: b'{"content":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "many": lambda: b'{"content":[' + b"1," * 3_000_000 + b"1]}",
    "backslashes": lambda: b'"' + b"\\" * 30_000_000,
    "long": lambda: b'"' + b"a" * 70_000_000 + b'"',
    "a long number": lambda: (
        b'{"content":{},"format":"tendereval-pack","major":' + b"9" * 9999 + b',"minor":0}'
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_not_read(name: str) -> None:
    with pytest.raises(UnreadablePack):
        manifest_from(BOMBS[name]())


def refused_members() -> dict[str, Callable[[Members], Members]]:
    digest = "documents/" + "0" * 64
    return {
        "one more": lambda parts: [*parts, (digest, b"more")],
        "one missing": lambda parts: parts[:-1],
        "one twice": lambda parts: [*parts, parts[-1]],
        "another order": lambda parts: [parts[0], *reversed(parts[1:])],
        "manifest last": lambda parts: [*parts[1:], parts[0]],
        "manifest twice": lambda parts: [parts[0], *parts],
        "no manifest": lambda parts: parts[1:],
        "other bytes": lambda parts: [*parts[:-1], (parts[-1][0], b"z" * len(parts[-1][1]))],
        "longer": lambda parts: [*parts[:-1], (parts[-1][0], parts[-1][1] + b"z")],
        "shorter": lambda parts: [*parts[:-1], (parts[-1][0], parts[-1][1][:-1])],
        "a way out": lambda parts: [*parts[:-1], ("../../etc/passwd", parts[-1][1])],
        "an absolute way": lambda parts: [*parts[:-1], ("/etc/passwd", parts[-1][1])],
        "nothing": lambda _parts: [],
    }


@pytest.mark.parametrize("how", refused_members())
def test_a_pack_with_other_members_than_listed_is_refused(tmp_path: Path, how: str) -> None:
    parts = members(a_manifest(a_document(b"one"), a_document(b"three")), b"one", b"three")
    assert open_pack(put(tmp_path / "x", a_tar(parts)))[1][0][1] == b"one"
    path = put(tmp_path / "x", a_tar(refused_members()[how](parts)))
    with pytest.raises(UnreadablePack):
        open_pack(path)


def with_member(change: Callable[[tarfile.TarInfo], None]) -> bytes:
    """Make a pack whose second member has something odd in its header."""
    (name, text), (second, content) = members(a_manifest(a_document(b"one")), b"one")
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for part, data, odd in ((name, text, False), (second, content, True)):
            member = tarfile.TarInfo(part)
            member.size = len(data)
            if odd:
                change(member)
            archive.addfile(member, io.BytesIO(data) if member.isreg() else None)
    return target.getvalue()


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE]
)
def test_a_member_that_is_no_plain_file_is_refused(tmp_path: Path, kind: bytes) -> None:
    def change(member: tarfile.TarInfo) -> None:
        member.type, member.linkname = kind, "/etc/passwd"

    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", with_member(change)))


def test_a_header_that_says_something_more_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", with_member(lambda member: setattr(member, "mtime", 9))))
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", with_member(lambda member: setattr(member, "uname", "ann"))))


def test_a_manifest_whose_header_says_something_more_is_refused(tmp_path: Path) -> None:
    text = manifest_json(a_manifest()).encode()
    member = tarfile.TarInfo("manifest.json")
    member.size, member.mtime = len(text), 1
    plain = member.tobuf(tarfile.USTAR_FORMAT) + text + bytes(-len(text) % 512 + 1024)
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", plain))


def test_something_between_the_members_is_refused(tmp_path: Path) -> None:
    plain = bytearray(a_tar(members(a_manifest(a_document(b"one")), b"one")))
    plain[-1025] = 1
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", bytes(plain)))


def test_a_document_that_could_not_fit_into_the_file_is_not_waited_for(tmp_path: Path) -> None:
    huge = replace(a_document(b"one"), size=1 << 30)
    parts = [("manifest.json", manifest_json(a_manifest(huge)).encode())]
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", a_tar(parts)))


@pytest.mark.parametrize("kind", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT])
def test_a_name_too_long_for_one_header_is_refused(tmp_path: Path, kind: int) -> None:
    parts = [("n" * 5000, b""), *members(a_manifest())]
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", a_tar(parts, kind)))


def test_what_stands_behind_the_end_is_refused(tmp_path: Path) -> None:
    whole = a_tar(members(a_manifest()))
    for plain in (whole + bytes(512), whole[:-1], whole[:-512], whole[:-1] + b"x", whole + b"x"):
        with pytest.raises(UnreadablePack):
            open_pack(put(tmp_path / "x", plain))


def test_a_manifest_that_claims_more_than_any_is_not_read(tmp_path: Path) -> None:
    member = tarfile.TarInfo("manifest.json")
    for size in (2**32, 2**25):
        member.size = size
        header = member.tobuf(tarfile.USTAR_FORMAT)
        with pytest.raises(UnreadablePack):
            open_pack(put(tmp_path / "x", header + bytes(100_000)))


@pytest.mark.parametrize("plain", [b"", b"PK\x03\x04" * 300, b"\xff" * 2048, bytes(2048)])
def test_something_else_under_the_seal_is_refused(tmp_path: Path, plain: bytes) -> None:
    with pytest.raises(UnreadablePack):
        open_pack(put(tmp_path / "x", plain))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(UnreadablePack):
            open_pack(path)


def test_a_pack_cut_short_gives_no_result_though_everything_was_taken(tmp_path: Path) -> None:
    """The last chunk of the stream is missing; what was taken before must not count."""
    path = tmp_path / "x"
    make_pack(path, os.urandom(300_000))
    path.write_bytes(path.read_bytes()[:-17])
    taken: list[bytes] = []

    def take(_manifest: Manifest, found: Iterator[tuple[StoredDocument, bytes]]) -> str:
        taken.extend(content for _document, content in found)
        return "done"

    with pytest.raises(UnreadablePack):
        read_pack(path, AS_ANN, take)


def test_documents_that_nobody_takes_are_checked_all_the_same(tmp_path: Path) -> None:
    parts = members(a_manifest(a_document(b"one")), b"one")
    path = put(tmp_path / "x", a_tar([parts[0], (parts[1][0], b"two")]))
    with pytest.raises(UnreadablePack):
        read_pack(path, AS_ANN, lambda manifest, _found: manifest)


def test_documents_need_not_be_taken(tmp_path: Path) -> None:
    manifest = make_pack(tmp_path / "x", *CONTENTS)
    assert read_pack(tmp_path / "x", AS_ANN, lambda found, _documents: found) == manifest


def test_who_takes_may_refuse(tmp_path: Path) -> None:
    make_pack(tmp_path / "x", os.urandom(5_000_000))

    def refuse(_manifest: Manifest, _found: object) -> None:
        raise NotForYou("It is for Bob.", "Send it to Bob.")

    with pytest.raises(NotForYou, match="Bob"):
        read_pack(tmp_path / "x", AS_ANN, refuse)


def test_a_document_that_changed_in_the_tender_file_stops_the_pack(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        write_pack(tmp_path / "x", a_manifest(a_document(b"one")), lambda _id: b"two", TO_ANN)
    assert not list(tmp_path.iterdir())


def test_half_a_character_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(ExchangeProblem, match="half of a character"):
        write_pack(tmp_path / "x", a_manifest(text="a\ud800"), lambda _id: b"", TO_ANN)
    assert not list(tmp_path.iterdir())


def test_stopping_leaves_the_older_pack_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x"
    make_pack(path, b"old")
    before = path.read_bytes()
    steps: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        steps.append((done, total))
        if done == 2:
            raise UserFixable("Stopped.", "Begin again.")

    contents = {hashlib.sha256(one).hexdigest(): one for one in (b"a", b"b", b"c")}
    manifest = a_manifest(*map(a_document, contents.values()))
    with pytest.raises(UserFixable, match="Stopped"):
        write_pack(path, manifest, lambda document: contents[document], TO_ANN, stop)
    assert steps == [(1, 3), (2, 3)]
    assert [item.name for item in tmp_path.iterdir()] == ["x"]
    assert path.read_bytes() == before
    write_pack(path, manifest, lambda document: contents[document], TO_ANN)
    assert len(open_pack(path)[1]) == 3


def test_no_folder_and_no_right_to_write_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no folder"):
        make_pack(tmp_path / "none" / "x")
    if os.name == "posix" and os.geteuid() != 0:
        (tmp_path / "closed").mkdir(mode=0o500)
        with pytest.raises(ReadOnlyFile):
            make_pack(tmp_path / "closed" / "x")


@pytest.mark.parametrize(
    ("number", "problem"),
    [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnlyFile), (errno.EIO, FileProblem)],
)
def test_what_the_disk_refuses_is_said_and_leaves_the_older_pack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, problem: type[FileProblem]
) -> None:
    path = tmp_path / "x"
    make_pack(path, b"old")
    before = path.read_bytes()

    def refuse(_number: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(problem):
        make_pack(path, b"new")
    assert path.read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_name_that_no_file_can_have_is_said(tmp_path: Path) -> None:
    for name in ("a\0b", "n" * 300):
        with pytest.raises(FileProblem):
            make_pack(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_more_text_than_is_read_is_not_written() -> None:
    with pytest.raises(ExchangeProblem, match="64 MB"):
        manifest_json(a_manifest(text="a" * 64 * 1024 * 1024))


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.exchange.travellers import TO_ANN, a_document, a_manifest
from tendereval.exchange.pack_file import write_pack

def give(_document):
    os.kill(os.getpid(), signal.SIGKILL)

write_pack(Path(sys.argv[1]), a_manifest(a_document(b"one")), give, TO_ANN)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_being_killed_leaves_the_older_pack(tmp_path: Path) -> None:
    path = tmp_path / "x"
    make_pack(path, b"old")
    before = path.read_bytes()
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path)],
        env={**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"},
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert path.read_bytes() == before


def test_an_unknown_bidder_code_is_refused_on_both_sides(tmp_path: Path) -> None:
    manifest = a_manifest(replace(a_document(b"one"), bidder=BidderId("bidder-z")))
    with pytest.raises(UnreadablePack):
        manifest_from(manifest_json(manifest))
    with pytest.raises(Bug):
        write_pack(tmp_path / "x", manifest, lambda _id: b"one", TO_ANN)


def test_memory_does_not_grow_with_the_documents(tmp_path: Path) -> None:
    """Each document is asked for and handed on by itself; none waits for the next."""
    alive: list[int] = []

    def content(number: int) -> bytes:
        return number.to_bytes(4) * 500_000

    documents = [a_document(content(number), f"{number}.pdf") for number in range(20)]
    numbers = {document.id: number for number, document in enumerate(documents)}

    def give(document: DocumentId) -> bytes:
        alive.append(numbers[document])
        return content(numbers[document])

    path = tmp_path / "x"
    write_pack(path, a_manifest(*documents), give, TO_ANN)
    assert alive == list(range(20))

    def take(_manifest: Manifest, found: Iterator[tuple[StoredDocument, bytes]]) -> int:
        return sum(len(one) for _document, one in found)

    with path.open("rb") as source:
        assert read_pack(path, AS_ANN, take) == 20 * 2_000_000
        assert reads_in_pieces(source)


def reads_in_pieces(source: BinaryIO) -> bool:
    sizes: list[int] = []

    def read(plain: BinaryIO) -> None:
        while piece := plain.read(1000):
            sizes.append(len(piece))

    seal.unseal_stream(source, AS_ANN, read)
    return max(sizes) == 1000
