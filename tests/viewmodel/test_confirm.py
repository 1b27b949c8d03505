"""Confirming agreed scores on one's own laptop: item by item, dissent in own words, returned."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tendereval.domain.packs import ReturnKind, receipt_text
from tendereval.services.progress import NullProgress
from tendereval.services.receipts import take_receipt
from tendereval.viewmodels.confirm import ConfirmViewModel, Word
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BIRCH, place
from tests.service.packs import a_receipt, a_record, an_agreed_score, body_of
from tests.viewmodel.evaluator_desk import refusals
from tests.viewmodel.evaluator_laptop import at_home

PLACES = (place(ALDER, "Q1"), place(ALDER, "Q2"), place(BIRCH, "Q1"))


@pytest.fixture
def home(tmp_path: Path) -> Iterator[SessionViewModel]:
    record = a_record(1, *(an_agreed_score(at) for at in PLACES))
    with at_home(tmp_path, record, declared=False) as model:
        yield model


@pytest.fixture
def view(home: SessionViewModel) -> ConfirmViewModel:
    return ConfirmViewModel(home, home)


def stands(view: ConfirmViewModel) -> tuple[bool, bool, bool]:
    """Whether all is answered, returned, and something still awaited."""
    return view.is_answered, view.is_returned, view.is_awaited


def returned(view: ConfirmViewModel, path: Path) -> Path:
    job = view.writing.writing(path, ReturnKind.CONFIRMATION, "", "", part=False)
    view.writing.take(job(NullProgress()))
    return path


def test_a_working_file_without_a_record_asks_for_nothing(tmp_path: Path) -> None:
    with at_home(tmp_path) as home:
        view = ConfirmViewModel(home, home)
        assert not view.has_record
        assert not view.is_awaited
        assert view.item is None
        assert not view.confirm()
        assert not view.is_dissenting


def test_each_agreed_score_stands_with_its_reasons(view: ConfirmViewModel) -> None:
    item = view.item
    assert item is not None
    assert (item.bidder, item.figure, item.word) == ("Alder Ltd", "3", Word.OPEN)
    assert item.rationale == "The panel on Q1, revision 1."
    assert item.releasable == "Sound."
    assert item.over.startswith("Q1")
    assert "not answered yet" in item.words
    assert view.done_line == "0 of 3 answered"
    assert view.lead == "Ana Ames"


def test_confirming_goes_on_to_the_next_that_is_open(view: ConfirmViewModel) -> None:
    heard: list[str] = []
    view.item_changed.connect(lambda: heard.append("item"))
    assert view.confirm()
    assert heard == ["item"]
    item = view.item
    assert item is not None
    assert item.place == PLACES[1]
    assert view.move(1)
    assert view.confirm()
    item = view.item
    assert item is not None
    assert item.place == PLACES[1]
    assert view.answered == 2
    assert not view.move(-9)


def test_a_dissent_needs_words_and_they_are_kept_while_typed(
    home: SessionViewModel, view: ConfirmViewModel
) -> None:
    found = refusals(home)
    assert not view.dissent("  ")
    assert len(found) == 1
    view.type_dissent("It is worth")
    view.move(1)
    assert view.typed_dissent == ""
    view.move(-1)
    assert view.typed_dissent == "It is worth"
    assert ConfirmViewModel(home, home).typed_dissent == "It is worth"
    assert view.dissent("It is worth a four. ")
    view.go_to(PLACES[0])
    item = view.item
    assert item is not None
    assert (item.word, item.dissent) == (Word.DISSENT, "It is worth a four.")
    assert view.confirm()
    assert view.answered == 1


def test_a_dissent_that_is_begun_is_open_where_it_was_left(view: ConfirmViewModel) -> None:
    view.type_dissent("It is worth")
    assert view.is_dissenting


def test_words_go_back_signed_and_then_stay(
    home: SessionViewModel, view: ConfirmViewModel, tmp_path: Path
) -> None:
    found = refusals(home)
    view.confirm()
    view.dissent("Too high.")
    view.confirm()
    assert stands(view) == (True, False, True)
    assert view.end_sentence == "You have answered every agreed score"
    assert view.end_words.startswith("2 confirmed, 1 dissent.")
    body = body_of(returned(view, tmp_path / "words.scores"))
    assert (body.kind, body.complete, body.declaration) == (ReturnKind.CONFIRMATION, True, None)
    assert sorted(word.agrees for word in body.confirmations) == [False, True, True]
    assert stands(view) == (True, True, False)
    assert view.end_sentence == "You have returned your word on every agreed score"
    view.go_to(PLACES[0])
    assert not view.dissent("On second thoughts.")
    assert "returned already" in found[-1].happened


def test_the_receipt_of_the_words_is_shown(
    home: SessionViewModel, view: ConfirmViewModel, tmp_path: Path
) -> None:
    for _place in PLACES:
        view.confirm()
    returned(view, tmp_path / "words.scores")
    with home.reading() as reader:
        made = reader.returns_made()[-1]
    take_receipt(home.session, receipt_text(a_receipt(made.sha256)))
    home.announce(EVERYTHING)
    assert view.end_sentence == "Ana Ames has your word on every agreed score"
    assert "no dissents" in view.end_words
