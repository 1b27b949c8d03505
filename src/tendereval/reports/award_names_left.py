"""Parts of people's names that still stand in the version for publication.

Shows them and decides nothing: a name such as Grace or Mark may be an ordinary word. Whole names
are taken out by ``award_scrub``.
"""

import re
from collections.abc import Iterator
from typing import Final

from tendereval.domain.releasable import sentence_at
from tendereval.domain.report_model import ReportModel
from tendereval.reports import outline
from tendereval.reports import wording_publication as p
from tendereval.reports.award_labels import known_names, labels
from tendereval.reports.award_scrub import Scrubber

_SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-\u2019'][^\W\d_]+)*")


def names_left(model: ReportModel, document: outline.Document) -> tuple[str, ...]:
    """Return a sentence for each part of a name that stands alone in a document.

    Args:
        model: the whole one, for the file.
        document: the version for publication.
    """
    parts = frozenset(_parts(model))
    if not parts:
        return ()
    found: dict[str, list[str]] = {}

    def heard(text: str) -> str:
        for match in _WORD.finditer(text):
            if match[0] in parts:
                found.setdefault(match[0], []).append(sentence_at(text, match.start()))
        return text

    Scrubber(heard).document(document)
    return tuple(
        p.NAME_LEFT.format(name=name, sentence=said[0])
        if len(said) == 1
        else p.NAME_LEFT_OFTEN.format(name=name, count=len(said), sentence=said[0])
        for name, said in found.items()
    )


def _parts(model: ReportModel) -> Iterator[str]:
    """Yield first and last names, without words that the report itself is full of."""
    texts = [model.details.authority, model.details.title, *labels(model).values()]
    texts += [one.name for one in model.bidders]
    ordinary = {word.casefold() for text in texts for word in _WORD.findall(text)}
    for _, name in known_names(model):
        for part in _WORD.findall(name):
            is_name = len(part) >= _SHORTEST and part[0].isupper()
            if is_name and part.casefold() not in ordinary:
                yield part
