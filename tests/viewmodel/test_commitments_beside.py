"""Commitments beside an answer: offered, never filled in; told while typing; one step each."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.publicvalue.commitments import Commitment, Quote
from tendereval.services import commitments, goals
from tendereval.store import public_value
from tendereval.viewmodels.commitment_form import form_from, quote_between
from tendereval.viewmodels.commitments_beside import CommitmentsBeside
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, BEN, BIRCH, CAM, DOT, Desk, place
from tests.viewmodel.evaluator_desk import refusals, sitting
from tests.viewmodel.promises import JOBS, LOCAL, SCHOOLS, as_lead, promising, words

Q1, Q2 = place(ALDER, "Q1"), place(ALDER, "Q2")
WHOLE = {
    "who": "Site manager, for people out of work",
    "what": "Take on apprentices",
    "how_many": "12",
    "unit": "apprentices",
    "by_when": "31 March 2029",
    "evidence": "Payroll, checked by the contract manager",
}

pytestmark = pytest.mark.usefixtures("qapp")
"""Timers need a loop; one application serves every test of the run."""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return promising(tmp_path)


@pytest.fixture
def seat(desk: Desk) -> Iterator[SessionViewModel]:
    with sitting(desk) as model:
        yield model


@pytest.fixture
def beside(seat: SessionViewModel) -> CommitmentsBeside:
    return opened(seat)


def opened(seat: SessionViewModel) -> CommitmentsBeside:
    found = CommitmentsBeside(seat)
    found.open(Q2)
    return found


def fill(beside: CommitmentsBeside, **texts: str) -> None:
    for name, text in texts.items():
        beside.type(name, text)


def make(beside: CommitmentsBeside, quote: Quote, **texts: str) -> None:
    beside.begin(quote)
    fill(beside, **texts)
    assert beside.save()


def kept(seat: SessionViewModel) -> list[Commitment]:
    with seat.reading() as reader:
        return list(public_value.commitments(reader))


def typed(beside: CommitmentsBeside) -> dict[str, str]:
    return dict(beside.form.typed) if beside.form else {}


def test_what_the_words_say_is_offered_and_never_filled_in(beside: CommitmentsBeside) -> None:
    beside.begin(words(JOBS))
    assert typed(beside) == {}
    offered = {offer.words: offer for offer in beside.offers}
    assert list(offered) == [
        "How many: 12 apprentices",
        "By when: 31 March 2029",
        "What: the words as they stand",
    ]
    beside.take(offered["How many: 12 apprentices"])
    assert typed(beside) == {"how_many": "12", "unit": "apprentices"}


def test_it_says_complete_or_ambition_with_what_is_missing_while_typing(
    beside: CommitmentsBeside,
) -> None:
    told: list[str] = []
    beside.typed_changed.connect(lambda: told.append(beside.state))
    beside.begin(words(JOBS))
    assert beside.state == "△  Ambition. Missing: who, what, how many, by when, evidence."
    fill(beside, **WHOLE)
    assert told[0] == "△  Ambition. Missing: what, how many, by when, evidence."
    assert "how many" in told[2]  # a number without a unit is no number yet
    assert (told[-1], beside.is_complete) == ("✓  Complete: it can go into the contract.", True)
    beside.type("evidence", "TBC")
    assert beside.state == "△  Ambition. Missing: evidence."
    assert "What proves it is still open." in beside.notes


def test_a_promise_is_saved_as_one_step_that_can_be_taken_back_and_done_again(
    beside: CommitmentsBeside, seat: SessionViewModel, desk: Desk
) -> None:
    before = len(desk.entries())
    make(beside, words(JOBS), **WHOLE)
    (made,) = kept(seat)
    assert len(desk.entries()) == before + 1
    assert (made.quote, made.how_many, made.unit) == (words(JOBS), Fraction(12), "apprentices")
    assert beside.form is None
    assert [(row.title, row.is_complete) for row in beside.rows] == [("Take on apprentices", True)]
    assert beside.sentence == "1 commitment from this answer, 1 complete"
    seat.undo_stack.undo()
    (gone,) = beside.rows
    assert (gone.withdrawn, beside.sentence) == ("Taken back.", "")
    seat.undo_stack.redo()
    assert [row.withdrawn for row in beside.rows] == [""]


def test_three_sentences_of_one_answer(beside: CommitmentsBeside) -> None:
    make(beside, words(JOBS), **WHOLE)
    make(beside, words(SCHOOLS), what="Workshops in schools")
    make(beside, words(LOCAL))
    assert [row.is_complete for row in beside.rows] == [True, False, False]
    assert beside.sentence == "3 commitments from this answer, 1 complete"
    assert beside.rows[1].state == "△  Ambition. Missing: who, how many, by when, evidence."
    assert beside.rows[2].notes == ("“endeavour” promises an effort, not a result.",)


def test_what_is_typed_is_kept_and_comes_back_with_the_answer(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    beside.begin(words(JOBS))
    fill(beside, who="Site manager")
    beside.open(Q1)
    assert beside.form is None
    assert kept(seat) == []
    again = opened(seat)
    assert again.form is not None
    assert (again.form.quote, typed(again)) == (words(JOBS), {"who": "Site manager"})
    again.give_up()
    assert opened(seat).form is None


def test_other_words_may_be_chosen_for_the_same_new_promise(beside: CommitmentsBeside) -> None:
    beside.begin(words(SCHOOLS))
    fill(beside, who="Teacher")
    beside.begin(words(JOBS))
    assert beside.form is not None
    assert (beside.form.quote, typed(beside)) == (words(JOBS), {"who": "Teacher"})


def test_the_same_promise_elsewhere_is_shown_while_typing_and_in_the_list(
    beside: CommitmentsBeside,
) -> None:
    make(beside, words(JOBS), **WHOLE)
    beside.open(Q1)
    beside.begin(words(JOBS, f"Alder builds of oak.\n\n{JOBS}"))
    assert beside.notes[0] == "The same is promised in Q2: “Take on apprentices”."
    assert beside.save()
    beside.open(Q2)
    assert beside.rows[0].notes[0].startswith("The same is promised in Q1: “The site manager")


def test_what_cannot_be_read_is_named_and_not_saved(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    beside.begin(words(JOBS))
    fill(beside, **(WHOLE | {"how_many": "a few", "by_when": "soon"}))
    assert set(beside.problems) == {"how_many", "by_when"}
    assert not beside.save()
    assert kept(seat) == []
    assert typed(beside)["how_many"] == "a few"


def test_words_the_answer_does_not_hold_are_refused_and_the_typing_stays(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    told = refusals(seat)
    beside.begin(Quote("We will plant trees.", 0))
    fill(beside, who="Gardener")
    assert not beside.save()
    assert len(told) == 1
    assert typed(beside) == {"who": "Gardener"}


def test_a_promise_is_changed_as_one_step(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    make(beside, words(SCHOOLS), what="Workshops")
    (row,) = beside.rows
    beside.begin_change(row.commitment)
    assert typed(beside)["what"] == "Workshops"
    fill(beside, who="Teacher")
    assert beside.save()
    assert kept(seat)[0].who == "Teacher"
    seat.undo_stack.undo()
    assert kept(seat)[0].who == ""
    beside.begin_change(row.commitment)
    assert beside.save()
    assert beside.form is None


def test_new_words_end_a_change_by_recording_it(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    make(beside, words(SCHOOLS))
    beside.begin_change(beside.rows[0].commitment)
    fill(beside, who="Teacher")
    beside.begin(words(JOBS))
    assert kept(seat)[0].who == "Teacher"
    assert beside.form is not None
    assert (beside.form.commitment, typed(beside)) == ("", {})


def test_it_is_withdrawn_with_a_reason_only_and_comes_back_by_undo(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    told = refusals(seat)
    make(beside, words(LOCAL))
    ref = beside.rows[0].commitment
    assert not beside.withdraw(ref, " ")
    assert len(told) == 1
    assert beside.withdraw(ref, "It promises nothing.")
    assert beside.rows[0].state == "Withdrawn: It promises nothing."
    seat.undo_stack.undo()
    assert beside.rows[0].withdrawn == ""


def test_until_moderation_those_who_score_see_their_own_commitments_only(desk: Desk) -> None:
    for person, text in ((BEN, JOBS), (CAM, SCHOOLS)):
        with sitting(desk, person) as model:
            make(opened(model), words(text))
    with sitting(desk, BEN) as model:
        assert [row.quote.words for row in opened(model).rows] == [JOBS]
    with as_lead(desk) as model:
        assert [row.quote.words for row in opened(model).rows] == [JOBS, SCHOOLS]


def test_nothing_is_offered_to_somebody_who_does_not_read_the_answer(desk: Desk) -> None:
    with sitting(desk, DOT) as model:
        beside = opened(model)
        assert not beside.is_offered
        beside.begin(words(JOBS))
        assert beside.form is None


def test_goals_of_the_authority_are_ticked(
    desk: Desk,
) -> None:
    with as_lead(desk) as model:
        goal = goals.add_goal(model.session, goals.GoalParts("Good jobs", "Secure work for more"))
        beside = opened(model)
        beside.begin(words(JOBS))
        assert "It serves no goal of the authority" in beside.notes[-1]
        assert [field.label for field in beside.fields][-1] == "Secure work for more"
        fill(beside, **WHOLE)
        beside.type(f"goal:{goal.id}", "yes")
        assert beside.notes == ()
        assert beside.save()
        assert kept(model)[0].goals == (goal.id,)


def test_targets_set_elsewhere_stay_when_the_panel_changes_a_promise(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    make(beside, words(JOBS))
    ref = beside.rows[0].commitment
    commitments.link(seat.session, ref, (), ("8.5",))
    beside.open(Q2)
    beside.begin_change(ref)
    fill(beside, who="Site manager")
    assert beside.save()
    assert kept(seat)[0].sdg_targets == ("8.5",)


@pytest.mark.parametrize(
    ("stored", "span", "quote"),
    [
        ("One.\r\nTwo trees.", (5, 15), Quote("Two trees.", 6)),
        ("One.\rTwo trees.", (5, 15), Quote("Two trees.", 5)),
        ("One.\nTwo trees. ", (4, 16), Quote("Two trees.", 5)),
        ("🌳🌳 Two trees.", (2, 13), Quote("Two trees.", 3)),
    ],
)
def test_words_keep_their_place_whatever_line_ends_the_answer_came_with(
    stored: str, span: tuple[int, int], quote: Quote
) -> None:
    assert quote_between(stored, *span) == quote


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", "{"])
def test_a_kept_form_that_cannot_be_read_is_none(text: str | None) -> None:
    assert form_from(text) is None


def test_another_bidder_has_a_list_of_its_own(beside: CommitmentsBeside) -> None:
    make(beside, words(JOBS))
    beside.open(place(BIRCH, "Q2"))
    assert beside.rows == ()
    beside.close()
    assert (beside.place, beside.rows, beside.is_offered) == (None, (), False)


def test_who_sits_down_next_sees_nothing_of_the_one_before(
    beside: CommitmentsBeside, seat: SessionViewModel
) -> None:
    beside.begin(words(JOBS))
    fill(beside, who="Site manager")
    beside.keep()
    seat.give_back_seat()
    assert (beside.place, beside.form) == (None, None)
    beside.open(Q2)
    assert beside.form is None
    seat.take_seat(BEN)
    beside.open(Q2)
    assert typed(beside) == {"who": "Site manager"}
