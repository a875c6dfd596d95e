"""The room's public face."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("matplotlib", "scipy", "jinja2")


def test_importing_the_room_pulls_in_nothing_heavy() -> None:
    asked = f"import sys, evaluation.release; print([m for m in {HEAVY} if m in sys.modules])"
    root = Path(__file__).parents[3]
    ran = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root
    )
    assert ran.stdout.strip() == "[]"
