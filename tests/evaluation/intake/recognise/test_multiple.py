import numpy as np
import pytest

from evaluation.intake.reading.sheets import column_of
from evaluation.intake.recognise.multiple import from_options


def column(*texts):
    distinct = ["", *dict.fromkeys(text for text in texts if text)]
    return column_of(distinct, np.array([distinct.index(text) for text in texts], dtype=np.int32))


@pytest.mark.parametrize("yes", ["1", "True", "TRUE", "да"])
def test_split_columns_become_codes_in_declared_order(study, yes):
    field = study.instruments["pupil"].field("clubs")
    options = {"music": column(yes, "0", yes, ""), "sport": column(yes, yes, "0", "")}
    assert from_options(field, options, 4).texts().tolist() == [
        "sport music",
        "sport",
        "music",
        None,
    ]


def test_every_row_may_have_chosen_something(study):
    field = study.instruments["pupil"].field("clubs")
    answers = from_options(field, {"sport": column("1", "1")}, 4)
    assert answers.texts().tolist() == ["sport", "sport"]
    assert answers.meant[0].text is None
