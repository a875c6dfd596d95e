"""What ACRO says of tables that come on standard input, one JSON object a line, and back.

In: `children`, [row, column] of each; `sites`, [row, column, site, children] of each part. Out, by
the names of ACRO's checks: the cells [row, column] that it would suppress, counted from 0, the
totals last; and `rounded`, the table as its rounding leaves it. Runs in an environment that has
ACRO, so it imports nothing of this programme.
"""

from __future__ import annotations

import json
import logging
import sys

import acro
import pandas as pd


def sorted_out(frame: pd.DataFrame, rows: int, columns: int) -> pd.DataFrame:
    """Categories that nobody is in are categories too."""
    frame["row"] = pd.Categorical(frame["row"], categories=range(rows))
    frame["column"] = pd.Categorical(frame["column"], categories=range(columns))
    return frame


def said(asked: dict) -> dict:
    size = asked["rows"], asked["columns"]
    them = sorted_out(pd.DataFrame(asked["children"], columns=["row", "column"]), *size)
    parts = sorted_out(
        pd.DataFrame(asked["sites"], columns=["row", "column", "site", "children"]), *size
    )
    session, rounding = acro.ACRO(), acro.ACRO(mitigation="round")
    session.crosstab(them["row"], them["column"], margins=True)
    session.crosstab(
        parts["row"], parts["column"], values=parts["children"], aggfunc="sum", margins=True
    )
    rounded = rounding.crosstab(them["row"], them["column"], margins=True)
    counts, sums = (session.results.get_index(place).sdc["cells"] for place in (0, 1))
    return {
        "threshold": counts["MinimumThresholdCheck"],
        "nk": sums["NKCheck"],
        "p_percent": sums["PPercentCheck"],
        "rounded": rounded.to_numpy(int).tolist(),
    }


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    for line in sys.stdin:
        print("SAID " + json.dumps(said(json.loads(line))), flush=True)
