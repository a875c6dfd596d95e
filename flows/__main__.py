"""Run a flow by hand: `python -m flows ingest`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from flows.assessment import assessment
from flows.compare import compare
from flows.ingest import ingest
from flows.power import power
from flows.pull import pull
from flows.report import report

FLOWS: dict[str, Callable[[], Any]] = {
    "ingest": ingest,
    "compare": compare,
    "report": report,
    "assessment": assessment,
    "power": power,
    "pull": pull,
}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    parser.add_argument("flow", choices=FLOWS)
    print(FLOWS[parser.parse_args(arguments).flow]())


if __name__ == "__main__":
    main()
