"""Stands guard before a workbook file is handed to openpyxl; interprets no cell.

Every failure of what reads inside it becomes plain words here. Nothing in the file is run or
followed: macros, external links and embedded objects are never read.
"""

import re
import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException

from tendereval.domain.errors import UnreadableWorkbook

MAX_FILE_BYTES = 200 * 1024 * 1024
MAX_PARTS = 20_000
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_HEAD_BYTES = 65_536
_FIRST_ELEMENT = re.compile(rb"(?:\xef\xbb\xbf)?(?>\s|<\?.*?\?>|<!--.*?-->)*+<[A-Za-z_]", re.DOTALL)
"""How a part begins that openpyxl may see: in UTF-8 and without a document type, whose entities
its parsers would expand. Office programs write nothing else."""
_STRICT = b'="http://purl.oclc.org/ooxml/spreadsheetml/main"'
_SAVE_AS = "Open it in Excel or LibreOffice and save it as an Excel workbook (.xlsx)."
_ASK_AGAIN = "Ask for a fresh copy, or open it in Excel or LibreOffice and save it again."
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    SyntaxError,  # what both XML parsers of openpyxl raise
    expat.ExpatError,
    CellCoordinatesException,
    InvalidFileException,
    EOFError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
    RuntimeError,  # also what is not implemented, and recursion without end
)


@contextmanager
def open_package(path: Path) -> Iterator[BinaryIO]:
    """Open the file, and turn everything that breaks while it is read into plain words.

    Raises:
        UnreadableWorkbook: not there, not a workbook, protected, damaged or too large.
    """
    try:
        with path.open("rb") as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on what it would not write back
            _check_kind(path.name, stream.read(4096), path)
            with zipfile.ZipFile(stream) as archive:
                _check_parts(path.name, archive)
            stream.seek(0)
            yield stream
    except FileNotFoundError as error:
        raise UnreadableWorkbook(
            f"There is no file {path.name!r} there.", "Check the folder and the name."
        ) from error
    except OSError as error:
        if error.errno is None:  # openpyxl found no part that lists sheets
            raise _no_workbook(path.name) from error
        raise UnreadableWorkbook(
            f"The file {path.name!r} cannot be read ({error.strerror}).",
            "Close it in other programs and check that you may read it.",
        ) from error
    except _BROKEN as error:
        raise UnreadableWorkbook(
            f"The file {path.name!r} is damaged or incomplete.", _ASK_AGAIN
        ) from error


def _check_kind(name: str, head: bytes, path: Path) -> None:
    if path.stat().st_size > MAX_FILE_BYTES:
        raise UnreadableWorkbook(f"The file {name!r} is too large.", "Split it into smaller ones.")
    if not head:
        raise UnreadableWorkbook(f"The file {name!r} is empty.", _SAVE_AS)
    if head.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise UnreadableWorkbook(
            f"The workbook {name!r} is protected with a password.",
            "Open it in Excel, take the password off and save it.",
        )
    if head.startswith(_OLE):
        raise UnreadableWorkbook(f"The file {name!r} is in the old Excel format (.xls).", _SAVE_AS)
    if not head.startswith(b"PK"):
        raise _no_workbook(name)


def _check_parts(name: str, archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise UnreadableWorkbook(
            f"The file {name!r} is protected with a password.", "Take the password off first."
        )
    if "[Content_Types].xml" not in archive.namelist():
        raise _no_workbook(name)
    if any(part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for part in parts):
        raise zipfile.BadZipFile("a compression that workbooks never use")
    # Parts under customXml are other programs' own, in any encoding; openpyxl leaves them alone.
    described = [
        part
        for part in parts
        if part.filename.endswith((".xml", ".rels")) and not part.filename.startswith("customXml/")
    ]
    unpacked = sum(part.file_size for part in described)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED_BYTES:
        raise too_much()
    for part in described:
        with archive.open(part) as stream:
            head = stream.read(_HEAD_BYTES)
        if _FIRST_ELEMENT.match(head) is None:
            raise ValueError(f"no plain XML: {part.filename}")
        if _STRICT in head:  # openpyxl would show a workbook without sheets
            raise UnreadableWorkbook(
                f"The workbook {name!r} is saved as “Strict Open XML Spreadsheet”.",
                "Open it in Excel and save it as “Excel Workbook (.xlsx)”.",
            )


def too_much() -> UnreadableWorkbook:
    """Return the refusal of a workbook that unpacks to more than the product reads."""
    return UnreadableWorkbook(
        "The workbook holds far more than a tender needs, so it is not read.",
        "Delete what does not belong to the tender and save it again.",
    )


def _no_workbook(name: str) -> UnreadableWorkbook:
    return UnreadableWorkbook(f"The file {name!r} is not an Excel workbook.", _SAVE_AS)
