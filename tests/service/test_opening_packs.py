"""Packs on the evaluator's laptop: a working file made from one, and brought up to date."""

import hashlib
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tendereval.domain.bidding import Clarification, Place, Response, StoredDocument
from tendereval.domain.errors import (
    BadSignature,
    FileExists,
    FileLocked,
    NotAllowedNow,
    NotATenderFile,
    NotForYou,
    OtherKey,
    PassphraseNeeded,
    StaleReturn,
    UnreadablePack,
    UserFixable,
    WrongPassphrase,
    WrongTender,
)
from tendereval.domain.evaluation import (
    Declaration,
    InterestOutcome,
    PanelMember,
    Role,
    ScoreState,
)
from tendereval.domain.ids import BidderId, CriterionId, DocumentId
from tendereval.domain.packs import Manifest, ReturnKind
from tendereval.domain.stages import Stage
from tendereval.exchange.pack_file import write_pack
from tendereval.exchange.seal import ToRecipients, WithPassphrase
from tendereval.exchange.words import fingerprint
from tendereval.services import declaring, returning
from tendereval.services.opening_packs import (
    Opening,
    bring_up_to_date,
    find_working_file,
    look_at_pack,
    open_pack,
    receive_pack,
    suggested_target,
)
from tendereval.services.returning import Part
from tendereval.services.session import Session
from tendereval.services.situation import Situation, situation
from tendereval.services.traces import half_made
from tendereval.services.working_files import open_working_file
from tests.builders import a_criterion, a_method
from tests.service.builders import AFTER, ALDER, BEN, BIRCH, CAM, TickingClock, place
from tests.service.packs import (
    PLAN,
    PLAN_ID,
    TENDER,
    a_head,
    a_manifest,
    a_pack,
    a_receipt,
    a_record,
    a_version,
    a_working_file,
    an_agreed_score,
    answers,
    keys_of,
    lead_and_packs,
    score,
    score_all,
    the_key,
    two_questions,
    under_aliases,
)

CLOCK = TickingClock(AFTER + timedelta(days=2))
TOLD = WithPassphrase("abandon-ability-able-about")
LINE = "Alder builds of oak, and of beech since."


def opened(pack: Path, target: Path) -> Opening:
    return receive_pack(pack, target, the_key(), CLOCK, "app")


def now_in(session: Session) -> Situation:
    with session.reading() as reader:
        return situation(reader)


def everything(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def later(session: Session, manifest: Manifest, **options: bool) -> Opening:
    pack = a_pack(session.file.path.with_name(f"later-{manifest.number}.scorepack"), manifest)
    return bring_up_to_date(session, pack, the_key(), other_key=options.get("other_key", False))


def parts(session: Session) -> dict[Place, Part]:
    return dict(returning.progress_of(session).asked)


def test_a_pack_becomes_a_working_file_with_everything_that_is_scored(tmp_path: Path) -> None:
    asked = Clarification(place(ALDER, "Q1"), "Which oak?", "English oak.", AFTER, True, "")
    shown = replace(a_manifest(), clarifications=(asked,), message="Thank you, Ben.")
    opening = opened(a_pack(tmp_path / "ben.scorepack", shown), tmp_path / "ben.scoring")
    assert (opening.is_new, opening.is_again, opening.news) == (True, False, ())
    with opening.session as session, session.reading() as reader:
        now = situation(reader)
        assert session.actor.person == BEN
        assert now.stage is Stage.SCORING
        assert now.method == shown.version.method
        assert now.versions[0].fingerprint == shown.version.fingerprint
        assert now.details == shown.details
        assert reader.responses() == answers()
        assert reader.document_content(PLAN_ID) == PLAN
        assert reader.documents() == shown.documents
        assert reader.clarifications() == (asked,)
        assert reader.tender_id() == TENDER
        assert reader.record_faults() == ()
        assert {now.name(person) for person in now.people} == {"Ben Bell", "Ana Ames"}
        assert now.declaration(BEN) is None
        assert len(now.assignments()) == 4
    assert everything(tmp_path) == ["ben.scorepack", "ben.scoring"]


def test_a_disk_without_second_names_takes_a_working_file_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())

    def unknown(_path: Path, _target: Path) -> None:
        raise OSError

    monkeypatch.setattr(Path, "hardlink_to", unknown)
    open_pack(pack, tmp_path / "ben.scoring", the_key(), CLOCK, "app").file.close()
    assert everything(tmp_path) == ["ben.scorepack", "ben.scoring"]


