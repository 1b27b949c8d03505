"""Assessment summaries in a real file: additions, what is missing, export and the register."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from tendereval.domain.bidding import Bidder
from tendereval.domain.errors import (
    FileExists,
    IncompleteRecord,
    NotAllowedNow,
    NotSupported,
    ReasonNeeded,
    RuleRefusal,
    UnknownReference,
)
from tendereval.domain.ids import BidderId
from tendereval.domain.notice_figures import NoticeForm
from tendereval.domain.summaries import AssessmentSummary, Item, Limb, Supplement
from tendereval.reports.award_report import award_report
from tendereval.reports.summary_report import letterhead, summary_report
from tendereval.services import dispatch, summaries
from tendereval.services.dispatch import Sent
from tendereval.services.progress import Cancelled
from tendereval.services.reporting import report_model, write_report
from tendereval.services.reporting_award import publication_remarks
from tendereval.services.session import Session
from tendereval.services.situation import situation
from tendereval.services.summaries import TextAt
from tendereval.services.summary_export import export_all
from tests.report.outline_reading import all_text
from tests.report.pdf_reading import page_texts
from tests.service.builders import ALDER, BEN, BIRCH, Desk, a_desk

SHA = "ab" * 32
SENT = {ALDER: Sent("bids@alder.example", SHA), BIRCH: Sent("bids@birch.example", SHA)}
DAY = date(2027, 3, 2)
WINNERS_Q1 = TextAt(ALDER, BIRCH, "Q1")


def decided(folder: Path, *, approved: bool = True) -> Desk:
    """Return a desk at stage ``award`` with the award to Birch."""
    desk = Desk(folder)
    content, desk.clock.now = _decided(approved)
    desk.file.write_bytes(content)
    return desk


@cache
def _decided(approved: bool) -> tuple[bytes, datetime]:  # noqa: FBT001 - kept by its value
    with tempfile.TemporaryDirectory() as folder:
        desk = a_desk(Path(folder), "award")
        award = ("award", "--to", "Birch Ltd", "--rationale", "Most marks.")
        word = ("approve", "--person", "Dot Dean", "--role", "Director", "--word", "approves")
        for command in (award, word) if approved else (award,):
            done = desk.on_file(*command)
            assert done.status == 0, done.err
        return desk.file.read_bytes(), desk.clock.now


@contextmanager
def at_award(folder: Path, *, approved: bool = True) -> Iterator[Session]:
    with decided(folder, approved=approved).session() as session:
        yield session


def added(session: Session) -> Supplement:
    with session.reading() as reader:
        return summaries.supplement_of(reader, situation(reader).lot("1"))


def kinds(session: Session) -> list[str]:
    with session.reading() as reader:
        return [entry.kind for entry in reader.entries()]


def reasons(session: Session) -> list[str]:
    with session.reading() as reader:
        return [entry.reason for entry in reader.entries()]


# Reading


def test_a_finished_evaluation_gives_every_supplier_a_whole_summary(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        found = summaries.to_send(session, "1")
        assert [one.addressee for one in found] == [ALDER, BIRCH]
        assert [one.is_winner for one in found] == [False, True]
        assert not any(one.draft for one in found)
        assert summaries.summary(session, "1", BIRCH) == found[1]
        assert summaries.ready(session, "1").missing == ()
        alder = found[0]
        assert [text.explanation.text for text in alder.own.scores[0].sub] == [
            "Alder Ltd on Q1.a.",
            "Alder Ltd on Q1.b.",
        ]
        assert alder.winners[0].scores[0].explanation.text == "Pine."
        assert "Pine will not last" not in repr(found)
        assert "Alder" not in repr(found[1])
        assert not any(name in repr(found) for name in ("Ana", "Ben Bell", "Cam", "Dot"))


@pytest.mark.parametrize("stage", ["published", "scored", "agreed", "priced", "award"])
def test_there_is_none_before_an_award_decision(tmp_path: Path, stage: str) -> None:
    with a_desk(tmp_path, stage).session() as session, pytest.raises(IncompleteRecord):
        summaries.summary(session, "1", ALDER)


def test_a_summary_before_approval_is_a_draft(tmp_path: Path) -> None:
    with at_award(tmp_path, approved=False) as session:
        assert all(one.draft for one in summaries.summaries(session, "1"))


def _blank_releasable(desk: Desk) -> None:
    """Blank Birch's releasable words on Q2, as an evaluation made elsewhere may bring them."""
    text = desk.sql("SELECT id FROM long_text WHERE body = 'Four.'")
    desk.sql(f"UPDATE long_text SET body = '' WHERE id = {text[0][0]}")


