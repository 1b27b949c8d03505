"""The lead at a small tender, and at one of 40 bidders and 60 questions."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tendereval.domain.errors import UserFixable
from tendereval.services.tenders import open_tender
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import (
    AFTER,
    CONFIRMED,
    CRITERIA,
    DECLARATIONS,
    EVERYBODY,
    EXPLANATIONS,
    HEAD_AGREED,
    PANEL,
    PRICES,
    RESPONSES,
    SCORES,
    SET_UP,
    TENDER,
    Desk,
    Result,
    a_desk,
)
from tests.service.builders import BIDDERS as BIDDERS_OF_TWO

BIDDERS = tuple(f"Bidder number {number:02} and Partners Ltd" for number in range(1, 41))
QUESTIONS = tuple(f"Q{number}" for number in range(1, 61))


@contextmanager
def leading(desk: Desk) -> Iterator[SessionViewModel]:
    """Open the file as the lead."""
    model = SessionViewModel(open_tender(desk.file, "", desk.clock, "app"))
    yield model
    model.close()


@contextmanager
def at_stage(folder: Path, stage: str) -> Iterator[SessionViewModel]:
    """Open the small tender at a stage."""
    with leading(a_desk(folder, stage)) as model:
        yield model


def refusals(model: SessionViewModel) -> list[UserFixable]:
    """Return a list that fills with what is refused from now on."""
    found: list[UserFixable] = []
    model.refused.connect(found.append)
    return found


def wanted(model: SessionViewModel) -> list[tuple[str, object]]:
    """Return a list that fills with the places asked for from now on."""
    found: list[tuple[str, object]] = []
    model.place_wanted.connect(lambda name, what: found.append((name, what)))
    return found


def a_framework(folder: Path) -> Desk:
    """Make the small tender a framework with two places, at stage award."""
    desk = Desk(folder)
    steps: tuple[Callable[[], Result], ...] = (
        lambda: desk.new({**SET_UP, "Tender": (*TENDER, ("Framework places", 2))}),
        lambda: desk.enter("published"),
        lambda: desk.take_in({"Bidders": BIDDERS_OF_TWO, "Responses": RESPONSES}),
        lambda: desk.enter("scoring"),
        lambda: desk.take_in({"Declarations": DECLARATIONS}),
        lambda: desk.take_in({"Scores": SCORES}),
        lambda: desk.enter("moderation"),
        lambda: desk.take_in({"Agreed": CONFIRMED, "Explanations": EXPLANATIONS}),
        lambda: desk.enter("price"),
        lambda: desk.take_in({"Prices": PRICES}),
        lambda: desk.enter("award"),
    )
    for number, step in enumerate(steps):
        desk.clock.now = max(desk.clock.now, AFTER) if number > 2 else desk.clock.now
        result = step()
        assert result.status == 0, result.err
    return desk


def a_large_desk(folder: Path) -> Desk:
    """Make 40 bidders and 60 questions, at stage price with prices."""
    desk = Desk(folder)
    content, desk.clock.now = _large()
    desk.file.write_bytes(content)
    return desk


@cache
def _large() -> tuple[bytes, datetime]:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder))
        for result in _way(desk):
            assert result.status == 0, result.err
        return desk.file.read_bytes(), desk.clock.now


def _way(desk: Desk) -> Iterator[Result]:
    title = "a title of some length, as questions have"
    asked = [(ref, f"{ref}: {title}", "quality", 1, "0-5", "?", None) for ref in QUESTIONS]
    price = ("PRICE", "Price", "price", 40, None, None, "lowest over price")
    yield desk.new({"Tender": TENDER, "Criteria": (CRITERIA[0], *asked, price), "Panel": PANEL})
    yield desk.enter("published")
    bidders = [(name, str(at), "1 High Street", "a@b.example") for at, name in enumerate(BIDDERS)]
    yield desk.take_in({"Bidders": (("Bidder", "Identifier", "Address", "Email"), *bidders)})
    desk.clock.now = AFTER
    yield desk.enter("scoring")
    yield desk.take_in({"Declarations": DECLARATIONS})
    yield desk.enter("moderation", "--reason", "Scored on paper.")
    agreed = [
        (name, ref, (at + number) % 6, "Good.", "Good.", EVERYBODY, EVERYBODY)
        for at, name in enumerate(BIDDERS)
        for number, ref in enumerate(QUESTIONS)
    ]
    yield desk.take_in({"Agreed": (HEAD_AGREED, *agreed)})
    yield desk.enter("price")
    prices = [(name, 1000 + at) for at, name in enumerate(BIDDERS)]
    yield desk.take_in({"Prices": (("Bidder", "Price"), *prices)})
