"""Which kinds of report a study has: contents.yaml, read or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.design.authored import NOTHING, Authored, Lesson
from evaluation.design.contents import Contents, read_contents
from evaluation.errors import StudyError
from evaluation.language import Language, languages

CITING = Authored(lessons=(Lesson("L1", {"en": "x"}, ("joy",)),))


def contents(root: Path, kinds: str, texts: Authored = NOTHING) -> dict[str, Contents]:
    (root / "contents.yaml").write_text(f"kinds: {kinds}\n", "utf-8")
    return read_contents(root, ("en",), texts)


def test_a_study_need_not_say(tmp_path: Path) -> None:
    assert read_contents(tmp_path, ("en",), CITING) == {}


def test_kinds_keep_their_order_and_may_hold_everything(tmp_path: Path) -> None:
    read = contents(
        tmp_path,
        "[{id: year_end, name: Year, demanded: [limits]}, {id: week, name: {en: Week}, "
        "sections: [limits, results]}]",
        CITING,
    )
    assert list(read) == ["year_end", "week"]
    assert read["year_end"] == Contents("year_end", {"en": "Year"}, (), ("limits",))
    assert read["week"].sections == ("limits", "results")


CASES = [
    # kinds, rule, key
    ("[]", "name_twice", "kinds"),
    ("[{id: a, name: A}, {id: a, name: B}]", "name_twice", "kinds"),
    ("[{id: ../a, name: A}]", "not_an_identifier", "kinds[1].id"),
    ("[{id: a}]", "missing_key", "kinds[1].name"),
    ("[{id: a, name: A, colour: red}]", "unknown_key", "kinds[1].colour"),
    (
        "[{id: a, name: A, sections: [limits], demanded: [results]}]",
        "unknown_reference",
        "kinds[1].demanded",
    ),
    (
        "[{id: a, name: A, sections: [limits, recommendations]}]",
        "finding_not_in_report",
        "kinds[1].sections",
    ),
]


@pytest.mark.parametrize(("kinds", "rule", "key"), CASES)
def test_what_contradicts_itself_is_refused(
    tmp_path: Path, kinds: str, rule: str, key: str
) -> None:
    with pytest.raises(StudyError) as refused:
        contents(tmp_path, kinds, CITING)
    said = refused.value
    assert (said.rule, said.values["key"]) == (rule, key)
    assert all(Language(code)(said.message, **said.values) for code in languages())


def test_sections_that_cite_need_findings_only_where_something_is_cited(tmp_path: Path) -> None:
    read = contents(tmp_path, "[{id: a, name: A, sections: [limits, recommendations]}]")
    assert read["a"].sections == ("limits", "recommendations")
