"""Section 4 of the award report: who took part, in what role, and what interests they declared.

People are called as the model names them; community evaluators by label.
"""

from collections.abc import Iterator

from tendereval.domain.evaluation import Declaration, InterestOutcome, PanelMember, Role
from tendereval.reports import phrases
from tendereval.reports import wording as w
from tendereval.reports import wording_publication as p
from tendereval.reports import wording_results as r
from tendereval.reports.award_gather import Gathered, Part
from tendereval.reports.award_publication import left_out
from tendereval.reports.outline import Block, Column, Paragraph, Row, Run, Table


def panel_section(g: Gathered, part: Part) -> Iterator[Block]:
    """Yield section 4: the panel, its changes, and the declarations of interests."""
    panel = g.model.panel
    if not panel:
        yield Paragraph(r.NO_PANEL)
    else:
        yield _table(g)
        if any(member.role is Role.COMMUNITY for member in panel):
            yield Paragraph(r.COMMUNITY_NOTE)
    yield part.below(1).heading(r.CHANGES)
    changed = [member for member in panel if member.left or member.reason.strip()]
    for member in changed:
        form = r.MEMBER_LEFT if member.left else r.MEMBER_CHANGED
        reason = phrases.ended(member.reason)
        text = form.format(name=g.person(member.person), reason=reason)
        yield Paragraph(text.replace("  ", " ") if not reason else text)
    if not changed:
        yield Paragraph(r.NO_CHANGES)
    yield part.below(2).heading(r.INTERESTS_HEAD, "interests")
    yield from _declarations(g)


def _table(g: Gathered) -> Table:
    columns = (
        Column(r.NAME, width=2),
        Column(r.ROLE, width=1.5),
        Column(r.SCORES_WHAT, width=3),
    )
    rows = tuple(
        Row((g.person(member.person), _role(member), _questions(g, member)))
        for member in g.model.panel
    )
    return Table(columns, rows)


def _role(member: PanelMember) -> str:
    role = w.ROLES[member.role]
    return r.LEFT.format(role=role) if member.left else role


def _questions(g: Gathered, member: PanelMember) -> str:
    if member.questions is None:
        text = r.SCORES_ALL if member.role.scores_by_default else r.SCORES_NOTHING
    else:
        order = [row.ref for row in g.model.method.criteria if row.ref in member.questions]
        text = ", ".join(order) or r.SCORES_NOTHING
    if member.lots is None or not g.several_lots or text == r.SCORES_NOTHING:
        return text
    lots = [lot.ref for lot in g.model.method.lots if lot.ref in member.lots]
    named = phrases.names(w.IN_LOT.format(ref=ref) for ref in lots)
    return r.SCORES_LOTS.format(questions=text, lots=named)


def _declarations(g: Gathered) -> Iterator[Block]:
    declared = {item.person: item for item in g.model.declarations}
    people = list(dict.fromkeys([member.person for member in g.model.panel] + list(declared)))
    clear = [one for one in people if one in declared and not declared[one].interest.strip()]
    observers = {m.person for m in g.model.panel if m.role is Role.OBSERVER}
    silent = [one for one in people if one not in declared and one not in observers]
    for person in people:
        if person in declared and declared[person].interest.strip():
            yield from _declaration(g, declared[person])
    if clear:
        form = r.NO_INTEREST if len(clear) > 1 else r.NO_INTEREST_ONE
        yield Paragraph(form.format(names=phrases.names(g.people(clear))))
    if silent:
        yield Paragraph(r.NOT_DECLARED.format(names=phrases.names(g.people(silent))))
    if not people:
        yield Paragraph(r.NO_DECLARATIONS)


def _declaration(g: Gathered, item: Declaration) -> Iterator[Block]:
    bidders = phrases.names(g.bidder(one) for one in item.bidders)
    form = "{interest}" if g.is_published else r.DECLARED
    declared = phrases.ended(form.format(interest=item.interest.strip()))
    concerns = r.CONCERNS.format(bidders=bidders) if bidders else ""
    name = Run(f"{g.person(item.person)}. ", bold=True)
    yield Paragraph((name, Run(phrases.sentences(declared, concerns))))
    yield Paragraph(_decided(g, item))
    if g.is_published:
        yield left_out(p.HOW_MANAGED)


def _decided(g: Gathered, item: Declaration) -> str:
    if item.outcome is None:
        return r.UNDECIDED
    removed = phrases.names(
        g.bidder(bidder.id) for bidder in g.model.bidders if bidder.id in item.removed_for
    )
    outcome = w.INTERESTS[item.outcome]
    if item.outcome is InterestOutcome.REMOVED_FOR_BIDDERS:
        unnamed = p.CONCERNED if g.is_published else w.NOT_RECORDED
        outcome = outcome.format(bidders=unnamed if g.is_published else removed or unnamed)
    how = r.HOW.format(how=phrases.ended(item.how)) if item.how.strip() else ""
    return phrases.sentences(r.DECIDED.format(outcome=outcome), how)
