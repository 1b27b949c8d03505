"""The award report and its version for publication from a real file."""

from pathlib import Path

import pytest

from tendereval.domain.errors import ExchangeProblem, NotAllowedNow, UserFixable
from tendereval.services import reporting
from tests.report.pdf_reading import failures, page_texts
from tests.service.builders import Desk, a_desk

SIGN = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M0 0h9v9z"/></svg>'


def written(desk: Desk, kind: str, path: Path, logo: bytes = b"") -> str:
    with desk.session() as session:
        reporting.write_report(session, kind, path, logo)
    assert failures(path) == []
    return " ".join(" ".join(page_texts(path)).split())


def test_nothing_is_published_before_the_award_decision_stands(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "price")
    with desk.session() as session, pytest.raises(NotAllowedNow, match="nothing to publish yet"):
        reporting.write_report(session, "award-publication", tmp_path / "out.pdf")
    assert not (tmp_path / "out.pdf").exists()


def test_the_version_for_publication_names_nobody_of_the_panel(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with desk.session() as session:
        model = reporting.report_model(session)
    assert model.people
    inside = written(desk, "award", tmp_path / "file.pdf", SIGN)
    outside = written(desk, "award-publication", tmp_path / "public.pdf", SIGN)
    assert "@" not in outside
    for person in model.people:
        assert person.name not in outside
    assert any(person.name in inside for person in model.people)
    assert "Version for publication" in outside


def test_a_published_version_is_a_pdf_and_a_sign_is_a_picture(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    with desk.session() as session:
        with pytest.raises(ExchangeProblem, match=r"not written as \.docx"):
            reporting.write_report(session, "award-publication", tmp_path / "out.docx")
        with pytest.raises(UserFixable, match="neither a PNG nor an SVG"):
            reporting.write_report(session, "award", tmp_path / "out.pdf", b"GIF89a")
    assert not (tmp_path / "out.pdf").exists()


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    for kind in ("award", "award-publication"):
        first, second = tmp_path / f"{kind}-1.pdf", tmp_path / f"{kind}-2.pdf"
        written(desk, kind, first)
        written(desk, kind, second)
        assert first.read_bytes() == second.read_bytes()
