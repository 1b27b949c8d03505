"""Returns: what is missing, what travels, signed and sealed, and the receipt that comes back."""

import errno
import json
import os
from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from tendereval import __version__
from tendereval.domain.bidding import Response
from tendereval.domain.errors import (
    BadSignature,
    DiskFull,
    FileExists,
    FileProblem,
    IncompleteRecord,
    KeysNeeded,
    NotDeclared,
    NotForYou,
    UnknownReference,
    UnreadablePack,
    UserFixable,
    WrongTender,
)
from tendereval.domain.evaluation import Declaration, InterestOutcome, ScoreState
from tendereval.domain.ids import BidderId
from tendereval.domain.packs import Manifest, ReturnKind, receipt_text
from tendereval.exchange import return_file
from tendereval.services import declaring, panel, returning, scoring
from tendereval.services.opening_packs import bring_up_to_date
from tendereval.services.progress import Cancelled
from tendereval.services.returning import Part, make_return, take_receipt
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.store import audit
from tests.builders import a_criterion, a_method
from tests.service.builders import AFTER, ALDER, BEN, BIRCH, CAM, TickingClock, place
from tests.service.packs import (
    TENDER,
    a_manifest,
    a_pack,
    a_receipt,
    a_version,
    a_working_file,
    an_identity,
    body_of,
    keys_of,
    lead_and_packs,
    score,
    score_all,
    the_key,
    under_aliases,
)

BLNS = Path(__file__).parents[2].parent / "shared/cases/strings/blns.json"
COUSIN = "A cousin works there."
PART = replace(a_manifest(), part_allowed=True)


