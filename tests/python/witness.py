# SPDX-License-Identifier: MIT
"""Levels read off what PyTorch's own quantizers give."""
import numpy as np
import torch


class Witness:
    """Reads levels off what PyTorch's quantizer gave in the first training pass after every update."""

    def __init__(self, module, weight):
        self.module, self.weight = module, weight
        self.levels, self.grids, self.latent, self.waits = [], [], [], True
        module.register_forward_hook(self.passed)

    def passed(self, module, inputs, output):
        if self.waits and torch.is_grad_enabled():
            self.waits = False
            self.note(output.detach(), inputs[0].detach())

    def note(self, output, weight):
        scale, zero = self.module.scale.detach().clone(), self.module.zero_point.detach().clone()
        self.levels.append(self.integers(output, scale, zero))
        self.grids.append((scale, zero))
        self.latent.append(weight.clone())

    def integers(self, output, scale, zero):
        shape = (-1, 1) if scale.numel() > 1 else ()
        integers = torch.round(output / scale.reshape(shape)) + zero.reshape(shape) - self.module.quant_min
        return integers.flatten().numpy().astype(int)

    def on_grid(self, weight, grid):
        """With the quantizer's own function, on another grid than it has now."""
        scale, zero = grid
        least, most = self.module.quant_min, self.module.quant_max
        if self.module.ch_axis >= 0:
            output = torch.fake_quantize_per_channel_affine(weight, scale, zero, self.module.ch_axis, least, most)
        else:
            output = torch.fake_quantize_per_tensor_affine(weight, scale, zero, least, most)
        return self.integers(output, scale, zero)

    def end(self):
        """After the last update no forward pass comes: the grid stays."""
        self.note_end(self.weight.detach())
        return np.array(self.levels)

    def note_end(self, weight):
        self.levels.append(self.on_grid(weight, self.grids[-1]))
        self.latent.append(weight.clone())
        self.grids.append(self.grids[-1])

    def of_grid(self):
        """{(step, weight)} of changes that the weight alone would not have made."""
        found = set()
        for step in range(1, len(self.levels)):
            alone = self.on_grid(self.latent[step], self.grids[step - 1])
            changed = self.levels[step] != self.levels[step - 1]
            found |= {(step, int(i)) for i in np.flatnonzero(changed & (alone == self.levels[step - 1]))}
        return found
