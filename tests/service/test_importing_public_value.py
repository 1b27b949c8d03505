"""Pay, certificates and partners by workbook: whole or not at all, and what each stage takes."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificates import Claim
from tendereval.domain.publicvalue.good_works_share import Partner
from tendereval.domain.publicvalue.living_wage import PayRow
from tendereval.domain.record import sha256_text
from tendereval.exchange.public_value_data import bundled
from tendereval.services import certificates, good_works
from tendereval.services.situation import situation
from tendereval.store import public_value
from tendereval.store.public_value import DataPack
from tests.service.builders import (
    ALDER,
    BIDDERS,
    BIRCH,
    FINISHED,
    PRICES,
    SET_UP,
    Book,
    Desk,
    Rows,
    a_desk,
)

PAY: Rows = (
    ("Bidder", "Role", "Employer", "Place", "Basis", "Amount", "Hours", "Heads"),
    ("Alder Ltd", "Cleaner", "direct", "UK", "hour", "13.45", "37.5", 2),
    ("Alder Ltd", "Cook", "third party", "London", "hour", "14.80", 20, 1),
    ("Birch Ltd", "Cleaner", "direct", "UK", "year", 30000, 40, 3),
)
CERTIFICATES: Rows = (
    ("Bidder", "Certificate", "Level", "Number", "Issued", "Ends", "Scope", "Evidence"),
    (
        *("Alder Ltd", "lwf", "accredited", "LW-7", "1 May 2026", "30 April 2027", "All"),
        "certificate.pdf",
    ),
    ("Birch Ltd", "Good Business Charter", "", "G-8", "1 May 2026", "", "All", "list.pdf"),
)
PARTNERS: Rows = (
    (
        *("Bidder", "Partner", "Category", "Amount", "Purpose", "Includes VAT"),
        *("Organisation workforce", "Organisation disadvantaged", "Evidence"),
    ),
    (
        *("Alder Ltd", "Orchard Works", "supported employment provider", 16, "yes", "no"),
        *(10, 3, "Accounts"),
    ),
    ("Alder Ltd", "Elm CIC", "social enterprise", 4, "yes", "no", "", "", ""),
)
SHEETS: dict[str, Book] = {
    "Pay": {"Pay": PAY},
    "Certificates": {"Certificates": CERTIFICATES},
    "Partners": {"Partners": PARTNERS},
}
ALL: Book = {"Pay": PAY, "Certificates": CERTIFICATES, "Partners": PARTNERS}
BROUGHT = {"roles": 3, "certificates": 2, "partners": 2}
Kept = tuple[tuple[PayRow, ...], tuple[Claim, ...], tuple[Partner, ...]]


def kept(desk: Desk, bidder: BidderId = ALDER) -> Kept:
    with desk.looking() as session, session.reading() as reader:
        return (
            public_value.pay_schedules(reader).get(bidder, ()),
            public_value.claims(reader).get(bidder, ()),
            public_value.partners(reader).get(bidder, ()),
        )


def other(sheet: str) -> Book:
    """Return a sheet with one row that differs, and only it."""
    rows = SHEETS[sheet][sheet]
    column = {"Pay": 5, "Certificates": 6, "Partners": 3}[sheet]
    value = "Two sites" if sheet == "Certificates" else 12
    first = rows[1]
    return {sheet: (rows[0], (*first[:column], value, *first[column + 1 :]))}


def test_a_new_tender_takes_the_sheets_with_the_bids(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    done = desk.new({**SET_UP, "Bidders": BIDDERS, **ALL}, "--json")
    assert (done.status, done.err) == (0, "")
    assert {name: done.json["brought"][name] for name in BROUGHT} == BROUGHT  # type: ignore[index,call-overload]
    pay, claims, partners = kept(desk)
    assert [row.role for row in pay] == ["Cleaner", "Cook"]
    assert [(row.scheme, row.number) for row in claims] == [("lwf", "LW-7")]
    assert [row.name for row in partners] == ["Orchard Works", "Elm CIC"]
    assert [len(part) for part in kept(desk, BIRCH)] == [1, 1, 0]


LOTS: Book = {"Lots": (("Lot",), ("North",), ("South",))}
OF_LOTS: Book = {**LOTS, "Bidders": (("Bidder", "Lots"), ("Alder Ltd", ""), ("Birch Ltd", "South"))}


def in_lots(*rows: tuple[str, str, str, str]) -> Book:
    """Return the sheet of partners with bidder, partner, share and lot."""
    head = ("Bidder", "Partner", "Share", "Lot", "Category", "Purpose")
    return {"Partners": (head, *((*row, "charity", "yes") for row in rows))}


def test_partners_of_lots_come_with_the_bids_that_they_belong_to(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = in_lots(
        ("Alder Ltd", "Elm CIC", "2%", "North"),
        ("Alder Ltd", "Elm CIC", "1%", "South"),
        ("Birch Ltd", "Elm CIC", "1%", ""),
    )
    done = desk.new({**SET_UP, **OF_LOTS, **rows})
    assert (done.status, done.err) == (0, "")
    assert [one.lot for one in kept(desk)[2]] == ["North", "South"]
    assert [one.lot for one in kept(desk, BIRCH)[2]] == [None]


def test_a_lot_that_the_bidder_does_not_bid_for_is_named_with_its_cell(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    rows = in_lots(("Birch Ltd", "Elm CIC", "1%", ""), ("Birch Ltd", "Ash", "1%", "North"))
    done = desk.new({**SET_UP, **OF_LOTS, **rows})
    assert done.status == 1
    assert (
        "Partners, row 3, column Lot: The bidder does not bid for lot North. Write a lot that it "
        "bids for, or nothing for all of them together."
    ) in done.err


def test_an_evaluation_made_elsewhere_brings_them_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    done = desk.new({**FINISHED, **ALL})
    assert (done.status, done.err) == (0, "")
    with desk.looking() as session, session.reading() as reader:
        found = good_works.finding_for(reader, situation(reader), ALDER)
    assert [found.price, found.committed, found.evidenced] == [1600, 20, 16]
    assert found.share == Fraction(1, 80)


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("stage", ["published", "scoring", "scored", "agreed", "priced", "award"])
def test_what_a_bid_shows_is_recorded_at_every_stage_but_the_last(
    stage: str, sheet: str, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, stage)
    done = desk.take_in(SHEETS[sheet])
    assert (done.status, done.err) == (0, "")
    assert any(kept(desk))


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_closed_tender_takes_none_of_them(sheet: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "closed")
    before = desk.file.read_bytes()
    done = desk.take_in(SHEETS[sheet], "--reason", "Late.")
    assert done.status == 1
    assert "At stage 'closed' you cannot record what a bid shows of public value" in done.err
    assert desk.file.read_bytes() == before


@pytest.mark.parametrize("sheet", SHEETS)
def test_until_scoring_begins_rows_are_replaced_without_a_reason(
    sheet: str, tmp_path: Path
) -> None:
    desk = a_desk(tmp_path, "published")
    desk.take_in(SHEETS[sheet])
    done = desk.take_in(other(sheet))
    assert (done.status, done.err) == (0, "")


@pytest.mark.parametrize("sheet", SHEETS)
def test_afterwards_what_stands_is_replaced_with_a_reason_only(sheet: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    assert desk.take_in(SHEETS[sheet]).status == 0
    before, first = desk.file.read_bytes(), kept(desk)
    done = desk.take_in(other(sheet))
    assert done.status == 1
    assert (
        f"{sheet}, row 2: What stands of Alder Ltd differs; other rows need a reason." in done.err
    )
    assert desk.file.read_bytes() == before
    assert desk.take_in(other(sheet), "--reason", "Clarified on 4 March.").status == 0
    assert kept(desk) != first
    assert desk.entries()[-1].reason == "Clarified on 4 March."


def test_a_bidders_rows_replace_that_bidders_rows_as_one_and_nobody_elses(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    desk.take_in(ALL)
    birch = kept(desk, BIRCH)
    done = desk.take_in({"Pay": (PAY[0], (*PAY[1][:5], "13.50", *PAY[1][6:]))}, "--json")
    assert [(row.role, row.amount) for row in kept(desk)[0]] == [("Cleaner", Fraction("13.5"))]
    assert done.json["brought"] == {"roles": 1}
    assert done.json["notes"] == ["Pay, Alder Ltd: 2 earlier rows give way."]
    assert kept(desk, BIRCH) == birch


def test_a_row_that_is_only_left_out_is_new_too(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    desk.take_in(ALL)
    done = desk.take_in({"Partners": PARTNERS[:2]}, "--json")
    assert done.json["brought"] == {"partners": 1}
    assert done.json["notes"] == ["Partners, Alder Ltd: 1 earlier row gives way."]
    assert len(kept(desk)[2]) == 1


@pytest.mark.parametrize("stage", ["published", "priced", "award"])
def test_what_is_in_it_already_changes_no_byte(stage: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, stage)
    desk.take_in(ALL)
    before = desk.file.read_bytes()
    turned: Book = {name: (rows[0], *reversed(rows[1:])) for name, rows in ALL.items()}
    for book in (ALL, turned):
        done = desk.take_in(book)
        assert (done.status, done.err) == (0, "")
        assert "Nothing in it is new." in done.out
        assert desk.file.read_bytes() == before


def test_a_dry_run_says_what_is_new_and_changes_no_byte(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    before = desk.file.read_bytes()
    done = desk.take_in(ALL, "--dry-run", "--json")
    assert done.json["brought"] == BROUGHT
    assert desk.file.read_bytes() == before


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_bad_row_keeps_the_rest_of_the_workbook_out(sheet: str, tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    before = desk.file.read_bytes()
    rows = SHEETS[sheet][sheet]
    bad: Rows = (*rows, ("Alder Ltd", "", "Nobody"))
    done = desk.take_in({**ALL, "Responses": (("Bidder", "Ref", "Response"),), sheet: bad})
    assert done.status == 1
    assert f"{sheet}, row {len(bad)}" in done.err
    assert desk.file.read_bytes() == before


def test_another_sheet_that_is_refused_keeps_them_out(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    before = desk.file.read_bytes()
    late: Rows = (("Bidder", "Ref", "Response"), ("Alder Ltd", "Q1", "Oak, and late."))
    assert desk.take_in({**ALL, "Responses": late}).status == 1
    assert desk.file.read_bytes() == before


def test_every_bidder_whose_rows_stand_is_named_at_once(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "scoring")
    desk.take_in(ALL)
    dearer: Rows = (
        PAY[0],
        ("Alder Ltd", "Cleaner", "direct", "UK", "hour", 20, 40, 1),
        ("Birch Ltd", "Cleaner", "direct", "UK", "hour", 21, 40, 3),
    )
    done = desk.take_in({"Pay": dearer, "Partners": PARTNERS[:2]}, "--json")
    problems = done.json["problems"]
    assert isinstance(problems, list)
    places = [(item["sheet"], item["row"]) for item in problems if isinstance(item, dict)]
    assert places == [("Pay", 2), ("Pay", 3), ("Partners", 2)]


def test_partners_are_held_against_what_the_tender_knows_and_the_workbook_does_not(
    tmp_path: Path,
) -> None:
    desk = a_desk(tmp_path, "published")
    before = desk.file.read_bytes()
    heads: Rows = (
        ("Bidder", "Partner", "Category", "Amount", "Identifier"),
        ("Alder Ltd", "Elm", "charity", 4, ""),
        ("Alder Ltd", "A. Limited", "charity", 4, "01"),
    )
    done = desk.take_in({"Partners": heads})
    assert done.status == 1
    assert "Partners, row 3, column Partner: The partner is the bidder itself." in done.err
    assert desk.file.read_bytes() == before


def test_from_stage_price_on_what_does_not_go_with_the_price_is_mentioned(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "priced")
    head: Rows = (("Bidder", "Partner", "Category", "Amount", "Share", "Includes VAT"),)
    disagree: Rows = (*head, ("Alder Ltd", "Elm", "charity", 16, "2%", "no"))
    said = (
        "Partners, row 2: Amount and share disagree: 2.00% of the price is £32.00, the amount of "
        "£16.00 is 1.00%. The amount counts."
    )
    assert said in desk.take_in({"Partners": disagree}, "--dry-run").out
    too_much: Rows = (*head, ("Alder Ltd", "Elm", "charity", 1601, "", "no"))
    done = desk.take_in({"Partners": too_much}, "--json")
    assert done.json["notes"] == [
        "Partners, Alder Ltd: no share, as the lines come to more than the price.",
        (
            "Partners, Alder Ltd: The lines come to £1,601.00, more than the price of £1,600.00: "
            "ask which is right."
        ),
    ]


def test_before_stage_price_nothing_is_said_about_prices(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "agreed")
    head: Rows = (("Bidder", "Partner", "Category", "Amount", "Share", "Includes VAT"),)
    rows: Rows = (*head, ("Alder Ltd", "Elm", "charity", 9999, "2%", "no"))
    done = desk.take_in({"Partners": rows, "Prices": PRICES}, "--json")
    assert (done.status, done.json["notes"]) == (0, [])


def test_a_missing_price_is_mentioned_once_it_counts(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "price")
    done = desk.take_in({"Partners": PARTNERS[:2]}, "--json")
    assert done.json["notes"] == ["Partners, Alder Ltd: no share, as a price is missing."]


def test_who_scores_takes_none_of_them_in(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    before = desk.file.read_bytes()
    done = desk.take_in(ALL, "--by", "Ben Bell")
    assert done.status == 1
    assert "Ben Bell does not record what a bid shows" in done.err
    assert desk.file.read_bytes() == before


def test_decisions_about_claims_that_stay_are_kept(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    head = (*CERTIFICATES[0], "Equivalent")
    row = ("Alder Ltd", "", "", "E-1", "1 May 2026", "30 April 2027", "All", "e.pdf", "Like lwf.")
    desk.take_in({"Certificates": (head, row)})
    with desk.session() as session:
        with session.reading() as reader:
            [claim] = public_value.claims(reader)[ALDER]
        certificates.decide(session, ALDER, claim, accepted=True, reason="The same test.")
    more = ("Alder Ltd", "lwf", "accredited", "LW-7", "1 May 2026", "", "All", "c.pdf", "")
    done = desk.take_in({"Certificates": (head, row, more)}, "--json")
    assert done.json["brought"] == {"certificates": 1}
    assert [one.accepted for one in kept(desk)[1]] == [True, None]


def test_certificates_of_newer_imported_data_may_be_named(tmp_path: Path) -> None:
    desk = a_desk(tmp_path, "published")
    rows: Rows = (
        CERTIFICATES[0],
        ("Alder Ltd", "newmark", "", "N-1", "1 May 2026", "", "All", "c.pdf"),
    )
    assert (
        "“newmark” is not in the list of certificates" in desk.take_in({"Certificates": rows}).err
    )
    data = json.loads(bundled("accreditations"))
    data["version"] = "2099-01-01"
    data["records"].append({**data["records"][0], "id": "newmark", "name": "New Mark"})
    text = json.dumps(data)
    with desk.session() as session, session.change("data imported") as change:
        pack = DataPack("accreditations", "2099-01-01", sha256_text(text), text)
        public_value.add_data_pack(change, pack)
    assert desk.take_in({"Certificates": rows}).status == 0
    assert kept(desk)[1][0].scheme == "newmark"
