"""What may not stay readable on a disk: removed files are overwritten, half-made ones found again.

A working file is made beside its place, in the open. Where that is, is noted in the person's
own data folder while it lasts, so that the next start finds what a power cut left behind.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tendereval.services import identities
from tendereval.store import lock

_PIECE: Final = 1 << 20
_NOTES: Final = "openings"
_FOLDER: Final = ".opening-"


def remove_for_good(path: Path) -> None:
    """Overwrite a file and remove it; see ``removing.remove`` for what that is worth."""
    with path.open("r+b") as stream:
        left = path.stat().st_size
        while left > 0:
            left -= stream.write(secrets.token_bytes(min(_PIECE, left)))
        stream.flush()
        os.fsync(stream.fileno())
    path.unlink()


def half_made(target: Path) -> Path:
    """Return where a working file is made: by its own name, in a folder of its own beside it."""
    name = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:16]
    return target.with_name(f"{_FOLDER}{name}") / target.name


def is_being_made(partial: Path) -> bool:
    """Whether another program is making a file there just now."""
    holder = lock.read(lock.lock_path(partial))
    return holder is not None and not lock.is_stale(holder)


def remove_half_made(partial: Path) -> None:
    """Remove what the making of a file left behind when it was cut short.

    Raises:
        OSError: the disk does not let it go.
    """
    folder = partial.parent
    if folder.is_dir() and folder.name.startswith(_FOLDER):
        for left in folder.iterdir():
            # What has its own name already is whole, and only the temporary name goes.
            if left.stat().st_nlink > 1:
                left.unlink()
            else:
                remove_for_good(left)
        folder.rmdir()


@contextmanager
def noted(partial: Path) -> Iterator[None]:
    """Note a file that is being made, for as long as that lasts.

    Where the data folder may not be written it is made without.
    """
    note = _folder() / secrets.token_hex(8)
    with suppress(OSError):
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        note.write_bytes(os.fsencode(partial.absolute()))
    try:
        yield
    finally:
        with suppress(OSError):
            note.unlink(missing_ok=True)


def clear_away() -> None:
    """Remove every half-made file that was noted and that nobody is making any more."""
    with suppress(OSError):
        for note in sorted(_folder().iterdir()):
            with suppress(OSError, ValueError):
                partial = Path(os.fsdecode(note.read_bytes()))
                if not is_being_made(partial):
                    remove_half_made(partial)
                    note.unlink()


def _folder() -> Path:
    return identities.data_folder() / _NOTES
