from __future__ import annotations

import numpy as np
import pytest

from salespractice.transcription.time_warp import warp


def test_follows_the_cheap_cells() -> None:
    costs = np.ones((3, 5))
    route = ((0, 0), (0, 1), (1, 2), (1, 3), (2, 4))
    for cell in route:
        costs[cell] = -1.0
    assert [tuple(cell) for cell in warp(costs).T.tolist()] == list(route)


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, 7), (7, 1)])
def test_a_single_row_or_column_is_walked_along(rows: int, columns: int) -> None:
    path = warp(np.zeros((rows, columns)))
    assert path.shape == (2, max(rows, columns))
    assert path[:, -1].tolist() == [rows - 1, columns - 1]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # of the libraries that are imported
def test_takes_the_same_path_as_whisper() -> None:
    from whisper.timing import dtw_cpu

    numbers = np.random.default_rng(3)
    for _ in range(20):
        costs = numbers.normal(size=(numbers.integers(1, 50), numbers.integers(1, 300)))
        np.testing.assert_array_equal(warp(costs), dtw_cpu(costs))
