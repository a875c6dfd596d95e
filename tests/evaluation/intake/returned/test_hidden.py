import io
import zipfile

import pytest

from evaluation.intake.returned import hidden
from evaluation.intake.returned.hidden import Key, Marker, batch_named_in, key_of, marker_of

BATCH = "0f" * 32
KEY = Key("not_in_list", "sex", "a1", 3, True)


def archive(part=b"", name="xl/sharedStrings.xml"):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(name, part)
    return made.getvalue()


def test_a_marker_is_known_again_among_other_texts():
    assert marker_of(["", "x", Marker(BATCH, 12).text()]) == Marker(BATCH, 12)
    assert marker_of(["stories-returned/1 12 not-a-batch"]) is None


def test_a_row_is_ours_as_long_as_nobody_has_written_in_it():
    sealed = KEY.text(["B3", "Sex", ""])
    assert key_of(sealed, ["B3", "Sex"]) == KEY
    assert key_of(sealed, ["B3", " Sex \r\n"]) == KEY  # spreadsheets write line ends anew
    assert key_of(sealed, ["B3", "Sex", "x"]) is None
    assert key_of(KEY.text(["B3"]).replace("a1", "a2"), ["B3"]) is None


@pytest.mark.parametrize("text", ["", "x", "5", "[1]", "null", '"abcdef"', "{}"])
def test_what_is_no_key_is_none(text):
    assert key_of(text, []) is None


def test_a_workbook_names_the_batch_it_was_returned_for():
    said = Marker(BATCH, 0).text().encode()
    assert batch_named_in(archive(b"<sst><t>" + said + b"</t></sst>")) == BATCH
    # Across two pieces, and far behind other texts.
    padding = b"a" * (hidden.PIECE - 20)
    assert batch_named_in(archive(padding + said)) == BATCH
    assert batch_named_in(archive(said, name="xl/worksheets/sheet1.xml")) == BATCH


def test_a_file_that_was_never_returned_names_none():
    locked = bytearray(archive(b"x"))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    for content in (
        b"a,b\n1,2\n",
        b"PK\x03\x04 and no archive",
        archive(b"<sst/>"),
        archive(b"x", name="other.xml"),
        bytes(locked),
    ):
        assert batch_named_in(content) is None


def test_an_archive_that_swells_is_not_unpacked_to_its_end():
    swollen = archive(b"a" * (hidden.SEARCHED + hidden.PIECE) + Marker(BATCH, 0).text().encode())
    assert batch_named_in(swollen) is None


def test_an_offset_that_cannot_be_is_no_error():
    broken = bytearray(archive(b"x"))
    place = broken.index(b"PK\x01\x02")
    broken[place + 42 : place + 46] = b"\xff\xff\xff\x7f"
    assert batch_named_in(bytes(broken)) is None
