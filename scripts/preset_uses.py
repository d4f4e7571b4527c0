# SPDX-License-Identifier: MIT
"""Which presets name which plug-ins, read from their configs."""

KINDS = {"quantizer": "quantizers", "errors": "quantizers", "estimator": "estimators", "storage": "storages",
         "surrogate": "surrogates", "loss": "losses", "optimizer": "optimizers", "schedule": "schedules", "model": "models",
         "dataset": "datasets", "augment": "augmentations", "layers": "layers", "branch": "layers", "law": "laws",
         "prediction": "predictions", "gradient": "gradients"}


def names_in(value):
    """Of a plug-in as configs write it: a name, a SPEC, an object with a type, or a list of these."""
    if isinstance(value, list):
        return {name for item in value for name in names_in(item)}
    if isinstance(value, dict):
        return names_in(value["type"]) if "type" in value else set()
    return {value.split(":")[0]} if isinstance(value, str) else set()


def named_in(value, configs):
    """Pairs of kind and name, anywhere in a config or in the preset on which it builds; a key may be a path, as of "set"."""
    if isinstance(value, list):
        return {pair for item in value for pair in named_in(item, configs)}
    if not isinstance(value, dict):
        return set()
    base = value.get("base")
    pairs = {(KINDS[last], name) for key, item in value.items() if (last := key.split(".")[-1]) in KINDS
             for name in names_in(item)}
    inherited = named_in(configs.get(base), configs) if isinstance(base, str) else set()
    return pairs | inherited | {pair for item in value.values() for pair in named_in(item, configs)}


def uses(presets):
    configs = {preset["name"]: preset["config"] for preset in presets}
    found = {}
    for preset in presets:
        for pair in named_in(preset["config"], configs):
            found.setdefault(pair, []).append(preset["name"])
    return found