@pytest.mark.parametrize("has_second_names", [True, False])
def test_a_name_that_is_taken_meanwhile_is_not_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_second_names: bool
) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())
    target = tmp_path / "ben.scoring"
    linked = Path.hardlink_to

    def overtaken(path: Path, partial: Path) -> None:
        path.write_text("somebody else's")
        if not has_second_names:
            raise OSError
        linked(path, partial)

    monkeypatch.setattr(Path, "hardlink_to", overtaken)
    with pytest.raises(FileExists):
        open_pack(pack, target, the_key(), CLOCK, "app")
    assert target.read_text() == "somebody else's"
    assert everything(tmp_path) == ["ben.scorepack", "ben.scoring"]


def test_a_pack_opens_with_its_passphrase_however_it_is_typed(tmp_path: Path) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest(), TOLD)
    target = tmp_path / "ben.scoring"
    for key, refusal in (
        (WithPassphrase("abandon-ability-able-above"), WrongPassphrase),
        (the_key(), PassphraseNeeded),
    ):
        with pytest.raises(refusal):
            open_pack(pack, target, key, CLOCK, "app")
    assert everything(tmp_path) == ["ben.scorepack"]
    typed = WithPassphrase("Abandon ability, able ABOUT")
    assert look_at_pack(pack, typed) == a_manifest()
    with open_pack(pack, target, typed, CLOCK, "app") as session:
        assert session.file.path == target


def test_a_pack_for_somebody_else_makes_nothing(tmp_path: Path) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())
    with pytest.raises(NotForYou):
        open_pack(pack, tmp_path / "x.scoring", the_key("cam@x.example"), CLOCK, "app")
    assert everything(tmp_path) == ["ben.scorepack"]


def test_a_pack_without_the_tenders_signature_makes_nothing(tmp_path: Path) -> None:
    strangers = keys_of("somebody else")
    for forged in (
        replace(a_manifest(), head=replace(a_head(), seq=8)),
        replace(a_manifest(), keys=strangers.public),
        replace(a_manifest(), head=a_head(9, "another tender")),
        replace(a_manifest(), head=a_head(9, TENDER, strangers)),
    ):
        pack = a_pack(tmp_path / "ben.scorepack", forged)
        with pytest.raises(BadSignature, match="tender's signature"):
            open_pack(pack, tmp_path / "x.scoring", the_key(), CLOCK, "app")
    assert everything(tmp_path) == ["ben.scorepack"]


@pytest.mark.parametrize("how", ["cut short", "altered at its last byte", "altered", "longer"])
def test_a_pack_that_is_not_whole_leaves_nothing(tmp_path: Path, how: str) -> None:
    whole = a_pack(tmp_path / "ben.scorepack", a_manifest()).read_bytes()
    damaged = {
        "cut short": whole[:-1],
        "altered at its last byte": whole[:-1] + bytes([whole[-1] ^ 1]),
        "altered": whole[:3000] + bytes([whole[3000] ^ 1]) + whole[3001:],
        "longer": whole + b"x",
    }[how]
    (tmp_path / "ben.scorepack").write_bytes(damaged)
    with pytest.raises(UnreadablePack):
        open_pack(tmp_path / "ben.scorepack", tmp_path / "x.scoring", the_key(), CLOCK, "app")
    assert everything(tmp_path) == ["ben.scorepack"]


def test_a_later_pack_that_is_not_whole_changes_nothing(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        before = record_of(session)
        pack = a_pack(tmp_path / "two.scorepack", a_manifest(2))
        pack.write_bytes(pack.read_bytes()[:-1])
        with pytest.raises(UnreadablePack):
            bring_up_to_date(session, pack, the_key())
        assert record_of(session) == before
        pack.write_bytes(b"not a pack at all")
        with pytest.raises(UnreadablePack):
            bring_up_to_date(session, pack, the_key())
        declaring.declare(session, "An aunt there.", ("Birch Ltd",))


def record_of(session: Session) -> list[str]:
    with session.reading() as reader:
        return [entry.hash for entry in reader.entries()]


def test_a_working_file_never_takes_another_files_place(tmp_path: Path) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())
    target = tmp_path / "letter.scoring"
    target.write_text("Dear Ben,")
    with pytest.raises(FileExists, match="is not a working file"):
        open_pack(pack, target, the_key(), CLOCK, "app")
    assert target.read_text() == "Dear Ben,"


