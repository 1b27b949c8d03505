"""Whether a pack may be made as things stand; asks for nothing and makes nothing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tendereval.domain.errors import (
    MissingAgreedScore,
    NotAllowedNow,
    NotTheirs,
    RuleRefusal,
)
from tendereval.domain.evaluation import Role
from tendereval.domain.packs import PackKind
from tendereval.domain.stages import Act, Stage
from tendereval.services import name_checking, pack_content
from tendereval.services.pack_calling import Calling
from tendereval.services.progress import Progress
from tendereval.services.session import Session
from tendereval.services.situation import Situation
from tendereval.store.connection import FileKind
from tendereval.store.repository import Reader

if TYPE_CHECKING:
    from tendereval.services.packing import PackOrder


def check_orders(
    session: Session,
    now: Situation,
    orders: Sequence["PackOrder"],
    progress: Progress | None = None,
) -> None:
    """Refuse packs that may not be made; see ``packing.make_pack``.

    Where names are hidden, all that packs carry is searched for them, once.
    """
    if session.file.kind is FileKind.SCORING:
        raise NotAllowedNow(
            "This is an evaluator's working file.", "The lead makes packs from the tender file."
        )
    people = [order.person for order in orders]
    if not people or len(set(people)) < len(people):
        raise RuleRefusal(
            "Packs are made for each person once at a time.", "Choose people, each one once."
        )
    with session.reading() as reader:
        for order in orders:
            check_order(reader, now, order)
    answers = now.stage.position >= Stage.SCORING.position
    if now.names_hidden and answers and any(one.kind is PackKind.SCOREPACK for one in orders):
        _check_names(session, progress)


def check_order(reader: Reader, now: Situation, order: "PackOrder") -> None:
    """Refuse a pack for somebody who gets none, or at a stage without any."""
    member, who = now.member(order.person), now.name(order.person)
    if member.left:
        raise NotTheirs(f"{who} has left the panel.", "Make packs for those who are on it.")
    if member.role is Role.OBSERVER and not pack_content.sight(now, order.person).asked:
        raise NotTheirs(
            f"{who} observes: there is nothing to declare and nothing to score.",
            "Give the person a role or questions on the panel first.",
        )
    if order.kind is PackKind.RECORD:
        _check_record(reader, now, order)
    else:
        _check_scoring(reader, now, order)
    if Calling(now, ()).without_names(order.message) != order.message:
        raise RuleRefusal(
            "Your message names a bidder, and names are hidden from evaluators.",
            "Write it without the name.",
        )


def _check_record(reader: Reader, now: Situation, order: "PackOrder") -> None:
    now.require(Act.CONFIRM)
    if not pack_content.judged(reader, now, order.person):
        raise MissingAgreedScore(
            f"{now.name(order.person)} was present at no agreed score yet.",
            "Record agreed scores with who took part, then make the pack.",
        )


def _check_scoring(reader: Reader, now: Situation, order: "PackOrder") -> None:
    if now.stage is Stage.SET_UP:
        raise NotAllowedNow(
            "The method is not published yet.", "Publish it; then packs can go out."
        )
    if now.stage.position < Stage.MODERATION.position:
        return
    asked = pack_content.sight(now, order.person).asked
    if now.stage is Stage.MODERATION and pack_content.sent_back(reader, asked):
        return
    raise NotAllowedNow(
        "Individual scores are locked since moderation opened, and nothing was sent back to "
        f"{now.name(order.person)}.",
        "Send a response back with a reason, or make a pack of agreed scores to confirm.",
    )


def _check_names(session: Session, progress: Progress | None) -> None:
    found = name_checking.hits(session, progress)
    waiting = name_checking.undecided(session, found)
    if waiting:
        places = "1 place names" if len(waiting) == 1 else f"{len(waiting)} places name"
        raise RuleRefusal(
            f"{places} a bidder, or cannot be searched, and is not decided yet.",
            "Look at each on the Panel screen: accept it, or leave it out of packs.",
        )
