"""Confirmations of agreed scores on their way back: exact revisions, all of them or none."""

from dataclasses import replace
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    MissingAgreedScore,
    NotAllowedNow,
    ReasonNeeded,
    RuleRefusal,
    StaleReturn,
    UnreadablePack,
    UserFixable,
)
from tendereval.domain.packs import PackKind, ReturnBody, ReturnedConfirmation, ReturnKind
from tendereval.domain.stages import Stage
from tendereval.services import collecting, confirming, moderating
from tendereval.store import pack_recording, recording
from tendereval.store.pack_questions import PackMade
from tests.service.builders import AGREED, ALDER, BEN, BIRCH, CAM, DOT, EXPLANATIONS, PRICES, place
from tests.service.returns import PLACES, Post, a_post, kinds

Q1 = place(ALDER, "Q1")


def agreed(folder: Path) -> Post:
    """Return a tender whose panel agreed every score; Ben and Cam have the record to confirm."""
    post = a_post(folder)
    post.collect(post.returned(BEN), post.returned(CAM))
    desk = post.round.desk
    for result in (
        desk.enter("moderation"),
        desk.take_in({"Agreed": AGREED, "Explanations": EXPLANATIONS}),
    ):
        assert result.status == 0, result.err
    post.records_for(BEN, CAM)
    return post


def confirmed(post: Post, dissent: str = "") -> Path:
    """Confirm everything on Ben's laptop, but for a dissent on one, and make the return."""
    with post.at_home() as session:
        for at in PLACES:
            agrees = not (dissent and at == Q1)
            confirming.confirm(session, at, agrees=agrees, dissent="" if agrees else dissent)
    return post.returned(kind=ReturnKind.CONFIRMATION)


def words(post: Post) -> dict[str, tuple[bool, str]]:
    with post.round.desk.looking() as session, session.reading() as reader:
        return {
            f"{item.person} {item.place.criterion} {item.place.bidder}": (
                item.agrees,
                item.dissent,
            )
            for item in reader.confirmations()
        }


