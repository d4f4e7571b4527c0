# SPDX-License-Identifier: MIT
"""The levels of all quantized weights after one update, on the device."""
import torch

from ..errors import RecorderError


class Snapshot:
    """Filled right after the update; of a grid that moves once more by the next forward pass, whose level counts."""

    def __init__(self, step, path):
        self.step, self.path = step, path  # path: [tensors], sum of abs(w(t + 1) - w(t)) up to here
        self.levels = self.on_old_grid = None  # flat, of all weights; on_old_grid: on the grid of the step before
        self.wrong = {}      # {tensor's name: what its level function gave, with a flag whether that is no level}
        self.grids = {}      # {tensor's name: (scale, zero_point)} of those that move
        self.seen = set()    # names of those that a forward pass has used since
        self.loss = self.event = None


class Layout:
    """Where each tensor lies in flat arrays."""

    def __init__(self, tensors):
        self.tensors, self.begin, self.count = tensors, {}, 0
        for tensor in tensors:
            self.begin[tensor.name] = self.count
            self.count += tensor.count
        self.dtype = torch.int32 if any(tensor.highest > 32767 for tensor in tensors) else torch.int16
        self.moves = any(tensor.grid.moves for tensor in tensors)

    def empty(self):
        return torch.empty(self.count, dtype=self.dtype, device=self.tensors[0].known.device)

    def part(self, flat, tensor):
        begin = self.begin[tensor.name]
        return flat[begin:begin + tensor.count]


def fill(snapshot, layout, old_grids):
    """Levels right after the update. old_grids: those of the step before, {} at the start."""
    snapshot.levels = layout.empty()
    if layout.moves and old_grids:
        snapshot.on_old_grid = layout.empty()
    for tensor in layout.tensors:
        put_level(snapshot, layout, tensor, tensor.quantized_tensor())
        if snapshot.on_old_grid is None:
            continue
        part = layout.part(snapshot.on_old_grid, tensor)
        if tensor.grid.moves:
            part.copy_(tensor.grid.level(tensor.quantized_tensor(), old_grids[tensor.name]).flatten())
        else:
            part.copy_(layout.part(snapshot.levels, tensor))


def put_level(snapshot, layout, tensor, weight):
    part = layout.part(snapshot.levels, tensor)
    if tensor.grid.moves:
        snapshot.grids[tensor.name] = tensor.grid.parameters(weight)
        part.copy_(tensor.grid.level(weight, snapshot.grids[tensor.name]).flatten())
        return
    level = given_level(tensor, weight, snapshot.step).flatten()
    part.copy_(level)
    least, most = part.aminmax()
    right = (part == level).all() & (least >= 0) & (most <= tensor.highest)  # what is no whole number is not itself here
    snapshot.wrong[tensor.name] = level, ~right


def given_level(tensor, weight, step):
    try:
        level = tensor.grid.level(weight)
    except Exception as error:
        raise RecorderError(f"{tensor.name}: after update {step} its level function failed: {error}") from error
    if not torch.is_tensor(level) or level.numel() != tensor.count:
        given = f"{level.numel()} levels" if torch.is_tensor(level) else type(level).__name__
        raise RecorderError(f"{tensor.name}: after update {step} its level function gave {given}; allowed: a tensor of "
                            f"{tensor.count} levels")
    return level.detach()
