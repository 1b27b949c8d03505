"""Reads the ``Bidders``, ``Panel`` and ``Responses`` sheets; opens no document."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from tendereval.domain.bidding import BidStatus
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.tender import AwardCriterion, CriterionKind
from tendereval.exchange.cells import key, listed, quoted
from tendereval.exchange.content import (
    BidderRow,
    BidStatusRow,
    KnownPerson,
    PanelRow,
    ResponseRow,
)
from tendereval.exchange.directory import Directory
from tendereval.exchange.layout import BIDDERS, PANEL, RESPONSES
from tendereval.exchange.sheets import Row, Sheets

_DETAILS = (
    "Identifier",
    "Address",
    "Email",
    "SME",
    "VCSE",
    "Supported employment provider",
    "Lots",
    "Subcontractors",
)
_DATES = ("Notified on", "Responded on", "Decided on")
_ROLES = tuple(str(role) for role in Role)
_STATUSES = tuple(str(status) for status in BidStatus)


def read_bidders(sheets: Sheets, directory: Directory) -> tuple[BidderRow, ...]:
    """Return one row per bidder and make the names known to the directory."""
    found: dict[str, BidderRow] = {}
    for row in sheets[BIDDERS]:
        name = row.needed("Bidder", "Write the bidder's name.")
        if not name:
            continue
        if ";" in name:
            wrong = "A bidder's name cannot hold a semicolon."
            row.refuse("Bidder", wrong, "Write the name without it.")
        if key(name) in found:
            _check_repeated(row, found[key(name)])
            continue
        canonical = directory.bidders.get(key(name), (name, ()))[0]
        bidder = _bidder(row, canonical, directory)
        found[key(name)] = bidder
        directory.bidders[key(name)] = (canonical, bidder.lots)
        if not row.ok:
            directory.doubtful.add(key(name))
    return tuple(found.values())


def _bidder(row: Row, name: str, directory: Directory) -> BidderRow:
    known = directory.bidders.get(key(name), (name, ()))[1]
    lots = directory.lots(row)
    if lots is None and "Lots" not in row:
        lots = known
    return BidderRow(
        row.number,
        name,
        row.text("Identifier"),
        row.text("Address"),
        row.text("Email"),
        row.yes_no("SME"),
        row.yes_no("VCSE"),
        row.yes_no("Supported employment provider"),
        lots or (),
        row.items("Subcontractors"),
    )


def _check_repeated(row: Row, first: BidderRow) -> None:
    if "Lot" not in row:
        wrong = f"{first.name} stands in row {first.row} already."
        row.refuse("Bidder", wrong, "Keep one row, or name the lot whose status this row gives.")
    for column in _DETAILS:
        if column in row:
            wrong = f"The details of {first.name} stand in row {first.row}."
            row.refuse(column, wrong, "Leave this blank, or write it in that row.")


def read_statuses(sheets: Sheets, directory: Directory) -> tuple[BidStatusRow, ...]:
    """Return the stated status of each bid, a blank lot spread over every lot bid for."""
    found: dict[tuple[str, LotId], BidStatusRow] = {}
    for row in sheets[BIDDERS]:
        named = directory.lot(row)
        for status in _statuses(row, named, directory):
            place = (status.bidder, status.lot)
            if place in found:
                wrong = f"Row {found[place].row} gives a status for lot {status.lot} already."
                row.refuse("Status", wrong, "Keep one status per lot.")
            found[place] = status
    return tuple(found.values())


def _statuses(row: Row, named: LotId | None, directory: Directory) -> Sequence[BidStatusRow]:
    text = row.choice("Status", _STATUSES)
    reason = row.text("Status reason")
    notified, responded, decided = (row.day(column) for column in _DATES)
    known = directory.bidders.get(key(row.text("Bidder"))) if row.ok else None
    if known is None:
        return ()
    bidder = known[0]
    lots = directory.lots_bid_for(bidder) if named is None else (named,)
    if named is not None and named not in directory.lots_bid_for(bidder):
        write = "Write a lot of this bidder, or add the lot to its Lots."
        row.refuse("Lot", f"{bidder} does not bid for lot {named}.", write)
    if not text:
        _check_no_status(row)
        return ()
    status = BidStatus(text)
    if status.needs_notice and not all((notified, responded, decided)):
        row.note(
            f"“{status}” counts only with the dates of notice, response and decision; until then "
            f"{bidder} is assessed."
        )
    dates = (notified, responded, decided)
    return [BidStatusRow(row.number, bidder, lot, status, reason, *dates) for lot in lots]


def _check_no_status(row: Row) -> None:
    for column in ("Status reason", *_DATES):
        if column in row:
            row.refuse("Status", f"There is a {column.lower()} but no status.", "Write the status.")
            return
    if "Lot" in row and "Lots" not in row:
        row.note("a lot without a status says nothing; lots bid for belong in the column Lots.")


def read_panel(sheets: Sheets, directory: Directory) -> tuple[PanelRow, ...]:
    """Return the panel and make its members known to the directory."""
    found: dict[str, PanelRow] = {}
    for row in sheets[PANEL]:
        name = row.needed("Name", "Write the person's name.")
        email = row.needed("Email", "Write the person's e-mail address.")
        role_text = row.choice("Role", _ROLES)
        if "Role" not in row:
            row.refuse("Role", "This is blank.", f"Write {listed(_ROLES)}.")
        if email and not _is_email(email):
            row.refuse("Email", f"{quoted(email)} is not an e-mail address.", "Write name@place.")
        if name and (";" in name or key(name) == "all"):
            row.refuse("Name", f"Nobody can be called {quoted(name)} here.", "Write a plain name.")
        if email and key(email) in found:
            wrong = f"{email} stands in row {found[key(email)].row} already."
            row.refuse("Email", wrong, "Write one row per person.")
        role = Role(role_text) if role_text else Role.OBSERVER
        questions, lots = _questions(row, role, directory), directory.lots(row)
        found[key(email) or key(name)] = PanelRow(row.number, name, email, role, questions, lots)
        if name or email:
            directory.add_person(_canonical(KnownPerson(name, email), directory), role)
    return tuple(found.values())


def _canonical(person: KnownPerson, directory: Directory) -> KnownPerson:
    known = directory.people.get(key(person.email), [])
    return known[0] if person.email and known else person


def _is_email(text: str) -> bool:
    name, at, place = text.partition("@")
    return bool(name and at and place) and not any(mark in text for mark in " ;,")


def _questions(row: Row, role: Role, directory: Directory) -> tuple[CriterionId, ...] | None:
    items = row.items("Questions", ";,")
    if not items:
        return None
    if [key(item) for item in items] == ["all"]:
        if role.scores_by_default:
            return None
        return tuple(c.ref for c in directory.method.criteria if c.kind.is_scored)
    refs: dict[CriterionId, None] = {}
    for item in items:
        criterion = directory.named_criterion(row, "Questions", item)
        if criterion is None:
            continue
        judged = [c.ref for c in _under(criterion, directory) if c.kind.is_judged]
        if not judged and key(criterion.ref) not in directory.doubtful:
            wrong = f"{criterion.ref} holds nothing that a panel scores."
            row.refuse("Questions", wrong, "Write references of questions, or all.")
        refs.update(dict.fromkeys(judged))
    return tuple(refs)


def _under(criterion: AwardCriterion, directory: Directory) -> list[AwardCriterion]:
    if criterion.kind is not CriterionKind.SECTION:
        return [criterion]
    sections = {criterion.ref}
    found = []
    for row in directory.method.criteria:
        if row.parent in sections:
            found.append(row)
            if row.kind is CriterionKind.SECTION:
                sections.add(row.ref)
    return found


def read_responses(sheets: Sheets, directory: Directory, folder: Path) -> tuple[ResponseRow, ...]:
    """Return the answers; a document must lie inside the workbook's folder."""
    found: dict[tuple[str, CriterionId, LotId | None], ResponseRow] = {}
    for row in sheets[RESPONSES]:
        bidder, criterion = directory.bidder(row), directory.criterion(row)
        text, name, page = row.long_text("Response"), row.text("Document"), row.text("Page")
        document = _document(row, name, folder) if name else None
        if bidder is None or criterion is None:
            directory.lot(row)
            continue
        lot = directory.place_lot(row, bidder, criterion)
        _check_answerable(row, criterion, directory)
        place = (bidder, criterion.ref, lot)
        if place in found:
            wrong = f"The answer of {bidder} to {criterion.ref} stands in row {found[place].row}."
            row.refuse("Ref", wrong, "Keep one row per answer.")
        elif text or name:
            found[place] = ResponseRow(
                row.number, bidder, criterion.ref, lot, text, document, name, page
            )
        elif row.ok:
            row.note("there is neither an answer nor a document; the row was left out.")
    return tuple(found.values())


