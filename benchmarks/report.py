"""From the kept results to the files: what each step of writing a report takes, and its share.

`python -m benchmarks report`. The example's year-end report in every language and format, when
everything has been estimated; by the clock and by the processor's own seconds, which a busy machine
cannot stretch. Figures are drawn once a language, by matplotlib; the formats take them over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from sqlalchemy import Engine

from benchmarks.assessment import EXAMPLES
from evaluation.analysis import CHALLENGES, MEASURES
from evaluation.design import Study, load_study
from evaluation.intake import read_deliveries
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.language import Language, languages
from evaluation.records.measures import NOTHING
from evaluation.release import FORMS, Facts, compose_report, protect, render_report
from evaluation.release.report.renderers.pictures import dots
from evaluation.settings import Settings
from evaluation.store.challenges import save_challenges
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.estimates import save_comparison
from evaluation.store.measures import save_measures
from flows.challenges import challenged, in_order
from flows.comparison import comparison_of, run_of
from flows.measures import measured
from flows.releasing import facts_of

Made = TypeVar("Made")
PROTECTED, COMPOSED = "protected", "words and figures"


@dataclass(slots=True)
class Watch:
    """Step → seconds by the clock, seconds of the processors, of all languages together."""

    steps: dict[str, tuple[float, float]] = field(default_factory=dict)

    def __call__(self, step: str, work: Callable[[], Made]) -> Made:
        clock, busy = time.perf_counter(), time.process_time()
        made = work()
        before = self.steps.get(step, (0.0, 0.0))
        took = time.perf_counter() - clock, time.process_time() - busy
        self.steps[step] = before[0] + took[0], before[1] + took[1]
        return made


def estimated(engine: Engine, settings: Settings, study: Study, now: datetime) -> Facts:
    """The example year, taken in, compared, challenged and measured; without Prefect."""
    for each in read_deliveries(Path(EXAMPLES)):
        content = each.path.read_bytes()
        got = receive(
            engine, settings, study, content=content, sender=each.sender, now=now, actor="benchmark"
        )
        admit(engine, settings, study, batch=got.batch.id, now=now)
    with reading(engine) as conn:
        run = run_of(conn, study, as_of=datetime.now(UTC), now=now)
        comparison = comparison_of(conn, study, run)
    with writing(engine) as conn:
        save_comparison(conn, comparison, actor="benchmark")
    with reading(engine) as conn:
        columns = [challenged(conn, study, run.id, name) for name in CHALLENGES]
        parts = [measured(conn, study, run.id, name) for name in MEASURES]
    with writing(engine) as conn:
        save_challenges(conn, run.id, in_order(columns, study))
        save_measures(conn, run.id, sum(parts, NOTHING))
    with reading(engine) as conn:
        return facts_of(conn, study, run.id)


def written(facts: Facts, study: Study) -> Watch:
    """Everything that `stories report` writes, but for the disk."""
    watch = Watch()
    released = watch(PROTECTED, lambda: protect(facts, study.disclosure))
    for code in languages():
        document = watch(COMPOSED, partial(compose_report, released, study, Language(code)))
        for form in FORMS:
            watch(form, partial(render_report, document, forms=(form,), draft=True))
    return watch


@contextmanager
def house() -> Iterator[Settings]:
    """An empty data folder that is gone afterwards."""
    with TemporaryDirectory() as name:
        settings = Settings.from_env({"STORIES_DATA": f"{name}/var", "HOME": name})
        settings.data.mkdir()
        yield settings


def main() -> None:
    now = datetime.now(UTC)
    with house() as settings:
        study, engine = load_study(settings.study), open_store(settings.database_url)
        facts = estimated(engine, settings, study, now)
        engine.dispose()
    for name in ("first in a process, imports and fonts too", "again"):
        dots.cache_clear()
        watch = written(facts, study)
        clock, busy = (sum(each) for each in zip(*watch.steps.values(), strict=True))
        files = len(languages()) * len(FORMS)
        print(f"\n{name}: {files} files, {clock:.1f} s by the clock, {busy:.1f} s of processors")
        for step, (_, took) in watch.steps.items():
            print(f"{step:20} {took:6.2f} s {took / busy:6.0%}")


if __name__ == "__main__":
    main()
