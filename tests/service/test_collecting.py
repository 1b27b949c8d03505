"""Collecting: looked at first in words, then merged all or none, with nothing lost on the way."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    FileProblem,
    KeysNeeded,
    NotAllowedNow,
    NotDeclared,
    ReasonNeeded,
    StaleReturn,
    UnknownReference,
)
from tendereval.domain.evaluation import InterestOutcome, ScoreState
from tendereval.domain.ids import PersonId
from tendereval.domain.packs import (
    Alias,
    Disposition,
    ReturnBody,
    ReturnedDeclaration,
    ReturnKind,
    receipt_text,
)
from tendereval.exchange import return_file, seal
from tendereval.exchange.seal import is_signed
from tendereval.services import collecting, declaring, panel, receipts, scoring, tenders
from tendereval.services.collecting import Verdict
from tendereval.services.collecting_report import shortened
from tendereval.services.progress import Cancelled
from tendereval.store import pack_recording, recording
from tests.service.builders import ALDER, BEN, BIRCH, CAM, place
from tests.service.packs import score
from tests.service.returns import PLACES, a_post, a_score, kinds, names, with_score

Q1, Q2 = place(ALDER, "Q1"), place(ALDER, "Q2")


class Watching:
    """Takes note of every step, and asks to stop at one of them."""

    def __init__(self, stop_at: int = -1) -> None:
        self.steps: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int, label: str) -> None:
        assert label
        self.steps.append((done, total))
        if len(self.steps) == self._stop_at:
            raise Cancelled


def test_a_look_says_whose_what_and_how_much(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    report = post.report(post.returned(question="May I see the site?"))
    assert (report.who, report.person, report.kind) == ("Ben Bell", BEN, ReturnKind.SCORES)
    assert (report.pack, report.method_version, report.marked_complete) == (1, 1, True)
    assert (report.scores, report.new, report.same, report.changed) == (4, 4, 0, ())
    assert (report.missing, report.held, report.question) == ((), (), "May I see the site?")
    assert report.is_complete
    lines = "\n".join(report.in_words())
    assert "p-2-1.scores: scores of Ben Bell, to be merged." in lines
    assert "4 scores (complete): 4 new, 0 changed, 0 the same." in lines
    assert "Private question to the lead: May I see the site?" in lines
    assert "Declares no interest." in lines


def test_a_look_changes_no_byte(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path, before = post.returned(), post.file.read_bytes()
    post.look(path, path)
    assert post.file.read_bytes() == before
    assert not list(tmp_path.glob("bench.v*"))


def test_scores_keep_their_evaluator_date_and_method_version(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with post.at_home() as session, session.reading() as reader:
        given = {item.place: item for item in reader.scores_of(BEN)}
    post.round.desk.clock.now += timedelta(days=9)
    done = post.collect(post.returned())
    assert done.scores == 4
    stands = post.scores()
    assert stands == given
    assert {item.evaluator for item in stands.values()} == {BEN}
    assert {item.method_version for item in stands.values()} == {1}
    assert post.faults() == ()


def test_the_record_says_who_collected_what(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    report = post.report(path)
    post.collect(path)
    entry = post.round.desk.entries()[-1]
    assert (entry.kind, entry.person, entry.via) == ("return collected", "p-1", "app")
    assert entry.ids == {"person": "p-2", "sha256": report.sha256}


def test_what_was_signed_and_what_arrived_are_kept(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned(question="Why?")
    sealed, plain = return_file.read_return(path, [post.round.secrets().secret])
    post.collect(path)
    with post.round.desk.looking() as session, session.reading() as reader:
        (kept,) = reader.collected()
        assert reader.collected_plain(kept.sha256) == plain
        assert reader.sealed_original(kept.sha256) == sealed
    assert (kept.person, kept.question, kept.taken) == (BEN, "Why?", "")
    assert kept.disposition is Disposition.MERGED


def test_the_receipt_is_the_tenders_word_and_the_evaluator_can_take_it(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    (receipt,) = post.collect(path).receipts
    signing = post.round.secrets().public.signing
    assert is_signed(signing, receipt.sha256.encode(), receipt.signature)
    with post.at_home() as session:
        assert receipts.take_receipt(session, f"Thank you!\n{receipt_text(receipt)}") == receipt
    assert post.collect(path).receipts == (receipt,)


def test_the_same_file_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    post.collect(path)
    before = post.file.read_bytes()
    found = post.look(path)
    assert found.changes_nothing
    assert "collected already" in found.reports[0].in_words()[0]
    done = post.collect(path)
    assert (done.changed, done.scores, done.backup) == (False, 0, None)
    assert done.in_words() == "Every return was collected already. Nothing was changed."
    assert post.file.read_bytes() == before


def test_the_same_file_twice_at_once_counts_once(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    again = tmp_path / "a copy of it.scores"
    again.write_bytes(path.read_bytes())
    found = post.look(path, again, path)
    assert [item.verdict for item in found.reports] == [Verdict.MERGED, Verdict.KNOWN]
    assert post.collect(path, again).scores == 4


def test_a_newer_return_adds_revisions_and_says_what_changed(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(post.returned())
    path = post.rescored(5, "Better than I thought.", Q1)
    report = post.report(path)
    assert (report.new, report.same) == (0, 3)
    assert [str(item) for item in report.changed] == ["Q1, Alder Ltd: 3 → 5"]
    assert "Changed: Q1, Alder Ltd: 3 → 5." in report.in_words()
    assert post.collect(path).scores == 1
    with post.round.desk.looking() as session, session.reading() as reader:
        history = [item for item in reader.score_history(Q1) if item.evaluator == BEN]
    assert [item.revision for item in history] == [1, 2]
    assert [item.points for item in history] == [Fraction(3), Fraction(5)]
    assert post.faults() == ()


def test_another_rationale_alone_is_a_change(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(post.returned())
    (changed,) = post.report(post.rescored(3, "In other words.", Q1)).changed
    assert str(changed) == "Q1, Alder Ltd: 3, another rationale"


def test_a_return_without_anything_new_is_kept_all_the_same(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(post.returned())
    done = post.collect(post.returned())
    assert (done.scores, done.changed) == (0, True)
    assert kinds(post)[-2:] == ["return collected", "return collected"]


def test_a_part_names_what_is_missing(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    left = a_score(Q2, "2", ScoreState.DRAFT, "")

    def part(body: ReturnBody) -> ReturnBody:
        others = tuple(item for item in body.scores if item.place not in {Q1, Q2})
        return replace(body, scores=(*others, left), complete=False)

    path = post.altered(part)
    report = post.report(path)
    assert report.missing == ("Q1, Alder Ltd", "Q2, Alder Ltd")
    assert not report.is_complete
    assert "3 scores (part of what was asked): 3 new, 0 changed, 0 the same." in report.in_words()
    post.collect(path)
    assert post.scores()[Q2].state is ScoreState.DRAFT
    newer = post.report(post.returned())
    assert (newer.new, [str(item) for item in newer.changed]) == (1, ["Q2, Alder Ltd: draft 2 → 3"])


def test_cannot_score_travels_with_its_reason(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with post.at_home() as session:
        score(session, Q1, "I know the author.", None, ScoreState.CANNOT_SCORE)
    post.collect(post.returned())
    assert post.scores()[Q1].state is ScoreState.CANNOT_SCORE
    (changed,) = post.report(post.rescored(2, "I was wrong.", Q1)).changed
    assert str(changed) == "Q1, Alder Ltd: cannot score → 2"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_several_at_once_two_of_them_by_one_person(tmp_path: Path, order: Sequence[int]) -> None:
    post = a_post(tmp_path)
    paths = [post.returned(BEN), post.returned(CAM), post.rescored(4, "Again.", Q1)]
    done = post.collect(*(paths[number] for number in order))
    assert names(done.reports) == [path.name for path in paths]
    assert done.scores == 9
    assert done.in_words() == "3 returns collected, 9 scores added."
    assert post.points()[Q1] == 4
    assert kinds(post).count("return collected") == 1
    entry = post.round.desk.entries()[-1]
    assert entry.ids["person"] == "p-2, p-3"
    assert len(entry.ids["sha256"].split(", ")) == 3
    assert post.faults() == ()


def test_a_folder_of_them(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    folder = tmp_path / "returns" / "today"
    folder.mkdir(parents=True)
    for person in (BEN, CAM):
        post.returned(person).rename(folder / f"{person}.SCORES")
    (folder / "notes.txt").write_text("two of them")
    assert post.collect(tmp_path / "returns").scores == 8


def test_a_folder_without_any(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileProblem, match="holds no returns"):
        post.look(tmp_path / "empty")


def test_far_too_many_files_at_once(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with pytest.raises(FileProblem, match="600 files"):
        post.look(*(tmp_path / f"{number}.scores" for number in range(600)))


def test_a_back_up_lies_beside_before_anything_is_merged(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    before = len(post.round.desk.entries())
    backup = post.collect(path).backup
    assert backup is not None
    looking = tenders.look_at_tender(backup, post.round.desk.clock, "app")
    with looking as session, session.reading() as reader:
        assert len(reader.entries()) == before
        assert reader.scores() == ()


def test_the_tender_may_not_change_between_look_and_collecting(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, [path])
        panel.declare(session, CAM, "")
        before = kinds(post)
        with pytest.raises(NotAllowedNow, match="was changed since"):
            collecting.collect(session, found)
    assert kinds(post) == before


def test_the_lead_without_keys_is_told_so(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    with post.round.lead() as session, pytest.raises(KeysNeeded):
        collecting.look_at_returns(session.with_identity(None), [path])


def test_the_work_can_be_watched_and_stopped(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    paths = [post.returned(BEN), post.returned(CAM)]
    watching = Watching()
    with post.round.lead() as session:
        collecting.look_at_returns(session, paths, watching)
        assert watching.steps == [(0, 4), (1, 4), (2, 4), (3, 4)]
        with pytest.raises(Cancelled):
            collecting.look_at_returns(session, paths, Watching(stop_at=3))


# Older returns.


def test_an_older_return_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    older, newer = post.returned(), post.rescored(5, "Newer.", Q1)
    post.collect(newer)
    before = post.file.read_bytes()
    report = post.report(older)
    assert report.verdict is Verdict.STALE
    assert "older than the one held" in report.in_words()[0]
    for insist in ("", "  "):
        with pytest.raises(StaleReturn, match="newer return of Ben Bell is held"):
            post.collect(older, insist=insist)
    assert post.file.read_bytes() == before


def test_the_lead_insists_with_a_reason_and_it_is_recorded(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    older, newer = post.returned(), post.rescored(5, "Newer.", Q1)
    post.collect(newer)
    assert [str(item) for item in post.report(older).changed] == ["Q1, Alder Ltd: 5 → 3"]
    assert "given later" in "\n".join(post.report(older).in_words())
    assert post.collect(older, insist="Ben says the first was right.").scores == 1
    entry = post.round.desk.entries()[-1]
    assert entry.reason == "Ben says the first was right."
    assert entry.ids["older than held"] == entry.ids["sha256"]
    assert post.points()[Q1] == 3
    assert post.scores()[Q1].revision == 2
    assert post.faults() == ()


def test_insisting_where_nothing_is_older_leaves_no_reason(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.collect(post.returned(), insist="Just in case.")
    assert post.round.desk.entries()[-1].reason == ""


def test_a_declaration_alone_does_not_make_scores_older(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    scores, alone = post.returned(), post.returned(kind=ReturnKind.DECLARATION)
    post.collect(alone)
    assert post.collect(scores).scores == 4


# Declarations.


def test_a_declaration_that_is_not_new_is_not_recorded_again(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    before = post.round.desk.now().declaration(BEN)
    post.collect(post.returned())
    found = post.round.desk.sql("SELECT count(*) FROM declaration WHERE person = 'p-2'")
    assert post.round.desk.now().declaration(BEN) == before
    assert found == [(1,)]


def test_a_new_interest_comes_alone_and_waits_for_the_lead(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    scores = post.returned()
    with post.at_home() as session:
        declaring.declare(session, "My sister works there.", ("Birch Ltd",))
    path = post.returned(kind=ReturnKind.DECLARATION)
    report = post.report(path)
    assert report.declaration == (
        "Declares an interest: My sister works there. It waits for your decision."
    )
    post.collect(path)
    declaration = post.round.desk.now().declaration(BEN)
    assert declaration is not None
    assert (declaration.interest, declaration.bidders) == ("My sister works there.", (BIRCH,))
    assert declaration.outcome is None
    refusal = post.report(scores).refusal
    assert isinstance(refusal, NotDeclared)
    assert "awaits the lead's decision" in str(refusal)
    with post.round.lead() as session:
        panel.decide_interest(session, BEN, InterestOutcome.MANAGED, "Cam reads it too.")
    # The scores were declared with "none" before; the interest stays.
    assert "that one stays" in post.report(scores).declaration
    assert post.collect(scores).scores == 4
    kept = post.round.desk.now().declaration(BEN)
    assert kept is not None
    assert kept.outcome is InterestOutcome.MANAGED


def test_declared_and_scored_in_one_go(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    scores = post.returned()
    with post.at_home() as session:
        declaring.declare(session, "Shares.", ("Alder Ltd",))
    alone = post.returned(kind=ReturnKind.DECLARATION)
    done = post.collect(alone, scores)
    assert names(done.reports) == [scores.name, alone.name]
    declaration = post.round.desk.now().declaration(BEN)
    assert declaration is not None
    assert declaration.bidders == (ALDER,)


def test_an_interest_recorded_at_the_desk_is_not_undone_by_an_older_none(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    with post.round.lead() as session:
        panel.declare(session, BEN, "Told me by telephone.", (ALDER,))
        panel.decide_interest(session, BEN, InterestOutcome.NONE, "Long ago.")
    report = post.report(path)
    assert "that one stays" in report.declaration
    post.collect(path)
    declaration = post.round.desk.now().declaration(BEN)
    assert declaration is not None
    assert declaration.interest == "Told me by telephone."


def test_the_same_interest_keeps_its_decision(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with post.round.lead() as session:
        panel.declare(session, BEN, "Shares.", (ALDER,))
        panel.decide_interest(session, BEN, InterestOutcome.MANAGED, "Sold them.")
    body = post.body(post.returned())
    same = ReturnedDeclaration("Shares. ", ("alder ltd",), body.made_at)
    path = post.signed(replace(body, declaration=same))
    assert post.report(path).declaration == "Declares an interest: Shares. (as before)"
    post.collect(path)
    declaration = post.round.desk.now().declaration(BEN)
    assert declaration is not None
    assert declaration.outcome is InterestOutcome.MANAGED


def test_a_subcontractor_stands_for_those_that_name_it(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with post.round.lead() as session, session.change("bidder recorded by hand") as change:
        for bidder in change.reader.bidders():
            recording.add_bidder(change, replace(bidder, subcontractors=("Zed & Sons",)))
    body = post.body(post.returned())
    told = ReturnedDeclaration("Shares.", ("zed & sons",), body.made_at)
    alone = replace(body, kind=ReturnKind.DECLARATION, scores=(), declaration=told)
    post.collect(post.signed(alone))
    declaration = post.round.desk.now().declaration(BEN)
    assert declaration is not None
    assert declaration.bidders == (ALDER, BIRCH)


# Keys.


def test_the_first_return_makes_the_key_known(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    keys = seal.new_keys()
    post.round.desk.sql("DELETE FROM contact_key")
    post.collect(post.altered(lambda body: body, keys=keys))
    with post.round.desk.looking() as session, session.reading() as reader:
        assert reader.contact_keys()[BEN] == keys.public


def test_another_key_is_accepted_with_a_reason(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    keys = seal.new_keys()
    path = post.altered(lambda body: body, keys=keys)
    (report,) = post.look(path).refused
    assert report.keys == keys.public
    with post.round.lead() as session:
        with pytest.raises(ReasonNeeded):
            collecting.accept_key(session, BEN, keys.public, " ")
        collecting.accept_key(session, BEN, keys.public, "New laptop; compared by telephone.")
        with pytest.raises(NotAllowedNow, match="is known for Ben Bell already"):
            collecting.accept_key(session, BEN, keys.public, "Again.")
    entry = post.round.desk.entries()[-1]
    assert (entry.kind, entry.reason) == (
        "other key accepted",
        "New laptop; compared by telephone.",
    )
    assert post.collect(path).scores == 4


def test_a_key_of_nobody_on_the_panel_is_not_accepted(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    with post.round.lead() as session, pytest.raises(UnknownReference):
        collecting.accept_key(session, PersonId("p-9"), seal.new_keys().public, "Why not.")


def test_text_being_typed_at_the_leads_desk_stays(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    typed = {"points": "4", "state": "draft", "body": "half a sent"}
    with post.round.lead() as session:
        scoring.keep_typing(session, BEN, "score", Q1, dict(typed))
    post.collect(post.returned())
    with post.round.desk.looking() as session, session.reading() as reader:
        kept = reader.working_text(BEN, "score", Q1)
    assert kept is not None
    assert kept["body"] == "half a sent"


def test_a_long_return_lists_the_first_and_counts_the_rest(tmp_path: Path) -> None:
    assert shortened([str(number) for number in range(12)]).endswith("9; and 2 more")
    assert shortened(["a", "b"]) == "a; b"
    post = a_post(tmp_path)
    assert len(PLACES) == 4
    assert post.report(post.returned()).missing == ()


def test_points_are_exact_also_between_whole_numbers(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.altered(lambda body: with_score(body, a_score(Q1, "2.0")))
    post.collect(path)
    assert post.points()[Q1] == Fraction(2)


# Where names are hidden.


def test_codes_of_a_pack_become_the_bidders_they_stand_for(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    aliases = (Alias(ALDER, "B"), Alias(BIRCH, "A"))
    with post.round.lead() as session, session.change("aliases given by hand") as change:
        pack_recording.add_aliases(change, aliases)
    codes = {item.bidder: item.code for item in aliases}
    points = {PLACES[0]: "1", PLACES[1]: "2", PLACES[2]: "4", PLACES[3]: "5"}

    def coded(body: ReturnBody) -> ReturnBody:
        scores = [
            a_score(replace(at, bidder=codes[at.bidder]), given) for at, given in points.items()
        ]
        return replace(body, scores=tuple(scores))

    post.collect(post.altered(coded))
    assert post.points() == {at: Fraction(given) for at, given in points.items()}
    assert post.faults() == ()


def test_an_answer_by_its_code_and_by_its_name_is_one_answer(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    alias = Alias(ALDER, "A")
    with post.round.lead() as session, session.change("aliases given by hand") as change:
        pack_recording.add_aliases(change, (alias,))
    twice = a_score(replace(Q1, bidder=alias.code), "1")
    path = post.altered(lambda body: replace(body, scores=(*body.scores, twice)))
    assert "one answer twice" in str(post.report(path).refusal)
