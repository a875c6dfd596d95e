"""What a run found beside its estimates is kept once, to the last digit, on both databases."""

from dataclasses import fields

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
    Spread,
    Stability,
)
from evaluation.store import reading, writing
from evaluation.store.measures import KINDS, has_measures, load_measures, save_measures
from tests.evaluation.store.test_estimates import COMPARISON, RUN, save

FOUND = Measures(
    reliabilities=(Reliability("civ", 0, "kk", 120, 119, alpha=1 / 3, low=-0.0, high=0.1 + 0.2),),
    stabilities=(
        Stability("civ", 3, reason="few_answers"),
        Stability("sid", 90, 5e-324, 0.0, 1e-17),
    ),
    item_differences=(ItemDifference("civ", "civ_01", "arm", 90, 1.5, 0.2, flagged=True),),
    losses=(Loss("civ", "pilot", "10", 40, 0, None),),
    links=(Linkage("pilot", 180, 1, 5),),
    doubtful=(Doubtful("comparison", 1, 178, 2, 0),),
    covariate_gaps=(CovariateGap("age", 194, 187, -0.1, 0.96),),
    spreads=(Spread("civ", "pilot", 0, 1.0, 1.5, 2),),
    robustness=(Robustness("civ", glass=0.2, equivalent=False, method="CR2"),),
    seen_causes=(SeenCause("civ", "age", reason="too_strong"),),
)


def test_measures_come_back_to_the_last_digit_and_are_kept_once(engine):
    save(engine, COMPARISON)
    with reading(engine) as conn:
        assert not has_measures(conn, RUN.id) and load_measures(conn, RUN.id) == Measures()
    with writing(engine) as conn:
        assert not save_measures(conn, RUN.id, Measures())
        assert save_measures(conn, RUN.id, FOUND)
        assert not save_measures(conn, RUN.id, FOUND)
    with reading(engine) as conn:
        assert has_measures(conn, RUN.id) and load_measures(conn, RUN.id) == FOUND


def test_every_kind_has_its_record():
    assert list(KINDS) == [field.name for field in fields(Measures)]
    assert all(type(record) is KINDS[name] for name in KINDS for record in getattr(FOUND, name))


def test_two_parts_of_one_kind_stay_in_their_order():
    both = FOUND + Measures(links=(Linkage("comparison", 1, 2, 3),))
    assert [link.arm for link in both.links] == ["pilot", "comparison"]
    assert both.reliabilities == FOUND.reliabilities
