"""The registers of a study: approvals by region and wave, and the texts of consent."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from evaluation.design import Approval, load_study
from evaluation.errors import StudyError

SMALL = Path(__file__).parents[2] / "study"
DEMANDS = "demands: [ethics, training]\n"
LINES = """kind,region,wave,day,reference
ethics,n,0,2022-02-01,E-1
training,n,0,2022-02-20,T-1
ethics,n,1,2022-10-01,E-2
"""
CONSENTS = """fields: {version: age, signed_on: asked_on, asked_on: asked_on}
texts:
  - version: 1
    since: 2022-01-10
    until: 2024-12-31
    operator: {en: A team, ru: Группа, kk: Топ}
    bin: "000000000000"
    third_parties: false
    abroad: true
    publication: false
    data: answers
"""


@pytest.fixture
def load(tmp_path):
    """The small study with these registers; None leaves one out."""

    def loaded(demands=DEMANDS, approvals=LINES, consents=CONSENTS):
        root = tmp_path / "study"
        shutil.copytree(SMALL, root)
        with (root / "study.yaml").open("a", encoding="utf-8") as file:
            file.write(demands)
        for name, content in (("approvals.csv", approvals), ("consents.yaml", consents)):
            if content is not None:
                (root / name).write_text(content, "utf-8")
        return load_study(root).permissions

    return loaded


def test_what_is_missing_is_said_by_region_and_wave(load):
    permissions = load()
    assert permissions.missing("n", 0) == ()
    assert permissions.missing("n", 1) == (Approval.TRAINING,)
    assert permissions.missing("e", 0) == (Approval.ETHICS, Approval.TRAINING)
    assert permissions.registered[0].day == date(2022, 2, 1)
    assert permissions.registered[1].reference == "T-1"


def test_only_what_is_demanded_can_be_missing(load):
    assert load(demands="demands: [ethics]\n").missing("n", 1) == ()


def test_a_study_without_registers_demands_nothing(load):
    permissions = load(demands="", approvals=None, consents=None)
    assert permissions.missing("n", 0) == ()
    assert (permissions.fields, permissions.registered, permissions.texts) == (None, (), {})


def test_a_text_of_consent_says_what_the_law_asks_it_to(load):
    permissions = load()
    text = permissions.texts[1]
    assert (text.since, text.until) == (date(2022, 1, 10), date(2024, 12, 31))
    assert (text.third_parties, text.abroad, text.publication) == (False, True, False)
    assert text.operator["kk"] == "Топ"
    assert text.data == dict.fromkeys(("en", "ru", "kk"), "answers")
    assert permissions.fields.signed_on == "asked_on"


@pytest.mark.parametrize(
    ("said", "rule", "place"),
    [
        ({"demands": "demands: [luck]\n"}, "not_one_of", "demands[1]"),
        ({"approvals": LINES.replace("training,n", "luck,n")}, "not_one_of", "line 3.kind"),
        ({"approvals": LINES.replace("ethics,n,1", "ethics,zz,1")}, "unknown_reference", "line 4"),
        ({"approvals": LINES.replace("ethics,n,1", "ethics,n,7")}, "unknown_reference", "line 4"),
        ({"approvals": LINES.replace("E-1", "")}, "missing_key", "line 2.reference"),
        ({"consents": CONSENTS.replace("2024", "2021")}, "ends_before_start", "texts[1].until"),
        ({"consents": CONSENTS.replace("version: age", "version: x")}, "unknown_reference", "fiel"),
        ({"consents": CONSENTS.replace("abroad: true", "")}, "not_yes_or_no", "texts[1].abroad"),
    ],
)
def test_a_wrong_register_is_refused_where_it_is_wrong(load, said, rule, place):
    with pytest.raises(StudyError) as refused:
        load(**said)
    assert refused.value.rule == rule
    assert str(refused.value.values["key"]).startswith(place)


def test_the_shipped_registers_let_every_region_in():
    study = load_study(Path(__file__).parents[3] / "evaluation/study")
    assert set(study.permissions.demanded) == set(Approval)
    assert all(
        not study.permissions.missing(region, wave.id)
        for region in study.regions
        for wave in study.waves
    )
