"""What stands outside of cells is read, wherever a spreadsheet puts it, and nothing is expanded."""

import io
import zipfile

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName

from evaluation.errors import DeliveryError
from evaluation.intake.reading import package_parts
from evaluation.intake.reading.package_parts import Part, texts_outside_cells
from evaluation.intake.reading.plain_xml import LONGEST_TEXT, elements
from evaluation.intake.reading.workbook import read
from tests.evaluation.intake.given import workbook

PLAIN = workbook(("first", [["a"]]), ("second", [["b"]]))
SAMPLE = "Quill"


def parts(content):
    return {Part(*each) for each in texts_outside_cells(content)}


def with_files(content, **files):
    """The archive with members added; `__` in a name is a slash, `_xml` its ending."""
    new = io.BytesIO(content)
    with zipfile.ZipFile(new, "a") as archive:
        for name, text in files.items():
            path = name.replace("__", "/").removesuffix("_xml")
            archive.writestr(path + ("" if path.endswith(".rels") else ".xml"), text)
    return new.getvalue()


def replaced(content, change):
    """Every member through `change(name, bytes)`; None leaves it out."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(new, "w") as archive:
        for name in old.namelist():
            changed = change(name, old.read(name))
            if changed is not None:
                archive.writestr(name, changed)
    return new.getvalue()


@pytest.fixture(scope="module")
def saved():
    """As openpyxl saves it: notes, names, properties, page headers."""
    book = openpyxl.Workbook()
    book.active.title = "first"
    sheet = book.create_sheet("second")
    sheet["B5"].comment = Comment("Some Author:\nsee the list", "Some Author")
    sheet.oddFooter.left.text = f"&Pprinted by {SAMPLE}"
    book.defined_names["list_of_Quill"] = DefinedName("list_of_Quill", attr_text='"Quill"')
    book.properties.creator = "Some Author"
    book.properties.lastModifiedBy = "Another Author"
    book.properties.title = "The title"
    book.properties.keywords = "one, two"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    "part",
    [
        Part("comment", "see the list", 2, "B5"),
        Part("author", "Some Author"),
        Part("author", "Another Author"),
        Part("property", "The title"),
        Part("property", "one, two"),
        Part("defined_name", "list of Quill"),
        Part("defined_name", '"Quill"'),
        Part("sheet_name", "first"),
    ],
    ids=lambda part: f"{part.place} {part.text}",
)
def test_what_openpyxl_writes_is_read(saved, part):
    assert part in parts(saved)


def test_the_header_of_a_page_is_read_without_its_formats(saved):
    (header,) = [part for part in parts(saved) if part.place == "page_header"]
    assert header.sheet == 2
    assert header.text.split() == ["printed", "by", SAMPLE]


def test_text_boxes_links_tables_and_charts_are_read():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("data")
        sheet.write_column("A1", ["head", 1, 2])
        sheet.insert_textbox("C3", f"first line\n{SAMPLE} in a box", {"description": "alt text"})
        sheet.write_url("E1", "mailto:someone@example.org")
        sheet.add_table("G1:G3", {"name": "Table_Quill", "columns": [{"header": "a column"}]})
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=data!$A$2:$A$3"})
        chart.set_title({"name": "a title"})
        sheet.insert_chart("C9", chart)
        book.set_properties({"manager": "A Manager", "company": "A Company"})
        book.set_custom_property("Checked by", "An Inspector")
    found = parts(content.getvalue())
    assert {
        Part("drawing", f"{SAMPLE} in a box", 1),
        Part("drawing", "alt text", 1),
        Part("drawing", "a title"),
        Part("link", "mailto:someone@example.org", 1),
        Part("copy", "Table_Quill", 1),
        Part("author", "A Manager"),
        Part("property", "A Company"),
        Part("property", "Checked by"),
        Part("property", "An Inspector"),
    } <= found


MADE = {
    "xl__threadedComments__threadedComment1_xml": (
        '<ThreadedComments><threadedComment ref="C7"><text>spoken</text></threadedComment></ThreadedComments>',
        Part("comment", "spoken", None, "C7"),
    ),
    "xl__persons__person_xml": (
        '<personList><person displayName="A Person"/></personList>',
        Part("author", "A Person"),
    ),
    "xl__pivotCache__pivotCacheRecords1_xml": (
        '<pivotCacheRecords><r><s v="left behind"/></r></pivotCacheRecords>',
        Part("copy", "left behind"),
    ),
    "xl__pivotCache__pivotCacheDefinition1_xml": (
        '<pivotCacheDefinition refreshedBy="A Refresher"/>',
        Part("author", "A Refresher"),
    ),
    "customXml__item1_xml": ("<note>own words</note>", Part("drawing", "own words")),
}


@pytest.mark.parametrize("name", MADE)
def test_what_only_excel_writes_is_read(name):
    text, part = MADE[name]
    assert part in parts(with_files(PLAIN, **{name: text}))


def test_a_password_against_changes_names_its_user():
    def protect(name, data):
        if name == "xl/workbook.xml":
            return data.replace(b"<sheets>", b'<fileSharing userName="A User"/><sheets>')
        return data

    assert Part("author", "A User") in parts(replaced(PLAIN, protect))


def test_parts_are_found_by_absolute_paths_and_without_relations():
    absolute = replaced(PLAIN, lambda n, d: d.replace(b'"worksheets/', b'"/xl/worksheets/'))
    rels = (
        '<Relationships><Relationship Id="r1" Target="../comments1.xml"/><Other/></Relationships>'
    )
    comment = '<comments><comment ref="A1"><t>said</t></comment></comments>'
    content = with_files(
        absolute, **{"xl__worksheets___rels__sheet2.xml.rels": rels, "xl__comments1_xml": comment}
    )
    assert Part("comment", "said", 2, "A1") in parts(content)
    without = replaced(PLAIN, lambda n, d: None if n == "xl/_rels/workbook.xml.rels" else d)
    assert Part("sheet_name", "second") in parts(without)


def test_no_text_is_told_twice_and_blank_ones_not_at_all():
    told = texts_outside_cells(
        with_files(PLAIN, customXml__item1_xml="<a><b>x</b><b>x</b><b> </b></a>")
    )
    assert [each for each in told if each[0] == "drawing"] == [("drawing", "x", None, None)]


def test_a_flood_of_texts_is_refused():
    many = "".join(f"<b>{n}</b>" for n in range(package_parts.MOST_TEXTS + 1))
    with pytest.raises(DeliveryError) as refused:
        texts_outside_cells(with_files(PLAIN, customXml__item1_xml=f"<a>{many}</a>"))
    assert refused.value.rule == "file_too_large"


def test_parts_come_through_the_child_process(study, saved):
    reading = read(saved, study.intake)
    assert Part("comment", "see the list", 2, "B5") in reading.parts


# XML


def test_entities_are_refused_even_in_an_encoding_that_hides_them():
    hidden = '<!DOCTYPE a [<!ENTITY e "expanded">]><a>&e;</a>'.encode("cp037")
    declared = b'<?xml version="1.0" encoding="cp037"?>' + hidden
    for content in (declared, b"<!DOCTYPE a><a/>"):
        with pytest.raises(DeliveryError) as refused:
            elements(content)
        assert refused.value.rule in ("xml_entities", "damaged_file")


@pytest.mark.parametrize(
    "content", [b"", b"<a>", b"<a></b>", b'<?xml version="1.0" encoding="no-such"?><a/>']
)
def test_what_is_no_xml_is_damage(content):
    with pytest.raises(DeliveryError) as refused:
        elements(content)
    assert refused.value.rule == "damaged_file"


def test_an_endless_text_is_read_so_far():
    (element,) = elements(b"<a>" + (b"x" * 1000 + b"<!---->") * 100 + b"</a>")
    assert LONGEST_TEXT <= len(element.text) < 2 * LONGEST_TEXT
