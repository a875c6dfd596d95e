"""Forms of the small study as they are pushed, and a version of one that asks something else."""

from dataclasses import replace

from evaluation.forms.xlsform import build_xlsform, form_sheets
from evaluation.servers.deploying import OwnForm


def own_form(study, instrument=None, language="en"):
    instrument = instrument or study.instruments["pupil"]
    sheets = form_sheets(instrument, study, language)
    content = build_xlsform(instrument, study, language)
    return OwnForm(instrument, content, sheets["survey"], sheets["choices"])


def next_version(study):
    """Of the questionnaire: without its last question."""
    instrument = study.instruments["pupil"]
    return replace(instrument, version=2, fields=instrument.fields[:-1])
