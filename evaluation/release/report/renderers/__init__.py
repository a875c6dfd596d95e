"""One file per format, each with `render(document) -> bytes`: looks, never words."""

from collections.abc import Callable

from evaluation.release.report.blocks import Document
from evaluation.release.report.renderers import html

RENDERERS: dict[str, Callable[[Document], bytes]] = {"html": html.render}
