"""Open a pack on the evaluator's laptop: make a working file, or bring one up to date.

Nothing of a pack counts before it was read to its end and found genuine.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tendereval.domain.bidding import StoredDocument
from tendereval.domain.errors import (
    BadSignature,
    FileExists,
    FileLocked,
    NotForYou,
    OtherKey,
    StaleReturn,
    UserFixable,
    WrongTender,
)
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import Manifest, PublicKeys, Receipt, signed_head_text
from tendereval.exchange import file_writing
from tendereval.exchange.manifest import manifest_bytes
from tendereval.exchange.pack_file import read_pack
from tendereval.exchange.seal import Key, is_signed
from tendereval.exchange.words import fingerprint
from tendereval.services import traces
from tendereval.services.pack_arrival import Bringing, put_pack
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.session import Clock, Session
from tendereval.services.working_files import (
    ENDING,
    newest_pack,
    open_working_file,
    packs_of,
    require_working_file,
)
from tendereval.store import lock
from tendereval.store.audit import Actor, Occasion
from tendereval.store.connection import FileKind, plain_words
from tendereval.store.repository import Reader
from tendereval.store.tender_file import TenderFile, kind_of

Documents = Iterator[tuple[StoredDocument, bytes]]


@dataclass(frozen=True, slots=True)
class Opening:
    """A working file, open, and what the pack changed in it.

    Attributes:
        is_new: whether the file was made from this pack.
        is_again: whether the pack was opened before, so that nothing changed.
        news: what the pack brought, in sentences; for the same pack again one that says so.
    """

    session: Session
    manifest: Manifest
    is_new: bool
    is_again: bool
    news: tuple[str, ...]


class _Again(Exception):
    """The pack that was opened last is opened once more; takes the transaction back."""


def open_pack(  # noqa: PLR0913 - a pack is opened with that many things
    pack: Path,
    target: Path,
    key: Key,
    clock: Clock,
    via: str,
    *,
    other_key: bool = False,
    take_over: bool = False,
) -> Session:
    """Open a pack into a working file and keep that open; see ``receive_pack``."""
    opening = receive_pack(pack, target, key, clock, via, other_key=other_key, take_over=take_over)
    return opening.session


def receive_pack(  # noqa: PLR0913 - a pack is opened with that many things
    pack: Path,
    target: Path,
    key: Key,
    clock: Clock,
    via: str,
    *,
    other_key: bool = False,
    take_over: bool = False,
    progress: Progress | None = None,
) -> Opening:
    """Open a pack into a working file, made anew or brought up to date, and keep that open.

    Args:
        pack: the file.
        target: the working file; where there is none it appears complete or not at all.
        key: what opens the pack.
        clock: the source of time.
        via: the way in.
        other_key: take the pack though the tender was known by other keys.
        take_over: take the working file's lock even from a holder that may still be at work.
        progress: told after each document; may stop the opening, which then leaves nothing.

    Raises:
        WrongTender: the working file is of another tender.
        NotForYou: it is another person's, or the pack is sealed for somebody else.
        StaleReturn: a newer pack was opened already.
        OtherKey: the tender is known by other keys.
        BadSignature: the pack does not bear the tender's signature.
        FileLocked: another program has the working file open.
        FileExists: something else has the name of the working file.
        ExchangeProblem: see ``read_pack``.
        FileProblem: no room, no folder, or no right to write.
    """
    if target.exists() or target.is_symlink():
        if kind_of(target) is not FileKind.SCORING:
            raise FileExists(
                f"{target.name} is there already and is not a working file.",
                "Choose another name.",
                "It was left as it is.",
            )
        session = open_working_file(target, clock, via, take_over=take_over)
        try:
            return bring_up_to_date(session, pack, key, other_key=other_key, progress=progress)
        except BaseException:
            session.file.close()
            raise
    manifest = _make(pack, target, key, clock, via, progress)
    return Opening(open_working_file(target, clock, via), manifest, True, False, ())


def look_at_pack(pack: Path, key: Key) -> Manifest:
    """Return what a pack says about itself, read to its end; makes nothing."""
    return read_pack(pack, key, lambda manifest, _documents: manifest)


def suggested_target(pack: Path) -> Path:
    """Return where the working file of a pack would lie: beside it, by the same name."""
    return pack.with_suffix(ENDING)


def find_working_file(folder: Path, manifest: Manifest) -> Path | None:
    """Return the working file in a folder that a pack would bring up to date, if there is one."""
    with plain_words(folder):
        found = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ENDING)
    for path in found:
        if kind_of(path) is not FileKind.SCORING:
            continue
        # One that is damaged or of a newer version is not the one that is looked for.
        with (
            suppress(UserFixable),
            TenderFile.open(path, None, manifest.made_at) as file,
            file.reading() as reader,
        ):
            known = newest_pack(packs_of(reader))
            if _belongs(known, manifest):
                return path
    return None


def bring_up_to_date(
    session: Session,
    pack: Path,
    key: Key,
    *,
    other_key: bool = False,
    progress: Progress | None = None,
) -> Opening:
    """Take a pack into the working file that is open, in one transaction; scores stay.

    Args:
        session: the open working file.
        pack: the file.
        key: what opens it.
        other_key: take it though the tender was known by other keys.
        progress: told after each document; may stop the opening, which then changes nothing.

    Raises:
        UserFixable: see ``receive_pack``.
    """
    require_working_file(session)
    ids: dict[str, str] = {}
    at = session.clock()
    seen: list[Manifest] = []
    try:
        with session.change("pack opened", ids) as change:

            def take(manifest: Manifest, documents: Documents) -> tuple[str, ...]:
                seen.append(manifest)
                digest = _digest(manifest)
                _check_follows(change.reader, manifest, digest, other_key=other_key)
                ids.update(_ids(manifest, digest))
                before = packs_of(change.reader)
                bringing = Bringing(change, manifest, before, at)
                receipts = _genuine_receipts(manifest, before)
                watched = _watched(manifest, documents, progress or NullProgress())
                return put_pack(bringing, digest, receipts, watched)

            news = read_pack(pack, key, take)
    except _Again:
        again = (f"Pack {seen[0].number} was opened already; nothing was changed.",)
        return Opening(session, seen[0], False, True, again)
    return Opening(session, seen[0], False, False, news)


def _make(
    pack: Path, target: Path, key: Key, clock: Clock, via: str, progress: Progress | None
) -> Manifest:
    """Make a working file beside its place and put it there once it is complete."""
    partial, at = traces.half_made(target), clock()
    file = _begin(target, partial, at)

    def take(manifest: Manifest, documents: Documents) -> Manifest:
        _check_signed(manifest)
        digest = _digest(manifest)
        by = Actor(manifest.evaluator.person, via)
        with file.change(Occasion("pack opened", by, at, _ids(manifest, digest), {})) as change:
            bringing = Bringing(change, manifest, (), at)
            watched = _watched(manifest, documents, progress or NullProgress())
            put_pack(bringing, digest, _genuine_receipts(manifest, ()), watched)
        return manifest

    with traces.noted(partial):
        try:
            try:
                manifest = read_pack(pack, key, take)
            finally:
                file.close()
            file_writing.put_once(partial, target)
        finally:
            _clear(target, partial)
    return manifest


def _begin(target: Path, partial: Path, at: datetime) -> TenderFile:
    """Create an empty working file where it is made."""
    _clear(target, partial)
    with file_writing.plain_words(target):
        partial.parent.mkdir(exist_ok=True)
    try:
        holder = lock.this_process("you", at.isoformat())
        return TenderFile.create(partial, holder, FileKind.SCORING)
    except BaseException:
        _clear(target, partial)
        raise


def _watched(manifest: Manifest, documents: Documents, progress: Progress) -> Documents:
    """Pass documents on and say how many of their bytes are behind us."""
    done, total = 0, sum(item.size for item in manifest.documents)
    for document, content in documents:
        progress.step(done, total, "Opening the pack")
        done += len(content)
        yield document, content


def _clear(target: Path, partial: Path) -> None:
    """Remove what an opening that was cut short left behind."""
    if traces.is_being_made(partial):
        raise FileLocked(
            f"{target.name} is being made by another program just now.", "Wait until it is there."
        )
    with plain_words(partial):
        traces.remove_half_made(partial)


def _digest(manifest: Manifest) -> str:
    return hashlib.sha256(manifest_bytes(manifest)).hexdigest()


def _ids(manifest: Manifest, digest: str) -> dict[str, str]:
    return {"tender": manifest.tender, "pack": str(manifest.number), "manifest": digest}


def _check_follows(reader: Reader, manifest: Manifest, digest: str, *, other_key: bool) -> None:
    """Refuse a pack that does not belong to a working file, or is not newer than what it has."""
    known = newest_pack(packs_of(reader))
    if manifest.tender != known.tender:
        raise WrongTender(
            f"The working file belongs to another tender ({_called(known)}) than the pack "
            f"({_called(manifest)}).",
            "Open the pack into a working file of its own.",
        )
    if not _belongs(known, manifest):
        raise NotForYou(
            f"The pack is for {manifest.name}; the working file is {known.name}'s.",
            "Open the pack into a working file of its own.",
        )
    newest = reader.packs_opened()[-1][1]
    if digest == newest:
        raise _Again
    _check_signed(manifest)
    if (manifest.number, manifest.made_at) <= (known.number, known.made_at):
        raise StaleReturn(
            f"The pack is older (number {manifest.number}) than the one opened last (number "
            f"{known.number}).",
            "Go on with what you have, or ask the lead for a fresh pack.",
        )
    if manifest.keys != known.keys and not other_key:
        raise _other_key(known.keys, manifest.keys)


def _belongs(known: Manifest, manifest: Manifest) -> bool:
    same: tuple[str, PersonId] = (known.tender, known.evaluator.person)
    return same == (manifest.tender, manifest.evaluator.person)


def _called(manifest: Manifest) -> str:
    return manifest.details.title or manifest.details.reference or manifest.tender


def _check_signed(manifest: Manifest) -> None:
    """Refuse a pack whose head of the tender's record was not signed with the tender's key."""
    head = manifest.head
    text = signed_head_text(manifest.tender, head.seq, head.hash)
    if head.key != manifest.keys.signing or not is_signed(head.key, text, head.signature):
        raise BadSignature(
            "The pack does not bear the tender's signature.", "Ask the lead for a fresh pack."
        )


def _other_key(known: PublicKeys, shown: PublicKeys) -> OtherKey:
    return OtherKey(
        f"The tender is known by the key “{fingerprint(known)}”; the pack has "
        f"“{fingerprint(shown)}”.",
        "Compare the words with the lead by phone. If the tender has new keys, accept them.",
    )


def _genuine_receipts(manifest: Manifest, before: tuple[Manifest, ...]) -> tuple[Receipt, ...]:
    keys = {pack.keys.signing for pack in (manifest, *before)}
    return tuple(
        receipt
        for receipt in manifest.receipts
        if any(is_signed(key, receipt.sha256.encode(), receipt.signature) for key in keys)
    )
