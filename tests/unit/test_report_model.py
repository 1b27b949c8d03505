"""The copy of the record that documents are made from."""

from dataclasses import fields
from datetime import UTC, datetime

from tendereval.domain.report_model import RecordHead, ReportModel


def test_the_head_of_the_record_is_kept_with_the_copy() -> None:
    head = RecordHead(3, "0" * 64, datetime(2027, 5, 1, tzinfo=UTC), "t-1")
    assert "head" in {field.name for field in fields(ReportModel)}
    assert (head.entries, head.tender_id) == (3, "t-1")
