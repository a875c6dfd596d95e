"""A run's evidence is kept once, to the last digit, in the order of its table, on both databases."""

from evaluation.records.challenges import Challenge
from evaluation.store import reading, writing
from evaluation.store.challenges import load_challenges, save_challenges
from tests.evaluation.store.test_estimates import COMPARISON, RUN, save

CELLS = (
    Challenge("civ", "headline", 1 / 3, 0.1, 0.1 + 0.2, 5.5, 1e-17, 200, "CR2, Satterthwaite"),
    Challenge("civ", "bounds", low=-0.0, high=5e-324, children=210, method="Lee bounds"),
    Challenge("alpha", "imputed", reason="under_threshold"),
)


def test_the_evidence_of_a_run_comes_back_to_the_last_digit_and_is_kept_once(engine):
    save(engine, COMPARISON)
    with reading(engine) as conn:
        assert load_challenges(conn, RUN.id) == ()
    with writing(engine) as conn:
        assert not save_challenges(conn, RUN.id, ())
        assert save_challenges(conn, RUN.id, CELLS)
        assert not save_challenges(conn, RUN.id, CELLS[:1])
    with reading(engine) as conn:
        assert load_challenges(conn, RUN.id) == CELLS
        assert load_challenges(conn, "no such run") == ()