def _check_answerable(row: Row, criterion: AwardCriterion, directory: Directory) -> None:
    if key(criterion.ref) in directory.doubtful:
        return
    if criterion.kind is CriterionKind.SECTION:
        row.refuse("Ref", f"{criterion.ref} is a section.", "Name one of its questions.")
    elif criterion.kind is CriterionKind.PRICE:
        wrong = f"{criterion.ref} is a price, which evaluators must not see."
        row.refuse("Ref", wrong, "Write prices on the sheet Prices.")


def _document(row: Row, name: str, folder: Path) -> Path | None:
    plain = name.replace("\\", "/")
    pieces = PurePosixPath(plain).parts
    is_absolute = plain.startswith("/") or bool(PureWindowsPath(name).drive) or ":" in plain
    if is_absolute or ".." in pieces:
        wrong = f"{quoted(name)} leads out of the workbook's folder."
        row.refuse("Document", wrong, "Put the document beside the workbook and write its name.")
        return None
    try:
        found = (folder / plain).resolve()
        inside = found.is_relative_to(folder.resolve())
        is_file = found.is_file()
    except (OSError, ValueError, RuntimeError):
        inside, is_file = True, False
    if inside and is_file:
        return found
    wrong = f"There is no file {quoted(name)} in the workbook's folder."
    if not inside:
        wrong = f"{quoted(name)} leads out of the workbook's folder."
    row.refuse("Document", wrong, "Put the document beside the workbook and write its name.")
    return None
