"""One file a command, each with `add_to(app, say)`; COMMANDS is the order of the help."""

from __future__ import annotations

from collections.abc import Callable

import typer

from evaluation.language import Language
from flows.commands import (
    assess,
    audit,
    calibrate,
    check,
    codebook,
    codes,
    columns,
    compare,
    doctor,
    ingest,
    near_misses,
    paper,
    plan,
    power,
    pull,
    push,
    receipt,
    release,
    report,
    sweep,
    synthesize,
    template,
    verify,
    withdraw,
    xlsform,
)

COMMANDS: dict[str, Callable[[typer.Typer, Language], None]] = {
    "check": check.add_to,
    "ingest": ingest.add_to,
    "pull": pull.add_to,
    "columns": columns.add_to,
    "receipt": receipt.add_to,
    "compare": compare.add_to,
    "report": report.add_to,
    "release": release.add_to,
    "verify": verify.add_to,
    "assess": assess.add_to,
    "template": template.add_to,
    "xlsform": xlsform.add_to,
    "push": push.add_to,
    "paper": paper.add_to,
    "codebook": codebook.add_to,
    "codes": codes.add_to,
    "synthesize": synthesize.add_to,
    "withdraw": withdraw.add_to,
    "calibrate": calibrate.add_to,
    "plan": plan.add_to,
    "power": power.add_to,
    "near-misses": near_misses.add_to,
    "sweep": sweep.add_to,
    "audit": audit.add_to,
    "doctor": doctor.add_to,
}
