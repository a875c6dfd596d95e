"""`protect(table)`: what leaves of a contingency table, and what a reader makes of it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import evaluation.release
from evaluation.design import Disclosure
from evaluation.errors import DisclosureError
from evaluation.language import Language, languages
from evaluation.release import Earlier, ReleasedTables, Table, protect
from evaluation.release.disclosure.seal import Seal
from evaluation.release.disclosure.tables.protection import protect_tables
from evaluation.release.disclosure.tables.rules import Dominance, Rule
from tests.evaluation.release.disclosure.tables.given import (
    Attacker,
    children,
    crossed,
    pinned,
    primary_only,
)

EXACT = Disclosure(minimum_cell=10, round_counts_to=1)


def table(*rows: list[int], **changes: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        rows, index=list("abcdef")[: len(rows)], columns=list("uvwxyz")[: len(rows[0])]
    )
    frame["All"] = frame.sum(axis=1)
    frame.loc["All"] = frame.sum()
    return frame


PLAIN = table([40, 50, 60], [45, 55, 65], [70, 80, 90])
ONE_SMALL = table([3, 50, 60], [45, 55, 65], [70, 80, 90])


def rules_of(released: ReleasedTables) -> dict[tuple[str, str], Rule]:
    return {(e.row, e.column): e.rule for e in released.explanations}


def test_where_nothing_is_small_everything_is_shown_rounded() -> None:
    released = protect(table([41, 52, 60], [45, 55, 65], [70, 80, 90]))
    assert released.table.loc["a"].tolist() == [40, 50, 60, 155]
    assert (released.audit.narrowest, released.audit.kept) == (None, 1.0)
    assert released.explanations == ()


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_of_a_random_table_can_be_pinned(seed: int) -> None:
    true = crossed(400, seed, 4 + seed % 3, 4)
    released = protect(true, EXACT)
    assert pinned(true, released.table) == []
    kept = released.table.to_numpy() != "[c]"
    assert (released.table.to_numpy()[kept] == true.to_numpy()[kept]).all()


def test_the_same_reader_pins_cells_where_only_small_ones_are_hidden() -> None:
    broken = [bool(pinned(t, primary_only(t))) for t in (crossed(400, s, 4, 4) for s in range(12))]
    assert sum(broken) >= 9


def test_the_audit_says_how_near_a_reader_comes() -> None:
    released = protect(ONE_SMALL, EXACT)
    attacker = Attacker(released.table)
    hidden = np.argwhere(released.table.to_numpy() == "[c]")
    widths = [high - low for low, high in (attacker.interval(*place) for place in hidden)]
    audit = released.audit
    assert audit.narrowest == min(widths) >= 5
    assert (audit.primary, audit.primary + audit.secondary) == (1, len(hidden))
    assert audit.cells == 16
    assert audit.optimal


def cheapest(true: pd.DataFrame, minimum: int) -> int:
    """By trying: the fewest cells inside the table to hide beside the small ones."""
    small = [tuple(p) for p in np.argwhere(true.to_numpy() < minimum)]
    inner = [p for p in np.ndindex(true.shape[0] - 1, true.shape[1] - 1) if p not in small]
    for count in range(len(inner) + 1):
        for more in itertools.combinations(inner, count):
            shown = true.astype(object).to_numpy()
            for place in (*small, *more):
                shown[place] = "[c]"
            if not pinned(true, pd.DataFrame(shown), minimum):
                return count
    raise AssertionError("nothing is enough")


def is_the_best(seed: int, *, small: int) -> None:
    """And another reader, who solves in whole numbers, comes no nearer than the audit says."""
    draw = np.random.default_rng(seed)
    counts = draw.integers(20, 60, (3, 3))
    for place in draw.choice(9, small, replace=False):
        counts[divmod(int(place), 3)] = draw.integers(0, 10)
    true = table(*counts.tolist())
    released = protect(true, EXACT)
    assert released.audit.optimal
    beside = released.audit.primary + released.audit.secondary - int((true < 10).sum().sum())
    # Where a rest is small as well it is kept too: by trying, nobody asked for that.
    rests = released.audit.primary > int((true < 10).sum().sum())
    assert beside == cheapest(true, 10) or (rests and beside > cheapest(true, 10))
    attacker, shown = Attacker(released.table), released.table.to_numpy()
    hidden = [(int(r), int(c)) for r, c in np.argwhere(shown == "[c]")]
    widths = [high - low for low, high in (attacker.interval(*place) for place in hidden)]
    assert released.audit.narrowest == min(widths) >= 5


@pytest.mark.parametrize("seed", range(4))
def test_no_fewer_cells_would_do(seed: int) -> None:
    is_the_best(seed, small=1)


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, 200, 20))
def test_of_200_random_tables_none_could_show_more(first: int) -> None:
    for seed in range(first, first + 20):
        is_the_best(seed, small=1 + seed % 2)


def test_a_large_table_takes_the_cheap_way_and_is_as_safe() -> None:
    true = crossed(3000, 1, 12, 7)
    released = protect(true, EXACT)
    assert not released.audit.optimal
    assert pinned(true, released.table) == []


def quickly(true: pd.DataFrame, **effort: int) -> ReleasedTables:
    return protect_tables(true, minimum=10, base=1, importance={}, **effort)  # type: ignore[arg-type]


def test_the_cheap_way_is_near_the_best() -> None:
    best = [protect(crossed(400, s, 4, 4), EXACT).audit for s in range(6)]
    cheap = [quickly(crossed(400, s, 4, 4), largest=0).audit for s in range(6)]
    assert all(audit.optimal for audit in best) and not any(audit.optimal for audit in cheap)
    assert sum(a.secondary for a in best) <= sum(a.secondary for a in cheap)
    assert sum(a.secondary for a in cheap) <= 1.5 * sum(a.secondary for a in best) + 1


def test_without_patience_more_stays_hidden_and_nothing_less_safe() -> None:
    true = crossed(400, 3, 4, 4)
    assert pinned(true, quickly(true, largest=0, patience=0).table) == []


CASES = {
    "small": (ONE_SMALL, ("a", "u"), Rule.SMALL),
    "nothing": (table([0, 50, 60], [45, 55, 65]), ("a", "u"), Rule.NOTHING),
    "all but few": (table([50, 3, 2], [45, 55, 65]), ("a", "u"), Rule.COMPLEMENT),
    "everybody": (table([50, 0, 0], [45, 55, 65]), ("a", "u"), Rule.HOMOGENEOUS),
}


@pytest.mark.parametrize(("true", "place", "rule"), CASES.values(), ids=CASES.keys())
def test_each_hidden_cell_has_its_rule(
    true: pd.DataFrame, place: tuple[str, str], rule: Rule
) -> None:
    released = protect(true, EXACT)
    assert rules_of(released)[place] is rule
    assert released.table.loc[place] == "[c]"


@pytest.mark.parametrize(
    ("sites", "rule"),
    [
        ([20, 20, 20], None),
        ([35, 15, 10], Rule.DOMINANCE),
        ([30, 28, 2], Rule.DOMINANCE),
        ([30, 30, 0], Rule.FEW_SITES),
    ],
)
def test_one_site_may_not_stand_for_a_region(sites: list[int], rule: Rule | None) -> None:
    true = table([60, 60], [60, 60])
    lines = {
        (row, site): [n, 20]
        for row in "ab"
        for site, n in zip("klm", sites if row == "a" else [20] * 3, strict=True)
    }
    by_site = pd.DataFrame.from_dict(lines, orient="index", columns=["u", "v"])
    by_site.index = pd.MultiIndex.from_tuples(by_site.index)
    released = protect(Table(true, sites=by_site), EXACT)
    assert rules_of(released).get(("a", "u")) is rule
    with pytest.raises(DisclosureError, match="table_sites"):
        protect(Table(true, sites=by_site + 1), EXACT)


def test_a_cell_without_sites_has_no_dominant_one() -> None:
    assert Dominance().rule(np.zeros(3)) is None


def test_where_nobody_can_be_stands_z_and_nothing_is_hidden_for_it() -> None:
    true = table([0, 50, 60], [45, 55, 65], [70, 80, 90])
    released = protect(Table(true, impossible=[("a", "u")]), EXACT)
    assert released.table.loc["a", "u"] == "[z]"
    assert (released.audit.cells, released.audit.primary) == (15, 0)
    assert "[z]" in released.note("en")


def test_a_count_that_rounds_to_nothing_is_low() -> None:
    rules = Disclosure(minimum_cell=10, round_counts_to=100)
    released = protect(table([40, 500], [600, 700]), rules)
    assert released.table.loc["a", "u"] == "[low]"


def test_what_is_worth_more_is_hidden_later() -> None:
    weights = pd.DataFrame([[1.0, 9.0, 1.0]] * 3, index=list("abc"), columns=list("uvw"))
    released = protect(Table(ONE_SMALL, weights=weights), EXACT)
    assert "[c]" not in released.table["v"].tolist()
    with pytest.raises(DisclosureError, match="table_weights"):
        protect(Table(ONE_SMALL, weights=weights * 0), EXACT)


def test_of_two_tables_the_less_important_is_hidden() -> None:
    them = children(600, 5, region=4, answer=3, sex=2)
    pair = {
        "answers": pd.crosstab(them.region, them.answer, margins=True),
        "sexes": pd.crosstab(them.region, them.sex, margins=True),
    }
    kept = replace(EXACT, importance={"answers": 50.0})
    released = protect(pair, kept)
    assert list(released.tables) == ["answers", "sexes"]
    assert released.audit.kept >= protect(pair, EXACT).audit.kept


def test_the_note_is_there_in_every_language_and_names_no_rule() -> None:
    released = protect(ONE_SMALL)
    notes = {code: released.note(code) for code in languages()}
    assert len(set(notes.values())) == len(languages())
    assert all("[c]" in note and "10" in note and "5" in note for note in notes.values())
    assert "round" not in protect(ONE_SMALL, EXACT).note("en")


@pytest.mark.parametrize("code", languages())
def test_every_rule_is_explained_to_the_evaluator(code: str) -> None:
    explanation = protect(ONE_SMALL).explanations[0]
    said = {replace(explanation, rule=rule).sentence(Language(code)) for rule in Rule}
    assert len(said) == len(Rule)
    assert all(text.startswith("a × u: ") for text in said)


def test_the_picture_shows_each_hidden_cell_and_is_the_same_every_time() -> None:
    released = protect(
        {"first": ONE_SMALL, "second": PLAIN.rename(columns={"u": "q"}, index={"a": "k"})}
    )
    svg = released.picture("ru")
    assert svg.startswith(b"<?xml") and svg == released.picture("ru")


def test_released_tables_are_made_by_the_gate_alone() -> None:
    released = protect(PLAIN)
    for value in (released, released.audit, released.parts[0]):
        names = {field: getattr(value, field) for field in value.__slots__}
        with pytest.raises(DisclosureError, match="sealed"):
            type(value)(**names, seal=Seal())
        with pytest.raises((TypeError, ValueError), match="seal"):
            replace(value)
    own = released.table
    own.loc["a", "u"] = 99
    assert released.table.loc["a", "u"] == 40


def test_the_public_face_knows_what_it_offers() -> None:
    assert evaluation.release.Earlier is Earlier
    with pytest.raises(AttributeError):
        evaluation.release.nothing_of_the_kind  # noqa: B018
