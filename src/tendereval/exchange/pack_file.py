"""Packs on their way out: a manifest and its documents, in a tar stream inside a seal.

What may lie in a pack is decided elsewhere. Nothing is ever unpacked to the disk: members are
checked against the manifest byte by byte, their headers included, and handed on.
"""

import hashlib
import os
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, TypeVar

from tendereval.domain.bidding import StoredDocument
from tendereval.domain.errors import Bug, DamagedFile, UnreadablePack
from tendereval.domain.ids import DocumentId
from tendereval.domain.packs import Manifest
from tendereval.exchange.file_writing import appearing, reading
from tendereval.exchange.manifest import (
    holds_together,
    manifest_bytes,
    manifest_from,
    manifest_json,
)
from tendereval.exchange.seal import Key, Lock, seal_stream, unseal_stream
from tendereval.exchange.travel_json import MAX_BYTES, damaged, too_much

__all__ = ["manifest_from", "manifest_json", "read_pack", "write_pack"]

T = TypeVar("T")

MANIFEST: Final = "manifest.json"
_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
_WHAT: Final = "pack"


def write_pack(
    path: Path,
    manifest: Manifest,
    documents: Callable[[DocumentId], bytes],
    lock: Lock,
    step: Callable[[int, int], None] | None = None,
) -> str:
    """Write a pack, which appears only when it is complete.

    Args:
        path: in an existing folder; an older file is replaced.
        manifest: everything but the bytes of the documents.
        documents: gives the bytes of one, one after the other; called on this thread.
        lock: whom it is sealed to.
        step: told after each document how many of how many are done; may raise to stop.

    Returns:
        SHA-256 of the manifest's text, in lower-case hexadecimal.

    Raises:
        DamagedFile: a document is not what its digest and size say.
        ExchangeProblem: a text cannot be written, or is more than a pack may hold.
        FileProblem: no room, no folder, or no right to write. An older file is still there.
    """
    text = manifest_bytes(manifest)
    if not holds_together(manifest):
        raise Bug("the manifest of a pack names what is not in it")
    wanted = _wanted(manifest)

    def write(plain: BinaryIO) -> None:
        _write_member(plain, MANIFEST, text)
        for done, (document, _all) in enumerate(wanted.items(), start=1):
            _write_member(plain, _name(document), _genuine(document, documents, wanted))
            if step is not None:
                step(done, len(wanted))
        plain.write(_END)

    with appearing(path) as target:
        seal_stream(write, target, lock)
    return hashlib.sha256(text).hexdigest()


def read_pack(
    path: Path,
    key: Key,
    take: Callable[[Manifest, Iterator[tuple[StoredDocument, bytes]]], T],
) -> T:
    """Open a pack and hand on what is in it.

    Args:
        path: the pack; anything at all may be in it.
        key: what opens it.
        take: gets the manifest and the documents in its order, each checked. Runs on this
            thread. It must leave nothing behind that counts before this function returns:
            whether the pack was genuine to its last byte shows only then.

    Returns:
        What ``take`` returned.

    Raises:
        NotForYou: sealed for somebody else.
        PassphraseNeeded: it opens with a passphrase and none was given.
        WrongPassphrase: it opens with another one.
        NewerPack: a newer version of the product made it.
        UnreadablePack: not a pack, damaged, cut short, or past a bound.
    """

    def read(plain: BinaryIO) -> T:
        manifest = _read_manifest(plain, length)
        found = _read_documents(plain, manifest)
        result = take(manifest, found)
        for _rest in found:
            pass
        if plain.read(len(_END) + 1) != _END:
            raise _not_listed()
        return result

    with reading(path) as source:
        length = os.fstat(source.fileno()).st_size
        return unseal_stream(source, key, read)


def _wanted(manifest: Manifest) -> dict[DocumentId, list[StoredDocument]]:
    """Return the entries of each document, in the manifest's order; mostly one."""
    wanted: dict[DocumentId, list[StoredDocument]] = {}
    for document in manifest.documents:
        wanted.setdefault(document.id, []).append(document)
    return wanted


def _genuine(
    document: DocumentId,
    documents: Callable[[DocumentId], bytes],
    wanted: dict[DocumentId, list[StoredDocument]],
) -> bytes:
    content = documents(document)
    entries = wanted[document]
    if hashlib.sha256(content).hexdigest() != document or any(
        entry.size != len(content) for entry in entries
    ):
        raise DamagedFile(
            f"The document {entries[0].name} in the tender file is not what was stored.",
            "Open the latest back-up of the tender file.",
        )
    return content


def _read_manifest(plain: BinaryIO, length: int) -> Manifest:
    """Read the first member, and believe no size that would not fit into the sealed file."""
    block = _exactly(plain, _BLOCK)
    try:
        header = tarfile.TarInfo.frombuf(block, "ascii", "strict")
    except (tarfile.TarError, ValueError) as error:
        raise UnreadablePack("The file is not a pack.", "Choose another file.") from error
    if header.name != MANIFEST:
        raise UnreadablePack("The file is not a pack.", "Choose another file.")
    if header.size > MAX_BYTES:
        raise too_much(_WHAT)
    if block != _header(MANIFEST, header.size):
        raise _not_listed()
    if header.size > length:
        raise damaged(_WHAT)
    manifest = manifest_from(_content(plain, header.size))
    if sum(entries[0].size for entries in _wanted(manifest).values()) > length:
        raise damaged(_WHAT)
    return manifest


def _read_documents(plain: BinaryIO, manifest: Manifest) -> Iterator[tuple[StoredDocument, bytes]]:
    for document, entries in _wanted(manifest).items():
        size = entries[0].size
        if _exactly(plain, _BLOCK) != _header(_name(document), size):
            raise _not_listed()
        content = _content(plain, size)
        if hashlib.sha256(content).hexdigest() != document:
            raise damaged(_WHAT)
        for entry in entries:
            yield entry, content


def _name(document: DocumentId) -> str:
    return f"documents/{document}"


def _header(name: str, size: int) -> bytes:
    """Return the one header that a member of this name and size has."""
    member = tarfile.TarInfo(name)
    member.size = size
    return member.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def _write_member(plain: BinaryIO, name: str, content: bytes) -> None:
    plain.write(_header(name, len(content)))
    plain.write(content)
    plain.write(bytes(-len(content) % _BLOCK))


def _content(plain: BinaryIO, size: int) -> bytes:
    content = _exactly(plain, size)
    padding = -size % _BLOCK
    if _exactly(plain, padding) != bytes(padding):
        raise _not_listed()
    return content


def _exactly(plain: BinaryIO, size: int) -> bytes:
    content = plain.read(size)
    if len(content) != size:
        raise damaged(_WHAT)
    return content


def _not_listed() -> UnreadablePack:
    return UnreadablePack(
        "The pack holds something else than its own list says.", "Ask the lead for a fresh pack."
    )
