"""Newer dated facts in a tender: imported with checksum, version, day and person; listed.

Whichever is newest counts, what ships with the product or what was imported; older or altered
data are refused.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from tendereval.domain.errors import BadSignature, DamagedFile, ExchangeProblem, RuleRefusal
from tendereval.domain.evaluation import Role
from tendereval.domain.ids import PersonId
from tendereval.domain.publicvalue.model_rules import SocialValueModel
from tendereval.domain.record import sha256_text
from tendereval.domain.stages import Act
from tendereval.exchange import public_value_data as facts
from tendereval.exchange.data_file import checksum_beside, head, read_pack, version_key
from tendereval.exchange.model_rules import model_rule
from tendereval.exchange.sdg_data import sdg_goals
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.store import public_value
from tendereval.store.public_value import DataPack
from tendereval.store.repository import Reader

_SCORING_ONLY: Final = {Role.EVALUATOR, Role.COMMUNITY, Role.OBSERVER}


@dataclass(frozen=True, slots=True)
class DataInForce:
    """One dataset as it counts in a tender.

    Attributes:
        dataset: name of its file (``living_wage_rates``).
        title: what people call it.
        version: of what counts.
        retrieved: when it was gathered, as it says itself; may be empty.
        sha256: of what counts.
        imported_at: when it was imported; None for what ships with the product.
        imported_by: who did.
    """

    dataset: str
    title: str
    version: str
    retrieved: str
    sha256: str
    imported_at: datetime | None = None
    imported_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ImportedData:
    """What an import brought.

    Attributes:
        checked: whether its checksum was compared with the one published beside it.
        before: the version that counted until then.
    """

    dataset: str
    title: str
    version: str
    before: str
    sha256: str
    checked: bool

    @property
    def sentence(self) -> str:
        """What was done, in words."""
        how = "Its checksum agrees." if self.checked else "No checksum was given to compare."
        return f"{self.title}: version {self.version} counts in place of {self.before}. {how}"


def refuse_scorers(now: Situation, person: PersonId, does: str) -> None:
    """Refuse somebody whose part on the panel is to score or to look on.

    Args:
        now: the situation.
        person: who is at work.
        does: what the person does not do (``choose the use of the check``).
    """
    if any(item.person == person and item.role in _SCORING_ONLY for item in now.panel):
        raise RuleRefusal(f"{now.name(person)} does not {does}.", "The lead evaluator does.")


def text_of(reader: Reader, dataset: str) -> str | None:
    """Return the imported text of a dataset that counts; None where the product's own does.

    Raises:
        DamagedFile: it is not the text that was imported.
    """
    pack = public_value.data_packs(reader).get(dataset)
    if pack is None:
        return None
    if sha256_text(pack.text) != pack.sha256:
        raise DamagedFile(
            f"The imported data “{facts.DATASETS.get(dataset, dataset)}” were altered: their "
            "checksum differs.",
            "Import them again.",
        )
    shipped = head(facts.bundled(dataset)).version
    return pack.text if version_key(pack.version) > version_key(shipped) else None


def version_of(reader: Reader, dataset: str) -> str:
    """Return the version of a dataset that counts."""
    text = text_of(reader, dataset)
    return head(facts.bundled(dataset) if text is None else text).version


def listed(reader: Reader) -> tuple[DataInForce, ...]:
    """Return every dataset as it counts, in the order of the product."""
    came = {pack.sha256: (at, by) for pack, at, by in public_value.data_pack_history(reader)}
    return tuple(_in_force(reader, dataset, came) for dataset in facts.DATASETS)


def _in_force(
    reader: Reader, dataset: str, came: dict[str, tuple[datetime, PersonId]]
) -> DataInForce:
    imported = text_of(reader, dataset)
    text = facts.bundled(dataset) if imported is None else imported
    found, digest = head(text), sha256_text(text)
    at, by = came.get(digest, (None, None)) if imported is not None else (None, None)
    title = facts.DATASETS[dataset]
    return DataInForce(dataset, title, found.version, found.retrieved, digest, at, by)


def import_pack(
    session: Session, path: Path, *, dataset: str = "", checksum: str = ""
) -> ImportedData:
    """Import newer data; they count in this tender from now on.

    Args:
        session: the open tender.
        path: the data file.
        dataset: what it is to stand in for; empty is what it says of itself.
        checksum: the SHA-256 published with it; empty looks for ``NAME.sha256`` beside it.

    Raises:
        NotAllowedNow: the tender is closed.
        ExchangeProblem: it is no such data file.
        BadSignature: its checksum differs from the one published.
        RuleRefusal: older than what counts, the same, or imported by somebody who only scores.
    """
    with session.reading() as reader:
        now = situation(reader)
        now.require(Act.IMPORT_DATA)
        refuse_scorers(now, session.actor.person, "import data")
        text, digest = read_pack(path)
        wanted = (checksum or checksum_beside(path)).strip().casefold()
        if wanted and wanted != digest:
            raise BadSignature(
                f"{path.name} is not the file that was published: its checksum differs.",
                "Fetch it again, with its checksum.",
            )
        name = dataset or facts.dataset_of(text)
        version = facts.check_dataset(name, text).version
        _check_closely(name, text)
        before = version_of(reader, name)
        _check_newer(reader, name, version, digest)
    pack = DataPack(name, version, digest, text)
    put_pack(session, pack, "data imported", {"file": path.name, "checked": str(bool(wanted))})
    title = facts.DATASETS[name]
    return ImportedData(name, title, version, before, digest, bool(wanted))


def _check_closely(dataset: str, text: str) -> None:
    """Refuse a pack that reads as its dataset and holds what later reading would refuse."""
    if dataset == "sdgs":
        sdg_goals(text)
    for model in SocialValueModel:
        if dataset == f"social_value_model_{model.value}":
            model_rule(model, text)


def put_pack(session: Session, pack: DataPack, done: str, ids: dict[str, str]) -> None:
    """Record newer data in a change of its own, with version and checksum."""
    known = {"dataset": pack.dataset, "version": pack.version, **ids}
    with session.change(done, known, {"data after": pack.sha256}) as change:
        public_value.add_data_pack(change, pack)


def _check_newer(reader: Reader, dataset: str, version: str, digest: str) -> None:
    imported = text_of(reader, dataset)
    text = facts.bundled(dataset) if imported is None else imported
    counts, title = head(text).version, facts.DATASETS[dataset]
    if sha256_text(text) == digest:
        raise RuleRefusal(f"{title}: these data count already.", "Nothing is to be done.")
    if version == counts:
        raise ExchangeProblem(
            f"{title}: the file says version {version}, as what counts now does, and holds "
            "something else: it was altered.",
            "Fetch it again, or import a newer version.",
        )
    if version_key(version) < version_key(counts):
        raise RuleRefusal(
            f"{title}: version {version} is older than {counts}, which counts now.",
            "Import a newer one.",
        )
