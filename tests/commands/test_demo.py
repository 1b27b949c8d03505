"""The worked example from end to end, twice."""

import json
from collections import Counter
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval import resources
from tendereval.commands.demo_laptops import APP, BY_WORKBOOK, SECOND
from tendereval.domain.packs import Disposition, ReturnKind, ReturnSource
from tendereval.domain.publicvalue.certificate_check import CertificateState
from tendereval.domain.publicvalue.certificates import Assurance
from tendereval.domain.publicvalue.living_wage import Employer, WageUse
from tendereval.domain.publicvalue.share_finding import TestState as PartnerTest
from tendereval.exchange.example import decisions_file, key_file, one_sheet, read_example
from tendereval.exchange.identity_file import read_identity
from tendereval.exchange.public_value_file import read_public_value
from tendereval.exchange.seal import WithSecrets, needs_passphrase
from tendereval.services import (
    certificates,
    contract_schedule,
    delivery,
    good_works,
    living_wage,
    opening_packs,
    tenders,
)
from tendereval.services.situation import situation
from tendereval.store import public_value
from tendereval.store.connection import FileKind
from tendereval.store.tender_file import kind_of
from tests.commands.laptops import rows_of
from tests.service.builders import Desk, Result

CASTRANE = "Castrane Facilities Group plc"
TALLOWGATE = "Tallowgate Works CIC"
PUBLIC_VALUE = ("public-value.pdf", "contract-schedule.pdf", "contract-schedule.xlsx")
DOCUMENTS = ("award-report-for-publication.pdf", "moderation-record.pdf")


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
    later = [f"contract-schedule-a-year-on.{ending}" for ending in ("pdf", "xlsx")]
    reports = [*later, "award-report.pdf", "award-report-draft.pdf", *DOCUMENTS, *PUBLIC_VALUE]
    for name in [
        *reports,
        *(f"workbooks/documents/{slug}.pdf" for slug in ("castrane", "norvane")),
    ]:
        one, two = (folder / "demo" / name for folder in folders)
        assert one.read_bytes() == two.read_bytes(), name
    _check_result(desk)
    _check_returns(desk)
    _check_laptops(folders[0] / "demo")
    _check_public_value(desk)
    _check_contract(desk)
    _check_delivery(desk, folders[0] / "demo" / "contract.tender")
    _check_tour(desk, folders[0] / "demo" / "practice.tender")


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
    # Seven documents and the draft, the schedule also as a workbook, eight files of summaries.
    assert made == 16


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


def _check_public_value(desk: Desk) -> None:
    """What the issue asks of the example; every finding read as a script would."""
    found = desk.on_file("public-value", "--json").json
    bids = {str(row["bidder"]): row for row in rows_of(found, "bids")}
    assert found["living_wage"] == {"use": "scored question", "chosen": True, "no_finding": ""}
    assert bids[CASTRANE]["pay"] == (
        "2 of 4 roles are paid below the real Living Wage; closing the gap costs £6,442.80 a year."
    )
    assert str(bids[CASTRANE]["good works"]).startswith("0.74% of the price is committed")
    assert "misses the target of 1.00%" in str(bids[CASTRANE]["good works"])
    assert bids["Norvane Cleaning Services Ltd"]["good works"] == (
        "The bid names no Good Works organisation."
    )
    first = bids[TALLOWGATE]
    assert str(first["pay"]).startswith("1 of 5 roles is paid below the real Living Wage")
    assert "lapse in the contract" in str(first["certificates"])
    assert str(first["good works"]).startswith("1.29% of the price is committed")
    assert first["commitments"] == (
        "8 of 12 commitments are complete and can go into the contract. "
        "2 are promised more than once."
    )
    flags = [flag for row in bids.values() for item in rows_of(row, "listed") for flag in _of(item)]
    vague = {flag.split("”")[0].strip("“") for flag in flags if "promises an effort" in flag}
    assert vague == {"intention", "hope", "aim"}
    _check_findings(desk)


def _of(item: dict[str, object]) -> list[str]:
    flags = item["flags"]
    assert isinstance(flags, list)
    return [str(flag) for flag in flags]


