"""Files that go out and the record that knows them: both or neither, also through a power cut.

What is about to be recorded is kept beside the record before any file gets its name. Where the
program is stopped between the two, the next opening of the file finishes what had begun.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from msgspec import MsgspecError

from tendereval.domain.bidding import Place
from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import BidderId, CriterionId, PersonId
from tendereval.domain.packs import PublicKeys, SignedHead
from tendereval.exchange import file_writing
from tendereval.services.session import Session
from tendereval.store import beside_record, mapping, pack_recording
from tendereval.store.pack_questions import PackMade, ReturnMade
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import Change

_KIND: Final = "files going out"
_NOBODY: Final = PersonId("")
"""Files that go out are the business of whoever opens the file next."""


@dataclass(frozen=True, slots=True)
class KeyTaken:
    """Keys that a person is known by from now on, and how they came to be known."""

    person: PersonId
    keys: PublicKeys
    how: str


@dataclass(frozen=True, slots=True)
class Deed:
    """What the record says about files once they have their names.

    Attributes:
        kind: of the entry.
        ids: of the entry.
        head: a signature over the newest entry, and ``why`` it was made; None where none is.
    """

    kind: str
    ids: dict[str, str]
    packs: tuple[PackMade, ...] = ()
    keys: tuple[KeyTaken, ...] = ()
    returns: tuple[ReturnMade, ...] = ()
    head: SignedHead | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """Files on their way: temporary and final paths, and the deed once they are complete.

    Paths are kept as the bytes that the system knows them by, in hexadecimal.
    """

    files: tuple[tuple[str, str], ...]
    deed: Deed | None = None

    @property
    def pairs(self) -> tuple[tuple[Path, Path], ...]:
        return tuple((_path(one), _path(other)) for one, other in self.files)


def _kept(pairs: Iterable[tuple[Path, Path]], deed: Deed | None = None) -> _Kept:
    files = ((os.fsencode(one).hex(), os.fsencode(other).hex()) for one, other in pairs)
    return _Kept(tuple(files), deed)


def _path(text: str) -> Path:
    return Path(os.fsdecode(bytes.fromhex(text)))


@dataclass(slots=True)
class HandingOut:
    """Files that are being written under temporary names.

    Attributes:
        temporaries: one for each path, of its own name, in a folder of its own beside it; what
            is never written there does not go out.
    """

    session: Session
    temporaries: tuple[Path, ...]
    _at: Place
    _kept: _Kept
    _shown: list[tuple[Path, Path]] = field(default_factory=list)

    def record(self, deed: Deed, check: Callable[[Reader], None] = lambda _reader: None) -> None:
        """Record the deed and give the files their names.

        Args:
            deed: what the record says of them.
            check: refuses within the transaction, before anything is recorded.

        Raises:
            FileExists: something of such a name has come to be there.
            FileProblem: a folder does not take a file, or the record its entry.
        """
        pairs = self._kept.pairs
        for partial in (one for one, _ in pairs if not one.exists()):
            file_writing.remove(partial.parent)
        kept = _kept((pair for pair in pairs if pair[0].exists()), deed)
        _keep(self.session, self._at, kept)
        self._kept = kept
        with self.session.change(deed.kind, deed.ids) as change:
            check(change.reader)
            _put(change, deed)
            for pair in self._kept.pairs:
                file_writing.put_once(*pair)
                self._shown.append(pair)
            self._tidy()
            beside_record.drop_working_text(change, _NOBODY, _KIND, self._at)

    def take_back(self) -> None:
        """Leave nothing of what was written."""
        file_writing.take_back(self._shown)
        is_kept = self._kept.deed is not None
        with suppress(UserFixable):
            _drop(self.session, self._at)
            is_kept = False
        # Where a deed stays kept, files that are missing would count as handed out: the next
        # opening removes them.
        if not is_kept:
            self._tidy()

    def _tidy(self) -> None:
        for partial in self.temporaries:
            file_writing.remove(partial.parent)


@contextmanager
def handing_out(session: Session, paths: Sequence[Path]) -> Iterator[HandingOut]:
    """Give temporary names for files that are about to go out; whatever fails leaves nothing.

    Args:
        session: the open file, which records them.
        paths: of files or folders; nothing may be there yet.

    Raises:
        FileExists: something is.
    """
    file_writing.refuse_taken(*paths)
    whole = [path.absolute() for path in paths]
    temporaries = tuple(file_writing.beside(path) / path.name for path in whole)
    kept = _kept(zip(temporaries, whole, strict=True))
    at = Place(BidderId(temporaries[0].parent.name), CriterionId(""), None)
    going = HandingOut(session, temporaries, at, kept)
    try:
        _keep(session, at, kept)
        for partial, path in kept.pairs:
            with file_writing.plain_words(path):
                partial.parent.mkdir()
        yield going
    except BaseException:
        going.take_back()
        raise


def settled(session: Session) -> Session:
    """Return a session with what became of files that were going out when the program stopped.

    Nothing that is found stops the file from being opened.
    """
    with session.reading() as reader:
        places = sorted(reader.working_places(_NOBODY, _KIND), key=lambda at: at.bidder)
        found = [(at, reader.working_text(_NOBODY, _KIND, at)) for at in places]
    told: list[str] = []
    for at, text in found:
        with suppress(MsgspecError, ValueError):
            kept = mapping.from_json("" if text is None else text["body"], _Kept)
            # A file may come from anywhere: it names nothing for us to remove but our own.
            if all(file_writing.is_beside(one.parent, path) for one, path in kept.pairs):
                told.append(_settle(session, at, kept))
    return replace(session, told=tuple(told)) if told else session


def _settle(session: Session, at: Place, kept: _Kept) -> str:
    names = " and ".join(path.name for _, path in kept.pairs)
    stopped = f"The program was stopped while {names} {_were(kept)} being written."
    is_out = any(_has_its_name(one, path) for one, path in kept.pairs)
    try:
        if kept.deed is not None and is_out:
            _finish(session, at, kept, kept.deed)
            return f"{stopped} It was finished and is recorded now. {_where(kept)}"
        _tidy(kept)
        _drop(session, at)
    except UserFixable as refusal:
        return f"{stopped} {refusal.happened} {refusal.do}"
    return f"{stopped} Nothing of it was recorded, and nothing is left of it: make it again."


def _has_its_name(partial: Path, path: Path) -> bool:
    """Whether a complete file was given its name: it lies under the temporary one no more."""
    if not partial.exists():
        return True
    return path.exists() and path.samefile(partial)


def _finish(session: Session, at: Place, kept: _Kept, deed: Deed) -> None:
    with session.change(
        deed.kind, deed.ids, reason="Finished after the program stopped."
    ) as change:
        if not _is_known(change.reader, deed):
            _put(change, deed)
        for partial, path in kept.pairs:
            if partial.exists():
                file_writing.put_once(partial, path)
        _tidy(kept)
        beside_record.drop_working_text(change, _NOBODY, _KIND, at)


def _tidy(kept: _Kept) -> None:
    for partial, _ in kept.pairs:
        file_writing.remove(partial.parent)


def _where(kept: _Kept) -> str:
    missing = [path for _, path in kept.pairs if not path.exists()]
    if missing:
        names = ", ".join(path.name for path in missing)
        return (
            f"{names} is not in its folder any more: unless you have it elsewhere, make it again."
        )
    return f"It lies in {kept.pairs[0][1].parent}."


def _were(kept: _Kept) -> str:
    return "was" if len(kept.files) == 1 else "were"


def _is_known(reader: Reader, deed: Deed) -> bool:
    made = {(item.person, item.number) for item in reader.packs_made()}
    returned = {item.number for item in reader.returns_made()}
    return any((item.person, item.number) in made for item in deed.packs) or any(
        item.number in returned for item in deed.returns
    )


def _put(change: Change, deed: Deed) -> None:
    if deed.head is not None:
        pack_recording.add_signed_head(change, deed.head, deed.why)
    for pack in deed.packs:
        pack_recording.add_pack_made(change, pack)
    for one in deed.keys:
        pack_recording.add_contact_key(change, one.person, one.keys, one.how)
    for made in deed.returns:
        pack_recording.add_return_made(change, made)


def _keep(session: Session, at: Place, kept: _Kept) -> None:
    text: dict[str, str | None] = {"kind": _KIND, "points": None, "state": ""}
    with session.file.beside() as change:
        body = {**text, "body": mapping.to_json(kept)}
        beside_record.keep_working_text(change, _NOBODY, at, body, session.clock())


def _drop(session: Session, at: Place) -> None:
    with session.file.beside() as change:
        beside_record.drop_working_text(change, _NOBODY, _KIND, at)
