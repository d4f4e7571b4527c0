# SPDX-License-Identifier: MIT
"""Which weights changed their level, found on the device."""
import torch


class Changes:
    """Knows the last level of every weight."""

    def __init__(self, known, sample=None):
        """known: flat levels at the start. sample: flat indices, ascending, or None for all weights."""
        self.known = known
        self.sample = None if sample is None else torch.as_tensor(sample, device=known.device)

    def since_last(self, snapshot, everything):
        """Tensors: flat indices, ascending; levels; which of them the grid alone changed, or None."""
        if everything or self.sample is None:
            index = (snapshot.levels != self.known).nonzero().flatten()
        else:
            index = self.sample[snapshot.levels[self.sample] != self.known[self.sample]]
        level, of_grid = snapshot.levels[index], None
        if snapshot.on_old_grid is not None:
            of_grid = (snapshot.on_old_grid[index] == self.known[index]).to(torch.uint8)
        self.known[index] = level
        return index, level, of_grid
