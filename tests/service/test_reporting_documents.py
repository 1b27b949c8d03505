"""Summaries and the moderation record as files, from values and from a real tender file."""

import hashlib
from pathlib import Path

import docx
import pytest

from tendereval.domain.errors import ExchangeProblem, FileProblem, IncompleteRecord, NotSupported
from tendereval.domain.tender import Regime
from tendereval.services.reporting_documents import (
    export_summaries,
    summary_writers,
    write_moderation,
    write_moderation_record,
    write_summary,
)
from tests.report import summary_values as values
from tests.report.pdf_reading import failures, words
from tests.service.builders import a_desk
from tests.service.test_summaries import at_award, decided


def test_every_supplier_of_a_real_tender_has_a_pdf_and_a_word_file(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        written = export_summaries(session, "1", tmp_path / "out")
        again = export_summaries(session, "1", tmp_path / "again")
    assert len(written) == 4
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(
        one.path.name for one in written
    )
    assert [one.sha256 for one in written] == [one.sha256 for one in again]
    for one in written:
        assert hashlib.sha256(one.path.read_bytes()).hexdigest() == one.sha256
        if one.path.suffix == ".pdf":
            assert failures(one.path) == []
            text = " ".join(words(one.path))
        else:
            text = "\n".join(part.text for part in docx.Document(str(one.path)).paragraphs)
        assert "Assessment summary" in text
        assert not any(name in text for name in ("Ana", "Ben Bell", "Cam", "Dot"))


def test_the_moderation_record_of_a_real_tender_is_entered_in_the_list(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        path = write_moderation(session, tmp_path / "moderation.pdf")
        with session.reading() as reader:
            (made,) = reader.documents_made()
    assert made["kind"] == "moderation"
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert failures(path) == []
    assert "Ana" in " ".join(words(path))


def test_the_command_writes_both_and_names_them(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    done = desk.on_file("report", "summaries", "--out", str(tmp_path / "out"))
    assert done.status == 0, done.err
    assert done.out.count("Wrote ") == 4
    assert len(list((tmp_path / "out").iterdir())) == 4
    done = desk.on_file("report", "moderation", "--out", str(tmp_path / "moderation.pdf"))
    assert done.status == 0, done.err
    assert (tmp_path / "moderation.pdf").exists()


def test_no_summary_is_written_before_there_is_a_decision(tmp_path: Path) -> None:
    with a_desk(tmp_path, "priced").session() as session, pytest.raises(IncompleteRecord):
        export_summaries(session, "1", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_another_law_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(NotSupported):
        summary_writers(values.a_model(Regime.SCOTLAND))
    with pytest.raises(NotSupported):
        write_summary(values.a_model(Regime.PCR2015), values.a_loser(), tmp_path / "one.pdf")
    assert not list(tmp_path.iterdir())


def test_one_summary_is_written_as_its_name_ends(tmp_path: Path) -> None:
    model, summary = values.a_model(), values.a_loser()
    assert set(summary_writers(model)) == {".pdf", ".docx"}
    write_summary(model, summary, tmp_path / "one.pdf")
    write_summary(model, summary, tmp_path / "one.docx")
    assert failures(tmp_path / "one.pdf") == []
    assert docx.Document(str(tmp_path / "one.docx")).paragraphs
    with pytest.raises(ExchangeProblem, match="odt"):
        write_summary(model, summary, tmp_path / "one.odt")


def test_what_the_folder_does_not_take_is_said(tmp_path: Path) -> None:
    model, summary = values.a_model(), values.a_loser()
    for ending in (".pdf", ".docx"):
        with pytest.raises(FileProblem):
            write_summary(model, summary, tmp_path / "none" / f"one{ending}")
    with pytest.raises(FileProblem):
        write_moderation_record(model, tmp_path / "none" / "one.pdf")
    with pytest.raises(ExchangeProblem):
        write_moderation_record(model, tmp_path / "one.docx")
