"""
Everything this package raises on purpose:

* EvaluationError       carries a rule id and safe values; `Language` turns it into a sentence
  x StudyError          the study's own files contradict each other, or cannot be read
  x DeliveryError       a delivered file cannot be taken in at all
  x StoreError          the database cannot be used: locked, read-only, newer, elsewhere
  x SettingsError       the programme was started with something it cannot work with
  x TransitionError     a batch cannot move to that status from where it is
  x EstimationError     an estimator cannot answer with these data
  x DisclosureError     something asked to leave that must not
  x ServerError         a server of forms does not answer as it should

Wrong answers *inside* a readable file are not errors: they are `Finding`s, which are stored,
counted and shown to the person who sent the file.

No error ever carries a cell's value, a file's name as uploaded, or a password: messages are
printed, logged and kept by Prefect.
"""

from __future__ import annotations


class EvaluationError(Exception):
    """`message` names the sentence of the message catalogues; `values` fill it in."""

    exit_code = 3
    family = "error"

    def __init__(self, rule: str, **values: object) -> None:
        self.rule = rule
        self.values = values
        shown = ", ".join(f"{name}={value}" for name, value in values.items())
        super().__init__(f"{rule} ({shown})" if shown else rule)

    @property
    def message(self) -> str:
        return f"{self.family}.{self.rule}"

    # Prefect and process pools pickle exceptions; the default would call __init__ with the text.
    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.rule, self.values))


def _rebuild(kind: type[EvaluationError], rule: str, values: dict[str, object]) -> EvaluationError:
    return kind(rule, **values)


class StudyError(EvaluationError):
    """Always carries `file` and `key`: where in the study's own files to look."""

    family = "study"

    def __init__(self, rule: str, *, file: str, key: str, **values: object) -> None:
        super().__init__(rule, file=file, key=key, **values)


class DeliveryError(EvaluationError): ...


class StoreError(EvaluationError): ...


class SettingsError(EvaluationError):
    exit_code = 2


class TransitionError(EvaluationError): ...


class EstimationError(EvaluationError): ...


class DisclosureError(EvaluationError): ...


class ServerError(EvaluationError): ...
