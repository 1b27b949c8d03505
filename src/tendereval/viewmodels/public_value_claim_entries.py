"""Typing about certificates: what a bidder claims, and the decision on what needs one."""

from collections.abc import Mapping
from dataclasses import replace

from tendereval.domain.errors import UnknownReference
from tendereval.domain.ids import BidderId
from tendereval.domain.publicvalue.certificates import Assurance, Claim, Scheme
from tendereval.domain.stages import Stage
from tendereval.services import certificates
from tendereval.services.situation import Situation
from tendereval.store import public_value
from tendereval.viewmodels.form_fields import (
    Choices,
    FormField,
    Shape,
    Unreadable,
    read_day,
    show_day,
)
from tendereval.viewmodels.public_value_entry import (
    REASON,
    Entry,
    Typed,
    long_field,
    reason_field,
    typed_field,
)
from tendereval.viewmodels.public_value_rows import counted
from tendereval.viewmodels.session_view_model import SessionViewModel

_BLANK = Claim("", "", "", None, None, "", "")


def claim_entry(desk: SessionViewModel, bidder: BidderId, at: int | None) -> Entry:
    """Return the page for one certificate.

    Args:
        desk: the open file.
        bidder: who claims it.
        at: its number in the list; None for another one.
    """
    now, claims, schemes = _read(desk, bidder)
    earlier = _BLANK if at is None else _nth(claims, at)
    by_name = {one.name.casefold(): one for one in schemes.values()}
    name = now.bidder_name(bidder)

    def record(typed: Typed) -> None:
        wanted = _claim(typed)
        items = list(claims)
        if at is None:
            items.append(wanted)
        else:
            items[at] = wanted
        certificates.set_claims(desk.session, bidder, items, typed.get(REASON, ""))

    def scheme_of(typed: Typed) -> Scheme | None:
        wanted = " ".join(typed["scheme"].split()).casefold()
        return by_name.get(wanted) or schemes.get(wanted)

    def offers(typed: Typed) -> Mapping[str, tuple[str, ...]]:
        found = scheme_of(typed)
        levels = tuple(level.name for level in found.levels) if found else ()
        return {"scheme": tuple(sorted(one.name for one in schemes.values())), "level": levels}

    fields = (*_fields(now, name), *_reasons(now, claims))
    return Entry(
        f"A certificate of {name}" if at is None else f"Change a certificate of {name}",
        "Enter what the bid says and shows. The list knows who looks before each badge is given.",
        fields,
        _shown(earlier, schemes),
        "Add the certificate" if at is None else "Record the change",
        record,
        lambda typed: _teaches(typed, scheme_of(typed)),
        offers,
    )


def remove_claim_entry(desk: SessionViewModel, bidder: BidderId, at: int) -> Entry:
    """Return the page on which a certificate is taken out of the list."""
    now, claims, schemes = _read(desk, bidder)
    gone = _nth(claims, at)
    scheme = schemes.get(gone.scheme)
    name = scheme.name if scheme else gone.scheme or "the equivalent"

    def record(typed: Typed) -> None:
        rest = [one for number, one in enumerate(claims) if number != at]
        certificates.set_claims(desk.session, bidder, rest, typed.get(REASON, ""))

    return Entry(
        f"Take {name} out of the claims of {now.bidder_name(bidder)}",
        "The record keeps that it was claimed.",
        _reasons(now, claims) or (reason_field(optional=True),),
        {REASON: ""},
        "Take it out",
        record,
    )


def decide_claim_entry(desk: SessionViewModel, bidder: BidderId, at: int) -> Entry:
    """Return the page on which the lead decides whether a claim is accepted."""
    now, claims, _ = _read(desk, bidder)
    claim = _nth(claims, at)

    def record(typed: Typed) -> None:
        if not typed["accepted"]:
            raise Unreadable("Choose whether it is accepted.")
        accepted = typed["accepted"] == "yes"
        certificates.decide(desk.session, bidder, claim, accepted=accepted, reason=typed[REASON])

    what = claim.equivalent.strip() or f"Made out to {claim.holder.strip()}."
    said = {None: "", True: "yes", False: "no"}[claim.accepted]
    return Entry(
        f"Is this certificate of {now.bidder_name(bidder)} accepted?",
        f"{what} An authority accepts an equivalent where it shows the same; the reason is shown "
        "with the claim.",
        (
            typed_field(
                "accepted",
                "Decision",
                shape=Shape.CHOICE,
                choices=(
                    ("", "Not decided", True),
                    ("yes", "Accepted", True),
                    ("no", "Not accepted", True),
                ),
                width=24,
            ),
            reason_field(hint="Why; it is shown with the claim."),
        ),
        {"accepted": said, REASON: claim.reason},
        "Record the decision",
        record,
    )


