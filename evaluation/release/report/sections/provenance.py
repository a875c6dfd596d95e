"""Where the numbers come from, so that each can be traced and worked out again."""

from __future__ import annotations

from evaluation.design import ReferenceValue, Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import (
    Align,
    Block,
    Column,
    Group,
    Paragraph,
    Row,
    Section,
    Subheading,
    Table,
    Term,
    Terms,
)


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section:
    blocks: tuple[Block, ...] = (
        Paragraph(say("report.provenance.intro")),
        Terms((*_terms(facts, say), *_texts(study, say))),
        *_reference_values(study, say),
    )
    return Section("provenance", say("report.provenance.title"), blocks)


def _terms(facts: ReleasedFacts, say: Language) -> tuple[Term, ...]:
    made = facts.provenance
    versions = ", ".join(f"{package} {version}" for package, version in made.versions)

    def term(name: str, text: str, *, code: bool = False) -> Term:
        return Term(say(f"report.provenance.{name}"), text, code)

    return (
        term("cut_off", say.moment(made.cut_off)),
        term("batches", say.number(made.batches)),
        term("code_version", made.code_version, code=True),
        term(
            "plan", say("report.provenance.plan_is", version=made.plan_version, day=made.plan_dated)
        ),
        term("plan_digest", made.plan_digest, code=True),
        term("study_digest", made.study_digest, code=True),
        term("data_digest", made.data_digest, code=True),
        term("run", made.run, code=True),
        term("versions", versions, code=True),
    )


def _texts(study: Study, say: Language) -> tuple[Term, ...]:
    """Written by people, and so no part of the study that the numbers come from."""
    digest = study.texts.digest
    return (Term(say("report.provenance.texts_digest"), digest, True),) if digest else ()


def _reference_values(study: Study, say: Language) -> tuple[Block, ...]:
    if not study.reference_values:
        return ()
    names = ("value", "stated_on", "source", "note")
    table = Table(
        id="reference-values",
        caption=say("report.reference.caption"),
        columns=(
            Column(say("report.column.reference"), Align.TEXT),
            *(
                Column(
                    say(f"report.column.{name}"), Align.NUMBER if name == "value" else Align.TEXT
                )
                for name in names
            ),
        ),
        groups=(Group("", tuple(_reference(value, say) for value in study.reference_values)),),
        notes=(say("report.reference.note"),),
    )
    return Subheading(say("report.reference.title")), table


def _reference(value: ReferenceValue, say: Language) -> Row:
    share = value.unit == "share"
    shown = say.percent(value.value) if share else say.number(value.value)
    stated = (say.day(value.stated_on), say.text(value.source), say.text(value.note))
    return Row(say.text(value.label), (shown, *stated))
