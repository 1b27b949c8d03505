"""What the Overview notes about packs and returns, and what the Record says of them."""

from pathlib import Path

from tendereval.domain.evaluation import InterestOutcome
from tendereval.viewmodels import overview, panel, record
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import BEN, CAM
from tests.viewmodel.lead_desk import wanted
from tests.viewmodel.panel_desk import before_packs, collect, packs_out, send_back


def notes(desk: SessionViewModel) -> list[str]:
    """Return the points that stand in no stage's way."""
    view = overview.make(desk)
    return [point.text for point in view.points.rows][view._open :]


def test_nothing_is_noted_before_the_first_pack(tmp_path: Path) -> None:
    with before_packs(tmp_path) as desk:
        assert notes(desk) == []


def test_returns_that_are_awaited_are_noted(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        assert notes(desk) == ["The returns of Ben Bell and Community panel member 1 are awaited."]
        assert overview.make(desk).points_under.endswith("before stage moderation · 1 to note")
        collect(panel.make(desk), send_back(made, BEN), send_back(made, CAM))
        assert notes(desk) == []


def test_a_question_and_a_pack_that_is_due_are_noted_and_open_the_panel(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        view = panel.make(desk)
        collect(view, send_back(made, BEN, question="May I ask?"), send_back(made, CAM))
        view.choose(CAM)
        view.declare("A share.", ())
        view.decide(InterestOutcome.MANAGED, "Sold.", frozenset())
        assert notes(desk) == [
            "Ben Bell asks you something in private.",
            "Community panel member 1 needs a pack.",
        ]
        shown = overview.make(desk)
        asked = wanted(desk)
        shown.open_point(shown._open)
        assert asked == [("panel", BEN)]


def test_the_record_names_whose_pack_and_shortens_digests(tmp_path: Path) -> None:
    with packs_out(tmp_path) as (desk, made):
        collect(panel.make(desk), send_back(made, BEN))
        entries = record.make(desk).entries
        shown = [[entries.index(row, column).data() for column in (3, 4)] for row in range(4)]
        assert shown[0][0] == "return collected"
        assert shown[0][1].startswith("person Ben Bell, sha256 ")
        assert len(shown[0][1]) < 60
        assert ["pack made", "packs 1 for Ben Bell"] in shown
