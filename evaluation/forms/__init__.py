"""Forms that people fill in, each derived from an instrument: nothing is typed twice."""

from evaluation.forms.template import TEMPLATE_VERSION, build_template, fill_template

__all__ = ["TEMPLATE_VERSION", "build_template", "fill_template"]