def strings() -> list[str]:
    found = json.loads(BLNS.read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return [str(line) for line in found]


def later(session: Session, manifest: Manifest) -> tuple[str, ...]:
    pack = a_pack(session.file.path.with_name(f"later-{manifest.number}.scorepack"), manifest)
    return bring_up_to_date(session, pack, the_key()).news


def declaration_in(session: Session) -> Declaration | None:
    with session.reading() as reader:
        return situation(reader).declaration(BEN)


def test_a_return_brings_what_was_declared_and_scored_and_no_name(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session, "Reads well.")
        score(session, place(ALDER, "Q1"), "I know the author.", None, ScoreState.CANNOT_SCORE)
        path = tmp_path / "one.scores"
        made = make_return(session, path, ReturnKind.SCORES, "May we visit?")
        with session.reading() as reader:
            assert reader.returns_made() == (made,)
            opened_at = reader.packs_opened()[0][2]
            assert reader.record_faults() == ()
    body = body_of(path)
    assert (made.number, made.complete, made.kind) == (1, True, ReturnKind.SCORES)
    assert body.complete
    assert (body.tender, body.evaluator, body.pack, body.number) == (TENDER, BEN, 1, 1)
    assert (body.method_version, body.fingerprint) == (1, a_version().fingerprint)
    assert (body.head_seq, body.head_hash) == (a_manifest().head.seq, a_manifest().head.hash)
    assert (body.opened_at, body.made_at) == (opened_at, made.made_at)
    assert (body.keys, body.app) == (an_identity().keys.public, __version__)
    assert body.question == "May we visit?"
    assert body.declaration is not None
    assert (body.declaration.interest, body.declaration.organisations) == ("", ())
    given = {item.place: (item.state, item.points, item.rationale) for item in body.scores}
    assert given == {
        place(ALDER, "Q1"): (ScoreState.CANNOT_SCORE, None, "I know the author."),
        place(ALDER, "Q2"): (ScoreState.READY, Fraction(3), "Reads well."),
        place(BIRCH, "Q1"): (ScoreState.READY, Fraction(3), "Reads well."),
        place(BIRCH, "Q2"): (ScoreState.READY, Fraction(3), "Reads well."),
    }
    plain = return_file.read_return(path, [keys_of(TENDER).secret])[1]
    for name in (b"Ben", b"Bell", b"ben@x", b"Ana"):
        assert name not in plain
    with pytest.raises(NotForYou):
        body_of(path, keys_of("somebody else"))


def test_a_return_lists_everything_that_is_missing(tmp_path: Path) -> None:
    with a_working_file(tmp_path, declared=False) as session:
        with pytest.raises(NotDeclared, match="not declared your interests"):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        assert "has not declared interests" in returning.gaps(session)[0]
        declaring.declare(session, "")
        score(session, place(ALDER, "Q1"))
        score(session, place(ALDER, "Q2"), "", None, ScoreState.DRAFT)
        typed = {"points": None, "state": "draft", "body": "Perhaps"}
        scoring.keep_typing(session, BEN, "score", place(BIRCH, "Q1"), typed)
        missing = (
            "Q2, Alder Ltd: a draft, not marked ready.",
            "Q1, Birch Ltd: what was typed last is not recorded.",
            "Q2, Birch Ltd: no score yet.",
        )
        assert returning.gaps(session) == missing
        progress = returning.progress_of(session)
        assert progress.gaps == missing
        assert [progress.count(part) for part in Part] == [1, 1, 1, 0, 1]
        for part in (False, True):
            with pytest.raises(IncompleteRecord) as refused:
                make_return(session, tmp_path / "x.scores", ReturnKind.SCORES, part=part)
            assert all(gap in str(refused.value) for gap in missing)
        with session.reading() as reader:
            assert reader.returns_made() == ()
    assert not list(tmp_path.glob("*.scores"))


def test_a_part_is_returned_with_its_drafts_where_the_lead_allows_it(tmp_path: Path) -> None:
    with a_working_file(tmp_path, PART) as session:
        score(session, place(ALDER, "Q1"), "Half a thought", None, ScoreState.DRAFT)
        score(session, place(ALDER, "Q2"))
        with pytest.raises(IncompleteRecord, match="or return a part"):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        made = make_return(session, tmp_path / "x.scores", ReturnKind.SCORES, part=True)
        assert not made.complete
    body = body_of(tmp_path / "x.scores")
    assert not body.complete
    assert [(item.state, item.rationale) for item in body.scores] == [
        (ScoreState.DRAFT, "Half a thought"),
        (ScoreState.READY, "Sound."),
    ]


def test_what_lapsed_does_not_travel(tmp_path: Path) -> None:
    reworded = a_method(
        replace(a_criterion("Q1", 40), question="Of which wood?"), a_criterion("Q2", 20)
    )
    newer = replace(a_manifest(2), version=a_version(2, reworded), part_allowed=True)
    with a_working_file(tmp_path) as session:
        score_all(session)
        later(session, newer)
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES, part=True)
    body = body_of(tmp_path / "x.scores")
    assert [item.place for item in body.scores] == [place(ALDER, "Q2"), place(BIRCH, "Q2")]
    assert {item.method_version for item in body.scores} == {1}
    assert (body.pack, body.method_version) == (2, 2)


def test_an_interest_locks_and_is_returned_alone_until_the_decision_comes(
    tmp_path: Path,
) -> None:
    with a_working_file(tmp_path, declared=False) as session:
        declaring.declare(session, COUSIN, ("birch ltd", "Carpenters’ Guild"))
        with pytest.raises(NotDeclared, match="awaits the lead's decision"):
            score(session, place(ALDER, "Q1"))
        with pytest.raises(NotDeclared, match="Return the declaration alone"):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        made = make_return(session, tmp_path / "d.scores", ReturnKind.DECLARATION, "Sorry.")
        body = body_of(tmp_path / "d.scores")
        assert (body.kind, body.scores, body.complete) == (ReturnKind.DECLARATION, (), True)
        assert body.declaration is not None
        assert body.declaration.interest == COUSIN
        assert body.declaration.organisations == ("Birch Ltd", "Carpenters’ Guild")
        later(session, replace(a_manifest(2), declaration=Declaration(BEN, COUSIN, (BIRCH,))))
        with pytest.raises(NotDeclared, match="awaits"):
            score(session, place(ALDER, "Q1"))
        assert declaration_in(session) == Declaration(
            BEN, COUSIN, (BidderId("Birch Ltd"), BidderId("Carpenters’ Guild"))
        )
        decided = Declaration(
            *(BEN, COUSIN, (BIRCH,), InterestOutcome.REMOVED_FOR_BIDDERS, "Birch is left out."),
            frozenset({BIRCH}),
        )
        without = replace(
            a_manifest(3),
            declaration=decided,
            bidders=a_manifest().bidders[:1],
            bids=a_manifest().bids[:1],
            responses=a_manifest().responses[:2],
            receipts=(a_receipt(made.sha256),),
        )
        assert later(session, without) == (
            "The lead has decided on your declared interest: removed for bidders.",
            "The lead has confirmed that your return arrived.",
        )
        score_all(session)
        assert {at.bidder for at, _ in returning.progress_of(session).asked} == {ALDER}
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
    again = body_of(tmp_path / "x.scores").declaration
    assert again == body.declaration


