"""What passes out of a task: our own errors as they are, everything else without its words."""

import errno
import pickle

import pytest

from evaluation.errors import SettingsError, StoreError
from flows.discretion import OurFaultError, discreet, our_fault, place_of

SECRET = "Zebrawood"


@discreet
def raises(error: BaseException) -> None:
    raise error


def test_what_is_raised_on_purpose_passes_as_it_is():
    error = SettingsError("unknown_wave", name=7, known="0, 1")
    with pytest.raises(SettingsError) as raised:
        raises(error)
    assert raised.value is error


def test_what_returns_returns():
    assert discreet(len)("four") == 4


def test_anything_else_keeps_its_kind_and_its_place_and_loses_its_words():
    with pytest.raises(OurFaultError) as raised:
        raises(ValueError(SECRET))
    error = raised.value
    assert error.exit_code == 1
    assert error.values["kind"] == "ValueError"
    assert str(error.values["place"]).startswith("tests/flows/test_discretion.py:")
    for copy in (error, pickle.loads(pickle.dumps(error))):
        assert SECRET not in f"{copy!r} {copy} {copy.args} {copy.values}"
        assert copy.__cause__ is copy.__context__ is None


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_nobodys_fault(number):
    told = our_fault(OSError(number, SECRET, SECRET))
    assert isinstance(told, StoreError)
    assert (told.rule, told.values) == ("disk_full", {})


def test_another_trouble_with_a_file_is_ours_and_its_name_is_not_said():
    told = our_fault(PermissionError(errno.EACCES, SECRET, SECRET))
    assert (told.rule, told.values) == ("our_fault", {"kind": "PermissionError", "place": "-"})


def test_an_error_that_came_through_none_of_our_lines_has_no_place():
    assert place_of(ValueError()) == "-"
