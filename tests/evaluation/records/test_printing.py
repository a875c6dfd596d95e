"""A result is printed whole: every field, every part, once, under its own name."""

from dataclasses import dataclass

from evaluation.records.opinions import Bootstrap, LeftOut
from evaluation.records.printing import lines_of, shown


@dataclass(frozen=True)
class Result:
    value: float
    rules: tuple[str, ...] = ()
    draws: tuple[Bootstrap, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    part: LeftOut | None = None


def bootstrap(kind, drawn_by="region"):
    return Bootstrap(kind, drawn_by, 0.5, None, 1.0, 8, True, 0.25, "m")


def printed(result):
    return {line.split()[0]: line.split(maxsplit=1)[1] for line in lines_of(result)}


def test_numbers_have_four_digits_and_what_is_not_there_a_dash():
    assert printed(Result(0.123456)) == {
        "value": "0.1235",
        "rules": "-",
        "draws": "-",
        "pairs": "-",
        "part": "-",
    }
    assert [shown(v) for v in (None, (), 3, "x", True, 1e-9)] == [
        "-",
        "-",
        "3",
        "x",
        "True",
        "1e-09",
    ]


def test_parts_are_named_after_their_whole():
    found = printed(Result(1.0, ("a", "b"), pairs=(("one", "two"),), part=LeftOut(0.1, None, True)))
    assert found["rules"] == "a, b"
    assert found["pairs.one"] == "two"
    assert (found["part.low"], found["part.high"], found["part.keeps_sign"]) == ("0.1", "-", "True")


def test_parts_of_one_kind_are_told_apart():
    several = (bootstrap("A"), bootstrap("B"), bootstrap("A", "site"))
    found = printed(Result(1.0, draws=several))
    assert [found[f"draws.{name}.drawn_by"] for name in ("A.1", "B", "A.3")] == [
        "region",
        "region",
        "site",
    ]


def test_a_long_name_never_runs_into_its_value():
    name = "n" * 60
    assert lines_of({name: 2}) == (f"{name} 2",)
