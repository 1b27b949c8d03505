"""The fields of a bidder's particulars; what they mean to the law is said where they are used."""

from dataclasses import replace

from tendereval.domain.bidding import Bidder
from tendereval.domain.ids import LotId
from tendereval.domain.tender import Lot
from tendereval.viewmodels.form_fields import (
    YES_OR_NO,
    FormField,
    Shape,
    Unreadable,
    attribute,
    show_yes_or_no,
    yes_or_no,
)


def particulars(lots: tuple[Lot, ...]) -> tuple[FormField[Bidder], ...]:
    """Return the fields; lots are among them where the tender has several."""
    return (
        attribute(Bidder, "name", "Name, as in its tender"),
        attribute(
            Bidder,
            "identifier",
            "Companies House or other number",
            optional=True,
            width=22,
        ),
        attribute(Bidder, "email", "E-mail", optional=True, width=34),
        attribute(
            Bidder,
            "address",
            "Postal address",
            optional=True,
            shape=Shape.LONG,
            hint="For the assessment summary.",
        ),
        _yes_or_no("sme", "Small or medium-sized enterprise"),
        _yes_or_no("vcse", "Voluntary, community or social enterprise"),
        _yes_or_no("supported_employment", "Supported employment provider"),
        *(
            _lot(lot, tuple(item.ref for item in lots))
            for lot in lots[: len(lots) * (len(lots) > 1)]
        ),
        attribute(
            Bidder,
            "subcontractors",
            "Subcontractors, one a line",
            lambda names: "\n".join(names) if isinstance(names, tuple) else "",
            lambda text: tuple(line.strip() for line in text.split("\n") if line.strip()),
            optional=True,
            shape=Shape.LONG,
            hint="The panel sees them when it declares interests.",
        ),
    )


def _yes_or_no(name: str, label: str) -> FormField[Bidder]:
    return attribute(
        Bidder,
        name,
        label,
        show_yes_or_no,
        yes_or_no,
        shape=Shape.CHOICE,
        choices=YES_OR_NO,
        width=28,
    )


def _lot(lot: Lot, every: tuple[LotId, ...]) -> FormField[Bidder]:
    def put(bidder: Bidder, text: str) -> Bidder:
        wanted = {ref for ref in every if bidder.bids_for(ref)}
        wanted = wanted | {lot.ref} if text == "yes" else wanted - {lot.ref}
        if not wanted:
            raise Unreadable("A bidder bids for one lot at least.")
        lots = () if wanted == set(every) else tuple(ref for ref in every if ref in wanted)
        return replace(bidder, lots=lots)

    title = f", {lot.title}" if lot.title else ""
    return FormField(
        f"lot {lot.ref}",
        f"Bids for lot {lot.ref}{title}",
        lambda bidder: "yes" if bidder.bids_for(lot.ref) else "no",
        put,
        shape=Shape.TICK,
    )
