# SPDX-License-Identifier: MIT
"""Grids whose numbers follow the weights, or learn: of the whole tensor, or of each row. numbers(w) are in double, and
broadcast against the weights. Where a scale alone makes the grid, the Recorder keeps it: level k is worth
(least + k - zero) * scale, and numbers_at(scale) are the numbers."""
import math

import torch

from .estimators import Grid

LEAST = 1e-8  # below which the program lets no learned step come


class MovingGrid:
    def __init__(self, given, weight):
        self.axes = tuple(range(1 if given["per"] == "row" else 0, weight.dim()))

    def mean(self, x):
        return x.mean(self.axes, keepdim=True, dtype=torch.float64)


class Scaled(MovingGrid):
    """By the mean of abs(w)."""

    def numbers(self, w):
        return {"scale": self.mean(w.abs())}

    def numbers_at(self, scale):
        return {"scale": scale / self.factor}

    def scale(self, numbers):
        return self.factor * numbers["scale"]


class AbsmeanTernary(Scaled):
    least, count, zero, factor = -1, 3, 0.0, 1

    def level(self, w, numbers):
        """A group of zeros has the level 0 throughout, the middle one."""
        index = torch.round((w / numbers["scale"].to(w.dtype)).clamp(-1, 1))
        return torch.where(numbers["scale"] > 0, index, torch.zeros_like(w)) + 1

    def value(self, level, numbers):
        return numbers["scale"].to(level.dtype) * (level - 1)

    def grid(self, numbers):
        scale = numbers["scale"]
        return Grid([-scale, 0 * scale, scale], [-scale / 2, scale / 2], numbers)


class Xnor(Scaled):
    least, count, zero, factor = 0, 2, 0.5, 2

    def level(self, w, numbers):
        return (w >= 0).to(w.dtype)

    def value(self, level, numbers):
        return numbers["scale"].to(level.dtype) * (2 * level - 1)

    def grid(self, numbers):
        scale = numbers["scale"]
        return Grid([-scale, scale], [0 * scale], numbers)


class Twn(MovingGrid):
    def numbers(self, w):
        magnitude = w.abs()
        threshold = 0.7 * self.mean(magnitude)
        above = (magnitude.double() > threshold).double()
        share = self.mean(above)
        return {"threshold": threshold, "scale": self.mean(magnitude * above) / torch.where(share > 0, share, share + 1)}

    def level(self, w, numbers):
        threshold = numbers["threshold"].to(w.dtype)
        return (w > threshold).to(w.dtype) - (w < -threshold).to(w.dtype) + 1

    def value(self, level, numbers):
        return numbers["scale"].to(level.dtype) * (level - 1)

    def grid(self, numbers):
        scale, threshold = numbers["scale"], numbers["threshold"]
        return Grid([-scale, 0 * scale, scale], [-threshold, threshold], numbers)


class Lsq(torch.nn.Module, MovingGrid):
    """The step is a parameter, which the optimizer trains. Its gradient is that of the program, over sqrt(n high)."""

    zero = 0.0

    def __init__(self, given, weight):
        torch.nn.Module.__init__(self)
        MovingGrid.__init__(self, given, weight)
        self.least, self.high, self.count = -2 ** (given["bits"] - 1), 2 ** (given["bits"] - 1) - 1, 2 ** given["bits"]
        start = (2 * self.mean(weight.detach().abs()) / math.sqrt(self.high)).clamp(min=LEAST)
        self.step = torch.nn.Parameter(start.to(weight.dtype))
        self.per_step = math.sqrt(weight.numel() / start.numel() * self.high)

    def numbers_at(self, scale):
        return {"step": scale}

    def scale(self, numbers):
        return numbers["step"]

    def numbers(self, w):
        return {"step": self.step.detach().double().clamp(min=LEAST)}

    def level(self, w, numbers):
        return torch.round((w / numbers["step"].to(w.dtype)).clamp(self.least, self.high)) - self.least

    def value(self, level, numbers):
        return numbers["step"].to(level.dtype) * (level + self.least)

    def grid(self, numbers):
        step = numbers["step"]
        return Grid([j * step for j in range(self.least, self.high + 1)],
                    [(j + 0.5) * step for j in range(self.least, self.high)], numbers)

    def learning(self, value, w, numbers):
        """The value, from which gradients reach the step."""
        v = w / numbers["step"].to(w.dtype)
        inside = (v > self.least) & (v < self.high)
        slope = torch.where(inside, torch.round(v) - v, v.clamp(self.least, self.high)) / self.per_step
        return Stepped.apply(self.step, value, slope)


class Stepped(torch.autograd.Function):
    @staticmethod
    def forward(ctx, step, value, slope):
        ctx.save_for_backward(slope)
        ctx.shape, ctx.dtype = step.shape, step.dtype
        return value.view_as(value)

    @staticmethod
    def backward(ctx, gradient):
        (slope,) = ctx.saved_tensors
        return (gradient.to(slope.dtype) * slope).sum_to_size(ctx.shape).to(ctx.dtype), None, None
