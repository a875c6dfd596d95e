"""A study is read whole or refused with the file, the key and the reason.

A broken study is the small one with one line changed: `file: old → new`.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest

from evaluation.design import Arm, FieldType, Level, Need, load_study
from evaluation.errors import StudyError
from evaluation.language import Language, languages
from evaluation.settings import CHECKOUT

SMALL = Path(__file__).parents[2] / "study"


@pytest.fixture
def broken(tmp_path):
    """Change one text of one file of a copy of the small study, and load it."""

    def load(file: str, old: str, new: str) -> None:
        root = tmp_path / "study"
        shutil.copytree(SMALL, root)
        content = (root / file).read_text("utf-8")
        assert old in content, f"{old!r} is not in {file}"
        (root / file).write_text(content.replace(old, new, 1), "utf-8")
        load_study(root)

    return load


def test_the_small_study_is_what_its_files_say():
    study = load_study(SMALL)
    pupil = study.instruments["pupil"]
    assert [field.name for field in pupil.batch_fields] == ["region", "wave", "forms_declared"]
    assert [item.name for item in pupil.items] == ["wb_1", "wb_2", "wb_3", "bl_1", "bl_2"]
    assert pupil.field("sex").type is FieldType.CODE
    assert pupil.field("sex").need is Need.REQUIRED
    assert pupil.field("region").level is Level.BATCH
    assert pupil.has("age") and not pupil.has("height") and not pupil.has(None)
    assert study.scales["wellbeing"].reversed == {"wb_3"}
    assert [scale.id for scale in study.scales_of("pupil")] == ["wellbeing", "belonging"]
    assert study.wave(1).name["en"] == "last"
    assert study.regions["h"].predecessor == "n"
    assert study.splits[0].places == ("Upper", "Lower")
    assert study.reference_values[0].value == 48
    assert study.plan is not None and study.plan.outcomes[0].estimator == "ancova"


def test_a_questionnaire_says_what_is_read_aloud_and_which_answers_are_drawn():
    child = load_study(CHECKOUT / "evaluation/study").instruments["child_questionnaire"]
    assert child.introduction is not None and child.introduction.before == "assent_child"
    assert set(child.introduction.text) == {"en", "ru", "kk"}
    assert child.pictured == {"agreement"}
    pupil = load_study(SMALL).instruments["pupil"]
    assert pupil.introduction is None and not pupil.pictured


def test_answers_know_which_of_them_count():
    agree = load_study(SMALL).instruments["pupil"].field("wb_1").choices
    assert agree.valid_values == (1, 2, 3, 4, 5)
    assert agree.missing_values == {9}
    assert agree.numeric
    pupil = load_study(SMALL).instruments["pupil"]
    assert not pupil.field("sex").numeric and pupil.field("age").numeric
    assert pupil.field("secret_group").restricted and not pupil.field("age").restricted


@pytest.mark.parametrize(
    ("region", "day", "arm"),
    [
        ("n", date(2022, 3, 1), Arm.PILOT),
        ("s", date(2022, 6, 30), Arm.COMPARISON),  # the last day of its first role
        ("s", date(2022, 7, 1), Arm.PILOT),
        ("s", date(2021, 12, 31), Arm.OTHER),  # before any role
        ("x", date(2022, 3, 1), Arm.OTHER),
    ],
)
def test_a_region_is_in_the_arm_it_had_on_that_day(region, day, arm):
    assert load_study(SMALL).arm_of(region, day) is arm


def test_the_digest_changes_with_any_file(tmp_path):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    before = load_study(root).digest
    assert before == load_study(SMALL).digest
    (root / "regions.csv").write_text((root / "regions.csv").read_text() + "y,,Y,Y,Y,,,\n")
    assert load_study(root).digest != before


def test_a_study_needs_little(tmp_path):
    """No regions, no plan, one language: what a survey without a comparison needs."""
    (tmp_path / "instruments").mkdir()
    (tmp_path / "study.yaml").write_text(
        "id: tiny\ntitle: Tiny\nwaves: [{id: 0, name: only}]\n"
        "intake: {rows: 10000}\ndisclosure: {minimum_cell: 5, round_counts_to: 1, importance: {both: 7}}\n"
    )
    (tmp_path / "instruments/form.yaml").write_text(
        "id: form\nversion: 1\ntitle: Form\n"
        "answers: {line: [{code: 1, label: one}, {code: 2, label: two}]}\n"
        "items: [{name: A1, answers: line, header: First}]\n"
    )
    study = load_study(tmp_path)
    assert study.languages == ("en",)
    assert study.plan is None and not study.example
    assert study.instruments["form"].identity.respondent is None
    assert study.instruments["form"].items[0].header == {"en": "First"}
    assert study.intake["rows"] == 10000 and study.intake["columns"] == 200
    assert study.disclosure.minimum_cell == 5
    assert study.disclosure.importance == {"both": 7}


CASES = [
    # file, old, new → rule, key
    ("study.yaml", "id: small", "id: [", "not_yaml", "line 4"),
    ("study.yaml", "id: small", "id: small\nid: other", "not_yaml", "line 3"),
    ("study.yaml", "example: true", "example: perhaps", "not_yes_or_no", "example"),
    ("study.yaml", "example: true", "exmaple: true", "unknown_key", "exmaple"),
    ("study.yaml", "id: small", "id: {a: b}", "not_a_text", "id"),
    ("study.yaml", "languages: [en, ru, kk]", "languages: en", "not_a_list", "languages"),
    ("study.yaml", "ru: Малое исследование, ", "", "missing_language", "title"),
    ("study.yaml", "start: 2022-03-01", "start: spring", "not_a_date", "waves[1].start"),
    ("study.yaml", "start: 2022-03-01", "start: 2022-06-01", "ends_before_start", "waves.0"),
    ("study.yaml", "start: 2022-03-01, ", "", "missing_key", "waves.0.start"),
    ("study.yaml", "{id: 1,", "{id: 0,", "waves_wrong", "waves"),
    ("study.yaml", "{id: 1,", "{id: one,", "not_a_whole_number", "waves[2].id"),
    ("study.yaml", "{id: 1,", "{", "missing_key", "waves[2].id"),
    (
        "study.yaml",
        "example: true",
        "disclosure: {minimum_cell: 4, round_counts_to: 5}",
        "cell_too_small",
        "disclosure.minimum_cell",
    ),
    (
        "study.yaml",
        "example: true",
        "disclosure: {minimum_cell: 10, round_counts_to: 0}",
        "not_between",
        "disclosure.round_counts_to",
    ),
    (  # ten children, who may be shown, would round to nothing
        "study.yaml",
        "example: true",
        "disclosure: {minimum_cell: 10, round_counts_to: 21}",
        "not_between",
        "disclosure.round_counts_to",
    ),
    (
        "study.yaml",
        "example: true",
        "disclosure: {minimum_cell: 10, round_counts_to: 5, importance: {both: 0}}",
        "not_between",
        "disclosure.importance.both",
    ),
    ("study.yaml", "example: true", "intake: {rows: many}", "not_a_number", "intake.rows"),
    ("study.yaml", "example: true", "intake: [rows]", "not_a_mapping", "intake"),
    ("regions.csv", "code,iso", "kode,iso", "columns_missing", "line 1"),
    ("regions.csv", "e,,East", "n,,East", "code_twice", "line 3.code"),
    (
        "regions.csv",
        "h,,Hills,Холмы,Төбелер,n",
        "h,,Hills,Холмы,Төбелер,q",
        "unknown_reference",
        "line 4.predecessor",
    ),
    ("regions.csv", "s,,South,", "s,,South,,", "row_ragged", "line 5"),
    ("regions.csv", "s,,South", 's,,"South', "not_csv", "–"),
    ("region_roles.csv", "w,comparison", "w,control", "not_one_of", "line 7.arm"),
    ("region_roles.csv", "w,comparison", "q,comparison", "unknown_reference", "line 7.region"),
    (
        "region_roles.csv",
        "s,pilot,2022-07-01",
        "s,pilot,2022-06-30",
        "roles_overlap",
        "line 6.region",
    ),
    ("region_roles.csv", "2022-06-30", "2021-06-30", "ends_before_start", "line 5.end"),
    ("reference_values.csv", "pupils,48", "pupils,many", "not_a_number", "line 2.value"),
    (
        "instruments/pupil.yaml",
        "consent: {",
        "introduction: {before: nobody, en: a, ru: b, kk: c}\nconsent: {",
        "unknown_reference",
        "introduction.before",
    ),
    (
        "instruments/pupil.yaml",
        "consent: {",
        "introduction: {before: wave, en: a, ru: b, kk: c}\nconsent: {",
        "unknown_reference",
        "introduction.before",
    ),
    (
        "instruments/pupil.yaml",
        "consent: {",
        "introduction: {before: code, en: a, ru: b}\nconsent: {",
        "missing_language",
        "introduction",
    ),
    (
        "instruments/pupil.yaml",
        "consent: {",
        "pictures: [glasses]\nconsent: {",
        "unknown_reference",
        "pictures",
    ),
    ("instruments/pupil.yaml", "id: pupil", "id: pupils", "id_is_not_file_name", "id"),
    (
        "instruments/pupil.yaml",
        "name: sex",
        "name: respondent",
        "not_an_identifier",
        "fields[5].name",
    ),
    ("instruments/pupil.yaml", "name: wb_2", "name: wb 2", "not_an_identifier", "items[2].name"),
    ("instruments/pupil.yaml", "name: wb_2", "name: WB_1", "name_twice", "fields"),
    ("instruments/pupil.yaml", "code: M", "code: F", "code_twice", "answers.sex"),
    (
        "instruments/pupil.yaml",
        "type: code, need: required, answers: sex",
        "type: word, need: required",
        "not_one_of",
        "fields[5].type",
    ),
    (
        "instruments/pupil.yaml",
        "answers: sex",
        "answers: gender",
        "unknown_reference",
        "fields[5].answers",
    ),
    ("instruments/pupil.yaml", r"'[a-z]\d+'", "'[a-z'", "not_a_pattern", "fields[4].pattern"),
    (
        "instruments/pupil.yaml",
        r"pattern: '[a-z]\d+'",
        "check: luhn",
        "not_one_of",
        "fields[4].check",
    ),
    (
        "instruments/pupil.yaml",
        "sensitivity: S2",
        "sensitivity: S9",
        "not_one_of",
        "fields[4].sensitivity",
    ),
    (
        "instruments/pupil.yaml",
        "respondent: code",
        "respondent: pupil",
        "unknown_reference",
        "identity.respondent",
    ),
    (
        "instruments/pupil.yaml",
        "fields: [consent]",
        "fields: [consents]",
        "unknown_reference",
        "consent.fields",
    ),
    (
        "instruments/pupil.yaml",
        "name: wb_2, answers: agree",
        "name: wb_2, answers: sex",
        "item_not_numeric",
        "items[2].answers",
    ),
    ("instruments/pupil.yaml", "answers:\n", "answers: agree\nother:\n", "unknown_key", "other"),
    (
        "scales/wellbeing.yaml",
        "instrument: pupil",
        "instrument: adult",
        "unknown_reference",
        "instrument",
    ),
    ("scales/wellbeing.yaml", "items: [wb_1,", "items: [wb_9,", "unknown_reference", "items"),
    ("scales/wellbeing.yaml", "items: [wb_1,", "items: [wb_2,", "name_twice", "items"),
    (
        "scales/wellbeing.yaml",
        "reversed: [wb_3]",
        "reversed: [bl_1]",
        "reversed_outside",
        "reversed",
    ),
    ("scales/wellbeing.yaml", "min_answered: 2", "min_answered: 4", "not_between", "min_answered"),
    ("scales/wellbeing.yaml", "range: [1, 5]", "range: [5, 1]", "not_a_range", "range"),
    ("scales/wellbeing.yaml", "range: [1, 5]", "range: [0, 5]", "range_differs", "range"),
    (
        "instruments/pupil.yaml",
        r"pattern: '[a-z]\d+'",
        "check: child_code, minimum: x",
        "not_a_whole_number",
        "fields[4].minimum",
    ),
    ("plan.yaml", "instrument: pupil", "instrument: adult", "unknown_reference", "instrument"),
    ("plan.yaml", "endline_wave: 1", "endline_wave: 7", "unknown_reference", "endline_wave"),
    ("plan.yaml", "endline_wave: 1", "endline_wave: 0", "waves_equal", "endline_wave"),
    (
        "plan.yaml",
        "{id: belonging, scale: belonging,",
        "{id: wellbeing, scale: belonging,",
        "name_twice",
        "outcomes",
    ),
    ("plan.yaml", "scale: belonging", "scale: calm", "unknown_reference", "outcomes[2].scale"),
    ("plan.yaml", "family: secondary", "family: third", "unknown_reference", "outcomes[2].family"),
    ("plan.yaml", "primary: holm", "primary: luck", "not_one_of", "families.primary"),
    ("plan.yaml", "alpha: 0.05", "alpha: 5", "not_between", "alpha"),
    ("plan.yaml", "field: age", "field: height", "unknown_reference", "covariates[1]"),
    ("plan.yaml", "field: age", "field: sex", "covariate_not_numeric", "covariates[1]"),
    ("plan.yaml", "equals: F", "equals: Q", "unknown_reference", "covariates[2]"),
    ("plan.yaml", "dof_low: 4", "dof_small: 4", "unknown_key", "thresholds.dof_small"),
]


@pytest.mark.parametrize(("file", "old", "new", "rule", "key"), CASES)
def test_a_contradiction_is_refused_with_file_key_and_reason(broken, file, old, new, rule, key):
    with pytest.raises(StudyError) as refused:
        broken(file, old, new)
    assert (refused.value.rule, refused.value.values["file"], refused.value.values["key"]) == (
        rule,
        file,
        key,
    )
    for language in languages():
        said = Language(language)(refused.value.message, **refused.value.values)
        assert said.startswith(f"{file}, {key}: ")


def test_a_folder_without_a_study_is_refused(tmp_path):
    with pytest.raises(StudyError, match="file_missing"):
        load_study(tmp_path)


@pytest.mark.parametrize(
    ("file", "content", "rule"),
    [
        ("study.yaml", "id: é".encode("latin-1"), "not_utf8"),
        ("study.yaml", b"id: \x01", "not_yaml"),
        ("regions.csv", "code\né".encode("latin-1"), "not_csv"),
        (
            "region_roles.csv",
            b"region,arm,start,end\nn,pilot,2022-01-01,\n",
            "arm_without_region",
        ),
        ("instruments/pupil.yaml", b"id: pupil\nversion: 1\ntitle: Pupil\n", "missing_key"),
        (
            "sites.csv",
            b"code,region,start,end,sessions_planned\nS1,q,2022-01-01,,\n",
            "unknown_reference",
        ),
        (
            "sites.csv",
            b"code,region,start,end,sessions_planned\nS1,n,2022-01-01,,x\n",
            "not_a_whole_number",
        ),
        (
            "sites.csv",
            b"code,region,start,end,sessions_planned\nS1,n,2022-01-01,,1\nS1,n,2022-01-01,,1\n",
            "code_twice",
        ),
    ],
)
def test_a_whole_file_can_be_wrong(tmp_path, file, content, rule):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    (root / file).write_bytes(content)
    with pytest.raises(StudyError, match=rule):
        load_study(root)


def test_sites_have_a_region_and_planned_sessions(tmp_path):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    (root / "sites.csv").write_text(
        "code,region,start,end,sessions_planned\nS1,n,2022-01-01,2022-12-31,12\n"
    )
    site = load_study(root).sites["S1"]
    assert (site.region, site.end, site.sessions_planned) == ("n", date(2022, 12, 31), 12)


def test_an_outcome_of_another_instrument_is_refused(tmp_path):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    other = (root / "instruments/pupil.yaml").read_text().replace("id: pupil", "id: adult")
    (root / "instruments/adult.yaml").write_text(other)
    scale = (
        (root / "scales/belonging.yaml")
        .read_text()
        .replace("instrument: pupil", "instrument: adult")
    )
    (root / "scales/belonging.yaml").write_text(scale)
    with pytest.raises(StudyError, match="unknown_reference"):
        load_study(root)


def test_a_plan_may_do_without_covariates(broken, tmp_path):
    broken(
        "plan.yaml",
        "covariates:\n  - {name: age, field: age}\n  - {name: female, field: sex, equals: F}\n",
        "",
    )
    assert load_study(tmp_path / "study").plan.covariates == ()


def test_the_term_of_refused_files_and_the_days_off_are_the_study_s(tmp_path):
    root = tmp_path / "study"
    shutil.copytree(SMALL, root)
    assert load_study(root).retention.refused_days == 14
    with (root / "study.yaml").open("a") as file:
        file.write("retention: {refused_days: 30, holidays: [2022-03-08]}\n")
    retention = load_study(root).retention
    assert (retention.refused_days, retention.holidays) == (30, {date(2022, 3, 8)})
    (root / "study.yaml").write_text(
        (root / "study.yaml").read_text().replace("30, holidays: [2022-03-08]", "7")
    )
    assert load_study(root).retention.holidays == frozenset()


@pytest.mark.parametrize("days", ["0", "91"])
def test_a_term_without_reason_is_refused(broken, days):
    with pytest.raises(StudyError) as refused:
        broken("study.yaml", "id: small", f"id: small\nretention: {{refused_days: {days}}}")
    assert (refused.value.rule, refused.value.values["key"]) == (
        "not_between",
        "retention.refused_days",
    )
