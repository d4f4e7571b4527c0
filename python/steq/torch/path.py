# SPDX-License-Identifier: MIT
"""How far every tensor's weights have gone."""
import torch


class Path:
    """Sum over steps and weights of abs(w(t + 1) - w(t)) for each tensor, in double, on the device."""

    def __init__(self, tensors):
        self.tensors = tensors
        self.last = [tensor.weight().clone() for tensor in tensors]
        self.length = torch.zeros(len(tensors), dtype=torch.float64, device=self.last[0].device)

    def follow(self):
        """NaN or infinity in a weight makes the length NaN or infinite for good."""
        moved = []
        for tensor, last in zip(self.tensors, self.last):
            weight = tensor.weight()
            moved.append(last.sub_(weight).abs_().sum(dtype=torch.float64))
            last.copy_(weight)
        self.length = self.length + torch.stack(moved)
        return self.length

    def restart(self, lengths):
        """From the present weights."""
        for tensor, last in zip(self.tensors, self.last):
            last.copy_(tensor.weight())
        self.length = torch.tensor(lengths, dtype=torch.float64, device=self.length.device)
        return self.length
