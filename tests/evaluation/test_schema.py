import pandas as pd
import pytest

from evaluation.schema import Column, Schema

SCHEMA = Schema((Column("who", "str"), Column("score", "float64", nullable=True)), key=("who",))


def frame(**columns):
    return pd.DataFrame(columns)


def test_a_frame_of_the_declared_shape_comes_back_unchanged():
    good = frame(who=["a", "b"], score=[1.0, None])
    assert SCHEMA.check(good) is good


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        (frame(who=["a"]), r"\['who'\] != "),
        (frame(who=["a"], score=[1]), "score: int64, not float64"),
        (frame(who=["a", None], score=[1.0, 2.0]), "who: missing"),
        (frame(who=["a", "a"], score=[1.0, 2.0]), "1 rows repeat the key"),
    ],
)
def test_any_other_shape_is_our_own_mistake(wrong, reason):
    with pytest.raises(AssertionError, match=reason):
        SCHEMA.check(wrong)


def test_an_empty_frame_has_the_shape_too():
    assert SCHEMA.check(SCHEMA.empty()).empty


def test_a_schema_without_a_key_allows_the_same_row_twice():
    keyless = Schema((Column("who", "str"),), key=())
    assert len(keyless.check(frame(who=["a", "a"]))) == 2
