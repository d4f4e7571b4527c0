# SPDX-License-Identifier: MIT
"""A parametrization that puts a weight on a grid, with one of steq's estimators in the backward pass."""
import torch

from .estimators import estimator
from .fixed_grids import FixedGrid, widened
from .quantizers import program_spec, quantizer_for


class WeightQuantizer(torch.nn.Module):
    """The Recorder finds it by `level`, and reads `levels` where the grid stands."""

    def __init__(self, weight, quantizer, estimator_spec):
        super().__init__()
        self.quantizer, self.told = quantizer, program_spec(quantizer)
        self.rule = quantizer_for(quantizer, self.told, weight)
        self.use(estimator_spec)
        if isinstance(self.rule, FixedGrid):
            self.levels = list(self.rule.stands.levels)

    def use(self, spec):
        """Another estimator; or a function (w, value, grid) -> value."""
        self.estimator = spec
        self.estimated = spec if callable(spec) else estimator(spec, self.told)

    @torch.no_grad()
    def level(self, weight):
        """Whole numbers from 0 on."""
        wide = widened(weight)
        return self.rule.level(wide, self.rule.numbers(wide))

    def forward(self, weight):
        wide = widened(weight.detach())
        with torch.no_grad():
            numbers = self.rule.numbers(wide)
            value = self.rule.value(self.rule.level(wide, numbers), numbers)
        if hasattr(self.rule, "learning"):
            value = self.rule.learning(value, wide, numbers)
        return self.estimated(weight, value.to(weight.dtype), self.rule.grid(numbers))

    def extra_repr(self):
        return f"{self.quantizer}, {self.estimator}"
