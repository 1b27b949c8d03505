"""What a tender may make of the living wage check; decides no score and no rank.

Pay is never a condition of participation, which may test only legal and financial capacity or
technical ability (Procurement Act 2023, s.22(1)); it is a requirement of the contract
(ss.19(2)(a), 21), a criterion whose failure disqualifies (s.23(3)(a)), a scored question or
information.
"""

from collections.abc import Iterator
from typing import Final

from tendereval.domain.publicvalue.living_wage import WageSetting, WageUse
from tendereval.domain.tender import (
    AwardCriterion,
    BuyerType,
    CriterionKind,
    Method,
    Regime,
    TenderDetails,
)

NEVER_A_CONDITION: Final = (
    "Pay is never a condition of participation: such a condition tests only legal and financial "
    "capacity or technical ability (Procurement Act 2023, s.22(1))."
)
COUNCIL_RECORDS: Final = (
    "A council in England treats workforce matters as non-commercial (Local Government Act 1988, "
    "s.17(5)(a)); where s.17(11) lets it ask about pay, it records why, how that is relevant to "
    "the contract and how it is proportionate."
)
_ELSEWHERE: Final = {Regime.PA2023_WALES, Regime.SCOTLAND}
_NEEDS_CRITERION: Final = {WageUse.DISQUALIFYING, WageUse.SCORED}


def is_english_council(details: TenderDetails) -> bool | None:
    """Whether s.17 of the Local Government Act 1988 may bind the buyer; None: not recorded."""
    if details.buyer_type is None:
        return None
    return details.buyer_type is BuyerType.SUB_CENTRAL and details.regime not in _ELSEWHERE


def setting_problems(
    setting: WageSetting, details: TenderDetails, method: Method
) -> tuple[str, ...]:
    """Return why a setting cannot be recorded, one sentence each; empty where it can."""
    return tuple(_problems(setting, details, method))


def _problems(setting: WageSetting, details: TenderDetails, method: Method) -> Iterator[str]:
    if setting.use is WageUse.OFF:
        if not setting.reason.strip():
            yield "Turning the living wage check off needs a reason."
        return
    yield from criterion_problems(setting, method)
    missing = council_gaps(setting, details)
    if missing:
        yield f"{COUNCIL_RECORDS} Missing: {', '.join(missing)}."


def council_gaps(setting: WageSetting, details: TenderDetails) -> tuple[str, ...]:
    """Return what a council in England still has to record; empty for every other buyer."""
    if setting.use is WageUse.OFF or not is_english_council(details):
        return ()
    kept = {
        "reason": setting.reason,
        "relevance": setting.relevance,
        "proportionality": setting.proportionality,
    }
    return tuple(name for name, text in kept.items() if not text.strip())


def criterion_problems(setting: WageSetting, method: Method) -> tuple[str, ...]:
    """Return what is wrong with the criterion that a setting names, one sentence each."""
    named = setting.criterion.strip()
    if not named:
        if setting.use in _NEEDS_CRITERION:
            return (f"The use “{setting.use}” needs the criterion it belongs to.",)
        return ()
    row = method.criterion(named)
    if row is None:
        return (f"There is no criterion {named} in the method.",)
    if row.kind is CriterionKind.CONDITION_OF_PARTICIPATION:
        return (f"{row.ref} is a condition of participation. {NEVER_A_CONDITION}",)
    return tuple(_misfits(setting.use, row))


def _misfits(use: WageUse, row: AwardCriterion) -> Iterator[str]:
    is_pass_or_fail = row.kind is CriterionKind.REQUIREMENT
    match use:
        case WageUse.SCORED if not row.kind.is_scored:
            yield f"{row.ref} is not a scored question."
        case WageUse.DISQUALIFYING if not is_pass_or_fail and row.minimum is None:
            yield f"Nobody can fail {row.ref}: it is no requirement and has no minimum."
        case WageUse.REQUIREMENT if not is_pass_or_fail:
            yield f"{row.ref} is not a requirement."
        case _:
            return


def is_made_a_condition(setting: WageSetting, method: Method) -> bool:
    """Whether the criterion that a setting names has become a condition of participation."""
    row = method.criterion(setting.criterion.strip())
    return row is not None and row.kind is CriterionKind.CONDITION_OF_PARTICIPATION


def use_in_words(setting: WageSetting) -> str:
    """Say what the tender makes of the check, in one sentence."""
    under = f" under {setting.criterion}" if setting.criterion.strip() else ""
    match setting.use:
        case WageUse.REQUIREMENT:
            return f"Paying the real Living Wage is a requirement of the contract{under}."
        case WageUse.DISQUALIFYING:
            return f"Not paying the real Living Wage disqualifies a tender{under}, as published."
        case WageUse.SCORED:
            return f"Pay is scored{under}, as published."
        case WageUse.OFF:
            return f"The living wage check is off: {setting.reason}"
        case _:
            left = "" if setting.chosen else " The lead has not chosen otherwise."
            return (
                f"The living wage check is information{under}: it changes no mark and no rank."
                + left
            )
