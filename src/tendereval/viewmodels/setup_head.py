"""The sentences over Set-up, and which part of it mends a gap; no rule is decided here."""

from collections.abc import Sequence
from typing import NamedTuple

from tendereval.domain.tender import Method, VersionKind
from tendereval.domain.weights import weight_problems
from tendereval.services.situation import Situation

_DETAILS = {
    "reference": "reference",
    "title": "title",
    "contracting authority": "authority",
    "regime": "regime",
    "procedure": "procedure",
    "tender deadline": "deadline",
}
_ACTS = {
    VersionKind.AMENDMENT: "an amendment",
    VersionKind.REFINEMENT: "a refinement",
    VersionKind.MODIFICATION: "a modification",
    VersionKind.CORRECTION: "a transcription correction",
}

_PUBLIC = ("The living wage check ", "Living wage: ", "Social value: ", "Social value has ")
"""How sentences about public value begin."""


class Target(NamedTuple):
    """A part of Set-up and what to show there (a reference or a field's name)."""

    part: str
    what: str = ""


def act_words(kind: VersionKind) -> str:
    """Return a kind of change with its article (``an amendment``)."""
    return _ACTS.get(kind, str(kind))


def head_sentence(now: Situation, amending: VersionKind | None, gaps: Sequence[str]) -> str:
    """Say where the set-up stands in one sentence."""
    if amending is not None:
        return f"You are preparing {act_words(amending)} of version {now.version_number}"
    if now.stage.position > 0 and now.versions:
        version = now.versions[-1]
        on = f"{version.recorded_at.day} {version.recorded_at:%B %Y}"
        return f"The method was published on {on} as version {version.number}"
    if not now.method.criteria and not now.details.title:
        return "A new tender: say what it is and how it will be assessed"
    if gaps:
        number = "one thing is" if len(gaps) == 1 else f"{len(gaps)} things are"
        return f"Before the method can be published, {number} missing"
    if any(weight_problems(now.method)):
        return "Nothing is missing, but the weights do not add up"
    return "The method is complete and can be published"


def gap_words(gaps: Sequence[str]) -> tuple[str, ...]:
    """Return the gaps as the domain tells them, no sentence twice."""
    return tuple(dict.fromkeys(gaps))


def target_of(gap: str, method: Method) -> Target:
    """Return the part of Set-up that mends a gap or a warning."""
    for words, name in _DETAILS.items():
        if gap == f"The tender has no {words}.":
            return Target("details", name)
    if gap.startswith(_PUBLIC):
        return Target("public")
    for row in method.criteria:
        if _names(gap, row.ref):
            about_scale = gap.startswith(f"The scale “{row.scale}” of {row.ref}")
            return Target("scales", row.scale or "") if about_scale else Target("criteria", row.ref)
    return _part_of(gap)


def _part_of(gap: str) -> Target:
    if "tie-break" in gap or "award rule" in gap or gap.startswith("“") or "relative" in gap:
        return Target("rules")
    if gap.startswith("The scale "):
        return Target("scales", gap.partition("“")[2].partition("”")[0])
    if gap.startswith("The tender has no lot") or "comes more than once" in gap:
        return Target("lots")
    return Target("criteria")


def _names(gap: str, ref: str) -> bool:
    words = gap.replace(",", " ").replace(";", " ").rstrip(".").split()
    return ref in words and "tie-break" not in gap
