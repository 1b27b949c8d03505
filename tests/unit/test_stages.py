"""What each stage allows, act by act, and how stages follow one another."""

import pytest

from tendereval.domain.errors import NotAllowedNow, ReasonNeeded
from tendereval.domain.stages import Act, Stage, check_step, may, require

LETTERS = dict(zip("upsmrac", Stage, strict=True))
"""u set-up, p published, s scoring, m moderation, r price, a award, c closed."""

TABLE = {
    Act.EDIT_METHOD: "u",
    Act.AMEND_METHOD: "p",
    Act.REFINE_METHOD: "ps",
    Act.CORRECT_METHOD: "psm",
    Act.EDIT_DETAILS: "up",
    Act.EDIT_BIDS: "up",
    Act.SET_STATUS: "upsmr",
    Act.CLARIFY: "smr",
    Act.CHANGE_PANEL: "upsmra",
    Act.DECLARE: "upsmra",
    Act.SCORE: "sm",
    Act.AGREE: "m",
    Act.CONFIRM: "mr",
    Act.SEND_BACK: "m",
    Act.REOPEN_AGREED: "r",
    Act.ENTER_PRICES: "upsmr",
    Act.RANK: "rac",
    Act.DECIDE_AWARD: "a",
    Act.APPROVE: "a",
    Act.CHOOSE_WAGE_USE: "upsmra",
    Act.RECORD_EVIDENCE: "upsmra",
    Act.IMPORT_DATA: "upsmra",
    Act.CHOOSE_LOGO: "upsmra",
    Act.MAKE_COMMITMENT: "sm",
    Act.COMPLETE_COMMITMENT: "smra",
    Act.SET_GOALS: "upsmra",
    Act.NAME_OWNER: "ac",
    Act.RECORD_DELIVERY: "c",
    Act.PREPARE_SUMMARIES: "ac",
    Act.RECORD_DATES: "ac",
}


@pytest.mark.parametrize("act", Act)
def test_each_act_at_each_stage(act: Act) -> None:
    allowed = {stage for stage in Stage if may(stage, act)}
    assert allowed == {LETTERS[letter] for letter in TABLE[act]}


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("stage", Stage)
def test_what_is_not_allowed_is_refused_and_says_where_it_is(stage: Stage, act: Act) -> None:
    if may(stage, act):
        require(stage, act)
        return
    with pytest.raises(NotAllowedNow) as caught:
        require(stage, act)
    assert act.value in caught.value.happened
    assert all(repr(LETTERS[letter].value) in caught.value.do for letter in TABLE[act])


def test_stages_are_in_the_order_of_the_work() -> None:
    assert [stage.position for stage in Stage] == list(range(7))
    assert [stage.following for stage in Stage] == [*list(Stage)[1:], None]


@pytest.mark.parametrize("stage", list(Stage)[:-1])
def test_the_next_stage_follows_without_a_reason(stage: Stage) -> None:
    following = stage.following
    assert following is not None
    check_step(stage, following, "")


def test_a_stage_is_not_skipped_even_with_a_reason() -> None:
    with pytest.raises(NotAllowedNow, match="The next stage is 'published'"):
        check_step(Stage.SET_UP, Stage.SCORING, "We are late.")


def test_the_stage_it_is_at_is_not_a_step() -> None:
    with pytest.raises(NotAllowedNow, match="already"):
        check_step(Stage.PRICE, Stage.PRICE, "Again.")


def test_going_back_needs_a_reason() -> None:
    with pytest.raises(ReasonNeeded):
        check_step(Stage.PRICE, Stage.MODERATION, "  ")
    check_step(Stage.PRICE, Stage.SET_UP, "The notice was withdrawn.")
