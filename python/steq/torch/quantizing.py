# SPDX-License-Identifier: MIT
"""Puts weights of a model on a grid, and takes them off it again."""
from fnmatch import fnmatchcase

import torch
from torch.nn.utils import parametrize

from ..errors import SteqError
from .names import known_parameters
from .weight_quantizer import WeightQuantizer


class QuantizeError(SteqError):
    """Weights that cannot be quantized."""


def quantize(model, tensors, quantizer, estimator="ste"):
    """Quantizes weights of the model, in place, and returns their names. docs/python.md describes it.

    tensors: names or shell patterns, as layer*.weight; of patterns those of at least two dimensions count.
    quantizer: SPEC as uniform:bits=2, or a Grid. estimator: SPEC as dsq:k=6.5, or a function (w, value, grid) -> value."""
    chosen = chosen_weights(model, [tensors] if isinstance(tensors, str) else list(tensors))
    made = {name: WeightQuantizer(owner._parameters[key], quantizer, estimator) for name, (owner, key) in chosen.items()}
    for name, (owner, key) in chosen.items():
        parametrize.register_parametrization(owner, key, made[name])
    return list(chosen)


def remove(model, quantized=False):
    """Takes the quantizers off again. The weights are the latent ones then, or with quantized=True those on the grid."""
    for owner, key, _ in quantized_weights(model).values():
        use_own_class(owner)
        parametrize.remove_parametrizations(owner, key, leave_parametrized=quantized)


def use_own_class(module):
    """Copies of a parametrized module share its class, which removal changes."""
    kind = type(module)
    kept = {name: value for name, value in vars(kind).items() if name not in ("__dict__", "__weakref__")}
    module.__class__ = type(kind.__name__, kind.__bases__, kept)


def quantized_weights(model):
    """{name: (module, key, WeightQuantizer)} of what quantize() has quantized."""
    found = {}
    for name, (owner, key) in known_parameters(model).items():
        if parametrize.is_parametrized(owner, key) and isinstance(owner.parametrizations[key][0], WeightQuantizer):
            found[name] = owner, key, owner.parametrizations[key][0]
    return found


def chosen_weights(model, wanted):
    """{name: (module, key)} in the model's order; QuantizeError where a name or pattern fits nothing that is allowed."""
    known, chosen = known_parameters(model), set()
    free = [name for name, (owner, key) in known.items() if key in owner._parameters and owner._parameters[key].dim() > 1]
    for pattern in wanted:
        fitting = [name for name in free if fnmatchcase(name, pattern)] if pattern not in known else [pattern]
        if not fitting:
            raise QuantizeError(f"{pattern} fits no weight; allowed: weights of at least two dimensions that are not quantized "
                                f"yet, here {', '.join(free) or 'none'}")
        chosen.update(fitting)
    for name in chosen:
        check_weight(name, *known[name])
    return {name: place for name, place in known.items() if name in chosen}


def check_weight(name, owner, key):
    if key not in owner._parameters:
        raise QuantizeError(f"{name} is parametrized already; allowed: a weight that is not, or remove(model) first")
    if isinstance(owner, torch.nn.RNNBase):
        raise QuantizeError(f"{name} belongs to {type(owner).__name__}, which would go on with the latent weights; allowed: "
                            "modules that read their weights in every pass, as LSTMCell does")
    weight = owner._parameters[key]
    if weight.dim() < 2 or weight.numel() == 0 or not weight.is_floating_point():
        raise QuantizeError(f"{name} has the shape {list(weight.shape)} and the type {weight.dtype}; allowed: floating-point "
                            "weights of at least two dimensions")

