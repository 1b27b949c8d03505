"""A document as it would be written, and plain text, without a trace in the register."""

from pathlib import Path

import pytest

from tendereval.domain.errors import FileProblem
from tendereval.services.documents_out import write_text
from tendereval.services.reporting import preview_report
from tests.service.builders import a_desk


@pytest.mark.parametrize(("kind", "begins"), [("award", b"%PDF"), ("scores", b"PK")])
def test_a_preview_leaves_no_trace(tmp_path: Path, kind: str, begins: bytes) -> None:
    desk, folder = a_desk(tmp_path, "priced"), tmp_path / "empty"
    folder.mkdir()
    with desk.session() as session:
        assert preview_report(session, kind, folder).startswith(begins)
        with session.reading() as reader:
            assert reader.documents_made() == ()
    assert list(folder.iterdir()) == []


def test_text_is_written_or_refused_in_words(tmp_path: Path) -> None:
    write_text(tmp_path / "a.txt", "Tŷ Gwyn \ud800")
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "Tŷ Gwyn ?"
    with pytest.raises(FileProblem, match="There is no folder"):
        write_text(tmp_path / "nowhere" / "a.txt", "")
