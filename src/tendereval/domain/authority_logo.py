"""The authority's logo as documents show it; says nothing of how it is drawn."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class AuthorityLogo:
    """The authority's logo.

    Attributes:
        data: a PNG or SVG file; empty for no logo.
        words: what it shows, for people who do not see it; empty where the authority's name
            beside it says enough.
        name: of the file it came from.
    """

    data: bytes = b""
    words: str = ""
    name: str = ""


NO_LOGO: Final = AuthorityLogo()
