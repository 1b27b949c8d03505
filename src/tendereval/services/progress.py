"""How long work reports how far it is and is asked to stop."""

from typing import Protocol

from tendereval.domain.errors import UserFixable


class Cancelled(UserFixable):
    """The person asked for the work to stop; what it had begun was taken back."""

    def __init__(self) -> None:
        super().__init__("The work was stopped as you asked.", "Start it again when you like.")


class Progress(Protocol):
    """Told how far the work is; cheap to call."""

    def step(self, done: int, total: int, label: str) -> None:
        """Note that ``done`` of ``total`` steps are behind us.

        Raises:
            Cancelled: the person asked to stop.
        """


class NullProgress:
    """Nobody is watching and nobody stops the work."""

    def step(self, done: int, total: int, label: str) -> None:
        """Take note of nothing."""
