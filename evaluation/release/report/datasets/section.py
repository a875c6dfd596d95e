"""A part of the report that is made of datasets: what was sent, what it adds up to, what was not.

Which dataset belongs to which part, and what is made of it, say the instrument files.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaluation.design import Instrument, Kind, Part, ReferenceValue, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedDataset, ReleasedFacts, ReleasedIndicator
from evaluation.release.report.blocks import Block, Note, Paragraph, Section, Subheading
from evaluation.release.report.datasets.figures import figure_of
from evaluation.release.report.datasets.names import Names
from evaluation.release.report.datasets.tables import shares_table, table_of


def dataset_section(
    part: Part, facts: ReleasedFacts, study: Study, say: Language
) -> Section | None:
    """None where the study asks for no such data."""
    declared = [each for each in study.instruments.values() if each.part is part]
    if not declared:
        return None
    sent = {dataset.dataset: dataset for dataset in facts.datasets}
    blocks: list[Block] = []
    for instrument in declared:
        if instrument.id in sent:
            blocks += _dataset(instrument, sent[instrument.id], facts, study, say)
    if absent := [say.text(i.title) for i in declared if i.id not in sent]:
        blocks.append(Paragraph(say("report.dataset.unsent", datasets="; ".join(absent))))
    return Section(str(part), say(f"report.dataset.part.{part}"), tuple(blocks))


def _dataset(
    instrument: Instrument,
    found: ReleasedDataset,
    facts: ReleasedFacts,
    study: Study,
    say: Language,
) -> Iterator[Block]:
    yield Subheading(say.text(instrument.title))
    yield Paragraph(_sent(found, say))
    yield from _pooled(instrument, found, say)
    pairs = [
        (Names(indicator, instrument, say), each)
        for each in found.indicators
        for indicator in instrument.indicators
        if indicator.id == each.indicator
    ]
    lone = [(n, e) for n, e in pairs if n.indicator.kind is Kind.SHARE and not n.indicator.by]
    if lone:
        yield shares_table(say.text(instrument.title), lone)
    for names, each in pairs:
        if (names, each) not in lone and each.lines:
            yield from _indicator(names, each)
    if any(not names.things or names.indicator.kind is not Kind.COUNT for names, _ in pairs):
        yield Note(
            say(
                "report.dataset.rounded",
                base=facts.audit.round_counts_to,
                minimum=facts.audit.minimum_cell,
            )
        )
    for reference in _references(pairs, study):
        yield Note(_stated(reference, say))


def _indicator(names: Names, found: ReleasedIndicator) -> Iterator[Block]:
    table = table_of(names, found)
    figures = figure_of(names, found, table) if names.indicator.figure else ()
    # A crossed count that is drawn has its table with the figure.
    if not figures or names.indicator.kind is Kind.PAIRED:
        yield table
    yield from figures


def _sent(found: ReleasedDataset, say: Language) -> str:
    files = say("report.dataset.files", n=found.batches)
    if found.first_day is None or found.last_day is None:
        return files
    return f"{files} {say('report.dataset.period', first=found.first_day, last=found.last_day)}"


def _pooled(instrument: Instrument, found: ReleasedDataset, say: Language) -> Iterator[Block]:
    if not found.pooled:
        return
    versions = ", ".join(map(str, found.versions))
    changed = [
        say("report.dataset.change", version=change.version, text=say.text(change.text))
        for change in instrument.changes
        if change.version in found.versions
    ]
    yield Note(" ".join((say("report.dataset.pooled", versions=versions), *changed)))


def _references(
    pairs: list[tuple[Names, ReleasedIndicator]], study: Study
) -> Iterator[ReferenceValue]:
    for names, _ in pairs:
        for value in study.reference_values:
            if value.id == names.indicator.reference:
                yield value


def _stated(value: ReferenceValue, say: Language) -> str:
    shown = say.percent(value.value) if value.unit == "share" else say.number(value.value)
    return say(
        "report.dataset.reference",
        label=say.text(value.label),
        value=shown,
        source=say.text(value.source),
        note=say.text(value.note),
    )
