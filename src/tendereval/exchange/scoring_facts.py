"""What a scoring workbook knows of itself on its hidden sheet: for whom, of what, which rows.

The same facts always give the same digest, which the tender's record keeps: a workbook whose
hidden sheet was edited is not the one that was written.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from tendereval.domain.bidding import Place
from tendereval.domain.evaluation import assignments
from tendereval.domain.exact import from_text, to_text
from tendereval.domain.ids import BidderId, CriterionId, LotId, PersonId
from tendereval.domain.packs import Manifest
from tendereval.domain.scale import PointRange, ScoreBand, ScoringScale

FORMAT: Final = "tendereval scoring workbook"
MAJOR: Final = 1
START, DECLARATION, SCORES, ANSWERS, SCALES, ABOUT = (
    *("Start here", "Declaration", "Scores", "Answers", "Scales"),
    "About this workbook",
)
KEY, BIDDER, LOT, REF = "Key", "Bidder", "Lot", "Ref"
QUESTION, ANSWER, SCALE, SCORE, RATIONALE = (
    *("Question", "Answer", "Scale", "Score", "Rationale"),
)
IN_FULL: Final = "In full"
NONE, SOME = "None", "I have an interest"
INTEREST, MY_INTEREST, TO_LEAD = (
    "Your interests",
    "My interest is",
    "A private question to the lead (you may leave this blank)",
)
ORGANISATION, CONCERNED = "Organisation", "Does your interest concern it?"
CANNOT_SCORE: Final = "cannot score"
PASS_WORD, FAIL_WORD = "Pass", "Fail"
_KEY_LENGTH: Final = 16
_ENCODER: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
"""Writes plain letters only, which every cell holds as they are."""


@dataclass(frozen=True, slots=True)
class BookRow:
    """One answer to be scored.

    Attributes:
        key: stands in the row's hidden cell.
        place: with the pack's code for the bidder.
        bidder: as the workbook shows it.
        scale: name of the scale.
    """

    key: str
    place: Place
    bidder: str
    scale: str


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What the hidden sheet holds.

    Attributes:
        tender: identity of the tender file.
        evaluator: for whom; ``pack`` is the number of the workbook among the person's packs.
        scales: those that rows name, by name.
        organisations: for the declaration.
    """

    tender: str
    method_version: int
    fingerprint: str
    evaluator: PersonId
    pack: int
    made_at: datetime
    rows: tuple[BookRow, ...]
    scales: Mapping[str, ScoringScale]
    organisations: tuple[str, ...]

    @property
    def text(self) -> str:
        """The facts in the one way they are written."""
        return _ENCODER.encode(
            {
                "format": FORMAT,
                "major": MAJOR,
                "tender": self.tender,
                "version": self.method_version,
                "fingerprint": self.fingerprint,
                "evaluator": self.evaluator,
                "pack": self.pack,
                "made_at": self.made_at.isoformat(),
                "rows": [_cells(row) for row in self.rows],
                "scales": {name: _scale_text(scale) for name, scale in self.scales.items()},
                "organisations": list(self.organisations),
            }
        )

    @property
    def digest(self) -> str:
        """SHA-256 (hex) of the facts."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def facts_of(manifest: Manifest) -> BookFacts:
    """Return the facts of the workbook that holds what a pack would hold, question by question."""
    method, names = manifest.version.method, {one.id: one.name for one in manifest.bidders}
    asked = [item.place for item in assignments(method, manifest.bids, (manifest.evaluator,), ())]
    if manifest.is_moderated:
        asked = [place for place in asked if place in manifest.sent_back]
    order = {row.ref: number for number, row in enumerate(method.criteria)}
    criteria = {row.ref: row for row in method.criteria}
    rows = tuple(
        BookRow(
            _key(manifest, place),
            place,
            names[place.bidder],
            method.scale_of(criteria[place.criterion]).name,
        )
        for place in sorted(asked, key=lambda one: (order[one.criterion], one.lot or ""))
    )
    named = {row.scale for row in rows}
    scales = (method.scale_of(row) for row in method.criteria if row.kind.is_judged)
    return BookFacts(
        manifest.tender,
        manifest.version.number,
        manifest.version.fingerprint,
        manifest.evaluator.person,
        manifest.number,
        manifest.made_at,
        rows,
        {scale.name: scale for scale in scales if scale.name in named},
        manifest.organisations,
    )


def _key(manifest: Manifest, place: Place) -> str:
    parts = (manifest.tender, manifest.evaluator.person, str(manifest.number), place.bidder)
    text = "\n".join((*parts, place.criterion, place.lot or ""))
    return hashlib.sha256(text.encode()).hexdigest()[:_KEY_LENGTH]


def _scale_text(scale: ScoringScale) -> list[list[list[str]]]:
    """Return the values of a scale, without their wording."""
    return [
        [[to_text(band.points), band.label] for band in scale.bands],
        [[to_text(one.lowest), to_text(one.highest), to_text(one.step)] for one in scale.ranges],
    ]


def read_facts(text: str) -> BookFacts:
    """Return the facts that a text holds.

    Raises:
        ValueError: it holds anything else; so do ``TypeError`` and ``LookupError``.
    """
    found = json.loads(text)
    if found["format"] != FORMAT or found["major"] != MAJOR:
        raise ValueError("another kind of file, or another version of it")
    facts = BookFacts(
        str(found["tender"]),
        int(found["version"]),
        str(found["fingerprint"]),
        PersonId(str(found["evaluator"])),
        int(found["pack"]),
        datetime.fromisoformat(found["made_at"]),
        tuple(_row(row) for row in found["rows"]),
        {name: _scale(name, *parts) for name, parts in found["scales"].items()},
        tuple(str(name) for name in found["organisations"]),
    )
    if facts.text != text or any(row.scale not in facts.scales for row in facts.rows):
        raise ValueError("not as it was written")
    return facts


def _cells(row: BookRow) -> tuple[str, ...]:
    place = row.place
    return (row.key, place.bidder, place.criterion, place.lot or "", row.bidder, row.scale)


def _row(cells: Sequence[str]) -> BookRow:
    key, bidder, ref, lot, name, scale = (str(cell) for cell in cells)
    place = Place(BidderId(bidder), CriterionId(ref), LotId(lot) if lot else None)
    return BookRow(key, place, name, scale)


def _scale(
    name: str, bands: Sequence[Sequence[str]], ranges: Sequence[Sequence[str]]
) -> ScoringScale:
    return ScoringScale(
        name,
        tuple(ScoreBand(_number(points), str(label)) for points, label in bands),
        tuple(PointRange(*(_number(one) for one in span)) for span in ranges),
    )


def _number(text: str) -> Fraction:
    return from_text(str(text))
