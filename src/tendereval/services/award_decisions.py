"""Which award decisions stand: those recorded since the tender last entered stage ``award``."""

from collections.abc import Mapping

from tendereval.domain.award import AwardDecision
from tendereval.domain.ids import LotId
from tendereval.domain.stages import Stage
from tendereval.store.repository import Reader


def is_overtaken(reader: Reader, decision: AwardDecision) -> bool:
    """Whether the tender left stage ``award`` since, so that the order may have changed."""
    entered = [at for stage, _, at in reader.stage_reasons() if stage is Stage.AWARD]
    return bool(entered) and decision.recorded_at < entered[-1]


def standing(reader: Reader) -> Mapping[LotId, AwardDecision]:
    """Return the newest award decision of each lot that has one which is not overtaken."""
    return {
        lot: decision
        for lot, decision in reader.decisions().items()
        if not is_overtaken(reader, decision)
    }
