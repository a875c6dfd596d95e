"""Submissions become files of one region and wave, the same ones every time."""

import json

import pytest

from evaluation.servers.packing import pack
from evaluation.servers.submissions import Fetched

LIMITS = {"rows": 5000, "bytes": 10_000_000}


def fetched(number, **answers):
    return Fetched(str(number), f"{number:064x}", None, answers)


def packed(study, *all_of_them, limits=LIMITS):
    return list(pack(all_of_them, study.instruments["pupil"], limits))


def rows(content):
    return json.loads(content)["results"]


def test_nothing_makes_no_file(study):
    assert packed(study) == []


def test_every_region_and_wave_has_a_file_of_its_own(study):
    said = [("n", 0), ("s", 0), ("n", 1), ("n", 0), (None, None)]
    files = packed(study, *(fetched(n, region=r, wave=w) for n, (r, w) in enumerate(said)))
    assert [(each.place, each.numbers) for each in files] == [
        (("", ""), ("4",)),
        (("n", "0"), ("0", "3")),
        (("n", "1"), ("2",)),
        (("s", "0"), ("1",)),
    ]
    for each in files:
        assert len(rows(each.content)) == len(each.numbers) == len(each.editions)


@pytest.mark.parametrize(
    "answers",
    [
        {"region": "n", "wave": "1"},
        {"where/region": "n", "where/wave": "1"},
        {"where": {"deep": {"region": "n"}, "wave": "1"}},
    ],
)
def test_region_and_wave_are_found_in_whichever_group(study, answers):
    (file,) = packed(study, fetched(1, **answers))
    assert file.place == ("n", "1")
    assert rows(file.content) == [answers]


def test_equal_submissions_make_equal_bytes_whatever_the_letters(study):
    first = packed(study, fetched(1, region="n", code="әғқ"), fetched(2, region="n", code="\ud83d"))
    again = packed(study, fetched(1, region="n", code="әғқ"), fetched(2, region="n", code="\ud83d"))
    assert first == again
    assert [row["code"] for row in rows(first[0].content)] == ["әғқ", "?"]


@pytest.mark.parametrize(("most", "parts"), [(1, [1] * 7), (3, [3, 3, 1]), (7, [7]), (8, [7])])
def test_a_file_has_no_more_rows_than_the_gate_takes(study, most, parts):
    files = packed(
        study, *(fetched(n, region="n") for n in range(7)), limits=LIMITS | {"rows": most}
    )
    assert [len(each.numbers) for each in files] == parts
    assert [n for each in files for n in each.numbers] == [str(n) for n in range(7)]


@pytest.mark.parametrize("most", [100, 150, 200, 333, 1000])
def test_a_file_has_no_more_bytes_than_the_gate_takes(study, most):
    limits = LIMITS | {"bytes": most}
    files = packed(
        study, *(fetched(n, region="n", code="ә" * (n % 9)) for n in range(40)), limits=limits
    )
    assert all(len(each.content) <= most for each in files)
    assert sum(len(each.numbers) for each in files) == 40


def test_one_that_is_too_long_by_itself_goes_alone_for_the_gate_to_refuse(study):
    limits = LIMITS | {"bytes": 50}
    files = packed(
        study, fetched(1, region="n"), fetched(2, region="n", code="x" * 99), limits=limits
    )
    assert [each.numbers for each in files] == [("1",), ("2",)]


def test_a_mark_makes_another_file_of_the_same_rows(study):
    (plain,) = packed(study, fetched(1, region="n"))
    (marked,) = pack([fetched(1, region="n")], study.instruments["pupil"], LIMITS, 'a "mark"')
    assert rows(marked.content) == rows(plain.content)
    assert json.loads(marked.content)["again"] == 'a "mark"'
    assert marked.content != plain.content


@pytest.mark.parametrize("most", [100, 150, 200])
def test_a_mark_counts_among_the_bytes(study, most):
    limits = LIMITS | {"bytes": most}
    coming = [fetched(n, region="n") for n in range(40)]
    files = list(pack(coming, study.instruments["pupil"], limits, "2022-11-14T00:00:00"))
    assert all(len(each.content) <= most for each in files)
