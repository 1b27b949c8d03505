"""``pack``: the lead's way out, one sealed file per evaluator."""

import argparse
from contextlib import nullcontext
from datetime import datetime, time
from pathlib import Path
from typing import Final

from tendereval.commands import asking, tender_keys
from tendereval.commands.shell import Shell, say
from tendereval.domain.errors import RuleRefusal
from tendereval.domain.evaluation import PanelMember
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ContactCard, PackKind
from tendereval.exchange.contact_card import read_card
from tendereval.exchange.file_writing import ensured_folder
from tendereval.exchange.words import propose_passphrase
from tendereval.services import packing, scoring_books
from tendereval.services.collecting_report import counted
from tendereval.services.documents_out import safe_name
from tendereval.services.pack_states import who_gets
from tendereval.services.packing import PackMade, PackOrder
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation

_END_OF_DAY: Final = time(23, 59)


def pack(args: argparse.Namespace, shell: Shell) -> int:
    """Make sealed packs, or scoring workbooks, for one evaluator or for all."""
    if args.workbook:
        return _workbooks(args, shell)
    cards = [read_card(Path(name)) for name in args.card]
    own = asking.identity(args, shell)
    with shell.open(args).with_identity(own) as session:
        kind = PackKind.RECORD if args.record else PackKind.SCOREPACK
        members = _members(args, session, kind)
        tender_keys.ensure(args, session)
        with session.reading() as reader:
            now, known = situation(reader), reader.contact_keys()
        told: dict[str, str] = {}
        orders = []
        for member in members:
            card = _card_for(args, now, member, cards)
            spoken = ""
            if card is None and (args.passphrase_file or member.person not in known):
                spoken = _passphrase_for(args, shell, now.name(member.person), told)
            orders.append(_order(args, shell, kind, member, card, spoken))
        if args.all:
            made = packing.make_packs(session, orders, Path(args.out))
        else:
            made = (packing.make_pack(session, orders[0], Path(args.out)),)
        for item in made:
            _say_made(now, item)
        for name, spoken in told.items():
            say(f"Tell {name} this passphrase by another way than the pack: {spoken}")
    return 0


def _workbooks(args: argparse.Namespace, shell: Shell) -> int:
    """Write scoring workbooks; they are not sealed, and the lead's own keys may stay away."""
    own = asking.identity(args, shell) if args.identity else None
    with shell.open(args).with_identity(own) as session:
        members = _members(args, session, PackKind.SCOREPACK)
        with session.reading() as reader:
            now = situation(reader)
        out = Path(args.out)
        wanted = [
            (
                PackOrder(
                    member.person,
                    return_by=_wanted_by(args, shell),
                    message=args.message or "",
                ),
                out / _book_name(now, member.person) if args.all else out,
            )
            for member in members
        ]
        with ensured_folder(out) if args.all else nullcontext():
            found = scoring_books.write_books(session, wanted)
        for made in found:
            name, answers = now.name(made.person), counted(made.answers, "answer")
            say(f"Wrote {made.path}: workbook {made.number} for {name}, {answers}.")
            if made.folder is not None:
                say(f"The documents lie in {made.folder}: send it too.")
    say("It is not sealed: send it in a way that only this person reads.")
    return 0


def _book_name(now: Situation, person: PersonId) -> str:
    return safe_name(f"{now.details.reference} {now.name(person)}.xlsx".strip())


def _wanted_by(args: argparse.Namespace, shell: Shell) -> datetime | None:
    wanted: datetime | None = args.return_by
    if wanted is not None and wanted.tzinfo is None:
        return wanted.replace(tzinfo=shell.clock().tzinfo)
    return wanted


def _members(args: argparse.Namespace, session: Session, kind: PackKind) -> list[PanelMember]:
    """Return who gets a pack: the one named, or everybody who can have one now."""
    with session.reading() as reader:
        now = situation(reader)
        if not args.all:
            return [now.person_named(args.person)]
        # Who makes packs has the tender itself, also to confirm what was agreed.
        found = [one for one in who_gets(reader, now, kind) if one != session.actor.person]
    if not found:
        raise RuleRefusal(
            "There is nobody to make a pack for now.",
            "Look at the stage, and at who is asked to score or to confirm.",
        )
    return [now.member(person) for person in found]


def _card_for(
    args: argparse.Namespace, now: Situation, member: PanelMember, cards: list[ContactCard]
) -> ContactCard | None:
    """Return the card that is a person's: by its e-mail, or because there is just one of each."""
    if not args.all:
        if len(cards) > 1:
            raise RuleRefusal("One pack is sealed to one card.", "Name --card once.")
        return cards[0] if cards else None
    person = now.people.get(member.person)
    email = person.email.strip().casefold() if person else ""
    return next((card for card in cards if email and card.email.strip().casefold() == email), None)


def _passphrase_for(args: argparse.Namespace, shell: Shell, name: str, told: dict[str, str]) -> str:
    """Return what a pack is sealed with; a proposed passphrase is told in the end."""
    if args.passphrase_file:
        return asking.text_of(Path(args.passphrase_file))
    typed = shell.ask(f"Passphrase of the pack for {name} (blank: a proposed one): ", True)
    if typed is None:
        raise RuleRefusal(
            f"There is nothing to seal the pack for {name} with.",
            "Use --card X.evaluator with the person's contact card, or --passphrase-file F.",
        )
    if typed.strip():
        return typed
    told[name] = propose_passphrase()
    return told[name]


def _order(
    args: argparse.Namespace,
    shell: Shell,
    kind: PackKind,
    member: PanelMember,
    card: ContactCard | None,
    spoken: str,
) -> PackOrder:
    return PackOrder(
        member.person,
        kind,
        card,
        spoken,
        args.part_allowed,
        _wanted_by(args, shell),
        args.message or "",
        args.card_is_theirs,
        args.reason or "",
    )


def _say_made(now: Situation, item: PackMade) -> None:
    sealed = f"sealed to the key “{item.words}”" if item.words else "sealed with a passphrase"
    say(
        f"Wrote {item.path}: pack {item.number} for {now.name(item.person)}, {_held(item)}{sealed}."
    )


def _held(item: PackMade) -> str:
    if item.kind is PackKind.RECORD:
        return "agreed scores to confirm, "
    # Before scoring begins, and until a declared interest is decided on, no answers go out.
    return f"{counted(item.answers, 'answer')}, " if item.answers else "without answers yet, "
