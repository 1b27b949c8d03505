"""Drafts of questions about public value, put into the method draft for the lead to edit.

Questions of the library and criteria of the Social Value Models. What was inserted, from which
version of which source and whether that was verified is kept as a fact; the question itself
carries no mark, as it will be published.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tendereval.domain.errors import RuleRefusal, UnknownReference
from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.method_editing import with_all_below
from tendereval.domain.method_text import canonical_text
from tendereval.domain.publicvalue.model_rules import SocialValueModel
from tendereval.domain.stages import Act
from tendereval.domain.tender import AwardCriterion, CriterionKind, Method
from tendereval.services.data_packs import refuse_scorers
from tendereval.services.drafting import built_in_scales
from tendereval.services.question_drafts import Draft, library_drafts, model_drafts
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import recording
from tendereval.store.facts import add_fact
from tendereval.store.repository import Reader
from tendereval.store.unit_of_work import before_and_after

_FACT: Final = "inserted draft"


@dataclass(frozen=True, slots=True)
class InsertedDraft:
    """What was put into the method, as it was; kept in the file.

    Attributes:
        ref: under which it was inserted.
        draft: its id.
        text: the question as inserted.
    """

    ref: str
    draft: str
    title: str
    text: str
    guidance: str
    model_criterion: str
    verified: bool
    standing: str
    source: str
    version: str


@dataclass(frozen=True, slots=True)
class InsertedQuestion:
    """A question of the method that began as a draft.

    Attributes:
        ref: its reference now.
        is_edited: whether question or guidance differs from what was inserted.
    """

    ref: CriterionId
    draft: InsertedDraft
    is_edited: bool

    @property
    def sentence(self) -> str:
        """Where it comes from and how it stands, in words."""
        state = "edited since" if self.is_edited else "as it was inserted"
        return f"{self.ref} began as draft {self.draft.draft}; {state}. {self.draft.standing}"


def insert(
    session: Session, ids: Sequence[str], *, parent: str = "", lot: str = ""
) -> tuple[CriterionId, ...]:
    """Put drafts into the method draft, each under a reference of its own, without a weight.

    Args:
        session: the open tender.
        ids: of ``drafts``, in the order wanted.
        parent: the section they go under; empty is the top.
        lot: the only lot they belong to; empty is all lots.

    Returns:
        The references, in order. The scale is the one that most scored questions of the draft
        have, else the first that comes with the product; the goals are those suggested.

    Raises:
        NotAllowedNow: the method is published.
        UnknownReference: no such draft, section or lot.
        RuleRefusal: a draft that is in the method already, or ``parent`` is no section.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.EDIT_METHOD)
        refuse_scorers(now, session.actor.person, "insert questions")
        chosen = _chosen(reader, now, ids)
        present = {one.draft.draft: one.ref for one in inserted(reader, now)}
    _refuse_twice(chosen, present)
    method, refs = now.method, tuple[CriterionId, ...]()
    for draft in chosen:
        method, ref = _with(method, draft, _section(now, parent), now.lot(lot) if lot else None)
        refs = (*refs, ref)
    texts = before_and_after("method", canonical_text(now.method), canonical_text(method))
    names = {"drafts": ", ".join(one.id for one in chosen), "criteria": ", ".join(refs)}
    with session.change("question drafts inserted", names, texts) as change:
        recording.set_method_draft(change, method)
        for ref, draft in zip(refs, chosen, strict=True):
            add_fact(change, _FACT, ref, _kept(ref, draft))
    return refs


def _chosen(reader: Reader, now: Situation, ids: Sequence[str]) -> tuple[Draft, ...]:
    every = (one for model in SocialValueModel for one in model_drafts(reader, model))
    known = {one.id.casefold(): one for one in (*every, *library_drafts(reader, now))}
    missing = [name for name in ids if name.strip().casefold() not in known]
    if missing or not ids:
        raise UnknownReference(
            f"There is no draft {', '.join(missing)}." if missing else "No draft is chosen.",
            "Choose from the question library.",
        )
    return tuple(known[name.strip().casefold()] for name in ids)


def _refuse_twice(chosen: Sequence[Draft], present: Mapping[str, CriterionId]) -> None:
    for draft, count in Counter(one.id for one in chosen).items():
        if draft in present or count > 1:
            where = f"in the method already, as {present[draft]}" if draft in present else "twice"
            raise RuleRefusal(
                f"Draft {draft} is {where}." if draft in present else f"{draft} is chosen twice.",
                "Edit that question, or take it out first.",
            )


def _section(now: Situation, parent: str) -> CriterionId | None:
    if not parent:
        return None
    row = now.criterion(parent)
    if row.kind is not CriterionKind.SECTION:
        raise RuleRefusal(f"{row.ref} is not a section.", "Choose a section, or none.")
    return row.ref


