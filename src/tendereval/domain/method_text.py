"""The published method as one canonical text that a person can read, and its fingerprint."""

import unicodedata
from collections.abc import Iterator

from tendereval.domain.exact import to_text
from tendereval.domain.record import sha256_text
from tendereval.domain.scale import ScoringScale
from tendereval.domain.tender import AwardCriterion, Method


def fingerprint(method: Method) -> str:
    """Return the SHA-256 (hex) of the canonical text in UTF-8."""
    return sha256_text(canonical_text(method))


def short(digest: str) -> str:
    """Return the first eight characters of a digest in two groups, for people to compare."""
    return f"{digest[:4]} {digest[4:8]}"


def canonical_text(method: Method) -> str:
    """Write the method one way only: the same method is the same text, and no other is.

    Lines end with a line feed; text is in Unicode normal form C; numbers are exact decimals;
    criteria, bands and lots stand in published order. A line break inside a published text
    is written as it is and continued by four spaces, so no text can imitate a heading.
    """
    lines = ["Method of assessment", ""]
    lines += _general(method)
    for scale in method.scales:
        lines += ["", *_scale(scale)]
    for criterion in method.criteria:
        lines += ["", *_criterion(criterion)]
    return unicodedata.normalize("NFC", "\n".join(lines) + "\n")


def _line(name: str, value: str) -> str:
    return f"{name}: {value.replace(chr(10), chr(10) + '    ')}"


def _general(method: Method) -> Iterator[str]:
    yield _line("Award rule", method.award_rule or "not chosen")
    yield from _parameters(method.award_parameters)
    yield _line("Weights are", method.weights_are)
    yield _line("Quality marks", method.quality_marks)
    yield _line("Round marks to", _places(method.round_marks_to))
    yield _line("Round totals to", _places(method.round_totals_to))
    yield _line("Tie margin", to_text(method.tie_margin))
    yield from (_line("Tie-break", rule) for rule in method.tie_break)
    if method.close_margin is not None:
        yield _line("Close result margin", to_text(method.close_margin))
    yield _line("Bidder names hidden from evaluators", "yes" if method.hide_bidder_names else "no")
    if method.framework_places is not None:
        yield _line("Framework places", str(method.framework_places))
    if method.lot_cap is not None:
        yield _line("Most lots for one supplier", str(method.lot_cap))
    for lot in method.lots:
        yield _line(f"Lot {lot.ref}", lot.title)
        if lot.estimated_value is not None:
            yield _line("Estimated value", to_text(lot.estimated_value))


def _places(places: int | None) -> str:
    return "no rounding" if places is None else f"{places} decimal places, half up"


def _parameters(parameters: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, value in parameters:
        yield _line(f"Parameter {name}", value)


def _scale(scale: ScoringScale) -> Iterator[str]:
    yield _line("Scale", scale.name)
    for band in scale.bands:
        percent = "" if band.percent is None else f" ({to_text(band.percent)} per cent)"
        yield _line(f"Points {to_text(band.points)}{percent}", band.label)
        yield _line("Descriptor", band.descriptor)
    for span in scale.ranges:
        steps = f"{to_text(span.lowest)} to {to_text(span.highest)} step {to_text(span.step)}"
        yield _line("Points", steps)


def _criterion(row: AwardCriterion) -> Iterator[str]:
    yield _line(f"Criterion {row.ref}", row.title)
    yield _line("Kind", row.kind)
    yield from (
        _line(name, value)
        for name, value in (
            ("Under", row.parent),
            ("Lot", row.lot),
            ("Weight", None if row.weight is None else to_text(row.weight)),
            ("Scale", row.scale),
            ("Minimum", None if row.minimum is None else to_text(row.minimum)),
            ("Word limit", None if row.word_limit is None else str(row.word_limit)),
            ("Question", row.question),
            ("Guidance", row.guidance),
            ("Formula", row.formula),
            ("Model criterion", row.model_criterion),
        )
        if value
    )
    yield from (_line("Goal", goal) for goal in row.goals)
    yield from _parameters(row.parameters)
    yield from (_line(f"Sub-criterion {sub.ref}", sub.text) for sub in row.sub_criteria)


def changed_criteria(before: Method, after: Method) -> frozenset[str]:
    """Return the references whose own wording, scale, minimum or sub-criteria changed.

    A score given under the earlier version still applies to every other criterion. Weights and
    formulas do not change what a score means, so they are left out.
    """
    earlier = {row.ref: _meaning(before, row) for row in before.criteria}
    later = {row.ref: _meaning(after, row) for row in after.criteria}
    return frozenset(ref for ref in later if ref in earlier and later[ref] != earlier[ref])


def _meaning(method: Method, row: AwardCriterion) -> tuple[object, ...]:
    scale = method.scale_of(row)
    return (row.kind, row.question, row.guidance, scale, row.sub_criteria, row.lot)
