"""What people might have written into a report: invented, every sentence in three languages."""

from __future__ import annotations

from datetime import date

from evaluation.design import Authored, Criterion, Link, Priority, Texts
from evaluation.design.authored import (
    APPROACH,
    Actor,
    Conclusion,
    Decision,
    Lesson,
    Question,
    Recommendation,
)


def texts(en: str, ru: str, kk: str) -> Texts:
    return {"en": en, "ru": ru, "kk": kk}


THEORY = (
    Link("a", texts("Someone tells", "Кто-то рассказывает", "Біреу айтады"), ("c",)),
    Link("b", texts("Someone listens", "Кто-то слушает", "Біреу тыңдайды"), ("c",)),
    Link("c", texts("Both are glad", "Оба рады", "Екеуі де қуанады"), ()),
)


def authored() -> Authored:
    return Authored(
        context=(
            texts("Stories are told.", "Рассказывают истории.", "Әңгіме айтылады."),
            texts("In four regions.", "В четырёх регионах.", "Төрт өңірде."),
        ),
        approach={item: texts("So it is.", "Это так.", "Солай.") for item in APPROACH},
        purpose=(texts("To know more.", "Чтобы знать больше.", "Көбірек білу үшін."),),
        not_covered=texts("Not asked.", "Не изучалось.", "Сұралмаған."),
        questions=(
            Question(
                "Q1",
                Criterion.EFFECTIVENESS,
                texts("Is there more joy?", "Больше ли радости?", "Қуаныш көбейді ме?"),
                texts("Points", "Баллы", "Балдар"),
                texts("The form", "Анкета", "Сауалнама"),
            ),
        ),
        actors=(
            Actor(
                texts("Tellers", "Рассказчики", "Айтушылар"),
                texts("Tell", "Рассказывают", "Айтады"),
            ),
        ),
        theory=THEORY,
        conclusions=(
            Conclusion(
                "C1",
                Criterion.EFFECTIVENESS,
                texts("Joy may have grown.", "Радости могло стать больше.", "Қуаныш артқан шығар."),
                ("reading", "telling"),
            ),
        ),
        lessons=(
            Lesson("L1", texts("Ask early.", "Спрашивать рано.", "Ерте сұрау."), ("data_quality",)),
        ),
        recommendations=(
            Recommendation(
                "R1",
                texts("Go on telling.", "Рассказывать дальше.", "Айта беру."),
                texts("Tellers", "Рассказчики", "Айтушылар"),
                date(2031, 3, 1),
                Priority.HIGH,
                ("reading",),
            ),
            Recommendation(
                "R2",
                texts("Listen more.", "Больше слушать.", "Көбірек тыңдау."),
                texts("Listeners", "Слушатели", "Тыңдаушылар"),
                date(2031, 4, 1),
                Priority.LOW,
                ("participation", "comparability"),
            ),
        ),
        decisions=(
            Decision(
                texts("Whether to go on", "Продолжать ли", "Жалғастыру керек пе"),
                texts("The leads", "Руководители", "Жетекшілер"),
                date(2031, 2, 1),
            ),
        ),
        digest="f6" * 32,
    )
