"""Everything that collecting refuses: a plain reason, and the file unchanged byte for byte."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tendereval.domain.errors import (
    BadSignature,
    MissingRationale,
    NewerPack,
    NotAllowedNow,
    NotDeclared,
    NotForYou,
    NotOnTheScale,
    NotTheirs,
    OtherKey,
    RuleRefusal,
    UnknownReference,
    UnreadablePack,
    UserFixable,
    WrongTender,
)
from tendereval.domain.evaluation import PanelMember, Role, ScoreState
from tendereval.domain.ids import BidderId, CriterionId, PersonId
from tendereval.domain.packs import (
    ReturnBody,
    ReturnedConfirmation,
    ReturnedDeclaration,
    ReturnKind,
)
from tendereval.domain.stages import Stage
from tendereval.exchange import return_file, seal
from tendereval.exchange.words import fingerprint
from tendereval.services import collecting, panel
from tendereval.store import recording
from tests.service.builders import ALDER, BEN, BIRCH, CAM, CRITERIA, place
from tests.service.packs import keys_of
from tests.service.returns import Post, a_post, a_score, with_score

Q1 = place(ALDER, "Q1")
Change = Callable[[ReturnBody], ReturnBody]


def refused(post: Post, path: Path, kind: type[UserFixable]) -> str:
    """Look at a return and collect it; both refuse, and no byte of the file has changed."""
    before = post.file.read_bytes()
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, [path])
        (report,) = found.reports
        assert report.is_refused
        assert isinstance(report.refusal, kind), report.refusal
        with pytest.raises(kind) as raised:
            collecting.collect(session, found, insist="I want it.")
    assert post.file.read_bytes() == before
    assert raised.value.do
    assert raised.value.kept == "Nothing was changed."
    assert not list(post.file.parent.glob("*.v1*"))
    return raised.value.happened


def put_at(post: Post, stage: Stage) -> None:
    """Put a tender at any stage, which the rules would not."""
    with post.round.lead() as session, session.change("stage entered by hand") as change:
        recording.add_stage(change, stage)


def correct_the_method(post: Post) -> None:
    """Publish Q1 as it should have been: another question."""
    criteria = (CRITERIA[0], ("Q1", "Build", "quality", 40, "0-5", "How well?"), *CRITERIA[2:])
    book = post.round.desk.book({"Criteria": criteria})
    words = ("--amend", "transcription correction", "--approver", "Dot Dean", "--reason", "A slip.")
    result = post.round.desk.on_file("import", "--from", str(book), *words)
    assert result.status == 0, result.err


def on_place(**changed: object) -> Change:
    """Return a change of the score at one place."""
    return lambda body: with_score(body, replace(a_score(Q1), **changed))  # type: ignore[arg-type]


ALTERED: dict[str, tuple[Change, type[UserFixable], str]] = {
    "another tender": (
        lambda body: replace(body, tender="another-tender"),
        WrongTender,
        "another tender",
    ),
    "a method version that there never was": (
        lambda body: replace(body, method_version=2),
        WrongTender,
        "was made under version 1 of the method, the return says 2",
    ),
    "another fingerprint of the method": (
        lambda body: replace(body, fingerprint="f" * 64),
        WrongTender,
        "fingerprint ffff ffff",
    ),
    "no fingerprint at all": (
        lambda body: replace(body, fingerprint=""),
        WrongTender,
        "does not have",
    ),
    "a pack that was never made": (
        lambda body: replace(body, pack=7),
        UnknownReference,
        "never made a pack 7 for Ben Bell",
    ),
    "a head that is not in this record": (
        lambda body: replace(body, head_hash="0" * 64),
        WrongTender,
        "was rewritten",
    ),
    "an entry that this record does not have": (
        lambda body: replace(body, head_seq=10_000, head_hash=""),
        WrongTender,
        "was rewritten",
    ),
    "a bidder that is not there": (
        lambda body: with_score(body, a_score(place(BidderId("-1"), "Q1"))),
        UnknownReference,
        "a bidder '-1'",
    ),
    "a question that is not there": (
        lambda body: with_score(body, a_score(place(ALDER, "Q9"))),
        UserFixable,
        "Q9",
    ),
    "a question in a lot it is not in": (
        lambda body: with_score(body, a_score(place(ALDER, "Q1", "1"))),
        NotTheirs,
        "is not asked to score this",
    ),
    "a price": (
        lambda body: with_score(body, a_score(place(ALDER, "PRICE"))),
        NotTheirs,
        "is not asked to score this",
    ),
    "a value off the scale": (on_place(points=a_score(Q1, "7").points), NotOnTheScale, "7 is not"),
    "a value between two of the scale": (
        on_place(points=a_score(Q1, "2.5").points),
        NotOnTheScale,
        "2.5 is not",
    ),
    "ready without points": (on_place(points=None), NotOnTheScale, "needs its points"),
    "ready without a rationale": (on_place(rationale=" \n "), MissingRationale, "no rationale"),
    "cannot score with points": (
        on_place(state=ScoreState.CANNOT_SCORE),
        NotOnTheScale,
        "exclude each other",
    ),
    "cannot score without a reason": (
        on_place(state=ScoreState.CANNOT_SCORE, points=None, rationale=""),
        MissingRationale,
        "no rationale",
    ),
    "a score under a method version that there never was": (
        on_place(method_version=4),
        WrongTender,
        "under version 4 of the method",
    ),
    "one answer scored twice": (
        lambda body: replace(body, scores=(*body.scores, body.scores[0])),
        UnreadablePack,
        "one answer twice",
    ),
    "confirmations among scores": (
        lambda body: replace(
            body,
            confirmations=(ReturnedConfirmation(Q1, 1, True, "", body.made_at),),
        ),
        UnreadablePack,
        "never holds",
    ),
    "scores in a declaration": (
        lambda body: replace(body, kind=ReturnKind.DECLARATION),
        UnreadablePack,
        "never holds",
    ),
    "a declaration that declares nothing": (
        lambda body: replace(body, kind=ReturnKind.DECLARATION, scores=(), declaration=None),
        UnreadablePack,
        "never holds",
    ),
    "scores in a confirmation": (
        lambda body: replace(body, kind=ReturnKind.CONFIRMATION, declaration=None),
        UnreadablePack,
        "never holds",
    ),
    "confirmations before there is anything to confirm": (
        lambda body: replace(body, kind=ReturnKind.CONFIRMATION, scores=(), declaration=None),
        NotAllowedNow,
        "you cannot confirm agreed scores",
    ),
    "a new interest together with scores": (
        lambda body: replace(body, declaration=declares(body, "My brother works there.")),
        NotDeclared,
        "awaits the lead's decision",
    ),
    "an interest in an organisation that is not there": (
        lambda body: replace(body, declaration=declares(body, "Shares.", "Nobody plc")),
        UnknownReference,
        "Nobody plc",
    ),
    "organisations without saying why": (
        lambda body: replace(body, declaration=declares(body, " ", "Alder Ltd")),
        RuleRefusal,
        "does not say what the interest is",
    ),
}


def declares(body: ReturnBody, interest: str, *organisations: str) -> ReturnedDeclaration:
    return ReturnedDeclaration(interest, organisations, body.made_at)


@pytest.mark.parametrize("name", ALTERED)
def test_what_does_not_fit_is_refused(tmp_path: Path, name: str) -> None:
    change, kind, words = ALTERED[name]
    post = a_post(tmp_path)
    assert words in refused(post, post.altered(change), kind)


def test_somebody_who_is_not_on_the_panel(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    own = keys_of("ben@x.example")
    path = post.altered(lambda body: body)
    body = replace(post.body(path), evaluator=PersonId("p-9"))
    assert "not on the panel" in refused(post, post.signed(body, keys=own), NotTheirs)


def test_somebody_who_left_the_panel(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    with post.round.lead() as session:
        panel.leave(session, BEN, "Ben changed jobs.")
    assert "has left the panel" in refused(post, path, NotTheirs)


def test_a_question_that_was_taken_from_them(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    questions = frozenset({CriterionId("Q2")})
    member = PanelMember(BEN, Role.EVALUATOR, "", questions, reason="Q1 goes to Cam.")
    with post.round.lead() as session:
        panel.add_member(session, member, "Ben Bell", "ben@x.example")
    said = refused(post, path, NotTheirs)
    assert "2 things stand in the way" in said
    assert "Q1, Alder Ltd" in said


def test_all_that_is_wrong_is_named_up_to_a_few(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    off = a_score(Q1, "7").points

    def change(body: ReturnBody) -> ReturnBody:
        return replace(body, scores=tuple(replace(item, points=off) for item in body.scores))

    said = refused(post, post.altered(change), NotOnTheScale)
    assert "4 things" in said
    assert all(where in said for where in ("Q1, Alder Ltd", "Q2, Birch Ltd"))


def test_the_older_method_version_after_a_correction(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    correct_the_method(post)
    assert "version 2 is in force" in refused(post, path, WrongTender)


def test_a_score_of_a_question_that_means_something_else_now(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    body = post.body(post.returned())
    correct_the_method(post)
    post.round.send((BEN,))
    newer = post.body(post.rescored(4, "Better.", place(ALDER, "Q1"), place(BIRCH, "Q1")))
    body = replace(newer, scores=body.scores)
    assert "has another meaning now" in refused(post, post.signed(body), WrongTender)


def test_another_key_than_the_first_seen(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    post.round.desk.clock.now += timedelta(minutes=1)
    other = seal.new_keys()
    said = refused(post, post.altered(lambda body: body, keys=other), OtherKey)
    assert fingerprint(other.public) in said
    assert fingerprint(keys_of("ben@x.example").public) in said


def test_the_key_of_somebody_else_on_the_panel(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.altered(lambda body: body, keys=keys_of("cam@x.example"))
    assert "another key than the one known for Ben Bell" in refused(post, path, OtherKey)
    post.round.desk.sql("DELETE FROM contact_key WHERE person = 'p-2'")
    said = refused(post, path, OtherKey)
    assert "was signed with the key of Community panel member 1" in said


def test_keys_in_the_body_that_did_not_sign_it(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    body, own = post.body(post.returned()), keys_of("ben@x.example")
    plain = return_file.signed(replace(body, keys=seal.new_keys().public), own)
    path = tmp_path / "odd.scores"
    return_file.write_return(path, plain, post.round.secrets().public.recipient)
    refused(post, path, BadSignature)


def test_a_signature_that_does_not_hold(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    _sealed, plain = return_file.read_return(post.returned(), [post.round.secrets().secret])
    forged = plain.replace(b"Reader p-2.", b"Reader p-9.")
    assert forged != plain
    path = tmp_path / "forged.scores"
    return_file.write_return(path, forged, post.round.secrets().public.recipient)
    assert "altered on its way" in refused(post, path, BadSignature)


def test_sealed_for_somebody_else(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    other = keys_of("nobody@x.example").public.recipient
    assert "for somebody else" in refused(
        post, post.altered(lambda body: body, recipient=other), NotForYou
    )


@pytest.mark.parametrize("left", [0, 1, 60, 199, -1])
def test_cut_short(tmp_path: Path, left: int) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    path.write_bytes(path.read_bytes()[:left])
    refused(post, path, UnreadablePack)


@pytest.mark.parametrize("content", [b"", b"hello", b"\0" * 5000, b"age-encryption.org/v1\n"])
def test_not_a_return_at_all(tmp_path: Path, content: bytes) -> None:
    post = a_post(tmp_path)
    path = tmp_path / "holiday.scores"
    path.write_bytes(content)
    refused(post, path, UnreadablePack)


def test_a_pack_in_place_of_a_return(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    refused(post, post.round.packs[BEN], NotForYou)


def test_a_tender_file_in_place_of_a_return(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    refused(post, post.round.files[BEN], UnreadablePack)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = tmp_path / "gone.scores"
    refused(post, path, UserFixable)
    headline, why = post.report(path).in_words()
    assert headline == "gone.scores: refused."
    assert "no file gone.scores" in why


def sealed_plain(post: Post, plain: bytes) -> Path:
    """Seal anything at all to the tender, as an attacker with its public key could."""
    path = post.file.parent / "crafted.scores"
    path.write_bytes(seal.seal(plain, [post.round.secrets().public.recipient]))
    return path


def signed_bytes(data: bytes, version: int = 1) -> bytes:
    """Sign any bytes at all as Ben."""
    own = keys_of("ben@x.example")
    signature = seal.sign(own, b"tendereval return 1\n" + data)
    return f"tendereval-return {version} {own.public.signing} {signature}\n".encode() + data


BOMBS: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"[" * 5_000_000,
    "many": lambda: b'{"scores":[' + b"{}," * 3_000_000 + b"{}]}",
    "long": lambda: b'{"rationale":"' + b"a" * 70_000_000 + b'"}',
    "many scores": lambda: b'{"scores":[' + b'{"rationale":""},' * 300_000 + b"{}]}",
    "blank": lambda: b" " * 60_000_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb(tmp_path: Path, name: str) -> None:
    post = a_post(tmp_path)
    refused(post, sealed_plain(post, signed_bytes(BOMBS[name]())), UnreadablePack)


def test_a_newer_version_of_the_return(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    data = b'{"content":{},"format":"tendereval-return","major":2,"minor":0}'
    refused(post, sealed_plain(post, signed_bytes(data)), NewerPack)
    refused(post, sealed_plain(post, signed_bytes(data, version=2)), NewerPack)


def test_half_a_character(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    _sealed, plain = return_file.read_return(post.returned(), [post.round.secrets().secret])
    data = plain.split(b"\n", 1)[1].replace(b"Reader p-2.", b"\\ud800", 1)
    refused(post, sealed_plain(post, signed_bytes(data)), UnreadablePack)


@pytest.mark.parametrize("stage", [Stage.SET_UP, Stage.PUBLISHED, Stage.CLOSED])
def test_scores_before_scoring_and_after_the_end(tmp_path: Path, stage: Stage) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    put_at(post, stage)
    refused(post, path, NotAllowedNow)


def test_nothing_is_collected_into_an_evaluators_own_file(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    with post.at_home() as session, pytest.raises(NotAllowedNow, match="working file"):
        collecting.look_at_returns(session, [path])


def test_one_refusal_stops_all_of_them(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    good, bad = post.returned(CAM), post.altered(ALTERED["another tender"][0])
    before = post.file.read_bytes()
    with pytest.raises(WrongTender, match=bad.name):
        post.collect(good, bad)
    assert post.file.read_bytes() == before
    assert post.scores(CAM) == {}


def test_the_others_go_on_without_it(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    good, bad = post.returned(CAM), post.altered(ALTERED["another tender"][0])
    gone = tmp_path / "gone.scores"
    with post.round.lead() as session:
        found = collecting.look_at_returns(session, [bad, good, gone])
        left = collecting.look_without(session, found, [bad.name, gone.name])
        assert [item.name for item in left.reports] == [good.name]
        assert collecting.collect(session, left).scores == 4


def test_removed_from_a_bidder_after_scoring_it(tmp_path: Path) -> None:
    post = a_post(tmp_path)
    path = post.returned()
    desk = post.round.desk
    book = {
        "Declarations": (
            ("Evaluator", "Interest", "About", "Outcome", "How"),
            ("Ben Bell", "An uncle.", "Birch Ltd", "removed for bidders", "Cam scores it."),
        )
    }
    assert desk.take_in(book).status == 0, desk.take_in(book).err
    body = post.body(path)
    same = replace(body, declaration=declares(body, "An uncle.", "Birch Ltd"))
    assert "was removed from this bidder" in refused(post, post.signed(same), NotTheirs)
    told = a_score(place(BIRCH, "Q1"), None, ScoreState.CANNOT_SCORE, "My uncle is there.")
    only = tuple(item for item in same.scores if item.place.bidder == ALDER)
    assert post.report(post.signed(replace(same, scores=(*only, told)))).new == 3
