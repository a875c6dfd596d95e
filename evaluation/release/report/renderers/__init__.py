"""One file per format, each with `render(document) -> bytes`: looks, never words.

The page is the report's first section alone, as a PDF of one sheet.
"""

from collections.abc import Callable

from evaluation.release.report.blocks import Document
from evaluation.release.report.renderers import docx, html, pdf

RENDERERS: dict[str, Callable[[Document], bytes]] = {
    "html": html.render,
    "pdf": pdf.render,
    "docx": docx.render,
    "page": pdf.render_page,
}
