"""Columns that a person has confirmed are read in every later file of the same source."""

import pytest

from evaluation.design import load_study
from evaluation.errors import SettingsError
from evaluation.intake import Sender, check, identify
from evaluation.intake.columns import find_columns, read_mapping
from evaluation.intake.known import Known
from evaluation.intake.recognise.remembered import header_digest, source_digest
from evaluation.records.batches import Card, Status
from tests.evaluation.intake.given import (
    ADA,
    BEN,
    CARD,
    EXPECTATIONS,
    PUPIL,
    TESTS,
    changed,
    nobody,
    pupil_rows,
    rules,
    shared,
    text_table,
    workbook,
)

SENDER = Sender(region="n", wave=0)
NAMES = {"Sex": "Sex of the child", "I feel well.": "Frage 7", "I have friends.": "Frage 11"}
FOREIGN = tuple(NAMES.get(name, name) for name in PUPIL)
FILE = text_table(pupil_rows(ADA, BEN, header=FOREIGN))
ALL = ("B=sex", "H=wb_1", "L=bl_2")


def judged(content, study, columns, card=CARD):
    return check(
        content,
        study=study,
        instrument=None,
        region=None,
        wave=None,
        declared=Card(tuple(card.items())),
        expectations=EXPECTATIONS,
        already_stored=nobody,
        known=Known(columns=columns),
    )


def confirmed(content, study, *said, proposals=False, sender=SENDER):
    found = find_columns(content, study, sender, {})
    return {found.source: found.confirmed(said, proposals=proposals)}


def test_what_is_unknown_is_shown_with_what_it_probably_means(study):
    found = find_columns(FILE, study, SENDER, {})
    assert found.proposed == (("B", "sex"),)
    assert found.unknown == ("H", "L")
    assert found.remembered == ()
    assert set(found.free) == {"sex", "wb_1", "bl_2", "region", "wave", "forms_declared"}


def test_a_confirmed_file_is_read_as_if_it_bore_our_names(study):
    columns = confirmed(FILE, study, *ALL)
    intake = judged(FILE, study, columns)
    ours = judged(text_table(pupil_rows(ADA, BEN)), study, {})
    assert (intake.status, intake.findings) == (Status.ACCEPTED, ())
    drop = ["batch"]
    assert intake.accepted.drop(columns=drop).equals(ours.accepted.drop(columns=drop))
    assert identify(FILE, study=study, sender=SENDER, columns=columns).instrument == "pupil"


def test_the_next_file_of_the_source_needs_no_question_in_any_order_or_format(study):
    columns = confirmed(FILE, study, *ALL)
    cara = changed(ADA, Code="c3")
    turned = [[row[n] for n in reversed(range(len(PUPIL)))] for row in (FOREIGN, cara)]
    for content in (
        text_table(turned, separator=";"),
        workbook(("Answers", [["A list of the school"], [], *turned])),
    ):
        intake = judged(content, study, columns)
        assert (intake.status, intake.accepted.respondent.tolist()) == (Status.ACCEPTED, ["c3"])
        found = find_columns(content, study, SENDER, columns)
        assert dict(found.remembered) == {"K": "sex", "E": "wb_1", "A": "bl_2"}
        assert (found.proposed, found.unknown) == ((), ())


def test_another_source_is_asked_about_anew(study):
    columns = confirmed(FILE, study, *ALL)
    wider = text_table(pupil_rows((*ADA, "n"), header=(*FOREIGN, "Region")))
    assert "unknown_column" in rules(judged(wider, study, columns))


def test_a_file_in_which_no_header_is_ours_is_found_by_what_was_confirmed(study):
    """Two known headers are enough to begin with; once all are confirmed, none is needed."""
    names = [f"Frage {n}" for n in range(len(PUPIL))]
    foreign = text_table(pupil_rows(ADA, header=names))
    assert rules(judged(foreign, study, {})) == ["no_data_sheet"]
    pupil = study.instruments["pupil"]
    fields = [field.name for field in pupil.row_fields]
    meanings = dict(zip(map(header_digest, names), fields, strict=True))
    intake = judged(foreign, study, {source_digest(names, pupil): meanings})
    assert (intake.status, intake.findings) == (Status.ACCEPTED, ())


