"""The parts of the report that are made of datasets: what stands there, what is said to be absent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evaluation.design import Part
from evaluation.language import Language, languages
from evaluation.records.indicators import DatasetFound
from evaluation.release import FORMS, build_reports
from evaluation.release.disclosure import protect
from evaluation.release.report.blocks import Figure, Note, Paragraph, Section, Subheading, Table
from evaluation.release.report.datasets.section import dataset_section
from evaluation.release.report.facts import Facts
from evaluation.release.report.sections import absent, at_a_glance
from tests.evaluation.release import given
from tests.evaluation.release import given_fair as fair
from tests.given_fair import HELPERS, MARKS, STALLS, found, helpers, marks, stall

ENGLISH = Language("en")
SENT = (
    found(HELPERS, helpers(90), (1, 2)),
    found(MARKS, [marks(pupils=100, good=40, absent=20), marks(form="2", pupils=80, good=35)]),
    found(STALLS, [stall("S1", n, "1" if n < 3 else "2", visitors=15) for n in range(1, 5)]),
)


def part(name: Part, *datasets: DatasetFound, say: Language = ENGLISH) -> Section:
    section = dataset_section(name, fair.released(*datasets), fair.study(), say)
    assert section is not None
    return section


def blocks(section: Section, kind: type) -> list:  # type: ignore[type-arg]
    return [block for block in section.blocks if isinstance(block, kind)]


def rows(section: Section) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        table.id: {row.head: row.cells for group in table.groups for row in group.rows}
        for table in blocks(section, Table)
    }


def test_sessions_stand_beside_what_was_planned_and_are_drawn_in_their_order() -> None:
    section = part(Part.DELIVERY, *SENT)
    table = rows(section)["stalls-held"]
    assert list(table) == ["Planned, by the register of sites", "open", "closed", "All together"]
    assert table["Planned, by the register of sites"] == ("5",)
    assert table["open"] == ("2",) and table["All together"] == ("4",)
    (figure,) = blocks(section, Figure)
    assert "<svg" in figure.svg
    assert "3: open 0, closed 1" in figure.alternative
    assert figure.table.groups[0].rows[0].cells == ("1", "0")
    assert "stalls-order" not in rows(section)  # its table is the figure's
    assert rows(section)["stalls-came"] == {"Visitors": ("60",)}
    assert rows(section)["stalls-dose"] == {"Visitors": ("2", "[c]")}
    assert [block.text for block in blocks(section, Subheading)] == ["Stalls"]


def test_pairs_have_a_table_a_figure_and_somebody_elses_number_beside() -> None:
    section = part(Part.SPECIALISTS, *SENT)
    table = rows(section)["helpers-by-topic"]
    assert list(table) == ["Cooking", "Singing"]
    people, before, after, gained, between, reached = table["Cooking"]
    assert people == "90" and gained.startswith("+") and " to " in between
    assert reached.endswith("%")
    figure = blocks(section, Figure)[0]
    assert f"Cooking: {before} → {after}" in figure.alternative
    notes = [block.text for block in blocks(section, Note)]
    assert any(
        "Helpers, 40 (A paper). As printed. No number above was made from it." in n for n in notes
    )
    assert any(
        "several versions of the form (1, 2)" in n and "The second topic is new." in n
        for n in notes
    )
    assert rows(section)["helpers-roles"]["North"][-1].isdigit()
    (crossed,) = (t for t in blocks(section, Table) if t.id == "helpers-roles")
    assert [column.title for column in crossed.columns] == [
        *("Region", "cook", "singer", "guard", "All together"),
    ]


def test_shares_that_are_not_broken_down_stand_together() -> None:
    section = part(Part.SCHOOL, *SENT)
    assert list(rows(section)["marks-good"]) == ["Good pupils", "Absent"]
    n, share, between = rows(section)["marks-good"]["Good pupils"]
    assert (n, share, between) == ("160", "47%", "39% to 55%")
    assert list(rows(section)["marks-by-form"]) == ["small", "large", "All together"]
    paragraphs = [block.text for block in blocks(section, Paragraph)]
    assert paragraphs[0].startswith("From 1 accepted file. The latest figures of each region")
    assert "1 January 2022 to 31 March 2022" in paragraphs[0]
    assert any("Good pupils, 60%" in note.text for note in blocks(section, Note))


def test_a_hidden_share_has_a_mark_in_place_of_its_interval() -> None:
    section = part(Part.SCHOOL, found(MARKS, [marks(good=3)]))
    assert rows(section)["marks-good"]["Good pupils"] == ("60", "[c]", "[c]")


def test_whoever_stated_no_class_is_a_line_of_its_own() -> None:
    unknown = [{"respondent": f"X{n}", "role": None} for n in range(30)]
    section = part(Part.SPECIALISTS, found(HELPERS, [*helpers(90), *unknown]))
    assert "Not stated" in rows(section)["helpers-by-role"]


def test_where_nothing_may_be_drawn_there_is_no_figure() -> None:
    section = part(Part.SPECIALISTS, found(HELPERS, helpers(5)))
    assert blocks(section, Figure) == []
    assert "helpers-by-topic" in rows(section)
    assert blocks(part(Part.DELIVERY, found(STALLS, [])), Figure) == []


def test_people_who_may_not_be_counted_are_not_stacked() -> None:
    indicators = tuple(
        replace(each, figure=True) if each.id == "roles" else each for each in HELPERS.indicators
    )
    of = fair.study()
    of = replace(
        of, instruments={**of.instruments, "helpers": replace(HELPERS, indicators=indicators)}
    )
    facts = protect(Facts(fair.comparison(SENT[0]), of), of.disclosure)
    section = dataset_section(Part.SPECIALISTS, facts, of, ENGLISH)
    assert section is not None
    drawn = [figure.id for figure in blocks(section, Figure)]
    shown = "[c]" not in str(rows(section).get("helpers-roles", "[c]"))
    assert ("helpers-roles-figure" in drawn) == shown


def test_what_was_not_sent_is_named_and_what_was_not_asked_too() -> None:
    assert [b.text for b in part(Part.SCHOOL).blocks if isinstance(b, Paragraph)] == [
        "No data were sent: Marks."
    ]
    assert dataset_section(Part.PARTNERS, fair.released(), fair.study(), ENGLISH) is None


def test_what_is_absent_names_only_datasets_without_data() -> None:
    section = absent.build(fair.released(SENT[0]), fair.study(), ENGLISH)
    names = [term.name for term in section.blocks[1].items]  # type: ignore[union-attr]
    assert names[-1].endswith("not sent: Marks; Stalls")
    whole = absent.build(fair.released(*SENT), fair.study(), ENGLISH)
    assert len(whole.blocks[1].items) == len(names) - 1  # type: ignore[union-attr]


def test_page_one_says_whether_it_was_delivered() -> None:
    section = at_a_glance.build(fair.released(*SENT), fair.study(), ENGLISH)
    text = repr(section)
    assert "2 of the 5 planned sessions" in text
    assert ENGLISH("report.glance.delivery") not in text
    without = repr(at_a_glance.build(given.released(), given.study(), ENGLISH))
    assert ENGLISH("report.glance.delivery") in without


@pytest.mark.parametrize("code", languages())
def test_every_format_holds_the_datasets_in_every_language(code: str) -> None:
    say = Language(code)
    made = dict(
        zip(
            FORMS,
            build_reports(fair.released(*SENT), fair.study(), say, forms=tuple(FORMS)),
            strict=True,
        )
    )
    page = made["html"].decode()
    assert say.text(HELPERS.indicators[0].title) in page
    assert say.text(MARKS.title) in page
    assert all(len(content) > 5_000 for content in made.values())
