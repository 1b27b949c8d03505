"""What the parts of the Award screen share: the open file, the lot in sight, what was read."""

from tendereval.domain.ids import LotId
from tendereval.domain.stages import Stage
from tendereval.viewmodels.award_reading import AwardReading, LotReading
from tendereval.viewmodels.session_view_model import SessionViewModel


class AwardState:
    """Shared by plain parts; the view-model of the screen changes it.

    Attributes:
        lot: the one in sight.
        reading: everything as it was read last; None before that.
        is_approved: whether the decision of every lot is.
    """

    def __init__(self, desk: SessionViewModel) -> None:
        self.desk = desk
        self.lot: LotId = desk.now.method.lots[0].ref
        self.reading: AwardReading | None = None
        self.is_approved = False

    @property
    def is_open(self) -> bool:
        """Whether the award may be seen and prepared."""
        return self.desk.now.stage.position >= Stage.AWARD.position

    @property
    def found(self) -> LotReading | None:
        """The lot in sight as it was read last; None before that."""
        return self.reading.lots.get(self.lot) if self.reading is not None else None
