# SPDX-License-Identifier: MIT
"""Forward passes in which observers move grids."""
import torch

from .snapshot import put_level


def watch_forward_passes(recorder):
    """Returns functions that end it. The first pass with gradients after an update decides which level the weights have:
    passes without gradients are tests, and those that follow belong to the same update."""
    return [tensor.grid.module.register_forward_hook(hook_of(recorder, tensor)).remove
            for tensor in recorder.session.tensors if tensor.grid.module is not None]


def hook_of(recorder, tensor):
    def passed(module, inputs, output):
        snapshot = recorder.session.pending
        if snapshot is None or snapshot.levels is None or tensor.name in snapshot.seen or not torch.is_grad_enabled():
            return
        if tuple(inputs[0].shape) == tensor.shape:
            recorder.guarded(lambda: take(recorder, snapshot, tensor, inputs[0].detach()))
    return passed


@torch.no_grad()
def take(recorder, snapshot, tensor, weight):
    snapshot.seen.add(tensor.name)
    put_level(snapshot, recorder.session.layout, tensor, weight)
