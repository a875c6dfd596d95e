"""What a batch must satisfy: derived from the instrument, then what is written in expectations/.

Great Expectations costs by the rule, hardly by the row. So the rules of single answers are asked
of one frame that holds every distinct answer of every field once, a column a kind of rule: thirty
questions with the same answer line are one rule. Rules across fields are asked of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import yaml

from evaluation.design import Choices, Field, FieldType, Instrument, Need
from evaluation.intake.recognise.answers import Answers
from evaluation.records.findings import Effect, Severity

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """One expectation, and what it means where it fails.

    `limit` names a threshold of study.intake: where a larger share of rows fails, the batch is
    refused. `field` is where the finding points. `over` is what the rule is asked of (a table of
    `patterns`), `by` and `of` which groups of rows, and what of them; an entry that speaks for
    fewer rows than `fewest` proves nothing.
    """

    type: str
    kwargs: Mapping[str, object]
    rule: str
    severity: Severity = Severity.MUST_FIX
    effect: Effect = Effect.HOLD
    field: str | None = None
    limit: str | None = None
    over: str = "rows"
    by: str | None = None
    of: str | None = None
    fewest: int = 1


@dataclass(frozen=True, slots=True)
class DistinctAnswers:
    """`frame`: a row a distinct answer, a column a rule, empty where the rule does not apply.

    `source[i]` says whose the answer is: (place of the field in `answers`, its number there).
    """

    frame: pd.DataFrame
    rules: tuple[Rule, ...]
    source: tuple[tuple[int, int], ...]


def distinct_answers(answers: Sequence[Answers], rows: np.ndarray) -> DistinctAnswers:
    """Every distinct answer that `rows` (a mask) give, and the empty answer of required fields."""
    columns: dict[str, list[tuple[int, str | int | None]]] = {}
    rules: dict[str, Rule] = {}
    source: list[tuple[int, int]] = []
    for place, each in enumerate(answers):
        needed = each.field.need is Need.REQUIRED
        applying = rules_of_answers(each.field)
        for number in np.unique(each.codes[rows]).tolist():
            text = each.meant[number].text
            if text is None and (number or not needed):
                continue
            entry = len(source)
            source.append((place, number))
            if text is None:
                columns.setdefault("given", []).append((entry, None))
                rules["given"] = Rule(NOT_NULL, {"column": "given"}, "missing_answer")
            else:
                for name, rule in applying:
                    rules[name] = rule
                    columns.setdefault(name, []).append((entry, _asked(each.field, name, text)))
    frame = pd.DataFrame(
        {name: _spread(name, entries, len(source)) for name, entries in columns.items()},
        index=range(len(source)),
    )
    return DistinctAnswers(frame, tuple(rules.values()), tuple(source))


NOT_NULL = "expect_column_values_to_not_be_null"
IN_SET = "expect_column_values_to_be_in_set"
REGEX = "expect_column_values_to_match_regex"
BETWEEN = "expect_column_values_to_be_between"
CHECKS = {"child_code": "expect_column_values_to_be_child_codes"}
NO_PERSONAL_DATA = "expect_column_values_to_hold_no_personal_data"


def rules_of_answers(field: Field) -> list[tuple[str, Rule]]:
    """The rules of one field's answers, by the name of the column they are asked of."""
    rules: list[tuple[str, Rule]] = []
    if field.choices is not None:
        line = field.choices
        if field.type is FieldType.MULTIPLE:
            rules.append((f"several {line.id}", _rule(REGEX, "not_in_list", regex=_several(line))))
        else:
            rules.append((f"one {line.id}", _rule(IN_SET, "not_in_list", value_set=line.codes)))
    if field.pattern:
        name = f"like {field.pattern}"
        rules.append((name, _rule(REGEX, "wrong_form", regex=f"^(?:{field.pattern})$")))
    if field.type is FieldType.TEXT and not field.pattern:
        # Free text is the way that names take; what has a form is told by its form.
        rules.append(("free text", _rule(NO_PERSONAL_DATA, "personal_data")))
    if field.check:
        rules.append((f"check {field.check}", _rule(CHECKS[field.check], "wrong_check_digit")))
    if field.minimum is not None or field.maximum is not None:
        bounds = {"min_value": field.minimum, "max_value": field.maximum}
        given = {name: bound for name, bound in bounds.items() if bound is not None}
        rules.append(
            (
                f"from {field.minimum} to {field.maximum}",
                _rule(BETWEEN, _range_rule(field), **given),
            )
        )
    return [(name, _on_column(rule, name)) for name, rule in rules]