def _check_findings(desk: Desk) -> None:
    """Accredited and below; declared and offered as independent; exactly 30 per cent."""
    with desk.looking() as session, session.reading() as reader:
        now = situation(reader)
        claims, named = certificates.findings(reader, now), good_works.findings(reader, now)
        ids = {bidder.name: bidder.id for bidder in now.bidders}
        holders = certificates.living_wage_holders(reader, now)
        pay = living_wage.findings(reader, now, holders)
        history = public_value.wage_setting_history(reader)
    first = ids[TALLOWGATE]
    assert holders == {first}
    assert [row.row.employer for row in pay[first].failing] == [Employer.THIRD_PARTY]
    assert "a badge alone proves nothing about this contract" in pay[first].badge
    offered = claims[ids["Norvane Cleaning Services Ltd"]].claims
    assert [
        item.name
        for item in offered
        if item.claim.offered_as is Assurance.INDEPENDENT
        and item.assurance is Assurance.SELF_DECLARED
    ] == ["Disability Confident Committed"]
    assert any(
        item.state is CertificateState.LAPSES_IN_TERM for item in claims[ids[CASTRANE]].claims
    )
    equivalent = [
        item for item in claims[ids["Brindlow & Daughter Ltd"]].claims if item.claim.equivalent
    ]
    assert [(item.claim.accepted, item.counts) for item in equivalent] == [(False, False)]
    assert "Not accepted: It was one customer's check" in " ".join(equivalent[0].flags)
    edge = [
        (item.partner.name, item.test, item.counts)
        for item in named[first].partners
        if item.best and Fraction(item.best.disadvantaged, item.best.workforce) == Fraction(3, 10)
    ]
    assert edge == [("Wendle Print Shop", PartnerTest.MET, True)]
    assert [choice.use for choice, _, _ in history] == [WageUse.SCORED]
    assert all((history[0][0].reason, history[0][0].relevance, history[0][0].proportionality))


def _check_contract(desk: Desk) -> None:
    """The winner's complete commitments are terms, each with somebody who answers for it."""
    with desk.looking() as session, session.reading() as reader:
        (schedule,) = contract_schedule.schedules(reader, situation(reader))
    (part,) = schedule.parts
    assert (part.name, len(part.rows), len(part.ambitions)) == (TALLOWGATE, 8, 4)
    assert part.without_owner == ()
    assert [row.amount for row in part.kpis] == ["24 residents", "12 hours a week", "£4,200 a year"]


def _check_delivery(desk: Desk, contract: Path) -> None:
    """Planned, delivered, evidence, late: on a copy that is closed, the file itself is not."""
    looked = tenders.look_at_tender(contract, desk.clock, "app")
    with looked as session, session.reading() as reader:
        now = situation(reader)
        found = delivery.delivery(reader, now, "1", date(2028, 4, 28))
    assert (now.stage, desk.now().stage) == ("closed", "award")
    assert found.sentence == (
        "2 of 8 commitments are delivered in full, 1 late, 1 without evidence."
    )
    assert [row.finding.sentence for row in found.rows] == [
        "On the way.",
        "Delivered.",
        "Late.",
        "Delivered after its day.",
        "On the way, without evidence.",
        "On the way.",
        "Nothing is reported yet.",
        "Nothing is reported yet.",
    ]
    late = found.rows[2].finding
    assert [late.planned, late.delivered] == [30, 19]
    assert late.is_evidenced


def _check_tour(desk: Desk, practice: Path) -> None:
    """What the guide's tour tells people to do with the copy to practise on, and to read there."""
    tour = (resources.path("guide") / "tour.md").read_text(encoding="utf-8")
    assert "Stage: moderation" in desk.run("info", str(practice)).out
    before = _first_bid(desk, practice)
    assert f"*{before['pay']}*" in tour
    assert "prices are out of sight" in str(before["good works"])
    assert before["commitments"] == "No commitment has been made from the answers yet."
    rows = [dict(row) for row in read_example().claims.pay if row["Bidder"] == CASTRANE]
    for row in rows:
        row["Amount"] = "13.45" if row["Role"] == "Cleaning operative" else row["Amount"]
    book = one_sheet(desk.folder / "pay.xlsx", "Pay", rows)
    command = ("import", str(practice), "--from", str(book))
    assert "need a reason" in desk.run(*command).err
    assert desk.run(*command, "--reason", "Practising.").status == 0
    after = str(_first_bid(desk, practice)["pay"])
    assert after.startswith("1 of 4 roles is paid below")
    assert "£2,184.00" in after
    assert "£2,184.00" in tour
    told = practice.parent / "laptops" / "denise-abara" / "told-by-telephone.txt"
    assert f"`{told.read_text(encoding='utf-8').strip()}`" in tour
    promised = read_public_value(decisions_file("commitments")).commitments
    quoted = {item.words for item in promised if f"*{item.words}*" in tour}
    assert len(quoted) == 3


def _first_bid(desk: Desk, practice: Path) -> dict[str, object]:
    found = rows_of(desk.run("public-value", str(practice), "--json").json, "bids")
    return found[0]


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
