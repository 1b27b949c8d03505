"""What collecting one return would do: its scores, declaration and words on agreed scores.

Weighs every part against what stands and writes nothing. A return is taken whole or not at
all; only what moderation or the status of a bid has closed meanwhile is kept apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from tendereval.domain.bidding import Place
from tendereval.domain.errors import (
    MissingAgreedScore,
    ReasonNeeded,
    RuleRefusal,
    StaleReturn,
    UserFixable,
)
from tendereval.domain.evaluation import Declaration
from tendereval.domain.ids import PersonId
from tendereval.domain.moderation import Confirmation
from tendereval.domain.packs import (
    Disposition,
    PublicKeys,
    ReturnedConfirmation,
    ReturnKind,
)
from tendereval.domain.stages import Act, Stage
from tendereval.services import agreeing
from tendereval.services.collecting_checks import (
    Arrived,
    check_origin,
    check_tender,
    staleness,
)
from tendereval.services.collecting_commitments import Promises, weigh_commitments
from tendereval.services.collecting_ledger import Ledger
from tendereval.services.collecting_report import ReturnReport, Verdict
from tendereval.services.collecting_scores import (
    Fresh,
    Weighed,
    doubled,
    place_names,
    together,
    weigh_scores,
)
from tendereval.services.situation import Situation


@dataclass(frozen=True, slots=True)
class Plan:
    """What one return would add to the record.

    Attributes:
        scores: place, number of the revision and score, ready to be appended.
        confirmations: words that are not recorded yet.
        declaration: where it differs from the newest one.
        keys: of the person, where they are seen for the first time.
        stale: why it is refused unless the lead insists; None for the newest of its kind.
        promises: commitments that are new or changed.

    Where the return was put aside (``Arrived.proof``), scores, confirmations and promises are
    left out; judging it anew gives them.
    """

    arrived: Arrived
    disposition: Disposition
    scores: tuple[Fresh, ...] = field(default=(), repr=False)
    confirmations: tuple[Confirmation, ...] = ()
    declaration: Declaration | None = None
    keys: PublicKeys | None = None
    stale: StaleReturn | None = None
    promises: Promises = field(default_factory=Promises, repr=False)


def judge(ledger: Ledger, arrived: Arrived) -> tuple[ReturnReport, Plan | None]:
    """Return what a return holds and what it would do; a plan only where it may be taken.

    A return that may be taken counts as taken from then on.
    """
    person = arrived.body.evaluator
    on_panel = any(item.person == person for item in ledger.now.panel)
    report = _outline(arrived, ledger.now.name(person) if on_panel else "")
    try:
        check_tender(ledger, arrived.body)
        if arrived.sha256 in ledger.known:
            note = "The same return was collected before; collecting it again changes nothing."
            return replace(report, verdict=Verdict.KNOWN, notes=(note,)), None
        keys = check_origin(ledger, arrived)
        return _judged(ledger, arrived, report, keys)
    except UserFixable as refusal:
        return replace(report, verdict=Verdict.REFUSED, refusal=refusal), None


def put_aside(plan: Plan, arrived: Arrived) -> Plan:
    """Return a plan without what judging its return anew, once read again, brings back."""
    return replace(plan, arrived=arrived, scores=(), confirmations=(), promises=Promises())


def _outline(arrived: Arrived, who: str) -> ReturnReport:
    body = arrived.body
    return ReturnReport(
        arrived.name,
        Verdict.MERGED,
        who,
        body.evaluator if who else None,
        body.kind,
        arrived.source,
        arrived.sha256,
        body.pack,
        body.method_version,
        body.opened_at,
        body.made_at,
        body.complete,
        len(body.scores),
        question=body.question,
        keys=body.keys if arrived.is_signed else None,
    )


def _judged(
    ledger: Ledger, arrived: Arrived, report: ReturnReport, keys: PublicKeys | None
) -> tuple[ReturnReport, Plan | None]:
    body = arrived.body
    stale = staleness(ledger, arrived)
    declaration, said = _declaration(ledger, arrived)
    now = ledger.declared(ledger.now, declaration)
    weighed, words, promises = Weighed(), Words(), Promises()
    if body.kind is ReturnKind.SCORES:
        weighed = weigh_scores(ledger, now, arrived)
        promises = weigh_commitments(ledger, now, arrived)
    if body.kind is ReturnKind.CONFIRMATION:
        words = _weigh_words(ledger, arrived)
    disposition = Disposition.HELD if weighed.held else Disposition.MERGED
    plan = Plan(
        arrived, disposition, weighed.fresh, words.fresh, declaration, keys, stale, promises
    )
    _take(ledger, plan, now)
    where = place_names(now)
    verdict = Verdict.HELD if weighed.held else Verdict.MERGED
    return replace(
        report,
        verdict=Verdict.STALE if stale else verdict,
        refusal=stale,
        new=weighed.new,
        changed=weighed.changed,
        same=weighed.same,
        held=tuple(where(place) for place in weighed.held),
        missing=tuple(where(place) for place in weighed.missing),
        declaration=said,
        agreed=words.agreed,
        dissents=words.dissents,
        notes=(*_notes(ledger, arrived, weighed), *promises.in_words()),
    ), plan


def _take(ledger: Ledger, plan: Plan, now: Situation) -> None:
    body = plan.arrived.body
    ledger.now = now
    ledger.note(body.evaluator, body.kind, body.made_at, plan.arrived.sha256)
    if plan.keys is not None:
        ledger.keys[body.evaluator] = plan.keys
    if plan.scores:
        standing = ledger.scores(body.evaluator)
        standing.update((place, (number, item)) for place, number, item in plan.scores)
    for word in plan.confirmations:
        ledger.words[word.person, word.place, word.revision] = word
    ledger.commitments.update((item.id, item) for item in plan.promises.fresh)
    ledger.returned.update((item.id, item) for item in plan.promises.returned)


def _notes(ledger: Ledger, arrived: Arrived, weighed: Weighed) -> Iterator[str]:
    held = len(weighed.held)
    if held and ledger.now.stage is not Stage.SCORING:
        yield (
            f"Moderation has opened: {held:,} that differ are kept apart and shown, not merged, "
            "until their response is sent back or the tender goes back to scoring."
        )
    elif held:
        yield f"{held:,} are of bids that are not assessed now; they are kept apart, not merged."
    if weighed.overtaken:
        yield (
            f"{weighed.overtaken:,} would replace a score that was given later than the one in "
            "the return; compare before you collect."
        )
    if not arrived.is_signed:
        yield "It comes from a workbook and is not signed; the record says so."


def _declaration(ledger: Ledger, arrived: Arrived) -> tuple[Declaration | None, str]:
    """Return what is to be recorded of a declaration, and what it says in words."""
    body, now = arrived.body, ledger.now
    given, person = body.declaration, body.evaluator
    if given is None:
        return None, ""
    interest, bidders = given.interest.strip(), ledger.organisations(given.organisations)
    if bidders and not interest:
        raise RuleRefusal(
            "The declaration names organisations and does not say what the interest is.",
            "Ask the evaluator to declare again, in words.",
        )
    said = f"Declares an interest: {interest}" if interest else "Declares no interest."
    standing = now.declaration(person)
    if standing is not None and (standing.interest, set(standing.bidders)) == (
        interest,
        set(bidders),
    ):
        return None, f"{said} (as before)" if interest else said
    if _is_overtaken(ledger, arrived, interest):
        return None, f"{said} It was declared before the one that is recorded; that one stays."
    now.require(Act.DECLARE)
    waits = " It waits for your decision." if interest else ""
    return Declaration(person, interest, bidders), f"{said}{waits}"


def _is_overtaken(ledger: Ledger, arrived: Arrived, interest: str) -> bool:
    """Whether a newer declaration came by a return, or an interest was recorded at this desk."""
    body = arrived.body
    mark = (body.made_at, arrived.sha256)
    for kind in (ReturnKind.SCORES, ReturnKind.DECLARATION):
        if ledger.newest.get((body.evaluator, kind), mark) > mark:
            return True
    standing, here = ledger.now.declaration(body.evaluator), ledger.declared_here(body.evaluator)
    if body.declaration is None or standing is None or here is None or interest:
        return False
    return bool(standing.interest) and body.declaration.declared_at < here


@dataclass(frozen=True, slots=True)
class Words:
    """The words on agreed scores that one return brings.

    Attributes:
        fresh: those that are not recorded yet.
        agreed: how many agree.
        dissents: places and reasons of the others.
    """

    fresh: tuple[Confirmation, ...] = ()
    agreed: int = 0
    dissents: tuple[str, ...] = ()


def _weigh_words(ledger: Ledger, arrived: Arrived) -> Words:
    """Weigh words on agreed scores: all apply to what stands now, or none is taken."""
    ledger.now.require(Act.CONFIRM)
    given: dict[Place, Confirmation] = {}
    refusals: list[UserFixable] = []
    for item in arrived.body.confirmations:
        word = _word(ledger, arrived.body.evaluator, item)
        given[word.place] = word
        try:
            _check_word(ledger, word)
        except UserFixable as refusal:
            refusals.append(refusal)
    if len(given) < len(arrived.body.confirmations):
        raise doubled()
    if refusals:
        raise together(refusals)
    where = place_names(ledger.now)
    dissents = [
        f"{where(word.place)}: {word.dissent}" for word in given.values() if not word.agrees
    ]
    fresh = tuple(word for word in given.values() if not _is_recorded(ledger, word))
    return Words(fresh, len(given) - len(dissents), tuple(dissents))


def _word(ledger: Ledger, person: PersonId, item: ReturnedConfirmation) -> Confirmation:
    place = ledger.place(item.place)
    return Confirmation(person, place, item.revision, item.agrees, item.dissent, item.recorded_at)


def _check_word(ledger: Ledger, word: Confirmation) -> None:
    now, agreed = ledger.now, ledger.agreed.get(word.place)
    where = now.place_in_words(word.place)
    again = f"Send {now.name(word.person)} a new record to confirm."
    if agreed is None:
        raise MissingAgreedScore(f"{where}: there is no agreed score to confirm.", again)
    if agreed.revision != word.revision:
        raise RuleRefusal(
            f"{where}: revision {word.revision} of the agreed score was confirmed, revision "
            f"{agreed.revision} stands now.",
            again,
        )
    try:
        agreeing.check_confirmation(now, word, agreed)
    except ReasonNeeded as refusal:
        raise ReasonNeeded(f"{where}: {refusal.happened}", refusal.do) from refusal
    except RuleRefusal as refusal:
        raise RuleRefusal(f"{where}: {refusal.happened}", refusal.do) from refusal


def _is_recorded(ledger: Ledger, word: Confirmation) -> bool:
    known = ledger.words.get((word.person, word.place, word.revision))
    return known is not None and (known.agrees, known.dissent) == (word.agrees, word.dissent)
