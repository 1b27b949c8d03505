"""The sheets Pay, Certificates and Partners: what is read, and every bad input with its cell."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tendereval.domain.publicvalue.certificates import Assurance, Claim
from tendereval.domain.publicvalue.good_works_share import Category, Partner, Route, Workforce
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.exchange.layout import CERTIFICATES, PARTNERS, PAY, SHEETS
from tendereval.exchange.public_value_data import schemes
from tendereval.exchange.template import HEADER_ROW, write_template
from tendereval.exchange.workbook import read_workbook
from tests.exchange.books import Rows, make, read, refused

PAY_HEAD = [column.name for column in PAY.columns]
ROLE: list[object] = ["Alder Ltd", "Cleaner", "direct", "UK", "hour", 13.45, 37.5, 2, "no", "no"]
CLAIM_HEAD = [column.name for column in CERTIFICATES.columns]
CLAIM: list[object] = [
    *("Alder Ltd", "lwf", "accredited", "LW-7", "1 May 2026", "30 April 2027", "All sites"),
    *("certificate.pdf", None, None, None, None),
]
PARTNER_HEAD = [column.name for column in PARTNERS.columns]
PARTNER: list[object] = [
    *("Alder Ltd", "Orchard Works", "supported employment provider", "no", "£1,000.50", None),
    *("yes", "no", None, 10, 3, None, None, None, None, "Accounts, page 7", "CE014", None),
]


def changed(row: list[object], head: list[str], **cells: object) -> list[object]:
    """Return a row with other cells, named as their headings with underscores."""
    found = list(row)
    for name, value in cells.items():
        found[head.index(name.replace("_", " "))] = value
    return found


def role(**cells: object) -> list[object]:
    return changed(ROLE, PAY_HEAD, **cells)


def claim(**cells: object) -> list[object]:
    return changed(CLAIM, CLAIM_HEAD, **cells)


def partner(**cells: object) -> list[object]:
    return changed(PARTNER, PARTNER_HEAD, **cells)


def pay(*rows: list[object]) -> Rows:
    return [PAY_HEAD, *rows]


def claims(*rows: list[object]) -> Rows:
    return [CLAIM_HEAD, *rows]


def partners(*rows: list[object]) -> Rows:
    return [PARTNER_HEAD, *rows]


def tender(*rows: tuple[str, str]) -> Rows:
    return [["Item", "Value"], ["Reference", "R-1"], *map(list, rows)]


def test_a_pay_schedule_is_read_exactly(tmp_path: Path) -> None:
    yearly = role(
        Role="Manager",
        Employer="Third Party",
        Place="london",
        Basis="year",
        Amount="£30,000",
        Apprentice="yes",
    )
    bare = role(Hours=None, Under_18=None, Apprentice=None)
    content = read(tmp_path, Pay=pay(bare, yearly))
    assert [(row.row, row.bidder) for row in content.pay] == [(2, "Alder Ltd"), (3, "Alder Ltd")]
    assert [row.pay for row in content.pay] == [
        PayRow(
            "Cleaner",
            Employer.DIRECT,
            WagePlace.UK,
            PayBasis.HOUR,
            Fraction("13.45"),
            None,
            2,
        ),
        PayRow(
            "Manager",
            Employer.THIRD_PARTY,
            WagePlace.LONDON,
            PayBasis.YEAR,
            Fraction(30000),
            Fraction("37.5"),
            2,
            under_18=False,
            apprentice=True,
        ),
    ]
    assert content.notes == ()


def test_pay_a_tenth_of_a_penny_under_a_rate_is_not_rounded_up(tmp_path: Path) -> None:
    [row] = read(tmp_path, Pay=pay(role(Amount=13.449))).pay
    assert row.pay.amount == Fraction("13.449")


BLANK = "This is blank."
BAD_PAY: list[tuple[dict[str, object], str]] = [
    ({"Amount": -1}, "Amount: Pay is not above zero."),
    ({"Amount": 0}, "Amount: Pay is not above zero."),
    ({"Amount": "lots"}, "Amount: “lots” is not a number in British notation."),
    ({"Amount": "13,45"}, "Amount: “13,45” is not a number in British notation."),
    ({"Amount": "1.250,50"}, "Amount: “1.250,50” is not a number in British notation."),
    ({"Amount": date(2026, 5, 1)}, "Amount: This is a date or a time where a number belongs."),
    ({"Amount": None}, f"Amount: {BLANK}"),
    (
        {"Amount": 1345},
        "Amount: £1,345.00 an hour looks like pence or the wrong basis: write pounds.",
    ),
    ({"Basis": "year", "Hours": None}, "Hours: Yearly pay needs the hours a week."),
    ({"Basis": "month"}, "Basis: “month” is not one of the choices."),
    ({"Basis": None}, f"Basis: {BLANK}"),
    ({"Hours": 0}, "Hours: Hours a week are above 0 and at most 80."),
    ({"Hours": 80.5}, "Hours: Hours a week are above 0 and at most 80."),
    ({"Heads": 0}, "Heads: 0 is not allowed here."),
    ({"Heads": 1.5}, "Heads: 1.5 is not allowed here."),
    ({"Heads": None}, f"Heads: {BLANK}"),
    ({"Place": "Greater London"}, "Place: “Greater London” is not one of the choices."),
    ({"Place": None}, f"Place: {BLANK}"),
    ({"Employer": "agency"}, "Employer: “agency” is not one of the choices."),
    ({"Employer": None}, f"Employer: {BLANK}"),
    ({"Role": " "}, f"Role: {BLANK}"),
    ({"Under_18": "maybe"}, "Under 18: “maybe” is neither yes nor no."),
    ({"Apprentice": 3}, "Apprentice: “3” is neither yes nor no."),
    ({"Bidder": "Ash Ltd"}, "Bidder: “Ash Ltd” is not known."),
    ({"Bidder": None}, f"Bidder: {BLANK}"),
]


@pytest.mark.parametrize(("cells", "wrong"), BAD_PAY, ids=str)
def test_bad_input_of_pay_is_named_with_its_cell(
    cells: dict[str, object], wrong: str, tmp_path: Path
) -> None:
    [problem] = refused(tmp_path, Pay=pay(role(Role="Cook"), role(**cells)))
    assert problem.startswith(f"Pay, row 3, column {wrong}")
    assert len(problem) > len(f"Pay, row 3, column {wrong}") + 10


def test_the_same_role_twice_and_two_that_only_look_alike(tmp_path: Path) -> None:
    assert refused(tmp_path, Pay=pay(role(), role(Role=" cleaner ", Amount=12))) == [
        (
            "Pay, row 3, column Role: Row 2 holds the role cleaner of Alder Ltd already. "
            "Write one row per role, or tell the two apart by name."
        )
    ]
    alike = (role(Place="London"), role(Employer="third party"), role(Bidder="Birch Ltd"))
    assert len(read(tmp_path, Pay=pay(role(), *alike)).pay) == 4


def test_a_missing_column_is_said_once(tmp_path: Path) -> None:
    rows = [row[:7] for row in (PAY_HEAD, ROLE, role(Role="Cook"))]
    assert refused(tmp_path, Pay=rows) == [
        (
            "Pay, row 1, column Heads: The column 'Heads' is missing. Add the heading 'Heads' "
            "and fill the column."
        )
    ]


def test_a_certificate_is_read_by_id_or_name(tmp_path: Path) -> None:
    by_name = claim(
        Bidder="birch ltd",
        Certificate="living  wage EMPLOYER",
        Level="Accredited",
        Number="LW-8",
        Issued=date(2026, 5, 1),
        Offered_as="issuer-checked",
        Holder="Birch Ltd",
        Ref="q2",
    )
    content = read(tmp_path, Certificates=claims(claim(), by_name))
    first = Claim(
        "lwf",
        "accredited",
        "LW-7",
        date(2026, 5, 1),
        date(2027, 4, 30),
        "All sites",
        "certificate.pdf",
    )
    assert [(row.row, row.bidder) for row in content.certificates] == [
        (2, "Alder Ltd"),
        (3, "Birch Ltd"),
    ]
    assert content.certificates[0].claim == first
    second = content.certificates[1].claim
    assert (second.scheme, second.level, second.criterion) == ("lwf", "accredited", "Q2")
    assert (second.offered_as, second.accepted) == (Assurance.ISSUER_CHECKED, None)
    assert content.notes == ()


@pytest.mark.parametrize("certificate", [None, "Staff Charter of Poland"])
def test_an_equivalent_needs_no_certificate_of_the_list(
    certificate: str | None, tmp_path: Path
) -> None:
    row = claim(Certificate=certificate, Level="second", Equivalent="Audited each year alike.")
    [found] = read(tmp_path, Certificates=claims(row)).certificates
    assert (found.claim.scheme, found.claim.level) == (certificate or "", "second")
    assert found.claim.equivalent == "Audited each year alike."


BAD_CLAIMS: list[tuple[dict[str, object], str]] = [
    ({"Certificate": "lwff"}, "Certificate: “lwff” is not in the list of certificates. Did you"),
    ({"Certificate": "Kind Boss"}, "Certificate: “Kind Boss” is not in the list of certificates."),
    ({"Certificate": None}, f"Certificate: {BLANK}"),
    ({"Level": "gold"}, "Level: Living Wage Employer has no level “gold”. Write accredited"),
    ({"Ends": "1 April 2026"}, "Ends: It ends before it was issued."),
    ({"Issued": "30 February 2026"}, "Issued: “30 February 2026” is not a day of the calendar"),
    ({"Issued": "29 February 2027"}, "Issued: “29 February 2027” is not a day of the calendar"),
    ({"Ends": 2027}, "Ends: The number 2027 is not shown as a date."),
    ({"Ends": "soon"}, "Ends: “soon” is not a date that can be read."),
    ({"Offered_as": "platinum"}, "Offered as: “platinum” is not one of the choices."),
    ({"Ref": "Q9"}, "Ref: “Q9” is not known."),
    ({"Bidder": "Ash Ltd"}, "Bidder: “Ash Ltd” is not known."),
    ({"Number": "lw 7"}, "Number: Row 2 holds this certificate of Alder Ltd already."),
]


@pytest.mark.parametrize(("cells", "wrong"), BAD_CLAIMS, ids=str)
def test_bad_input_of_certificates_is_named_with_its_cell(
    cells: dict[str, object], wrong: str, tmp_path: Path
) -> None:
    row = claim(**{"Number": "LW-9", **cells})
    [problem] = refused(tmp_path, Certificates=claims(claim(), row))
    assert problem.startswith(f"Certificates, row 3, column {wrong}")


ODD_CLAIMS: list[tuple[dict[str, object], str]] = [
    (
        {"Certificate": "ppc", "Level": None},
        "Certificate: Prompt Payment Code is closed, a claim of it out of date; ask for another.",
    ),
    (
        {"Certificate": "iso20400", "Level": None},
        "Certificate: ISO 20400 sustainable procurement cannot be certified; ask for another.",
    ),
    (
        {"Offered_as": "independent"},
        (
            "Offered as: independent, yet Living Wage Employer is checked by the scheme's owner; "
            "ask which of the two it is."
        ),
    ),
    (
        {"Certificate": "gbc", "Level": None, "Offered_as": "independent"},
        (
            "Offered as: independent, yet Good Business Charter is self-declared: the bidder says "
            "so; ask which of the two it is."
        ),
    ),
    ({"Scope": None}, "Scope: this is blank; ask which work and which sites it covers."),
    (
        {"Number": None},
        "Number: this is blank; without it nobody can look the certificate up.",
    ),
    (
        {"Holder": "Alder Group plc"},
        "Holder: it is made out to Alder Group plc, not to Alder Ltd; ask why it counts.",
    ),
    (
        {"Certificate": "sep30", "Level": None, "Ends": None},
        "Ends: no last day can be told; ask for the end date.",
    ),
]


@pytest.mark.parametrize(("cells", "note"), ODD_CLAIMS, ids=str)
def test_what_a_bidder_may_claim_though_odd_is_taken_in_and_mentioned(
    cells: dict[str, object], note: str, tmp_path: Path
) -> None:
    content = read(tmp_path, Certificates=claims(claim(**cells)))
    assert len(content.certificates) == 1
    assert f"Certificates, row 2: {note}" in content.notes


def test_a_number_that_two_bidders_claim_is_mentioned(tmp_path: Path) -> None:
    content = read(tmp_path, Certificates=claims(claim(), claim(Bidder="Birch Ltd", Number="lw7")))
    assert len(content.certificates) == 2
    assert content.notes == (
        (
            "Certificates, row 3: Number: lw7 stands in row 2 for Alder Ltd too; ask both for the "
            "certificate."
        ),
    )


def test_a_partner_is_read_exactly(tmp_path: Path) -> None:
    by_share = partner(
        Partner="Elm",
        Category="Charity",
        Direct=None,
        Amount=None,
        Share="1.25%",
        Purpose=None,
        Includes_VAT=None,
        Organisation_workforce=None,
        Organisation_disadvantaged=None,
        Part_workforce="1,000",
        Part_disadvantaged=300,
        Joint_workforce=20,
        Joint_disadvantaged=0,
        Evidence=None,
        Identifier=None,
    )
    content = read(tmp_path, Partners=partners(PARTNER, by_share))
    assert [(row.row, row.bidder) for row in content.partners] == [
        (2, "Alder Ltd"),
        (3, "Alder Ltd"),
    ]
    assert [row.partner for row in content.partners] == [
        Partner(
            "Orchard Works",
            Category.SUPPORTED_EMPLOYMENT,
            direct=False,
            amount=Fraction("1000.50"),
            purpose=True,
            tests=(Workforce(Route.ORGANISATION, 10, 3),),
            includes_vat=False,
            evidence="Accounts, page 7",
            identifier="CE014",
        ),
        Partner(
            "Elm",
            Category.CHARITY,
            direct=False,
            share=Fraction("0.0125"),
            tests=(Workforce(Route.PART, 1000, 300), Workforce(Route.JOINT, 20, 0)),
        ),
    ]
    assert content.notes == ()


@pytest.mark.parametrize(
    ("written", "share"),
    [("1%", "0.01"), ("0.5 %", "0.005"), (1.25, "0.0125"), ("1.25", "0.0125"), ("100%", "1")],
)
def test_a_share_as_people_write_it(written: object, share: str, tmp_path: Path) -> None:
    rows = partners(partner(Amount=None, Share=written))
    assert read(tmp_path, Partners=rows).partners[0].partner.share == Fraction(share)


def test_a_share_in_a_cell_shown_as_a_percentage(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    read(tmp_path, Partners=partners(partner(Amount=None, Share=2)))
    book = load_workbook(path)
    cell = book["Partners"].cell(2, PARTNER_HEAD.index("Share") + 1)
    cell.value, cell.number_format = 0.005, "0.00%"
    book.save(path)
    assert read_workbook(path).partners[0].partner.share == Fraction(5, 1000)


BAD_PARTNERS: list[tuple[dict[str, object], str]] = [
    ({"Partner": None}, f"Partner: {BLANK}"),
    ({"Category": None}, f"Category: {BLANK}"),
    ({"Category": "company"}, "Category: “company” is not one of the choices."),
    ({"Direct": "perhaps"}, "Direct: “perhaps” is neither yes nor no."),
    ({"Amount": None}, "Amount: Neither an amount nor a share is given."),
    ({"Amount": 0}, "Amount: The amount is not above zero."),
    ({"Amount": -5}, "Amount: The amount is not above zero."),
    ({"Amount": "1%"}, "Amount: “1%” is a percentage where an amount belongs."),
    ({"Amount": "a lot"}, "Amount: “a lot” is not a number in British notation."),
    ({"Share": 0.01}, "Share: “0.01” could be a share or a percentage."),
    ({"Share": 1}, "Share: “1” could be a share or a percentage."),
    ({"Share": "0%"}, "Share: A share of 0% cannot be."),
    ({"Share": "-1%"}, "Share: A share of -1% cannot be."),
    ({"Share": "101%"}, "Share: A share of 101% cannot be."),
    ({"Share": "1,5%"}, "Share: “1,5%” is not a number in British notation."),
    ({"Includes_VAT": "yes"}, "Includes VAT: The amount is with VAT, prices are without VAT."),
    ({"Years": 3}, "Years: The amount is for 3 years, the contract runs 1 year."),
    ({"Years": 0}, "Years: 0 is not allowed here."),
    ({"Organisation_workforce": 0}, "Organisation workforce: 0 is not allowed here."),
    ({"Organisation_workforce": 12.5}, "Organisation workforce: 12.5 is not allowed here."),
    (
        {"Organisation_workforce": None},
        "Organisation workforce: Organisation disadvantaged is given and this is not.",
    ),
    ({"Joint_workforce": 9}, "Joint disadvantaged: Joint workforce is given and this is not."),
    (
        {"Organisation_disadvantaged": 11},
        (
            "Organisation disadvantaged: 11 disabled or disadvantaged people are more than the "
            "workforce of the organisation, 10."
        ),
    ),
    ({"Organisation_disadvantaged": -1}, "Organisation disadvantaged: -1 is not allowed here."),
    (
        {"Part_workforce": 11, "Part_disadvantaged": 3},
        "Part workforce: The part has 11 people, the whole organisation 10.",
    ),
    (
        {"Part_workforce": 5, "Part_disadvantaged": 4},
        (
            "Part disadvantaged: The part has 4 disabled or disadvantaged people, the whole "
            "organisation 3."
        ),
    ),
    ({"Partner": "Elm"}, "Partner: Elm is named twice."),
    (
        {"Identifier": "ce 1"},
        "Identifier: Other has the identifier of Elm: one partner counted twice.",
    ),
    ({"Partner": "ALDER ltd"}, "Partner: The partner is the bidder itself."),
    ({"Identifier": "0123"}, "Partner: The partner is the bidder itself."),
    ({"Bidder": "Ash Ltd"}, "Bidder: “Ash Ltd” is not known."),
]


@pytest.mark.parametrize(("cells", "wrong"), BAD_PARTNERS, ids=str)
def test_bad_input_of_partners_is_named_with_its_cell(
    cells: dict[str, object], wrong: str, tmp_path: Path
) -> None:
    row = partner(**{"Partner": "Other", "Identifier": None, **cells})
    [problem] = refused(
        tmp_path,
        Tender=tender(
            ("Prices include VAT", "no"),
            ("Contract start", "1 April 2027"),
            ("Contract end", "31 March 2028"),
        ),
        Bidders=[["Bidder", "Identifier"], ["Alder Ltd", "01 23"], ["Birch Ltd", None]],
        Partners=partners(partner(Partner="Elm", Identifier="CE1"), row),
    )
    assert problem.startswith(f"Partners, row 3, column {wrong}")
    assert len(problem) > len(f"Partners, row 3, column {wrong}") + 10


def test_a_partner_names_its_lot_or_none_for_all_of_them(tmp_path: Path) -> None:
    lots = [["Lot"], ["North"], ["South"]]
    elm = partner(Partner="Elm", Identifier=None)
    rows = partners(partner(Lot="north"), partner(Lot="South"), elm)
    found = read(tmp_path, Lots=lots, Partners=rows).partners
    assert [row.partner.lot for row in found] == ["North", "South", None]
    at = PARTNER_HEAD.index("Lot")
    bare = [[*row[:at], *row[at + 1 :]] for row in (PARTNER_HEAD, elm)]
    assert read(tmp_path, Lots=lots, Partners=bare).partners[0].partner.lot is None


def test_an_unknown_lot_of_a_partner_is_named_with_its_cell(tmp_path: Path) -> None:
    lots = [["Lot"], ["North"], ["South"]]
    assert refused(tmp_path, Lots=lots, Partners=partners(partner(Lot="East"))) == [
        "Partners, row 2, column Lot: There is no lot “East”. Write North or South."
    ]


def test_amounts_with_and_without_vat_are_not_mixed_in_one_bid(tmp_path: Path) -> None:
    mixed = partners(PARTNER, partner(Partner="Elm", Identifier=None, Includes_VAT="yes"))
    assert refused(tmp_path, Partners=mixed) == [
        (
            "Partners, row 3, column Includes VAT: Some amounts of this bid are with VAT, others "
            "without it. Write every amount with VAT, or every amount without it."
        )
    ]
    other = partners(PARTNER, partner(Bidder="Birch Ltd", Includes_VAT="yes"))
    assert len(read(tmp_path, Partners=other).partners) == 2


def test_the_bidder_itself_and_a_partner_of_two_bidders_may_stand_there(tmp_path: Path) -> None:
    rows = partners(
        partner(Partner="Alder Ltd", Direct="yes", Amount=None, Share="100%"),
        partner(Bidder="Birch Ltd"),
        partner(),
    )
    assert refused(tmp_path, Partners=rows) == [
        (
            "Partners, row 4, column Identifier: Orchard Works has the identifier of Alder Ltd: "
            "one partner counted twice. Keep one row for each partner and add its amounts up."
        )
    ]
    assert len(read(tmp_path, Partners=partners(*rows[1:3])).partners) == 2  # type: ignore[arg-type]


def test_every_problem_of_the_three_sheets_is_named_at_once(tmp_path: Path) -> None:
    problems = refused(
        tmp_path,
        Pay=pay(role(Amount=0, Heads=0)),
        Certificates=claims(claim(Certificate="x9")),
        Partners=partners(partner(Amount=0), partner(Partner=None)),
    )
    assert [problem.split(":")[0] for problem in problems] == [
        "Pay, row 2, column Amount",
        "Pay, row 2, column Heads",
        "Certificates, row 2, column Certificate",
        "Partners, row 2, column Amount",
        "Partners, row 3, column Partner",
    ]


def test_the_template_offers_what_may_be_chosen_and_lists_every_certificate(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    book = load_workbook(tmp_path / "template.xlsx")
    lists = {
        (sheet.title, str(one.sqref).split(":", maxsplit=1)[0]): str(one.formula1)
        for sheet in book.worksheets
        for one in sheet.data_validations.dataValidation
    }
    assert lists["Pay", "C6"] == '"direct,third party"'
    assert lists["Pay", "D6"] == '"UK,London"'
    assert lists["Pay", "E6"] == '"hour,year"'
    assert lists["Partners", "C6"].startswith('"supported employment provider,social enterprise,')
    assert lists["Certificates", "B6"] == f"$N$6:$N${HEADER_ROW + len(schemes())}"
    listed = [row[13].value for row in book["Certificates"].iter_rows(min_row=HEADER_ROW + 1)]
    assert listed == list(schemes())


def test_the_examples_of_the_template_can_be_read_once_they_are_copied(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = load_workbook(path)
    book["Tender"].cell(HEADER_ROW + 1, 2).value = "R-1"
    for layout in SHEETS:
        if layout in {PAY, CERTIFICATES, PARTNERS}:
            for column, text in enumerate(layout.example, 1):
                book[layout.name].cell(HEADER_ROW + 1, column).value = text or None
    book["Bidders"].cell(HEADER_ROW + 1, 1).value = "Bramley Care Ltd"
    book.save(path)
    content = read_workbook(path)
    counts = [len(part) for part in (content.pay, content.certificates, content.partners)]
    assert counts == [1, 1, 1]
    assert content.partners[0].partner.tests == (Workforce(Route.ORGANISATION, 40, 14),)
    assert [note for note in content.notes if "not known" in note] == []


def test_workbooks_without_the_sheets_are_read_as_before(tmp_path: Path) -> None:
    path = make(tmp_path / "bare.xlsx", {"Tender": tender()})
    content = read_workbook(path)
    assert (content.pay, content.certificates, content.partners) == ((), (), ())
