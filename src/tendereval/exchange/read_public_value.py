"""Reads the ``Pay`` and ``Certificates`` sheets; checks neither against a rate or a contract.

What cannot be is refused; what a bidder may claim although it is odd is taken in and mentioned
with its row, column and what to ask for.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Final

from tendereval.domain.publicvalue.certificate_flags import certificate_key, is_own, last_day_of
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme, SchemeLevel
from tendereval.domain.publicvalue.living_wage import Employer, PayBasis, PayRow, WagePlace
from tendereval.domain.publicvalue.wage_check import MOST_HOURS, is_unlikely, role_key, row_problems
from tendereval.exchange import cells
from tendereval.exchange.cells import key, listed, near, quoted
from tendereval.exchange.content import CertificateRow, RoleRow
from tendereval.exchange.directory import Directory
from tendereval.exchange.grid import Cell
from tendereval.exchange.layout import CERTIFICATES, PAY
from tendereval.exchange.sheets import Row, Sheets

_EMPLOYERS: Final = tuple(str(one) for one in Employer)
_PLACES: Final = tuple(str(one) for one in WagePlace)
_BASES: Final = tuple(str(one) for one in PayBasis)
_ASSURANCES: Final = {kind.replace("_", " "): kind for kind in Assurance}
_MOST_HEADS: Final = 100_000


def read_pay(sheets: Sheets, directory: Directory) -> tuple[RoleRow, ...]:
    """Return the roles of every pay schedule."""
    found: list[RoleRow] = []
    seen: dict[tuple[object, ...], int] = {}
    for row in sheets[PAY]:
        bidder, pay = directory.bidder(row), _role(row)
        if bidder is None or pay is None:
            continue
        first = seen.setdefault((bidder, *role_key(pay)), row.number)
        if first != row.number:
            wrong = f"Row {first} holds the role {pay.role} of {bidder} already."
            write = "Write one row per role, or tell the two apart by name."
            row.refuse("Role", wrong, write)
        else:
            found.append(RoleRow(row.number, bidder, pay))
    return tuple(found)


def _role(row: Row) -> PayRow | None:
    role = row.needed("Role", "Write what the role is called.")
    employer = _needed_choice(row, "Employer", _EMPLOYERS)
    place = _needed_choice(row, "Place", _PLACES)
    basis = _needed_choice(row, "Basis", _BASES)
    amount, hours = _pay(row), _hours(row)
    if "Heads" not in row:
        row.refuse("Heads", "This is blank.", "Write how many people have the role.")
    heads = row.whole("Heads", 1, _MOST_HEADS)
    under_18, apprentice = row.yes_no("Under 18"), row.yes_no("Apprentice")
    if basis == PayBasis.YEAR and "Hours" not in row:
        wrong = "Yearly pay needs the hours a week."
        row.refuse("Hours", wrong, "Write the paid hours a week, such as 37.5.")
    if amount is None or heads is None or not row.ok:
        return None
    pay = PayRow(
        role,
        Employer(employer),
        WagePlace(place),
        PayBasis(basis),
        amount,
        hours,
        heads,
        bool(under_18),
        bool(apprentice),
    )
    return pay if _is_likely(row, pay) else None


def _needed_choice(row: Row, column: str, options: tuple[str, ...]) -> str:
    if column not in row:
        row.refuse(column, "This is blank.", f"Write {listed(options)}.")
    return row.choice(column, options)


def _pay(row: Row) -> Fraction | None:
    if "Amount" not in row:
        row.refuse("Amount", "This is blank.", "Write pounds an hour or a year, such as 13.45.")
    amount = row.amount("Amount")
    if amount is not None and amount <= 0:
        wrong = "Pay is not above zero."
        row.refuse("Amount", wrong, "Write pounds an hour or a year, such as 13.45.")
    return amount


def _hours(row: Row) -> Fraction | None:
    hours = row.amount("Hours")
    if hours is not None and not 0 < hours <= MOST_HOURS:
        wrong = f"Hours a week are above 0 and at most {MOST_HOURS}."
        row.refuse("Hours", wrong, "Write the paid hours a week of one person, such as 37.5.")
    return hours


def _is_likely(row: Row, pay: PayRow) -> bool:
    problems = row_problems(pay)
    slipped = is_unlikely(pay)
    for problem in problems:
        write = "Write pounds, and hour or year under Basis." if slipped else "Mend the row."
        row.refuse("Amount", problem, write)
    return not problems


def read_certificates(
    sheets: Sheets, directory: Directory, schemes: Mapping[str, Scheme]
) -> tuple[CertificateRow, ...]:
    """Return the certificates that bidders claim.

    Args:
        sheets: the workbook's tables.
        directory: what rows may name.
        schemes: by id; rows name them by id or by name.
    """
    found: list[CertificateRow] = []
    numbers: dict[tuple[str, str], CertificateRow] = {}
    for row in sheets[CERTIFICATES]:
        bidder, scheme = directory.bidder(row), _scheme(row, schemes)
        claim = _claim(row, scheme, directory)
        if bidder is None or not row.ok:
            continue
        taken = CertificateRow(row.number, bidder, claim)
        number = certificate_key(claim)
        earlier = numbers.setdefault(number, taken) if number else taken
        if earlier is not taken and earlier.bidder == bidder:
            wrong = f"Row {earlier.row} holds this certificate of {bidder} already."
            row.refuse("Number", wrong, "Keep one of the two.")
            continue
        if earlier is not taken:
            row.note(
                f"Number: {claim.number} stands in row {earlier.row} for {earlier.bidder} too; ask "
                "both for the certificate."
            )
        for text in _oddities(claim, scheme, bidder):
            row.note(text)
        found.append(taken)
    return tuple(found)


def _scheme(row: Row, schemes: Mapping[str, Scheme]) -> Scheme | None:
    text = row.text("Certificate")
    by_name = {key(one.name): one for one in schemes.values()}
    by_name |= {key(one.id): one for one in schemes.values()}
    found = by_name.get(key(" ".join(text.split())))
    if found is not None or "Equivalent" in row:
        return found
    if not text:
        write = "Write an id of the list such as lwf, or say under Equivalent what is offered."
        row.refuse("Certificate", "This is blank.", write)
        return None
    meant = near(text, [*schemes, *(one.name for one in schemes.values())])
    hint = f"Did you mean {meant}? " if meant else ""
    write = f"{hint}Write an id or name of the list, or say under Equivalent what it stands for."
    row.refuse("Certificate", f"{quoted(text)} is not in the list of certificates.", write)
    return None


def _claim(row: Row, scheme: Scheme | None, directory: Directory) -> Claim:
    issued, ends = row.day("Issued"), row.day("Ends")
    if issued is not None and ends is not None and ends < issued:
        write = "Correct the two dates; Ends is the last day it is valid."
        row.refuse("Ends", "It ends before it was issued.", write)
    level = _level(row, scheme)
    criterion = directory.criterion(row) if "Ref" in row else None
    return Claim(
        scheme.id if scheme else row.text("Certificate"),
        level,
        row.text("Number"),
        issued,
        ends,
        row.long_text("Scope").strip(),
        row.long_text("Evidence").strip(),
        row.text("Holder"),
        row.read("Offered as", _assurance),
        row.long_text("Equivalent").strip(),
        criterion=criterion.ref if criterion else "",
    )


def _assurance(cell: Cell) -> Assurance:
    text = cells.read_text(cell).replace("-", " ").replace("_", " ")
    return _ASSURANCES[cells.choose(" ".join(text.split()), tuple(_ASSURANCES))]


def _level(row: Row, scheme: Scheme | None) -> str:
    text = row.text("Level")
    if scheme is None or not text or "Equivalent" in row:
        return text
    found = _level_of(scheme, text)
    if found is not None:
        return found.name
    names = [item.name for item in scheme.levels]
    write = f"Write {listed(names)}, or leave it blank." if names else "Leave it blank."
    row.refuse("Level", f"{scheme.name} has no level {quoted(text)}.", write)
    return text


def _level_of(scheme: Scheme, text: str) -> SchemeLevel | None:
    return next((item for item in scheme.levels if key(item.name) == key(text)), None)


def _oddities(claim: Claim, scheme: Scheme | None, bidder: str) -> Iterator[str]:
    if scheme is not None and not claim.equivalent:
        yield from _scheme_oddities(claim, scheme)
    if not claim.scope:
        yield "Scope: this is blank; ask which work and which sites it covers."
    if not claim.number:
        yield "Number: this is blank; without it nobody can look the certificate up."
    if last_day_of(claim, scheme) is None:
        yield "Ends: no last day can be told; ask for the end date."
    if not is_own(claim, bidder):
        yield f"Holder: it is made out to {claim.holder}, not to {bidder}; ask why it counts."


def _scheme_oddities(claim: Claim, scheme: Scheme) -> Iterator[str]:
    if not scheme.is_current:
        closed = scheme.status == "closed"
        what = "is closed, a claim of it out of date" if closed else "cannot be certified"
        yield f"Certificate: {scheme.name} {what}; ask for another."
    level = _level_of(scheme, claim.level)
    if level is None and len(scheme.levels) == 1 and not claim.level:
        level = scheme.levels[0]
    if level is None:
        yield f"Level: this is blank; write {listed([item.name for item in scheme.levels])}."
    offered = claim.offered_as
    if level is not None and offered is not None and offered.rank > level.assurance.rank:
        said = offered.replace("_", " ")
        yield (
            f"Offered as: {said}, yet {scheme.name} is {level.assurance.in_words}; ask which of "
            "the two it is."
        )
