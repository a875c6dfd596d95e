"""The released numbers as open data: tidy CSV, described for machines, with how to cite the code.

Made of released facts and documents alone: all of it has passed the gate, and is in the ledger.
"""

from __future__ import annotations

from collections.abc import Sequence

from evaluation.design import Study
from evaluation.language import Language
from evaluation.release.disclosure import ReleasedFacts
from evaluation.release.package.citation import citation
from evaluation.release.package.description import DESCRIPTION, described
from evaluation.release.package.tidy import CELLS, TABLES, cells_csv, tables_csv
from evaluation.release.report.document import build_document

FOLDER = "data"
CITATION = "CITATION.cff"


def build_package(
    released: ReleasedFacts, study: Study, languages: Sequence[str], *, kind: str | None = None
) -> dict[str, bytes]:
    """Path → content; the same facts are the same bytes."""
    documents = [build_document(released, Language(code), study, kind=kind) for code in languages]
    data = {CELLS: cells_csv(released.ledger()), TABLES: tables_csv(documents)}
    description = described(released, study, data)
    return {
        **{f"{FOLDER}/{name}": content for name, content in data.items()},
        f"{FOLDER}/{DESCRIPTION}": description,
        CITATION: citation(released.provenance, study),
    }
