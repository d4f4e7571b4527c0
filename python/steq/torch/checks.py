# SPDX-License-Identifier: MIT
"""What no log may hold."""
import math

import torch

from ..errors import RecorderError


def check_snapshot(snapshot, tensors):
    """Throws RecorderError where a weight is not finite, or a level is none."""
    for tensor, length in zip(tensors, snapshot.path.tolist()):
        if not math.isfinite(length):
            raise RecorderError(f"{tensor.name}: after update {snapshot.step} a weight is NaN or infinite; allowed: finite "
                                "weights")
    names = list(snapshot.wrong)
    flags = torch.stack([flag for _, flag in snapshot.wrong.values()]).tolist() if names else []
    for tensor in tensors:
        if tensor.name in snapshot.wrong and flags[names.index(tensor.name)]:
            refuse_level(tensor, snapshot.wrong[tensor.name][0], snapshot.step)
    snapshot.wrong = {}


def refuse_level(tensor, levels, step):
    levels = levels.flatten().double()
    right = (levels >= 0) & (levels <= tensor.highest) & (levels == levels.round())
    place = int((~right).nonzero()[0])
    more = "" if tensor.grid.count else "; counts={name: number} allows more"
    raise RecorderError(f"{tensor.name}: after update {step} weight {place} has the level {levels[place].item():g}; "
                        f"allowed: whole numbers from 0 to {tensor.highest}{more}")


def check_finite(tensors):
    for tensor in tensors:
        if not bool(torch.isfinite(tensor.weight()).all()):
            raise RecorderError(f"{tensor.name}: at the start a weight is NaN or infinite; allowed: finite weights")
