"""A zip of tables: only tables, no more of them than a plain file may hold, nothing that shows a child."""

import io
import zipfile

import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading import archive
from evaluation.intake.reading.files import read_file
from tests.evaluation.intake.given import workbook

LIMITS = {"bytes": 5000, "rows": 100, "columns": 60, "unpacked_bytes": 1e7}
MAIN = b"name,KEY\r\nx,one\r\n"


def packed(*members, method=zipfile.ZIP_DEFLATED):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as file:
        for name, data in members:
            file.writestr(name, data)
    return content.getvalue()


def test_every_table_is_a_sheet_and_litter_is_passed_over():
    content = packed(
        ("form/", b""),
        ("form/form.csv", MAIN),
        ("form/form-child.csv", b"age,PARENT_KEY,KEY\r\n9,one,two\r\n"),
        ("form/empty.csv", b"\r\n"),
        ("__MACOSX/form.csv", b"x"),
        ("form/.DS_Store", b"x"),
    )
    reading = read_file(content, LIMITS, len)
    assert [(s.number, s.name, s.rows) for s in reading.sheets] == [
        (1, "form", 2),
        (2, "form-child", 2),
    ]
    assert reading.sheets[0].row(1) == ("x", "one")


def locked():
    content = bytearray(packed(("a.csv", MAIN)))
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(signature) + place] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (packed(("a.csv", MAIN), ("media/1.jpg", b"x")), "media_inside"),
        (packed(("a.csv", MAIN), ("voice.M4A", b"x")), "media_inside"),
        (packed(("a.csv", MAIN), ("form/media/sign.txt", b"x")), "media_inside"),
        (packed(("a.zip", packed(("a.csv", MAIN)))), "archive_of_others"),
        (packed(("data.xlsx", workbook(("data", [["a"]])))), "archive_of_others"),
        (packed(("a.csv", MAIN), ("readme.txt", b"x")), "archive_of_others"),
        (packed(("a.csv", b"x" * 5001)), "file_too_large"),
        (packed(*[(f"{n}.csv", b"x" * 2000) for n in range(3)]), "file_too_large"),
        (packed(*[(f"{n}.csv", b"") for n in range(5001)]), "file_too_large"),
        (packed(("a.csv", MAIN), method=zipfile.ZIP_LZMA), "damaged_file"),
        (packed(("a.csv", MAIN), method=zipfile.ZIP_STORED).replace(b"x,one", b"x,two"), "damaged_file"),
        (packed(("a.csv", b"  ")), "empty_file"),
        (locked(), "password"),
        # Found by the fuzzer: a member whose name is nothing but a null sign.
        (packed(("a.csv", MAIN), ("Zb", b"x")).replace(b"Zb", b"\0b"), "archive_of_others"),
    ],
)  # fmt: skip
def test_anything_else_is_refused(content, rule):
    limits = LIMITS | {"bytes": 1e6} if len(content) > 5000 else LIMITS
    with pytest.raises(DeliveryError) as refused:
        read_file(content, limits, len)
    assert refused.value.rule == rule


@pytest.mark.parametrize(
    "content",
    [b"a,b", b"PK\x03\x04 nothing", workbook(("data", [["a"]])), packed(("a.png", b"x"))],
)
def test_other_files_are_left_to_others(content):
    assert not archive.recognises(content)
