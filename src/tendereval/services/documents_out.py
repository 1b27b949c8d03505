"""A bidder's document out of the file, to be looked at in another program; never back in."""

import re
from pathlib import Path
from typing import Final

from tendereval.domain.bidding import StoredDocument
from tendereval.domain.errors import UnreadableDocument
from tendereval.exchange.file_writing import appearing, plain_words
from tendereval.services.session import Session

_OPENED: Final = frozenset(
    [
        "pdf",
        "docx",
        "doc",
        "odt",
        "rtf",
        "txt",
        "md",
        "csv",
        "xlsx",
        "xls",
        "ods",
        "pptx",
        "ppt",
        "odp",
        "png",
        "jpg",
        "jpeg",
        "gif",
        "tif",
        "tiff",
        "bmp",
    ]
)
"""Endings whose programs show what is inside; anything else may be a program itself, or fetch
something from elsewhere."""
_MEDIA: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "txt": "text/plain",
    "md": "text/markdown",
}
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_ODD: Final = frozenset('<>:"/\\|?*')
_LONGEST: Final = 120


def ending_of(name: str) -> str:
    """Return the ending of a file name, lower case and without its dot."""
    return Path(name).suffix.lower().removeprefix(".")


def media_type_of(name: str) -> str:
    """Return the media type that a name's ending stands for."""
    return _MEDIA.get(ending_of(name), "application/octet-stream")


def clean_name(name: str) -> str:
    """Return a file name as it can be kept and shown: every character visible, none half."""
    whole = name.encode("utf-8", "replace").decode("utf-8")
    return "".join(one if one.isprintable() else "\ufffd" for one in whole).strip() or "document"


def safe_name(name: str) -> str:
    """Return a name that every file system takes and that stays inside its folder."""
    plain = "".join("_" if one in _ODD or not one.isprintable() else one for one in name)
    stem, dot, ending = plain.strip(" .").rpartition(".")
    if not dot:
        stem, ending = ending, ""
    stem = stem.encode()[: _LONGEST - len(ending.encode())].decode(errors="ignore").strip(" .")
    found = f"{stem or 'document'}{dot}{ending}"
    return f"_{found}" if _RESERVED.fullmatch(found) else found


def may_be_opened(document: StoredDocument) -> bool:
    """Whether a document is of a kind that is opened; any other is only saved as a copy."""
    return ending_of(safe_name(document.name)) in _OPENED


def write_to_look_at(session: Session, document: StoredDocument, folder: Path) -> Path:
    """Write a document into a temporary folder, to be read and not changed.

    Raises:
        UnreadableDocument: it is not of a kind that is opened.
        FileProblem: no room, or no right to write.
    """
    if not may_be_opened(document):
        raise UnreadableDocument(
            f"{document.name} is not opened from here: its kind can run, or fetch from elsewhere.",
            "Save a copy and let your IT people look at it.",
            "It is kept in the tender file.",
        )
    place = folder / document.id[:12]
    path = place / safe_name(document.name)
    if not path.exists():
        write_copy(session, document, path)
        path.chmod(0o400)
    return path


def write_copy(session: Session, document: StoredDocument, path: Path) -> None:
    """Write a copy of a document where a person wants it; an older file is replaced.

    Raises:
        FileProblem: no room, or no right to write.
    """
    with session.reading() as reader:
        content = reader.document_content(document.id)
    with plain_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, content)


def write_text(path: Path, text: str) -> None:
    """Write plain text where a person wants it; an older file of that name is replaced.

    Raises:
        FileProblem: no room, no folder, or no right to write.
    """
    _write(path, text.encode("utf-8", "replace"))


def _write(path: Path, content: bytes) -> None:
    with appearing(path) as stream:
        stream.write(content)