def test_all_proposals_can_be_confirmed_and_what_is_said_wins(study):
    found = find_columns(FILE, study, SENDER, {})
    assert sorted(found.confirmed([], proposals=True).values()) == ["sex"]
    assert sorted(found.confirmed(["b=bl_2"], proposals=True).values()) == ["bl_2"]
    assert sorted(found.confirmed(["Frage 7 = wb_1"], proposals=True).values()) == ["sex", "wb_1"]
    assert found.confirmed([], proposals=False) == {}


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        (["C=sex"], "column_not_unknown"),
        (["ZZ=sex"], "column_not_unknown"),
        (["sex"], "column_not_unknown"),
        (["B=shoes"], "field_not_free"),
        (["B=age"], "field_not_free"),
        (["B="], "field_not_free"),
        (["B=sex", "H=sex"], "columns_twice"),
    ],
)
def test_what_cannot_be_is_not_confirmed(study, said, rule):
    with pytest.raises(SettingsError, match=rule) as refused:
        find_columns(FILE, study, SENDER, {}).confirmed(said, proposals=False)
    assert "Frage" not in str(refused.value)


def test_two_columns_of_one_header_cannot_be_told_apart(study):
    names = (*PUPIL[:7], "Frage", "Frage", *PUPIL[9:])
    found = find_columns(text_table(pupil_rows(ADA, header=names)), study, SENDER, {})
    with pytest.raises(SettingsError, match="columns_twice"):
        found.confirmed(["H=wb_1", "I=wb_2"], proposals=False)


def test_no_header_of_a_file_is_shown(study):
    name = "Sex of " + "Somebody " + "Invented"
    content = text_table(pupil_rows(ADA, header=(PUPIL[0], name, *PUPIL[2:])))
    found = find_columns(content, study, SENDER, {})
    intake = judged(content, study, {})
    assert "Invented" not in repr(found) + repr(intake.findings)
    assert found.proposed or found.unknown


def test_a_mapping_file_is_a_list_of_what_is_said():
    content = '\ufeffcolumn,field\r\nB,sex\r\n"Frage 7, neu",wb_1\r\n'.encode()
    assert read_mapping(content) == ["B=sex", "Frage 7, neu=wb_1"]
    assert read_mapping(b"column,field\n") == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\nB,sex\n",
        b"column,field\nB\n",
        b"column,field\nB,\n",
        b"column,field\nB,sex,1\n",
        b'column,field\n"B,sex\n',
        b"column,field\n\xff\xff,sex\n",
    ],
)
def test_anything_else_is_no_mapping_file(content):
    with pytest.raises(SettingsError, match="mapping_unreadable"):
        read_mapping(content)


def test_a_real_export_of_another_form_is_read_with_a_mapping():
    """People's own answers under foreign headers: none is lost, and each stands where it belongs."""
    path = shared("stats/cases/bfi_agree.csv")
    bfi = load_study(TESTS / "studies/bfi")
    text = path.read_text("utf-8")
    head, _, body = text.partition("\n")
    foreign = "\n".join([head.replace("age", "Alter").replace("A1", "Frage 1"), body]).encode()
    ours = judged(text.encode(), bfi, {}, card={})
    assert judged(foreign, bfi, {}, card={}).status is Status.REFUSED
    said = read_mapping(b"column,field\nFrage 1,A1\nAlter,age\n")
    columns = confirmed(foreign, bfi, *said, sender=Sender())
    intake = judged(foreign, bfi, columns, card={})
    assert (intake.status, intake.tally) == (Status.ACCEPTED, ours.tally)
    drop = ["batch", "respondent"]
    assert intake.accepted.drop(columns=drop).equals(ours.accepted.drop(columns=drop))
