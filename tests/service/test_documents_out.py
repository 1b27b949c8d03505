"""Documents out of the file: opened where that is safe, else only copied."""

import stat
from pathlib import Path

import pytest

from tendereval.domain.bidding import StoredDocument
from tendereval.domain.errors import FileProblem, UnreadableDocument
from tendereval.domain.ids import DocumentId
from tendereval.services import bids, documents_out
from tendereval.services.documents_out import may_be_opened, safe_name, write_copy, write_to_look_at
from tests.service.builders import ALDER, a_desk


def kept(name: str) -> StoredDocument:
    return StoredDocument(DocumentId("0" * 64), ALDER, name, 1)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Q1.pdf", "Q1.pdf"),
        ("../../etc/passwd", "_._etc_passwd"),
        ("C:\\x\\y.pdf", "C__x_y.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("nul", "_nul"),
        ("a\u202etxt.exe", "a_txt.exe"),
        (" . ", "document"),
        (".pdf", "pdf"),
        ("x.pdf. ", "x.pdf"),
    ],
)
def test_a_name_stays_inside_its_folder(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_ending() -> None:
    found = safe_name("ŵ" * 500 + ".pdf")
    assert found.endswith("ŵ.pdf")
    assert len(found.encode()) <= 130


@pytest.mark.parametrize(
    ("name", "opens"),
    [("a.PDF", True), ("a.docx", True), ("a.exe", False), ("a.docm", False), ("a.html", False)],
)
def test_only_kinds_that_show_themselves_are_opened(name: str, opens: bool) -> None:  # noqa: FBT001 - a table
    assert may_be_opened(kept(name)) is opens


def test_a_pdf_is_not_opened_as_a_program() -> None:
    assert not may_be_opened(kept("invoice.pdf.exe"))


def test_a_document_is_written_once_and_only_to_read(tmp_path: Path) -> None:
    with a_desk(tmp_path, "published").session() as session:
        bids.add_document(session, ALDER, "Q1: the answer.pdf", b"%PDF", "application/pdf")
        with session.reading() as reader:
            document = reader.documents()[0]
        path = write_to_look_at(session, document, tmp_path / "out")
        assert path == write_to_look_at(session, document, tmp_path / "out")
        assert (path.name, path.read_bytes()) == ("Q1_ the answer.pdf", b"%PDF")
        assert not stat.S_IMODE(path.stat().st_mode) & 0o222
        with pytest.raises(UnreadableDocument, match="Save a copy"):
            write_to_look_at(session, kept("x.bat"), tmp_path)
        with pytest.raises(FileProblem):
            write_copy(session, document, tmp_path)


def test_names_become_visible() -> None:
    assert documents_out.clean_name("a\nb\udcff") == "a\ufffdb?"
    assert documents_out.clean_name(" \t ") != ""
    assert documents_out.media_type_of("x.zip") == "application/octet-stream"
