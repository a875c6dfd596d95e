"""Released facts and a language become a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Block, Document, Figure, Labels, Section, Table
from evaluation.release.report.sections import SECTIONS
from evaluation.release.report.statements import missing_statements

SectionBuilder = Callable[[ReleasedFacts, Study, Language], Section]


def build_document(
    released: ReleasedFacts,
    say: Language,
    study: Study,
    *,
    sections: tuple[SectionBuilder, ...] = SECTIONS,
) -> Document:
    """A document with a mandatory statement missing is marked DRAFT on every page."""
    built = tuple(section(released, study, say) for section in sections)
    missing = missing_statements(built)
    synthetic = released.provenance.synthetic
    return Document(
        facts=released,
        language=say.code,
        kind=say("report.kind"),
        title=say.text(study.title),
        subtitle=say("report.subtitle", cut_off=released.provenance.cut_off),
        banners=_banners(say, synthetic=synthetic, example=study.example, missing=missing),
        page_mark=_page_mark(say, example=synthetic or study.example, draft=bool(missing)),
        labels=Labels(
            contents=say("report.contents"),
            skip=say("report.skip"),
            page=say("report.page"),
            figures=say("report.figures_data"),
        ),
        sections=_numbered(built, say),
    )


def _banners(
    say: Language, *, synthetic: bool, example: bool, missing: tuple[str, ...]
) -> tuple[str, ...]:
    every = (
        (bool(missing), say("report.banner.draft", missing=", ".join(missing))),
        (synthetic, say("report.banner.synthetic")),
        (example, say("report.banner.example")),
    )
    return tuple(text for applies, text in every if applies)


def _page_mark(say: Language, *, example: bool, draft: bool) -> str:
    marks = ((draft, say("report.mark.draft")), (example, say("report.mark.example")))
    return " · ".join(text for applies, text in marks if applies)


def _numbered(sections: tuple[Section, ...], say: Language) -> tuple[Section, ...]:
    """Tables and figures are counted through the whole report, so that people can point at them."""
    counts = {Table: 0, Figure: 0}

    def number(block: Block) -> Block:
        if isinstance(block, Table):
            counts[Table] += 1
            return replace(
                block, caption=say("report.table", number=counts[Table], title=block.caption)
            )
        if isinstance(block, Figure):
            counts[Figure] += 1
            return replace(
                block,
                caption=say("report.figure", number=counts[Figure], title=block.caption),
                table=replace(
                    block.table, caption=say("report.figure_data", number=counts[Figure])
                ),
            )
        return block

    return tuple(
        replace(section, blocks=tuple(number(block) for block in section.blocks))
        for section in sections
    )
