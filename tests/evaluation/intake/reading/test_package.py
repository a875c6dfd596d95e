import io
import zipfile

import pytest

from evaluation.errors import DeliveryError
from evaluation.intake.reading import package
from tests.evaluation.intake.given import workbook
from tests.evaluation.intake.test_bad_input import FILES

GOOD = workbook(("data", [["a"]]))


def test_a_plain_workbook_passes():
    package.check_package(GOOD, 1_000_000)


def test_the_bound_is_on_everything_together():
    total = sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(GOOD)).infolist())
    package.check_package(GOOD, total)
    with pytest.raises(DeliveryError) as refused:
        package.check_package(GOOD, total - 1)
    assert refused.value.rule == "file_too_large"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("before", [0, package.PIECE - 5])
def test_entities_are_seen_in_any_encoding_and_across_pieces(encoding, before):
    new = io.BytesIO(GOOD)
    with zipfile.ZipFile(new, "a") as archive:
        archive.writestr("xl/more.xml", b" " * before + "<!ENTITY a 'b'>".encode(encoding))
    with pytest.raises(DeliveryError) as refused:
        package.check_package(new.getvalue(), 10_000_000)
    assert refused.value.rule == "xml_entities"


def test_pictures_may_hold_any_bytes():
    new = io.BytesIO(GOOD)
    with zipfile.ZipFile(new, "a") as archive:
        archive.writestr("xl/media/image1.png", b"<!ENTITY")
    package.check_package(new.getvalue(), 10_000_000)


@pytest.mark.parametrize(
    "name",
    [name for name, (content, _) in FILES.items() if content.startswith(b"PK")],
)
def test_what_the_gate_refuses_is_refused_before_any_parser_sees_it(name):
    content, rule = FILES[name]
    seen_by_parser = {
        "a cell in the last corner",
        "broken xml",
        "a form instead of data",
        "two data sheets",
        "too many rows in a workbook",
    }
    if name in seen_by_parser:
        package.check_package(content, 200 * 1024 * 1024)
        return
    with pytest.raises(DeliveryError) as refused:
        package.check_package(content, 200 * 1024 * 1024)
    assert refused.value.rule == rule
