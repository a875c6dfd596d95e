"""What people write is read whole, in every language, or refused with file, key and reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from evaluation.design import load_study
from evaluation.design.authored import APPROACH, NOTHING, Criterion, Priority
from evaluation.design.authored_reading import read_authored
from evaluation.errors import StudyError
from evaluation.language import Language, languages
from evaluation.settings import CHECKOUT

CODES = ("en", "ru")
OUTCOMES = ("joy", "calm")

OUTLINE: dict[str, Any] = {
    "questions": [{"id": "Q1", "criterion": "impact"}],
    "actors": [{"id": "A1"}],
    "theory": [{"id": "t1", "leads_to": ["t2"]}, {"id": "t2", "leads_to": []}],
    "conclusions": [{"id": "C1", "criterion": "relevance", "findings": ["joy"]}],
    "lessons": [{"id": "L1", "findings": ["participation"]}],
    "recommendations": [
        {"id": "R1", "deadline": date(2031, 3, 1), "priority": "high", "findings": ["joy", "calm"]}
    ],
    "decisions": [{"id": "D1", "deadline": date(2031, 2, 1)}],
}


def page(code: str) -> dict[str, Any]:
    return {
        "context": [f"{code} first", f"{code} second"],
        "approach": dict.fromkeys(APPROACH, f"{code} so"),
        "purpose": [f"{code} why"],
        "not_covered": f"{code} not",
        "questions": {"Q1": {"question": f"{code} q", "indicator": "i", "source": "s"}},
        "actors": {"A1": {"name": f"{code} name", "role": "role"}},
        "theory": {"t1": f"{code} cause", "t2": "aim"},
        "conclusions": {"C1": f"{code} concluded"},
        "lessons": {"L1": f"{code} learned"},
        "recommendations": {"R1": {"text": f"{code} do", "addressee": "you"}},
        "decisions": {"D1": {"text": f"{code} decide", "who": "they"}},
    }


def written(root: Path, outline: object = OUTLINE, **pages: object) -> Path:
    folder = root / "texts"
    folder.mkdir()
    said = {code: page(code) for code in CODES} | pages
    for name, content in {"outline": outline, **said}.items():
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    return root


def test_every_part_is_there_in_every_language(tmp_path: Path) -> None:
    read = read_authored(written(tmp_path), CODES, OUTCOMES)
    assert read.context == (
        {"en": "en first", "ru": "ru first"},
        {"en": "en second", "ru": "ru second"},
    )
    assert read.approach is not None and set(read.approach) == set(APPROACH)
    assert read.not_covered == {"en": "en not", "ru": "ru not"}
    assert read.questions[0].criterion is Criterion.IMPACT
    assert read.actors[0].name["ru"] == "ru name"
    assert [link.leads_to for link in read.theory] == [("t2",), ()]
    (advice,) = read.recommendations
    assert advice.priority is Priority.HIGH and advice.deadline == date(2031, 3, 1)
    assert advice.text["ru"] == "ru do" and advice.addressee["en"] == "you"
    assert read.decisions[0].who["en"] == "they"
    assert read.cited == ("joy", "participation", "calm")
    assert len(read.digest) == 64


def test_a_study_without_texts_has_none(tmp_path: Path) -> None:
    assert read_authored(tmp_path, CODES, OUTCOMES) is NOTHING
    assert NOTHING.cited == ()


def test_parts_that_nobody_has_written_are_empty(tmp_path: Path) -> None:
    read = read_authored(written(tmp_path, {}, en={}, ru={}), CODES, OUTCOMES)
    assert (read.context, read.approach, read.not_covered, read.theory) == ((), None, None, ())
    assert read.recommendations == ()


def test_the_hash_follows_every_word(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
    one = read_authored(written(tmp_path / "a"), CODES, OUTCOMES).digest
    other = read_authored(
        written(tmp_path / "b", ru=page("ru") | {"not_covered": "!"}), CODES, OUTCOMES
    ).digest
    assert one != other


def outline(part: str, **changes: object) -> dict[str, Any]:
    return OUTLINE | {part: [OUTLINE[part][0] | changes]}


def lacking(code: str, part: str, *keys: str) -> dict[str, Any]:
    """A page of which one text is gone."""
    made = page(code)
    node = made
    for key in (part, *keys)[:-1]:
        node = node[key]
    del node[(part, *keys)[-1]]
    return made


ELEVEN = [OUTLINE["recommendations"][0] | {"id": f"R{n}"} for n in range(1, 12)]
TWICE = [OUTLINE["lessons"][0], OUTLINE["lessons"][0]]

REFUSED: list[tuple[dict[str, Any], str, str, str]] = [
    # what is written → rule, file, key
    (
        {"outline": outline("recommendations", findings=["joy", "gone"])},
        "unknown_finding",
        "texts/outline.yaml",
        "recommendations[1].findings",
    ),
    (
        {"outline": outline("conclusions", findings=[])},
        "missing_key",
        "texts/outline.yaml",
        "conclusions[1].findings",
    ),
    (
        {"outline": outline("conclusions", criterion="beauty")},
        "not_one_of",
        "texts/outline.yaml",
        "conclusions[1].criterion",
    ),
    (
        {"outline": outline("recommendations", priority="now")},
        "not_one_of",
        "texts/outline.yaml",
        "recommendations[1].priority",
    ),
    (
        {"outline": outline("decisions", deadline="soon")},
        "not_a_date",
        "texts/outline.yaml",
        "decisions[1].deadline",
    ),
    (
        {"outline": {"recommendations": ELEVEN}, "en": {}, "ru": {}},
        "too_many",
        "texts/outline.yaml",
        "recommendations[11]",
    ),
    (
        {"outline": OUTLINE | {"lessons": TWICE}},
        "name_twice",
        "texts/outline.yaml",
        "lessons",
    ),
    (
        {"outline": OUTLINE | {"theory": OUTLINE["theory"][::-1]}},
        "unknown_reference",
        "texts/outline.yaml",
        "theory[2].leads_to",
    ),
    ({"outline": OUTLINE | {"poems": []}}, "unknown_key", "texts/outline.yaml", "poems"),
    (
        {"outline": outline("lessons", owner="x")},
        "unknown_key",
        "texts/outline.yaml",
        "lessons[1].owner",
    ),
    # A translation that is missing is named with its language's file.
    (
        {"ru": lacking("ru", "recommendations", "R1", "text")},
        "missing_key",
        "texts/ru.yaml",
        "recommendations.R1.text",
    ),
    ({"ru": lacking("ru", "context")}, "missing_key", "texts/ru.yaml", "context"),
    (
        {"ru": page("ru") | {"context": ["один"]}},
        "missing_key",
        "texts/ru.yaml",
        "context[2]",
    ),
    ({"en": lacking("en", "not_covered")}, "missing_key", "texts/en.yaml", "not_covered"),
    (
        {"en": lacking("en", "approach", "who")},
        "missing_key",
        "texts/en.yaml",
        "approach.who",
    ),
    ({"ru": lacking("ru", "theory", "t2")}, "missing_key", "texts/ru.yaml", "theory.t2"),
    # Words that belong to nothing would be lost.
    (
        {"en": page("en") | {"lessons": {"L1": "one", "L9": "nine"}}},
        "unknown_key",
        "texts/en.yaml",
        "lessons.L9",
    ),
    (
        {"en": page("en") | {"actors": {"A1": {"name": "n", "role": "r", "and more": None}}}},
        "unknown_key",
        "texts/en.yaml",
        "actors.A1.and more",
    ),
    (
        {"en": page("en") | {"approach": dict.fromkeys((*APPROACH, "cost"), "x")}},
        "unknown_key",
        "texts/en.yaml",
        "approach.cost",
    ),
]


@pytest.mark.parametrize(("content", "rule", "file", "key"), REFUSED)
def test_what_is_wrong_is_refused_by_file_and_key(
    tmp_path: Path, content: dict[str, Any], rule: str, file: str, key: str
) -> None:
    with pytest.raises(StudyError) as refused:
        read_authored(written(tmp_path, **content), CODES, OUTCOMES)
    said = refused.value
    assert (said.rule, said.values["file"], said.values["key"]) == (rule, file, key)
    assert all(file in Language(code)(said.message, **said.values) for code in languages())


def test_a_finding_that_is_gone_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    content = outline("lessons", findings=["gone"])
    with pytest.raises(StudyError) as refused:
        read_authored(written(tmp_path, content), CODES, OUTCOMES)
    said = Language("en")(refused.value.message, **refused.value.values)
    assert "“gone” does not exist" in said
    assert "joy, calm, participation, comparability, data_quality" in said


def test_a_language_without_a_file_is_named(tmp_path: Path) -> None:
    root = written(tmp_path)
    (root / "texts/ru.yaml").unlink()
    with pytest.raises(StudyError, match=r"file_missing.*ru\.yaml"):
        read_authored(root, CODES, OUTCOMES)


def test_a_better_sentence_is_not_another_study(tmp_path: Path) -> None:
    """Only what numbers come from is in the study's hash."""
    import shutil

    root = tmp_path / "study"
    shutil.copytree(CHECKOUT / "evaluation/study", root)
    before = load_study(root)
    page = root / "texts/en.yaml"
    page.write_text(page.read_text("utf-8").replace("Go on", "Continue") + "\n# seen\n", "utf-8")
    after = load_study(root)
    assert after.digest == before.digest and after.texts.digest != before.texts.digest


def test_the_shipped_texts_are_whole_and_hold_no_count_of_children() -> None:
    study = load_study(CHECKOUT / "evaluation/study")
    texts = study.texts
    assert texts.context and texts.purpose and texts.theory and texts.decisions
    assert 1 <= len(texts.recommendations) <= 10
    said = [
        *texts.context,
        *texts.purpose,
        *(it.text for it in (*texts.conclusions, *texts.lessons, *texts.recommendations)),
    ]
    assert not any(letter.isdigit() for text in said for words in text.values() for letter in words)
