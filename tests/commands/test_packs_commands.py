"""The lead's commands about packs: what each does, prints and refuses."""

import os
import stat
from pathlib import Path

import pytest

from tests.commands.laptops import LEADS, PEOPLE, TOLD, Laptops, laptops, one_object, rows_of
from tests.service.builders import AFTER, BIDDERS, RESPONSES, SET_UP, TENDER, Desk


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def words_in(text: str) -> str:
    """Return the eight words that a command told."""
    line = next(line for line in text.splitlines() if line.lower().startswith(("your w", "words")))
    return line.partition(": ")[2]


# Own keys and contact cards


def test_own_keys_are_made_once_and_for_oneself_only(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    words = ("--name", "Eve Early", "--email", "eve@x.example", *place.out("eve.key"))
    made = place.done("identity", "create", *words)
    assert os.name != "posix" or mode(place.path("eve.key")) == 0o600
    card = place.done("identity", "card", "eve.key", *place.out("eve.evaluator"))
    assert len(words_in(made.out).split()) == 8
    assert words_in(made.out) == words_in(card.out)
    assert b"SECRET" not in place.path("eve.evaluator").read_bytes()
    assert "SECRET" not in made.out + card.out
    before = place.path("eve.key").read_bytes()
    assert "There is a file eve.key already" in place.refused("identity", "create", *words)
    assert place.path("eve.key").read_bytes() == before


def test_keys_with_a_passphrase_open_with_it_only(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    place.path("wrong.txt").write_text("another passphrase", encoding="utf-8")
    words = ("--name", "Eve", "--email", "eve@x.example", *place.out("eve.key"))
    place.done("identity", "create", *words, "--identity-passphrase-file", "told.txt")
    card = ("identity", "card", "eve.key", *place.out("eve.evaluator"))
    assert "opens with a passphrase" in place.refused(*card)
    assert not place.path("eve.evaluator").exists()
    given = "--identity-passphrase-file"
    assert "passphrase" in place.refused(*card, given, "wrong.txt")
    place.done(*card, given, "told.txt")
    asked: list[tuple[str, bool]] = []

    def typed(prompt: str, hidden: bool) -> str:  # noqa: FBT001 - as the terminal is asked
        asked.append((prompt, hidden))
        return TOLD.upper().replace(" ", "-")

    assert place.asked(typed, *card).status == 0
    assert asked == [("Passphrase of eve.key: ", True)]


@pytest.mark.parametrize("content", [b"", b"\n", b"one\ntwo\n", b"\xff\xfe\0", b"x" * 70_000])
def test_a_passphrase_file_holds_one_line(tmp_path: Path, content: bytes) -> None:
    place = laptops(tmp_path, "packed")
    place.path("odd.txt").write_bytes(content)
    words = ("cam-1.scorepack", *place.out("x.scoring"), "--passphrase-file")
    for name in ("odd.txt", str(tmp_path), str(tmp_path / "gone.txt")):
        assert place.refused("open-pack", *words, name)
    assert not place.path("x.scoring").exists()


def test_keys_belong_to_somebody(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    told = place.refused(
        "identity", "create", "--name", " ", "--email", "e@x.example", *place.out("eve.key")
    )
    assert "Keys belong to somebody" in told
    assert "not a key file" in place.refused(
        "identity", "card", "ben.evaluator", *place.out("eve.evaluator")
    )


# The lead's way out


def test_the_first_pack_makes_the_tenders_keys_and_a_recovery_key(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    made = place.pack("ben", "ben-1.scorepack")
    recovery = place.path("bench.recovery-key.txt")
    assert f"Their recovery key lies in {recovery}" in made.out
    assert "pack 1 for Ben Bell, 4 answers, sealed to the key" in made.out
    assert os.name != "posix" or mode(recovery) == 0o600
    sheet = recovery.read_text(encoding="utf-8")
    assert "AGE-SECRET-KEY-1" in sheet
    secret = next(line for line in sheet.splitlines() if line.startswith("AGE-SECRET"))
    assert secret not in made.out
    assert secret.encode() not in place.path("bench.tender").read_bytes()
    again = place.pack("ben", "ben-2.scorepack")
    assert "recovery" not in again.out
    assert "pack 2 for Ben Bell" in again.out


def test_the_recovery_key_goes_where_it_is_wanted_and_over_nothing(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    place.path("safe.txt").write_text("mine", encoding="utf-8")
    before = place.path("bench.tender").read_bytes()
    words = ("bench.tender", "--for", "Ben Bell", *place.out("x.scorepack"), *place.key("ana"))
    told = place.refused("pack", *words, "--card", "ben.evaluator", "--recovery-key", "safe.txt")
    assert "There is a file safe.txt already" in told
    assert place.path("bench.tender").read_bytes() == before
    assert place.path("safe.txt").read_text(encoding="utf-8") == "mine"
    other = str(tmp_path / "other.txt")
    place.done("pack", *words, "--card", "ben.evaluator", "--recovery-key", other)
    assert place.path("other.txt").exists()
    assert not place.path("bench.recovery-key.txt").exists()


def test_a_colleagues_card_takes_the_place_of_the_recovery_key(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    made = place.pack("ben", "ben-1.scorepack", "--second-card", "dot.evaluator")
    assert "Dot Dean can open returns too" in made.out
    assert not place.path("bench.recovery-key.txt").exists()
    words = ("bench.tender", "--for", "Ben Bell", *place.out("x.scorepack"), *place.key("ana"))
    told = place.refused("pack", *words, "--second-card", "cam.evaluator")
    assert "The tender's keys are made already" in told


def test_another_way_in_is_the_recovery_key_or_a_colleague(tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    collect = ("collect", "bench.tender", "ben.scores", "--dry-run", "--by", "Dot Dean")
    assert "sealed to somebody else" in place.refused(*collect, *place.key("dot"))
    assert "Made on" in place.done("keys", "bench.tender").out
    hand_over = ("keys", "bench.tender", "--hand-over", "dot.evaluator", *place.key("ana"))
    assert "needs a reason" in place.refused(*hand_over)
    place.done(*hand_over, "--reason", "Ana is away.")
    place.done(*collect, *place.key("dot"))
    recover = ("keys", "bench.tender", "--recover-with")
    assert "does not hold one recovery key" in place.refused(
        *recover, "told.txt", *place.key("cam")
    )
    place.done(*recover, "bench.recovery-key.txt", *place.key("cam"))
    place.done(*collect, *place.key("cam"))
    out = place.done("keys", "bench.tender").out
    assert out.count("Sealed anew") == 2
    assert "Ana is away." in out


def test_packs_for_everybody_at_once(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    words = ("bench.tender", "--all", *place.out("packs"), *place.key("ana"))
    cards = ("--card", "ben.evaluator", "--card", "cam.evaluator")
    told = place.refused("pack", *words, "--card", "ben.evaluator")
    assert "There is nothing to seal the pack for" in told
    assert not place.path("packs").exists()
    done = place.done("pack", *words, *cards)
    found = sorted(path.name for path in place.path("packs").iterdir())
    assert len([name for name in found if name.endswith(".scorepack")]) == len(found) >= 2
    assert done.out.count("sealed to the key") == len(found)


def test_a_proposed_passphrase_is_told_once(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    words = ("bench.tender", "--for", "Cam Cole", *place.out("cam-1.scorepack"))
    made = place.asked(lambda _prompt, _hidden: "", "pack", *words, *place.key("ana"))
    assert made.status == 0, made.err
    line = next(line for line in made.out.splitlines() if "this passphrase" in line)
    spoken = line.rpartition(": ")[2]
    assert len(spoken.split("-")) == 6
    opened = place.asked(
        lambda _prompt, _hidden: spoken, "open-pack", "cam-1.scorepack", *place.out("cam.scoring")
    )
    assert opened.status == 0, opened.err


def test_the_day_and_the_message_reach_the_evaluator(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    wanted = ("--return-by", "2027-03-31", "--message", "Take your time & read <all> of it.")
    place.pack("ben", "ben-1.scorepack", *wanted, "--part-allowed")
    opened = place.open_pack("ben", "ben-1.scorepack")
    assert "Wanted back by 31 March 2027 23:59." in opened.out
    assert "Ana Ames writes: Take your time & read <all> of it." in opened.out
    assert "protected by this computer's own disk encryption" in opened.out


PACK_REFUSALS = {
    "no keys given": (("--for", "Ben Bell", "--card", "ben.evaluator"), "Your own keys are not"),
    "nothing to seal with": (("--for", "Cam Cole", "--identity", "ana.key"), "nothing to seal"),
    "nobody of that name": (
        ("--for", "Zoe", "--card", "ben.evaluator", "--identity", "ana.key"),
        "Nobody on the panel is called 'Zoe'",
    ),
    "a card that is none": (
        ("--for", "Ben Bell", "--card", "told.txt", "--identity", "ana.key"),
        "contact card",
    ),
    "a card of somebody else": (
        ("--for", "Ben Bell", "--card", "dot.evaluator", "--identity", "ana.key"),
        "Dot Dean|dot@x.example|somebody else",
    ),
    "two cards": (
        (
            *("--for", "Ben Bell", "--card", "ben.evaluator", "--card", "dot.evaluator"),
            *("--identity", "ana.key"),
        ),
        "sealed to one card",
    ),
    "a key file that is none": (
        ("--for", "Ben Bell", "--card", "ben.evaluator", "--identity", "ben.evaluator"),
        "not a key file",
    ),
}


@pytest.mark.parametrize("case", PACK_REFUSALS)
def test_a_pack_that_cannot_be_made_leaves_nothing(case: str, tmp_path: Path) -> None:
    words, says = PACK_REFUSALS[case]
    place = laptops(tmp_path, "bare")
    told = place.refused("pack", "bench.tender", *words, *place.out("x.scorepack"))
    assert any(part in told for part in says.split("|")), told
    assert not place.path("x.scorepack").exists()


# Signatures


def test_heads_are_signed_and_verified(tmp_path: Path) -> None:
    place = laptops(tmp_path, "agreed")
    found = place.done("check", "bench.tender", "--json").json
    assert (found["ok"], found["signed_returns"]) == (True, 2)
    assert found["signed_heads"] == 3
    told = place.done("check", "bench.tender").out
    assert "Genuine signatures: 3 heads of the record, 2 returns." in told
    place.desk.sql("UPDATE signed_head SET signature = replace(signature, 'a', 'b')")
    spoilt = place.run("check", "bench.tender", "--json")
    assert (spoilt.status, spoilt.json["ok"]) == (1, False)
    assert any("signature" in str(fault) for fault in spoilt.json["faults"])  # type: ignore[union-attr]


def test_a_stage_is_entered_without_keys_too(tmp_path: Path) -> None:
    place = laptops(tmp_path, "collected")
    place.done("stage", "bench.tender", "--to", "moderation")
    assert place.done("check", "bench.tender", "--json").json["signed_heads"] == 2
    told = place.refused("stage", "bench.tender", "--to", "scoring", "--identity", "told.txt")
    assert "key file" in told


# Hidden names


def test_names_are_listed_decided_and_revealed(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    hidden = laptops_with_hidden_names(tmp_path / "hidden")
    assert "not hidden" in place.done("names", "bench.tender").out
    listed = hidden.done("names", "bench.tender", "--json").json
    assert listed["names_hidden"] is True
    assert listed["undecided"] == 2
    words = ("bench.tender", "--for", "Ben Bell", *hidden.out("ben-1.scorepack"))
    sealed = ("--card", "ben.evaluator", *hidden.key("ana"))
    assert "not decided yet" in hidden.refused("pack", *words, *sealed)
    assert "There is no place '9'" in hidden.refused("names", "bench.tender", "--redact", "9")
    assert (
        "1 of 2" in hidden.done("names", "bench.tender", "--accept", "1", "--reason", "Wood.").out
    )
    assert "Every place is decided." in hidden.done("names", "bench.tender", "--redact", "all").out
    hidden.done("pack", *words, *sealed)
    assert "needs a reason" in hidden.refused("names", "bench.tender", "--reveal")
    hidden.done("names", "bench.tender", "--reveal", "--reason", "The panel asked.")
    assert "not hidden" in hidden.done("names", "bench.tender").out


def laptops_with_hidden_names(folder: Path) -> Laptops:
    """Return the small tender, its bidders hidden, with the evaluators' keys."""
    folder.mkdir()
    desk = Desk(folder)
    hiding = {**SET_UP, "Tender": (*TENDER, ("Hide bidder names", "yes"))}
    assert desk.new(hiding).status == 0
    assert desk.enter("published").status == 0
    assert desk.take_in({"Bidders": BIDDERS, "Responses": RESPONSES}).status == 0
    desk.clock.now = AFTER
    assert desk.enter("scoring").status == 0
    assert desk.take_in(LEADS).status == 0
    place = Laptops(desk)
    for who in ("ana", "ben"):
        name, email = PEOPLE[who]
        words = ("--name", name, "--email", email, *place.out(f"{who}.key"))
        place.done("identity", "create", *words)
        place.done("identity", "card", f"{who}.key", *place.out(f"{who}.evaluator"))
    return place


# Words that nobody expects

HOSTILE = ("'; DROP TABLE score; --", "=cmd|' /C calc'!A0", "\u202edesrever", "two\nlines", "💥")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_travel_as_they_are(text: str, tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    place.pack("ben", "ben-1.scorepack", "--message", text)
    opened = place.open_pack("ben", "ben-1.scorepack")
    assert f"Ana Ames writes: {text}" in opened.out
    place.done("declare", "ben.scoring", "--interest", text)
    place.return_("ben", "ben.scores", "--kind", "declaration", "--question", text)
    done = place.done("collect", "bench.tender", "ben.scores", "--json", *place.key("ana"))
    (row,) = rows_of(one_object(done))
    assert row["question"] == text
    with place.desk.looking() as session, session.reading() as reader:
        assert text in [item.interest for item in reader.declarations()]
        assert reader.record_faults() == ()


@pytest.mark.parametrize("half", ["\udcff", "name\ud800"])
def test_half_a_character_is_refused(half: str, tmp_path: Path) -> None:
    place = laptops(tmp_path, "declared")
    before = place.path("ben.scoring").read_bytes()
    assert place.refused("declare", "ben.scoring", "--interest", half)
    assert place.refused(
        *("return", "ben.scoring", *place.out("x.scores"), "--kind", "declaration"),
        *("--question", half, *place.key("ben")),
    )
    assert place.path("ben.scoring").read_bytes() == before
    assert not place.path("x.scores").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("identity",),
        ("identity", "fly"),
        ("identity", "create", "--name", "N"),
        ("pack", "f", "--out", "x"),
        ("pack", "f", "--for", "x", "--all", "--out", "x"),
        ("pack", "f", "--for", "x"),
        ("pack", "f", "--for", "x", "--out", "y", "--return-by", "soon"),
        ("pack", "f", "--for", "x", "--out", "y", "--record", "--workbook"),
        ("open-pack", "x"),
        ("declare", "f"),
        ("declare", "f", "--none", "--interest", "x"),
        ("score", "f"),
        ("return", "f"),
        ("return", "f", "--out", "x", "--kind", "poem"),
        ("collect", "f"),
        ("confirm", "f", "--agree", "x"),
        ("receipt",),
        ("keys", "f", "--hand-over", "x", "--recover-with", "y"),
        ("names", "f", "--redact"),
    ],
)
def test_wrong_usage_is_status_two(words: tuple[str, ...], tmp_path: Path) -> None:
    done = laptops(tmp_path, "bare").run(*words)
    assert (done.status, done.out) == (2, "")
    assert "usage: tendereval" in done.err


def test_somebody_whom_the_tender_does_not_know_is_not_at_work(tmp_path: Path) -> None:
    """A slip of the pen makes no new person; who is known is listed."""
    place = laptops(tmp_path, "returned")
    before = place.path("bench.tender").read_bytes()
    key = place.key("ana")
    for words in (
        ("pack", "bench.tender", "--for", "Ben Bell", *place.out("x.scorepack"), *key),
        ("pack", "bench.tender", "--for", "Ben Bell", *place.out("x.xlsx"), "--workbook"),
        ("names", "bench.tender", "--reveal", "--reason", "Why not."),
        ("keys", "bench.tender", "--hand-over", "dot.evaluator", "--reason", "Away.", *key),
        ("collect", "bench.tender", "ben.scores", *key),
        ("collect", "bench.tender", "ben.scores", "--dry-run", *key),
        ("held", "bench.tender", "--take", "abc"),
    ):
        told = place.refused(*words, "--by", "Anna Ames")
        assert "Nobody in this tender is called 'Anna Ames'." in told
        assert "Ana Ames (ana@x.example); Ben Bell (ben@x.example)" in told
    assert place.path("bench.tender").read_bytes() == before
    place.done("collect", "bench.tender", "ben.scores", *key, "--by", "ANA@x.example")


def test_scoring_workbooks_for_everybody_are_written_all_or_none(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    words = ("pack", "bench.tender", "--all", "--workbook", *place.out("books"))
    place.path("books").mkdir()
    (place.path("books") / "T-1 Community panel member 1.xlsx").write_text("mine")
    assert "already" in place.refused(*words)
    assert len(list(place.path("books").iterdir())) == 1
    (place.path("books") / "T-1 Community panel member 1.xlsx").unlink()
    place.path("books").rmdir()
    done = place.done(*words)
    assert done.out.count("Wrote") == len(list(place.path("books").glob("*.xlsx"))) >= 2
