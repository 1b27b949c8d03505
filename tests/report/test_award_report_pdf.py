"""The award report as a PDF: it conforms, is the same every time and holds every rationale."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Stage
from tendereval.reports.award_report import award_report
from tendereval.reports.pdf import write_pdf
from tests.report.pdf_reading import bookmarks, failures, page_texts, words
from tests.report.report_models import approved, at_stage, hostile, large, transport

MODELS: dict[str, Callable[[], ReportModel]] = {
    "transport": transport,
    "approved": lambda: approved(transport()),
    "set-up": lambda: at_stage(transport(), Stage.SET_UP),
    "moderation": lambda: at_stage(transport(), Stage.MODERATION),
    "one bidder": lambda: large(bidders=1, questions=3),
    "hostile": hostile,
}


@pytest.mark.parametrize("name", MODELS)
def test_the_report_conforms(name: str, tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(award_report(MODELS[name]()), path)
    assert failures(path) == []


def test_forty_bidders_and_sixty_questions_conform(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(award_report(large()), path)
    assert failures(path) == []
    found = bookmarks(path)
    assert sum(level == 0 for level, _, _ in found) == 16
    assert sum(level == 2 for level, _, _ in found) >= 2400


def test_the_same_model_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = {write_pdf(award_report(transport()), tmp_path / f"{n}.pdf") for n in range(2)}
    assert len(digests) == 1


def test_every_rationale_can_be_read_in_the_file(tmp_path: Path) -> None:
    path, model = tmp_path / "out.pdf", transport()
    write_pdf(award_report(model), path)
    text = " ".join(words(path))
    for item in model.agreed:
        assert item.rationale in text
        assert item.releasable_rationale in text
        assert all(one.text in text for one in item.explanations)
    for score in model.scores:
        assert score.rationale in text


def test_the_draft_mark_stands_on_every_page_until_approval(tmp_path: Path) -> None:
    path = tmp_path / "out.pdf"
    write_pdf(award_report(transport()), path)
    assert all("DRAFT, not yet approved" in text for text in page_texts(path))
    write_pdf(award_report(approved(transport())), path)
    assert not any("DRAFT" in text for text in page_texts(path))
