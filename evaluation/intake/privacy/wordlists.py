"""The lists of words beside this file: data, so that whoever knows the language can add."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def listed(name: str) -> Mapping[str, Any]:
    """`past` or `ordinary`, as its file has it."""
    loaded: Mapping[str, Any] = yaml.safe_load(
        (Path(__file__).parent / f"{name}.yaml").read_text("utf-8")
    )
    return loaded


@cache
def ordinary(kind: str) -> frozenset[str]:
    return frozenset(listed("ordinary")[kind])
