"""Commitments made on an evaluator's laptop come with the return; nothing made here is lost."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    NotTheirs,
    RuleRefusal,
    UnknownReference,
    UnreadablePack,
    UserFixable,
)
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Alias, ReturnBody, ReturnKind, receipt_text
from tendereval.domain.publicvalue.commitment_rules import Parts
from tendereval.domain.publicvalue.commitments import Commitment, Quote
from tendereval.services import collecting, commitments, goals, panel, removing, returning
from tendereval.services.collecting_report import Verdict
from tendereval.store import pack_recording, public_value
from tests.service.builders import ALDER, BEN, BIRCH, place
from tests.service.returns import Post, a_post

Q2 = place(ALDER, "Q2")
WORDS = Quote("Two apprentices", 0)


def promised(post: Post, parts: Parts | None = None, words: Quote = WORDS) -> Commitment:
    """Make a commitment on Ben's laptop."""
    with post.at_home() as session:
        return commitments.make(session, Q2, words, parts)


def rewritten(post: Post, ref: str, parts: Parts) -> None:
    """Change a commitment on Ben's laptop."""
    with post.at_home() as session:
        commitments.edit(session, ref, parts)


def standing(post: Post) -> tuple[Commitment, ...]:
    with post.round.desk.looking() as session, session.reading() as reader:
        return public_value.commitments(reader)


def notes(post: Post, path: Path) -> tuple[str, ...]:
    report = post.report(path)
    assert report.refusal is None, report.refusal
    return report.notes


