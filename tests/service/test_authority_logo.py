"""The authority's logo: kept in the file, on every document by default, taken off again."""

from pathlib import Path

import pytest

from tendereval.domain.authority_logo import NO_LOGO, AuthorityLogo
from tendereval.domain.errors import FileProblem, NotAllowedNow, RuleRefusal, UserFixable
from tendereval.reports.award_report import award_report
from tendereval.reports.commitments_schedule import commitments_schedule
from tendereval.reports.moderation_record import moderation_record
from tendereval.reports.outline import Document, Logo
from tendereval.reports.public_value_report import public_value_report
from tendereval.reports.summary_report import letterhead, summary_report
from tendereval.services import summaries
from tendereval.services.authority_logo import keep_logo, logo_of, read_logo, with_logo
from tendereval.services.reporting import preview_report, report_model, write_report
from tendereval.services.session import Session
from tests.report.pdf_reading import failures
from tests.report.test_logos import png
from tests.service.builders import ALDER, BEN, a_desk
from tests.service.test_summaries import at_award

SHIP = AuthorityLogo(png(), "  A ship under sail ", "ship.png")


def kept(session: Session) -> AuthorityLogo:
    with session.reading() as reader:
        return logo_of(reader)


def in_words(document: Document) -> list[str]:
    blocks = (*document.cover, *document.blocks)
    return [block.alternative for block in blocks if isinstance(block, Logo)]


def test_every_document_bears_the_logo_that_is_kept_until_it_is_removed(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        for logo, told in ((SHIP, ["A ship under sail"]), (NO_LOGO, [])):
            keep_logo(session, logo)
            model = report_model(session)
            summary = summary_report(summaries.summary(session, "1", ALDER), letterhead(model))
            makers = (award_report, moderation_record, public_value_report, commitments_schedule)
            assert in_words(summary) == told
            assert [in_words(make(model)) for make in makers] == [told] * len(makers)


def test_a_file_with_a_logo_gives_the_same_bytes_again_and_shows_it_in_previews(
    tmp_path: Path,
) -> None:
    with at_award(tmp_path) as session:
        keep_logo(session, SHIP)
        paths = [write_report(session, "award", tmp_path / f"{at}.pdf") for at in range(2)]
        assert failures(paths[0]) == []
        assert paths[0].read_bytes() == paths[1].read_bytes()
        assert preview_report(session, "award", tmp_path) == paths[0].read_bytes()


def test_a_logo_given_for_one_document_goes_before_the_one_that_is_kept(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        keep_logo(session, SHIP)
        other = png("L")
        model = report_model(session)
        assert with_logo(model, other).logo == AuthorityLogo(other)
        assert with_logo(model, b"") is model
        assert kept(session).data == SHIP.data


def test_choosing_the_same_logo_again_leaves_no_entry(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        keep_logo(session, SHIP)
        with session.reading() as reader:
            before = reader.head()
        keep_logo(session, SHIP)
        with session.reading() as reader:
            assert reader.head() == before
            assert list(reader.entries())[-1].kind == "logo chosen"


@pytest.mark.parametrize("data", [b"GIF89a", b"\x89PNG\r\n\x1a\n", bytes(2_000_001)])
def test_what_cannot_be_drawn_is_not_kept(tmp_path: Path, data: bytes) -> None:
    with at_award(tmp_path) as session:
        keep_logo(session, SHIP)
        with pytest.raises(UserFixable, match=r"picture|PNG"):
            keep_logo(session, AuthorityLogo(data))
        assert kept(session).name == "ship.png"


def test_whoever_only_scores_chooses_no_logo(tmp_path: Path) -> None:
    with at_award(tmp_path) as session, pytest.raises(RuleRefusal, match="Ben Bell"):
        keep_logo(session.acting_as(BEN), SHIP)


def test_a_closed_tender_keeps_the_logo_it_has(tmp_path: Path) -> None:
    with a_desk(tmp_path, "closed").session() as session, pytest.raises(NotAllowedNow):
        keep_logo(session, SHIP)


def test_a_picture_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"none\.png cannot be read"):
        read_logo(tmp_path / "none.png")
