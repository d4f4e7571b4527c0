# SPDX-License-Identifier: MIT
"""How a weight's level is found: by a function, by a parametrization that says it, or on an affine grid that moves."""
import torch

from ..errors import RecorderError
from .fixed_grids import widened

try:
    from torch.ao.quantization import FakeQuantizeBase
except ImportError:  # of a PyTorch that has it no more there can be none
    FakeQuantizeBase = ()

MOST_STORED_VALUES = 32767  # a grid with more of them is not read


class FixedGrid:
    """level(weight) gives whole numbers from 0 on; the grid never moves."""

    moves, module, axis, least = False, None, 0, 0

    def __init__(self, level, values=None, count=None):
        self.level = level
        self.values = None if values is None else [float(value) for value in values]
        self.count = len(self.values) if self.values is not None else count


class AffineGrid:
    """A FakeQuantize of torch.ao: level = clamp(round(w / scale) + zero_point) - quant_min, which moves with its observer."""

    moves, values, precision = True, None, torch.float32

    def __init__(self, module):
        self.module, self.least = module, int(module.quant_min)
        self.count = int(module.quant_max) - self.least + 1
        self.axis = int(getattr(module, "ch_axis", -1))

    def parameters(self, weight):
        """(scale, zero_point) now, [1] or [channels]; copies, since the observer overwrites them."""
        scale, zero = self.module.scale.detach().flatten(), self.module.zero_point.detach().flatten()
        if zero.is_floating_point() and hasattr(self.module, "toggle_qparam_learning"):  # as its forward pass does
            zero = zero.round().clamp(self.module.quant_min, self.module.quant_max)
        return scale.to(torch.float32, copy=True), zero.to(torch.float32, copy=True)

    def level(self, weight, parameters):
        scale, zero = (self.along(weight, parameter) for parameter in parameters)
        wide = weight if weight.dtype == torch.float64 else weight.float()
        level = (wide * (1 / scale)).round_()  # PyTorch multiplies by the inverse, too
        return level.add_(zero - self.least).clamp_(0, self.count - 1)

    def along(self, weight, parameter):
        if parameter.numel() == 1:
            return parameter.reshape(())
        shape = [1] * weight.dim()
        shape[self.axis] = -1
        return parameter.reshape(shape)

    def worth(self, scale, zero):
        """What the levels are worth: [levels], or [channels, levels]."""
        if self.count > MOST_STORED_VALUES:
            return None
        integers = torch.arange(self.least, self.least + self.count, dtype=torch.float64, device=scale.device)
        worth = (integers - zero.double()[:, None]) * scale.double()[:, None]
        return (worth[0] if len(worth) == 1 else worth).cpu().numpy()


class RuleGrid(AffineGrid):
    """A grid of steq.torch.quantize whose scale follows the weights or learns."""

    module, precision = None, torch.float64

    def __init__(self, rule):
        self.rule, self.least, self.count = rule, rule.least, rule.count
        self.axis = 0 if 0 not in rule.axes else -1

    def parameters(self, weight):
        scale = self.rule.scale(self.rule.numbers(widened(weight))).flatten()
        return scale.to(torch.float64, copy=True), torch.full_like(scale, self.rule.zero)

    def level(self, weight, parameters):
        wide = widened(weight)
        return self.rule.level(wide, self.rule.numbers_at(self.along(wide, parameters[0])))


def grid_of(quantizer, name, values=None, count=None):
    if isinstance(quantizer, FakeQuantizeBase):
        return AffineGrid(quantizer)
    if hasattr(getattr(quantizer, "rule", None), "numbers_at"):
        return RuleGrid(quantizer.rule)
    level = getattr(quantizer, "level", None if isinstance(quantizer, torch.nn.Module) else quantizer)
    if not callable(level):
        raise RecorderError(f"{name}: {type(quantizer).__name__} has no method level(weight); allowed: a function of the "
                            "weight, a module with such a method, a FakeQuantize")
    return FixedGrid(level, getattr(quantizer, "levels", None) if values is None else values, count)
