"""Read the dated facts about public value: bundled ones, or a data pack that was imported.

A data pack is the same JSON file in a newer version. Reading checks everything the product
relies on and says what is wrong; nothing unverified loses its mark.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Final, TypeVar

import msgspec

from tendereval import resources
from tendereval.domain.errors import Bug, ExchangeProblem
from tendereval.domain.exact import from_text, to_text
from tendereval.domain.publicvalue.certificates import Assurance, Scheme, SchemeLevel
from tendereval.domain.publicvalue.living_wage import Rates, RateYear
from tendereval.domain.publicvalue.wage_rates import rates_problems
from tendereval.exchange.data_file import DataHead, decoded, head, no_data

S = TypeVar("S")

DATASETS: Final = {
    "living_wage_rates": "Living wage rates",
    "accreditations": "Certificates and accreditations",
    "public_value_questions": "Question library",
    "social_value_model_ppn0620": "Social Value Model, PPN 06/20",
    "social_value_model_ppn002": "Social Value Model, PPN 002",
    "social_value_model_ppn026": "Social Value Model, PPN 026",
    "regional_frameworks": "Other UK frameworks",
    "sdgs": "Sustainable Development Goals",
    "barrier_checks": "Barriers for small bidders",
}
"""Every dataset by the name of its file, and what people call it."""


@dataclass(frozen=True, slots=True)
class LibraryQuestion:
    """A question to start from; a draft, to be edited before publishing.

    Attributes:
        strand: what it is about (``living_wage``, ``good_work`` …).
        look_for: what a good answer shows.
        unit: in which its commitments are counted.
        goals: Sustainable Development Goals, as suggested.
        fits: model criteria it fits (``ppn026:GJ3``).
        verified: whether its facts were seen in a source.
    """

    id: str
    strand: str
    question: str
    look_for: tuple[str, ...]
    unit: str
    goals: tuple[int, ...]
    fits: tuple[str, ...]
    verified: bool
    source: str


@dataclass(frozen=True, slots=True)
class ModelCriterion:
    """A criterion of a published Social Value Model.

    Attributes:
        model: id of the model (``ppn002``).
        code: as in the model, ours where ``code_is_ours``; empty where it was not readable.
        outcome: the outcome it stands under.
        verified: whether it was seen in a source; ``note`` says what was not.
    """

    model: str
    code: str
    title: str
    gist: str
    outcome: str
    goals: tuple[int, ...]
    verified: bool
    code_is_ours: bool
    note: str
    source: str


class _Year(msgspec.Struct, frozen=True):
    year: str
    source: str
    announced: date | None = None
    employers_deadline: date | None = None
    uk: str | None = None
    london: str | None = None
    min_age: int = 18
    rates_verified: bool = False
    dates_verified: bool = False


class _KnownYears(msgspec.Struct, frozen=True):
    real_living_wage: tuple[dict[str, object], ...]


class _Minimum(msgspec.Struct, frozen=True):
    from_: date = msgspec.field(name="from")
    rate: str | None = None


class _RatesFile(msgspec.Struct, frozen=True):
    version: str
    real_living_wage: tuple[_Year, ...]
    national_living_wage: tuple[_Minimum, ...] = ()


class _Scheme(msgspec.Struct, frozen=True):
    id: str
    name: str
    issuer: str
    strands: tuple[str, ...]
    levels: tuple[str, ...]
    assurance: str
    status: str
    valid_months: int | None = None
    public_register: bool = False
    verified: bool = False
    valid_verified: bool = False
    note: str = ""
    source: str = ""
    level_assurance: dict[str, str] = {}


class _SchemesFile(msgspec.Struct, frozen=True):
    records: tuple[_Scheme, ...]


class _Question(msgspec.Struct, frozen=True):
    id: str
    strand: str
    question: str
    look_for: tuple[str, ...] = ()
    unit: str = ""
    sdg_suggested: tuple[int, ...] = ()
    fits_criteria: tuple[str, ...] = ()
    verified: bool = False
    source: str = ""


class _QuestionsFile(msgspec.Struct, frozen=True):
    questions: tuple[_Question, ...]


class _Criterion(msgspec.Struct, frozen=True):
    title: str
    code: str | None = None
    gist: str = ""
    sdg_suggested: tuple[int, ...] = ()
    verified: bool = False
    code_is_ours: bool = False
    verify_note: str = ""
    source: str = ""


class _Outcome(msgspec.Struct, frozen=True):
    title: str | None = None
    code: str | None = None
    criteria: tuple[_Criterion, ...] = ()


class _Theme(msgspec.Struct, frozen=True):
    outcomes: tuple[_Outcome, ...]


class _ModelFile(msgspec.Struct, frozen=True):
    id: str
    outcomes: tuple[_Outcome, ...] = ()
    themes: tuple[_Theme, ...] = ()


def bundled(dataset: str) -> str:
    """Return the bundled text of a dataset, by the name of its file."""
    return resources.path(f"public_value/{dataset}.json").read_text(encoding="utf-8")


def check_dataset(dataset: str, text: str) -> DataHead:
    """Refuse a data pack that is not what it should be; return what it says of itself.

    Args:
        dataset: name of the file it stands in for.
        text: of the data pack.

    Raises:
        ExchangeProblem: unknown dataset, a file of another dataset, or content that cannot be.
    """
    if dataset not in DATASETS:
        raise ExchangeProblem(
            f"There is no data called {dataset!r}.", f"Use one of: {', '.join(DATASETS)}."
        )
    found = head(text)
    meant = dataset_of(text)
    if meant != dataset:
        raise ExchangeProblem(
            f"The file holds “{DATASETS[meant]}”, not “{DATASETS[dataset]}”.",
            "Choose the file that belongs there.",
        )
    _READERS.get(dataset, _nothing_more)(text)
    return found


def _nothing_more(_text: str) -> object:
    """Stands for the reader of a dataset that nothing here takes apart."""
    return None


def dataset_of(text: str) -> str:
    """Return which dataset a data file holds, by what it says of itself.

    Raises:
        ExchangeProblem: none that this version knows.
    """
    said = head(text).dataset
    found = next((name for name in DATASETS if head(bundled(name)).dataset == said), None)
    if found is None:
        raise no_data("it does not say which data it holds")
    return found


def with_rates_of(text: str, year: RateYear, version: str) -> str:
    """Return a file of rates with the rates of one year in place of what it had for that year.

    Raises:
        ExchangeProblem: the rates of the year cannot be.
    """
    data = decoded(text, dict[str, object])
    known = decoded(text, _KnownYears).real_living_wage
    entered: dict[str, object] = {
        "year": year.year,
        "announced": _iso(year.announced),
        "employers_deadline": _iso(year.deadline),
        "uk": None if year.uk is None else to_text(year.uk),
        "london": None if year.london is None else to_text(year.london),
        "min_age": year.min_age,
        "rates_verified": year.rates_verified,
        "dates_verified": year.dates_verified,
        "source": year.source,
    }
    kept = [item for item in known if item.get("year") != year.year]
    changed = {**data, "version": version, "real_living_wage": [*kept, entered]}
    result = msgspec.json.encode(changed).decode("utf-8")
    rates(result)
    return result


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def rates(text: str | None = None) -> Rates:
    """Return the living wage rates, of the bundled file or of a data pack's text.

    Raises:
        ExchangeProblem: the text is not such a file, or what it says cannot be.
    """
    return _rates(text if text is not None else bundled("living_wage_rates"))


@cache
def _rates(text: str) -> Rates:
    found = decoded(text, _RatesFile)
    result = _made(lambda: _rates_of(found))
    wrong = rates_problems(result)
    if wrong:
        raise no_data(" ".join(wrong))
    return result


def _rates_of(found: _RatesFile) -> Rates:
    years = [
        RateYear(
            _year_name(item.year),
            item.announced,
            item.employers_deadline,
            None if item.uk is None else from_text(item.uk),
            None if item.london is None else from_text(item.london),
            item.min_age,
            item.rates_verified,
            item.dates_verified,
            item.source,
        )
        for item in found.real_living_wage
    ]
    minimum = [
        (item.from_, from_text(item.rate)) for item in found.national_living_wage if item.rate
    ]
    return Rates(
        found.version, tuple(sorted(years, key=lambda year: year.year)), tuple(sorted(minimum))
    )


def _year_name(text: str) -> str:
    first, _, second = text.partition("-")
    digits = first.isascii() and first.isdigit() and len(first) == len("2025")
    if not digits or int(second) != (int(first) + 1) % 100:
        raise ValueError(f"no year {text!r}")
    return text


def schemes(text: str | None = None) -> Mapping[str, Scheme]:
    """Return the certificates and accreditations, by id, in the order of the file."""
    return _schemes(text if text is not None else bundled("accreditations"))


@cache
def _schemes(text: str) -> Mapping[str, Scheme]:
    found = decoded(text, _SchemesFile)
    return _made(lambda: {item.id: _scheme(item) for item in found.records})


def _scheme(item: _Scheme) -> Scheme:
    levels = tuple(
        SchemeLevel(name, Assurance(item.level_assurance.get(name, item.assurance)))
        for name in item.levels
    )
    return Scheme(
        item.id,
        item.name,
        item.issuer,
        item.strands,
        levels,
        item.valid_months,
        item.public_register,
        item.status,
        item.verified,
        item.valid_verified,
        item.note,
        item.source,
    )


def questions(text: str | None = None) -> tuple[LibraryQuestion, ...]:
    """Return the question library in the order of the file."""
    found = decoded(text if text is not None else bundled("public_value_questions"), _QuestionsFile)
    return tuple(
        LibraryQuestion(
            item.id,
            item.strand,
            item.question,
            item.look_for,
            item.unit,
            item.sdg_suggested,
            item.fits_criteria,
            item.verified,
            item.source,
        )
        for item in found.questions
    )


def model_criteria(model: str, text: str | None = None) -> tuple[ModelCriterion, ...]:
    """Return the criteria of a Social Value Model (``ppn002``) in its own order."""
    found = decoded(
        text if text is not None else bundled(f"social_value_model_{model}"), _ModelFile
    )
    outcomes = (*found.outcomes, *(one for theme in found.themes for one in theme.outcomes))
    return tuple(
        ModelCriterion(
            found.id,
            item.code or "",
            item.title,
            item.gist,
            outcome.title or f"Outcome {outcome.code} (title not read)",
            item.sdg_suggested,
            item.verified,
            item.code_is_ours,
            item.verify_note,
            item.source,
        )
        for outcome in outcomes
        for item in outcome.criteria
    )


_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "living_wage_rates": rates,
    "accreditations": schemes,
    "public_value_questions": questions,
    **{
        f"social_value_model_{name}": partial(model_criteria, name)
        for name in ("ppn0620", "ppn002", "ppn026")
    },
}


def _made(make: Callable[[], S]) -> S:
    try:
        return make()
    except (ValueError, Bug) as error:
        raise no_data(str(error).rstrip(".")) from error
