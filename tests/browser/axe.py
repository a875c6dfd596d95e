"""axe-core in a real browser: which rules of WCAG 2.2 AA a page breaks, by its own account."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.browser.chromium import QUIET, browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Broken:
    """One rule of axe, and the first place where the page breaks it."""

    rule: str
    where: str


@contextmanager
def opened() -> Iterator[Browser]:
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    arguments = [argument for argument in QUIET if argument != "--headless"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=browser(), args=[*arguments, *root], headless=True
        )
        try:
            yield started
        finally:
            started.close()


def broken_rules(
    started: Browser,
    page: bytes,
    *,
    width: int,
    dark: bool = False,
    printed: bool = False,
) -> list[Broken]:
    """`width` in CSS pixels: 1280 at 400 % zoom is a window of 320."""
    context = started.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        reduced_motion="reduce",
    )
    try:
        shown = context.new_page()
        shown.emulate_media(media="print" if printed else "screen")
        shown.set_content(page.decode(), wait_until="load")
        found = Axe().run(shown, options={"runOnly": RULES, "resultTypes": ["violations"]})
        return [
            Broken(each["id"], each["nodes"][0]["html"][:120])
            for each in found.response["violations"]
        ]
    finally:
        context.close()
