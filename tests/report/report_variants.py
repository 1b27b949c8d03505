"""Variations of the transport tender: two lots, and a score reopened after prices."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from tendereval.domain.award import AwardDecision
from tendereval.domain.bidding import Place, Response, current_bids
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.moderation import Confirmation, Reopening, SentBack
from tendereval.domain.report_model import ReportModel
from tendereval.domain.tender import (
    Lot,
)
from tests.report.report_models import (
    APPROVER,
    AT,
    GWYN,
    LEAD,
    PRICES,
    TWO,
    VALE,
    ranked,
    transport,
)

LATER = AT + timedelta(days=3)


def changed(model: ReportModel) -> ReportModel:
    """Return the model with one agreed score reopened after prices were known."""
    first = model.agreed[2]
    second = replace(
        first,
        points=Fraction(4),
        rationale="The new rationale.",
        revision=2,
        reason="A page was overlooked.",
        recorded_at=LATER,
    )
    dissent = Confirmation(TWO, first.place, 1, agrees=False, dissent="Too low.")
    reopening = Reopening(
        first.place, APPROVER, "Page 31 was not read.", "1 Gwyn; 2 Vale", "1 Gwyn; 2 Vale (new)", AT
    )
    return replace(
        model,
        agreed=tuple(second if item is first else item for item in model.agreed),
        agreed_history=(*model.agreed_history, second),
        confirmations=(*model.confirmations, dissent),
        sent_back=(
            SentBack(first.place, "Read part 4 again.", AT, is_open=True),
            SentBack(first.place, "It was read.", LATER, is_open=False),
        ),
        reopenings=(reopening,),
    )


def lots() -> ReportModel:
    """Return the transport tender in two lots, one question and price to each of them."""
    model = transport()
    north, south = Lot(LotId("N"), "North", Fraction(500000)), Lot(LotId("S"))
    rows = tuple(
        replace(row, lot=north.ref) if row.ref == "PV3" else row for row in model.method.criteria
    )
    method = replace(model.method, lots=(north, south), criteria=rows, round_marks_to=None)
    agreed = tuple(
        replace(item, place=replace(item.place, lot=north.ref))
        if item.place.criterion == "PV3"
        else item
        for item in model.agreed
    )
    bids = current_bids((north.ref, south.ref), model.bidders[:4], ())
    decisions = {
        north.ref: AwardDecision(north.ref, (GWYN,), "Best in the north.", 1, AT, LEAD),
        south.ref: AwardDecision(south.ref, (), "No need in the south.", 1, AT, LEAD),
    }
    late = Response(Place(VALE, CriterionId("PV3"), north.ref), "x", late=True)
    model = replace(
        model,
        method=method,
        agreed=agreed,
        agreed_history=agreed,
        bids=bids,
        decisions=decisions,
        responses=(late,),
    )
    return ranked(model, PRICES)
