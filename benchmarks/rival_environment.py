"""An environment of its own for packages that we are compared with, and that we never import.

Made from the package index that pip is set up with, the first time it is asked for.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def environment(home: Path, *packages: str) -> str | None:
    """The Python of the environment at `home`, made where there is none; None if it cannot be."""
    python = home / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
        subprocess.run([*pip, *packages], check=True, **quiet)
    except subprocess.CalledProcessError:
        return None
    return str(python)
