"""Evidence in a rationale: words of the answer, quoted, with the paragraph they came from.

Evidence stands in the text of the rationale itself, one line each, before the evaluator's own
words, so that every document prints it and nothing else needs to be kept.
"""

import re
from dataclasses import dataclass
from typing import Final

_LINE: Final = re.compile(r"“(?P<quote>[^\n]*)” \((?P<where>paragraph \d+|page \d+)\)")
_SPACES: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the answer that a score rests on.

    Attributes:
        quote: the words, on one line.
        where: ``paragraph 3`` or ``page 3``.
    """

    quote: str
    where: str

    def __str__(self) -> str:
        """Return the line as it stands in the rationale."""
        return f"“{self.quote}” ({self.where})"


def evidence_from(text: str, where: str) -> Evidence | None:
    """Return selected words as evidence; None where nothing but space was selected."""
    quote = _SPACES.sub(" ", text).strip()
    return Evidence(quote, where) if quote else None


def split_rationale(rationale: str) -> tuple[tuple[Evidence, ...], str]:
    """Return the evidence that stands at the top of a rationale, and the words after it.

    >>> split_rationale("“by bus” (paragraph 2)" + 2 * chr(10) + "Clear.")
    ((Evidence(quote='by bus', where='paragraph 2'),), 'Clear.')
    """
    found: list[Evidence] = []
    rest = rationale
    while match := _LINE.match(rest):
        end = rest.find("\n", match.end())
        if rest[match.end() : len(rest) if end < 0 else end].strip():
            break
        found.append(Evidence(match["quote"], match["where"]))
        rest = "" if end < 0 else rest[end + 1 :]
    if found:
        rest = rest.removeprefix("\n")
    return tuple(found), rest


def join_rationale(evidence: tuple[Evidence, ...], words: str) -> str:
    """Return the rationale that holds evidence and words; the counterpart of splitting."""
    if not evidence:
        return words
    lines = "\n".join(str(item) for item in evidence)
    return f"{lines}\n\n{words}" if words else lines


def paragraphs(answer: str) -> tuple[tuple[int, int], ...]:
    """Return start and length of each paragraph: every line that is not blank."""
    found, start = [], 0
    for line in answer.split("\n"):
        if line.strip():
            found.append((start, len(line)))
        start += len(line) + 1
    return tuple(found)


def paragraph_at(answer: str, position: int) -> int:
    """Return the number of the paragraph at a position, the one before where it is blank."""
    number = sum(start <= position for start, _ in paragraphs(answer))
    return max(1, number)


def find_quote(answer: str, evidence: Evidence) -> tuple[int, int] | None:
    """Return start and length of quoted words in an answer, or None where they are not in it.

    The paragraph they came from is looked at first; spaces and line ends count alike.
    """
    words = [re.escape(word) for word in evidence.quote.split()]
    if not words:
        return None
    pattern = re.compile(r"\s+".join(words))
    number = int(evidence.where.split()[-1]) if evidence.where.startswith("paragraph") else 1
    places = paragraphs(answer)
    start = places[number - 1][0] if 0 < number <= len(places) else 0
    match = pattern.search(answer, start) or pattern.search(answer)
    return (match.start(), match.end() - match.start()) if match else None
