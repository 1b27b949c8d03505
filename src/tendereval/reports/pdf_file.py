"""Write numbered objects into a PDF file, small ones packed together.

Knows the file format only: nothing of pages, fonts or tags. The same objects give the same
bytes.

Source: ISO 32000-1:2008, 7.5.7 (object streams) and 7.5.8 (cross-reference streams).
"""

import hashlib
import zlib
from typing import BinaryIO, Final

_HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_STREAM_END: Final = b"endstream"
_PER_STREAM: Final = 200
_LEVEL: Final = 6
_ID_BYTES: Final = 16
_FREE, _PLAIN, _PACKED = 0, 1, 2


def stream(data: bytes, entries: str = "") -> bytes:
    """Give a compressed stream with further dictionary ``entries``."""
    packed = zlib.compress(data, _LEVEL)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>\nstream\n"
    return b"".join((head.encode("latin-1"), packed, b"\n", _STREAM_END))


class FileWriter:
    """A file as it grows, and where each object stands in it.

    Numbers of objects are above nought; their content comes without ``obj`` and ``endobj``.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin a file that is open for writing in bytes."""
        self._file = file
        self._digest = hashlib.sha256()
        self.at = 0
        self.places: dict[int, tuple[int, int, int]] = {0: (_FREE, 0, 0xFFFF)}
        self.last = 0
        self._held: list[tuple[int, bytes]] = []
        self._packed: list[tuple[tuple[int, ...], bytes]] = []
        self._put(_HEADER)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self.at += len(data)

    def add(self, number: int, content: bytes) -> None:
        """Write a stream at once; hold anything else until many can be packed."""
        self.last = max(self.last, number)
        if content.rstrip().endswith(_STREAM_END):
            self._plain(number, content)
        else:
            self._held.append((number, content))
            if len(self._held) == _PER_STREAM:
                self._pack()

    def _plain(self, number: int, content: bytes) -> None:
        self.last = max(self.last, number)
        self.places[number] = (_PLAIN, self.at, 0)
        self._put(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    def finish(self, root: int, info: int) -> None:
        """Write what is held and the table of places.

        Args:
            root: number of the catalogue.
            info: number of the dictionary of properties.
        """
        if self._held:
            self._pack()
        # Numbers of holders follow those of all objects, which are known only now.
        for numbers, content in self._packed:
            holder = self.last + 1
            self.places |= {one: (_PACKED, holder, index) for index, one in enumerate(numbers)}
            self._plain(holder, content)
        number, start = self.last + 1, self.at
        self.places[number] = (_PLAIN, start, 0)
        table = b"".join(
            kind.to_bytes(1) + place.to_bytes(5) + index.to_bytes(2)
            for kind, place, index in (
                self.places.get(at, (_FREE, 0, 0)) for at in range(number + 1)
            )
        )
        name = self._digest.digest()[:_ID_BYTES].hex().upper()
        entries = f"/Type/XRef/Size {number + 1}/W[1 5 2]/Root {root} 0 R/Info {info} 0 R"
        self._plain(number, stream(table, f"{entries}/ID[<{name}><{name}>]"))
        self._put(b"startxref\n%d\n%%%%EOF\n" % start)

    def _pack(self) -> None:
        """Compress what is held: a long report has tens of thousands of small objects."""
        objects, self._held = self._held, []
        heads: list[str] = []
        offset = 0
        for number, content in objects:
            heads.append(f"{number} {offset}")
            offset += len(content) + 1
        head = " ".join(heads).encode("ascii") + b"\n"
        body = b"\n".join(content for _, content in objects)
        entries = f"/Type/ObjStm/N {len(objects)}/First {len(head)}"
        numbers = tuple(number for number, _ in objects)
        self._packed.append((numbers, stream(head + body, entries)))
