"""What stands beside the estimates, through the gate: each kind by its own rule of smallness.

Coefficients (reliability, gaps, effect sizes) need the minimum of children behind them; shares need
it on both sides; distributions are merged until every bar has it in both arms at both waves.
Regions never leave: of losses by region there is no line.

Shares of children are worked out from rounded counts, and over what the participant flow shows: the
flow leans on rounding, and the share of a few dozen says to the child how many they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from typing import Any

from evaluation.design import Disclosure
from evaluation.records.challenges import Linkage
from evaluation.records.measures import (
    CovariateGap,
    Doubtful,
    ItemDifference,
    Loss,
    Measures,
    Reliability,
    Robustness,
    SeenCause,
    Stability,
)
from evaluation.release.disclosure.bars import merged_bars
from evaluation.release.disclosure.begun import Begun
from evaluation.release.disclosure.cells import Cell, Mark, release
from evaluation.release.disclosure.counts import ProtectedCounts
from evaluation.release.disclosure.ledger import EarlierReport
from evaluation.release.disclosure.measure_lines import ReleasedLine, ReleasedMeasures
from evaluation.release.disclosure.released import ReleasedArm, ReleasedFlow, Step
from evaluation.release.disclosure.rounding import model, p_value
from evaluation.release.disclosure.seal import SEAL

CROWDED = 0.15
"""More than this share at one end of a scale: it cannot tell those children apart."""


def protect_measures(
    found: Measures,
    hidden: frozenset[str],
    flow: ReleasedFlow,
    counts: ProtectedCounts,
    *,
    baseline_wave: int,
    rules: Disclosure,
    earlier: Sequence[EarlierReport],
) -> ReleasedMeasures:
    """`hidden`: outcomes whose result stays in; their strength stays with it. `flow`: as it leaves,
    made of `counts`. `earlier`: reports beside which a share must not tell what a few changed."""
    minimum = rules.minimum_cell
    evident = minimum + rules.round_counts_to
    lost = {arm.arm: _enough_lost(arm, evident) for arm in flow.arms}
    of_arms = [loss for loss in found.losses if not loss.region]
    linked = min((_least(link) for link in found.links), default=0) >= minimum
    linked = linked and not _flow_keeps(counts, {Step.BOTH, Step.ENDLINE}, minimum)
    begun = Begun(flow, rules, baseline_wave, earlier)
    return ReleasedMeasures(
        reliabilities=tuple(_reliability(one, minimum) for one in found.reliabilities),
        stabilities=tuple(_stability(one, minimum) for one in found.stabilities),
        item_differences=tuple(_item(one, minimum) for one in found.item_differences),
        losses=tuple(_loss(one, lost.get(one.arm, False)) for one in of_arms),
        links=tuple(_link(one, linked, begun) for one in found.links),
        doubtful=tuple(_doubtful(one, begun) for one in found.doubtful),
        covariate_gaps=tuple(_gap(one, minimum) for one in found.covariate_gaps),
        spreads=tuple(
            _line(bar.key, {"share": bar.cell})
            for bar in merged_bars(
                found.spreads, minimum=minimum, base=rules.round_counts_to, earlier=earlier
            )
            if bar.outcome not in hidden
        ),
        robustness=tuple(_strength(one, one.outcome in hidden) for one in found.robustness),
        seen_causes=tuple(_cause(one, one.outcome in hidden) for one in found.seen_causes),
        seal=SEAL,
    )


def _line(
    key: tuple[str, ...],
    numbers: Mapping[str, Cell],
    *,
    stays: bool = False,
    reason: str | None = None,
    words: tuple[tuple[str, str], ...] = (),
) -> ReleasedLine:
    kept = {
        name: Mark.CONFIDENTIAL if stays and cell is not Mark.NOT_AVAILABLE else cell
        for name, cell in numbers.items()
    }
    return ReleasedLine(
        key=key,
        numbers=tuple(kept.items()),
        words=() if stays else words,
        reason=None if stays else reason,
        seal=SEAL,
    )


def _each(record: Any, rounded: Callable[[float | None], Cell], *names: str) -> dict[str, Cell]:
    return {name: rounded(getattr(record, name)) for name in names}


def _reliability(one: Reliability, minimum: int) -> ReleasedLine:
    ends = max(one.floor or 0.0, one.ceiling or 0.0)
    said = {"caution": one.caution, "judged": one.caution or "good"}
    if CROWDED * one.complete >= minimum:  # else "no" would say that fewer stand at the end
        said["crowded"] = "yes" if ends > CROWDED else "no"
    names = ("alpha", "low", "high", "omega", "ordinal_alpha", "rest_low", "rest_high")
    return _line(
        (one.scale, str(one.wave), one.language),
        _each(one, model, *names),
        stays=one.complete < minimum,
        reason=one.reason,
        words=tuple((name, word) for name, word in said.items() if word),
    )


def _stability(one: Stability, minimum: int) -> ReleasedLine:
    few = one.children < minimum
    cells = _each(one, model, "value", "low", "high")
    return _line((one.scale,), cells, stays=few, reason=one.reason)


def _item(one: ItemDifference, minimum: int) -> ReleasedLine:
    """Of a question that nobody could judge, the reason tells no more than that few were there."""
    judged = one.reason is None
    return _line(
        (one.scale, one.item, one.between),
        {"p_value": p_value(one.p_value), "mcfadden": model(one.mcfadden)},
        stays=judged and one.smallest < minimum,
        reason=one.reason,
        words=(("flagged", "yes" if one.flagged else "no"),) if judged else (),
    )


def _enough_lost(arm: ReleasedArm, evident: int) -> bool:
    """By the flow as it is shown, so that neither the number nor its absence tells more."""
    began, stayed = arm.cell(Step.BASELINE), arm.cell(Step.BOTH)
    if isinstance(began, Mark) or isinstance(stayed, Mark):
        return False
    return began.value - stayed.value >= evident


def _loss(one: Loss, enough: bool) -> ReleasedLine:
    return _line((one.outcome, one.arm), {"gap": model(one.gap) if enough else Mark.CONFIDENTIAL})


def _least(link: Linkage) -> int:
    return min(link.exact, link.one_slip, link.unresolved)


def _flow_keeps(counts: ProtectedCounts, steps: Set[Step], minimum: int) -> bool:
    """Whether a secret of the flow, or a change of one, hangs on one of these steps: shares that
    add up with them would be one equation more than the flow was judged by."""
    secrets = (*counts.linked.secrets(minimum), *counts.linked.changes)
    return any(cell.partition("/")[0] in steps for weights in secrets for cell in weights)


def _link(link: Linkage, enough: bool, begun: Begun) -> ReleasedLine:
    """All or none: what one arm shows would tell the other's by the totals of the flow."""
    whole = link.exact + link.one_slip + link.unresolved
    stays = not enough or begun.told_before("links", (link.arm,), whole, Step.ENDLINE, link.arm)
    parts = {
        name: Mark.CONFIDENTIAL
        if stays
        else begun.share(getattr(link, name), Step.ENDLINE, link.arm)
        for name in ("one_slip", "unresolved")
    }
    return _line((link.arm,), parts)


