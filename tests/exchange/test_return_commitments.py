"""Commitments in returns: they travel exactly; older returns without them are still read."""

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tendereval.domain.bidding import Place
from tendereval.domain.errors import ExchangeProblem, UnreadablePack
from tendereval.domain.ids import BidderId, CriterionId, LotId
from tendereval.domain.publicvalue.commitments import Commitment, Quote
from tendereval.exchange import return_file, seal
from tendereval.exchange.return_file import MAX_TEXT, body_json, read_signed, signed
from tests.exchange.travellers import ANN, a_body, a_score

PROMISE = Commitment(
    "c-p-2-00ff00ff-1",
    Place(BidderId("bidder-a"), CriterionId("Q2"), LotId("1")),
    Quote("Two “apprentices”\n", 7, "3"),
    "Site manager",
    "Take on apprentices",
    Fraction(5, 2),
    "% of staff",
    date(2028, 2, 29),
    "Payroll",
    "1 of 40",
    "Nothing",
    ("g-1",),
    ("8.5", "1.a"),
    "",
    "Twice.",
)


def resigned(data: bytes) -> bytes:
    """Sign some bytes as Ann's program would sign a body."""
    signature = seal.sign(ANN, b"tendereval return 1\n" + data)
    return f"tendereval-return 1 {ANN.public.signing} {signature}\n".encode() + data


def written(envelope: object) -> bytes:
    return json.dumps(envelope, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def test_commitments_travel_exactly() -> None:
    body = replace(a_body(a_score()), commitments=(PROMISE, replace(PROMISE, how_many=None)))
    assert read_signed(signed(body, ANN))[0] == body
    assert json.loads(body_json(body))["minor"] == 1


def test_a_return_of_the_version_before_is_still_read() -> None:
    body = a_body(a_score())
    older = json.loads(body_json(body))
    older["minor"] = 0
    del older["content"]["commitments"]
    assert read_signed(resigned(written(older)))[0] == body


def test_a_return_of_the_version_before_is_read_in_one_form_only() -> None:
    older = json.loads(body_json(a_body(a_score())))
    older["minor"] = 0
    del older["content"]["commitments"]
    loose = json.dumps(older, sort_keys=True, ensure_ascii=False).encode()
    with pytest.raises(UnreadablePack):
        read_signed(resigned(loose))


def test_many_commitments_travel_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = tuple(replace(PROMISE, id=f"c-{number}") for number in range(1_000))
    body = replace(a_body(), commitments=many)
    plain = signed(body, ANN)
    assert read_signed(plain)[0] == body
    monkeypatch.setattr(return_file, "MAX_COMMITMENTS", 999)
    with pytest.raises(ExchangeProblem, match="more than one return may hold"):
        signed(body, ANN)
    with pytest.raises(UnreadablePack, match="holds far more"):
        read_signed(plain)


@pytest.mark.parametrize(
    "item",
    [
        replace(PROMISE, anyway="x" * (MAX_TEXT + 1)),
        replace(PROMISE, quote=Quote("x" * (MAX_TEXT + 1), 0)),
        replace(PROMISE, sdg_targets=("x" * (MAX_TEXT + 1),)),
        replace(PROMISE, place=replace(PROMISE.place, criterion=CriterionId("x" * (MAX_TEXT + 1)))),
    ],
)
def test_a_text_that_is_too_long_is_refused(item: Commitment) -> None:
    body = replace(a_body(), commitments=(item,))
    with pytest.raises(ExchangeProblem, match="A text is longer than"):
        signed(body, ANN)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("how_many", "1/3"),
        ("how_many", "1" * 65),
        ("how_many", 2),
        ("by_when", "2027-02-30"),
        ("goals", "g-1"),
        ("quote", None),
        ("place", {"bidder": "b"}),
    ],
)
def test_other_values_than_a_commitment_has_are_refused(name: str, value: object) -> None:
    data = json.loads(body_json(replace(a_body(), commitments=(PROMISE,))))
    data["content"]["commitments"][0][name] = value
    with pytest.raises(UnreadablePack):
        read_signed(resigned(written(data)))
