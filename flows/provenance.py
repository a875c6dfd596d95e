"""Which code ran: the version and a digest over its own files, with or without git."""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
CODE = ("evaluation", "flows", "expectations")
PACKAGES = (
    "prefect",
    "great-expectations",
    "pandas",
    "numpy",
    "scipy",
    "statsmodels",
    "sqlalchemy",
)
"""Whose versions can change a number or a verdict; printed with every report."""


@cache
def code_version() -> str:
    """Like 0.1.0+3f9a21c0d5e7: two machines with the same code say the same."""
    digest = hashlib.sha256()
    for path in sorted(path for folder in CODE for path in (ROOT / folder).rglob("*.py")):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return f"{project['version']}+{digest.hexdigest()[:12]}"


def package_versions() -> tuple[tuple[str, str], ...]:
    return tuple((name, version(name)) for name in PACKAGES)