def test_what_an_opening_cut_short_left_is_cleared_away(tmp_path: Path) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())
    partial = half_made(tmp_path / "ben.scoring")
    partial.parent.mkdir()
    partial.write_bytes(b"half")
    partial.with_name("ben.scoring-journal").write_bytes(b"half")
    open_pack(pack, tmp_path / "ben.scoring", the_key(), CLOCK, "app").file.close()
    assert everything(tmp_path) == ["ben.scorepack", "ben.scoring"]


def test_a_working_file_that_is_being_made_elsewhere_is_left_alone(tmp_path: Path) -> None:
    pack = a_pack(tmp_path / "ben.scorepack", a_manifest())
    partial = half_made(tmp_path / "ben.scoring")
    partial.parent.mkdir()
    partial.write_bytes(b"half")
    partial.with_name("ben.scoring.lock").write_text(
        f'{{"host": "elsewhere", "process": {os.getpid()}, "person": "x", "since": "now"}}'
    )
    with pytest.raises(FileLocked, match="being made"):
        open_pack(pack, tmp_path / "ben.scoring", the_key(), CLOCK, "app")
    assert partial.read_bytes() == b"half"


def test_a_file_that_another_program_has_open_says_so(tmp_path: Path) -> None:
    with a_working_file(tmp_path):
        pack = a_pack(tmp_path / "two.scorepack", a_manifest(2))
        with pytest.raises(FileLocked, match="is open on"):
            open_pack(pack, tmp_path / "ben.scoring", the_key(), CLOCK, "app")
    older = a_pack(tmp_path / "three.scorepack", replace(a_manifest(), made_at=AFTER))
    with pytest.raises(StaleReturn):
        open_pack(older, tmp_path / "ben.scoring", the_key(), CLOCK, "app")
    with open_pack(pack, tmp_path / "ben.scoring", the_key(), CLOCK, "app") as session:
        assert len(now_in(session).versions) == 1


def test_the_same_pack_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        before = record_of(session)
    pack = tmp_path / "ben-1.scorepack"
    opening = opened(pack, tmp_path / "ben.scoring")
    with opening.session as session:
        assert opening.is_again
        assert opening.news == ("Pack 1 was opened already; nothing was changed.",)
        assert record_of(session) == before


def test_packs_of_others_and_older_ones_are_refused_in_words(tmp_path: Path) -> None:
    theirs = replace(a_manifest().evaluator, person=CAM)
    second = keys_of("another tender")
    with a_working_file(tmp_path, a_manifest(3)) as session:
        before = record_of(session)
        for manifest, refusal, words in (
            (a_manifest(4, tender="other"), WrongTender, "belongs to another tender"),
            (
                replace(a_manifest(4), evaluator=theirs, name="Cam Cole"),
                NotForYou,
                "is for Cam Cole; the working file is Ben Bell's",
            ),
            (a_manifest(2), StaleReturn, "older .number 2. than the one opened last .number 3."),
            (replace(a_manifest(3), made_at=AFTER), StaleReturn, "older"),
            (a_manifest(4, keys=second), OtherKey, fingerprint(second.public)),
        ):
            with pytest.raises(refusal, match=words):
                later(session, manifest)
        assert record_of(session) == before
        assert later(session, a_manifest(4, keys=second), other_key=True).news == ()


def test_a_number_that_the_lead_gave_twice_counts_by_when_the_pack_was_made(
    tmp_path: Path,
) -> None:
    """A lead who went back to a back-up gives a number again."""
    changed = replace(a_manifest(), made_at=AFTER + timedelta(hours=9), message="Sorry.")
    with a_working_file(tmp_path) as session:
        assert not later(session, changed).is_again
        with pytest.raises(StaleReturn):
            later(session, a_manifest())


