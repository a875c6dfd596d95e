import pickle

import pytest

from evaluation import errors
from evaluation.errors import EvaluationError, SettingsError, StudyError


def test_an_error_says_its_rule_and_its_values():
    error = EvaluationError("locked", folder="data")
    assert str(error) == "locked (folder=data)"
    assert error.message == "error.locked"
    assert str(EvaluationError("locked")) == "locked"


@pytest.mark.parametrize(
    "error",
    [EvaluationError("a", n=1), SettingsError("b"), StudyError("c", file="f", key="k", n=2)],
)
def test_an_error_survives_the_way_to_another_process(error):
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.rule, back.values) == (type(error), error.rule, error.values)


def test_wrong_use_and_refused_data_end_with_other_exit_codes():
    assert SettingsError.exit_code == 2
    assert StudyError.exit_code == 3


def test_the_drawn_tree_names_every_class():
    drawn = {
        line.split()[1]
        for line in (errors.__doc__ or "").splitlines()
        if line.strip().startswith(("*", "x"))
    }
    defined = {
        name
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, EvaluationError)
    }
    assert drawn == defined
