"""Does a test at 5 % reject 5 % of true nulls with so few regions? Asked of the analysis itself.

    calibrate(cells, draws=4_000, seed=2022) → one Result a cell

Every data set goes through the functions the report uses, beside what a library does unasked.
"""

from evaluation.analysis.calibration.cells import Cell, cell_of, every_cell
from evaluation.analysis.calibration.counting import Result, Share, calibrate
from evaluation.analysis.calibration.methods import METHODS

__all__ = ["METHODS", "Cell", "Result", "Share", "calibrate", "cell_of", "every_cell"]