def test_a_tender_file_and_a_working_file_are_told_apart(tmp_path: Path) -> None:
    made = lead_and_packs(tmp_path)
    own = made.files[BEN]
    with pytest.raises(NotATenderFile, match="is an evaluator's working file"):
        made.lead_opens(own)
    with pytest.raises(NotATenderFile, match="is an evaluator's working file"):
        made.lead_looks(own)
    with pytest.raises(NotATenderFile, match="is the lead's tender file"):
        open_working_file(made.desk.file, CLOCK, "app")
    with pytest.raises(FileExists, match="is not a working file"):
        open_pack(made.packs[BEN], made.desk.file, the_key(), CLOCK, "app")
    with made.lead() as session:
        for refused in (returning.progress_of, returning.gaps, returning.lapsed):
            with pytest.raises(NotAllowedNow, match="is the lead's tender file"):
                refused(session)


def test_the_working_file_of_a_pack_is_found_whatever_it_is_called(tmp_path: Path) -> None:
    pack = tmp_path / "ben.scorepack"
    assert suggested_target(pack) == tmp_path / "ben.scoring"
    a_working_file(tmp_path).file.close()
    (tmp_path / "ben.scoring").rename(tmp_path / "Büro.SCORING")
    (tmp_path / "a.scoring").write_text("not one")
    (tmp_path / "b.scoring").write_bytes((tmp_path / "Büro.SCORING").read_bytes()[:40_000])
    assert find_working_file(tmp_path, a_manifest(2)) == tmp_path / "Büro.SCORING"
    assert find_working_file(tmp_path, a_manifest(tender="other")) is None
    theirs = replace(a_manifest().evaluator, person=CAM)
    assert find_working_file(tmp_path, replace(a_manifest(), evaluator=theirs)) is None
    with pytest.raises(UserFixable):
        find_working_file(tmp_path / "nowhere", a_manifest())


def test_a_later_pack_changes_what_the_lead_changed_and_keeps_every_score(
    tmp_path: Path,
) -> None:
    first = a_manifest()
    with a_working_file(tmp_path) as session:
        score_all(session)
        corrected = replace(answers()[0], text=LINE)
        asked = Clarification(place(ALDER, "Q1"), "Which oak?", "English oak.", AFTER, True, "")
        more = replace(
            a_manifest(2),
            details=replace(first.details, title="Park benches and bins"),
            responses=(corrected, *answers()[1:]),
            clarifications=(asked,),
            name="Benjamin Bell",
        )
        opening = later(session, more)
        assert opening.news == ("1 answer changed.",)
        with session.reading() as reader:
            now = situation(reader)
            assert reader.response_at(place(ALDER, "Q1")) == corrected
            assert len(reader.scores_of(BEN)) == 4
            assert now.details.title == "Park benches and bins"
            assert now.name(BEN) == "Benjamin Bell"
        assert set(parts(session).values()) == {Part.READY}
        assert later(session, replace(more, number=3)).news == ()
        with session.reading() as reader:
            assert reader.clarifications() == (asked,)


def test_a_new_version_makes_scores_lapse_where_the_wording_changed(tmp_path: Path) -> None:
    reworded = a_method(
        replace(a_criterion("Q1", 40), question="Of which wood?"), a_criterion("Q2", 30)
    )
    with a_working_file(tmp_path) as session:
        score_all(session)
        opening = later(session, replace(a_manifest(2), version=a_version(2, reworded)))
        assert opening.news == ("Version 2 of the method is in force.",)
        found = parts(session)
        assert found[place(ALDER, "Q1")] is found[place(BIRCH, "Q1")] is Part.LAPSED
        assert found[place(ALDER, "Q2")] is found[place(BIRCH, "Q2")] is Part.READY
        lapsed = returning.lapsed(session)
        assert [item.where for item in lapsed] == ["Q1, Alder Ltd", "Q1, Birch Ltd"]
        assert {item.score.rationale for item in lapsed} == {"Sound."}
        assert "version 2 is in force" in lapsed[0].why
        assert "the question has changed" in returning.gaps(session)[0]
        score(session, place(ALDER, "Q1"))
        assert parts(session)[place(ALDER, "Q1")] is Part.READY


