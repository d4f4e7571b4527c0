# SPDX-License-Identifier: MIT
"""Formulas in muParser's syntax as functions of tensors. Each function of the parser takes what it reads from the front of
`tokens`, and returns a function of the values of the names."""
import functools
import re

import torch

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
