"""The stages of a tender and what each allows; enforced by the services, kept by a table here."""

from enum import StrEnum

from tendereval.domain.errors import NotAllowedNow, ReasonNeeded


class Stage(StrEnum):
    """Where the tender is; order is the order of the work."""

    SET_UP = "set-up"
    PUBLISHED = "published"
    SCORING = "scoring"
    MODERATION = "moderation"
    PRICE = "price"
    AWARD = "award"
    CLOSED = "closed"

    @property
    def position(self) -> int:
        """0 for the first stage."""
        return list(Stage).index(self)

    @property
    def following(self) -> "Stage | None":
        """The next stage; None after the last."""
        stages = list(Stage)
        return stages[self.position + 1] if self.position + 1 < len(stages) else None


class Act(StrEnum):
    """Something a person may do to a tender; the value completes "you cannot …"."""

    EDIT_METHOD = "edit the method as a draft"
    AMEND_METHOD = "publish an amended method"
    REFINE_METHOD = "refine the method"
    CORRECT_METHOD = "correct a transcription of the method"
    EDIT_DETAILS = "change the tender's details"
    EDIT_BIDS = "add or change bidders, answers and documents"
    SET_STATUS = "change the status of a bid"
    CLARIFY = "record a clarification"
    CHANGE_PANEL = "change the panel"
    DECLARE = "record a declaration of interests"
    SCORE = "record individual scores"
    AGREE = "record agreed scores"
    CONFIRM = "confirm agreed scores"
    SEND_BACK = "send a response back to its evaluators"
    REOPEN_AGREED = "reopen an agreed score"
    ENTER_PRICES = "enter prices"
    RANK = "see prices, totals or a ranking"
    DECIDE_AWARD = "record the award decision"
    APPROVE = "record an approval"
    CHOOSE_WAGE_USE = "choose the use of the living wage check"
    RECORD_EVIDENCE = "record what a bid shows of public value"
    IMPORT_DATA = "import newer data"
    CHOOSE_LOGO = "choose the logo on documents"
    MAKE_COMMITMENT = "make a commitment from an answer"
    COMPLETE_COMMITMENT = "change or withdraw a commitment"
    SET_GOALS = "set goals or key performance indicators"
    NAME_OWNER = "name who answers for a commitment"
    RECORD_DELIVERY = "record what was delivered"
    PREPARE_SUMMARIES = "prepare or send assessment summaries"
    RECORD_DATES = "record the days of notice and contract"


_S = Stage
_ALLOWED: dict[Act, frozenset[Stage]] = {
    Act.EDIT_METHOD: frozenset({_S.SET_UP}),
    Act.AMEND_METHOD: frozenset({_S.PUBLISHED}),
    Act.REFINE_METHOD: frozenset({_S.PUBLISHED, _S.SCORING}),
    Act.CORRECT_METHOD: frozenset({_S.PUBLISHED, _S.SCORING, _S.MODERATION}),
    Act.EDIT_DETAILS: frozenset({_S.SET_UP, _S.PUBLISHED}),
    Act.EDIT_BIDS: frozenset({_S.SET_UP, _S.PUBLISHED}),
    Act.SET_STATUS: frozenset({_S.SET_UP, _S.PUBLISHED, _S.SCORING, _S.MODERATION, _S.PRICE}),
    Act.CLARIFY: frozenset({_S.SCORING, _S.MODERATION, _S.PRICE}),
    Act.CHANGE_PANEL: frozenset(
        {_S.SET_UP, _S.PUBLISHED, _S.SCORING, _S.MODERATION, _S.PRICE, _S.AWARD}
    ),
    Act.DECLARE: frozenset(
        {_S.SET_UP, _S.PUBLISHED, _S.SCORING, _S.MODERATION, _S.PRICE, _S.AWARD}
    ),
    Act.SCORE: frozenset({_S.SCORING, _S.MODERATION}),
    Act.AGREE: frozenset({_S.MODERATION}),
    Act.CONFIRM: frozenset({_S.MODERATION, _S.PRICE}),
    Act.SEND_BACK: frozenset({_S.MODERATION}),
    Act.REOPEN_AGREED: frozenset({_S.PRICE}),
    Act.ENTER_PRICES: frozenset({_S.SET_UP, _S.PUBLISHED, _S.SCORING, _S.MODERATION, _S.PRICE}),
    Act.RANK: frozenset({_S.PRICE, _S.AWARD, _S.CLOSED}),
    Act.DECIDE_AWARD: frozenset({_S.AWARD}),
    Act.APPROVE: frozenset({_S.AWARD}),
    Act.CHOOSE_WAGE_USE: frozenset(set(Stage) - {_S.CLOSED}),
    Act.RECORD_EVIDENCE: frozenset(set(Stage) - {_S.CLOSED}),
    Act.IMPORT_DATA: frozenset(set(Stage) - {_S.CLOSED}),
    Act.CHOOSE_LOGO: frozenset(set(Stage) - {_S.CLOSED}),
    Act.MAKE_COMMITMENT: frozenset({_S.SCORING, _S.MODERATION}),
    Act.COMPLETE_COMMITMENT: frozenset({_S.SCORING, _S.MODERATION, _S.PRICE, _S.AWARD}),
    Act.SET_GOALS: frozenset(set(Stage) - {_S.CLOSED}),
    Act.NAME_OWNER: frozenset({_S.AWARD, _S.CLOSED}),
    Act.RECORD_DELIVERY: frozenset({_S.CLOSED}),
    Act.PREPARE_SUMMARIES: frozenset({_S.AWARD, _S.CLOSED}),
    Act.RECORD_DATES: frozenset({_S.AWARD, _S.CLOSED}),
}


def may(stage: Stage, act: Act) -> bool:
    """Whether the stage allows the act at all; an act may have conditions of its own.

    Individual scores at stage ``moderation`` are such a case: only for a response that was
    sent back.
    """
    return stage in _ALLOWED[act]


def require(stage: Stage, act: Act) -> None:
    """Refuse an act that the stage does not allow.

    Raises:
        NotAllowedNow: names the stages that do allow it.
    """
    if may(stage, act):
        return
    allowed = " or ".join(repr(str(one)) for one in Stage if one in _ALLOWED[act])
    raise NotAllowedNow(
        f"At stage {str(stage)!r} you cannot {act}.", f"That is possible at stage {allowed}."
    )


def check_step(now: Stage, to: Stage, reason: str) -> None:
    """Refuse a change of stage that skips one, goes nowhere, or goes back without a reason.

    Raises:
        NotAllowedNow: the stages in between were not passed.
        ReasonNeeded: going back without saying why.
    """
    if to is now:
        raise NotAllowedNow(f"The tender is at stage {str(now)!r} already.", "Choose another.")
    if to.position > now.position + 1:
        raise NotAllowedNow(
            f"Stage {str(to)!r} does not follow {str(now)!r}.",
            f"The next stage is {str(now.following)!r}.",
        )
    if to.position < now.position and not reason.strip():
        raise ReasonNeeded(
            f"Going back from {str(now)!r} to {str(to)!r} needs a reason.", "Say why; it is kept."
        )