def test_a_decision_on_an_earlier_declaration_does_not_open_a_newer_one(tmp_path: Path) -> None:
    decided = Declaration(BEN, COUSIN, (BIRCH,), InterestOutcome.MANAGED, "Speaks last.")
    with a_working_file(tmp_path, declared=False) as session:
        declaring.declare(session, COUSIN, ("Birch Ltd",))
        make_return(session, tmp_path / "d.scores", ReturnKind.DECLARATION)
        declaring.declare(session, "Shares in it, too.", ("Birch Ltd",))
        assert later(session, replace(a_manifest(2), declaration=decided)) == ()
        with pytest.raises(NotDeclared, match="awaits"):
            score(session, place(ALDER, "Q1"))


def test_what_the_lead_recorded_since_a_return_arrived_takes_its_place(tmp_path: Path) -> None:
    theirs = Declaration(BEN, "Told by phone.", (ALDER,), InterestOutcome.REMOVED, "Recorded.")
    with a_working_file(tmp_path) as session:
        score_all(session)
        made = make_return(session, tmp_path / "one.scores", ReturnKind.SCORES)
        newer = replace(a_manifest(2), declaration=theirs, receipts=(a_receipt(made.sha256),))
        assert "decided on your declared interest: removed." in later(session, newer)[0]
        assert declaration_in(session) == theirs
        assert returning.progress_of(session).asked == ()
        assert len(returning.lapsed(session)) == 4
        undecided = replace(theirs, outcome=None, how="")
        later(session, replace(newer, number=3, declaration=undecided))
        assert declaration_in(session) == undecided


def test_an_organisation_that_the_pack_does_not_list_is_refused(tmp_path: Path) -> None:
    with a_working_file(tmp_path, declared=False) as session:
        with pytest.raises(UnknownReference, match="not on the list"):
            declaring.declare(session, COUSIN, ("Elm Ltd",))
        with pytest.raises(UnknownReference):
            panel.declare(session, BEN, COUSIN, (BidderId("Elm Ltd"),))
        declaring.declare(session, "  ", ("Birch Ltd",))
        assert declaration_in(session) == Declaration(BEN)
        panel.declare(session, BEN, COUSIN, (BidderId("Birch Ltd"), ALDER))
        make_return(session, tmp_path / "d.scores", ReturnKind.DECLARATION)
    found = body_of(tmp_path / "d.scores").declaration
    assert found is not None
    assert found.organisations == ("Birch Ltd", "Alder Ltd")


def test_under_aliases_a_declaration_goes_by_names_and_scores_by_codes(tmp_path: Path) -> None:
    listed = Declaration(BEN, COUSIN, (BidderId("Alder Ltd"),), InterestOutcome.MANAGED, "x")
    shown = replace(under_aliases(a_manifest()), declaration=listed)
    with a_working_file(tmp_path, shown, declared=False) as session:
        score_all(session)
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
    body = body_of(tmp_path / "x.scores")
    assert body.declaration is not None
    assert body.declaration.organisations == ("Alder Ltd",)
    assert {item.place.bidder for item in body.scores} == {"bidder-a", "bidder-b"}


