"""Whether a form on a server is the dataset's, by its questions and its version."""

import pytest

from evaluation.errors import ServerError
from evaluation.servers.submissions import ServedForm, listed, member, require_form

OURS = ("region", "wave", "code", "consent", "questions/wb_1")
REFUSED = {
    "questions of another dataset": (("region", "wave", "lesson", "room", "bell"), "1"),
    "half of them another's": (("region", "wave", "lesson", "room"), "1"),
    "no questions at all": ((), ""),
}


@pytest.mark.parametrize("version", ["", "1", "0", "v7 (an own count)"])
def test_our_form_is_known_by_its_questions_in_whichever_group(study, version):
    require_form(ServedForm(OURS, version), study.instruments["pupil"])


def test_a_form_with_some_more_questions_is_ours_and_the_gate_looks_at_them(study):
    require_form(ServedForm((*OURS, "a_note", "a_photo")), study.instruments["pupil"])


@pytest.mark.parametrize("case", REFUSED)
def test_another_form_is_refused(study, case):
    with pytest.raises(ServerError) as refused:
        require_form(ServedForm(*REFUSED[case]), study.instruments["pupil"])
    assert refused.value.rule == "server_other_form"
    assert refused.value.values == {"dataset": "pupil"}


def test_a_form_of_a_version_to_come_is_refused(study):
    with pytest.raises(ServerError) as refused:
        require_form(ServedForm(OURS, "2"), study.instruments["pupil"])
    assert refused.value.rule == "server_newer_form"
    assert refused.value.values == {"found": "2", "known": 1}


def test_columns_that_tools_add_speak_neither_for_nor_against(study):
    from dataclasses import replace

    instrument = replace(study.instruments["pupil"], ignored_headers=("start", "end", "today"))
    require_form(ServedForm(("start", "end", "today", "code")), instrument)


@pytest.mark.parametrize("said", [None, [], {"other": []}, {"list": {}}, {"list": [1]}])
def test_an_answer_of_another_shape_is_not_understood(said):
    with pytest.raises(ServerError) as refused:
        listed(said, "list")
    assert refused.value.rule == "server_not_understood"


def test_what_is_not_there_is_none():
    assert member({"a": {"b": 1}}, "a", "b") == 1
    assert member({"a": 1}, "a", "b") is None
    assert member(None, "a") is None