def test_export_refuses_while_an_item_is_missing_and_names_it(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    _blank_releasable(desk)
    with desk.session() as session:
        gaps = summaries.ready(session, "1").missing
        assert [gap.item for gap in gaps] == [Item.WINNER, Item.EXPLANATIONS]
        with pytest.raises(IncompleteRecord) as caught:
            summaries.to_send(session, "1")
        assert "Alder Ltd: the releasable explanation of the score of the successful tender" in (
            caught.value.happened
        )
        assert "Q2" in caught.value.happened
        with pytest.raises(IncompleteRecord):
            export_all(session, "1", tmp_path / "out", {".txt": write})
        assert not (tmp_path / "out").exists()
        summaries.explain_score(session, "1", BIRCH, "q2", "Four apprentices, each named.")
        assert summaries.ready(session, "1").missing == ()
        found = summaries.to_send(session, "1")[0]
        assert found.winners[0].scores[1].explanation.text == "Four apprentices, each named."


@pytest.mark.parametrize("regime", ["PSR 2023", "Scotland", "PCR2015", "Below threshold"])
def test_other_laws_are_refused_in_words(tmp_path: Path, regime: str) -> None:
    desk = decided(tmp_path)
    _under(desk, regime)
    with desk.session() as session:
        assert regime in summaries.why_none(session)
        for act in (
            lambda: summaries.summaries(session, "1"),
            lambda: summaries.explain_further(session, "1", ALDER, "Because."),
            lambda: dispatch.record_dispatch(session, "1", DAY, "e-mail", SENT),
        ):
            with pytest.raises(NotSupported, match=regime):
                act()
        assert summaries.figures(session, "1").form is NoticeForm.UNKNOWN


def _under(desk: Desk, regime: str) -> None:
    desk.sql(f"""UPDATE tender_details SET data = replace(data, '"PA2023"', '"{regime}"')""")


def test_wales_has_the_same_summaries_and_counts_only(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    _under(desk, "PA2023 Wales")
    with desk.session() as session:
        assert len(summaries.to_send(session, "1")) == 2
        assert summaries.figures(session, "1").form is NoticeForm.WELSH_COUNTS


# Additions


def test_each_edit_is_one_change_with_its_entry_and_the_record_stays(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        before = len(kinds(session))
        with session.reading() as reader:
            agreed = reader.agreed_scores()
        summaries.explain_price(session, "1", ALDER, "price", "£100 above the lowest.")
        summaries.explain_further(session, "1", ALDER, "Fewer marks. ")
        summaries.explain_score(session, "1", ALDER, "Q1", "Joints.", sub="q1.B")
        summaries.say_where(session, "1", "www.borset.example")
        summaries.date_summaries(session, "1", DAY)
        summaries.withhold(session, "1", WINNERS_Q1, Limb.COMMERCIAL, "A trade secret.")
        assert kinds(session)[before:] == [
            "price explanation edited",
            "further reasons edited",
            "releasable words edited",
            "place of full criteria edited",
            "day of summaries edited",
            "text withheld",
        ]
        found = summaries.summary(session, "1", ALDER)
        assert found.own.scores[-1].explanation.text == "£100 above the lowest."
        assert found.own.scores[0].sub[1].explanation.text == "Joints."
        assert (found.further.text, found.dated) == ("Fewer marks.", DAY)
        assert (found.where, found.in_full) == ("www.borset.example", False)
        with session.reading() as reader:
            assert reader.agreed_scores() == agreed
            assert len(reader.fact_history(summaries_kind(), Supplement)) == 6


def summaries_kind() -> str:
    return "summary supplement"


def test_an_edit_replaces_the_one_before_and_a_blank_one_takes_it_back(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        generated = summaries.summary(session, "1", ALDER)
        for text in ("First.", "Second.", ""):
            summaries.explain_further(session, "1", ALDER, text)
            summaries.explain_price(session, "1", ALDER, "PRICE", text)
            summaries.explain_score(session, "1", ALDER, "Q2", text)
        assert added(session) == Supplement()
        assert summaries.summary(session, "1", ALDER) == generated


def test_an_edit_that_changes_nothing_leaves_no_entry(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        before = kinds(session)
        summaries.explain_further(session, "1", ALDER, " ")
        assert kinds(session) == before


def test_what_is_withheld_keeps_its_note_inside_and_can_be_released(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        summaries.withhold(session, "1", WINNERS_Q1, Limb.COMMERCIAL, " Its method of work. ")
        text = summaries.summary(session, "1", ALDER).winners[0].scores[0].explanation
        assert text.text == ""
        assert text.withheld is not None
        assert (text.withheld.limb, text.withheld.note) == ("s.94(1)(b)", "Its method of work.")
        assert "Ana" not in text.withheld.by
        summaries.withhold(session, "1", WINNERS_Q1, Limb.NATIONAL_SECURITY, "Otherwise.")
        assert len(added(session).withheld) == 1
        summaries.release(session, "1", WINNERS_Q1)
        assert added(session).withheld == ()
        with pytest.raises(UnknownReference, match="Nothing is withheld"):
            summaries.release(session, "1", WINNERS_Q1)


def test_a24_further_reasons_are_withheld_from_their_supplier_and_told_in_the_file(
    tmp_path: Path,
) -> None:
    at = TextAt(ALDER, ALDER, "")
    with at_award(tmp_path) as session:
        summaries.withhold(session, "1", at, Limb.COMMERCIAL, "It tells a method of work.")
        (found,) = (one for one in summaries.to_send(session, "1") if one.addressee == ALDER)
        assert found.further.text == ""
        model = report_model(session)
        told = all_text(summary_report(found, letterhead(model)))
        assert "withheld here under section 94(1)(b)" in told.replace("\u00a0", " ")
        report = all_text(award_report(model))
        assert "Further reasons why it is not successful, Alder Ltd: s.94(1)(b)" in report
        assert "method of work" not in told + report
        summaries.release(session, "1", at)
        assert summaries.summary(session, "1", ALDER).further.text
        with pytest.raises(UnknownReference, match="told to the supplier that they are about"):
            summaries.withhold(session, "1", TextAt(ALDER, BIRCH, ""), Limb.COMMERCIAL, "x")


def test_a24_withholding_without_a_note_is_refused(tmp_path: Path) -> None:
    with at_award(tmp_path) as session, pytest.raises(ReasonNeeded, match="public interest"):
        summaries.withhold(session, "1", WINNERS_Q1, Limb.COMMERCIAL, "  ")


Act = Callable[[Session], object]
WRONG: list[tuple[str, Act]] = [
    ("no lot", lambda one: summaries.explain_further(one, "9", ALDER, "x")),
    ("no bidder", lambda one: summaries.explain_further(one, "1", BidderId("b-9"), "x")),
    ("no criterion", lambda one: summaries.explain_price(one, "1", ALDER, "Q9", "x")),
    ("no price criterion", lambda one: summaries.explain_price(one, "1", ALDER, "Q1", "x")),
    ("no award criterion", lambda one: summaries.explain_score(one, "1", ALDER, "PRICE", "x")),
    ("no sub-criterion", lambda one: summaries.explain_score(one, "1", ALDER, "Q1", "x", sub="z")),
    ("no lot", lambda one: summaries.summary(one, "9", ALDER)),
    ("given no", lambda one: summaries.summary(one, "1", BidderId("b-9"))),
]


@pytest.mark.parametrize(("what", "act"), WRONG)
def test_what_is_not_there_is_refused(tmp_path: Path, what: str, act: Act) -> None:
    with at_award(tmp_path) as session, pytest.raises(UnknownReference, match=what):
        act(session)


@pytest.mark.parametrize("stage", ["priced", "agreed"])
def test_additions_come_with_the_award(tmp_path: Path, stage: str) -> None:
    with a_desk(tmp_path, stage).session() as session, pytest.raises(NotAllowedNow):
        summaries.explain_further(session, "1", ALDER, "Because.")


def test_whoever_only_scores_adds_nothing(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        ben = session.acting_as(BEN)
        for act in (
            lambda: summaries.explain_further(ben, "1", ALDER, "Because."),
            lambda: dispatch.record_dispatch(ben, "1", DAY, "e-mail", SENT),
            lambda: summaries.complete_particulars(ben, Bidder(ALDER, "Alder Ltd"), "Letter."),
        ):
            with pytest.raises(RuleRefusal, match="Ben Bell"):
                act()


def test_a_text_that_names_a_third_bidder_keeps_every_summary_in(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        summaries.explain_score(session, "1", BIRCH, "Q1", "Clearer than Alder Ltd.")
        (gap,) = summaries.ready(session, "1").missing
        assert gap.addressee == BIRCH
        assert "“Alder Ltd”" in gap.words
        with pytest.raises(IncompleteRecord, match="Alder Ltd"):
            summaries.to_send(session, "1")


def test_panel_members_in_a_text_are_remarked(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        for name in ("Ben Bell", "Cam Cole", "Cam"):
            summaries.explain_score(session, "1", BIRCH, "Q1", f"Sound, as {name} found.")
            found = summaries.ready(session, "1")
            assert found.missing == ()
            assert [remark.bidder for remark in found.remarks] == [BIRCH], name


def test_a_first_name_in_what_is_published_is_shown_and_stops_nothing(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        assert publication_remarks(report_model(session)) == ()
        summaries.explain_score(session, "1", BIRCH, "Q1", "Cam found it sound.")
        told = "“Cam” may be somebody’s name: “Cam found it sound.”"
        assert publication_remarks(report_model(session)) == (told,)
        path = write_report(session, "award-publication", tmp_path / "out.pdf")
        assert "Cam found it sound." in " ".join(page_texts(path))
    with a_desk(tmp_path, "priced").session() as session:
        assert publication_remarks(report_model(session)) == ()


def test_particulars_are_completed_with_a_reason_and_nothing_else_changes(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        with session.reading() as reader:
            alder = reader.bidders()[0]
        wanted = replace(
            alder, name="Other Ltd", address=" 9 Low Road ", identifier="07711", sme=True
        )
        with pytest.raises(ReasonNeeded):
            summaries.complete_particulars(session, wanted, " ")
        changed = summaries.complete_particulars(session, wanted, "Their letter of 1 March.")
        assert (changed.name, changed.address, changed.sme) == ("Alder Ltd", "9 Low Road", True)
        found = summaries.summary(session, "1", ALDER)
        assert (found.address, found.identifier) == ("9 Low Road", "07711")
        assert kinds(session)[-1] == "particulars completed"
        assert reasons(session)[-1] == "Their letter of 1 March."


# The register of what went out


def test_a_dispatch_is_kept_with_day_way_address_and_digest(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        made = dispatch.record_dispatch(session, "1", DAY, " e-mail ", SENT)
        assert (made.on, made.how) == (DAY, "e-mail")
        assert made.sent == (
            (ALDER, "bids@alder.example", SHA),
            (BIRCH, "bids@birch.example", SHA),
        )
        with session.reading() as reader:
            assert dispatch.dispatch_of(reader, made.lot) == made
            (entry,) = dispatch.register(reader)
        assert entry.dispatch == made
        assert kinds(session)[-1] == "summaries sent"


def test_all_go_out_at_the_same_time(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        with pytest.raises(RuleRefusal, match=r"left out: Birch Ltd\."):
            dispatch.record_dispatch(session, "1", DAY, "e-mail", {ALDER: SENT[ALDER]})
        more = {**SENT, BidderId("b-9"): SENT[ALDER]}
        with pytest.raises(RuleRefusal, match="given no summary"):
            dispatch.record_dispatch(session, "1", DAY, "e-mail", more)


@pytest.mark.parametrize(
    ("how", "sent", "words"),
    [
        (" ", SENT, "How they went is not said"),
        ("e-mail", {**SENT, ALDER: Sent(" ", SHA)}, "The address is missing: Alder Ltd"),
        ("e-mail", {**SENT, ALDER: Sent("a@x.example", "abc")}, "SHA-256 of the PDF is missing"),
        ("e-mail", {**SENT, ALDER: Sent("a@x.example", "AB" * 32)}, "SHA-256 of the PDF"),
    ],
)
def test_a_dispatch_says_everything(
    tmp_path: Path, how: str, sent: dict[BidderId, Sent], words: str
) -> None:
    with at_award(tmp_path) as session, pytest.raises(RuleRefusal, match=words):
        dispatch.record_dispatch(session, "1", DAY, how, sent)


def test_a_dispatch_ahead_of_its_day_or_of_the_approval_is_refused(tmp_path: Path) -> None:
    with at_award(tmp_path, approved=False) as session:
        tomorrow = session.clock().date() + timedelta(days=1)
        with pytest.raises(RuleRefusal, match=r"not approved.* lies ahead"):
            dispatch.record_dispatch(session, "1", tomorrow, "e-mail", SENT)


def test_nothing_incomplete_is_recorded_as_sent(tmp_path: Path) -> None:
    desk = decided(tmp_path)
    _blank_releasable(desk)
    with desk.session() as session, pytest.raises(IncompleteRecord, match="Q2"):
        dispatch.record_dispatch(session, "1", DAY, "e-mail", SENT)


def test_after_sending_an_edit_and_a_second_sending_need_a_reason(tmp_path: Path) -> None:
    with at_award(tmp_path) as session:
        dispatch.record_dispatch(session, "1", DAY, "e-mail", SENT)
        with pytest.raises(ReasonNeeded, match="went out"):
            summaries.explain_further(session, "1", ALDER, "Other words.")
        summaries.explain_further(session, "1", ALDER, "Other words.", reason="A slip.")
        with pytest.raises(ReasonNeeded, match="sent already"):
            dispatch.record_dispatch(session, "1", DAY, "e-mail", SENT)
        dispatch.record_dispatch(session, "1", DAY, "post", SENT, reason="A slip in one.")
        with session.reading() as reader:
            assert [item.dispatch.how for item in dispatch.register(reader)] == ["e-mail", "post"]
        assert reasons(session)[-1] == "A slip in one."


def test_it_goes_on_after_the_tender_is_closed(tmp_path: Path) -> None:
    with a_desk(tmp_path, "closed").session() as session:
        assert not any(one.draft for one in summaries.to_send(session, "1"))
        dispatch.record_dispatch(session, "1", DAY, "e-mail", SENT)


# Export


def write(summary: AssessmentSummary, path: Path) -> str:
    content = summary.name.encode()
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


class Stopping:
    """Stops the work at one step."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.told: list[tuple[int, int, str]] = []

    def step(self, done: int, total: int, label: str) -> None:
        self.told.append((done, total, label))
        if done == self.at:
            raise Cancelled


def test_all_are_written_at_once_and_entered_in_the_list_of_documents(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "lot 1"
    with at_award(tmp_path) as session:
        progress = Stopping(-1)
        made = export_all(session, "1", folder, {".pdf": write, ".docx": write}, progress)
        assert [(item.bidder, item.path.name) for item in made] == [
            (ALDER, "summary-lot-1-Alder Ltd.pdf"),
            (ALDER, "summary-lot-1-Alder Ltd.docx"),
            (BIRCH, "summary-lot-1-Birch Ltd.pdf"),
            (BIRCH, "summary-lot-1-Birch Ltd.docx"),
        ]
        assert sorted(item.name for item in folder.iterdir()) == sorted(
            item.path.name for item in made
        )
        assert hashlib.sha256(made[0].path.read_bytes()).hexdigest() == made[0].sha256
        assert progress.told[-1] == (4, 4, "")
        with session.reading() as reader:
            assert [item["sha256"] for item in reader.documents_made()] == [
                item.sha256 for item in made
            ]
        with pytest.raises(FileExists, match="Alder"):
            export_all(session, "1", folder, {".pdf": write})


@pytest.mark.parametrize("at", [0, 1, 2])
def test_stopped_it_leaves_nothing_behind(tmp_path: Path, at: int) -> None:
    folder = tmp_path / "out"
    with at_award(tmp_path) as session:
        with pytest.raises(Cancelled):
            export_all(session, "1", folder, {".pdf": write}, Stopping(at))
        assert list(folder.iterdir()) == []
        with session.reading() as reader:
            assert reader.documents_made() == ()


def test_drafts_say_so_in_their_names(tmp_path: Path) -> None:
    with at_award(tmp_path, approved=False) as session:
        made = export_all(session, "1", tmp_path / "out", {".pdf": write})
        assert made[0].path.name == "summary-lot-1-Alder Ltd-draft.pdf"


def test_a_folder_that_takes_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with at_award(tmp_path) as session, pytest.raises(Exception, match="no folder"):
        export_all(session, "1", tmp_path / "file" / "x", {".pdf": write})
