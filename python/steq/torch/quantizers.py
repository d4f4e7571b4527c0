# SPDX-License-Identifier: MIT
"""Quantizers of steq for weights in PyTorch, by their SPECs."""
import functools

from ..errors import RunError
from ..program import asked
from .estimators import Grid, described
from .fixed_grids import FixedPoint, Integer, OwnGrid, Sign, Uniform
from .moving_grids import AbsmeanTernary, Lsq, Twn, Xnor

KINDS = {"uniform": Uniform, "sign": Sign, "integer": Integer, "fixed-point": FixedPoint, "lsq": Lsq,
         "absmean-ternary": AbsmeanTernary, "xnor": Xnor, "twn": Twn}


def quantizer_for(quantizer, spec, weight):
    """The rule for one tensor. spec: what program_spec() makes of the quantizer."""
    if isinstance(quantizer, Grid):
        return OwnGrid(quantizer)
    name, given = parameters_of(spec)
    if name not in KINDS:
        raise RunError(f"quantizer {name} is not allowed in PyTorch; allowed: {', '.join(KINDS)}, or a Grid of your levels")
    if given.get("rounding") == "stochastic":
        raise RunError(f"{spec}: rounding=stochastic is not allowed in PyTorch; allowed: nearest")
    return KINDS[name](given, weight)


def parameters_of(spec):
    """(name, {parameter: value}), with the program's defaults."""
    name, _, rest = spec.partition(":")
    given = {entry["name"]: entry["default"] for entry in described_quantizer(name)["parameters"]}
    given.update((key, as_number(value)) for key, _, value in (part.partition("=") for part in rest.split(",") if part))
    return name, given


@functools.lru_cache(maxsize=None)
def described_quantizer(name):
    return asked("describe", "quantizers", name)


def as_number(text):
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            pass
    return text


def program_spec(spec):
    """That by which the program knows what is to be quantized. Own levels are to it a staircase of that shape."""
    if not isinstance(spec, Grid):
        return described("ste", spec)["grid"]
    levels, thresholds = ("/".join(repr(float(x)) for x in numbers) for numbers in (spec.levels, spec.thresholds))
    return f"soft-staircase:forward=hard,temperature=1,levels={levels},thresholds={thresholds}"