def _doubtful(one: Doubtful, begun: Begun) -> ReleasedLine:
    key = (one.arm, str(one.wave))
    step = begun.step(one.wave)
    before = begun.told_before("doubtful", key, one.rows, step, one.arm)
    counts = {"straight": one.straight, "repeated": one.repeated}
    return _line(
        key,
        {
            name: Mark.CONFIDENTIAL
            if before or min(count, one.rows - count) < begun.rules.minimum_cell
            else begun.share(count, step, one.arm)
            for name, count in counts.items()
        },
    )


def _gap(one: CovariateGap, minimum: int) -> ReleasedLine:
    """Of a yes or no the two numbers together say how many, so there must be enough of both; and
    that all are alike is each child's answer."""
    few = min(one.pilot, one.comparison) < minimum
    few = few or (one.fewest is not None and one.fewest < minimum)
    alike = one.reason == "no_variation"
    cells = _each(one, model, "gap", "variance_ratio")
    if few or alike:
        cells = dict.fromkeys(cells, Mark.CONFIDENTIAL)
    return _line((one.covariate,), cells, stays=few or alike, reason=one.reason)


def _strength(one: Robustness, hidden: bool) -> ReleasedLine:
    said = () if one.equivalent is None else (("equivalent", "yes" if one.equivalent else "no"),)
    units = ("glass", "glass_low", "glass_high", "hedges", "hedges_low", "hedges_high")
    cells = {
        # In tenths of a percent it would say more than the difference itself in hundredths.
        **_each(one, _whole, "pomp", "pomp_low", "pomp_high"),
        **_each(one, model, *units, "e_point", "e_limit"),
        **_each(one, _percent, "partial", "robustness", "robustness_alpha"),
        "p_equivalence": p_value(one.p_equivalence),
    }
    return _line((one.outcome,), cells, stays=hidden, reason=one.reason, words=said)


def _cause(one: SeenCause, hidden: bool) -> ReleasedLine:
    cells = {"left": model(one.left), **_each(one, _percent, "with_arm", "with_outcome")}
    return _line((one.outcome, one.column), cells, stays=hidden, reason=one.reason)


def _whole(value: float | None) -> Cell:
    return Mark.NOT_AVAILABLE if value is None else release(round(value), decimals=0)


def _percent(part: float | None) -> Cell:
    """A share of variance, in whole percent: no count of children is in it."""
    if part is None:
        return Mark.NOT_AVAILABLE
    return release(round(part, 2), decimals=2, percent=True)
