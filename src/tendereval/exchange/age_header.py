"""The readable beginning of an age file: who it is sealed to, and where it ends.

Opens nothing: that is what pyrage is for. Source: the age v1 format (age-encryption.org/v1).
"""

import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from tendereval.domain.errors import UnreadablePack
from tendereval.exchange.travel_json import ASK_AGAIN, damaged

INTRO: Final = b"age-encryption.org/v1\n"
MOST_WORK: Final = 20
"""Highest power of two of scrypt work that is done for a stranger's file: 1 GB of memory."""
_LONGEST: Final = 64 * 1024
_SCRYPT: Final = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)\n")
_MAC: Final = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")


@dataclass(frozen=True, slots=True)
class AgeHeader:
    """The header of one age file.

    Attributes:
        raw: its bytes, to the end of the line of its authentication code.
        work: the power of two of scrypt work; None where it is not sealed by a passphrase.
    """

    raw: bytes
    work: int | None

    @property
    def needs_passphrase(self) -> bool:
        """Whether a passphrase opens it, and nothing else does."""
        return self.work is not None


def read_header(source: BinaryIO) -> AgeHeader:
    """Read a header and leave the source right behind it.

    Raises:
        UnreadablePack: not an age file in its binary form, or cut short within the header,
            or it asks for more work than is done for a stranger.
    """
    if source.read(len(INTRO)) != INTRO:
        raise UnreadablePack(
            "The file is not a sealed file of this program.", "Choose another file."
        )
    raw, work = bytearray(INTRO), None
    while True:
        line = source.readline(_LONGEST)
        raw += line
        if not line.endswith(b"\n") or len(raw) > _LONGEST:
            raise damaged("file")
        if scrypt := _SCRYPT.fullmatch(line):
            work = int(scrypt[1])
        if line.startswith(b"---"):
            break
    if not _MAC.fullmatch(line):
        raise damaged("file")
    if work is not None and work > MOST_WORK:
        raise UnreadablePack(
            "Opening the file would take more memory than a computer should give it.", ASK_AGAIN
        )
    return AgeHeader(bytes(raw), work)
