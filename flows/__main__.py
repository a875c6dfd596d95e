"""Run a flow by hand: `python -m flows ingest`."""

from __future__ import annotations

import argparse
from importlib import import_module

from flows.environment import make_home

FLOWS = ("ingest", "compare", "report", "assessment", "power", "pull")
"""Each is the function of that name in the module of that name."""


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m flows", description=__doc__)
    parser.add_argument("flow", choices=FLOWS)
    name = parser.parse_args(arguments).flow
    make_home()
    print(getattr(import_module(f"flows.{name}"), name)())


if __name__ == "__main__":
    main()