def test_what_is_no_longer_asked_is_shown_and_comes_back_when_it_is_asked_again(
    tmp_path: Path,
) -> None:
    whole = a_manifest()
    only_q1 = a_version(1, a_method(a_criterion("Q1", 40)))
    less = replace(
        a_manifest(2),
        version=only_q1,
        evaluator=replace(whole.evaluator, questions=frozenset({CriterionId("Q1")})),
        bidders=whole.bidders[:1],
        bids=whole.bids[:1],
        responses=answers()[:1],
    )
    with a_working_file(tmp_path) as session:
        score_all(session)
        assert "other questions" in later(session, less).news[0]
        assert parts(session) == {place(ALDER, "Q1"): Part.READY}
        assert [item.where for item in returning.lapsed(session)] == [
            "Q2, Alder Ltd",
            "Q1, Birch Ltd",
            "Q2, Birch Ltd",
        ]
        assert "no longer asked" in returning.lapsed(session)[0].why
        later(session, a_manifest(3))
        assert set(parts(session).values()) == {Part.READY}
        assert returning.lapsed(session) == ()


def test_a_score_of_a_question_that_came_later_in_the_same_version_lapses_too(
    tmp_path: Path,
) -> None:
    few = replace(a_manifest(), version=a_version(1, a_method(a_criterion("Q1", 40))))
    reworded = a_method(
        a_criterion("Q1", 40), replace(a_criterion("Q2", 20), question="Which trades?")
    )
    few = replace(few, responses=(answers()[0], answers()[2]))
    with a_working_file(tmp_path, few) as session:
        score_all(session)
        assert "2 answers more to read." in later(session, a_manifest(2)).news
        score_all(session, "Sound as well.")
        later(session, replace(a_manifest(3), version=a_version(2)))
        assert set(parts(session).values()) == {Part.READY}
        score_all(session, "Sound as well.")
        later(session, replace(a_manifest(4), version=a_version(3, reworded)))
        found = parts(session)
        assert found[place(ALDER, "Q2")] is Part.LAPSED


def test_a_score_of_such_a_question_lapses_at_the_next_version_too(tmp_path: Path) -> None:
    few = replace(a_manifest(), version=a_version(1, a_method(a_criterion("Q1", 40))))
    reworded = a_method(
        a_criterion("Q1", 40), replace(a_criterion("Q2", 20), question="Which trades?")
    )
    with a_working_file(tmp_path, few) as session:
        later(session, a_manifest(2))
        score_all(session, "Sound as well.")
        later(session, replace(a_manifest(3), version=a_version(2, reworded)))
        found = parts(session)
        assert found[place(ALDER, "Q1")] is Part.READY
        assert found[place(ALDER, "Q2")] is Part.DRAFT
        with session.reading() as reader:
            kept = reader.current_score(BEN, place(ALDER, "Q2"))
        assert kept is not None
        assert (kept.state, kept.rationale) == (ScoreState.DRAFT, "Sound as well.")


def test_a_pack_in_moderation_opens_only_what_was_sent_back(tmp_path: Path) -> None:
    back = place(BIRCH, "Q1")
    with a_working_file(tmp_path) as session:
        score_all(session)
        opening = later(session, replace(a_manifest(2), is_moderated=True, sent_back=(back,)))
        assert opening.news == (
            "Moderation has opened: only what was sent back can still be scored.",
            "1 answer sent back to you.",
        )
        with pytest.raises(NotAllowedNow, match="locked since moderation"):
            score(session, place(ALDER, "Q1"), points=1)
        score(session, back, "Looked at again.", 4)
        assert parts(session) == {back: Part.READY}
        later(session, replace(a_manifest(3), is_moderated=True))
        with pytest.raises(NotAllowedNow):
            score(session, back, points=1)
        later(session, a_manifest(4))
        assert now_in(session).stage is Stage.SCORING
        score(session, back, points=1)


def test_names_revealed_name_the_bidders_and_ask_for_a_new_declaration(tmp_path: Path) -> None:
    hidden, alder = under_aliases(a_manifest()), place(BidderId("bidder-b"), "Q1")
    with a_working_file(tmp_path, hidden) as session:
        assert [item.name for item in now_in(session).bidders] == ["Bidder A", "Bidder B"]
        assert now_in(session).names_hidden
        score_all(session)
        opening = later(session, named(2))
        assert opening.news == ("The bidders' names are known now: declare your interests anew.",)
        now = now_in(session)
        assert [item.name for item in now.bidders] == ["Birch Ltd", "Alder Ltd"]
        assert not now.names_hidden
        with pytest.raises(UserFixable, match="names are known now"):
            score(session, alder, points=1)
        assert "names are known now" in returning.gaps(session)[0]
        assert later(session, named(3)).news == ()
        with pytest.raises(UserFixable, match="names are known now"):
            score(session, alder, points=1)
        declaring.declare(session, "")
        score(session, alder, points=1)
        with session.reading() as reader:
            assert len(reader.scores_of(BEN)) == 4


