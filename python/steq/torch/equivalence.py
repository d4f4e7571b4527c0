# SPDX-License-Identifier: MIT
"""The other half of a pair: the model with the STE that follows a model with another estimator."""
import copy
import inspect

import torch

from .estimators import Grid, described
from .quantizing import quantized_weights
from .recipe import EquivalenceError, Recipe, mapped, optimizer_spec, starts_at_map


def equivalent(model, optimizer, ste=None):
    """(twin, its optimizer): a copy of the model with the STE, which starts at M(w) and learns at lr times alpha where the
    optimizer needs that. docs/python.md describes it. ste: SPEC, where its gate is not to be that of the estimator."""
    tensors = quantized_weights(model)
    if not tensors:
        raise EquivalenceError("the model has no weights quantized by steq.torch.quantize; allowed: one that has")
    recipes = {name: recipe_of(name, *place, optimizer) for name, place in tensors.items()}
    if optimizer.state:
        raise EquivalenceError("the optimizer has made updates; allowed: before the first update")
    rescaled = [recipe for recipe in dict.fromkeys(recipes.values()) if starts_at_map(recipe)]
    twin, factors = copy.deepcopy(model), {}
    for recipe in rescaled:
        factors.update(start_at_map(twin, recipe, [name for name in recipes if recipes[name] == recipe]))
    for _, _, quantizer in quantized_weights(twin).values():
        quantizer.use(ste or ste_with_gate_of(quantizer))
    by_parameter = {id(original(*tensors[name])): factor for name, factor in factors.items()}
    return twin, twin_optimizer(optimizer, model, twin, by_parameter)


def recipe_of(name, owner, key, quantizer, optimizer):
    if isinstance(quantizer.quantizer, Grid) or callable(quantizer.estimator):
        raise EquivalenceError(f"{name} has a grid or an estimator of its own; allowed: those that steq knows by name")
    return Recipe(quantizer.estimator, quantizer.told, optimizer_spec(optimizer, original(owner, key)))


def ste_with_gate_of(quantizer):
    gate, usual = (described(spec, quantizer.told)["gate"] for spec in (quantizer.estimator, "ste"))
    return "ste" if gate == usual or gate["cut"] is not None else f"ste:gate={gate['kind']}"


def original(owner, key, *_):
    return owner.parametrizations[key].original


@torch.no_grad()
def start_at_map(twin, recipe, names):
    """Returns alpha of each tensor."""
    weights = {name: original(*quantized_weights(twin)[name]) for name in names}
    values, alphas = mapped(recipe, weights)
    for name in names:
        weights[name].copy_(values[name])
    return alphas


def twin_optimizer(optimizer, model, twin, factors):
    """Of the same kind, with the same groups, those with quantized weights in two: factors has the id of each such weight."""
    twins = dict(zip(map(id, model.parameters()), twin.parameters()))
    groups = []
    for group in optimizer.param_groups:
        if any(id(parameter) not in twins for parameter in group["params"]):
            raise EquivalenceError("the optimizer has a parameter that the model does not have; allowed: its own alone")
        by_factor = {}
        for parameter in group["params"]:
            by_factor.setdefault(factors.get(id(parameter), 1.0), []).append(twins[id(parameter)])
        for factor, parameters in by_factor.items():
            rates = {name: group[name] * factor for name in ("lr", "initial_lr") if name in group}
            kept = {name: value for name, value in group.items() if name != "param_names"}  # PyTorch 2's, of the whole group
            groups.append({**kept, **rates, "params": parameters})
    accepted = inspect.signature(type(optimizer)).parameters
    return type(optimizer)(groups, **{name: value for name, value in optimizer.defaults.items() if name in accepted})
