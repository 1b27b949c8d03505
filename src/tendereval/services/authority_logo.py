"""The authority's logo: kept in the tender file, and on every document until it is removed."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from tendereval.domain.authority_logo import NO_LOGO, AuthorityLogo
from tendereval.domain.errors import FileProblem
from tendereval.domain.report_model import ReportModel
from tendereval.domain.stages import Act
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store.facts import add_fact
from tendereval.store.mapping import to_json
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

LOGO: Final = "authority logo"
_SUBJECT: Final = "tender"


def logo_of(reader: Reader) -> AuthorityLogo:
    """Return the logo that documents bear; ``NO_LOGO`` for none."""
    return reader.fact(LOGO, _SUBJECT, AuthorityLogo) or NO_LOGO


def read_logo(path: Path) -> bytes:
    """Return the content of a picture's file, whatever it is.

    Raises:
        FileProblem: it cannot be read.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileProblem(
            f"{path.name} cannot be read: {error.strerror or error}.", "Check its name."
        ) from error


def keep_logo(session: Session, logo: AuthorityLogo) -> None:
    """Put a logo on every document from now on, in place of the one before.

    Args:
        session: the open tender.
        logo: ``NO_LOGO`` takes it off again.

    Raises:
        NotAllowedNow: the tender is closed.
        RuleRefusal: by somebody who only scores.
        UserFixable: it is no picture that can be drawn, or larger than 2 MB.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.CHOOSE_LOGO)
        refuse_scorers(now, session.actor.person, "choose the logo on documents")
        earlier = logo_of(reader)
    kept = replace(logo, words=logo.words.strip()) if logo.data else NO_LOGO
    if kept.data:
        _check(kept.data)
    if kept != earlier:
        texts = before_and_after("logo", to_json(earlier), to_json(kept))
        with session.change("logo chosen" if kept.data else "logo removed", {}, texts) as change:
            add_fact(change, LOGO, _SUBJECT, kept)


def with_logo(model: ReportModel, data: bytes) -> ReportModel:
    """Return what a document is made from with another logo than the one that is kept.

    Args:
        model: of the tender.
        data: a PNG or SVG file; empty leaves the logo that is kept.

    Raises:
        UserFixable: it is no picture that can be drawn, or larger than 2 MB.
    """
    if not data:
        return model
    _check(data)
    return replace(model, logo=AuthorityLogo(data))


def _check(data: bytes) -> None:
    # Imported when a picture is looked at: nothing waits for it before.
    from tendereval.reports.logos import check_logo  # noqa: PLC0415

    check_logo(data)