def named(number: int) -> Manifest:
    """Return the pack in which names that were hidden are revealed: codes stay."""
    real = {"Bidder A": "Birch Ltd", "Bidder B": "Alder Ltd"}
    aliased = under_aliases(a_manifest(number))
    return replace(
        aliased,
        version=a_version(1),
        bidders=tuple(replace(item, name=real[item.name]) for item in aliased.bidders),
        names_hidden=False,
        names_revealed=True,
    )


def test_an_interest_declared_under_aliases_is_asked_anew_too(tmp_path: Path) -> None:
    with a_working_file(tmp_path, under_aliases(a_manifest()), declared=False) as session:
        declaring.declare(session, "A cousin works there.", ("alder ltd",))
        later(session, named(2))
        found = now_in(session).declaration(BEN)
        assert found is not None
        assert (found.interest, found.is_settled) == ("A cousin works there.", False)


def test_who_has_not_declared_yet_when_names_are_revealed_declares_once(tmp_path: Path) -> None:
    with a_working_file(tmp_path, under_aliases(a_manifest()), declared=False) as session:
        assert later(session, named(2)).news == ()
        assert now_in(session).declaration(BEN) is None


def test_a_declaration_that_the_lead_took_since_names_were_revealed_stands(
    tmp_path: Path,
) -> None:
    told = Declaration(BEN, "")
    with a_working_file(tmp_path, under_aliases(a_manifest())) as session:
        later(session, replace(named(2), declaration=told))
        assert now_in(session).declaration(BEN) == told
        later(session, replace(named(3), declaration=None))
        score_all(session)


def test_a_new_declaration_that_the_lead_took_answers_what_was_asked_anew(
    tmp_path: Path,
) -> None:
    told = Declaration(BEN, "Told by phone.", (), InterestOutcome.NONE, "It is nothing.")
    with a_working_file(tmp_path, under_aliases(a_manifest())) as session:
        later(session, named(2))
        later(session, replace(named(3), declaration=told))
        assert now_in(session).declaration(BEN) == told
        score_all(session)


def test_a_lead_who_scores_has_one_place_on_the_panel(tmp_path: Path) -> None:
    questions = frozenset({CriterionId("Q1")})
    lead = PanelMember(BEN, Role.LEAD, "Lead evaluator", questions)
    with a_working_file(tmp_path, replace(a_manifest(), evaluator=lead)) as session:
        assert now_in(session).panel == (lead,)
        assert {item.criterion for item in parts(session)} == {"Q1"}


def test_a_record_adds_agreed_scores_and_leaves_the_rest(tmp_path: Path) -> None:
    first, second = place(ALDER, "Q1"), place(BIRCH, "Q2")
    with a_working_file(tmp_path) as session:
        score_all(session)
        opening = later(session, a_record(2, an_agreed_score(first), an_agreed_score(second)))
        assert "2 agreed scores to confirm." in opening.news
        with session.reading() as reader:
            assert [item.rationale for item in reader.agreed_scores()] == [
                "The panel on Q1, revision 1.",
                "The panel on Q2, revision 1.",
            ]
            assert len(reader.responses()) == len(reader.scores_of(BEN)) == 4
            assert situation(reader).method == two_questions()
        more = a_record(3, an_agreed_score(first), an_agreed_score(second, 2))
        assert "1 agreed score to confirm." in later(session, more).news


def test_questions_of_agreed_scores_stay_though_a_later_pack_leaves_them_out(
    tmp_path: Path,
) -> None:
    only_q2 = frozenset({CriterionId("Q2")})
    less = replace(
        a_manifest(2),
        version=a_version(1, a_method(a_criterion("Q2", 20))),
        evaluator=replace(a_manifest().evaluator, questions=only_q2),
        responses=answers()[1:2],
        documents=(),
    )
    record = a_record(1, an_agreed_score(place(ALDER, "Q1")))
    with a_working_file(tmp_path, record) as session:
        later(session, replace(less, is_moderated=True))
        now = now_in(session)
        assert now.criterion("Q1").ref == "Q1"
        assert {item.place.criterion for item in now.assignments()} == {"Q2"}


