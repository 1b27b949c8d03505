"""The Return screen: ready, missing, written, changed since, received, removed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.evaluation import ScoreState
from tendereval.domain.packs import ReturnKind
from tendereval.services import declaring, identities
from tendereval.services.opening_packs import bring_up_to_date
from tendereval.services.progress import NullProgress
from tendereval.store.pack_questions import ReturnMade
from tendereval.viewmodels.declare import DeclareViewModel, Standing, holds
from tendereval.viewmodels.give_back import GiveBackViewModel
from tendereval.viewmodels.kinds import EVERYTHING
from tendereval.viewmodels.session_view_model import SessionViewModel
from tests.service.builders import ALDER, place
from tests.service.packs import (
    a_manifest,
    a_pack,
    body_of,
    score,
    score_all,
    the_key,
    under_aliases,
)
from tests.viewmodel.evaluator_desk import refusals
from tests.viewmodel.evaluator_laptop import a_receipt_line, at_home, own_folder


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, monkeypatch) as place_of_keys:
        yield place_of_keys


@pytest.fixture
def home(tmp_path: Path) -> Iterator[SessionViewModel]:
    with at_home(tmp_path) as model:
        yield model


def screen(model: SessionViewModel) -> GiveBackViewModel:
    return GiveBackViewModel(model, model)


def write(view: GiveBackViewModel, folder: Path, own: str = "") -> Path:
    path = folder / view.writing.proposed
    made = view.writing.writing(path, view.kind, view.question, own, part=view.is_part)(
        NullProgress()
    )
    assert isinstance(made, ReturnMade)
    view.writing.take(made)
    view.note_written()
    return path


def receive(view: GiveBackViewModel) -> str:
    assert view.last is not None
    return view.receipts.take(f"Thank you!\n{a_receipt_line(view.last.sha256)}\nAna")


def test_what_is_missing_is_listed_line_by_line_and_the_return_waits(
    home: SessionViewModel,
) -> None:
    view = screen(home)
    assert view.sentence == "4 answers of 4 still to score"
    assert view.missing[0].place == place(ALDER, "Q1")
    assert not view.may_write
    assert "waits for 4 answers" in view.waits
    assert "come back as you like" in view.under
    score(home.session, place(ALDER, "Q1"), points=None, words="", state=ScoreState.DRAFT)
    home.announce(EVERYTHING)
    assert "a draft, not marked ready" in view.missing[0].words
    assert ("1", "in draft.") in view.amounts


def test_a_return_is_written_signed_and_named_after_tender_and_person(
    home: SessionViewModel, tmp_path: Path
) -> None:
    score_all(home.session)
    view = screen(home)
    view.type_question("May I talk to you about Q2?")
    assert view.sentence == "Everything is ready to return"
    assert view.waits == ""
    assert view.amounts == (
        ("1", "declaration of interests."),
        ("4", "scores, each with its rationale."),
        ("1", "private question."),
    )
    path = write(view, tmp_path)
    assert path.name.endswith("-Ben-Bell-1.scores")
    body = body_of(path)
    assert (body.kind, body.complete, len(body.scores)) == (ReturnKind.SCORES, True, 4)
    assert body.question == "May I talk to you about Q2?"
    assert view.question == ""
    assert view.sentence == "Your return is written"
    assert "Ana Ames" in view.writing.hand_over
    assert view.is_done
    assert view.writing.proposed.endswith("-2.scores")


def test_what_changed_since_the_return_is_counted(home: SessionViewModel, tmp_path: Path) -> None:
    score_all(home.session)
    view = screen(home)
    write(view, tmp_path)
    score(home.session, place(ALDER, "Q1"), "Better than I thought.", 4)
    home.announce(EVERYTHING)
    assert view.sentence == "1 score changed since: return again"
    assert "keeps both" in view.under
    assert not view.is_done
    write(view, tmp_path)
    assert view.is_done


def test_a_part_only_where_the_lead_allows_it_and_then_marked(tmp_path: Path) -> None:
    with at_home(tmp_path, replace(a_manifest(), part_allowed=True)) as home:
        score(home.session, place(ALDER, "Q1"))
        view = screen(home)
        home.announce(EVERYTHING)
        assert view.is_part
        assert view.may_write
        assert "marked as one" in view.waits
        body = body_of(write(view, tmp_path))
        assert not body.complete
        assert len(body.scores) == 1
        assert "a part only" in view.under
        assert view.sentence == "3 answers of 4 still to score"


def test_nothing_returns_before_a_declaration(tmp_path: Path) -> None:
    with at_home(tmp_path, declared=False) as home:
        view = screen(home)
        assert view.sentence == "Declare first, then return"
        assert [gap.place for gap in view.missing] == [None]
        assert not view.may_write
        assert view.waits == "The return waits for your declaration."
        assert view.amounts == (("0", "Nothing yet."),)


def test_a_declared_interest_locks_and_returns_alone(tmp_path: Path) -> None:
    with at_home(tmp_path, declared=False) as home:
        declare, view = DeclareViewModel(home), screen(home)
        assert declare.is_own
        names = [one.name for one in declare.organisations]
        assert names == ["Alder Ltd", "Birch Ltd", "Carpenters’ Guild"]
        assert [one.note for one in declare.organisations] == ["bidder", "bidder", ""]
        assert declare.declare_interest("My brother works there.", declare.organisations[2].bidders)
        assert declare.standing is Standing.WAITING
        assert view.kind is ReturnKind.DECLARATION
        assert view.sentence == "Return your declaration alone"
        assert view.may_write
        body = body_of(write(view, tmp_path))
        assert body.declaration is not None
        assert body.declaration.organisations == ("Carpenters’ Guild",)
        assert not body.scores
        assert "Written on" in view.under


def test_hidden_names_stand_in_one_alphabet_that_tells_of_no_alias(tmp_path: Path) -> None:
    with at_home(tmp_path, under_aliases(a_manifest()), declared=False) as home:
        declare = DeclareViewModel(home)
        assert {one.note for one in declare.organisations} == {""}
        assert "Their names are hidden" in declare.amounts[0][1]
        guild = declare.organisations[2]
        assert holds(guild, " GUILD carp ")
        assert not holds(guild, "alder")
        assert declare.declare_interest("A friend.", guild.bidders)
        assert declare.names_of(guild.bidders) == "Carpenters’ Guild"


def test_names_that_become_known_ask_for_a_new_declaration(tmp_path: Path) -> None:
    with at_home(tmp_path, under_aliases(a_manifest())) as home:
        score_all(home.session)
        revealed = replace(a_manifest(2), names_revealed=True)
        pack = a_pack(tmp_path / "later.scorepack", revealed)
        bring_up_to_date(home.session, pack, the_key())
        home.announce(EVERYTHING)
        declare, view = DeclareViewModel(home), screen(home)
        assert (declare.names_revealed, declare.standing) == (True, Standing.OPEN)
        assert not view.may_write
        assert declare.declare_nothing()
        assert (declare.names_revealed, declare.standing) == (False, Standing.NOTHING_DECLARED)


def test_the_receipt_is_checked_and_the_file_may_go_then(
    home: SessionViewModel, tmp_path: Path
) -> None:
    score_all(home.session)
    view = screen(home)
    write(view, tmp_path)
    assert view.receipts.take("  ") == "Paste the receipt that the lead gave you."
    assert "holds no receipt" in view.receipts.take("Thank you, got it.")
    assert (view.is_received, view.receipts.may_remove) == (False, False)
    assert len(view.receipts.words.split()) == 4
    assert receive(view) == ""
    assert view.sentence == "Ana Ames has your return"
    assert (view.is_received, view.receipts.may_remove) == (True, True)
    path = home.session.file.path
    assert view.receipts.remove()
    assert not path.exists()
    view.keep()
    assert not home.is_open


def test_a_file_with_something_unreturned_is_not_removed(
    home: SessionViewModel, tmp_path: Path
) -> None:
    score_all(home.session)
    view = screen(home)
    write(view, tmp_path)
    receive(view)
    score(home.session, place(ALDER, "Q1"), "Better than I thought.", 4)
    home.announce(EVERYTHING)
    found = refusals(home)
    assert not view.receipts.may_remove
    assert not view.receipts.remove()
    assert found
    assert home.session.file.path.exists()


def test_the_question_is_kept_while_it_is_typed(home: SessionViewModel) -> None:
    view, heard = screen(home), list[str]()
    view.question_changed.connect(lambda: heard.append("typed"))
    view.type_question("May I")
    view.type_question("May I")
    view.keep()
    assert heard == ["typed"]
    assert screen(home).question == "May I"
    view.type_question("")
    view.keep()
    assert screen(home).question == ""


def test_scores_that_no_longer_apply_are_shown_not_dropped(tmp_path: Path) -> None:
    with at_home(tmp_path) as home:
        score_all(home.session)
        full = a_manifest(2)
        fewer = replace(
            full,
            bidders=full.bidders[1:],
            bids=full.bids[1:],
            responses=full.responses[2:],
            documents=(),
        )
        bring_up_to_date(home.session, a_pack(tmp_path / "2.scorepack", fewer), the_key())
        home.announce(EVERYTHING)
        view = screen(home)
        assert len(view.lapsed) == 2
        assert "no longer asked" in view.lapsed[0]
        assert ("2", "scores, each with its rationale.") in view.amounts


def test_protected_keys_ask_for_their_passphrase_when_signing(
    home: SessionViewModel, tmp_path: Path
) -> None:
    identities.make_own_identity("Ben Bell", "ben@x.example")
    identities.protect_own_identity("my own long words")
    score_all(home.session)
    bare = SessionViewModel(home.session.with_identity(None))
    view = screen(bare)
    job = view.writing.writing(tmp_path / "r", view.kind, "", "", part=False)
    with pytest.raises(Exception, match="passphrase") as caught:
        job(NullProgress())
    assert isinstance(caught.value, Exception)
    view.writing.refuse(caught.value)
    assert (view.writing.wants_passphrase, view.writing.written) == (True, None)
    assert "Your own keys open with a passphrase" in view.writing.problem
    job = view.writing.writing(tmp_path / "r", view.kind, "", "my own long words", part=False)
    view.writing.take(job(NullProgress()))
    assert (view.writing.wants_passphrase, view.writing.written) == (False, tmp_path / "r.scores")


def test_keys_are_made_silently_at_the_first_return(home: SessionViewModel, tmp_path: Path) -> None:
    score_all(home.session)
    view = screen(SessionViewModel(home.session.with_identity(None)))
    write(view, tmp_path)
    made = identities.own_identity()
    assert made is not None
    assert (made.name, made.email) == ("Ben Bell", "ben@x.example")


def test_what_is_there_is_not_written_over(home: SessionViewModel, tmp_path: Path) -> None:
    score_all(home.session)
    view = screen(home)
    (tmp_path / "mine.scores").write_text("mine", encoding="utf-8")
    job = view.writing.writing(tmp_path / "mine", view.kind, "", "", part=False)
    with pytest.raises(Exception, match="There is a file mine") as caught:
        job(NullProgress())
    assert isinstance(caught.value, Exception)
    view.writing.refuse(caught.value)
    assert "There is a file mine.scores already" in view.writing.problem
    with pytest.raises(RuntimeError):
        view.writing.refuse(RuntimeError("a fault of ours"))


def test_the_day_of_the_return_is_known(tmp_path: Path) -> None:
    late = replace(a_manifest(), return_by=a_manifest().made_at + timedelta(days=9))
    with at_home(tmp_path, late) as home:
        assert screen(home).pack.return_by == late.return_by
        declaring.declare(home.session, "")
