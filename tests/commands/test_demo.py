"""The worked example from end to end, twice."""

import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.commands.demo_laptops import APP, BY_WORKBOOK, SECOND
from tendereval.domain.packs import Disposition, ReturnKind, ReturnSource
from tendereval.exchange.example import key_file, read_example
from tendereval.exchange.identity_file import read_identity
from tendereval.exchange.seal import WithSecrets, needs_passphrase
from tendereval.services import opening_packs
from tendereval.store.connection import FileKind
from tendereval.store.tender_file import kind_of
from tests.service.builders import Desk, Result

CASTRANE = "Castrane Facilities Group plc"


def run(folder: Path) -> tuple[Result, Desk]:
    desk = Desk(folder)
    done = desk.run("demo", str(folder / "demo"))
    (folder / "demo" / "harrowmere-cleaning.tender").rename(desk.file)
    return done, desk


def test_the_example_runs_to_its_end_and_twice_alike(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    (first, desk), (second, other) = (run(folder) for folder in folders)
    assert (first.status, first.err, second.status) == (0, "", 0)
    assert desk.entries() == other.entries()
    reports = ["award-report.pdf", "award-report-draft.pdf"]
    for name in [
        *reports,
        *(f"workbooks/documents/{slug}.pdf" for slug in ("castrane", "norvane")),
    ]:
        one, two = (folder / "demo" / name for folder in folders)
        assert one.read_bytes() == two.read_bytes(), name
    _check_result(desk)
    _check_returns(desk)
    _check_laptops(folders[0] / "demo")


def _check_returns(desk: Desk) -> None:
    """Everybody's scores came back from a laptop of their own; all that is signed is genuine."""
    found = desk.on_file("check", "--json").json
    assert (found["signed_returns"], found["ok"]) == (12, True)
    with desk.looking() as session, session.reading() as reader:
        returns, packs = reader.collected(), reader.packs_made()
        made = len(reader.documents_made())
    kinds = Counter((item.kind, item.source) for item in returns)
    assert kinds == {
        (ReturnKind.DECLARATION, ReturnSource.SIGNED): 4,
        (ReturnKind.SCORES, ReturnSource.SIGNED): 4,
        (ReturnKind.SCORES, ReturnSource.WORKBOOK): 1,
        (ReturnKind.CONFIRMATION, ReturnSource.SIGNED): 4,
    }
    assert all(item.complete for item in returns if item.kind is not ReturnKind.DECLARATION)
    assert all(item.disposition is Disposition.MERGED for item in returns)
    ways = Counter(item.sealed_to[:4] for item in packs)
    assert (ways["pass"], ways["work"], ways["age1"]) == (1, 1, 15)
    assert made == 3


def _check_laptops(folder: Path) -> None:
    """Each evaluator's laptop is a folder, and holds nothing of a bidder they were removed for."""
    laptops = {path.name for path in (folder / "laptops").iterdir()}
    assert laptops == {*APP, SECOND, BY_WORKBOOK}
    for slug in APP:
        place = folder / "laptops" / slug
        assert kind_of(place / f"{slug}.scoring") is FileKind.SCORING
        key = WithSecrets((read_identity(place / f"{slug}.key").keys.secret,))
        packs = [*place.glob("*.scorepack"), *place.glob("*.record")]
        opened = [opening_packs.look_at_pack(pack, key) for pack in packs if _is_sealed_to(pack)]
        assert len(opened) >= 3
        for pack in opened:
            assert {item.evaluator.person for item in opened} == {pack.evaluator.person}
            named = {bidder.name for bidder in pack.bidders}
            assert (slug == "gareth-pym") <= ("Brindlow & Daughter Ltd" not in named)


def _is_sealed_to(pack: Path) -> bool:
    return not needs_passphrase(pack)


def _check_result(desk: Desk) -> None:
    """The table of resources/example/README.md."""
    assert desk.now().stage == "award"
    assert desk.totals() == {
        "Tallowgate Works CIC": "82.07",
        CASTRANE: "80.80",
        "Brindlow & Daughter Ltd": "79.94",
    }
    out = desk.on_file("rank").out
    assert "Not ranked: Norvane Cleaning Services Ltd (disqualified)" in out
    assert "Not ranked: Quillmoor Site Services Ltd (withdrawn)" in out
    assert "1.27 apart" in out
    checked = desk.on_file("check", "--json").json
    assert (checked["ok"], checked["totals_recomputed"]) == (True, 3)
    kept = json.dumps([str(entry) for entry in desk.entries()])
    for row in read_example().tender.panel:
        assert str(row["Email"]) not in kept
        assert str(row["Name"]) not in kept


def test_the_example_is_not_written_over_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("Mine.", encoding="utf-8")
    desk = Desk(tmp_path)
    assert "not empty" in desk.run("demo", str(tmp_path)).err
    assert desk.run("demo", str(tmp_path / "mine.txt")).status == 1
    assert desk.run("demo", str(tmp_path / "mine.txt" / "in")).status == 1
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("places", [2])
def test_plain_averages_would_put_another_bidder_first(places: int) -> None:
    """Individual scores averaged, Norvane in or out: Castrane first, by at least a mark."""
    example = read_example()
    rows = example.tender.criteria
    weights = {str(row["Ref"]): Fraction(str(row["Weight"])) for row in rows if row.get("Scale")}
    given: dict[tuple[str, str], list[Fraction]] = {}
    for scores in example.scores.values():
        for row in scores:
            if str(row["Ref"]) in weights:
                points = Fraction(str(row["Score"]))
                given.setdefault((str(row["Bidder"]), str(row["Ref"])), []).append(points)
    prices = {str(row["Bidder"]): Fraction(str(row["Price"])) for row in example.tender.prices}
    bidders = {bidder for bidder, _ in given}
    lowest = min(prices[bidder] for bidder in bidders)
    totals = {
        bidder: 30 * lowest / prices[bidder]
        + sum(
            weight * sum(given[bidder, ref]) / len(given[bidder, ref]) / 5
            for ref, weight in weights.items()
        )
        for bidder in bidders
    }
    assert sum(weights.values()) == 70
    assert max(totals, key=lambda bidder: totals[bidder]) == CASTRANE
    assert round(totals[CASTRANE], places) > round(totals["Tallowgate Works CIC"], places)


def test_the_keys_of_the_example_are_its_peoples() -> None:
    people = {str(row["Name"]): str(row["Email"]) for row in read_example().tender.panel}
    found = [read_identity(path) for path in key_file("tender").parent.glob("*.key")]
    owners = {item.name: item.email for item in found if item.email}
    assert len(found) == 7
    assert owners.items() <= people.items()
    assert len({item.keys.public.signing for item in found}) == len(found)