def _rule(kind: str, rule: str, **kwargs: object) -> Rule:
    return Rule(kind, kwargs, rule)


def _on_column(rule: Rule, column: str) -> Rule:
    return Rule(rule.type, {"column": column, **rule.kwargs}, rule.rule)


def _range_rule(field: Field) -> str:
    if field.maximum is None:
        return "too_small"
    return "too_large" if field.minimum is None else "out_of_range"


def _several(line: Choices) -> str:
    one = "|".join(re.escape(code) for code in line.codes)
    return f"^(?:{one})(?: (?:{one}))*$"


def _asked(field: Field, column: str, text: str) -> str | int:
    return int(text) if column.startswith("from ") and field.type is FieldType.INTEGER else text


def _spread(name: str, entries: list[tuple[int, str | int | None]], size: int) -> pd.Series:
    if name == "given":
        given = np.full(size, "given", dtype=object)
        given[[place for place, _ in entries]] = None
        return pd.Series(given, dtype="str")
    values = np.full(size, None, dtype=object)
    values[[place for place, _ in entries]] = [value for _, value in entries]
    return pd.Series(values, dtype="float64" if name.startswith("from ") else "str")


def written_rules(
    instrument: Instrument, folder: Path, said: Mapping[str, object]
) -> tuple[Rule, ...]:
    """The rules of expectations/<instrument>.yaml. `said` fills in `$name`; a rule that asks for
    what nobody said is left out."""
    path = folder / f"{instrument.id}.yaml"
    if not path.exists():
        return ()
    rules = []
    for entry in _entries(path.read_text("utf-8")):
        kwargs = entry["kwargs"]
        wanted = {v[1:] for v in kwargs.values() if isinstance(v, str) and v.startswith("$")}
        if wanted <= set(said):
            rules.append(_written(entry, {name: _filled(v, said) for name, v in kwargs.items()}))
    return tuple(rules)


@lru_cache(maxsize=32)  # read by hand in Python, letter by letter: a tenth of a second a batch
def _entries(text: str) -> tuple[Mapping[str, Any], ...]:
    return tuple(yaml.safe_load(text))


def _written(entry: Mapping[str, object], kwargs: Mapping[str, object]) -> Rule:
    meta = entry["meta"]
    assert isinstance(meta, dict)
    return Rule(
        type=str(entry["type"]),
        kwargs=kwargs,
        rule=meta["rule"],
        severity=Severity(str(entry["severity"])),
        effect=Effect(meta["effect"]),
        field=meta["field"],
        limit=meta.get("limit"),
        over=meta.get("over", "rows"),
        by=meta.get("by"),
        of=meta.get("of"),
        fewest=meta.get("fewest", 1),
    )


def _filled(value: object, said: Mapping[str, object]) -> object:
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    meant = said[value[1:]]
    if isinstance(meant, str) and ISO_DAY.fullmatch(meant):
        # Compared with columns of dates, which know midnights and no days.
        return datetime.fromisoformat(meant)
    return meant


def rules_of_rows(instrument: Instrument) -> tuple[Rule, ...]:
    """One person is asked once a wave."""
    if instrument.identity.respondent is None:
        return ()
    columns = {"column_list": ["respondent", "wave"], "ignore_row_if": "any_value_is_missing"}
    kind = "expect_compound_columns_to_be_unique"
    return (Rule(kind, columns, "duplicate_respondent", field=instrument.identity.respondent),)


def columns_of(rule: Rule) -> tuple[str, ...]:
    """The columns of the rows' frame that the rule looks at."""
    single = [rule.kwargs[key] for key in ("column", "column_A", "column_B") if key in rule.kwargs]
    several = rule.kwargs.get("column_list", ())
    assert isinstance(several, Sequence)
    return tuple(str(name) for name in (*single, *several))
