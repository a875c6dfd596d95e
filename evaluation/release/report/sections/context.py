"""What was evaluated: the programme, the approach (TIDieR), the actors, the theory of change."""

from __future__ import annotations

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.authored_blocks import example_note, said, text_table
from evaluation.release.report.blocks import (
    Block,
    Paragraph,
    Row,
    Section,
    Subheading,
    Term,
    Terms,
)
from evaluation.release.report.theory import theory_figure


def build(facts: ReleasedFacts, study: Study, say: Language) -> Section | None:
    """None where nobody has written of it."""
    if not study.texts.context:
        return None
    blocks: tuple[Block, ...] = (
        *example_note(study, say),
        *map(Paragraph, said(study.texts.context, say)),
        *_approach(study, say),
        *_actors(study, say),
        *theory_figure(study, say),
    )
    return Section("context", say("report.context.title"), blocks)


def _approach(study: Study, say: Language) -> tuple[Block, ...]:
    if study.texts.approach is None:
        return ()
    items = study.texts.approach.items()
    terms = tuple(Term(say(f"report.approach.{item}"), say.text(text)) for item, text in items)
    return Subheading(say("report.approach.title")), Terms(terms)


def _actors(study: Study, say: Language) -> tuple[Block, ...]:
    if not study.texts.actors:
        return ()
    rows = tuple(Row(say.text(it.name), (say.text(it.role),)) for it in study.texts.actors)
    return (text_table("actors", ("actor", "role"), rows, say),)