def test_an_alias_never_travels_as_an_organisation(tmp_path: Path) -> None:
    coded = Declaration(BEN, COUSIN, (BidderId("bidder-a"),), InterestOutcome.MANAGED, "x")
    shown = replace(under_aliases(a_manifest()), declaration=coded)
    with a_working_file(tmp_path, shown, declared=False) as session:
        make_return(session, tmp_path / "d.scores", ReturnKind.DECLARATION)
    found = body_of(tmp_path / "d.scores").declaration
    assert found is not None
    assert found.organisations == ()


def test_a_declaration_to_be_made_anew_is_not_returned(tmp_path: Path) -> None:
    with a_working_file(tmp_path, under_aliases(a_manifest())) as session:
        revealed = replace(under_aliases(a_manifest(2)), names_hidden=False, names_revealed=True)
        later(session, revealed)
        for kind in (ReturnKind.SCORES, ReturnKind.DECLARATION):
            with pytest.raises(NotDeclared, match="declared anew"):
                make_return(session, tmp_path / "x.scores", kind)


def test_a_return_needs_its_evaluators_keys(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session)
        with pytest.raises(KeysNeeded):
            make_return(session.with_identity(None), tmp_path / "x.scores", ReturnKind.SCORES)
    assert not (tmp_path / "x.scores").exists()


def test_a_return_never_takes_another_files_place(tmp_path: Path) -> None:
    (tmp_path / "x.scores").write_text("older")
    with a_working_file(tmp_path) as session:
        score_all(session)
        with pytest.raises(FileExists):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        with pytest.raises(FileProblem):
            make_return(session, tmp_path / "nowhere" / "x.scores", ReturnKind.SCORES)
        with session.reading() as reader:
            assert reader.returns_made() == ()
    assert (tmp_path / "x.scores").read_text() == "older"
    assert sorted(item.name for item in tmp_path.iterdir()) == [
        "ben-1.scorepack",
        "ben.scoring",
        "x.scores",
    ]


@pytest.mark.parametrize("stop_at", range(1, 6))
def test_a_return_that_is_stopped_leaves_nothing(tmp_path: Path, stop_at: int) -> None:
    class Stopping:
        """Somebody who stops the work at a step."""

        def __init__(self) -> None:
            self.seen = 0

        def step(self, done: int, total: int, label: str) -> None:
            """Count the steps."""
            assert label
            assert done < total
            self.seen += 1
            if self.seen == stop_at:
                raise Cancelled

    with a_working_file(tmp_path) as session:
        score_all(session)
        before = sorted(tmp_path.iterdir())
        with pytest.raises(Cancelled):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES, progress=Stopping())
        assert sorted(tmp_path.iterdir()) == before
        with session.reading() as reader:
            assert reader.returns_made() == ()
        assert make_return(session, tmp_path / "x.scores", ReturnKind.SCORES).number == 1


def test_a_return_that_the_working_file_cannot_note_is_not_left_behind(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session)
        copy = tmp_path / "copy"
        copy.write_bytes((tmp_path / "ben.scoring").read_bytes())
        os.replace(copy, tmp_path / "ben.scoring")  # noqa: PTH105 - as another program would
        with pytest.raises(UserFixable, match="while it was open"):
            make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
    assert not list(tmp_path.glob("*.scores"))


def test_a_return_that_is_not_committed_is_taken_away_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with a_working_file(tmp_path) as session:
        score_all(session)
        with monkeypatch.context() as patched:
            patched.setattr(audit, "append", full)
            with pytest.raises(DiskFull):
                make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        assert not list(tmp_path.glob("*.scores"))
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)


def test_returns_are_numbered_and_ordered_whatever_the_clock_says(tmp_path: Path) -> None:
    moments: list[datetime] = []

    def stuck() -> datetime:
        moments.append(AFTER)
        return AFTER if len(moments) < 40 else AFTER - timedelta(days=1)

    with a_working_file(tmp_path, clock=stuck) as session:
        score_all(session)
        made = [
            make_return(session, tmp_path / f"{number}.scores", ReturnKind.SCORES)
            for number in range(1, 12)
        ]
    assert [item.number for item in made] == list(range(1, 12))
    assert [item.made_at for item in made] == [
        AFTER + timedelta(seconds=number) for number in range(11)
    ]
    assert len({item.sha256 for item in made}) == 11


