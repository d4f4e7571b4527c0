# SPDX-License-Identifier: MIT
"""Gradient estimators of steq as autograd functions. The program says what q is, as text; here that text is translated."""
import functools
from dataclasses import dataclass, field

import torch

from ..errors import RunError
from ..program import asked
from .formula import names_in, number, parsed


@dataclass(frozen=True)
class Grid:
    """Levels and thresholds in weight units, ascending, and the numbers of a grid that moves by their names.

    Each is a number, or a tensor that broadcasts against the weights."""

    levels: list
    thresholds: list
    numbers: dict = field(default_factory=dict)

    def ends(self):
        return number(self.levels[0]), number(self.levels[-1])

    def range(self):
        low, high = self.ends()
        return (high - low) / 2

    def delta(self):
        low, high = self.ends()
        return (high - low) / (len(self.levels) - 1)


def estimator(spec, quantizer, **parameters):
    """A function (w, value, grid) -> value; the gradient by w is that by the value times q(w), or 0 behind the gate.

    spec: name of an estimator, or its SPEC as dsq:k=6.5; parameters may also follow by name.
    quantizer: SPEC of the quantizer to whose grids it is applied, as uniform:bits=2.
    RunError with the program's message where it refuses them."""
    told = described(spec_text(spec, parameters), quantizer)
    if told["traits"]["coupled"]:
        raise RunError(f"{told['name']} is not allowed in PyTorch: its gradient of a weight depends on those of others")
    q, used = parsed(told["expression"]), names_in(told["expression"])

    def multiplier(w, gradient, grid):
        known = {**variables(w, gradient, grid), **grid.numbers, **told["symbols"]}
        names = {name: value() if callable(value) else number(value) for name, value in known.items() if name in used}
        return q(names) * passes(w, grid, **told["gate"])

    return lambda w, value, grid: Estimated.apply(w, value, lambda w, gradient: multiplier(w, gradient, grid))


class Estimated(torch.autograd.Function):
    """Forward the value, backward to the weight the gradient times multiplier(w, gradient)."""

    @staticmethod
    def forward(ctx, w, value, multiplier):
        ctx.save_for_backward(w)
        ctx.multiplier = multiplier
        return value.view_as(value)

    @staticmethod
    def backward(ctx, gradient):
        (w,) = ctx.saved_tensors
        by_value = gradient if ctx.needs_input_grad[1] else None  # for a grid that learns
        return (gradient * ctx.multiplier(w, gradient)).to(w.dtype), by_value, None


def spec_text(spec, parameters):
    """spec_text("dsq", {"k": 2}) is "dsq:k=2"."""
    if not parameters:
        return spec
    words = {True: "true", False: "false"}
    given = (f"{name}={words[x] if isinstance(x, bool) else x}" for name, x in parameters.items())
    return spec + ("," if ":" in spec else ":") + ",".join(given)


@functools.lru_cache(maxsize=None)
def described(spec, quantizer):
    """What `steq describe estimators SPEC` says."""
    return asked("describe", "estimators", spec, "--quantizer", quantizer)


def variables(w, gradient, grid):
    """What an expression may name, and how it is computed."""

    def u():
        position = (w - grid.ends()[0]) / grid.delta()
        return position - position.floor() - 0.5

    def steps():
        return [(number(t), number(b - a)) for t, a, b in zip(grid.thresholds, grid.levels, grid.levels[1:])]

    return {
        "u": u,
        "w": lambda: w,
        "W": grid.range,
        "delta": grid.delta,
        "g": lambda: torch.where(gradient < 0, -torch.ones_like(w), torch.ones_like(w)),
        "r": lambda: torch.rand_like(w),
        "t": steps,
        "epsilon": lambda: number(torch.finfo(w.dtype).eps),
        "magnitude": lambda: w.abs().mean(),
    }


def passes(w, grid, kind, cut):
    """The gate: True where the gradient reaches the weight."""
    low, high = grid.ends()
    near = torch.ones_like(w, dtype=torch.bool) if cut is None else w.abs() <= cut * grid.range()
    if kind == "range":
        return near & (w >= low) & (w <= high)
    if kind == "half-bin":
        return near & (w > low - grid.delta() / 2) & (w < high + grid.delta() / 2)
    if kind == "rounded":
        return near & (w > grid.thresholds[0]) & (w <= grid.thresholds[-1])
    return near
