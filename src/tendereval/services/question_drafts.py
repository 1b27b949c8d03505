"""Drafts of questions about public value: the question library and the Social Value Models.

Each says where it comes from and whether that was verified.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tendereval.domain.publicvalue.model_rules import SocialValueModel
from tendereval.exchange import public_value_data as facts
from tendereval.exchange.public_value_data import LibraryQuestion, ModelCriterion
from tendereval.services import data_packs
from tendereval.services.situation import Situation
from tendereval.services.social_value import choice_for
from tendereval.store.repository import Reader

_LIBRARY: Final = "public_value_questions"
_TITLES: Final = {
    "living_wage": "Living wage",
    "good_work": "Good work",
    "good_works": "Work for people kept out of it",
    "sdg": "Sustainable Development Goals",
    "public_value": "Public value",
    "lived_experience": "Lived experience",
    "sme_access": "Small firms and charities",
    "climate": "Climate",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """Something to start a question from.

    Attributes:
        id: by which it is inserted (``PV01``, ``ppn002:3``: a model and a place in it).
        group: what it is listed under: the library, or the model and the outcome.
        model: of which it is a criterion; None for a question of the library.
        code: of the criterion in its model; empty where it has none that was read.
        unit: in which commitments are counted; may be empty.
        goals: Sustainable Development Goals, as suggested.
        model_criterion: as it will stand in the method; empty where none fits.
        verified: whether its facts were seen in a source.
        note: what was not seen, or is ours; may be empty.
        source: where it comes from, and ``version`` of that data.
    """

    id: str
    group: str
    model: SocialValueModel | None
    code: str
    title: str
    question: str
    guidance: str
    unit: str
    goals: tuple[int, ...]
    model_criterion: str
    verified: bool
    note: str
    source: str
    version: str

    @property
    def standing(self) -> str:
        """Whether it was verified, in one sentence."""
        if self.verified:
            return f"A draft, to be edited. {_stop(self.note)}".strip()
        why = _stop(self.note) or "It was not seen in a source."
        return f"A draft, not verified: {why}"


def _stop(text: str) -> str:
    plain = text.strip()
    return f"{plain[0].upper()}{plain[1:].rstrip('.')}." if plain else ""


def drafts(reader: Reader, now: Situation) -> tuple[Draft, ...]:
    """Return what the lead is offered: the model the tender is under first, then the library.

    The criteria of a model are offered where the tender's own documents put it under one, or
    the authority chooses: then those of every model.
    """
    chosen = choice_for(reader, now).model
    models = (chosen,) if chosen else tuple(SocialValueModel)
    offered = (one for model in models for one in model_drafts(reader, model))
    return (*offered, *library_drafts(reader, now))


def library_drafts(reader: Reader, now: Situation) -> tuple[Draft, ...]:
    """Return the question library; a question names the criterion that fits the tender's model."""
    chosen = choice_for(reader, now).model
    text = data_packs.text_of(reader, _LIBRARY)
    version = data_packs.version_of(reader, _LIBRARY)
    coded = {} if chosen is None else _by_code(model_drafts(reader, chosen))
    return tuple(_of_library(one, chosen, coded, version) for one in facts.questions(text))


def model_drafts(reader: Reader, model: SocialValueModel) -> tuple[Draft, ...]:
    """Return the criteria of a model as drafts, in its own order."""
    name = f"social_value_model_{model}"
    text, version = data_packs.text_of(reader, name), data_packs.version_of(reader, name)
    return tuple(
        _of_model(one, model, number, version)
        for number, one in enumerate(facts.model_criteria(model, text), start=1)
    )


def _by_code(drafts: Sequence[Draft]) -> Mapping[str, Draft]:
    return {one.code.casefold(): one for one in drafts if one.code}


def _of_library(
    item: LibraryQuestion,
    chosen: SocialValueModel | None,
    coded: Mapping[str, Draft],
    version: str,
) -> Draft:
    criterion, unseen = _fitting(item, chosen, coded)
    return Draft(
        item.id,
        "Question library",
        None,
        "",
        _TITLES.get(item.strand, item.strand.replace("_", " ").capitalize()),
        item.question,
        _guidance(item.look_for),
        item.unit,
        item.goals,
        criterion,
        item.verified and not unseen,
        unseen,
        item.source,
        version,
    )


def _fitting(
    item: LibraryQuestion, chosen: SocialValueModel | None, coded: Mapping[str, Draft]
) -> tuple[str, str]:
    """Return the criterion of the chosen model that a question fits, and what was not seen."""
    codes = [text.partition(":")[2] for text in item.fits if text.partition(":")[0] == chosen]
    if chosen is None or not codes:
        return "", ""
    found = coded.get(codes[0].casefold())
    if found is None:
        return f"{_short(chosen)}:{codes[0]}", ""
    known = f"the criterion of {chosen.known_as} that it fits was not seen in a source"
    return found.model_criterion, "" if found.verified else known


def _guidance(look_for: Sequence[str]) -> str:
    return f"A good answer shows: {'; '.join(look_for)}." if look_for else ""


def _short(model: SocialValueModel) -> str:
    return model.value.upper()


def _of_model(item: ModelCriterion, model: SocialValueModel, number: int, version: str) -> Draft:
    title = f"{item.title[:1].upper()}{item.title[1:]}"
    # A code of our own must not be published as if it were the model's.
    named = item.title if item.code_is_ours or not item.code else item.code
    ours = "its official code was not seen" if item.code_is_ours else ""
    note = "; ".join(part for part in (item.note, ours) if part)
    return Draft(
        f"{model}:{number}",
        f"{model.known_as}, {item.outcome}",
        model,
        item.code,
        title,
        _model_question(item),
        _guidance(
            (
                "commitments that are specific, measurable and dated",
                "a plan with steps, people who answer for them and days",
                "what is done in this contract, not policy in general",
            )
        ),
        "",
        item.goals,
        f"{_short(model)}:{named}",
        item.verified,
        note,
        item.source,
        version,
    )


def _model_question(item: ModelCriterion) -> str:
    gist = f" ({item.gist})" if item.gist else ""
    return (
        f"What will you do in this contract towards this aim: {item.title}{gist}? Say what you "
        "commit to, for whom, how many and by when, and how each commitment will be proven."
    )
