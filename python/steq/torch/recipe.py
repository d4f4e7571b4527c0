# SPDX-License-Identifier: MIT
"""What the program says of an estimator, a quantizer and an optimizer: does the STE follow, and with which alpha and M?"""
import functools
import os
import tempfile
import warnings
from typing import NamedTuple

import torch

from ..errors import SteqError
from ..program import asked
from ..records.safetensors import read_safetensors, write_safetensors
from .weights import host_copy

NOT_SO = 1  # the exit code of `steq check` where an assumption fails


class EquivalenceError(SteqError):
    """A training that no training with the STE follows."""


class Recipe(NamedTuple):
    estimator: str
    quantizer: str
    optimizer: str

    def words(self):
        return [word for name in self._fields for word in (f"--{name}", getattr(self, name))]


@functools.lru_cache(maxsize=None)
def starts_at_map(recipe):
    """Whether the STE starts at M(w) and has alpha times the learning rate, or neither; EquivalenceError where there is no
    M. It warns once where another assumption fails."""
    told = asked("equiv", *recipe.words())
    if told["alpha"] is None:
        raise EquivalenceError(f"{recipe.estimator} on {recipe.quantizer} has no alpha and M: {'; '.join(told['reasons'])}")
    checked = asked("check", *recipe.words(), accepted=(0, NOT_SO))
    failing = [f"{it['name']}: {it['finding']}" for it in checked["assumptions"] if it["required"] and it["holds"] is False]
    if failing:
        warnings.warn(f"the STE follows {recipe.estimator} with {recipe.optimizer} in part only; {'; '.join(failing)}")
    return told["initialization"] == "M"


def mapped(recipe, weights):
    """(M of {name: weight}, alpha of each), computed by the program."""
    with tempfile.TemporaryDirectory() as folder:
        before, after = (os.path.join(folder, name) for name in ("before.safetensors", "after.safetensors"))
        write_safetensors(before, {name: host_copy(weight.detach()) for name, weight in weights.items()})
        told = asked("equiv", *recipe.words(), "--weights", before, "--out", after, "--tensors", ",".join(weights))
        values = {name: torch.from_numpy(array.copy()) for name, array in read_safetensors(after).items()}
        return values, {tensor["name"]: tensor["alpha"] for tensor in told["weights"]["tensors"]}


def optimizer_spec(optimizer, parameter):
    """By which name and numbers the program knows an optimizer of PyTorch."""
    for kind, spec in SPECS.items():
        if type(optimizer) is kind:
            group = next((g for g in optimizer.param_groups if any(p is parameter for p in g["params"])), None)
            if group is None:
                raise EquivalenceError("the optimizer does not have all quantized weights; allowed: one that has")
            name, numbers = spec(group)
            return name + ":" + ",".join(f"{key}={value}" for key, value in numbers.items())
    raise EquivalenceError(f"{type(optimizer).__name__} is not allowed; allowed: {', '.join(kind.__name__ for kind in SPECS)}")


def adam(decay):
    return lambda g: ("adam", {"beta1": g["betas"][0], "beta2": g["betas"][1], "epsilon": g["eps"], decay: g["weight_decay"]})


SPECS = {
    torch.optim.SGD: lambda g: ("sgd", {"momentum": g["momentum"], "nesterov": str(g["nesterov"]).lower(),
                                        "weight_decay": g["weight_decay"]}),
    torch.optim.Adam: adam("weight_decay"),
    torch.optim.AdamW: adam("decoupled_decay"),
    torch.optim.RMSprop: lambda g: ("rmsprop", {"beta2": g["alpha"], "epsilon": g["eps"], "weight_decay": g["weight_decay"]}),
}
