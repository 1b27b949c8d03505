"""Hidden names from the lead's side: every place is shown with its context and decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.modeltest import ModelTester

from tendereval.viewmodels import panel
from tendereval.viewmodels.panel_names import AROUND, DECISION, NameHits
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import (
    AFTER,
    BIDDERS,
    DECLARATIONS,
    RESPONSES,
    SET_UP,
    TENDER,
    Desk,
)
from tests.viewmodel.panel_desk import before_packs, done, lead_with_keys


def hidden_desk(folder: Path) -> Desk:
    """Make the small tender at stage scoring with names hidden; answers name the bidder."""
    desk = Desk(folder)
    results = [
        desk.new({**SET_UP, "Tender": (*TENDER, ("Hide bidder names", "yes"))}),
        desk.enter("published"),
        desk.take_in({"Bidders": BIDDERS, "Responses": RESPONSES}),
    ]
    desk.clock.now = AFTER
    results += [desk.enter("scoring"), desk.take_in({"Declarations": DECLARATIONS})]
    assert [result.status for result in results] == [0] * 5
    return desk


@contextmanager
def names_hidden(folder: Path) -> Iterator[tuple[SessionViewModel, NameHits]]:
    """Open it as the lead and look for names."""
    with lead_with_keys(hidden_desk(folder)) as model:
        names = panel.make(model).names
        names.on_looked(done(names.look()))
        yield model, names


def test_every_place_is_shown_with_its_context_and_waits(tmp_path: Path) -> None:
    with names_hidden(tmp_path) as (_desk, names):
        assert names.undecided == 2
        assert names.sentence == "Two places where a name stands wait for you"
        shown = [names.places.index(row, AROUND).data() for row in range(2)]
        assert shown == ["… Alder builds of oak. …", "… Birch builds of pine. …"]
        assert names.places.index(0, DECISION).data() == "△ Decide"


def test_a_name_is_left_out_or_accepted_on_record(tmp_path: Path) -> None:
    with names_hidden(tmp_path) as (desk, names):
        assert names.decide([0], redact=True)
        assert names.places.index(0, DECISION).data() == "Left out"
        assert names.undecided == 1
        assert names.decide([1], redact=False, reason="A kind of tree.")
        assert names.sentence == "Every place where a name stands is decided"
        with desk.reading() as reader:
            entry = reader.entries()[-1]
        assert (entry.kind, entry.reason) == ("names in answers decided", "A kind of tree.")


def test_all_that_wait_are_decided_at_once(tmp_path: Path) -> None:
    with names_hidden(tmp_path) as (_desk, names):
        assert names.decide_rest(redact=True)
        assert (names.undecided, names.are_open) == (0, False)
        assert not names.decide_rest(redact=True)


def test_packs_wait_for_the_decisions(tmp_path: Path) -> None:
    with lead_with_keys(hidden_desk(tmp_path)) as desk:
        view = panel.make(desk)
        assert view.must_decide_names
        view.names.on_looked(done(view.names.look()))
        assert view.must_decide_names
        view.names.decide_rest(redact=True)
        assert not view.must_decide_names


def test_revealing_needs_a_reason_and_stays(tmp_path: Path) -> None:
    with names_hidden(tmp_path) as (_desk, names):
        refused: list[object] = []
        names.refused_here.connect(refused.append)
        assert not names.reveal(" ")
        assert refused
        assert names.reveal("A site visit is needed.")
        assert not names.are_hidden
        assert names.sentence == "Evaluators see the bidders’ names"


def test_where_names_are_shown_nothing_waits(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        view = panel.make(desk)
        assert not view.must_decide_names
        assert view.names.aliases == ()


def test_the_places_are_a_sound_model(tmp_path: Path, qtmodeltester: ModelTester) -> None:
    with names_hidden(tmp_path) as (_desk, names):
        qtmodeltester.check(names.places, force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt
