"""``names``: where bidders' names stand in what packs carry, and the day they are revealed."""

import argparse
from collections.abc import Sequence

from tendereval.commands.shell import Json, Shell, say, say_json
from tendereval.domain.errors import UnknownReference
from tendereval.services import aliasing, name_checking
from tendereval.services.name_checking import NameHit
from tendereval.services.situation import Situation, situation


def names(args: argparse.Namespace, shell: Shell) -> int:
    """List the hits, decide on some of them, or reveal the names."""
    if not (args.redact or args.accept or args.reveal):
        with shell.look(args) as session:
            with session.reading() as reader:
                now = situation(reader)
            _show(args, now, name_checking.hits(session))
        return 0
    with shell.open(args) as session:
        reason = args.reason or ""
        if args.reveal:
            aliasing.reveal_names(session, reason)
            say("Evaluators learn the bidders' names with the next packs, and declare anew.")
            return 0
        found = name_checking.hits(session)
        decided: set[NameHit] = set()
        for numbers, redact in ((args.redact, True), (args.accept, False)):
            chosen = _chosen(found, numbers)
            name_checking.decide_all(session, chosen, redact=redact, reason=reason)
            decided.update(chosen)
            if chosen:
                what = "left out of packs" if redact else "accepted"
                say(f"{len(chosen)} of {len(found)} places {what}.")
        left = len(set(name_checking.undecided(session, found)) - decided)
        say(f"{left} places wait for a decision." if left else "Every place is decided.")
    return 0


def _chosen(found: Sequence[NameHit], numbers: Sequence[str]) -> tuple[NameHit, ...]:
    """Return the hits of these numbers; ``all`` means those not decided yet."""
    if "all" in numbers:
        return tuple(hit for hit in found if hit.needs_decision)
    chosen = []
    for number in numbers:
        if not number.isdecimal() or not 1 <= int(number) <= len(found):
            raise UnknownReference(
                f"There is no place {number!r} in the list.",
                f"Use numbers from 1 to {len(found)}, or all." if found else "It is empty.",
            )
        chosen.append(found[int(number) - 1])
    return tuple(dict.fromkeys(chosen))


def _show(args: argparse.Namespace, now: Situation, found: Sequence[NameHit]) -> None:
    if args.json:
        rows: list[Json] = [_row(now, number, hit) for number, hit in enumerate(found, 1)]
        waiting = sum(hit.needs_decision for hit in found)
        say_json({"names_hidden": now.names_hidden, "places": rows, "undecided": waiting})
        return
    if not now.names_hidden:
        say("Bidders' names are not hidden in this tender.")
        return
    for number, hit in enumerate(found, 1):
        say(f"{number}. {_where(now, hit)}: {hit.words!r} in “{hit.around}”: {_state(hit)}.")
    if not found:
        say("No bidder's name stands in what packs carry.")


def _row(now: Situation, number: int, hit: NameHit) -> Json:
    return {
        "number": number,
        "where": _where(now, hit),
        "words": hit.words,
        "around": hit.around,
        "decision": _state(hit),
    }


def _where(now: Situation, hit: NameHit) -> str:
    if hit.place is not None:
        return f"{hit.where} ({now.place_in_words(hit.place)})"
    return f"{hit.where} of {now.bidder_name(hit.owner)}"


def _state(hit: NameHit) -> str:
    if hit.where.goes_anyway:
        return "left out in any case"
    if hit.decision is None:
        return "to be decided"
    return "left out" if hit.decision.redacted else "accepted"
