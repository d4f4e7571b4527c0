# SPDX-License-Identifier: MIT
"""Grids that stand. The program does not tell their numbers; they follow from its formulas, and
tests/python/quantize_test.py holds them against its runs. A range or step of "fan-in" comes from sqrt(6 / fan_in), the
fan-in being the number of weights of one output, shape[1] x shape[2] x ...

level(w) and value(level) are tensors of w's precision, computed in the order in which the program computes."""
import math

import torch

from .estimators import Grid


def usual_range(weight):
    return math.sqrt(6 / math.prod(weight.shape[1:]))


def widened(weight):
    """Levels of weights in half precision are counted in single precision."""
    return weight if weight.dtype == torch.float64 else weight.float()


def alike(w, number):
    """The number in the precision of w on its device, without a copy from the host."""
    return w.new_full((), number)


class FixedGrid:
    def __init__(self, levels, thresholds):
        self.stands = Grid(levels, thresholds)

    def numbers(self, w):
        return {}

    def grid(self, numbers):
        return self.stands


class Uniform(FixedGrid):
    def __init__(self, given, weight):
        intervals = 2 ** given["bits"] - 1
        self.range = usual_range(weight) if given["range"] == "fan-in" else given["range"]
        self.delta, self.half = 2 * self.range / intervals, intervals / 2
        super().__init__([j * self.delta - self.range for j in range(intervals + 1)],
                         [(j - intervals // 2) * self.delta for j in range(intervals)])

    def level(self, w, numbers):
        return torch.round(w.clamp(-self.range, self.range) / alike(w, self.delta) + self.half)

    def value(self, level, numbers):
        return alike(level, self.delta) * level - alike(level, self.range)


class Sign(FixedGrid):
    def __init__(self, given, weight):
        self.range = usual_range(weight) if given["range"] == "fan-in" else given["range"]
        super().__init__([-self.range, self.range], [0.0])

    def level(self, w, numbers):
        return (w >= 0).to(w.dtype)

    def value(self, level, numbers):
        return (2 * level - 1) * alike(level, self.range)


class WholeSteps(FixedGrid):
    """low * step, ..., high * step."""

    def __init__(self, bits, step):
        self.low, self.high, self.step = -2 ** (bits - 1), 2 ** (bits - 1) - 1, step
        super().__init__([j * step for j in range(self.low, self.high + 1)],
                         [(j + 0.5) * step for j in range(self.low, self.high)])

    def level(self, w, numbers):
        return torch.round((w / alike(w, self.step)).clamp(self.low, self.high)) - self.low

    def value(self, level, numbers):
        return alike(level, self.step) * (level + self.low)


class Integer(WholeSteps):
    def __init__(self, given, weight):
        usual = usual_range(weight) / 2 ** (given["bits"] - 1)
        super().__init__(given["bits"], usual if given["step"] == "fan-in" else given["step"])


class FixedPoint(WholeSteps):
    """Ties go down."""

    def __init__(self, given, weight):
        super().__init__(given["integer_bits"] + given["fraction_bits"], 2.0 ** -given["fraction_bits"])

    def level(self, w, numbers):
        return torch.ceil(w / self.step - 0.5).clamp(self.low, self.high) - self.low


class OwnGrid(FixedGrid):
    """Any levels; the level is the number of thresholds below the weight."""

    def __init__(self, grid):
        super().__init__([float(level) for level in grid.levels], [float(threshold) for threshold in grid.thresholds])

    def level(self, w, numbers):
        return torch.bucketize(w, w.new_tensor(self.stands.thresholds)).to(w.dtype)

    def value(self, level, numbers):
        return level.new_tensor(self.stands.levels)[level.long()]
