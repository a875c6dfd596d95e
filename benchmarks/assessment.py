"""Where the time of `stories assess examples` goes: imports, Prefect's start, our own work."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.timing import Process, measured

EXAMPLES = Path(__file__).parent.parent / "examples"

IMPORTS = (
    "import flows, prefect, great_expectations, pandas, statsmodels.api,"
    " scipy.stats, sqlalchemy, matplotlib.figure, typer"
)
NOTHING = """
import flows
from prefect import flow
@flow
def nothing(): pass
nothing()
"""
ASSESS = f"""
from flows.cli import main
assert main(["assess", {str(EXAMPLES)!r}]) == 0
"""
UNORCHESTRATED = f"""
from datetime import UTC, datetime
from pathlib import Path
from evaluation.design import load_study
from evaluation.intake import read_deliveries
from evaluation.intake.admission import admit
from evaluation.intake.reception import receive
from evaluation.language import languages
from evaluation.release import FORMS
from evaluation.settings import Settings
from evaluation.store.engine import open_store, reading, writing
from evaluation.store.estimates import save_comparison
from flows.comparison import comparison_of, run_of
from flows.releasing import release
settings = Settings.from_env()
study, engine = load_study(settings.study), open_store(settings.database_url)
now = datetime.now(UTC)
for each in read_deliveries(Path({str(EXAMPLES)!r})):
    content = each.path.read_bytes()
    got = receive(engine, settings, study, content=content, sender=each.sender, now=now, actor="b")
    admit(engine, settings, study, batch=got.batch.id, now=now)
with reading(engine) as conn:
    run = run_of(conn, study, as_of=datetime.now(UTC), now=now)
    comparison = comparison_of(conn, study, run)
with writing(engine) as conn:
    save_comparison(conn, comparison, actor="b")
release(engine, settings, study, run=run.id, languages=languages(), now=now, forms=tuple(FORMS))
"""


def main() -> None:
    with TemporaryDirectory() as name:
        home = {"STORIES_KEY_FILE": f"{name}/key"}
        cold = measured(ASSESS, STORIES_DATA=f"{name}/cold", **home)
        warm = measured(ASSESS, STORIES_DATA=f"{name}/cold", **home)
        imports = measured(IMPORTS)
        prefect = measured(NOTHING, STORIES_DATA=f"{name}/cold", **home)
        own = measured(UNORCHESTRATED, STORIES_DATA=f"{name}/own", **home)
    print("stories assess examples, in shares of a first run in a new data folder")
    for what, part in (
        ("first run", cold),
        ("second run, nothing new", warm),
        ("imports alone", imports),
        ("an empty flow, Prefect's home warm", prefect),
        ("the same work without Prefect", own),
    ):
        print(_line(what, part, cold))


def _line(what: str, part: Process, whole: Process) -> str:
    share = part.seconds / whole.seconds
    return f"{what:36} {part.seconds:6.1f} s {share:6.0%} {part.peak:6.0f} MiB"


if __name__ == "__main__":
    main()
