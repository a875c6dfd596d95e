"""Prefect and Great Expectations on this machine and nowhere else, whoever starts them.

Both read the environment when they are first imported, and prefect.toml only from the current
folder, so the switches are set here, before either is imported, and not left to the user.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from evaluation.errors import StoreError
from evaluation.settings import data_folder

SILENCE = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "GX_ANALYTICS_ENABLED": "false",
}
"""Set whatever the user's environment says: there is no wish to be tracked here."""

DEFAULTS = {
    # A fresh home migrates its database first: 9 to 13 s here, more on an old PC.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    # Nothing a flow returns is kept by Prefect: results may hold nothing but counts anyway.
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
    # A worker that died is noticed by a missing heartbeat; 30 s is the shortest allowed.
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
}
"""Set where the user's environment says nothing."""


def stay_at_home(environ: MutableMapping[str, str] = os.environ) -> None:
    environ.update(SILENCE)
    for name, value in DEFAULTS.items():
        environ.setdefault(name, value)
    if "PREFECT_HOME" not in environ and "PREFECT_API_URL" not in environ:
        environ["PREFECT_HOME"] = str(data_folder(environ) / "prefect")


def make_home(environ: Mapping[str, str] = os.environ) -> None:
    """Before Prefect is imported: it makes its home, but not the folder that its home lies in, and
    its server would then be started again and again until the time is over."""
    if not (home := environ.get("PREFECT_HOME")):
        return
    try:
        Path(home).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise StoreError("cannot_write", place=Path(home).parent) from None