def test_the_leads_receipt_is_taken_from_any_message_and_from_nobody_else(
    tmp_path: Path,
) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session)
        made = make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        genuine = receipt_text(a_receipt(made.sha256))
        for text, refusal in (
            ("Thank you, it came.", UnreadablePack),
            (genuine[:-1], UnreadablePack),
            (receipt_text(a_receipt("ab" * 32)), WrongTender),
            (receipt_text(a_receipt(made.sha256, keys_of("somebody else"))), BadSignature),
        ):
            with pytest.raises(refusal):
                take_receipt(session, text)
        assert returning.progress_of(session).received == frozenset()
        broken = "\n".join(genuine[start : start + 60] for start in range(0, len(genuine), 60))
        for text in (f"Dear Ben,\n{broken}\nAna", genuine):
            assert take_receipt(session, text).sha256 == made.sha256
        with session.reading() as reader:
            assert len(reader.receipts()) == 1
    assert len(returning.receipt_words(made.sha256).split()) == 4


def test_evaluators_of_a_real_tender_return_what_they_scored(tmp_path: Path) -> None:
    made = lead_and_packs(tmp_path)
    keys = made.secrets()
    for person in (BEN, CAM):
        with made.at_home(person) as session:
            score_all(session, f"By {person}.", 4)
            path = tmp_path / f"{person}.scores"
            assert make_return(session, path, ReturnKind.SCORES).complete
        body = body_of(path, keys)
        assert body.evaluator == person
        assert len(body.scores) == 4
        assert {item.rationale for item in body.scores} == {f"By {person}."}


def test_whatever_people_write_comes_back_to_the_letter(tmp_path: Path) -> None:
    """Every line as an answer in the pack and as the rationale on it."""
    lines = strings()
    refs = [f"Q{number}" for number in range(len(lines))]
    shown = replace(
        PART,
        version=a_version(1, a_method(*(a_criterion(ref, 1) for ref in refs))),
        bidders=PART.bidders[:1],
        bids=PART.bids[:1],
        responses=tuple(
            Response(place(ALDER, ref), line) for ref, line in zip(refs, lines, strict=True)
        ),
        documents=(),
    )
    with a_working_file(tmp_path, shown) as session:
        with session.reading() as reader:
            assert [item.text for item in reader.responses()] == lines
            now = situation(reader)
        entries = [
            (BEN, scoring.Entry(place(ALDER, ref), _state(line), Fraction(3), line))
            for ref, line in zip(refs, lines, strict=True)
        ]
        with session.change("score recorded") as change:
            scoring.record_many(change, now, entries, session)
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES, part=True)
    body = body_of(tmp_path / "x.scores")
    assert {item.place.criterion: item.rationale for item in body.scores} == dict(
        zip(refs, lines, strict=True)
    )


def _state(line: str) -> ScoreState:
    return ScoreState.READY if line.strip() else ScoreState.DRAFT


def test_whatever_people_ask_and_declare_comes_back_to_the_letter(tmp_path: Path) -> None:
    lines = strings()
    texts = ["\n".join(lines[start : start + 20]) for start in range(0, len(lines), 20)]
    with a_working_file(tmp_path) as session:
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.scores"
            declaring.declare(session, text)
            make_return(session, path, ReturnKind.DECLARATION, text)
            body = body_of(path)
            assert body.question == text
            assert body.declaration is not None
            assert body.declaration.interest == text.strip()


def test_a_clock_that_ticks_gives_each_score_its_moment(tmp_path: Path) -> None:
    clock = TickingClock(AFTER + timedelta(hours=12))
    with a_working_file(tmp_path, clock=clock) as session:
        score_all(session)
        with session.reading() as reader:
            moments = [item.recorded_at for item in reader.scores_of(BEN)]
        make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
    assert [item.recorded_at for item in body_of(tmp_path / "x.scores").scores] == moments
    assert len(set(moments)) == 4
