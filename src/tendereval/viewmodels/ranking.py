"""The Price and ranking screen: prices when they may be seen, marks, order, ties, warnings."""

from dataclasses import dataclass
from fractions import Fraction

from PySide6.QtCore import QObject, Signal

from tendereval.domain.bidding import Place, PriceSubmission
from tendereval.domain.errors import UserFixable
from tendereval.domain.exact import money, rounded_text, typed_amount
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.ranked import Ranking
from tendereval.domain.stages import Stage
from tendereval.domain.tender import CriterionKind
from tendereval.domain.wording import listed
from tendereval.services import bids, ranking, staging
from tendereval.viewmodels.kinds import Kind
from tendereval.viewmodels.results_table import ResultsModel, marks_text
from tendereval.viewmodels.session_view_model import SessionViewModel

_KINDS = frozenset({Kind.STAGE, Kind.PRICES, Kind.AGREED, Kind.BIDS, Kind.METHOD})


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price to be entered.

    Attributes:
        name: the bidder's, with the price criterion where there are several.
        text: the price as entered; empty while it is missing.
    """

    place: Place
    name: str
    text: str


class RankingViewModel(QObject):
    """What the Price and ranking screen shows and does.

    Signals:
        read_again: everything may have changed.
    """

    read_again = Signal()

    def __init__(self, desk: SessionViewModel) -> None:
        super().__init__(desk)
        self._desk = desk
        self._lot = desk.now.method.lots[0].ref
        self._ranking: Ranking | None = None
        self._refusal = ""
        self.results = ResultsModel(self)
        desk.changed.connect(self._on_changed)
        self.read()

    def _on_changed(self, kinds: object) -> None:
        if isinstance(kinds, frozenset) and kinds & _KINDS:
            self.read()

    def read(self) -> None:
        """Read the ranking anew, where there may be one."""
        now = self._desk.now
        self._ranking, self._refusal = None, ""
        if self.is_open:
            try:
                with self._desk.reading() as reader:
                    self._ranking = ranking.rank(reader, now, self._lot)
            except UserFixable as refusal:
                self._refusal = refusal.happened
        self.results.show_ranking(now.method, self._ranking, now.details.currency)
        self.read_again.emit()

    @property
    def is_open(self) -> bool:
        """Whether prices may be seen."""
        return self._desk.now.stage.position >= Stage.PRICE.position

    @property
    def may_enter_prices(self) -> bool:
        """Whether prices may be entered here and now."""
        return self._desk.now.stage is Stage.PRICE

    @property
    def lots(self) -> tuple[LotId, ...]:
        """The lots in published order."""
        return tuple(lot.ref for lot in self._desk.now.method.lots)

    @property
    def lots_in_words(self) -> tuple[tuple[LotId, str], ...]:
        """Each lot with its number and title."""
        lots = self._desk.now.method.lots
        return tuple(
            (lot.ref, f"Lot {lot.ref}: {lot.title}" if lot.title else f"Lot {lot.ref}")
            for lot in lots
        )

    def choose_lot(self, lot: LotId) -> None:
        """Show another lot."""
        self._lot = lot
        self.read()

    @property
    def closed_because(self) -> tuple[str, ...]:
        """What has to be done before prices are opened; empty when they can be or are open."""
        if self.is_open:
            return ()
        if self._desk.now.stage is not Stage.MODERATION:
            return ("Prices are asked for once every agreed score is confirmed.",)
        return staging.stage_report(self._desk.session).missing

    def open_prices(self) -> bool:
        """Enter stage ``price``."""
        done = self._desk.did(lambda session: staging.change_stage(session, Stage.PRICE))
        if done:
            self._desk.forget_undo()
        return done

    @property
    def prices(self) -> tuple[PriceLine, ...]:
        """The prices of the lot, one line per bidder and price criterion; none before."""
        if not self.is_open:
            return ()
        now = self._desk.now
        with self._desk.reading() as reader:
            entered = {item.place: item.amount for item in reader.prices()}
        criteria = [row for row in now.method.in_lot(self._lot) if row.kind is CriterionKind.PRICE]
        lines = []
        for bid in now.bids:
            if bid.lot != self._lot:
                continue
            for row in criteria:
                place = self._price_place(bid.bidder, row.ref, entered)
                amount = entered.get(place)
                name = now.bidder_name(bid.bidder)
                label = f"{name}, {row.ref}" if len(criteria) > 1 else name
                text = "" if amount is None else money(amount, now.details.currency)
                lines.append(PriceLine(place, label, text))
        return tuple(lines)

    def _price_place(
        self, bidder: BidderId, ref: CriterionId, entered: dict[Place, Fraction]
    ) -> Place:
        common = Place(bidder, ref)
        single = len(self.lots) == 1
        return common if single or common in entered else Place(bidder, ref, self._lot)

    def enter_price(self, place: Place, text: str) -> str:
        """Record a price as typed in British notation.

        Returns:
            What is wrong with it, as a sentence for the field; empty once it is recorded.
        """
        amount = typed_amount(text)
        if amount is None:
            return "This is not an amount. Write it as 1,234,567.50."
        done = self._desk.did(
            lambda session: bids.record_prices(session, [PriceSubmission(place, amount)]),
            Kind.PRICES,
        )
        return "" if done else "This price was not recorded; the message above says why."

    def close_ranking(self) -> bool:
        """Enter stage ``award``: from then on the ranking does not change."""
        done = self._desk.did(lambda session: staging.change_stage(session, Stage.AWARD))
        if done:
            self._desk.forget_undo()
            self._desk.place_wanted.emit("award", None)
        return done

    @property
    def sentence(self) -> str:
        """The head of the screen."""
        if not self.is_open:
            return "Prices stay closed until quality is settled"
        if self._ranking is None:
            lines = self.prices
            entered = sum(bool(line.text) for line in lines)
            if entered < len(lines):
                return f"{entered} of {len(lines)} prices are entered"
            return "There is no ranking yet"
        first = [bid for bid in self._ranking.ranked if bid.rank == 1]
        if not first:
            return "No tender is left to rank"
        if len(first) > 1:
            names = listed([bid.name for bid in first])
            return f"{names} are tied for first place"
        marks = self._total_text(first[0].total)
        return f"{first[0].name} ranks first with {marks} marks"

    def _total_text(self, total: Fraction) -> str:
        places = self._desk.now.method.round_totals_to
        return marks_text(total) if places is None else rounded_text(total, places)

    @property
    def under(self) -> str:
        """What stands under the head."""
        if not self.is_open:
            return "Nothing derived from a price exists before. Opening prices goes on record."
        if self._ranking is None:
            return self._refusal
        lead = self._lead()
        return f"{lead}Anyone can add up the table below and reach the same totals."

    def _lead(self) -> str:
        ranked = self._ranking.ranked if self._ranking is not None else ()
        first = [bid for bid in ranked if bid.rank == 1]
        behind = [bid for bid in ranked if bid.rank == len(first) + 1]
        if not first or not behind:
            return ""
        gap = marks_text(first[0].total - behind[0].total)
        return f"{gap} marks ahead of {listed([bid.name for bid in behind])}. "

    @property
    def note(self) -> str:
        """How marks and totals come about, for whoever adds up."""
        places = self._desk.now.method.round_totals_to
        words = "Each question's marks are its weight times the share of the scale that was earned."
        if places is None:
            return f"{words} A total is the sum of its column."
        return f"{words} A total is the sum of its column, rounded to {places} places as published."

    @property
    def not_ranked(self) -> tuple[tuple[str, str], ...]:
        """Tenders without a place: name and reason."""
        if self._ranking is None:
            return ()
        return tuple((out.name, out.reason) for out in self._ranking.not_ranked)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What people should see before they rely on the ranking."""
        return () if self._ranking is None else tuple(w.text for w in self._ranking.warnings)

    @property
    def can_close(self) -> bool:
        """Whether the ranking is there and the award can be prepared."""
        return self._desk.now.stage is Stage.PRICE and self._ranking is not None


def make(desk: SessionViewModel) -> RankingViewModel:
    """Return the view-model of the place ``ranking``."""
    return RankingViewModel(desk)
