"""Finds the bidders, people, criteria and lots that rows name, in their canonical spelling.

Names are compared trimmed and without case. Where a whole sheet that should list them is missing,
that is said once instead of at every row.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tendereval.domain.errors import CellProblem
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import LotId
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method
from tendereval.exchange.cells import key, listed, near, quoted
from tendereval.exchange.content import Known, KnownPerson
from tendereval.exchange.layout import BIDDERS, CRITERIA, PANEL, Layout
from tendereval.exchange.sheets import Problems, Row, Sheets

_AT_THE_TABLE = {Role.LEAD, Role.EVALUATOR, Role.COMMUNITY, Role.MODERATOR}
_MANY = 12


@dataclass(slots=True)
class Directory:
    """Everything that a row may name.

    Attributes:
        method: of the workbook, or of the tender that is added to.
        bidders: by comparison key: canonical name and the lots bid for (empty: every lot).
        people: by comparison key of name and of e-mail; more than one where a name is shared.
        attending: people that ``all`` stands for.
        doubtful: comparison keys of references and scales whose own rows were refused.
        unlisted: sheets that cannot vouch for anything, missing or without a usable header.
    """

    method: Method
    problems: Problems
    bidders: dict[str, tuple[str, tuple[LotId, ...]]] = field(default_factory=dict)
    people: dict[str, list[KnownPerson]] = field(default_factory=dict)
    attending: list[str] = field(default_factory=list)
    doubtful: set[str] = field(default_factory=set)
    unlisted: set[str] = field(default_factory=set)
    _hints: dict[tuple[str, str, str], str] = field(default_factory=dict)
    _said: set[str] = field(default_factory=set)
    _criteria: dict[str, AwardCriterion] = field(default_factory=dict)

    def use_method(self, method: Method) -> None:
        """Look references up in this method from now on."""
        self.method = method
        self._criteria = {key(row.ref): row for row in method.criteria}

    def add_person(self, person: KnownPerson, role: Role | None) -> None:
        """Make a panel member known by name and by e-mail."""
        for text in {key(person.name), key(person.email)} - {""}:
            others = self.people.setdefault(text, [])
            if person not in others:
                others.append(person)
        if (role is None or role in _AT_THE_TABLE) and person.key not in self.attending:
            self.attending.append(person.key)

    def lot(self, row: Row, column: str = "Lot") -> LotId | None:
        """Return the lot that a cell names; None where blank or refused."""
        text = row.text(column)
        return self.named_lot(row, column, text) if text else None

    def named_lot(self, row: Row, column: str, text: str) -> LotId | None:
        """Return one lot of the tender by its reference, or refuse it."""
        found = self.method.lot(text.strip())
        if found is not None:
            return found.ref
        lots = [str(lot.ref) for lot in self.method.lots]
        row.refuse(column, f"There is no lot {quoted(text)}.", f"Write {_some(lots)}.")
        return None

    def lots(self, row: Row, column: str = "Lots") -> tuple[LotId, ...] | None:
        """Return the lots that a cell lists; None where blank or ``all``."""
        items = row.items(column, ";,")
        if not items or [key(item) for item in items] == ["all"]:
            return None
        found = [self.named_lot(row, column, item) for item in items]
        return tuple(dict.fromkeys(lot for lot in found if lot is not None))

    def bidder(self, row: Row, column: str = "Bidder") -> str | None:
        """Return the bidder that a cell names."""
        text = row.needed(column, "Write the bidder's name as on the Bidders sheet.")
        return self.named_bidder(row, column, text) if text else None

    def named_bidder(self, row: Row, column: str, text: str) -> str | None:
        """Return a bidder's canonical name, or refuse the cell."""
        if self._cannot_tell(BIDDERS, self.bidders):
            row.ok = False
            return None
        found = self.bidders.get(key(text))
        if found is not None:
            return found[0]
        self._unknown(row, column, text, [name for name, _ in self.bidders.values()])
        return None

    def bids_for(self, bidder: str, lot: LotId) -> bool:
        """Whether a bidder bids for a lot."""
        lots = self.bidders[key(bidder)][1]
        return not lots or lot in lots

    def lots_bid_for(self, bidder: str) -> tuple[LotId, ...]:
        """Return the lots a bidder bids for, in the tender's order."""
        return tuple(lot.ref for lot in self.method.lots if self.bids_for(bidder, lot.ref))

    def person(self, row: Row, column: str = "Evaluator") -> str | None:
        """Return the panel member that a cell names; the only one there is where it is blank."""
        everybody = {one.key for people in self.people.values() for one in people}
        if column not in row and len(everybody) == 1:
            return next(iter(everybody))
        text = row.needed(column, "Write the name or e-mail as on the Panel sheet.")
        return self.named_person(row, column, text) if text else None

    def named_person(self, row: Row, column: str, text: str) -> str | None:
        """Return how rows refer to a panel member, or refuse the cell."""
        if self._cannot_tell(PANEL, self.people):
            row.ok = False
            return None
        found = self.people.get(key(text), [])
        if len(found) == 1:
            return found[0].key
        if found:
            emails = listed([one.email for one in found])
            row.refuse(
                column, f"{len(found)} people are called {quoted(text)}.", f"Write {emails}."
            )
            return None
        everybody = {one.key: one.name for people in self.people.values() for one in people}
        self._unknown(row, column, text, [*everybody.values(), *everybody])
        return None

    def several_people(self, row: Row, column: str) -> tuple[str, ...]:
        """Return the panel members that a cell lists; ``all`` is everybody at the table."""
        items = row.items(column)
        if [key(item) for item in items] == ["all"] and not self._cannot_tell(PANEL, self.people):
            return tuple(self.attending)
        found = [self.named_person(row, column, item) for item in items]
        return tuple(dict.fromkeys(person for person in found if person is not None))

    def criterion(self, row: Row, column: str = "Ref") -> AwardCriterion | None:
        """Return the criterion that a cell names."""
        text = row.needed(column, "Write the reference as on the Criteria sheet.")
        return self.named_criterion(row, column, text) if text else None

    def named_criterion(self, row: Row, column: str, text: str) -> AwardCriterion | None:
        """Return a criterion by its reference, or refuse the cell."""
        if self._cannot_tell(CRITERIA, self._criteria):
            row.ok = False
            return None
        found = self._criteria.get(key(text))
        if found is None:
            self._unknown(row, column, text, [criterion.ref for criterion in self.method.criteria])
        return found

    def place_lot(self, row: Row, bidder: str, criterion: AwardCriterion) -> LotId | None:
        """Return the lot of an answer, score or agreed score; None for a common question.

        Refuses a lot that does not exist, that the bidder does not bid for, or that is not the
        question's own. A lot beside a common question is left aside, with a note per sheet.
        """
        named = self.lot(row)
        own = criterion.lot
        if own is not None and named not in {None, own}:
            wrong = f"{criterion.ref} belongs to lot {own}."
            row.refuse("Lot", wrong, f"Write {own}, or leave the lot blank.")
            return None
        meant = own or named
        if meant is not None and not self.bids_for(bidder, meant):
            column = "Lot" if named else "Bidder"
            row.refuse(column, f"{bidder} does not bid for lot {meant}.", self._bids_hint(bidder))
            return None
        if named is not None and own is None and len(self.method.lots) > 1:
            self._say_once(
                f"{row.layout.name}: questions common to all lots are answered and scored once, so "
                f"the lot beside {criterion.ref} (row {row.number}) and others was left aside."
            )
        return own

    def price_criterion(self, row: Row, bidder: str) -> AwardCriterion | None:
        """Return the price criterion of a row; where Ref is blank the only one it can be."""
        if "Ref" in row:
            found = self.criterion(row)
            if found is not None and found.kind is not CriterionKind.PRICE:
                if key(found.ref) not in self.doubtful:
                    row.refuse("Ref", f"{found.ref} is not a price criterion.", self._price_hint())
                return None
            return found
        if self._cannot_tell(CRITERIA, self._criteria):
            return None
        named = self.lot(row)
        found_all = [
            criterion
            for criterion in self._prices()
            if criterion.lot is None
            or (criterion.lot == named if named else self.bids_for(bidder, criterion.lot))
        ]
        if len(found_all) == 1:
            return found_all[0]
        wrong = "There are several price criteria." if found_all else "There is no price criterion."
        row.refuse("Ref", wrong, self._price_hint())
        return None

    def price_lot(self, row: Row, bidder: str, criterion: AwardCriterion) -> LotId | None:
        """Return the lot of a price; None where it serves every lot bid for.

        Unlike an answer, the price of a common criterion may differ from lot to lot.
        """
        if criterion.lot is not None or len(self.method.lots) == 1:
            return self.place_lot(row, bidder, criterion)
        named = self.lot(row)
        if named is not None and not self.bids_for(bidder, named):
            wrong = f"{bidder} does not bid for lot {named}."
            row.refuse("Lot", wrong, self._bids_hint(bidder))
        return named

    def _prices(self) -> Iterable[AwardCriterion]:
        return (row for row in self.method.criteria if row.kind is CriterionKind.PRICE)

    def _price_hint(self) -> str:
        refs = [str(criterion.ref) for criterion in self._prices()]
        if not refs:
            return "Add a criterion of kind price to the Criteria sheet."
        return f"Write {_some(refs)}."

    def _bids_hint(self, bidder: str) -> str:
        lots = [str(lot) for lot in self.lots_bid_for(bidder)]
        return f"Write {_some(lots)}, or add the lot to the bidder's Lots."

    def _cannot_tell(
        self, layout: Layout, listed_there: Collection[object] | Mapping[str, object]
    ) -> bool:
        if layout.name in self.unlisted:
            return True
        if listed_there:
            return False
        if layout.name not in self._said:
            self._said.add(layout.name)
            wrong = f"There is no {layout.name} sheet with rows, but other sheets refer to it."
            self.problems.add(
                CellProblem(layout.name, None, None, wrong, f"Fill the {layout.name} sheet first.")
            )
        return True

    def _unknown(self, row: Row, column: str, text: str, options: Sequence[str]) -> None:
        if key(text) in self.doubtful:
            row.ok = False
            return
        asked = (row.layout.name, column, key(text))
        if asked not in self._hints:
            meant = near(text, options)
            self._hints[asked] = f"Did you mean {meant}?" if meant else f"Write {_some(options)}."
        row.refuse(column, f"{quoted(text)} is not known.", self._hints[asked])

    def _say_once(self, note: str) -> None:
        about = note.partition(":")[0]
        if about not in self._said:
            self._said.add(about)
            self.problems.notes.append(note)


def _some(options: Sequence[str]) -> str:
    if len(options) <= _MANY:
        return listed(list(options))
    return f"{', '.join(options[:_MANY])} or another of the {len(options)} that are listed"


def new_directory(sheets: Sheets, known: Known | None) -> Directory:
    """Return a directory of what is known before the workbook's own sheets are read."""
    directory = Directory(known.method if known else Method(), sheets.problems)
    directory.use_method(directory.method)
    directory.unlisted = {table.layout.name for table in sheets.tables.values() if table.is_broken}
    if known:
        directory.bidders = {key(name): (name, lots) for name, lots in known.bidders}
        for person in known.panel:
            directory.add_person(person, None)
    return directory
