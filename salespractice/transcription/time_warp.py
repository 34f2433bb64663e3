"""Dynamic time warping in numpy: the cheapest monotone path through a matrix of costs.

whisper.timing does the same in numba, whose compilation takes seconds while a customer waits for the answer. Within a
row the recurrence c[j] = x[j] + min(a[j], c[j-1]) is a running minimum once the row's cumulative sum is taken out, so
a matrix costs a few vector operations a row.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray


def warp(costs: ArrayLike) -> NDArray[np.int64]:
    """The path from the first to the last cell of `costs` (rows, columns), shape (2, steps): row and column of each.

    A step goes one row on, one column on, or both. Takes anything that numpy can read, torch tensors included.
    """
    matrix = np.asarray(costs, dtype=np.float64)
    total = _totals(matrix)
    row, column = (length - 1 for length in matrix.shape)
    path = [(row, column)]
    while row or column:
        # In the frame of `total`, whose first row and column lie outside the matrix.
        both, down, along = total[row, column], total[row, column + 1], total[row + 1, column]
        if both < down and both < along:
            row, column = row - 1, column - 1
        elif down < both and down < along:
            row -= 1
        else:
            column -= 1
        path.append((row, column))
    return np.array(path[::-1], dtype=np.int64).T


def _totals(matrix: NDArray[np.float64]) -> NDArray[Any]:
    """The cost of the cheapest path to each cell, with a border of infinities and one zero before the first cell."""
    rows, columns = matrix.shape
    total = np.full((rows + 1, columns + 1), np.inf)
    total[0, 0] = 0.0
    for row, costs in enumerate(matrix):
        above = np.minimum(total[row, :-1], total[row, 1:])
        so_far = np.cumsum(costs)
        total[row + 1, 1:] = so_far + np.minimum.accumulate(above - so_far + costs)
    return total
