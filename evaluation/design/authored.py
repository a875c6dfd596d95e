"""What people write into a report, which no programme can make up: texts/ of the study.

`texts/outline.yaml` holds what is the same in every language (numbers, dates, priorities, the
findings that a sentence rests on), `texts/<language>.yaml` the sentences. So nothing has to be
kept alike by hand, and a translation that is missing is named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evaluation.design.questionnaires import Texts


class Criterion(StrEnum):
    """OECD-DAC 2019. A report says of each what is asked, or that nothing is."""

    RELEVANCE = "relevance"
    COHERENCE = "coherence"
    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    IMPACT = "impact"
    SUSTAINABILITY = "sustainability"


class Priority(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


APPROACH = ("why", "what", "who", "how", "where", "when", "tailoring", "fidelity")
"""The items of TIDieR that a reader needs in order to do the same again."""

MOST_RECOMMENDATIONS = 10  # domain.md §3.5

FURTHER_FINDINGS = ("participation", "comparability", "data_quality")
"""What can be cited beside the outcomes of the plan, which are called by their ids."""


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the evaluation matrix."""

    id: str
    criterion: Criterion
    question: Texts
    indicator: Texts
    source: Texts


@dataclass(frozen=True, slots=True)
class Actor:
    name: Texts
    role: Texts


@dataclass(frozen=True, slots=True)
class Link:
    """One box of the theory of change; `leads_to` are ids of others, none of them earlier."""

    id: str
    text: Texts
    leads_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conclusion:
    id: str
    criterion: Criterion
    text: Texts
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    id: str
    text: Texts
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Recommendation:
    id: str
    text: Texts
    addressee: Texts
    deadline: date
    priority: Priority
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody has to decide after reading page one."""

    text: Texts
    who: Texts
    deadline: date


@dataclass(frozen=True, slots=True)
class Authored:
    """Empty parts are parts that nobody has written yet."""

    context: tuple[Texts, ...] = ()
    approach: Mapping[str, Texts] | None = None
    purpose: tuple[Texts, ...] = ()
    not_covered: Texts | None = None
    questions: tuple[Question, ...] = ()
    actors: tuple[Actor, ...] = ()
    theory: tuple[Link, ...] = ()
    conclusions: tuple[Conclusion, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    digest: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """The findings that some sentence rests on, each once."""
        citing: tuple[Conclusion | Lesson | Recommendation, ...]
        citing = (*self.conclusions, *self.lessons, *self.recommendations)
        return tuple(dict.fromkeys(finding for text in citing for finding in text.findings))


NOTHING = Authored()
