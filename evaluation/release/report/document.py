"""Released facts and a language become a document."""

from __future__ import annotations

from dataclasses import replace

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.report.blocks import Block, Document, Figure, Labels, Section, Table
from evaluation.release.report.kinds import (
    SectionBuilder,
    builders,
    kind_name,
    kind_of,
    missing_sections,
    section_name,
)
from evaluation.release.report.references import citations, resolved, with_sources
from evaluation.release.report.statements import missing_statements


def build_document(
    released: ReleasedFacts,
    say: Language,
    study: Study,
    *,
    kind: str | None = None,
    sections: tuple[SectionBuilder, ...] | None = None,
) -> Document:
    """A report of that kind (contents.yaml), or of these sections.

    With a mandatory statement or a demanded section missing it is marked DRAFT on every page.
    """
    contents = kind_of(study, kind)
    by_name = {section_name(it): it for it in sections} if sections else builders(contents)
    built = {name: build(released, study, say) for name, build in by_name.items()}
    told = tuple(section for section in built.values() if section is not None)
    missing = (*missing_statements(told), *missing_sections(contents, built, say))
    made = released.provenance
    return Document(
        facts=released,
        language=say.code,
        kind=kind_name(contents, say),
        title=say.text(study.title),
        subtitle=say("report.subtitle", cut_off=made.cut_off),
        banners=_banners(say, synthetic=made.synthetic, example=study.example, missing=missing),
        page_mark=_page_mark(say, example=made.synthetic or study.example, draft=bool(missing)),
        labels=Labels(
            contents=say("report.contents"),
            skip=say("report.skip"),
            page=say("report.page"),
            figures=say("report.figures_data"),
        ),
        sections=_numbered(with_sources(resolved(told, say), made.run, made.data_digest, say), say),
        citations=citations(told, say),
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
