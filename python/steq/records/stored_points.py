# SPDX-License-Identifier: MIT
"""Change points of one tensor in an HDF5 group, read piece by piece."""

PIECE = 1 << 20  # change points held in memory at once


def tensors_of(learner):
    """Names of its groups that hold levels."""
    return [name for name, group in learner.items() if hasattr(group, "keys") and "initial_levels" in group]


def count_until(steps, step):
    """How many of the ascending steps are at most `step`; reads a logarithm of their number."""
    low, high = 0, len(steps)
    while low < high:
        middle = (low + high) // 2
        if steps[middle] <= step:
            low = middle + 1
        else:
            high = middle
    return low


def pieces(tensor, until=None, names=("weight", "step", "level")):
    """Tuples of arrays, of all change points up to a step."""
    points = tensor["change_points"]
    count = len(points["step"]) if until is None else count_until(points["step"], until)
    for first in range(0, count, PIECE):
        yield tuple(points[name][first:min(first + PIECE, count)] for name in names)


def levels_after(tensor, step):
    """The level of every weight after a step."""
    levels = tensor["initial_levels"][()]
    for weight, level in pieces(tensor, step, ("weight", "level")):
        levels[weight] = level  # of a weight that comes twice the last one counts
    return levels
