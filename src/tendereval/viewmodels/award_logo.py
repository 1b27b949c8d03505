"""The authority's logo on the Award screen: which is kept, choosing another, taking it off."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tendereval.domain.authority_logo import NO_LOGO, AuthorityLogo
from tendereval.domain.stages import Act, may
from tendereval.services.authority_logo import keep_logo, logo_of, read_logo
from tendereval.services.session import Session
from tendereval.store.repository import Reader
from tendereval.viewmodels.award_state import AwardState
from tendereval.viewmodels.kinds import Kind


class LogoPart:
    """What the part shows and does."""

    def __init__(self, state: AwardState) -> None:
        self._state = state
        self._logo = NO_LOGO

    def read(self, reader: Reader) -> None:
        """Read which logo documents bear."""
        self._logo = logo_of(reader)

    @property
    def is_there(self) -> bool:
        """Whether documents bear a logo."""
        return bool(self._logo.data)

    @property
    def may_change(self) -> bool:
        """Whether it may be chosen and taken off now."""
        return may(self._state.desk.now.stage, Act.CHOOSE_LOGO)

    @property
    def words(self) -> str:
        """What the logo shows, in the lead's words."""
        return self._logo.words

    @property
    def sentence(self) -> str:
        """Which logo documents bear."""
        if not self.is_there:
            return "None. A PNG or SVG of at most 2 MB stands at the top of every document."
        name = self._logo.name or "A picture without a name"
        on_word = "" if name.lower().endswith(".png") else " Word files bear a PNG only."
        return f"{name}, at the top of every document.{on_word}"

    def choose(self, path: Path) -> bool:
        """Keep a picture in the file as the logo, with the words that are there."""
        return self._keep(lambda: AuthorityLogo(read_logo(path), self.words, path.name))

    def say(self, words: str) -> bool:
        """Say what the logo shows, for people who do not see it."""
        if not self.is_there or words.strip() == self.words:
            return False
        return self._keep(lambda: replace(self._logo, words=words))

    def remove(self) -> bool:
        """Take the logo off every document."""
        return self._keep(lambda: NO_LOGO)

    def _keep(self, made: Callable[[], AuthorityLogo]) -> bool:
        def keep(session: Session) -> None:
            keep_logo(session, made())

        return self._state.desk.did(keep, Kind.DOCUMENTS)