def _read(
    desk: SessionViewModel, bidder: BidderId
) -> tuple[Situation, tuple[Claim, ...], Mapping[str, Scheme]]:
    now = desk.now
    with desk.reading() as reader:
        claims = public_value.claims(reader).get(bidder, ())
        return now, claims, certificates.schemes_of(reader)


def _nth(claims: tuple[Claim, ...], at: int) -> Claim:
    if not 0 <= at < len(claims):
        raise UnknownReference("The certificate is not in the list any more.", "Look again.")
    return claims[at]


def _reasons(now: Situation, claims: tuple[Claim, ...]) -> tuple[FormField[Typed], ...]:
    needed = bool(claims) and now.stage.position >= Stage.SCORING.position
    return (reason_field(hint="Why the list changes; it is kept."),) if needed else ()


def _fields(now: Situation, bidder: str) -> tuple[FormField[Typed], ...]:
    asked = [
        (row.ref, f"{row.ref}  {row.title}", True)
        for row in now.method.criteria
        if row.kind.is_scored or not row.kind.is_weighted
    ]
    return (
        typed_field("scheme", "Scheme", hint="Type a part of its name and choose with the arrows."),
        typed_field("level", "Level", optional=True, width=26),
        typed_field("number", "Number", width=26),
        typed_field("issued", "Issued on", read_day, width=26),
        typed_field(
            "ends", "Valid to", read_day, hint="As the certificate says.", optional=True, width=26
        ),
        long_field("scope", "Scope", "Which work and which sites it covers."),
        typed_field(
            "evidence", "Evidence", hint="A document of the bid, or where it was looked up."
        ),
        typed_field("holder", "Made out to", optional=True, hint=f"Blank is {bidder} itself."),
        typed_field(
            "offered_as",
            "What the bidder calls it",
            shape=Shape.CHOICE,
            choices=_offered(),
            optional=True,
        ),
        long_field(
            "equivalent",
            "Offered as equivalent",
            "What is offered instead of the scheme above, and why it shows the same.",
            optional=True,
        ),
        typed_field(
            "criterion",
            "Question it was offered under",
            shape=Shape.CHOICE,
            choices=(("", "None", True), *asked),
            optional=True,
        ),
    )


def _offered() -> Choices:
    every = [(str(one), one.in_words.partition(":")[0].capitalize(), True) for one in Assurance]
    return (("", "Not said", True), *every)


def _shown(claim: Claim, schemes: Mapping[str, Scheme]) -> Typed:
    scheme = schemes.get(claim.scheme)
    return {
        "scheme": scheme.name if scheme else claim.scheme,
        "level": claim.level,
        "number": claim.number,
        "issued": "" if claim.issued is None else show_day(claim.issued),
        "ends": "" if claim.ends is None else show_day(claim.ends),
        "scope": claim.scope,
        "evidence": claim.evidence,
        "holder": claim.holder,
        "offered_as": str(claim.offered_as or ""),
        "equivalent": claim.equivalent,
        "criterion": claim.criterion,
        REASON: "",
    }


def _claim(typed: Typed) -> Claim:
    offered = typed["offered_as"]
    return replace(
        _BLANK,
        scheme=typed["scheme"],
        level=typed["level"],
        number=typed["number"],
        issued=read_day(typed["issued"]),
        ends=read_day(typed["ends"]),
        scope=typed["scope"],
        evidence=typed["evidence"],
        holder=typed["holder"],
        offered_as=Assurance(offered) if offered else None,
        equivalent=typed["equivalent"],
        criterion=typed["criterion"],
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _teaches(typed: Typed, scheme: Scheme | None) -> tuple[str, ...]:
    if scheme is None:
        if not typed["scheme"].strip():
            return ()
        return ("This scheme is not in the list: say below what it is equivalent to and why.",)
    said = [f"{_capital(level.name)}: {level.assurance.in_words}." for level in scheme.levels]
    if scheme.valid_months:
        length = counted(scheme.valid_months, "month")
        unseen = "" if scheme.valid_verified else " (not verified)"
        said.append(f"A certificate lasts {length}{unseen}.")
    if scheme.status == "closed":
        said.append("The scheme is closed: a claim of it is out of date.")
    elif not scheme.is_current:
        said.append("It cannot be certified: it is guidance only.")
    if not scheme.verified:
        said.append("Not verified: what the list says of it was not seen in a source.")
    return tuple(said)
