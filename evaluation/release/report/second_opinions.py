"""What else was asked of every outcome, in three tables: other tests, other methods, the regions.

The same outcomes in the same order as the results, whatever came out. What leaving out a single
region does is told only as whether the direction holds: the rest tells of that region.
"""

from __future__ import annotations

from collections.abc import Callable

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import Mark, Provenance, ReleasedCompanion, ReleasedOutcome
from evaluation.release.report.blocks import (
    Align,
    Block,
    Column,
    Group,
    Row,
    Subheading,
    Table,
    Term,
    Terms,
)
from evaluation.release.report.cell_text import interval, show
from evaluation.release.report.differences import families, family_title

Cells = Callable[[ReleasedOutcome], tuple[str, ...]]

TESTS = ("bootstrap_p", "bootstrap_interval", "permutation_p", "p_max_t", "q_sharpened")
REGIONS = ("effective_regions", "intraclass", "keeps_sign")


def second_opinions(
    outcomes: tuple[ReleasedOutcome, ...], made: Provenance, study: Study, say: Language
) -> tuple[Block, ...]:
    """Nothing where no outcome has a number to be doubted."""
    asked = tuple(outcome for outcome in outcomes if outcome.reason is None)
    if not asked:
        return ()
    return (
        Subheading(say("report.opinions.title")),
        _tests(asked, study, say),
        _methods(asked, study, say),
        _regions(asked, study, say),
        _made_with(made, say),
    )


def method_name(estimator: str, say: Language) -> str:
    """Estimators are files of the analysis; one without a word keeps its id."""
    key = f"report.method.{estimator}"
    return say(key) if say.knows(key) else estimator


def _made_with(made: Provenance, say: Language) -> Terms:
    """Beside the numbers themselves: what they were computed with, and from which data."""
    versions = ", ".join(f"{package} {version}" for package, version in made.versions)
    said = {"versions": versions, "data_digest": made.data_digest}
    return Terms(
        tuple(Term(say(f"report.provenance.{name}"), text, True) for name, text in said.items())
    )


def _tests(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language) -> Table:
    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        return (
            show(o.bootstrap_p, say),
            interval(o.bootstrap_low, o.bootstrap_high, say),
            show(o.permutation_p, say),
            show(o.p_max_t, say),
            show(o.q_sharpened, say),
        )

    columns = tuple(say(f"report.column.{name}") for name in TESTS)
    notes = (say("report.opinions.tests_note"),)
    return _table("tests", columns, outcomes, cells, study, say, notes)


def _methods(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language) -> Table:
    names = tuple(dict.fromkeys(c.estimator for o in outcomes for c in o.companions))

    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        answers = {companion.estimator: companion for companion in o.companions}
        return tuple(_answer(answers.get(name), say) for name in names)

    columns = tuple(method_name(name, say) for name in names)
    notes = (say("report.opinions.methods_note"),)
    return _table("methods", columns, outcomes, cells, study, say, notes)


def _answer(companion: ReleasedCompanion | None, say: Language) -> str:
    if companion is None or isinstance(companion.value, Mark):
        return f"[{Mark.NOT_AVAILABLE}]" if companion is None else show(companion.value, say)
    value = show(companion.value, say, signed=True)
    return say("report.opinions.value_and_p", value=value, p=show(companion.p_value, say))


def _regions(outcomes: tuple[ReleasedOutcome, ...], study: Study, say: Language) -> Table:
    def cells(o: ReleasedOutcome) -> tuple[str, ...]:
        return (show(o.effective_regions, say), show(o.intraclass, say), _keeps_sign(o, say))

    columns = tuple(say(f"report.column.{name}") for name in REGIONS)
    notes = (say("report.opinions.regions_note"),)
    return _table("regions", columns, outcomes, cells, study, say, notes)


def _keeps_sign(outcome: ReleasedOutcome, say: Language) -> str:
    if outcome.keeps_sign is None:
        return f"[{Mark.CONFIDENTIAL if outcome.hidden else Mark.NOT_AVAILABLE}]"
    return say("report.opinions.yes" if outcome.keeps_sign else "report.opinions.no")


def _table(
    about: str,
    columns: tuple[str, ...],
    outcomes: tuple[ReleasedOutcome, ...],
    cells: Cells,
    study: Study,
    say: Language,
    notes: tuple[str, ...],
) -> Table:
    groups = tuple(
        Group(
            family_title(family, say),
            tuple(
                Row(say.text(study.scales[o.scale].name), cells(o))
                for o in outcomes
                if o.family == family
            ),
        )
        for family in families(outcomes)
    )
    first = Column(say("report.column.outcome"), Align.TEXT)
    caption = say(f"report.opinions.{about}")
    return Table(f"second-{about}", caption, (first, *map(Column, columns)), groups, notes)