def test_a_commitment_travels_with_the_scores(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    made = promised(post, Parts(who="Foreman", how_many=Fraction(2), unit="apprentices"))
    path = post.returned()
    assert notes(post, path) == ("1 commitment: 1 new, 0 changed, 0 the same.",)
    assert standing(post) == ()
    done = post.collect(path)
    assert standing(post) == (made,)
    assert done.commitments == 1
    assert "1 commitment added or changed" in done.in_words()
    assert post.report(path).verdict is Verdict.KNOWN
    assert post.faults() == ()


def test_the_next_return_brings_what_changed_and_what_was_withdrawn(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    first, second = promised(post), promised(post, words=Quote("apprentices", 4))
    post.collect(post.returned())
    rewritten(post, first.id, Parts(who="Foreman"))
    with post.at_home() as session:
        commitments.withdraw(session, second.id, "Claimed twice.")
    path = post.returned()
    assert notes(post, path) == ("2 commitments: 0 new, 2 changed, 0 the same.",)
    post.collect(path)
    assert standing(post) == (
        replace(first, who="Foreman"),
        replace(second, withdrawn="Claimed twice."),
    )
    again = post.returned()
    assert notes(post, again) == ("2 commitments: 0 new, 0 changed, 2 the same.",)


def test_what_the_lead_completed_since_stays(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    made = promised(post)
    post.collect(post.returned())
    with post.round.lead() as session:
        commitments.edit(session, made.id, Parts(who="Director"))
    untouched = post.returned()
    assert notes(post, untouched) == ("1 commitment: 0 new, 0 changed, 1 the same.",)
    post.collect(untouched)
    rewritten(post, made.id, Parts(who="Foreman"))
    path = post.returned()
    assert notes(post, path) == (
        "1 commitment: 0 new, 0 changed, 0 the same.",
        "1 commitment differs from what was changed here since; what stands here stays.",
    )
    post.collect(path)
    assert [item.who for item in standing(post)] == ["Director"]


def test_goals_and_owner_chosen_by_the_lead_stay_when_the_evaluator_goes_on(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    made = promised(post)
    post.collect(post.returned())
    with post.round.lead() as session:
        goal = goals.add_goal(session, goals.GoalParts("Skills", "All in work"))
        commitments.link(session, made.id, [goal.id], ())
    rewritten(post, made.id, Parts(who="Foreman"))
    post.collect(post.returned())
    assert standing(post) == (replace(made, who="Foreman", goals=("g-1",)),)


def test_goals_chosen_on_the_evaluators_laptop_travel_and_can_be_changed_there(
    tmp_path: Path,
) -> None:
    """The pack brings the authority's goals; a later one brings those that were added since."""
    post = a_post(tmp_path)
    with post.round.lead() as session:
        for outcome in ("All in work", "Clean air"):
            goals.add_goal(session, goals.GoalParts("The town", outcome))
    post.round.send([BEN])
    with post.at_home() as session, session.reading() as reader:
        assert [item.outcome for item in goals.goals(reader)] == ["All in work", "Clean air"]
    made = promised(post, Parts(goals=("g-1",)))
    post.collect(post.returned())
    assert [item.goals for item in standing(post)] == [("g-1",)]
    rewritten(post, made.id, Parts(goals=("g-2",)))
    path = post.returned()
    assert notes(post, path) == ("1 commitment: 0 new, 1 changed, 0 the same.",)
    post.collect(path)
    assert [item.goals for item in standing(post)] == [("g-2",)]
    with post.round.lead() as session:
        goals.remove_goal(session, "g-2", "Reached.")
    post.round.send([BEN])
    with post.at_home() as session, session.reading() as reader:
        assert [item.outcome for item in goals.goals(reader)] == ["All in work"]


def test_the_same_change_on_both_sides_is_the_same(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    made = promised(post)
    post.collect(post.returned())
    for session in (post.round.lead(), post.at_home()):
        with session:
            commitments.edit(session, made.id, Parts(who="Foreman"))
    assert notes(post, post.returned()) == ("1 commitment: 0 new, 0 changed, 1 the same.",)


def test_two_returns_looked_at_together_count_one_after_the_other(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    made = promised(post)
    first = post.returned()
    rewritten(post, made.id, Parts(who="Foreman"))
    second = post.returned()
    found = post.look(first, second)
    assert [report.notes[0] for report in found.reports] == [
        "1 commitment: 1 new, 0 changed, 0 the same.",
        "1 commitment: 0 new, 1 changed, 0 the same.",
    ]
    with post.round.lead() as session:
        assert collecting.collect(session, found).commitments == 2
    assert [item.who for item in standing(post)] == ["Foreman"]


def test_a_promise_returned_after_answers_were_read_is_not_taken_in(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    promised(post)
    path = post.returned()
    post.round.desk.sql("UPDATE stage_change SET stage = 'price' WHERE stage = 'scoring'")
    assert notes(post, path)[-1] == (
        "1 commitment comes after answers were read and is not taken in; the return is kept."
    )
    post.collect(path)
    assert standing(post) == ()


def test_where_names_are_hidden_a_promise_comes_back_to_its_bidder(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    alias = Alias(ALDER, "B")
    with post.round.lead() as session, session.change("aliases given by hand") as change:
        pack_recording.add_aliases(change, (alias,))
    post.collect(post.altered(with_one(place=replace(Q2, bidder=alias.code))))
    assert [item.place for item in standing(post)] == [Q2]


def with_one(**changes: object) -> Callable[[ReturnBody], ReturnBody]:
    """Return what makes a return hold one commitment that is altered so."""

    def changed(body: ReturnBody) -> ReturnBody:
        item = replace(Commitment("c-p-2-00ff00ff-1", Q2, WORDS), **changes)  # type: ignore[arg-type]  # a test's freedom
        return replace(body, commitments=(item,))

    return changed


def twice(body: ReturnBody) -> ReturnBody:
    return replace(body, commitments=2 * with_one()(body).commitments)


def two_wrong(body: ReturnBody) -> ReturnBody:
    (item,) = with_one(sdg_targets=("8.15",))(body).commitments
    return replace(body, commitments=(item, replace(item, id="c-p-2-00ff00ff-2")))


@pytest.mark.parametrize(
    ("change", "refusal", "words"),
    [
        (twice, UnreadablePack, "not of one working file"),
        (with_one(id="c-1"), UnreadablePack, "not of one working file"),
        (with_one(id="c-p-3-00ff00ff-1"), UnreadablePack, "not of one working file"),
        (with_one(place=place(BidderId("b-9"), "Q2")), UnknownReference, "names a bidder 'b-9'"),
        (with_one(place=place(ALDER, "Q9")), NotTheirs, "is not asked to score this"),
        (with_one(quote=Quote("Nine", 0)), RuleRefusal, "the answer does not say “Nine”"),
        (with_one(how_many=Fraction(-1)), RuleRefusal, "is below zero"),
        (with_one(sdg_targets=("8.15",)), UnknownReference, "Goal 8 has no target 8.15"),
        (with_one(goals=("g-1",)), UnknownReference, "a goal that the tender does not have"),
        (two_wrong, UnknownReference, "2 things stand in the way"),
    ],
)
def test_a_return_whose_commitments_cannot_be_is_refused_whole(
    tmp_path: Path,
    change: Callable[[ReturnBody], ReturnBody],
    refusal: type[UserFixable],
    words: str,
) -> None:
    post = a_post(tmp_path)
    report = post.report(post.altered(change))
    assert isinstance(report.refusal, refusal)
    assert words in str(report.refusal)


def test_an_answer_that_is_not_there_promises_nothing(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    promised(post)
    path = post.returned()
    post.round.desk.sql("DELETE FROM response WHERE bidder = 'b-1'")
    refusal = post.report(path).refusal
    assert isinstance(refusal, UnknownReference)
    assert "There is no answer: Q2, Alder Ltd." in refusal.happened


@pytest.mark.parametrize("kind", [ReturnKind.DECLARATION, ReturnKind.CONFIRMATION])
def test_other_returns_hold_no_commitments(tmp_path: Path, kind: ReturnKind) -> None:
    post = a_post(tmp_path)

    def other(body: ReturnBody) -> ReturnBody:
        return replace(with_one()(body), kind=kind, scores=())

    refusal = post.report(post.altered(other)).refusal
    assert isinstance(refusal, UnreadablePack)
    assert "what a return of its kind never holds" in refusal.happened


def test_a_declaration_alone_brings_no_commitments(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    promised(post)
    assert post.body(post.returned(BEN, ReturnKind.DECLARATION)).commitments == ()


def test_what_is_no_longer_assigned_stays_at_home(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    promised(post)
    with post.round.lead() as session:
        panel.leave(session, BEN, "Ill.")
    with post.at_home() as session:
        commitments.make(session, place(BIRCH, "Q2"), Quote("Four", 0))
    assert len(post.body(post.returned()).commitments) == 2


def test_a_working_file_with_a_promise_not_yet_returned_is_not_removed(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    (receipt,) = post.collect(post.returned()).receipts
    with post.at_home() as session:
        returning.take_receipt(session, receipt_text(receipt))
        assert removing.may_be_removed(session)
    promised(post)
    with post.at_home() as session:
        assert not removing.may_be_removed(session)
