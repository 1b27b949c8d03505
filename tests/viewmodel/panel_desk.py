"""The lead at the Panel with real keys: packs go out to laptops of their own and come back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tendereval.domain.ids import PersonId
from tendereval.domain.packs import ReturnKind
from tendereval.services import declaring, returning
from tendereval.services.progress import NullProgress, Progress
from tendereval.services.tenders import open_tender
from tendereval.viewmodels.panel import PanelViewModel
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import BEN, CAM, Desk, a_desk
from tests.service.packs import Round, an_identity, lead_and_packs, score_all

BY_NAME = {BEN: "ben", CAM: "cam"}


@contextmanager
def lead_with_keys(desk: Desk) -> Iterator[SessionViewModel]:
    """Open a tender as the lead, whose own keys are at hand."""
    session = open_tender(desk.file, "", desk.clock, "app")
    model = SessionViewModel(session.with_identity(an_identity("Ana Ames", "ana@x.example")))
    yield model
    model.close()


@contextmanager
def before_packs(folder: Path, stage: str = "scoring") -> Iterator[SessionViewModel]:
    """Open the small tender, for which no pack was made yet."""
    with lead_with_keys(a_desk(folder, stage)) as model:
        yield model


@contextmanager
def packs_out(folder: Path) -> Iterator[tuple[SessionViewModel, Round]]:
    """Open the small tender with packs for Ben and Cam out and opened."""
    made = lead_and_packs(folder)
    with lead_with_keys(made.desk) as model:
        yield model, made


def send_back(made: Round, person: PersonId, points: int = 3, question: str = "") -> Path:
    """Declare, score everything and write the return of one person."""
    with made.at_home(person) as session:
        declaring.declare(session, "")
        score_all(session, "Sound.", points)
        number = len(list(made.desk.folder.glob(f"{BY_NAME[person]}-*.scores"))) + 1
        path = made.desk.folder / f"{BY_NAME[person]}-{number}.scores"
        returning.make_return(session, path, ReturnKind.SCORES, question)
    return path


def done(job: Callable[[Progress], object]) -> object:
    """Do a job here and now."""
    return job(NullProgress())


def collect(view: PanelViewModel, *paths: Path, insist: str = "") -> None:
    """Look at returns and take them in."""
    view.collecting.on_looked(done(view.collecting.look(paths)))
    view.collecting.on_taken(done(view.collecting.take(insist)))
