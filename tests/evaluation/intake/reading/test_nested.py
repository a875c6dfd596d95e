"""JSON of KoboToolbox's API, of OData and of SurveyCTO: flat tables, bounded while they are filled."""

import json

import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading import nested
from evaluation.intake.reading.files import read_file

LIMITS = {"bytes": 1e7, "rows": 100, "columns": 60, "unpacked_bytes": 1e7}


def read(said, **limits):
    content = said if isinstance(said, bytes) else json.dumps(said).encode()
    return nested.read_submissions(content, **({"rows": 100, "columns": 60} | limits))


def table(submissions, number=0):
    columns = [
        [texts[code] for code in codes] for texts, codes in submissions.tables[number].columns()
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def test_groups_become_paths_and_lists_become_answers():
    said = {"count": 2, "next": None, "results": [
        {"_id": 7, "about": {"age": 9, "deep": {"er": 1.5}}, "clubs": ["sport", "music"], "ok": True},
        {"_id": 8, "about": {"age": None}, "late": False, "n": 2.0},
    ]}  # fmt: skip
    assert table(read(said)) == [
        ["_id", "about/age", "about/deep/er", "clubs", "ok", "late", "n"],
        ["7", "9", "1.5", "sport music", "TRUE", "", ""],
        ["8", "", "", "", "", "FALSE", "2"],
    ]


def test_repeats_are_tables_that_say_whose_they_are():
    said = [
        {"_id": 1, "kids": [{"kids/name": "x", "kids/toys": [{"t": 1}, {"t": 2}]}]},
        {"_id": 2, "kids": [{"kids/name": "y"}, "not a record", {"kids/name": "z"}]},
    ]
    read_ = read(said)
    assert [each.name for each in read_.tables] == ["", "kids", "kids/kids/toys"]
    assert table(read_, 1) == [
        ["_index", "_parent_index", "kids/name"],
        ["1", "1", "x"],
        ["2", "2", "y"],
        ["3", "2", "z"],
    ]
    assert table(read_, 2) == [["_index", "_parent_index", "t"], ["1", "1", "1"], ["2", "1", "2"]]


def test_links_of_the_interface_are_no_answers():
    said = {
        "value": [{"__id": "uuid:1", "kids@odata.navigationLink": "x", "q": "a", "at": [[1], 2]}]
    }
    assert table(read(said)) == [["__id", "q", "at"], ["uuid:1", "a", "2"]]


@pytest.mark.parametrize(
    ("more", "part"),
    [
        ({}, False),
        ({"count": 1}, False),
        ({"count": 2}, True),
        ({"next": "page 2"}, True),
        ({"@odata.nextLink": "page 2"}, True),
        ({"@odata.count": 9}, True),
        ({"count": "many"}, False),
    ],
)
def test_a_page_of_an_export_is_known_for_a_part(more, part):
    assert read({"results": [{"a": 1}], **more}).is_part is part


def deep(levels, value):
    for _ in range(levels):
        value = {"g": value}
    return value


def repeats(levels, value):
    for _ in range(levels):
        value = {"r": [value]}
    return value


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (b"{", "damaged_file"),
        (b'[{"a": 1}', "damaged_file"),
        (b"[" * 100_000, "damaged_file"),
        (b'[{"a": ' + b"1" * 5000 + b"}]", "damaged_file"),
        ({"other": []}, "not_a_table"),
        ([1, 2], "not_a_table"),
        ({"results": {}}, "not_a_table"),
        ([], "empty_file"),
        ([deep(30, 1)], "not_a_table"),
        ([repeats(30, {"a": 1})], "not_a_table"),
        ([{f"r{n}": [{"a": 1}] for n in range(60)}], "not_a_table"),
        ([{"a/b": 1, "a": {"b": 2}}], "damaged_file"),
        ([{"a": 1}] * 101, "too_many_rows"),
        ([{"r": [{"a": 1}] * 101}], "too_many_rows"),
        ([{str(n): 1 for n in range(70)}], "too_many_columns"),
    ],
)
def test_what_cannot_be_a_table_is_refused(said, rule):
    with pytest.raises(DeliveryError) as refused:
        read(said)
    assert refused.value.rule == rule


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_json_is_known_in_any_of_its_encodings(encoding):
    content = json.dumps([{"Код": "а1"}], ensure_ascii=False).encode(encoding)
    assert nested.recognises(content)
    (sheet,) = read_file(content, LIMITS, len).sheets
    assert (sheet.number, sheet.row(0), sheet.row(1)) == (None, ("Код",), ("а1",))


@pytest.mark.parametrize("content", [b"[code];b\r\n", b"a,{b}", b"{a},b", b"PK", b"\xff\xfe"])
def test_a_table_may_begin_with_a_bracket(content):
    assert not nested.recognises(content)


def test_repeats_in_json_are_numbered_sheets_and_a_part_is_said():
    content = json.dumps({"count": 5, "results": [{"a": 1, "r": [{"b": 2}]}]}).encode()
    reading = read_file(content, LIMITS, len)
    assert [(s.number, s.name) for s in reading.sheets] == [(1, ""), (2, "r")]
    assert [(f.rule, f.values) for f in reading.findings] == [("part_of_export", {"n": 1})]


def test_half_a_letter_and_a_null_sign_reach_no_database():
    (sheet,) = read_file(b'[{"a": "x\\ud800y", "b": "p\\u0000q"}]', LIMITS, len).sheets
    assert sheet.row(1) == ("x?y", "pq")
