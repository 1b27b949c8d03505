"""What a tender lacks before it can be published, and what is odd in it; changes nothing."""

from collections.abc import Iterator

from tendereval.domain.criteria_tree import parent_problems, rows_in, weighted_under
from tendereval.domain.elimination import minimum_problems
from tendereval.domain.exact import decimal_text
from tendereval.domain.marks import exact_sum, scale_problems
from tendereval.domain.pricing import compares_bids, formula_problems, needs_zero_rule
from tendereval.domain.ranking import award_rule_problem
from tendereval.domain.tender import (
    AwardCriterion,
    CriterionKind,
    Method,
    QualityMarks,
    TenderDetails,
)
from tendereval.domain.tie_break import tie_break_problems
from tendereval.domain.weights import plan_problems, weight_plan, weight_problems


def method_gaps(details: TenderDetails, method: Method) -> tuple[str, ...]:
    """Return a sentence for everything that is missing before the tender can be published.

    Returns:
        In the order of the set-up: details, lots, criteria, weights, rules; no sentence twice.

    Source: Procurement Act 2023, s.23 (award criteria, assessment methodology, relative
        importance); house rule that no parameter has a hidden default.
    """
    return tuple(
        dict.fromkeys(
            (
                *_detail_gaps(details),
                *_lot_gaps(method),
                *(text for row in method.criteria for text in _criterion_gaps(method, row)),
                *_tree_gaps(method),
                *_rule_gaps(method),
            )
        )
    )


def _detail_gaps(details: TenderDetails) -> Iterator[str]:
    needed = {
        "reference": details.reference.strip(),
        "title": details.title.strip(),
        "contracting authority": details.authority.strip(),
        "regime": details.regime,
        "procedure": details.procedure,
        "tender deadline": details.deadline,
    }
    yield from (f"The tender has no {name}." for name, value in needed.items() if not value)


def _lot_gaps(method: Method) -> Iterator[str]:
    if not method.lots:
        yield "The tender has no lot."
    names = [lot.ref.casefold() for lot in method.lots]
    yield from (
        f"Lot {lot.ref} comes more than once."
        for lot in method.lots
        if names.count(lot.ref.casefold()) > 1
    )
    scales = [scale.name.casefold() for scale in method.scales]
    yield from (
        f"The scale “{scale.name}” comes more than once."
        for scale in method.scales
        if scales.count(scale.name.casefold()) > 1
    )


def _criterion_gaps(method: Method, row: AwardCriterion) -> Iterator[str]:
    if row.lot is not None and row.lot not in {lot.ref for lot in method.lots}:
        yield f"{row.ref} belongs to lot {row.lot}, which the tender does not have."
    if row.kind.is_judged and not (row.question.strip() or row.title.strip()):
        yield f"{row.ref} has neither a title nor a question."
    if row.kind.is_scored:
        yield from scale_problems(method, row)
    if row.kind is CriterionKind.PRICE:
        yield from formula_problems(row)


def _tree_gaps(method: Method) -> Iterator[str]:
    refs = [row.ref.casefold() for row in method.criteria]
    yield from (
        f"The reference {row.ref} stands for more than one criterion."
        for row in method.criteria
        if refs.count(row.ref.casefold()) > 1
    )
    for lot in method.lots:
        rows = rows_in(method, lot.ref)
        yield from parent_problems(rows)
        yield from plan_problems(method, lot.ref)
        if not any(row.kind.is_weighted for row in rows.values()):
            yield f"Lot {lot.ref} has no weighted criterion."


def _rule_gaps(method: Method) -> Iterator[str]:
    problem = award_rule_problem(method)
    if problem:
        yield problem
    yield from tie_break_problems(method)
    yield from minimum_problems(method)
    yield from _unreachable_sections(method)
    numbers = {
        "Round marks to": method.round_marks_to,
        "Round totals to": method.round_totals_to,
        "Tie margin": method.tie_margin,
        "Close result margin": method.close_margin,
    }
    yield from (f"“{name}” is below 0." for name, value in numbers.items() if value and value < 0)


def _unreachable_sections(method: Method) -> Iterator[str]:
    """Yield sections whose minimum is more than the marks that can be had there."""
    for lot in method.lots:
        if plan_problems(method, lot.ref):
            continue
        plan, rows = weight_plan(method, lot.ref), rows_in(method, lot.ref)
        for section in rows.values():
            if section.kind is not CriterionKind.SECTION or section.minimum is None:
                continue
            below = weighted_under(rows, section)
            available = exact_sum(plan.weights[row.ref] for row in below)
            if section.minimum > available:
                yield (
                    f"{section.ref} has the minimum {decimal_text(section.minimum)}, but only "
                    f"{decimal_text(available)} marks are available under it."
                )


def method_warnings(method: Method) -> tuple[str, ...]:
    """Return a sentence for everything that may be published but deserves a second look.

    Source: procurement-rules A5 (price of nothing), A14 (marks that hang on other bids).
    """
    return tuple(
        dict.fromkeys(
            (*weight_problems(method), *_price_warnings(method), *_other_warnings(method))
        )
    )


def _price_warnings(method: Method) -> Iterator[str]:
    for lot in method.lots:
        if not any(row.kind is CriterionKind.PRICE for row in method.in_lot(lot.ref)):
            yield f"Lot {lot.ref} has no price criterion; it would be decided on quality alone."
    for row in method.criteria:
        if row.kind is not CriterionKind.PRICE:
            continue
        if needs_zero_rule(row):
            yield (
                f"{row.ref} does not say what a price of nothing means. Should one come in, the "
                "prices could not be marked."
            )
        if compares_bids(row):
            yield (
                f"The marks for {row.ref} are measured against the lowest price: one bidder's "
                "withdrawal may change the order of the others."
            )


def _other_warnings(method: Method) -> Iterator[str]:
    if method.quality_marks is QualityMarks.RELATIVE_TO_BEST:
        yield "Quality marks are relative to the best score and so depend on the other bids."
    if not method.tie_break:
        yield "No tie-break is published; a tie would be left to people."
    if method.award_parameters and not award_rule_problem(method):
        names = ", ".join(name for name, _ in method.award_parameters)
        yield f"The award rule “{method.award_rule}” takes no parameters; {names} has no effect."
