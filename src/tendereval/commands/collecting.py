"""``collect`` and ``held``: returns in, looked at first, then merged all or none."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from tendereval.commands import asking
from tendereval.commands.shell import Json, Shell, complain, say, say_json
from tendereval.domain.errors import OtherKey, UnknownReference
from tendereval.domain.packs import Receipt, receipt_text
from tendereval.exchange.file_writing import appearing
from tendereval.services import collecting, held_returns
from tendereval.services.collecting import CollectDone, Collection, ReturnReport
from tendereval.services.collecting_report import counted, day_and_time, shortened
from tendereval.services.held_returns import HeldReturn
from tendereval.services.receipts import receipt_words
from tendereval.services.session import Session
from tendereval.services.situation import situation


def collect(args: argparse.Namespace, shell: Shell) -> int:
    """Look at returns and, unless it is only a trial, merge them."""
    paths, insist = [Path(name) for name in args.returns], args.insist or ""
    own = None
    if any(path.suffix.casefold() != ".xlsx" for path in paths):
        own = asking.identity(args, shell)
    with shell.open(args).with_identity(own) as session:
        found = collecting.look_at_returns(session, paths)
        if args.accept_key:
            _accept_key(args, session, found, insist)
            found = collecting.look_at_returns(session, paths)
        stopped = found.refused or (found.stale and not insist.strip())
        if args.dry_run or stopped:
            return _looked(args, found, refused=bool(stopped))
        done = collecting.collect(session, found, insist)
    if args.receipts:
        _write_receipts(Path(args.receipts), done)
    _say_done(args, found, done)
    return 0


def _accept_key(args: argparse.Namespace, session: Session, found: Collection, insist: str) -> None:
    """Take another key of a person whose return was refused for it."""
    with session.reading() as reader:
        member = situation(reader).person_named(args.accept_key)
    refused = [
        item
        for item in found.refused
        if isinstance(item.refusal, OtherKey) and item.person == member.person
    ]
    if not refused or refused[0].keys is None:
        raise UnknownReference(
            f"No return of {args.accept_key!r} was refused for its key.", "Leave --accept-key out."
        )
    if args.dry_run:
        raise UnknownReference(
            "A trial records nothing, so that no key is accepted.", "Leave --dry-run out."
        )
    collecting.accept_key(session, member.person, refused[0].keys, insist)


def _looked(args: argparse.Namespace, found: Collection, *, refused: bool) -> int:
    """Say what was found; nothing was changed."""
    if args.json:
        first = next((item.refusal for item in (*found.refused, *found.stale)), None)
        said: dict[str, Json] = {"ok": not refused, "dry_run": args.dry_run}
        if refused and first is not None:
            said |= {"refused": first.happened, "kept": "Nothing was changed.", "do": first.do}
        say_json(said | {"returns": [_row(item) for item in found.reports]})
    elif not refused:
        _say_reports(found)
        say("Nothing was changed: this was a trial.")
    if refused:
        for item in (*found.refused, *found.stale):
            complain("\n".join(item.in_words()))
        complain("Nothing was changed.")
        if not found.refused:
            complain("Use --insist REASON where an older return is to be taken all the same.")
        elif len(found.reports) > len(found.refused):
            complain("Leave out what is refused, and collect the others.")
    return 1 if refused else 0


def _say_reports(found: Collection) -> None:
    for item in found.reports:
        headline, *rest = item.in_words()
        say(headline)
        for line in rest:
            say(f"  {line}")


def _say_done(args: argparse.Namespace, found: Collection, done: CollectDone) -> None:
    if args.json:
        receipts: list[Json] = [_receipt_row(item) for item in done.receipts]
        say_json(
            {
                "ok": True,
                "dry_run": False,
                "changed": done.changed,
                "scores_added": done.scores,
                "confirmations_added": done.confirmations,
                "returns": [_row(item) for item in done.reports],
                "receipts": receipts,
                "backup": None if done.backup is None else done.backup.name,
            }
        )
        return
    _say_reports(found)
    say(done.in_words())
    if done.backup is not None:
        say(f"Backed up before: {done.backup.name}")
    if done.receipts:
        say("Receipts, to be sent to the evaluators (the next pack brings them too):")
    names = {item.sha256: item.who for item in found.reports}
    for item in done.receipts:
        say(f"{names.get(item.sha256, '')}:")
        say(f"  {receipt_text(item)}")


def _write_receipts(path: Path, done: CollectDone) -> None:
    with appearing(path) as stream:
        for item in done.receipts:
            stream.write(f"{receipt_text(item)}\n".encode())


def _receipt_row(item: Receipt) -> Json:
    return {
        "sha256": item.sha256,
        "signature": item.signature,
        "receipt": receipt_text(item),
        "words": receipt_words(item.sha256),
    }


def _row(item: ReturnReport) -> Json:
    changed: list[Json] = [
        {"place": one.where, "before": one.before, "after": one.after} for one in item.changed
    ]
    return {
        "file": item.name,
        "verdict": str(item.verdict),
        "evaluator": item.who or None,
        "kind": str(item.kind),
        "source": str(item.source),
        "sha256": item.sha256 or None,
        "pack": item.pack or None,
        "method_version": item.method_version or None,
        "made_at": None if item.made_at is None else item.made_at.isoformat(),
        "marked_complete": item.marked_complete,
        "scores": item.scores,
        "new": item.new,
        "changed": changed,
        "same": item.same,
        "held_apart": list(item.held),
        "missing": list(item.missing),
        "declaration": item.declaration or None,
        "question": item.question or None,
        "confirmed": item.agreed,
        "dissents": list(item.dissents),
        "notes": list(item.notes),
        "refused": None if item.refusal is None else item.refusal.happened,
        "do": None if item.refusal is None else item.refusal.do,
    }


def held(args: argparse.Namespace, shell: Shell) -> int:
    """List the returns that were held apart, or take one in."""
    if args.take is None:
        with shell.look(args) as session:
            _show_held(args, held_returns.held(session))
        return 0
    with shell.open(args) as session:
        wanted = args.take.strip().casefold()
        found = [
            item.sha256 for item in held_returns.held(session) if item.sha256.startswith(wanted)
        ]
        sha256 = found[0] if wanted and len(found) == 1 else wanted
        number = held_returns.take_in_held(session, sha256, args.reason or "")
    say(f"Taken in: {counted(number, 'score')} added.")
    return 0


def _show_held(args: argparse.Namespace, found: Sequence[HeldReturn]) -> None:
    if args.json:
        rows: list[Json] = [
            {
                "sha256": item.sha256,
                "evaluator": item.who,
                "made_at": item.made_at.isoformat(),
                "differing": list(item.differing),
                "why_not": item.why_not or None,
            }
            for item in found
        ]
        say_json({"held": rows})
        return
    for item in found:
        say(f"{item.sha256[:12]}: return of {item.who}, made {day_and_time(item.made_at)}.")
        say(f"  Differs at: {shortened(item.differing) or 'no place'}.")
        if item.why_not:
            say(f"  {item.why_not}")
    if not found:
        say("No return is held apart.")
