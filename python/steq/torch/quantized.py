# SPDX-License-Identifier: MIT
"""The quantized weights of a model."""
import torch

from ..errors import RecorderError
from .grids import FakeQuantizeBase, grid_of
from .names import check_name, log_name, owner_of

MOST_UNKNOWN = 32767  # highest level of a grid that does not say how many it has


class Quantized:
    """A parameter and its grid."""

    def __init__(self, name, owner, key, grid):
        self.name, self.owner, self.key, self.grid = name, owner, key, grid
        self.known = self.parameter()
        self.shape, self.count = tuple(self.known.shape), self.known.numel()
        self.device = self.known.device
        self.highest = grid.count - 1 if grid.count else MOST_UNKNOWN
        check_name("the tensor's name", name)

    def parameter(self):
        parametrized = getattr(self.owner, "parametrizations", {})
        if self.key in parametrized:
            return getattr(parametrized[self.key], "original", None)
        return self.owner._parameters.get(self.key)

    def weight(self):
        """Detached. The parameter must be the one that was there at the start."""
        now = self.parameter()
        if now is not self.known:
            raise RecorderError(f"{self.name} was replaced after the Recorder was made; allowed: the same parameter in "
                                "the whole training (make the Recorder after register_parametrization and the like)")
        if now.device != self.device:
            raise RecorderError(f"{self.name} is on {now.device}; allowed: {self.device}, as at the start (make the Recorder "
                                "after model.to(device))")
        if tuple(now.shape) != self.shape:
            raise RecorderError(f"{self.name} has the shape {list(now.shape)}; allowed: {list(self.shape)}, as at the start")
        return now.detach()

    def quantized_tensor(self):
        """What the quantizer sees: the weight, or that of a convolution into which PyTorch folds batch norm."""
        weight, norm = self.weight(), getattr(self.owner, "bn", None)
        if norm is None or not hasattr(self.owner, "weight_fake_quant") or norm.running_var is None:
            return weight
        factor = norm.weight.detach() / torch.sqrt(norm.running_var + norm.eps)
        return weight * factor.reshape([-1] + [1] * (weight.dim() - 1))


def find_quantized(model, levels=None, values=None, counts=None):
    """Those of `levels`, {name: function of the weight, or quantizer}, or all that say so themselves."""
    values, counts = values or {}, counts or {}
    for option, given in (("values", values), ("counts", counts)):
        for name in set(given) - set(levels or {}):
            raise RecorderError(f"{option} names {name}, and levels does not; allowed: the names in levels")
    if levels is not None:
        found = [Quantized(name, *owner_of(model, name), grid_of(level, name, values.get(name), counts.get(name)))
                 for name, level in levels.items()]
    else:
        found = list(self_declared(model))
    if not found:
        raise RecorderError("the model has no parametrized weight with a method level(weight) and no weight_fake_quant; "
                            "allowed: these, or levels={name: function of the weight}")
    return sorted(found, key=lambda quantized: quantized.name)


def self_declared(model):
    for path, module in model.named_modules():
        for key, chain in getattr(module, "parametrizations", {}).items():
            name = log_name(path, key)
            if any(is_quantizer(step) for step in chain):
                if len(chain) > 1 or not hasattr(chain, "original"):
                    raise RecorderError(f"{name} has {len(chain)} parametrizations; allowed: the quantizer alone, or "
                                        "levels={name: function of the original weight}")
                yield Quantized(name, module, key, grid_of(chain[0], name))
        if isinstance(getattr(module, "weight_fake_quant", None), FakeQuantizeBase):
            name = log_name(path, "weight")
            yield Quantized(name, module, "weight", grid_of(module.weight_fake_quant, name))


def is_quantizer(module):
    return isinstance(module, FakeQuantizeBase) or callable(getattr(module, "level", None))
