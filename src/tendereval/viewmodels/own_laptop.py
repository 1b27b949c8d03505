"""An evaluator's own working file as screens ask about it: the packs that it was made from."""

from datetime import datetime

from tendereval.domain.packs import Manifest, PackKind
from tendereval.services import working_files
from tendereval.viewmodels.session_view_model import SessionViewModel


def is_own(desk: SessionViewModel) -> bool:
    """Whether the open file is an evaluator's working file, not a seat at the lead's laptop."""
    return working_files.is_working_file(desk.session)


def newest(desk: SessionViewModel, kind: PackKind | None = None) -> Manifest | None:
    """Return the newest pack, where there is one of a kind the newest of that kind.

    None in a lead's file.
    """
    if not is_own(desk):
        return None
    with desk.reading() as reader:
        return working_files.newest_pack(working_files.packs_of(reader), kind)


def day(at: datetime) -> str:
    """Return a day as people write it (``Friday 27 November 2026``)."""
    here = at.astimezone()
    return f"{here:%A} {here.day} {here:%B %Y}"


def moment(at: datetime) -> str:
    """Return a day and a time (``27 November 2026 at 14:02``)."""
    here = at.astimezone()
    return f"{here.day} {here:%B %Y} at {here:%H:%M}"
