"""What people are called where no name is shown, and how a name is found in a text."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from tendereval.domain.evaluation import PanelMember, Role
from tendereval.domain.ids import PersonId
from tendereval.domain.report_model import ReportModel
from tendereval.reports import wording_publication as p

EMAIL: Final = re.compile(r"[\w.+'’%&=~!#$*/?^{|}-]+@[\w-]+(?:\.[\w-]+)*")


def labels(model: ReportModel) -> dict[PersonId, str]:
    """Return what everybody is called: the panel by label, others by the office they hold.

    A label that gives a name away, or that two people share, is replaced by the role with a
    number.
    """
    found = dict.fromkeys(model.names, p.NOT_NAMED)
    for approval in model.approvals:
        found[approval.person] = approval.role.strip() or p.NOT_NAMED
    known = tuple(known_names(model))
    found = {one: p.NOT_NAMED if _tells(own, known) else own for one, own in found.items()}
    shared = Counter(member.label.strip() for member in model.panel)
    numbers: Counter[Role] = Counter()
    for member in model.panel:
        numbers[member.role] += 1
        own = member.label.strip()
        if not own or _tells(own, known) or shared[own] > 1:
            own = _numbered(model, member, numbers[member.role])
        found[member.person] = own
    return found


def _numbered(model: ReportModel, member: PanelMember, number: int) -> str:
    role = p.ROLE_LABELS[member.role]
    several = sum(one.role is member.role for one in model.panel) > 1
    return p.NUMBERED.format(role=role, number=number) if several else role


def known_names(model: ReportModel) -> Iterator[tuple[PersonId, str]]:
    """Yield every name that somebody is known by; a label is not one."""
    given = {member.person: member.label.strip() for member in model.panel}
    for person in model.people:
        if person.name.strip():
            yield person.id, person.name
    for one, name in model.names.items():
        if name.strip() and name.strip() != given.get(one):
            yield one, name


def _tells(text: str, known: Sequence[tuple[PersonId, str]]) -> bool:
    """Whether a label gives away a name or an address."""
    named = any(re.search(pattern_of(name), text) for _, name in known)
    return named or EMAIL.search(text) is not None


def pattern_of(name: str) -> str:
    """Return a pattern for a name: any spaces between its words, any case if it has several."""
    words = name.split()
    text = r"\s+".join(map(re.escape, words))
    before = r"(?<!\w)" if re.match(r"\w", words[0]) else ""
    after = r"(?!\w)" if re.search(r"\w$", words[-1]) else ""
    whole = f"{before}{text}{after}"
    return f"(?i:{whole})" if len(words) > 1 else whole
