"""A real browser, headless and offline: what it makes of a page."""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = [
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    # The browser's own errands (updates, accounts) find no host, and neither does the page's.
    "--host-resolver-rules=MAP * ~NOTFOUND",
]
# The page stands in a frame of its own width: a headless window is never as narrow as a telephone.
FRAME = """<!doctype html><body>
<iframe id="page" style="width: {width}px; height: 900px; border: 0" srcdoc="{page}"></iframe>
<script>
document.getElementById("page").onload = (event) => {{
  const page = event.target.contentDocument;
  const root = page.documentElement;
  const seen = {{
    width: root.scrollWidth,
    language: root.lang,
    title: page.title,
    pictures: [...page.querySelectorAll("svg")].map((svg) => svg.getBoundingClientRect().width),
    background: getComputedStyle(page.body).backgroundColor,
    asked: page.defaultView.performance.getEntriesByType("resource").map((entry) => entry.name),
    links: [...page.querySelectorAll("a[href^='#']")]
      .filter((link) => !page.getElementById(link.hash.slice(1))).length,
  }};
  document.body.append(Object.assign(document.createElement("pre"), {{
    id: "seen", textContent: JSON.stringify(seen),
  }}));
}};
</script>"""


@dataclass(frozen=True)
class Seen:
    width: int
    language: str
    title: str
    pictures: list[float]
    background: str
    asked: list[str]  # addresses that showing the page made the browser ask for
    links: int  # that lead nowhere


def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip("no Chromium is installed here, and none could be")
    return found


def look(page: bytes, *, width: int) -> Seen:
    """What a reader's browser makes of the page in a window of that width (pixels)."""
    framed = FRAME.format(width=width, page=html.escape(page.decode(), quote=True))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frame.html"
        path.write_text(framed, "utf-8")
        dom = _run(folder, "--virtual-time-budget=5000", "--dump-dom", path.as_uri())
    found = re.search(r'<pre id="seen">(.*?)</pre>', dom, re.S)
    assert found, "the page never finished loading"
    return Seen(**json.loads(html.unescape(found[1])))


def _run(folder: str, *arguments: str) -> str:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    profile = f"--user-data-dir={folder}/profile"
    done = subprocess.run(
        [browser(), *QUIET, *root, profile, *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout
