"""What the lines of an indicator are called: by the instrument's own texts, in three languages."""

from __future__ import annotations

from dataclasses import dataclass

from evaluation.design import Grain, Indicator, Instrument
from evaluation.language import Language
from evaluation.records.indicators import ALL, NOT_STATED
from evaluation.release.disclosure import ReleasedRow


@dataclass(frozen=True, slots=True)
class Names:
    """Of one indicator, for one reader."""

    indicator: Indicator
    instrument: Instrument
    say: Language

    @property
    def title(self) -> str:
        return self.say.text(self.indicator.title)

    @property
    def things(self) -> bool:
        return self.instrument.grain is not Grain.RESPONDENT

    def of_line(self, line: ReleasedRow) -> str:
        """The first class of its breakdown, else its topic, else the indicator itself."""
        if line.codes:
            return self.code(self.indicator.by[0], line.codes[0])
        if line.topic is not None:
            return self.say.text(self.indicator.topics[line.topic].label)
        return self.title

    def code(self, field: str, code: str) -> str:
        if code == ALL:
            return self.say("report.dataset.all")
        if code == NOT_STATED:
            return self.say("report.dataset.not_stated")
        choices = self.instrument.field(field).choices
        labels = {choice.code: choice.label for choice in choices.choices} if choices else {}
        return self.say.text(labels[code]) if code in labels else code

    def field(self, place: int) -> str:
        if self.indicator.by[place] == self.instrument.identity.region:
            return self.say("report.dataset.region")
        return self.say.text(self.instrument.field(self.indicator.by[place]).header)

    def end(self, place: int) -> str:
        return self.say.text(self.indicator.ends[place])
