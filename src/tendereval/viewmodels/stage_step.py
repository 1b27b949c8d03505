"""Going to the next stage, or back to an earlier one, with what that needs and does."""

from typing import Final

from PySide6.QtCore import QObject

from tendereval.domain.stages import Stage
from tendereval.services import staging
from tendereval.viewmodels.session_view_model import SessionViewModel

_EFFECTS: Final = {
    Stage.SET_UP: "",
    Stage.PUBLISHED: "The method becomes version 1 with a fingerprint that stands on every "
    "document. It can be amended only until the tender deadline.",
    Stage.SCORING: "Answers and documents are locked as they are, and evaluators may score.",
    Stage.MODERATION: "Individual scores are kept as they are. The panel compares them and "
    "agrees one score for each response.",
    Stage.PRICE: "Agreed scores are closed, prices are opened, and the ranking can be seen. "
    "The record says so.",
    Stage.AWARD: "The ranking is closed, and the decision can be recorded.",
    Stage.CLOSED: "The decision stands. Nothing of the evaluation can be changed any more.",
}
_VERBS: Final = {
    Stage.PUBLISHED: "Publish the method",
    Stage.SCORING: "Lock the answers and start scoring",
    Stage.MODERATION: "Start moderation",
    Stage.PRICE: "Open prices and ranking",
    Stage.AWARD: "Go to the award",
    Stage.CLOSED: "Close the tender",
}


class StageStepViewModel(QObject):
    """The step from where the tender stands to another stage."""

    def __init__(self, desk: SessionViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.report = staging.stage_report(desk.session)

    @property
    def following(self) -> Stage | None:
        """The next stage; None at the last."""
        return self.report.following

    @property
    def missing(self) -> tuple[str, ...]:
        """What the next stage still needs, in the order to mend it."""
        return self.report.missing

    @property
    def may_go_without(self) -> bool:
        """Whether a reason can stand for what is missing: moderation without every score."""
        return self.following is Stage.MODERATION and bool(self.missing)

    @property
    def verb(self) -> str:
        """What the button says."""
        return _VERBS.get(self.following, "") if self.following else ""

    @property
    def effect(self) -> str:
        """What entering the next stage does."""
        return _EFFECTS[self.following] if self.following else ""

    @property
    def earlier(self) -> tuple[Stage, ...]:
        """The stages to go back to, the last one first."""
        return tuple(reversed(list(Stage)[: self.report.stage.position]))

    def go(self, to: Stage, reason: str = "") -> bool:
        """Enter a stage; what was refused is said by the desk."""
        done = self._desk.did(lambda session: staging.change_stage(session, to, reason.strip()))
        if done:
            self._desk.forget_undo()
        return done
