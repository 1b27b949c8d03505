"""An open tender at set-up with two questions, a price and a panel of three, for Set-up's tests."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from tendereval.domain.evaluation import PanelMember, Role
from tendereval.domain.ids import PersonId
from tendereval.domain.tender import CriterionKind, Method
from tendereval.services import panel, tenders
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.builders import a_criterion, a_method, a_price, a_section, a_tender_details

Clock = Callable[[], datetime]


def a_draft() -> Method:
    """Make a section with two questions, 60 of 100, and a price of 30."""
    return a_method(
        a_section("S1"),
        a_criterion("Q1", 40, parent="S1"),
        a_criterion("Q2", 20, parent="S1", kind=CriterionKind.SOCIAL_VALUE),
        a_price(30),
    )


def a_desk(
    folder: Path, clock: Clock, method: Method | None = None, *, empty: bool = False
) -> SessionViewModel:
    """Make the file and open it as the app does."""
    session = tenders.create_tender(folder / "t.tender", "Ana Ames", clock, "t-1", "app")
    if not empty:
        tenders.define_details(session, a_tender_details())
        tenders.define_method(session, method or a_draft())
        nobody = PersonId("")
        panel.add_member(session, PanelMember(nobody, Role.LEAD, ""), "Ana Ames")
        panel.add_member(session, PanelMember(nobody, Role.EVALUATOR, ""), "Ben Bell")
        panel.add_member(session, PanelMember(nobody, Role.APPROVER, ""), "Dot Dean")
    return SessionViewModel(session)