def _with(
    method: Method, draft: Draft, parent: CriterionId | None, lot: LotId | None
) -> tuple[Method, CriterionId]:
    ref = free_ref(method, draft)
    scale = proposed_scale(method)
    row = AwardCriterion(
        ref,
        draft.title,
        CriterionKind.SOCIAL_VALUE if draft.model else CriterionKind.PUBLIC_VALUE,
        parent=parent,
        lot=lot,
        scale=scale,
        question=draft.question,
        guidance=draft.guidance,
        goals=tuple(f"SDG {number}" for number in draft.goals),
        model_criterion=draft.model_criterion,
    )
    return _placed(_with_scale(method, scale), row), ref


def _placed(method: Method, row: AwardCriterion) -> Method:
    rows = list(method.criteria)
    at = len(rows)
    if row.parent is not None:
        below = {one.ref for one in with_all_below(method, row.parent)}
        at = max(number for number, one in enumerate(rows) if one.ref in below) + 1
    rows.insert(at, row)
    return replace(method, criteria=tuple(rows))


def free_ref(method: Method, draft: Draft) -> CriterionId:
    """Return a reference for a draft that nothing in the method has yet.

    A question of the library keeps its own (``PV01``) where that is free; a criterion of a
    model is ``SV1``, ``SV2`` …
    """
    taken = {row.ref.casefold() for row in method.criteria}
    taken |= {sub.ref.casefold() for row in method.criteria for sub in row.sub_criteria}
    return CriterionId(next(ref for ref in _refs(draft) if ref.casefold() not in taken))


def _refs(draft: Draft) -> Iterator[str]:
    stem = "SV" if draft.model else f"{draft.id}-"
    if not draft.model:
        yield draft.id
    number = 1 if draft.model else 2
    while True:
        yield f"{stem}{number}"
        number += 1


def proposed_scale(method: Method) -> str:
    """Return the scale that most scored questions have, else the first of the product's own."""
    used = Counter(row.scale for row in method.criteria if row.kind.is_scored and row.scale)
    return used.most_common(1)[0][0] if used else built_in_scales()[0].name


def _with_scale(method: Method, name: str) -> Method:
    held = {scale.name.casefold() for scale in method.scales}
    more = [one for one in built_in_scales() if one.name.casefold() == name.casefold()]
    if name.casefold() in held or not more:
        return method
    return replace(method, scales=(*method.scales, more[0]))


def _kept(ref: CriterionId, draft: Draft) -> InsertedDraft:
    return InsertedDraft(
        ref,
        draft.id,
        draft.title,
        draft.question,
        draft.guidance,
        draft.model_criterion,
        draft.verified,
        draft.standing,
        draft.source,
        draft.version,
    )


def inserted(reader: Reader, now: Situation) -> tuple[InsertedQuestion, ...]:
    """Return the questions of the method that began as drafts, in published order.

    One whose reference was changed is found by its words; one that was taken out is not
    listed.
    """
    kept = reader.facts(_FACT, InsertedDraft).values()
    found = {
        row.ref: InsertedQuestion(row.ref, one, _is_edited(row, one))
        for one in kept
        if (row := _row_of(now.method, one)) is not None
    }
    return tuple(found[row.ref] for row in now.method.criteria if row.ref in found)


def _row_of(method: Method, one: InsertedDraft) -> AwardCriterion | None:
    """Return what became of a draft: under its reference, or by what it still says.

    A reference alone proves nothing: it may have been given to another question since.
    """
    known = [row for row in method.criteria if _is_like(row, one)]
    named = [row for row in known if row.ref.casefold() == one.ref.casefold()]
    worded = [row for row in known if row.question.strip() == one.text.strip()]
    return next(iter((*named, *worded)), None)


def _is_like(row: AwardCriterion, one: InsertedDraft) -> bool:
    pairs = (
        (row.title, one.title),
        (row.question, one.text),
        (row.guidance, one.guidance),
        (row.model_criterion, one.model_criterion),
    )
    return any(now.strip() and now.strip() == then.strip() for now, then in pairs)


def _is_edited(row: AwardCriterion, one: InsertedDraft) -> bool:
    return (row.question.strip(), row.guidance.strip()) != (one.text.strip(), one.guidance.strip())


def to_be_edited(reader: Reader, now: Situation) -> tuple[str, ...]:
    """Return what the lead is told about drafts before publishing; none of it blocks."""
    found = inserted(reader, now)
    bare = [one.ref for one in found if not one.is_edited]
    unseen = [one for one in found if not one.draft.verified]
    result = []
    if bare:
        which = "stands" if len(bare) == 1 else "stand"
        result.append(f"{', '.join(bare)} {which} as drafted in the library: read and edit them.")
    result += [
        f"{one.ref} is not verified against {one.draft.draft}: {one.draft.standing}"
        for one in unseen
    ]
    return tuple(result)
