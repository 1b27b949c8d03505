"""``open-pack``, ``declare``, ``score``, ``return``, ``receipt``: on the evaluator's laptop."""

import argparse
from pathlib import Path

from tendereval.commands import asking
from tendereval.commands.shell import VIA, Json, Shell, say, say_json
from tendereval.domain.errors import UnknownReference
from tendereval.domain.packs import Manifest, PackKind, ReturnKind
from tendereval.exchange.seal import Key, WithPassphrase, WithSecrets, needs_passphrase
from tendereval.services import declaring, opening_packs, removing, returning, scores_book
from tendereval.services.collecting_report import counted
from tendereval.services.receipts import receipt_words, take_receipt
from tendereval.services.session import Session
from tendereval.services.working_files import newest_pack, open_working_file, packs_of


def opened(args: argparse.Namespace, shell: Shell) -> Session:
    """Open the working file of a command."""
    session = open_working_file(Path(args.file), shell.clock, VIA, take_over=args.take_over)
    return shell.equipped(session)


def open_pack(args: argparse.Namespace, shell: Shell) -> int:
    """Make a working file of a pack, or bring one up to date."""
    path, target = Path(args.pack), Path(args.out)
    opening = opening_packs.receive_pack(
        path,
        target,
        _key(args, shell, path),
        shell.clock,
        VIA,
        other_key=args.accept_key,
        take_over=args.take_over,
    )
    with opening.session:
        manifest = opening.manifest
        if opening.is_new:
            say(f"Made {target} from pack {manifest.number}.")
            say("It is protected by this computer's own disk encryption, and by nothing else.")
        elif not opening.is_again:
            say(f"Brought {target} up to date with pack {manifest.number}.")
        for line in opening.news:
            say(line)
        _say_pack(manifest)
    return 0


def _key(args: argparse.Namespace, shell: Shell, path: Path) -> Key:
    if needs_passphrase(path):
        return WithPassphrase(asking.passphrase(args, shell, path.name))
    return WithSecrets((asking.identity(args, shell).keys.secret,))


def _say_pack(manifest: Manifest) -> None:
    say(f"{manifest.details.reference}  {manifest.details.title}".strip())
    held = "no answers yet, only the declaration of interests"
    if manifest.kind is PackKind.RECORD:
        held = f"{counted(len(manifest.agreed), 'agreed score')} to confirm"
    elif manifest.responses:
        held = counted(len(manifest.responses), "answer")
    say(f"For {manifest.name}: {held}.")
    if manifest.return_by is not None:
        wanted = manifest.return_by
        say(f"Wanted back by {wanted.day} {wanted:%B %Y %H:%M}.")
    if manifest.message:
        say(f"{manifest.lead} writes: {manifest.message}")


def declare(args: argparse.Namespace, shell: Shell) -> int:
    """Record the evaluator's declaration of interests."""
    if args.interest is not None and not args.interest.strip():
        raise UnknownReference(
            "The interest is blank.", "Describe it, or use --none where there is nothing."
        )
    if args.none and args.about:
        raise UnknownReference("--about belongs to a declared interest.", "Use --interest TEXT.")
    with opened(args, shell) as session:
        declaring.declare(session, args.interest or "", args.about)
    if args.none:
        say("Recorded: nothing to declare.")
        return 0
    say("Recorded. The file is locked until the lead's decision comes in a new pack.")
    say(f"Next: tendereval return {args.file} --kind declaration --out X.scores")
    return 0


def score(args: argparse.Namespace, shell: Shell) -> int:
    """Fill in scores and rationales from a workbook."""
    with opened(args, shell) as session:
        report = scores_book.take_scores(session, Path(args.source), dry_run=args.dry_run)
        missing = returning.gaps(session)
    number = report.brought.get("scores", 0)
    if args.json:
        gaps: list[Json] = list(missing)
        found: dict[str, Json] = {"ok": True, "dry_run": args.dry_run, "scores": number}
        say_json({**found, "notes": list(report.notes), "missing": gaps})
        return 0
    say(f"{counted(number, 'score')} {'would be recorded' if args.dry_run else 'recorded'}.")
    for note in report.notes:
        say(f"Note: {note}")
    if not args.dry_run:
        say(f"{len(missing):,} still to do." if missing else "Everything is ready to return.")
    return 0


def return_(args: argparse.Namespace, shell: Shell) -> int:
    """Write the signed return."""
    question = args.question or ""
    with opened(args, shell) as session:
        kind = ReturnKind(args.kind) if args.kind else _kind(session)
        question = asking.small_text(Path(args.question_file)) if args.question_file else question
        own = session.with_identity(asking.identity(args, shell))
        made = returning.make_return(own, Path(args.out), kind, question, part=args.part)
        kept = returning.lapsed(session)
        with session.reading() as reader:
            lead = newest_pack(packs_of(reader)).lead
    part = "" if made.complete else ", not complete"
    say(f"Wrote {args.out}: return {made.number} ({made.kind}{part}).")
    for item in kept:
        say(f"Not in it: {item.where}. {item.why}")
    say(f"Send it to {lead}. Words to compare with the receipt: {receipt_words(made.sha256)}")
    return 0


def _kind(session: Session) -> ReturnKind:
    """Return what is meant where nothing is said: what the newest pack asks for."""
    with session.reading() as reader:
        newest = newest_pack(packs_of(reader))
    return ReturnKind.CONFIRMATION if newest.kind is PackKind.RECORD else ReturnKind.SCORES


def receipt(args: argparse.Namespace, shell: Shell) -> int:
    """Take in the lead's receipt, or remove a working file whose returns have all arrived."""
    text = args.text
    if args.source is not None:
        text = asking.small_text(Path(args.source))
    with opened(args, shell) as session:
        if text is not None:
            found = take_receipt(session, text)
            say(f"The lead has your return ({receipt_words(found.sha256)}).")
        if args.remove:
            removing.remove(session)
            say(f"Removed {args.file} with its back-ups.")
        elif _is_done(session) and removing.may_be_removed(session):
            say(f"Everything in {args.file} has arrived. To remove it: add --remove.")
    return 0


def _is_done(session: Session) -> bool:
    """Whether scores or confirmations were returned; after a declaration alone more will come."""
    with session.reading() as reader:
        made = reader.returns_made()
    return bool(made) and made[-1].kind is not ReturnKind.DECLARATION
