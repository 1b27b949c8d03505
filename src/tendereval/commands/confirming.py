"""``confirm``: an evaluator's word on agreed scores, item by item."""

import argparse
from collections.abc import Sequence

from tendereval.commands.scoring_away import opened
from tendereval.commands.shell import Shell, say
from tendereval.domain.bidding import Place
from tendereval.domain.errors import UnknownReference
from tendereval.domain.exact import to_text
from tendereval.domain.moderation import AgreedScore
from tendereval.services import confirming
from tendereval.services.collecting_report import counted
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation


def confirm(args: argparse.Namespace, shell: Shell) -> int:
    """Confirm or dissent from agreed scores; without either, list what waits."""
    with opened(args, shell) as session:
        with session.reading() as reader:
            now, agreed = situation(reader), reader.agreed_scores()
        if not (args.all or args.agree or args.dissent):
            for item in confirming.confirmations_outstanding(session):
                _say_waiting(now, item)
        for bidder, ref, words in args.dissent:
            place = _place(args, now, agreed, bidder, ref)
            confirming.confirm(session, place, agrees=False, dissent=words)
        for bidder, ref in args.agree:
            confirming.confirm(session, _place(args, now, agreed, bidder, ref), agrees=True)
        if args.all:
            _confirm_the_rest(session)
        left = len(confirming.confirmations_outstanding(session))
    waits = f"Waiting for your word: {counted(left, 'agreed score')}."
    say(waits if left else "Nothing waits for your word.")
    return 0


def _confirm_the_rest(session: Session) -> None:
    waiting = confirming.confirmations_outstanding(session)
    for item in waiting:
        confirming.confirm(session, item.place, agrees=True)
    say(f"{counted(len(waiting), 'agreed score')} confirmed.")


def _say_waiting(now: Situation, item: AgreedScore) -> None:
    say(f"{now.place_in_words(item.place)}: {to_text(item.points)}")
    say(f"  {' '.join(item.rationale.split())}")


def _place(
    args: argparse.Namespace,
    now: Situation,
    agreed: Sequence[AgreedScore],
    bidder: str,
    ref: str,
) -> Place:
    """Return the place that is meant; only where a question is scored per lot is one named."""
    found = now.bidder_named(bidder).id
    wanted = ref.strip().casefold()
    lot = now.lot(args.lot) if args.lot else None
    places = [
        item.place
        for item in agreed
        if item.place.bidder == found
        and item.place.criterion.casefold() == wanted
        and (lot is None or item.place.lot in {None, lot})
    ]
    if not places:
        raise UnknownReference(
            f"There is no agreed score of {bidder} for {ref} here.",
            "tendereval confirm X.scoring lists those that wait for your word.",
        )
    if len(places) > 1:
        raise UnknownReference(f"{ref} of {bidder} was agreed for several lots.", "Use --lot.")
    return places[0]
