"""200,000 children: made, taken in, compared, each in its own process. The limit is 2 GiB."""

from __future__ import annotations

import sys
from tempfile import TemporaryDirectory

from benchmarks.timing import measured

CHILDREN = 200_000
LIMIT = 2048  # MiB


def main(children: int = CHILDREN) -> None:
    with TemporaryDirectory() as name:
        home = {"STORIES_DATA": f"{name}/var", "STORIES_KEY_FILE": f"{name}/key"}
        made = f"'--children', '{children}', '--formats', 'csv', '--out', {name + '/files'!r}"
        print(f"{children} children in two waves; the limit is {LIMIT} MiB")
        for what, command in (
            ("synthesize", f"'synthesize', {made}"),
            ("ingest", f"'ingest', {name + '/files'!r}"),
            ("compare", "'compare'"),
            ("report", "'report'"),
        ):
            # Refused files are a part of the example: ingest then ends with 3.
            code = f"from flows.cli import main\nassert main([{command}]) in (0, 3)"
            done = measured(code, **home)
            print(f"{what:12} {done.seconds:6.0f} s {done.peak:6.0f} MiB", flush=True)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:2]))
