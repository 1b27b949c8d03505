"""The forms of one criterion: what is looked at most often, the rest, and its price rule."""

from dataclasses import replace

from tendereval.domain.ids import CriterionId, LotId
from tendereval.domain.method_editing import of_kind
from tendereval.domain.pricing import RULES, ZERO_FORMS
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Method,
    PriceFormula,
    SubCriterion,
)
from tendereval.viewmodels.form_fields import (
    Choices,
    FormField,
    Shape,
    attribute,
    capital,
    choices_of,
    chooser,
    read_count,
    read_decimal,
    show_number,
)

Criterion = AwardCriterion
FORMULA_WORDS = {
    PriceFormula.LOWEST_OVER_PRICE: "The lowest price earns all marks. Every other price earns the "
    "share that the lowest price is of it: at a lowest of £100,000, a price of £125,000 earns "
    "100,000 ÷ 125,000 = 80 per cent of the marks.",
}


def criterion_fields(method: Method, row: Criterion) -> tuple[FormField[Criterion], ...]:
    """Return what is looked at most often of one criterion: only what its kind has."""
    fields: list[FormField[Criterion]] = [attribute(Criterion, "title", "Title")]
    is_section, is_price = row.kind is CriterionKind.SECTION, row.kind is CriterionKind.PRICE
    if not is_section and not is_price:
        fields.append(attribute(Criterion, "question", "Question", read=str, shape=Shape.LONG))
    if row.kind.is_weighted or is_section:
        # A section's weight is only compared with what stands under it.
        fields.append(_number("weight", "Weight", optional=is_section))
    if row.kind.is_scored or is_section:
        words = "Minimum marks" if is_section else "Minimum score"
        fields.append(_number("minimum", words, optional=is_section))
    if not is_section and not is_price:
        fields.append(attribute(Criterion, "word_limit", "Word limit", read=read_count, width=8))
    if row.kind.is_scored:
        fields.append(_scale(method))
    return (*fields, *price_fields()) if is_price else tuple(fields)


def further_fields(method: Method, row: Criterion) -> tuple[FormField[Criterion], ...]:
    """Return the rest of one criterion."""
    fields: list[FormField[Criterion]] = []
    if row.kind not in {CriterionKind.SECTION, CriterionKind.PRICE}:
        fields += _question_fields(row)
    fields += [
        FormField(
            "kind",
            "Kind",
            lambda one: str(one.kind),
            lambda one, text: of_kind(one, CriterionKind(text)),
            shape=Shape.CHOICE,
            choices=choices_of(CriterionKind, "", words=capital),
            width=28,
        ),
        attribute(
            Criterion, "ref", "Reference", width=10, read=lambda text: CriterionId(text.strip())
        ),
    ]
    return (*fields, _lot(method)) if len(method.lots) > 1 else tuple(fields)


def _number(name: str, label: str, **more: object) -> FormField[Criterion]:
    return attribute(Criterion, name, label, show_number, read_decimal, width=8, **more)


def _scale(method: Method) -> FormField[Criterion]:
    choices: Choices = (
        ("", "Not chosen", True),
        *((scale.name, scale.name, True) for scale in method.scales),
    )
    return attribute(
        Criterion,
        "scale",
        "Scale",
        read=lambda text: text or None,
        shape=Shape.CHOICE,
        choices=choices,
        width=18,
    )


def _lot(method: Method) -> FormField[Criterion]:
    named = ((lot.ref, f"Lot {lot.ref} {lot.title}".strip(), True) for lot in method.lots)
    return attribute(
        Criterion,
        "lot",
        "Lot",
        read=lambda text: LotId(text) if text else None,
        shape=Shape.CHOICE,
        choices=(("", "All lots", True), *named),
    )


def _question_fields(row: Criterion) -> list[FormField[Criterion]]:
    long = Shape.LONG
    return [
        attribute(
            Criterion, "guidance", "What a good answer shows", read=str, shape=long, optional=True
        ),
        FormField(
            "sub_criteria",
            "Sub-criteria, one a line",
            lambda one: "\n".join(f"{sub.ref}  {sub.text}" for sub in one.sub_criteria),
            _put_sub_criteria,
            shape=long,
            optional=True,
            hint=f"Discussed and explained, not scored. A line without a reference gets the next "
            f"one, such as {row.ref}.1.",
        ),
        FormField(
            "goals",
            "Goals, parted by semicolons",
            lambda one: "; ".join(one.goals),
            lambda one, text: replace(one, goals=_parts(text, ";")),
            optional=True,
            hint="Sustainable Development Goals by number, or your own.",
        ),
        attribute(
            Criterion,
            "model_criterion",
            "Criterion of the social value model",
            width=24,
            optional=True,
            hint="Its code, such as PPN002:1c.",
        ),
    ]


def _parts(text: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _put_sub_criteria(row: Criterion, text: str) -> Criterion:
    known = {sub.ref.casefold() for sub in row.sub_criteria}
    found: list[SubCriterion] = []
    for line in _parts(text, "\n"):
        first, _, rest = line.partition(" ")
        has_ref = first.casefold() in known or first.casefold().startswith(f"{row.ref}.".casefold())
        ref, words = (first, rest.strip()) if has_ref else (_next_sub(row, found), line)
        found.append(SubCriterion(ref, words))
    return replace(row, sub_criteria=tuple(found))


def _next_sub(row: Criterion, found: list[SubCriterion]) -> str:
    taken = {sub.ref.casefold() for sub in (*found, *row.sub_criteria)}
    number = 1
    while f"{row.ref}.{number}".casefold() in taken:
        number += 1
    return f"{row.ref}.{number}"


def price_fields() -> tuple[FormField[Criterion], ...]:
    """Return what a price criterion has beside its weight."""
    return (
        attribute(
            Criterion,
            "formula",
            "Price formula",
            read=chooser(PriceFormula),
            shape=Shape.CHOICE,
            choices=choices_of(PriceFormula, supported=tuple(RULES), words=capital),
            width=34,
        ),
        FormField(
            "zero",
            "What a price of nothing means",
            lambda row: dict(row.parameters).get("zero", ""),
            _put_zero,
            optional=True,
            width=24,
            hint=f"Write {ZERO_FORMS.replace('zero=', '')}, as published. Left blank, a price of "
            "nothing cannot be marked.",
        ),
        FormField(
            "parameters",
            "Other parameters, one a line",
            lambda row: "\n".join(f"{k} = {v}" for k, v in row.parameters if k != "zero"),
            _put_parameters,
            shape=Shape.LONG,
            optional=True,
            hint="Such as maximum = 100000. The formula “lowest over price” takes none.",
        ),
    )


def _put_zero(row: Criterion, text: str) -> Criterion:
    others = tuple((name, value) for name, value in row.parameters if name != "zero")
    value = text.strip()
    return replace(row, parameters=(*others, ("zero", value)) if value else others)


def _put_parameters(row: Criterion, text: str) -> Criterion:
    zero = tuple((name, value) for name, value in row.parameters if name == "zero")
    lines = (line.partition("=") for line in _parts(text, "\n"))
    return replace(row, parameters=(*((k.strip(), v.strip()) for k, _, v in lines), *zero))