def test_receipts_in_a_later_pack_are_taken_where_they_are_genuine(tmp_path: Path) -> None:
    with a_working_file(tmp_path) as session:
        score_all(session)
        made = returning.make_return(session, tmp_path / "one.scores", ReturnKind.SCORES)
        forged = a_receipt(made.sha256, keys_of("somebody else"))
        assert later(session, replace(a_manifest(2), receipts=(forged,))).news == ()
        genuine = replace(a_manifest(3), receipts=(a_receipt(made.sha256),))
        assert later(session, genuine).news == ("The lead has confirmed that your return arrived.",)
        assert later(session, replace(genuine, number=4, message="x")).news == ()
        assert returning.progress_of(session).received == {made.sha256}


def test_documents_that_a_later_pack_brings_are_kept_beside_the_others(tmp_path: Path) -> None:
    bins = b"the plan of the bins"
    digest = DocumentId(hashlib.sha256(bins).hexdigest())
    more = replace(
        a_manifest(2),
        responses=(*answers()[:3], Response(place(BIRCH, "Q2"), "", digest)),
        documents=(
            *a_manifest().documents,
            StoredDocument(digest, BIRCH, "bins.txt", len(bins), "text/plain"),
        ),
    )
    with a_working_file(tmp_path) as session:
        pack = tmp_path / "two.scorepack"
        to_ben = ToRecipients((keys_of("ben@x.example").public.recipient,))
        write_pack(pack, more, {PLAN_ID: PLAN, digest: bins}.__getitem__, to_ben)
        bring_up_to_date(session, pack, the_key())
        with session.reading() as reader:
            assert reader.document_content(digest) == bins
            assert reader.document_content(PLAN_ID) == PLAN
            assert [item.name for item in reader.documents()] == ["plan.pdf", "bins.txt"]


def test_a_decision_in_a_pack_for_a_new_laptop_holds_at_once(tmp_path: Path) -> None:
    decided = Declaration(
        BEN, "A cousin.", (ALDER,), InterestOutcome.REMOVED_FOR_BIDDERS, "x", frozenset({ALDER})
    )
    shown = replace(a_manifest(), declaration=decided)
    with a_working_file(tmp_path, shown, declared=False) as session:
        assert later(session, replace(shown, number=2, made_at=AFTER)).news == ()
        assert {item.place.bidder for item in now_in(session).assignments()} == {BIRCH}
        score_all(session)
        made = returning.make_return(session, tmp_path / "x.scores", ReturnKind.SCORES)
        assert made.complete


@dataclass(slots=True)
class Model:
    """What should hold, kept apart from the file.

    Attributes:
        wording: of each question now.
        given: per place, the wording that was scored and the words that were given.
    """

    wording: dict[str, str]
    given: dict[Place, tuple[str, str]] = field(default_factory=dict)
    version: int = 1
    questions: frozenset[str] = frozenset({"Q1", "Q2"})
    bidders: frozenset[BidderId] = frozenset({ALDER, BIRCH})

    def manifest(self, number: int) -> Manifest:
        whole = a_manifest(number)
        shown = [
            replace(a_criterion(ref, 20), question=self.wording[ref])
            for ref in ("Q1", "Q2", "Q3")
            if ref in self.questions
        ]
        kept = [item for item in whole.bidders if item.id in self.bidders]
        return replace(
            whole,
            version=a_version(self.version, a_method(*shown)),
            evaluator=replace(
                whole.evaluator, questions=frozenset(map(CriterionId, self.questions))
            ),
            bidders=tuple(kept),
            bids=tuple(bid for bid in whole.bids if bid.bidder in self.bidders),
            responses=tuple(
                Response(place(item.id, ref), f"{item.name} on {ref}.")
                for item in kept
                for ref in sorted(self.questions)
            ),
            documents=(),
        )


