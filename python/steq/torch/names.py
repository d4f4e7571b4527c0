# SPDX-License-Identifier: MIT
"""Names of tensors as the log has them."""
from ..errors import RecorderError

WRAPPERS = ("module", "_orig_mod")  # of DistributedDataParallel and torch.compile


def log_name(module, tensor):
    parts = [part for part in module.split(".") if part and part not in WRAPPERS]
    return ".".join(parts + [tensor])


def check_name(what, name):
    if not isinstance(name, str) or not name or "/" in name or name == ".":
        raise RecorderError(f"{what} {name!r} is not allowed; allowed: a name without a slash")


def owner_of(model, name):
    """(module, key) of the parameter that the log calls `name`."""
    known = known_parameters(model)
    if name not in known:
        raise RecorderError(f"{name} is no parameter of the model; it has {', '.join(known)}")
    return known[name]


def known_parameters(model):
    """{name: (module, key)}. Reading a parameter through getattr would run a parametrization, and move its observer."""
    return {log_name(path, key): (module, key) for path, module in model.named_modules()
            if "parametrizations" not in path.split(".") for key in parameters_of(module)}


def parameters_of(module):
    """Names of its own parameters, those that are parametrized among them."""
    parametrized = getattr(module, "parametrizations", {})
    return [key for key, value in module._parameters.items() if value is not None] + list(parametrized)