def test_confirmations_and_dissent_are_recorded_for_the_exact_revision(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = confirmed(post, "The joints are weak.")
    report = post.report(path)
    assert (report.kind, report.agreed) == (ReturnKind.CONFIRMATION, 3)
    assert report.dissents == ("Q1, Alder Ltd: The joints are weak.",)
    lines = "\n".join(report.in_words())
    assert "confirmation of agreed scores of Ben Bell" in lines
    assert "3 agreed scores confirmed." in lines
    assert "Dissent: Q1, Alder Ltd: The joints are weak." in lines
    done = post.collect(path)
    assert (done.scores, done.confirmations) == (0, 4)
    assert done.in_words() == "1 return collected, 4 confirmations added."
    assert kinds(post)[-1] == "confirmations collected"
    assert words(post)["p-2 Q1 b-1"] == (False, "The joints are weak.")
    assert words(post)["p-2 Q2 b-2"] == (True, "")
    assert post.faults() == ()
    assert post.collect(path).changed is False


def test_a_word_keeps_its_own_moment(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = confirmed(post)
    given = {item.place: item.recorded_at for item in post.body(path).confirmations}
    post.collect(path)
    with post.round.desk.looking() as session, session.reading() as reader:
        stands = {item.place: item.recorded_at for item in reader.confirmations()}
    assert stands == given


def test_equal_words_add_nothing(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    post.collect(confirmed(post))
    done = post.collect(post.returned(kind=ReturnKind.CONFIRMATION))
    assert (done.confirmations, done.changed) == (0, True)


def test_everybody_can_confirm_at_once(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    ben = confirmed(post)
    body = post.body(ben)
    cam = post.signed(replace(body, evaluator=CAM, head_hash=body.head_hash))
    refusal = post.report(cam).refusal
    # Cam's pack has a number of Cam's own; the head of Ben's is in the same record.
    assert refusal is None
    assert post.collect(cam, ben).confirmations == 8


def refused(post: Post, path: Path, kind: type[UserFixable]) -> str:
    before = post.file.read_bytes()
    with pytest.raises(kind) as raised:
        post.collect(path)
    assert post.file.read_bytes() == before
    return raised.value.happened


def altered(post: Post, **changed: object) -> Path:
    """Return Ben's confirmations with one of them changed."""
    body = post.body(confirmed(post))
    first, *others = body.confirmations
    assert first.place == Q1
    one: ReturnedConfirmation = replace(first, **changed)  # type: ignore[arg-type]
    return post.signed(replace(body, confirmations=(one, *others)))


def test_another_revision_stands_now(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = confirmed(post)
    rows = (AGREED[0], (*AGREED[1][:2], 5, "Better on reflection.", *AGREED[1][4:]))
    result = post.round.desk.take_in({"Agreed": rows}, "--reason", "Read again.")
    assert result.status == 0, result.err
    said = refused(post, path, RuleRefusal)
    assert "Q1, Alder Ltd: revision 1 of the agreed score was confirmed, revision 2" in said
    assert words(post) == {}


def test_a_revision_that_there_never_was(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    assert "revision 9" in refused(post, altered(post, revision=9), RuleRefusal)


def test_nothing_was_agreed_there(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = altered(post, place=place(BIRCH, "Q9"))
    assert "no agreed score to confirm" in refused(post, path, MissingAgreedScore)


def test_a_dissent_without_words(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = altered(post, agrees=False, dissent=" ")
    assert "Q1, Alder Ltd: A dissent needs its reasons" in refused(post, path, ReasonNeeded)


def test_one_answer_confirmed_twice(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    refused(post, altered(post, place=place(BIRCH, "Q1")), UnreadablePack)


def test_somebody_who_was_not_there(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    body = post.body(confirmed(post))
    pack = PackMade(DOT, 1, PackKind.RECORD, 1, "passphrase", "0" * 64, False, "shown")
    with post.round.lead() as session, session.change("pack made by hand") as change:
        pack_recording.add_pack_made(change, pack)
    foreign = replace(body, evaluator=DOT, pack=1)
    said = refused(post, post.signed(foreign), RuleRefusal)
    assert "4 things stand in the way" in said
    assert "Dot Dean was not present" in said


def test_an_older_confirmation_is_refused_and_does_not_make_scores_older(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    older = confirmed(post)
    newer = post.returned(kind=ReturnKind.CONFIRMATION)
    post.collect(newer)
    refused(post, older, StaleReturn)
    assert post.collect(older, insist="Both are the same.").confirmations == 0


def test_not_at_a_stage_that_confirms_nothing(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    path = confirmed(post)
    with post.round.lead() as session, session.change("stage entered by hand") as change:
        recording.add_stage(change, Stage.AWARD)
    refused(post, path, NotAllowedNow)


def test_a_reopened_score_is_complete_once_the_last_word_is_collected(tmp_path: Path) -> None:
    post = agreed(tmp_path)
    desk = post.round.desk
    ben, cam = confirmed(post), _by_cam(post)
    post.collect(ben, cam)
    _by_ana(post)
    result = desk.enter("price")
    assert result.status == 0, result.err
    rows = (AGREED[0], (*AGREED[1][:2], 5, "Better on reflection.", *AGREED[1][4:]))
    for result in (
        desk.take_in({"Prices": PRICES}),
        desk.take_in({"Agreed": rows}, "--reason", "Read again.", "--approver", "Dot Dean"),
    ):
        assert result.status == 0, result.err
    _by_ana(post)
    body = post.body(cam)
    for person in (CAM, BEN):
        with post.round.desk.looking() as session, session.reading() as reader:
            assert [item.order_after for item in reader.reopenings()] == [""]
        one = ReturnedConfirmation(Q1, 2, True, "", post.round.desk.clock())
        again = replace(
            body, evaluator=person, confirmations=(one,), made_at=post.round.desk.clock()
        )
        post.collect(post.signed(again))
    with post.round.desk.looking() as session, session.reading() as reader:
        (reopened,) = reader.reopenings()
    assert reopened.order_after


def _by_cam(post: Post) -> Path:
    with post.at_home(CAM) as session:
        for at in PLACES:
            confirming.confirm(session, at, agrees=True)
    return post.returned(CAM, ReturnKind.CONFIRMATION)


def _by_ana(post: Post) -> None:
    with post.round.lead() as session:
        for at in PLACES:
            moderating.confirm(session, session.actor.person, at)


def test_words_can_only_be_about_what_is_there(tmp_path: Path) -> None:
    post = agreed(tmp_path)

    def nothing(body: ReturnBody) -> ReturnBody:
        return replace(body, confirmations=())

    path = post.signed(nothing(post.body(confirmed(post))))
    assert post.collect(path).confirmations == 0
    assert collecting.Verdict.KNOWN is post.report(path).verdict
