from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.design import Study
from evaluation.errors import StudyError
from evaluation.records.codes import is_child_code
from evaluation.synthetic.children import draw_block
from evaluation.synthetic.faults import SHIPPED, Fault, load_faults, spoil
from evaluation.synthetic.population import Population
from evaluation.synthetic.sending import Sending

CODE = "child_code"


def fault(kind: str, **said: object) -> Fault:
    plain = {
        "region": "11",
        "wave": 0,
        "row": None,
        "field": "",
        "value": "",
        "claimed": 0,
        "domain": 1,
        "effect": "hold",
        "what": "a mistake",
    }
    return Fault(kind, **{**plain, **said})  # type: ignore[arg-type]


@pytest.fixture
def sending(population: Population) -> Sending:
    region = next(r for r in population.regions if r.code == "11")
    rows = draw_block(population, region, first=0, last=40).baseline
    fieldwork = population.fieldwork("11", population.baseline)
    return Sending("file", "11", population.baseline, fieldwork, rows, {})


def only(sending: Sending, *faults: Fault):
    spoilt = list(spoil(sending, faults, respondent=CODE))
    assert len(spoilt) == 1
    return spoilt[0]


def test_the_shipped_list_names_what_the_study_has(published: Study) -> None:
    assert published.plan is not None
    instrument = published.instruments[published.plan.instrument]
    faults = load_faults()
    assert {f.region for f in faults} <= {role.region for role in published.roles}
    assert {f.field for f in faults if f.field} <= {f.name for f in instrument.row_fields}
    assert {f.effect for f in faults} == {"refuse", "hold", "blank", "note"}
    assert {f.kind for f in faults if f.effect == "refuse"} == {"refused"}


def test_a_mistake_in_the_list_is_named_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text(SHIPPED.read_text("utf-8").replace("domain: 6", "domian: 6", 1), "utf-8")
    with pytest.raises(StudyError, match="unknown_key"):
        load_faults(path)


def test_a_list_of_few_kinds_is_a_list(tmp_path: Path) -> None:
    path = tmp_path / "faults.yaml"
    path.write_text('again: [{region: "11", wave: 0, domain: 34, effect: note, what: twice}]')
    assert [f.kind for f in load_faults(path)] == ["again"]


def test_a_cell_is_overwritten_and_its_row_is_the_one_that_excel_shows(sending: Sending) -> None:
    spoilt = only(sending, fault("cells", row=4, field="sid_02", value="55"))
    changed = [n for n in range(40) if _row(spoilt.sending, n) != _row(sending, n)]
    assert changed == [3]
    assert spoilt.sending.rows.columns["sid_02"][3] == "55"
    assert [row for row, _ in spoilt.faults] == [5]


def _row(sending: Sending, number: int) -> tuple[str, ...]:
    return list(sending.rows.each())[number]


def test_a_mistyped_code_has_the_right_shape_and_the_wrong_digit(sending: Sending) -> None:
    spoilt = only(sending, fault("check_digits", row=2))
    before, after = (s.rows.columns[CODE][1] for s in (sending, spoilt.sending))
    assert before[:-1] == after[:-1]
    assert is_child_code(before)
    assert not is_child_code(after)


def test_a_code_that_is_wrong_already_stays_as_it_is(sending: Sending) -> None:
    spoilt = only(sending, fault("check_digits", row=2), fault("check_digits", row=2))
    assert not is_child_code(spoilt.sending.rows.columns[CODE][1])


def test_without_codes_there_is_no_digit_to_mistype(sending: Sending) -> None:
    [spoilt] = spoil(sending, (fault("check_digits", row=2),), respondent=None)
    assert list(spoilt.sending.rows.each()) == list(sending.rows.each())


def test_a_child_typed_twice_stands_at_the_end_again(sending: Sending) -> None:
    spoilt = only(sending, fault("repeated", row=3))
    assert len(spoilt.sending.rows) == 41
    assert _row(spoilt.sending, 40) == _row(sending, 2)
    assert [row for row, _ in spoilt.faults] == [42]


def test_a_header_is_changed_and_no_row(sending: Sending) -> None:
    spoilt = only(sending, fault("retitled", field="child_code", value="Шифр"))
    assert spoilt.sending.retitled == {"child_code": "Шифр"}
    assert [row for row, _ in spoilt.faults] == [None]


def test_a_refused_first_attempt_comes_before_the_good_file(
    sending: Sending, population: Population
) -> None:
    attempt, good = spoil(sending, (fault("refused", claimed=3),), respondent=CODE)
    card = attempt.sending.card(population.instrument, 1)
    assert len(attempt.sending.rows) == 30
    assert card.get("forms_declared") == "33"
    assert good.sending is sending


def test_the_same_file_comes_again_after_the_good_one(sending: Sending) -> None:
    _good, again = spoil(sending, (fault("again"),), respondent=CODE)
    assert again.again
    assert again.sending.rows is sending.rows


ELSEWHERE = [
    fault("cells", region="15", row=1, field="sid_02", value="55"),
    fault("cells", wave=1, row=1, field="sid_02", value="55"),
    fault("cells", row=41, field="sid_02", value="55"),
    fault("cells", row=1, field="unheard_of", value="55"),
]


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_fault_of_another_file_changes_nothing(elsewhere: Fault, sending: Sending) -> None:
    spoilt = only(sending, elsewhere)
    assert spoilt.sending is sending
    assert spoilt.faults == ()
