# SPDX-License-Identifier: MIT
"""Calls a function after every update that an optimizer makes."""
import functools
import types


def watch_updates(optimizer, after):
    """Returns a function that ends it. GradScaler does not call step() where it skips an update; optimizers that skip
    inside step() say so in found_inf."""

    def stepped(*_):
        skipped = getattr(optimizer, "found_inf", None)
        if skipped is None or not bool(skipped):
            after()

    if hasattr(optimizer, "register_step_post_hook"):
        return optimizer.register_step_post_hook(lambda *_: stepped()).remove
    return wrap_step(optimizer, stepped)


def wrap_step(optimizer, stepped):
    """PyTorch 1.13 has no hooks. A bound method, since schedulers of learning rates ask for one."""
    inner = optimizer.step

    @functools.wraps(getattr(inner, "__func__", inner))
    def step(self, *arguments, **options):
        result = inner(*arguments, **options)
        stepped()
        return result

    optimizer.step = types.MethodType(step, optimizer)
    return stepped_no_more(optimizer, optimizer.step, inner)


def stepped_no_more(optimizer, ours, inner):
    def remove():
        if optimizer.__dict__.get("step") is ours:
            optimizer.step = inner
    return remove
