"""Lets two pieces of work that each want to lead pass bytes on to one another, memory flat.

The caller's own work stays on the caller's thread, since an open tender belongs to one thread;
the sealing goes on beside it. Whichever side fails ends the other.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import BinaryIO, Final, TypeVar, cast

T = TypeVar("T")

CHUNK: Final = 1 << 20


class GivenUp(OSError):
    """The other side stopped before it had written everything."""


class Watched:
    """A stream that remembers what went wrong with it.

    The sealing library turns errors of its streams into its own; here they can be told apart.

    Args:
        stream: what bytes go through.
        given_up: set while what was written to the stream is not all that is to come.
    """

    def __init__(self, stream: BinaryIO, given_up: Event | None = None) -> None:
        self._stream = stream
        self._given_up = given_up
        self.error: OSError | None = None

    def read(self, size: int = -1) -> bytes:
        """Read from the stream; its end is an error when the other side gave up."""
        try:
            data = self._stream.read(size)
            if not data and self._given_up is not None and self._given_up.is_set():
                raise GivenUp
        except OSError as error:
            self.error = error
            raise
        return data

    def write(self, data: bytes) -> int:
        """Write all of it."""
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._stream.write(rest) :]
        except OSError as error:
            self.error = error
            raise
        return len(data)

    def flush(self) -> None:
        """Do nothing; the stream is flushed where it is closed."""

    def close(self) -> None:
        """Close the stream, which the other side takes for its end."""
        self._stream.close()


def pour(write: Callable[[BinaryIO], None], take: Callable[[Watched], None]) -> None:
    """Run ``write`` here and ``take`` beside it, which reads what is written.

    Args:
        write: writes everything; when it fails, ``take`` meets ``GivenUp`` and no end.
        take: reads to the end. When it fails, its error is the one that is raised.
    """
    outlet, inlet = os.pipe()
    given_up = Event()
    given_up.set()
    source = Watched(cast("BinaryIO", os.fdopen(outlet, "rb", buffering=0)), given_up)

    with ThreadPoolExecutor(1) as pool:
        taken = pool.submit(_closing, take, source)
        try:
            with os.fdopen(inlet, "wb", buffering=CHUNK) as stream:
                write(stream)
                stream.flush()
                given_up.clear()
        except OSError:
            if taken.exception() is None or isinstance(source.error, GivenUp):
                raise
        taken.result()


def draw(give: Callable[[Watched], None], read: Callable[[BinaryIO], T]) -> T:
    """Run ``read`` here and ``give`` beside it, which writes what is read.

    Args:
        give: writes everything, and fails where that is not genuine to the last byte.
        read: reads as much as it likes; the rest is read to its end and thrown away.

    Returns:
        What ``read`` returned, and only when ``give`` came to its end. An error of ``give``
        goes before one of ``read``, which may only be what came of it.
    """
    outlet, inlet = os.pipe()
    target = Watched(cast("BinaryIO", os.fdopen(inlet, "wb", buffering=0)))
    with ThreadPoolExecutor(1) as pool:
        given = pool.submit(_closing, give, target)
        whole = False
        try:
            with os.fdopen(outlet, "rb", buffering=CHUNK) as stream:
                found = read(stream)
                while stream.read(CHUNK):
                    pass
            whole = True
        finally:
            error = given.exception()
            if error is not None and (whole or target.error is None):
                raise error
    return found


def _closing(work: Callable[[Watched], None], end: Watched) -> None:
    try:
        work(end)
    finally:
        end.close()
