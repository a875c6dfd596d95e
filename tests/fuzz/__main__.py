"""The long run, with a fuzzer that sees which lines it reaches: `python -m tests.fuzz TARGET …`.

Needs atheris, which the lock does not hold (it is a compiler's tool and not the programme's):
install it into an environment of its own. Everything after the target goes to libFuzzer, for
example `python -m tests.fuzz table -max_total_time=300 -rss_limit_mb=1024`.
"""

import functools
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["evaluation.intake", "evaluation.design"]):
    from evaluation.design import load_study
    from tests.fuzz import targets

STUDY = Path(__file__).parents[1] / "study"


def main() -> None:
    study = load_study(STUDY)
    known = {
        "table": functools.partial(targets.opened, study=study),
        "json": targets.submissions,
        "package": targets.package,
        "sheet": targets.sheet,
    }
    if len(sys.argv) < 2 or sys.argv[1] not in known:
        raise SystemExit(f"which of {', '.join(known)}?")
    target = known[sys.argv.pop(1)]
    with TemporaryDirectory() as folder:
        for number, seed in enumerate(targets.SEEDS.values()):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, folder], target)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
