"""Key performance indicators: what section 52 asks of each lot's contract, and what the model asks.

Only warnings: which commitments are KPIs is the lead's choice, recorded by ``contract_schedule``.
"""

from collections import Counter
from collections.abc import Sequence

from tendereval.domain.bidding import Place
from tendereval.domain.ids import LotId
from tendereval.domain.publicvalue.commitment_check import missing_parts
from tendereval.domain.publicvalue.commitments import Commitment
from tendereval.domain.publicvalue.contract_schedule import KpiState
from tendereval.domain.publicvalue.kpi_need import KpiFinding, kpi_need, model_kpi_need, value_of
from tendereval.services.award_decisions import standing
from tendereval.services.situation import Situation
from tendereval.services.social_value import choice_for
from tendereval.store import public_value
from tendereval.store.repository import Reader


def kpis(reader: Reader, now: Situation) -> KpiState:
    """Return which commitments are KPIs, and whether section 52 or the model asks for more."""
    setting = public_value.kpi_setting(reader)
    by_id = {item.id: item for item in public_value.commitments(reader)}
    known = [by_id[ref] for ref in setting.chosen if ref in by_id]
    chosen = tuple(item for item in known if _is_term(item))
    counts = _of_each_lot(reader, now, [item.place for item in chosen])
    return KpiState(
        {lot: _asked(now, lot, count, setting.opt_out) for lot, count in counts.items()},
        chosen,
        tuple(item for item in known if not _is_term(item)),
        setting.opt_out,
        _asked_by_the_model(reader, now, [one for one in counts.values() if one is not None]),
    )


def _is_term(item: Commitment) -> bool:
    return not item.withdrawn and not missing_parts(item)


def _asked(now: Situation, lot: LotId, count: int | None, opt_out: str) -> KpiFinding:
    if count is None:
        words = f"Lot {lot} is not awarded: there is no contract that section 52 could ask of."
        return KpiFinding(0, warns=False, sentence=words)
    return kpi_need(now.details, value_of(now.details, now.method.lots, lot), count, opt_out)


def _asked_by_the_model(reader: Reader, now: Situation, counts: Sequence[int]) -> KpiFinding:
    if not counts:
        words = "No lot is awarded: there is no contract that a model could ask of."
        return KpiFinding(0, warns=False, sentence=words)
    return model_kpi_need(now.details, choice_for(reader, now), min(counts))


def _of_each_lot(
    reader: Reader, now: Situation, places: Sequence[Place]
) -> dict[LotId, int | None]:
    """Return how many KPIs the contract with fewest has in each lot; None: it is not awarded.

    Before a decision that stands it is the bid with most.
    """
    decisions = standing(reader)
    found: dict[LotId, int | None] = {}
    for lot in (item.ref for item in now.method.lots):
        held = Counter(place.bidder for place in places if place.lot in {lot, None})
        if lot in decisions:
            found[lot] = min((held[one] for one in decisions[lot].bidders), default=None)
        else:
            bidding = [bid.bidder for bid in now.bids if bid.lot == lot and bid.is_assessed]
            found[lot] = max((held[one] for one in bidding), default=0)
    return found


def kpi_warnings(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what the lead is told about KPIs before award and contract; none blocks."""
    state = kpis(reader, now)
    model = state.of_the_model
    return (*state.warnings, *([model.sentence] if model.warns else []))
