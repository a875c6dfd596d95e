"""A small study of this room's tests: two families, a plan with a covariate, four regions.

Everything is invented. One arm has sites and the other none, one wave has dates and the other none.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evaluation.design import (
    Arm,
    Covariate,
    Disclosure,
    Outcome,
    Plan,
    ReferenceValue,
    RegionRole,
    Scale,
    Site,
    Study,
    Wave,
)
from tests.evaluation.release.given_texts import authored, texts

__all__ = ["FAMILIES", "RULES", "plan", "scale", "study", "texts"]

RULES = Disclosure(minimum_cell=10, round_counts_to=5)

NAMES: dict[str, tuple[str, str, str]] = {
    "reading": ("Joy of reading", "Радость чтения", "Оқу қуанышы"),
    "telling": ("Joy of telling", "Радость рассказа", "Айту қуанышы"),
    "listening": ("Patience in listening", "Терпение слушать", "Тыңдау шыдамдылығы"),
}
FAMILIES = {"reading": "primary", "telling": "primary", "listening": "secondary"}


def scale(id: str) -> Scale:
    return Scale(
        id=id,
        instrument="form",
        name=texts(*NAMES[id]),
        items=(f"{id}_1", f"{id}_2"),
        reversed=frozenset(),
        low=1,
        high=5,
        min_answered=1,
        role=FAMILIES[id],
    )


def plan(**changes: object) -> Plan:
    made = Plan(
        version=3,
        dated=date(2030, 2, 1),
        instrument="form",
        baseline_wave=0,
        endline_wave=1,
        estimand=texts("What we ask.", "Что мы спрашиваем.", "Не сұраймыз."),
        outcomes=tuple(Outcome(id, id, family, "ancova") for id, family in FAMILIES.items()),
        covariates=(Covariate("age", "age"),),
        families={"primary": "holm", "secondary": "fdr_bh"},
        alpha=0.05,
        power=0.8,
        thresholds={},
        digest="a1" * 32,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def study(**changes: object) -> Study:
    start = date(2030, 1, 1)
    arms = {"01": Arm.PILOT, "02": Arm.PILOT, "03": Arm.COMPARISON, "04": Arm.COMPARISON}
    made = Study(
        id="stories",
        title=texts("A study of stories", "Исследование рассказов", "Әңгімелер зерттеуі"),
        languages=("en", "ru", "kk"),
        example=True,
        time_zone="Asia/Almaty",
        waves=(
            Wave(0, texts("spring", "весна", "көктем"), date(2030, 3, 1), date(2030, 3, 31)),
            Wave(1, texts("autumn", "осень", "күз")),
        ),
        regions={},
        splits=(),
        roles=tuple(RegionRole(region, arm, start) for region, arm in arms.items()),
        sites={
            "S1": Site("S1", "01", start),
            "S2": Site("S2", "01", start),
            "S3": Site("S3", "02", start),
        },
        instruments={},
        scales={id: scale(id) for id in NAMES},
        reference_values=(
            ReferenceValue(
                id="share",
                value=0.51,
                unit="share",
                stated_on=date(2030, 1, 5),
                source=dict.fromkeys(("en", "ru", "kk"), "«Вестник»"),
                label=texts("Good pupils", "Хорошисты", "Жақсы оқушылар"),
                note=texts("As stated.", "Как названо.", "Айтылғандай."),
            ),
            ReferenceValue(
                id="count",
                value=1520,
                unit="children",
                stated_on=date(2030, 1, 5),
                source=dict.fromkeys(("en", "ru", "kk"), "«Вестник»"),
                label=texts("Children", "Дети", "Балалар"),
                note=texts("As stated.", "Как названо.", "Айтылғандай."),
            ),
        ),
        plan=plan(),
        disclosure=RULES,
        intake={},
        digest="b2" * 32,
        texts=authored(),
    )
    return replace(made, **changes)  # type: ignore[arg-type]
