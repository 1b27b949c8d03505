"""Search a finished outline for what must not be published, whoever wrote it where.

The last net below ``award_publication``: names of people, e-mail addresses, unsuccessful
suppliers' names and prices in texts that people wrote. First names alone stay: they may be
ordinary words; ``award_names_left`` shows them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import singledispatchmethod
from typing import Final

from tendereval.domain.exact import money
from tendereval.domain.ids import BidderId
from tendereval.domain.report_model import ReportModel
from tendereval.reports import outline
from tendereval.reports import wording_publication as p
from tendereval.reports.award_labels import EMAIL, known_names, labels, pattern_of
from tendereval.reports.award_publication import Lettering, hidden_prices
from tendereval.reports.shapes import Shape, Words

_TITLES: Final = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady"
_SHORTEST_IDENTIFIER: Final = 4


@dataclass(frozen=True, slots=True)
class Scrubber:
    """Puts every text of a document through one hand.

    Attributes:
        text: returns what stands in place of a text.
    """

    text: Callable[[str], str]

    def runs(self, text: outline.Text) -> outline.Text:
        """Return a text in one manner of writing or several."""
        if isinstance(text, str):
            return self.text(text)
        return tuple(replace(run, text=self.text(run.text)) for run in text)

    @singledispatchmethod
    def block(self, block: outline.Block) -> outline.Block:
        """Return a block with its texts put through; keys and targets of links stay."""
        return block

    @block.register
    def _heading(self, block: outline.Heading) -> outline.Block:
        return replace(block, text=self.runs(block.text), number=self.text(block.number))

    @block.register
    def _paragraph(self, block: outline.Paragraph) -> outline.Block:
        return replace(block, text=self.runs(block.text))

    @block.register
    def _bullets(self, block: outline.Bullets) -> outline.Block:
        return replace(block, items=tuple(map(self.runs, block.items)))

    @block.register
    def _numbered(self, block: outline.Numbered) -> outline.Block:
        return replace(block, items=tuple(map(self.runs, block.items)))

    @block.register
    def _facts(self, block: outline.Facts) -> outline.Block:
        pairs = tuple((self.runs(label), self.runs(value)) for label, value in block.pairs)
        return replace(block, pairs=pairs, caption=self.text(block.caption))

    @block.register
    def _rationale(self, block: outline.ScoredRationale) -> outline.Block:
        rationale = self.runs(block.rationale)
        return replace(block, label=self.text(block.label), rationale=rationale)

    @block.register
    def _link(self, block: outline.Link) -> outline.Block:
        return replace(block, text=self.text(block.text))

    @block.register
    def _table(self, block: outline.Table) -> outline.Block:
        return replace(
            block,
            columns=tuple(replace(one, heading=self.text(one.heading)) for one in block.columns),
            rows=tuple(self._row(row) for row in block.rows),
            caption=self.text(block.caption),
            groups=tuple(replace(one, text=self.text(one.text)) for one in block.groups),
        )

    def _row(self, row: outline.Row) -> outline.Row:
        cells = (
            replace(cell, text=self.runs(cell.text))
            if isinstance(cell, outline.Cell)
            else self.runs(cell)
            for cell in row.cells
        )
        return replace(row, cells=tuple(cells))

    @block.register
    def _figure(self, block: outline.Figure) -> outline.Block:
        return replace(
            block,
            shapes=tuple(map(self._shape, block.shapes)),
            alternative=self.text(block.alternative),
            caption=self.text(block.caption),
        )

    def _shape(self, shape: Shape) -> Shape:
        return replace(shape, text=self.text(shape.text)) if isinstance(shape, Words) else shape

    @block.register
    def _logo(self, block: outline.Logo) -> outline.Block:
        return replace(block, alternative=self.text(block.alternative))

    @block.register
    def _title(self, block: outline.CoverTitle) -> outline.Block:
        return replace(block, text=self.text(block.text))

    @block.register
    def _lead(self, block: outline.CoverLead) -> outline.Block:
        return replace(block, text=self.text(block.text))

    def document(self, document: outline.Document) -> outline.Document:
        """Return a document with every text put through."""
        return replace(
            document,
            title=self.text(document.title),
            head=self.text(document.head),
            foot=self.text(document.foot),
            cover=tuple(map(self.block, document.cover)),
            blocks=tuple(map(self.block, document.blocks)),
        )


def scrubber(model: ReportModel, shown: Lettering) -> Scrubber:
    """Return what searches the published version of a report.

    Args:
        model: the whole one, for the file.
        shown: who is named.
    """
    found: dict[str, str | None] = {}
    for pattern, said in (*_suppliers(model, shown), *_people(model), *_amounts(model, shown)):
        found.setdefault(pattern, said)
    # A supplier may be called like a person: what is kept is looked for first.
    ordered = sorted(found, key=lambda one: (found[one] is not None, -len(one)))
    whole = re.compile("|".join(f"({one})" for one in ordered)) if ordered else None
    instead = tuple(found[one] for one in ordered)

    def put(match: re.Match[str]) -> str:
        said = instead[(match.lastindex or 1) - 1]
        return match.group() if said is None else said

    def cleaned(text: str) -> str:
        if whole is not None:
            text = whole.sub(put, text)
        return EMAIL.sub(p.NO_EMAIL, text) if "@" in text else text

    return Scrubber(cleaned)


def _suppliers(model: ReportModel, shown: Lettering) -> Iterator[tuple[str, str | None]]:
    alone = len(model.method.lots) == 1
    named: frozenset[BidderId] = shown.named
    for bidder in model.bidders:
        if bidder.name.split():
            lettered = (label for (one, _), label in shown.letters.items() if one == bidder.id)
            said = next(lettered, p.ANOTHER_SUPPLIER) if alone else p.ANOTHER_SUPPLIER
            yield pattern_of(bidder.name), None if bidder.id in named else said
        if bidder.id not in named and len(bidder.identifier.strip()) >= _SHORTEST_IDENTIFIER:
            yield pattern_of(bidder.identifier), p.NO_IDENTIFIER


def _people(model: ReportModel) -> Iterator[tuple[str, str | None]]:
    called = labels(model)
    for person, name in known_names(model):
        label = called.get(person, p.NOT_NAMED)
        yield pattern_of(name), label
        *first, surname = name.split()
        if first:
            yield rf"\b(?:{_TITLES})\.?\s+{re.escape(surname)}(?!\w)", label
    for person_known in model.people:
        if person_known.email.strip():
            yield pattern_of(person_known.email), p.NO_EMAIL


def _amounts(model: ReportModel, shown: Lettering) -> Iterator[tuple[str, str | None]]:
    """Yield the prices of unsuccessful tenders, those left out that a successful one has too."""
    hidden = hidden_prices(model)
    own: set[Fraction] = set()
    others: set[Fraction] = set()
    for ranking in model.rankings:
        for bid in ranking.ranked:
            prices = {mark.criterion: mark.price for mark in bid.marks if mark.price is not None}
            is_lost = (bid.bidder, ranking.lot) in shown.letters
            is_hidden = is_lost or any((bid.bidder, ref) in hidden for ref in prices)
            (others if is_hidden else own).update(prices.values())
            if bid.price_amount is not None:
                (others if is_hidden else own).add(bid.price_amount)
    for amount in others - own:
        text = money(amount, model.details.currency)
        yield rf"(?<!\w){re.escape(text)}(?!\d)", p.NO_AMOUNT
        if text.endswith(".00"):
            yield rf"(?<!\w){re.escape(text[:-3])}(?![.,]?\d)", p.NO_AMOUNT
