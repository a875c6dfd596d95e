"""One file per format in which synthetic answers are written: `write(path, sending, form)`.

FORMATS names them as `synthesize` does; MIXED and CSV say which ones an example is made of, in
the order in which the regions' offices get them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.synthetic.formats import (
    kobo_labels,
    kobo_xml,
    odk_central,
    semicolon_csv,
    template_xlsx,
)
from evaluation.synthetic.sending import Form, Sending


@dataclass(frozen=True, slots=True)
class Format:
    ending: str
    write: Callable[[Path, Sending, Form], None]


FORMATS: dict[str, Format] = {
    "template_ru": Format("xlsx", partial(template_xlsx.write, language="ru")),
    "template_kk": Format("xlsx", partial(template_xlsx.write, language="kk")),
    "template_en": Format("xlsx", partial(template_xlsx.write, language="en")),
    "kobo_labels_ru": Format("csv", partial(kobo_labels.write, language="ru")),
    "kobo_labels_kk": Format("csv", partial(kobo_labels.write, language="kk")),
    "kobo_xml": Format("xlsx", kobo_xml.write),
    "odk_central": Format("csv", odk_central.write),
    "semicolon_cp1251": Format("csv", partial(semicolon_csv.write, encoding="cp1251")),
    "semicolon_utf8": Format("csv", partial(semicolon_csv.write, encoding="utf-8-sig")),
}
MIXED = (
    "template_ru",
    "template_kk",
    "kobo_labels_ru",
    "kobo_xml",
    "odk_central",
    "semicolon_cp1251",
    "semicolon_utf8",
    "kobo_labels_kk",
)
CSV = ("odk_central", "semicolon_utf8")
