"""Initials of the people in one room; two people never share them."""

from collections.abc import Sequence


def initials(names: Sequence[str]) -> tuple[str, ...]:
    """Return initials for each name, in order; a number tells apart those who share theirs.

    >>> initials(["Llŷr Hughes", "Lena Hall", "Community member 1", "Jo"])
    ('LH', 'LH2', 'C1', 'JO')
    """
    found: list[str] = []
    for name in names:
        short, number = _short(name), 2
        chosen = short
        while chosen in found:
            chosen, number = f"{short}{number}", number + 1
        found.append(chosen)
    return tuple(found)


def _short(name: str) -> str:
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    if len(words) == 1:
        return words[0][:2].upper()
    last = words[-1] if words[-1].isdecimal() else words[-1][0]
    return (words[0][0] + last).upper()
