"""The lead at the small tender with an award decision, and everything read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tendereval.domain.award import ApprovalOutcome
from tendereval.services.progress import NullProgress
from tendereval.viewmodels import award
from tendereval.viewmodels.award import AwardViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import BIRCH, DOT
from tests.viewmodel.lead_desk import at_stage


def read(view: AwardViewModel) -> None:
    """Read summaries, sending and dates as the screen's job does."""
    view.take(view.reading()(NullProgress()))


def decide(view: AwardViewModel, *, approved: bool = True) -> None:
    """Recommend the best tender, and let the approver say so."""
    assert view.decide((BIRCH,), "Best by the method.")
    if approved:
        day = view.day_of(view.today)
        assert day is not None
        assert view.approve(DOT, "Director", ApprovalOutcome.APPROVES, day, "")


@contextmanager
def awarded(
    folder: Path, *, approved: bool = True
) -> Iterator[tuple[SessionViewModel, AwardViewModel]]:
    """Open the small tender at stage award, decided."""
    with at_stage(folder, "award") as desk:
        view = award.make(desk)
        decide(view, approved=approved)
        read(view)
        yield desk, view
