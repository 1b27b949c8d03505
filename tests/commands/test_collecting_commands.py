"""Collecting by command: trial, refusals, receipts, the one JSON object."""

from pathlib import Path

from tendereval.exchange.example import fill_scoring_workbook
from tests.commands.laptops import PEOPLE, Laptops, laptops, one_object, rows_of
from tests.service.builders import SCORES

# Collecting


def test_collect_json_is_exactly_one_object(tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    words = ("collect", "bench.tender", "ben.scores", "--json", *place.key("ana"))
    tried = one_object(place.done(*words, "--dry-run"))
    assert (tried["ok"], tried["dry_run"]) == (True, True)
    (row,) = rows_of(tried)
    assert (row["verdict"], row["evaluator"], row["new"], row["refused"]) == (
        "to be merged",
        "Ben Bell",
        4,
        None,
    )
    done = one_object(place.done(*words))
    assert (done["ok"], done["changed"], done["scores_added"]) == (True, True, 4)
    assert str(done["backup"]).startswith("bench.v")
    receipts = done["receipts"]
    assert isinstance(receipts, list)
    (receipt,) = receipts
    assert isinstance(receipt, dict)
    place.done("receipt", "ben.scoring", str(receipt["receipt"]))
    again = one_object(place.done(*words))
    assert (again["changed"], again["scores_added"], again["backup"]) == (False, 0, None)


def test_one_refused_return_stops_them_all(tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    spoilt = bytearray(place.path("cam.scores").read_bytes())
    spoilt[-20] ^= 1
    place.path("spoilt.scores").write_bytes(spoilt)
    before = place.path("bench.tender").read_bytes()
    words = ("collect", "bench.tender", "ben.scores", "spoilt.scores", *place.key("ana"))
    told = place.refused(*words)
    assert "spoilt.scores: refused." in told
    assert "Leave out what is refused" in told
    for more in ((), ("--dry-run",)):
        result = place.run(*words, "--json", *more)
        found = one_object(result)
        assert (result.status, found["ok"]) == (1, False)
        assert {"refused", "kept", "do"} <= set(found)
        assert [row["verdict"] for row in rows_of(found)] == ["to be merged", "refused"]
    assert place.path("bench.tender").read_bytes() == before


def test_an_older_return_is_taken_only_with_a_reason(tmp_path: Path) -> None:
    place = laptops(tmp_path, "scored")
    place.return_("ben", "first.scores")
    later = {"Scores": (SCORES[0], (*SCORES[1][:3], 1, "On second thoughts."))}
    place.done("score", "ben.scoring", "--from", place.book(later))
    place.return_("ben", "second.scores")
    collect = ("collect", "bench.tender", *place.key("ana"))
    place.done(*collect, "second.scores")
    told = place.refused(*collect, "first.scores")
    assert "--insist REASON" in told
    done = place.done(*collect, "first.scores", "--insist", "Ben withdrew his second thoughts.")
    assert "1 changed" in done.out
    assert place.desk.entries()[-1].reason == "Ben withdrew his second thoughts."


def test_another_key_is_accepted_only_with_a_reason(tmp_path: Path) -> None:
    place = laptops(tmp_path, "scored")
    place.return_("ben", "first.scores")
    collect = ("collect", "bench.tender", *place.key("ana"))
    place.done(*collect, "first.scores")
    name, email = PEOPLE["ben"]
    place.done("identity", "create", "--name", name, "--email", email, *place.out("new.key"))
    place.done("return", "ben.scoring", *place.out("second.scores"), *place.key("new"))
    assert "another key than the one known" in place.refused(*collect, "second.scores")
    accept = (*collect, "second.scores", "--accept-key")
    assert "with a reason" in place.refused(*accept, "Ben Bell")
    assert "was refused for its key" in place.refused(*accept, "Cam Cole", "--insist", "Why.")
    trial = ("--insist", "Why.", "--dry-run")
    assert "A trial records nothing" in place.refused(*accept, "Ben Bell", *trial)
    place.done(*accept, email, "--insist", "Ben read the words to me by phone.")
    place.done(*collect, "second.scores")


def test_collecting_asks_for_keys_or_refuses(tmp_path: Path) -> None:
    place = laptops(tmp_path, "returned")
    words = ("collect", "bench.tender", "ben.scores")
    assert "Your own keys are not given" in place.refused(*words)
    key = str(place.path("ana.key"))
    assert place.asked(lambda _prompt, _hidden: key, *words).status == 0
    assert "There is no file" in place.refused(
        "collect", "bench.tender", "gone.scores", *place.key("ana")
    )


def test_a_scoring_workbook_there_and_back_without_keys(tmp_path: Path) -> None:
    place = laptops(tmp_path, "bare")
    words = ("bench.tender", "--for", "Cam Cole", "--workbook", *place.out("cam.xlsx"))
    made = place.done("pack", *words)
    assert "workbook 1 for" in made.out
    assert "It is not sealed" in made.out
    fill(place.path("cam.xlsx"), place)
    done = place.done("collect", "bench.tender", "cam.xlsx")
    assert "not signed" in done.out
    assert "4 scores added" in done.out
    assert "Receipts" not in done.out


def fill(path: Path, place: Laptops) -> None:
    rows = place.own_scores("cam")["Scores"]
    names = [str(cell) for cell in rows[0]]
    fill_scoring_workbook(path, [dict(zip(names, row, strict=True)) for row in rows[1:]])


def test_scores_that_come_after_moderation_opened_are_held_apart(tmp_path: Path) -> None:
    place = laptops(tmp_path, "collected")
    later = {"Scores": (SCORES[0], (*SCORES[1][:3], 1, "On second thoughts."))}
    place.done("score", "ben.scoring", "--from", place.book(later))
    place.return_("ben", "later.scores")
    assert "No return is held apart." in place.done("held", "bench.tender").out
    place.done("stage", "bench.tender", "--to", "moderation")
    done = place.done("collect", "bench.tender", "later.scores", *place.key("ana"))
    assert "1 return held apart" in done.out
    (row,) = rows_of(one_object(place.done("held", "bench.tender", "--json")), "held")
    assert (row["evaluator"], row["differing"]) == ("Ben Bell", ["Q1, Alder Ltd"])
    beginning = str(row["sha256"])[:12]
    assert beginning in place.done("held", "bench.tender").out
    take = ("held", "bench.tender", "--take")
    assert "Individual scores are locked" in place.refused(*take, beginning, "--reason", "Why.")
    assert place.refused(*take, "0000", "--reason", "Why.")
    back = ("stage", "bench.tender", "--to", "scoring", "--reason", "Ben was late.")
    place.done(*back)
    assert "reason" in place.refused(*take, beginning)
    assert "1 score added" in place.done(*take, beginning, "--reason", "Ben was late.").out
    assert "No return is held apart." in place.done("held", "bench.tender").out
    assert place.done("check", "bench.tender", "--json").json["ok"] is True
