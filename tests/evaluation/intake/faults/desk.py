"""A regional office that fills in the child questionnaire. Its children are synthetic."""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd

from evaluation.design import load_study
from evaluation.forms import TEMPLATE_VERSION, fill_template
from evaluation.intake import Sender, check
from evaluation.intake.admission import admit, judged
from evaluation.intake.patterns.asked import nothing_elsewhere
from evaluation.intake.reading.sheets import letter
from evaluation.intake.reception import receive
from evaluation.records.batches import Card
from evaluation.records.findings import Effect, Severity
from evaluation.settings import CHECKOUT, Settings
from evaluation.store.batches import get_batch
from evaluation.store.engine import open_store, reading
from evaluation.synthetic import load_truth
from evaluation.synthetic.children import draw_block
from evaluation.synthetic.population import populate

REGION = "15"  # a pilot region of the example study that no reform has split
NOW = datetime(2022, 12, 24, 9, 0, tzinfo=UTC)
REFUSE, HOLD, BLANK, NOTE = Effect.REFUSE, Effect.HOLD, Effect.BLANK, Effect.NOTE
MUST, CHECK, INFO = Severity.MUST_FIX, Severity.PLEASE_CHECK, Severity.INFORMATION


@dataclass(frozen=True)
class Says:
    """`at`: "field row", in the order of the file; "" for the file as a whole, "C1" for a cell
    that is no field's, "sheet 2" and "sheet 2 A1" for another sheet."""

    rule: str
    severity: Severity
    effect: Effect
    at: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Case:
    """`number`: the row of domain.md §5. `make`: a desk → what became of the file."""

    number: int
    what: str
    make: object
    status: str
    says: tuple[Says, ...] = ()

    @property
    def id(self):
        return f"{self.number:02d} {self.what}"


@cache
def published():
    return load_study(CHECKOUT / "evaluation/study")


@cache
def drawn(wave, children):
    """So many children of the region, all with consent, as a list of dicts of texts."""
    population = populate(published(), load_truth(), children=600, seed=7)
    region = next(each for each in population.regions if each.code == REGION)
    block = draw_block(population, region, first=0, last=children)
    rows = block.baseline if wave == 0 else block.endline
    names = list(rows.columns)
    typed = (dict(zip(names, row, strict=True)) for row in rows.each())
    filled = {"sex": "F", "age_band": "10", "school_language": "kk"}
    asked = {"consent_guardian": "1", "assent_child": "1"}
    return tuple({**row, **filled} for row in typed if asked.items() <= row.items())


class Desk:
    """Fills in, checks and sends. Every file is made here, none is copied."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.study = published()
        self.child = self.study.instruments["child_questionnaire"]
        self.fields = [field.name for field in self.child.row_fields]
        self.items = [field.name for field in self.child.items]
        self._engine = None

    def rows(self, count=6, wave=0):
        return [dict(row) for row in drawn(wave, 58)[:count]]

    def column(self, field):
        return letter(self.fields.index(field))

    def card(self, rows, wave=0, **said):
        window = self.study.wave(wave)
        count = str(len(rows))
        known = {
            "template_version": str(TEMPLATE_VERSION),
            "instrument_version": str(self.child.version),
            "region_code": REGION,
            "wave": str(wave),
            "fieldwork_start": window.start.isoformat(),
            "fieldwork_end": window.end.isoformat(),
            "forms_eligible": count,
            "forms_approached": count,
            "forms_declared": count,
        }
        return Card(tuple((known | said).items()))

    def template(self, rows, wave=0, language="ru", **said):
        """Our own workbook, with its card filled in."""
        typed = [[row[name] for name in self.fields] for row in rows]
        card = self.card(rows, wave, **said)
        return fill_template(self.child, self.study, language, card=card, rows=typed)

    def reopened(self, content, change):
        """The workbook as Excel saves it after `change(book)`."""
        book = openpyxl.load_workbook(io.BytesIO(content))
        change(book)
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()

    def headers(self, language="ru", **retitled):
        fields = self.child.row_fields
        return [retitled.get(field.name, field.header[language]) for field in fields]

    def table(self, rows, language="ru", extra=(), **retitled):
        """Header and rows as lists; `extra` are columns of (header, cells)."""
        lines = [self.headers(language, **retitled) + [title for title, _ in extra]]
        for number, row in enumerate(rows):
            lines.append([row[name] for name in self.fields] + [c[number] for _, c in extra])
        return lines

    def text(self, lines, separator=";", encoding="utf-8-sig", before=""):
        file = io.StringIO()
        csv.writer(file, delimiter=separator, lineterminator="\r\n").writerows(lines)
        return (before + file.getvalue()).encode(encoding)

    def check(self, content, *, rows=None, wave=None, stored=(), elsewhere=None, **said):
        """`rows`: the file has no card, so what it says is said beside it."""
        return check(
            content,
            study=self.study,
            instrument=None,
            region=None,
            wave=None,
            declared=Card() if rows is None else self.card(rows, wave or 0, **said),
            expectations=CHECKOUT / "expectations",
            already_stored=lambda people, _: frozenset(people) & frozenset(stored),
            elsewhere=nothing_elsewhere if elsewhere is None else before(elsewhere),
        )

    @property
    def settings(self):
        return Settings.from_env(
            {
                "STORIES_DATA": str(self.folder / "var"),
                "STORIES_KEY_FILE": str(self.folder / "key"),
            }
        )

    @property
    def engine(self):
        if self._engine is None:
            self._engine = open_store(f"sqlite:///{self.folder}/stories.sqlite")
        return self._engine

    def send(self, content, *, study=None, replaces=None, at=NOW):
        study = study or self.study
        return receive(
            self.engine,
            self.settings,
            study,
            content=content,
            sender=Sender(),
            now=at,
            actor="a test",
            replaces=replaces,
        )

    def admitted(self, content, **how):
        """Sent, judged and written; what became of it."""
        study = how.get("study") or self.study
        batch = self.send(content, **how).batch
        intake = judged(self.engine, self.settings, study, content, batch, now=NOW)
        admit(self.engine, self.settings, study, batch=batch.id, now=NOW)
        with reading(self.engine) as conn:
            assert get_batch(conn, batch.id).status is intake.status
        return intake


def before(rows):
    """`Elsewhere` over these rows (dicts with `wave` and `region`), as the store would answer."""

    def elsewhere(respondents, fields):
        found = [row for row in rows if row["child_code"] in respondents]
        return pd.DataFrame(
            {
                "respondent": pd.Series([row["child_code"] for row in found], dtype="str"),
                "wave": pd.Series([row["wave"] for row in found], dtype="int64"),
                "region": pd.Series([row["region"] for row in found], dtype="str"),
                **{f: pd.Series([row[f] for row in found], dtype="str") for f in fields},
            }
        )

    return elsewhere
