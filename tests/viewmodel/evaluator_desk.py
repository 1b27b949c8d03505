"""An evaluator at the lead's laptop, at a small tender."""

from collections.abc import Iterator
from contextlib import contextmanager

from tendereval.domain.errors import UserFixable
from tendereval.domain.ids import PersonId
from tendereval.services.pins import ON_LEADS_LAPTOP
from tendereval.services.tenders import open_tender
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import AFTER, BEN, Desk, a_desk, made_once


@made_once
def undeclared(desk: Desk) -> None:
    """At stage scoring, nobody has declared anything."""
    a_desk(desk.folder, "published")
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0


@contextmanager
def sitting(desk: Desk, person: PersonId = BEN) -> Iterator[SessionViewModel]:
    """Open the file as the lead and lend the seat; refusals are gathered in ``refusals``."""
    model = SessionViewModel(open_tender(desk.file, "", desk.clock, "app"))
    model.lend_seat(person, ON_LEADS_LAPTOP)
    yield model
    model.close()


def refusals(model: SessionViewModel) -> list[UserFixable]:
    """Return a list that fills with what is refused from now on."""
    found: list[UserFixable] = []
    model.refused.connect(found.append)
    return found
