"""The part of the public value report about commitments: complete ones, ambitions, goals.

Checks nothing itself: every finding and its words come from the check.
"""

from collections.abc import Iterable, Iterator, Mapping

from tendereval.domain.bidding import Place
from tendereval.domain.publicvalue.commitment_check import (
    BidCommitments,
    CommitmentFinding,
    missing_parts,
)
from tendereval.domain.publicvalue.commitments import Commitment, Goal
from tendereval.domain.publicvalue.contract_schedule import amount_text
from tendereval.domain.publicvalue.wage_check import percent
from tendereval.domain.report_model import BidPublicValue, PublicValue
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_public_value as p
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.outline import Block, Bullets, Column, Paragraph, Row, Run, Table, Text


def commitments_section(g: Gathered, part: Part, found: PublicValue) -> Iterator[Block]:
    """Yield the goals and each bid's commitments, complete ones apart from ambitions."""
    yield Paragraph(p.COMMITMENTS_INTRO)
    if found.kpis:
        yield Paragraph(p.KPIS, "label")
        yield Bullets(found.kpis)
    if found.goals:
        yield _goals(g, found)
    for index, item in enumerate(g.looked_at(found), 1):
        yield part.below(index).heading(g.bidder(item.bidder))
        yield from _finding(g, item)


def title_of(item: Commitment) -> str:
    """Return what is promised: the action where one is written, else the words of the answer."""
    return item.what.strip() or p.QUOTED.format(words=item.quote.words.strip())


def who_does_what(item: Commitment) -> str:
    """Return who does what."""
    if not item.who.strip():
        return title_of(item)
    return p.WHO_DOES.format(who=item.who.strip(), what=title_of(item))


def amount_of(item: Commitment) -> str:
    """Return how many, with the unit."""
    return w.NONE if item.how_many is None else amount_text(item.how_many, item.unit)


def place_words(g: Gathered, place: Place) -> str:
    """Return the question that an answer belongs to, with its lot."""
    lot = f", {w.IN_LOT.format(ref=place.lot)}" if g.several_lots and place.lot else ""
    return f"{place.criterion}{lot}"


def ambition_bullets(items: Iterable[Commitment]) -> Bullets:
    """Return ambitions as a list, each with the parts it lacks."""
    return Bullets(tuple(_ambition(item) for item in items))


def _ambition(item: Commitment) -> tuple[Run, ...]:
    missing = missing_parts(item)
    lacks = p.LACKS.format(parts=phrases.names(missing)) if missing else ""
    return (Run(f"{phrases.ended(who_does_what(item))} "), Run(lacks, muted=True))


def _goals(g: Gathered, found: PublicValue) -> Table:
    columns = (
        Column(p.OUTCOME, width=2.2),
        Column(p.FROM_TO, width=2),
        Column(p.BY, width=1.6),
        Column(p.SERVED_BY, width=1.8),
    )
    rows = []
    for mission, goals in _by_mission(found.goals).items():
        rows.append(Row((mission or w.NONE,), "section"))
        rows += [Row(_goal(g, found, goal)) for goal in goals]
    return Table(columns, tuple(rows), caption=p.GOALS)


def _by_mission(goals: tuple[Goal, ...]) -> dict[str, list[Goal]]:
    found: dict[str, list[Goal]] = {}
    for goal in goals:
        found.setdefault(goal.mission.strip(), []).append(goal)
    return found


def _goal(g: Gathered, found: PublicValue, goal: Goal) -> tuple[str, str, str, str]:
    told = (
        p.FROM.format(text=goal.baseline.strip()) if goal.baseline.strip() else "",
        p.TO.format(text=goal.end_state.strip()) if goal.end_state.strip() else "",
    )
    serving = [
        g.bidder(item.bidder)
        for item in g.looked_at(found)
        if any(goal.id in one.commitment.goals for one in item.commitments.complete)
    ]
    return (
        goal.outcome,
        "\n".join(text for text in told if text) or w.NONE,
        phrases.day(goal.by) if goal.by else w.NONE,
        phrases.names(serving) if serving else p.NOBODY_SERVES,
    )


def _finding(g: Gathered, item: BidPublicValue) -> Iterator[Block]:
    found = item.commitments
    yield Paragraph((Run(found.sentence, bold=True),))
    numbers = {one.commitment.id: at for at, one in enumerate(found.findings, 1)}
    if found.complete:
        yield _complete(g, found, numbers)
    if found.ambitions:
        yield Paragraph(p.AMBITIONS, "label")
        yield Bullets(tuple(_numbered_ambition(one, numbers) for one in found.ambitions))
    remarks = tuple(_remarks(found, numbers))
    if remarks:
        yield Paragraph(p.REMARKS, "label")
        yield Bullets(remarks)
    yield from _served(found)
    if item.withdrawn:
        yield Paragraph(p.WITHDRAWN, "label")
        yield Bullets(
            tuple(
                p.WITHDRAWN_ONE.format(what=title_of(one), reason=one.withdrawn.strip())
                for one in item.withdrawn
            )
        )


def _complete(g: Gathered, found: BidCommitments, numbers: Mapping[str, int]) -> Table:
    columns = (
        Column(p.NUMBER_HEAD, width=0.45),
        Column(p.WHAT, width=2.5),
        Column(p.HOW_MANY, width=1.4),
        Column(p.BY_WHEN, width=1.8),
        Column(p.EVIDENCE, width=1.9),
        Column(p.ANSWER, width=0.8),
    )
    rows = []
    for one in found.complete:
        item = one.commitment
        day = phrases.day(item.by_when) if item.by_when else w.NONE
        place = place_words(g, item.place)
        number = str(numbers[item.id])
        rows.append(Row((number, who_does_what(item), amount_of(item), day, item.evidence, place)))
    return Table(columns, tuple(rows), caption=p.COMPLETE)


def _numbered_ambition(one: CommitmentFinding, numbers: Mapping[str, int]) -> Text:
    number = p.NUMBERED.format(number=numbers[one.commitment.id])
    return (Run(number, bold=True), *_ambition(one.commitment))


def _remarks(found: BidCommitments, numbers: Mapping[str, int]) -> Iterator[Text]:
    for one in found.findings:
        twins = [p.NUMBERED_AS.format(number=numbers[ref]) for ref in one.twins if ref in numbers]
        twice = p.TWICE.format(others=phrases.names(twins)) if twins else ""
        told = phrases.sentences(twice, *one.flags)
        if told:
            yield (Run(p.NUMBERED.format(number=numbers[one.commitment.id]), bold=True), Run(told))


def _served(found: BidCommitments) -> Iterator[Block]:
    if found.goal_cover is None or not found.findings:
        return
    told = p.GOALS_SERVED.format(share=percent(found.goal_cover))
    names = "; ".join(goal.outcome for goal in found.uncovered)
    yield Paragraph(phrases.sentences(told, p.GOALS_NOT.format(goals=names) if names else ""))
