"""What an instrument file says of the report is read whole, or refused with the key and the reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from evaluation.design import Grain, Kind, Part, load_study
from evaluation.design.patterns import never_ends
from evaluation.errors import StudyError
from evaluation.language import Language, languages

FAIR = Path(__file__).parents[2] / "studies/fair"


@pytest.fixture
def broken(tmp_path):
    """Change one text of one instrument of a copy of the fair, and load it."""

    def load(file: str, old: str, new: str):
        root = tmp_path / "study"
        shutil.copytree(FAIR, root, dirs_exist_ok=True)
        path = root / f"instruments/{file}.yaml"
        content = (FAIR / f"instruments/{file}.yaml").read_text("utf-8")
        assert old in content, old
        path.write_text(content.replace(old, new, 1), "utf-8")
        return load_study(root)

    return load


def test_the_fair_is_what_its_files_say():
    study = load_study(FAIR)
    helpers, marks, stalls = (study.instruments[n] for n in ("helpers", "marks", "stalls"))
    assert (helpers.grain, stalls.grain, marks.grain) == tuple(Grain)
    assert (helpers.part, marks.part) == (Part.SPECIALISTS, Part.SCHOOL)
    by_topic, by_role, *_ = helpers.indicators
    assert by_topic.kind is Kind.PAIRED and by_topic.reached == 7 and by_topic.figure
    assert by_topic.topics[0].label["en"] == "Cooking"
    assert by_role.topics[0].label["en"] == "Cooking before"  # its field's own header
    assert by_topic.fields == ("cook_before", "cook_after", "sing_before", "sing_after")
    assert stalls.indicators[0].delivered == ("1",) and not stalls.indicators[1].total
    assert marks.identity.entry == ("region", "start", "end", "form")
    assert helpers.changes[0].version == 2 and helpers.published is None
    assert len({each.digest for each in study.instruments.values()}) == 3


WRONG = [
    ("helpers", "kind: paired", "kind: guess", "not_one_of", "indicators[1].kind"),
    ("helpers", "reached: 7\n    figure", "reaches: 7\n    figure", "unknown_key", "indicators[1].reaches"),
    ("helpers", "by: [role]", "by: [roles]", "unknown_reference", "indicators[2].by"),
    ("helpers", "by: [role]", "by: [secret]", "unknown_reference", "indicators[2].by"),
    ("helpers", "by: [role]", "by: [role, region]", "not_between", "indicators[2].by"),
    ("helpers", "by: [region, role]", "by: [region, role, taught]", "not_between", "indicators[3].by"),
    ("helpers", "by: [role]", "by: [helper]", "not_one_of", "indicators[2].by"),
    ("helpers", "of: {taught: ", "of: {taughts: ", "unknown_reference", "indicators[4].of"),
    ("helpers", 'of: {taught: ["1"]}', 'of: {taught: ["7"]}', "unknown_reference", "indicators[4].of.taught"),
    ("helpers", 'of: {taught: ["1"]}', 'of: {cook_after: ["7"]}', "unknown_reference", "indicators[4].of.cook_after"),
    ("helpers", 'of: {taught: ["1"]}', "part: [mood]", "missing_key", "indicators[4].whole"),
    ("helpers", "topics: [{fields: [mood]}]", "figure: false", "missing_key", "indicators[5].topics"),
    ("helpers", "topics: [{fields: [mood]}]", "topics: [{fields: [helper]}]", "not_numeric", "indicators[5].topics[1].fields"),
    ("helpers", "topics: [{fields: [mood]}]", "topics: [{fields: [mood, mood]}]", "not_between", "indicators[5].topics[1].fields"),
    ("helpers", "ends: [{en: Before, ru: До, kk: Дейін}, {en: After, ru: После, kk: Кейін}]", "ends: [{en: Before, ru: До, kk: Дейін}]", "not_between", "indicators[1].ends"),
    ("helpers", "id: mood", "id: taught", "name_twice", "indicators"),
    ("helpers", "part: specialists", "part: kitchen", "not_one_of", "part"),
    ("helpers", "part: specialists\n", "", "missing_key", "part"),
    ("helpers", "grain: respondent", "grain: crowd", "not_one_of", "grain"),
    ("helpers", "reference: helpers_said", "reference: nobody_said", "unknown_reference", "indicators.by_topic.reference"),
    ("helpers", "  - {version: 2, text", "  - {version: 1, text", "changes_missing", "changes"),
    ("helpers", "version: 2\ntitle", "version: 3\ntitle", "changes_missing", "changes"),
    ("helpers", "{respondent: helper, region", "{respondent: helper, entry: [helper], region", "entry_of_a_person", "identity.entry"),
    ("stalls", "delivered: [\"1\"]", "delivered: [\"9\"]", "unknown_reference", "indicators[1].delivered.state"),
    ("stalls", "by: [state]\n    delivered", "delivered", "missing_key", "indicators[1].by"),
    ("stalls", "entry: [site, number]", "entry: [site, numbers]", "unknown_reference", "identity.entry"),
    ("stalls", "total: false", "total: perhaps", "not_yes_or_no", "indicators[2].total"),
    ("marks", "period: [start, end]", "period: [start]", "not_between", "identity.period"),
    ("marks", "id: marks", "id: SDQ", "scale_strengths", "id"),
    ("marks", "{en: Marks, ru", "{en: 'Do You Know?', ru", "scale_do_you_know", "id"),
    ("marks", "{en: Marks, ru", "{en: PISA belonging, ru", "licence_missing", "published"),
    ("stalls", r"'S\d'", "'(S+)+'", "pattern_never_ends", "fields[4].pattern"),
    ("stalls", r"'S\d'", "'(S'", "not_a_pattern", "fields[4].pattern"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "rule", "key"), WRONG)
def test_what_is_wrong_is_refused_with_its_key(broken, file, old, new, rule, key):
    with pytest.raises(StudyError) as refusal:
        broken(file, old, new)
    assert (refusal.value.rule, refusal.value.values["key"]) == (rule, key)
    assert refusal.value.values["file"] == f"instruments/{file}.yaml"
    for code in languages():
        assert key in Language(code)(refusal.value.message, **refusal.value.values)


def test_the_refusal_of_a_scale_gives_the_reason():
    say = Language("en")
    assert "licence" in say("study.scale_strengths", file="f", key="id")
    assert "family events" in say("study.scale_do_you_know", file="f", key="id")


def test_a_scale_of_somebody_elses_needs_all_three_lines(broken):
    said = "published: {holder: OECD, licence: CC BY 4.0, permission: letter of 1 March 2030}\n"
    title = "title: {en: PISA belonging, ru: PISA, kk: PISA}\n"
    whole = "title: {en: Marks, ru: Оценки, kk: Бағалар}\n"
    study = broken("marks", whole, title + said)
    assert study.instruments["marks"].published.licence == "CC BY 4.0"
    with pytest.raises(StudyError, match="missing_key"):
        broken("marks", whole, title + said.replace(", licence: CC BY 4.0", ""))


def test_a_name_that_only_holds_a_short_one_is_nobodys(broken):
    study = broken("marks", "{en: Marks, ru", "{en: Episodes of dyke work, ru")
    assert study.instruments["marks"].published is None


def test_the_digest_is_of_what_is_asked_and_not_of_its_report(broken):
    before = load_study(FAIR).instruments["marks"].digest
    report = broken("marks", "title: {en: Absent, ru", "title: {en: Not there, ru")
    assert report.instruments["marks"].digest == before
    laid_out = broken("marks", "id: marks\n", "# a remark\nid: marks\n")
    assert laid_out.instruments["marks"].digest == before
    asked = broken("marks", "maximum: 30000", "maximum: 20000")
    assert asked.instruments["marks"].digest != before


PATTERNS = [
    (r"(a+)+", True),
    (r"(a|aa)*", True),
    (r"a*a*b", True),
    (r"(a)\1", True),
    (r"(?:x+x+)+y", True),
    (r"(a?){30}a", True),
    ("a?" * 6, True),
    (r"(?=(a+)+)b", True),
    (r"S\d{5}", False),
    (r"\d{2}-\d{5}-\d", False),
    (r"[a-z]\d+", False),
    (r"(\d{2}){3}", False),
    (r"ab|cd|(ef)", False),
    (r"a{1,40}", False),
]


@pytest.mark.parametrize(("pattern", "bad"), PATTERNS)
def test_patterns_that_might_never_end_are_told(pattern, bad):
    assert never_ends(pattern) is bad
