"""An open tender and who is at work on it; every service takes one."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tendereval.domain.ids import PersonId
from tendereval.store.audit import Actor, Occasion
from tendereval.store.repository import Reader
from tendereval.store.tender_file import TenderFile
from tendereval.store.unit_of_work import Change

if TYPE_CHECKING:
    from tendereval.exchange.identity_file import Identity
    from tendereval.exchange.seal import SecretKeys

Clock = Callable[[], datetime]
"""Gives the moment, aware, on the clock of the machine."""


def _new_keys() -> "SecretKeys":
    """Make keys; what makes them is loaded only where a pack is made."""
    from tendereval.exchange import seal  # noqa: PLC0415

    return seal.new_keys()


def _nobody() -> "Identity | None":
    return None


@dataclass(frozen=True, slots=True)
class Session:
    """An open file, the person at work and the clock.

    Attributes:
        file: open; closed by leaving the session.
        actor: who, and by which way in.
        clock: the only source of time.
        identity: the person's own keys, where they are at hand.
        new_keys: the only source of new keys.
        find_identity: looks for the person's own keys without asking anybody; for what is
            signed in passing, where ``identity`` is not at hand yet.
        told: what opening the file brought to light, one sentence or two each.
    """

    file: TenderFile
    actor: Actor
    clock: Clock = field(repr=False)
    identity: "Identity | None" = field(default=None, repr=False)
    new_keys: "Callable[[], SecretKeys]" = field(default=_new_keys, repr=False)
    find_identity: "Callable[[], Identity | None]" = field(default=_nobody, repr=False)
    told: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        """Return the session."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.file.close()

    def acting_as(self, person: PersonId, via: str = "") -> "Session":
        """Return the same session with another person at work, by another way in where told."""
        return replace(self, actor=Actor(person, via or self.actor.via))

    def with_identity(self, identity: "Identity | None") -> "Session":
        """Return the same session with a person's own keys at hand."""
        return replace(self, identity=identity)

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a consistent view of the file."""
        with self.file.reading() as reader:
            yield reader

    @contextmanager
    def change(
        self,
        kind: str,
        ids: Mapping[str, str] | None = None,
        texts: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> Iterator[Change]:
        """Make one change with its audit entry.

        Args:
            kind: what is done, a past participle (``score recorded``).
            ids: which things it concerns, name to id.
            texts: SHA-256 of texts before and after.
            reason: why, where a reason is asked for.
        """
        occasion = Occasion(kind, self.actor, self.clock(), ids or {}, texts or {}, reason)
        with self.file.change(occasion) as change:
            yield change
