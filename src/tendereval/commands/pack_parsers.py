"""The words of the commands about packs and returns; what they do is loaded when one is wanted."""

import argparse
from collections.abc import Callable
from datetime import date, datetime, time
from importlib import import_module
from typing import Final

from tendereval.commands.shell import Shell

_END_OF_DAY: Final = time(23, 59)
_KINDS: Final = ("scores", "declaration", "confirmation")


def add_parsers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the commands about packs and returns."""
    _identity(commands)
    _pack(commands)
    _names(commands)
    _keys(commands)
    _collect(commands)
    _held(commands)
    _open_pack(commands)
    _declare(commands)
    _score(commands)
    _return(commands)
    _receipt(commands)
    _confirm(commands)


def add_identity(parser: argparse.ArgumentParser, whose: str) -> None:
    """Declare the options that say whose keys a command works with."""
    parser.add_argument("--identity", metavar="KEYFILE", help=f"{whose} own keys")
    parser.add_argument(
        "--identity-passphrase-file", metavar="F", help="text file with the key file's passphrase"
    )


def _later(module: str, act: str) -> Callable[[argparse.Namespace, Shell], int]:
    """Return a command whose module is loaded once it runs: sealing is slow to load."""

    def run(args: argparse.Namespace, shell: Shell) -> int:
        return int(getattr(import_module(f"tendereval.commands.{module}"), act)(args, shell))

    return run


def _identity(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("identity", help="a person's own keys and contact card")
    acts = parser.add_subparsers(dest="act", metavar="create|card", required=True)
    act = acts.add_parser("create", help="make a person's own keys")
    act.add_argument("--name", required=True)
    act.add_argument("--email", required=True)
    act.add_argument("--out", required=True, metavar="KEYFILE")
    act.add_argument(
        "--identity-passphrase-file", metavar="F", help="text file with a passphrase for the keys"
    )
    act.set_defaults(run=_later("identities", "create"), json=False)
    act = acts.add_parser("card", help="write the contact card of a key file")
    act.add_argument("identity", metavar="KEYFILE")
    act.add_argument("--out", required=True, metavar="X.evaluator")
    act.add_argument(
        "--identity-passphrase-file", metavar="F", help="text file with the key file's passphrase"
    )
    act.set_defaults(run=_later("identities", "card"), json=False)


def _day_or_moment(text: str) -> datetime:
    """Read ``2027-03-31`` as the end of that day, ``2027-03-31T12:00`` as it stands."""
    try:
        return datetime.combine(date.fromisoformat(text), _END_OF_DAY)
    except ValueError:
        return datetime.fromisoformat(text)


def _pack(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("pack", help="make sealed packs for evaluators")
    parser.add_argument("file", metavar="FILE.tender")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--for", dest="person", metavar="EMAIL", help="one person of the panel")
    who.add_argument("--all", action="store_true", help="everybody who can have one now")
    parser.add_argument(
        "--out", required=True, metavar="PATH", help="the file; with --all a folder"
    )
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--record", action="store_true", help="agreed scores to confirm, instead of answers"
    )
    what.add_argument(
        "--workbook", action="store_true", help="a scoring workbook, for who has no tendereval"
    )
    parser.add_argument(
        "--part-allowed", action="store_true", help="take returns that are not complete"
    )
    parser.add_argument("--return-by", type=_day_or_moment, metavar="YYYY-MM-DD")
    parser.add_argument("--message", metavar="TEXT", help="a few words to the evaluator")
    _sealing(parser)
    add_identity(parser, "the lead's")
    parser.set_defaults(run=_later("packing", "pack"), known_only=True, json=False)


def _sealing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--card",
        action="append",
        default=[],
        metavar="X.evaluator",
        help="contact card to seal to; with --all as many as there are",
    )
    parser.add_argument(
        "--passphrase-file", metavar="F", help="text file with a passphrase, where there is no card"
    )
    parser.add_argument(
        "--card-is-theirs",
        action="store_true",
        help="the card is the person's though its e-mail is another",
    )
    parser.add_argument("--reason", metavar="TEXT", help="why a card with another key is taken")
    second = parser.add_mutually_exclusive_group()
    second.add_argument(
        "--second-card",
        metavar="X.evaluator",
        help="a colleague who can open returns too, when the tender's keys are made",
    )
    second.add_argument(
        "--recovery-key", metavar="OUT.txt", help="where the recovery key goes instead"
    )


def _names(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("names", help="bidders' names in answers, where they are hidden")
    parser.add_argument("file", metavar="FILE.tender")
    for act, words in (("--redact", "leave out of packs"), ("--accept", "let them stand")):
        parser.add_argument(act, nargs="+", default=[], metavar="N|all", help=words)
    parser.add_argument("--reveal", action="store_true", help="evaluators learn the names")
    parser.add_argument("--reason", metavar="TEXT")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_later("names", "names"), known_only=True)


def _keys(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("keys", help="the tender's keys: show, hand over, recover")
    parser.add_argument("file", metavar="FILE.tender")
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--hand-over", metavar="X.evaluator", help="to a colleague's card")
    act.add_argument("--recover-with", metavar="F", help="text file with the recovery key")
    parser.add_argument("--reason", metavar="TEXT")
    parser.add_argument(
        "--accept-key", action="store_true", help="take a card though another key was known"
    )
    add_identity(parser, "the lead's")
    parser.set_defaults(run=_later("tender_keys", "keys"), known_only=True, json=False)


def _collect(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("collect", help="merge evaluators' returns, all or none")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument(
        "returns",
        nargs="+",
        metavar="X.scores",
        help="signed returns, filled-in scoring workbooks (.xlsx), or folders of them",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would happen")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--insist", metavar="REASON", help="why a return older than one held is taken"
    )
    parser.add_argument(
        "--accept-key",
        metavar="PERSON",
        help="the person has other keys now; say in --insist how that was made sure",
    )
    parser.add_argument("--receipts", metavar="OUT.txt", help="write the receipts to a file too")
    add_identity(parser, "the lead's")
    parser.set_defaults(run=_later("collecting", "collect"), known_only=True)


def _held(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("held", help="returns held apart: list them, take one in")
    parser.add_argument("file", metavar="FILE.tender")
    parser.add_argument("--take", metavar="SHA256", help="as listed; its beginning will do")
    parser.add_argument("--reason", metavar="TEXT")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_later("collecting", "held"), known_only=True)


def _working(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, words: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("file", metavar="X.scoring")
    return parser


def _open_pack(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("open-pack", help="open a pack into a working file")
    parser.add_argument("pack", metavar="X.scorepack")
    parser.add_argument(
        "--out", required=True, metavar="X.scoring", help="made, or brought up to date"
    )
    parser.add_argument(
        "--passphrase-file", metavar="F", help="text file with the pack's passphrase"
    )
    parser.add_argument(
        "--accept-key", action="store_true", help="take a pack though the tender has other keys now"
    )
    add_identity(parser, "the evaluator's")
    parser.set_defaults(run=_later("scoring_away", "open_pack"), json=False)


def _declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _working(commands, "declare", "declare interests")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--none", action="store_true", help="nothing to declare")
    what.add_argument("--interest", metavar="TEXT")
    parser.add_argument(
        "--about",
        action="append",
        default=[],
        metavar="ORGANISATION",
        help="whom of the list it concerns; as often as needed",
    )
    parser.set_defaults(run=_later("scoring_away", "declare"), json=False)


def _score(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _working(commands, "score", "fill in scores and rationales from a workbook")
    parser.add_argument("--from", dest="source", metavar="BOOK.xlsx", required=True)
    parser.add_argument("--dry-run", action="store_true", help="say what would happen")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.set_defaults(run=_later("scoring_away", "score"))


def _return(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _working(commands, "return", "write the signed return")
    parser.add_argument("--out", required=True, metavar="X.scores")
    parser.add_argument("--kind", choices=_KINDS, help="else what the last pack asks for")
    parser.add_argument(
        "--part", action="store_true", help="return what there is, where the lead allows it"
    )
    words = parser.add_mutually_exclusive_group()
    words.add_argument("--question", metavar="TEXT", help="private, to the lead")
    words.add_argument("--question-file", metavar="TEXT.txt")
    add_identity(parser, "the evaluator's")
    parser.set_defaults(run=_later("scoring_away", "return_"), json=False)


def _receipt(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _working(commands, "receipt", "take in the lead's receipt for a return")
    words = parser.add_mutually_exclusive_group()
    words.add_argument("text", nargs="?", metavar="RECEIPT", help="the line, or a message with it")
    words.add_argument("--from", dest="source", metavar="TEXT.txt")
    parser.add_argument(
        "--remove", action="store_true", help="remove the working file, once all has arrived"
    )
    parser.set_defaults(run=_later("scoring_away", "receipt"), json=False)


def _confirm(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = _working(commands, "confirm", "confirm agreed scores, or dissent")
    parser.add_argument("--all", action="store_true", help="confirm all that wait for a word")
    for act, words in (("--agree", ("BIDDER", "REF")), ("--dissent", ("BIDDER", "REF", "TEXT"))):
        parser.add_argument(act, nargs=len(words), action="append", default=[], metavar=words)
    parser.add_argument("--lot")
    parser.set_defaults(run=_later("confirming", "confirm"), json=False)
