"""The worked example's files fit together: words, limits and what is made of them."""

import re

import pytest

from tendereval.domain.publicvalue.certificates import Assurance, SchemeLevel
from tendereval.domain.word_limit import length_of
from tendereval.exchange.example import decisions_file, read_example
from tendereval.exchange.public_value_data import schemes
from tendereval.exchange.public_value_file import PublicValueFile, read_public_value

EXAMPLE = read_example()
LIMITS = {
    str(row["Ref"]): int(row["Word limit"])
    for row in EXAMPLE.tender.criteria
    if "Word limit" in row
}


@pytest.mark.parametrize("bidder", EXAMPLE.answers)
def test_no_answer_of_the_example_is_longer_than_its_limit(bidder: str) -> None:
    counted = {ref: length_of(text).words for ref, text in EXAMPLE.answers[bidder].items()}
    assert [ref for ref, limit in LIMITS.items() if counted[ref] > limit] == []


def test_every_commitment_is_made_from_words_of_its_answer() -> None:
    found = read_public_value(decisions_file("commitments")).commitments
    strays = [
        item.words
        for item in found
        if EXAMPLE.answers[item.bidder][item.ref].count(item.words) != 1
    ]
    assert strays == []
    assert {item.bidder for item in found} == set(EXAMPLE.answers) - {"Quillmoor Site Services Ltd"}


def test_every_commitment_serves_a_goal_that_the_example_sets() -> None:
    goals = {one.outcome for one in read_public_value(decisions_file("goals")).goals}
    promised = read_public_value(decisions_file("commitments")).commitments
    assert {goal for item in promised for goal in item.goals} == goals


def test_what_is_sent_on_pay_stands_in_the_answer_on_pay() -> None:
    for row in EXAMPLE.claims.pay:
        pay = str(row["Amount"]) if row["Basis"] == "hour" else "14.50"
        assert f"£{pay}" in EXAMPLE.answers[row["Bidder"]]["SV1"], row


def test_the_days_of_certificates_stand_in_the_answer_about_them() -> None:
    for row in EXAMPLE.claims.certificates:
        if "Ends" not in row or row["Bidder"] == "Norvane Cleaning Services Ltd":
            continue
        day = f"{row['Ends'].day} {row['Ends']:%B %Y}"
        loose = row["Bidder"] == "Quillmoor Site Services Ltd" and row["Certificate"] == "dc1"
        assert loose or day in EXAMPLE.answers[row["Bidder"]]["PV2"], row


def test_partners_are_named_in_the_answer_about_them() -> None:
    for row in EXAMPLE.claims.partners:
        name = re.sub(r" CIC$", "", str(row["Partner"]))
        assert name in EXAMPLE.answers[row["Bidder"]]["PV4"] or row["Category"] == "other", row


def test_certificates_of_the_example_are_in_the_list() -> None:
    known = schemes()
    assert {str(row["Certificate"]) for row in EXAMPLE.claims.certificates} <= set(known)
    kinds = {level.assurance for one in EXAMPLE.claims.certificates for level in _levels(one)}
    assert kinds >= {Assurance.INDEPENDENT, Assurance.PEER_VALIDATED, Assurance.SELF_DECLARED}


def _levels(row: dict[str, object]) -> tuple[SchemeLevel, ...]:
    return schemes()[str(row["Certificate"])].levels


def test_the_contract_names_somebody_for_every_term() -> None:
    terms: PublicValueFile = read_public_value(decisions_file("contract"))
    assert all(item.owner for item in terms.contract)
    assert sum(item.kpi for item in terms.contract) == 3
