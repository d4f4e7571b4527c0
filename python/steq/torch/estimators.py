# SPDX-License-Identifier: MIT
"""Gradient estimators of steq as autograd functions. The program says what q is, as text; here that text is translated."""

import functools
import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass, field

import torch


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
    ValueError with the program's message where it refuses them."""
    told = described(spec_text(spec, parameters), quantizer)
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
        return (gradient * ctx.multiplier(w, gradient)).to(w.dtype), None, None


def spec_text(spec, parameters):
    """spec_text("dsq", {"k": 2}) is "dsq:k=2"."""
    if not parameters:
        return spec
    words = {True: "true", False: "false"}
    given = (f"{name}={words[x] if isinstance(x, bool) else x}" for name, x in parameters.items())
    return spec + ("," if ":" in spec else ":") + ",".join(given)


@functools.lru_cache(maxsize=None)
def described(spec, quantizer):
    """What `steq describe estimators SPEC --json` says; the program is $STEQ, or steq on the PATH."""
    program = os.environ.get("STEQ") or shutil.which("steq")
    if not program:
        raise FileNotFoundError("no program steq; allowed: its path in the variable STEQ, or its folder on the PATH")
    command = [program, "describe", "estimators", spec, "--quantizer", quantizer, "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        raise ValueError(done.stderr.strip())
    return json.loads(done.stdout)


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


# Formulas in muParser's syntax. Each function takes what it reads from the front of `tokens`, and returns a function of
# the values of the names.

TOKEN = re.compile(r"\s*((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|\w+|[<>=!]=|&&|\|\||[-+*/^<>?:(),])")


def number(x):
    """Without dimensions: exact, at home on any device, and without influence on the precision of the weights."""
    return x if isinstance(x, torch.Tensor) else torch.tensor(x, dtype=torch.float64)


def of_numbers(function):
    """What is true counts as 1."""
    return lambda *given: function(*(x.double() if x.dtype == torch.bool else x for x in given))


OPERATORS = [  # the first ones bind least
    {"||": lambda a, b: (a != 0) | (b != 0)},
    {"&&": lambda a, b: (a != 0) & (b != 0)},
    {"<": torch.lt, ">": torch.gt, "<=": torch.le, ">=": torch.ge, "==": torch.eq, "!=": torch.ne},
    {"+": of_numbers(torch.add), "-": of_numbers(torch.sub)},
    {"*": of_numbers(torch.mul), "/": of_numbers(torch.div)},
]
SAME_NAME = "sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh atanh exp sqrt log log2 log10 abs sign"
FUNCTIONS = {
    **{name: of_numbers(getattr(torch, name)) for name in SAME_NAME.split()},
    "ln": of_numbers(torch.log),
    "rint": of_numbers(torch.round),
    "min": of_numbers(lambda *given: functools.reduce(torch.minimum, given)),
    "max": of_numbers(lambda *given: functools.reduce(torch.maximum, given)),
    "sum": of_numbers(lambda *given: sum(given)),
    "avg": of_numbers(lambda *given: sum(given) / len(given)),
}


def names_in(text):
    return set(re.findall(r"[A-Za-z_]\w*", text))


def parsed(text):
    """The formula as a function of {name: value}; ValueError where it is none."""
    tokens = TOKEN.findall(text) + [""]
    if "".join(tokens) != "".join(text.split()):
        raise ValueError(f"{text}: not understood")
    value = choice(tokens)
    expect(tokens, "")
    return value


def expect(tokens, token):
    found = tokens.pop(0)
    if found != token:
        raise ValueError(f'"{found}" stands where "{token}" should')


def applied(function, *arguments):
    return lambda names: function(*(argument(names) for argument in arguments))


def choice(tokens):
    condition = operation(tokens)
    if tokens[0] != "?":
        return condition
    expect(tokens, "?")
    yes = choice(tokens)
    expect(tokens, ":")
    return applied(chosen, condition, yes, choice(tokens))


def chosen(condition, a, b):
    device = next((x.device for x in (condition, a, b) if x.dim()), condition.device)
    return torch.where(condition.to(device) != 0, a.to(device), b.to(device))


def operation(tokens, level=0):
    if level == len(OPERATORS):
        return signed(tokens)
    value = operation(tokens, level + 1)
    while tokens[0] in OPERATORS[level]:
        value = applied(OPERATORS[level][tokens.pop(0)], value, operation(tokens, level + 1))
    return value


def signed(tokens):
    """A sign binds less than a power, and so may an exponent have one."""
    if tokens[0] in ("-", "+"):
        sign = number(-1.0 if tokens.pop(0) == "-" else 1.0)
        return applied(lambda x: sign * x, signed(tokens))
    base = atom(tokens)
    if tokens[0] != "^":
        return base
    expect(tokens, "^")
    return applied(of_numbers(torch.pow), base, signed(tokens))


def atom(tokens):
    token = tokens.pop(0)
    if token == "(":
        value = choice(tokens)
        expect(tokens, ")")
        return value
    if token in FUNCTIONS and tokens[0] == "(":
        return call(token, tokens)
    if token.isidentifier():
        return lambda names: names[token]
    constant = number(float(token))
    return lambda names: constant


def call(function, tokens):
    first, values = tokens[1], []
    while not values or tokens[0] == ",":
        tokens.pop(0)
        values.append(choice(tokens))
    expect(tokens, ")")
    if (function, first) == ("sum", "t"):
        return lambda names: sum(values[1]({**names, "t": t, "s": s}) for t, s in names["t"])
    if (function, first) == ("sum", "j"):
        span = lambda names: range(int(values[1](names)), int(values[2](names)) + 1)
        return lambda names: sum(values[3]({**names, "j": number(float(j))}) for j in span(names))
    return applied(FUNCTIONS[function], *values)
