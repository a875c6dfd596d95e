"""What a run found beside its estimates: how well it was measured, who was lost, how strong it is.

Every record is one line, of numbers or of the reason (a rule id, message `reason.<rule>`) for
which there are none. Some tell of single regions or of few children: the gate out decides.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from evaluation.records.challenges import Linkage


@dataclass(frozen=True, slots=True)
class Reliability:
    """One scale at one wave, asked in one `language` ("" is all): `children` with any answer,
    `complete` with every one. Alpha with Feldt's interval, omega of one factor, alpha of the
    polychoric correlations, the range of the item-rest correlations; the shares of children at
    the lowest and the highest end. `caution`: not_a_scale, reliability_low, reliability_unknown."""

    scale: str
    wave: int
    language: str
    children: int
    complete: int
    alpha: float | None = None
    low: float | None = None
    high: float | None = None
    omega: float | None = None
    ordinal_alpha: float | None = None
    rest_low: float | None = None
    rest_high: float | None = None
    floor: float | None = None
    ceiling: float | None = None
    caution: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Stability:
    """ICC(A,1) of a scale between the waves, of the comparison arm's children alone."""

    scale: str
    children: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ItemDifference:
    """Whether a question of a scale works differently `between` languages or arms at baseline;
    `item` is "" where no question of the scale could be judged. `smallest`: children with every
    answer in the smaller group."""

    scale: str
    item: str
    between: str
    smallest: int
    chi_square: float | None = None
    p_value: float | None = None
    mcfadden: float | None = None
    nagelkerke: float | None = None
    group_effect: float | None = None  # log odds of the second group at the same total
    flagged: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Of `began` children of an arm, or of a `region` of it ("" is the arm), `lost` were not seen
    again. `gap`: their baseline score of this outcome minus that of the others, in SD."""

    outcome: str
    arm: str
    region: str
    began: int
    lost: int
    gap: float | None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Of the `rows` of an arm at a wave, how many have one box all the way down (`straight`), or
    are the same as another child's (`repeated`)."""

    arm: str
    wave: int
    rows: int
    straight: int
    repeated: int


@dataclass(frozen=True, slots=True)
class CovariateGap:
    """A covariate at baseline: pilot minus comparison in pooled SD, and the ratio of variances.
    `fewest`: of one that is yes or no, the fewest children of an arm who are the one or the other;
    None of any other."""

    covariate: str
    pilot: int
    comparison: int
    gap: float | None = None
    variance_ratio: float | None = None
    reason: str | None = None
    fewest: int | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """How many analysed children scored from `low` to under `high` (the last bin: to its end)."""

    outcome: str
    arm: str
    wave: int
    low: float
    high: float
    children: int


@dataclass(frozen=True, slots=True)
class Robustness:
    """The headline as effect sizes (percent of the possible range; by the comparison arm's
    baseline SD; Hedges' g for clusters), each with the headline's own interval in that unit; how
    strong an unseen cause would have to be (`partial`, `robustness`, `robustness_alpha`: shares of
    variance; `e_point`, `e_limit`: risk ratios); and whether it is within `margin` SD of nought."""

    outcome: str
    pomp: float | None = None
    pomp_low: float | None = None
    pomp_high: float | None = None
    glass: float | None = None
    glass_low: float | None = None
    glass_high: float | None = None
    hedges: float | None = None
    hedges_low: float | None = None
    hedges_high: float | None = None
    partial: float | None = None
    robustness: float | None = None
    robustness_alpha: float | None = None
    e_point: float | None = None
    e_limit: float | None = None
    margin: float | None = None
    p_equivalence: float | None = None
    equivalent: bool | None = None
    method: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SeenCause:
    """A cause as strong as the seen `column`: its partial R² with arm and outcome, and the estimate
    that it would leave."""

    outcome: str
    column: str
    with_arm: float | None = None
    with_outcome: float | None = None
    left: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """All of it for one run; or a part, as one task finds it."""

    reliabilities: tuple[Reliability, ...] = ()
    stabilities: tuple[Stability, ...] = ()
    item_differences: tuple[ItemDifference, ...] = ()
    losses: tuple[Loss, ...] = ()
    links: tuple[Linkage, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    covariate_gaps: tuple[CovariateGap, ...] = ()
    spreads: tuple[Spread, ...] = ()
    robustness: tuple[Robustness, ...] = ()
    seen_causes: tuple[SeenCause, ...] = ()

    def __add__(self, other: Measures) -> Measures:
        """Two parts as one; what either found stays in its order."""
        names = [field.name for field in fields(self)]
        return Measures(**{name: getattr(self, name) + getattr(other, name) for name in names})


NOTHING = Measures()
