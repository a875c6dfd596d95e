"""The array types of this room. Shapes are given as n children, p regressors, G clusters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rows = NDArray[np.int64]
Labels = NDArray[np.object_]
