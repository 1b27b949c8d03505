"""A small tender at stage scoring whose answers hold promises."""

from contextlib import AbstractContextManager

from tendereval.domain.publicvalue.commitments import Quote
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import (
    AFTER,
    ANA,
    BIDDERS,
    DECLARATIONS,
    RESPONSES,
    SET_UP,
    Desk,
    Rows,
    made_once,
)
from tests.viewmodel.evaluator_desk import sitting

JOBS = "The site manager will take on 12 apprentices by 31 March 2029."
SCHOOLS = "We will run four workshops a year in schools."
LOCAL = "We will endeavour to buy locally."
PROMISES = f"{JOBS} {SCHOOLS}\n\n{LOCAL}"
WORKBOOK: Rows = (
    RESPONSES[0],
    ("Alder Ltd", "Q1", f"Alder builds of oak.\n\n{JOBS}"),
    ("Alder Ltd", "Q2", PROMISES),
    ("Birch Ltd", "Q1", "Birch builds of pine."),
    ("Birch Ltd", "Q2", "Four apprentices."),
)


@made_once
def promising(desk: Desk) -> None:
    """Bring a desk to stage scoring, everybody declared."""
    results = [
        desk.new(SET_UP),
        desk.enter("published"),
        desk.take_in({"Bidders": BIDDERS, "Responses": WORKBOOK}),
    ]
    desk.clock.now = AFTER
    results += [desk.enter("scoring"), desk.take_in({"Declarations": DECLARATIONS})]
    assert [result.err for result in results if result.status] == []


def words(text: str, answer: str = PROMISES) -> Quote:
    """Return words where they stand in an answer."""
    return Quote(text, answer.index(text))


def as_lead(desk: Desk) -> AbstractContextManager[SessionViewModel]:
    """Sit at the file as the lead."""
    return sitting(desk, ANA)
