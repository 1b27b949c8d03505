"""What stands at the foot of every page of a document about a tender."""

from tendereval.domain.method_text import short
from tendereval.domain.report_model import ReportModel
from tendereval.reports import phrases
from tendereval.reports import wording as w


def foot(model: ReportModel) -> str:
    """Return what stands at the foot of every page: the tender, its method and the record."""
    method = w.FOOT_UNPUBLISHED
    if model.versions:
        method = w.FOOT_METHOD.format(fingerprint=short(model.versions[-1].fingerprint))
    return w.FOOT.format(
        reference=model.details.reference.strip() or w.NO_REFERENCE,
        method=method,
        day=phrases.day(model.head.at),
        hash=short(model.head.hash),
    )