EDITS = st.one_of(
    st.tuples(st.just("reword"), st.sampled_from(["Q1", "Q2", "Q3"])),
    st.tuples(st.just("questions"), st.sets(st.sampled_from(["Q1", "Q2", "Q3"]), min_size=1)),
    st.tuples(st.just("bidders"), st.sets(st.sampled_from([ALDER, BIRCH]), min_size=1)),
    st.tuples(st.just("weights"), st.none()),
    st.tuples(st.just("score"), st.integers(0, 5)),
)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(EDITS, max_size=8))
def test_whatever_later_packs_bring_every_score_that_applies_is_kept(
    edits: list[tuple[str, object]],
) -> None:
    model = Model({ref: f"{ref} at first" for ref in ("Q1", "Q2", "Q3")})
    with (
        tempfile.TemporaryDirectory() as folder,
        a_working_file(Path(folder), model.manifest(1)) as session,
    ):
        number = 1
        for step, (act, what) in enumerate(edits):
            if act == "score":
                give(session, model, step, int(str(what)))
                continue
            match act, what:
                case "reword", str(ref):
                    model.version += 1
                    model.wording[ref] = f"{ref} in version {model.version}"
                case "questions", set(refs):
                    model.questions = frozenset(refs)
                case "bidders", set(bidders):
                    model.bidders = frozenset(bidders)
                case _:
                    model.version += 1
            number += 1
            later(session, model.manifest(number))
            check(session, model)


def give(session: Session, model: Model, step: int, which: int) -> None:
    asked = list(parts(session))
    at = asked[which % len(asked)]
    score(session, at, f"Given at step {step}.")
    model.given[at] = (model.wording[at.criterion], f"Given at step {step}.")


def check(session: Session, model: Model) -> None:
    with session.reading() as reader:
        kept = {item.place: item.rationale for item in reader.scores_of(BEN)}
        assert reader.record_faults() == ()
    assert kept == {at: words for at, (_, words) in model.given.items()}
    found = parts(session)
    assert set(found) == {place(bidder, ref) for bidder in model.bidders for ref in model.questions}
    for at, part in found.items():
        holds = at in model.given and model.given[at][0] == model.wording[at.criterion]
        assert (part is Part.READY) is holds
    shown = {item.score.place for item in returning.lapsed(session)}
    assert shown | set(found) >= set(kept)


OPENING = """
import sys
sys.path.insert(0, {root!r})
from datetime import UTC, datetime
from pathlib import Path
from tendereval.exchange.seal import WithSecrets
from tendereval.services.opening_packs import open_pack
clock = lambda: datetime(2027, 3, 9, 9, tzinfo=UTC)
open_pack(Path({pack!r}), Path({target!r}), WithSecrets(({secret!r},)), clock, "app")
"""


@pytest.mark.parametrize("moment", [0.0, 0.05, 0.15])
@pytest.mark.parametrize("is_update", [False, True])
def test_an_opening_that_is_killed_leaves_nothing_half(
    tmp_path: Path, moment: float, *, is_update: bool
) -> None:
    target = tmp_path / "ben.scoring"
    if is_update:
        a_working_file(tmp_path, declared=False).file.close()
    many = [os.urandom(1 << 20) for _ in range(48)]
    contents = {DocumentId(hashlib.sha256(data).hexdigest()): data for data in many}
    more = replace(
        a_manifest(2),
        responses=(Response(place(ALDER, "Q1"), LINE),),
        documents=tuple(
            StoredDocument(key, ALDER, f"{number}.bin", len(data))
            for number, (key, data) in enumerate(contents.items())
        ),
    )
    pack = tmp_path / "big.scorepack"
    to_ben = ToRecipients((keys_of("ben@x.example").public.recipient,))
    write_pack(pack, more, contents.__getitem__, to_ben)
    (secret,) = the_key().secrets
    program = OPENING.format(
        root=str(Path(__file__).parents[2]), pack=str(pack), target=str(target), secret=secret
    )
    begun = target if is_update else half_made(target)
    signs = [begun.with_name(f"{begun.name}-journal")]
    with subprocess.Popen([sys.executable, "-c", program]) as child:
        while child.poll() is None and not any(sign.exists() for sign in signs):
            time.sleep(0.002)
        time.sleep(moment)
        child.kill()
    if is_update or target.exists():
        with open_working_file(target, CLOCK, "app") as session, session.reading() as reader:
            packs = [manifest.number for manifest, _, _ in reader.packs_opened()]
            assert packs in ([1], [1, 2], [2])
            assert len(reader.documents()) == (48 if 2 in packs else 0) + (1 in packs)
            assert reader.record_faults() == ()
    with open_pack(pack, target, the_key(), CLOCK, "app") as session, session.reading() as reader:
        assert len(reader.documents()) == 48 + is_update
    assert everything(tmp_path) == sorted(
        ["big.scorepack", "ben.scoring"] + (["ben-1.scorepack"] if is_update else [])
    )
