"""The built-in scales, in the product's own words; a tender's published wording overrides them."""

import tomllib
from collections.abc import Mapping
from functools import cache

from tendereval import resources
from tendereval.domain.errors import Bug
from tendereval.domain.exact import from_text
from tendereval.domain.scale import ScoreBand, ScoringScale


@cache
def built_in_scales() -> tuple[ScoringScale, ...]:
    """Return the built-in scales in the order in which they are offered."""
    with resources.path("scales/scales.toml").open("rb") as stream:
        content = tomllib.load(stream)
    return tuple(
        ScoringScale(str(scale["name"]), tuple(_band(band) for band in scale["band"]))
        for scale in content["scale"]
    )


def built_in_scale(name: str) -> ScoringScale | None:
    """Return the built-in scale of this name, compared trimmed and without case, or None."""
    wanted = name.strip().casefold().replace("\N{EN DASH}", "-").replace(" ", "")
    found = (scale for scale in built_in_scales() if scale.name == wanted)
    return next(found, None)


def _band(band: Mapping[str, str]) -> ScoreBand:
    percent = band.get("percent")
    points = from_text(band["points"])
    if points < 0 or not band["descriptor"]:
        raise Bug(f"a built-in scale has a band that cannot be: {band}")
    share = from_text(percent) if percent is not None else None
    return ScoreBand(points, band["label"], band["descriptor"], share)
