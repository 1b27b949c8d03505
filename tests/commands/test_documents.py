"""``report`` for the documents of the award: summaries, moderation record, publication version."""

import zipfile
from pathlib import Path

import pytest

from tests.service.builders import SET_UP, TENDER, Desk, a_desk

NAMES = {
    "summary-lot-1-Alder Ltd.docx",
    "summary-lot-1-Alder Ltd.pdf",
    "summary-lot-1-Birch Ltd.docx",
    "summary-lot-1-Birch Ltd.pdf",
}


def test_summaries_are_written_for_every_supplier_as_pdf_and_word(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    done = desk.on_file("report", "summaries", "--out", str(tmp_path / "out"))
    assert (done.status, done.err) == (0, "")
    assert {path.name for path in (tmp_path / "out").iterdir()} == NAMES
    assert all(name in done.out for name in NAMES)
    for path in (tmp_path / "out").iterdir():
        if path.suffix == ".docx":
            assert zipfile.is_zipfile(path)
        else:
            assert path.read_bytes().startswith(b"%PDF")
    assert desk.on_file("check").status == 0


def test_the_same_record_gives_the_same_summaries(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    for folder in ("one", "two"):
        assert desk.on_file("report", "summaries", "--out", str(tmp_path / folder)).status == 0
    for name in NAMES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_summaries_never_replace_what_is_there(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    (tmp_path / "summary-lot-1-Alder Ltd.pdf").write_text("Mine.", encoding="utf-8")
    done = desk.on_file("report", "summaries", "--out", str(tmp_path))
    assert done.status == 1
    assert "There is a file summary-lot-1-Alder Ltd.pdf already" in done.err
    assert (tmp_path / "summary-lot-1-Alder Ltd.pdf").read_text(encoding="utf-8") == "Mine."
    assert not (tmp_path / "summary-lot-1-Birch Ltd.pdf").exists()


def test_summaries_wait_for_the_decision(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    done = desk.on_file("report", "summaries", "--out", str(tmp_path / "out"))
    assert done.status == 1
    assert "award decision on lot 1 is not recorded" in done.err
    assert not (tmp_path / "out").exists()


def test_before_the_approval_summaries_are_drafts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    assert desk.on_file("award", "--to", "Birch Ltd", "--rationale", "Best.").status == 0
    assert desk.on_file("report", "summaries", "--out", str(tmp_path / "out")).status == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        name.replace("Ltd", "Ltd-draft") for name in NAMES
    }


@pytest.mark.parametrize("regime", ["Scotland", "PSR 2023", "below threshold"])
def test_other_laws_are_refused_in_words(tmp_path: Path, regime: str) -> None:
    desk = Desk(tmp_path)
    rows = tuple(("Regime", regime) if row[0] == "Regime" else row for row in TENDER)
    made = desk.new({**SET_UP, "Tender": rows})
    assert made.status == 0, made.err
    done = desk.on_file("report", "summaries", "--out", str(tmp_path / "out"))
    assert done.status == 1
    assert "Procurement Act 2023 only" in done.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", ["moderation", "award-publication", "award"])
def test_a_document_is_written_as_a_pdf_and_registered(tmp_path: Path, kind: str) -> None:
    desk = a_desk(tmp_path, "closed")
    path = tmp_path / f"{kind}.pdf"
    done = desk.on_file("report", kind, "--out", str(path))
    assert (done.status, done.out.strip()) == (0, f"Wrote {path}")
    assert path.read_bytes().startswith(b"%PDF")
    with desk.looking() as session, session.reading() as reader:
        made = reader.documents_made()
    assert [(item["kind"], item["name"]) for item in made] == [(kind, path.name)]


@pytest.mark.parametrize("kind", ["moderation", "award-publication"])
def test_a_name_that_promises_something_else_is_refused(tmp_path: Path, kind: str) -> None:
    desk = a_desk(tmp_path, "closed")
    done = desk.on_file("report", kind, "--out", str(tmp_path / "out.docx"))
    assert done.status == 1
    assert "is not written as .docx" in done.err
    assert not (tmp_path / "out.docx").exists()


def test_the_publication_version_waits_for_the_decision(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "award")
    done = desk.on_file("report", "award-publication", "--out", str(tmp_path / "out.pdf"))
    assert done.status == 1
    assert not (tmp_path / "out.pdf").exists()
