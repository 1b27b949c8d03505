"""Opens an ``.xlsx`` file as the zip of XML parts it is, within bounds; interprets no cell.

Nothing in the file is run or followed: macros, external links and embedded objects are never read.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from xml.parsers import expat

from tendereval.domain.errors import UnreadableWorkbook

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_PART_BYTES = 256 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
_ASK_AGAIN = "Ask for a fresh copy, or open it in Excel or LibreOffice and save it again."
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    expat.ExpatError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    NotImplementedError,
    RuntimeError,
)

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Package:
    """An opened workbook file.

    Attributes:
        archive: the zip.
        workbook: name of the part that lists the sheets.
    """

    archive: zipfile.ZipFile
    workbook: str


@contextmanager
def open_package(path: Path) -> Iterator[Package]:
    """Open the file, and turn everything that breaks while it is read into plain words.

    Raises:
        UnreadableWorkbook: not there, not a workbook, protected, damaged or too large.
    """
    try:
        with path.open("rb") as stream:
            _check_kind(path.name, stream.read(4096), path)
            with zipfile.ZipFile(stream) as archive:
                yield Package(archive, _workbook_part(archive, path.name))
    except FileNotFoundError as error:
        raise UnreadableWorkbook(
            f"There is no file {path.name!r} there.", "Check the folder and the name."
        ) from error
    except OSError as error:
        raise UnreadableWorkbook(
            f"The file {path.name!r} cannot be read ({error.strerror or 'damaged'}).",
            "Close it in other programs and check that you may read it.",
        ) from error
    except _BROKEN as error:
        raise UnreadableWorkbook(
            f"The file {path.name!r} is damaged or incomplete.", _ASK_AGAIN
        ) from error


def _check_kind(name: str, head: bytes, path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableWorkbook(f"The file {name!r} is too large.", "Split it into smaller ones.")
    if head.startswith(b"PK"):
        return
    if head.startswith(_OLE):
        raise _old_or_protected(name, path)
    what = "is empty" if not head else "is not an Excel workbook"
    raise UnreadableWorkbook(f"The file {name!r} {what}.", _SAVE_AS)


def too_much() -> UnreadableWorkbook:
    """Return the refusal of a workbook that unpacks to more than the product reads."""
    return UnreadableWorkbook(
        "The workbook holds far more than a tender needs, so it is not read.",
        "Delete what does not belong to the tender and save it again.",
    )


def _old_or_protected(name: str, path: Path) -> UnreadableWorkbook:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        return UnreadableWorkbook(
            f"The workbook {name!r} is protected with a password.",
            "Open it in Excel, take the password off and save it.",
        )
    return UnreadableWorkbook(f"The file {name!r} is in the old Excel format (.xls).", _SAVE_AS)


def _workbook_part(archive: zipfile.ZipFile, name: str) -> str:
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise UnreadableWorkbook(
            f"The file {name!r} is protected with a password.", "Take the password off first."
        )
    if "_rels/.rels" in names:
        for target, kind in relations(archive, "").values():
            if kind == "officeDocument" and target in names and target.endswith(".xml"):
                return target
    raise UnreadableWorkbook(f"The file {name!r} is not an Excel workbook.", _SAVE_AS)


def relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that a part refers to: id to (name, last word of the relation's type).

    Targets outside the file are left out.
    """
    folder, _, leaf = part.rpartition("/")
    source = f"{folder}/_rels/{leaf}.rels" if folder else f"_rels/{leaf}.rels"
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = _resolve(folder, attributes.get("Target", ""))
            found[attributes.get("Id", "")] = (target, attributes.get("Type", "").split("/")[-1])

    if source in archive.namelist():
        parse(archive, source, start)
    return found


def _resolve(folder: str, target: str) -> str:
    whole = PurePosixPath("/", folder, target)
    parts: list[str] = []
    for piece in whole.parts[1:]:
        if piece == "..":
            del parts[-1:]
        elif piece != ".":
            parts.append(piece)
    return "/".join(parts)


def parse(
    archive: zipfile.ZipFile,
    part: str,
    start: Start,
    end: End | None = None,
    text: Text | None = None,
) -> None:
    """Read one XML part as events; tag and attribute names come without their prefix.

    Raises:
        UnreadableWorkbook: the part unpacks to more than the product reads.
        ValueError: the part has a document type, which workbooks never have.
        KeyError: there is no such part.
    """
    info = archive.getinfo(part)
    if info.file_size > MAX_PART_BYTES:
        raise too_much()
    local: dict[str, str] = {}

    def plain(name: str) -> str:
        found = local.get(name)
        if found is None:
            found = local[name] = name.rpartition(":")[2]
        return found

    def on_start(name: str, attributes: dict[str, str]) -> None:
        if any(":" in key for key in attributes):
            attributes = {plain(key): value for key, value in attributes.items()}
        start(plain(name), attributes)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = on_start
    if end is not None:
        parser.EndElementHandler = lambda name: end(plain(name))
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    with archive.open(info) as stream:
        parser.ParseFile(stream)


def _refuse_doctype(_name: str, _system: str | None, _public: str | None, _internal: bool) -> None:  # noqa: FBT001 - the parser's own signature
    raise ValueError("document type in a workbook part")
