# SPDX-License-Identifier: MIT
"""Records when quantized weights of a PyTorch model change level, for `steq diff`; docs/logs.md says how to use it."""
import h5py
import torch


class ChangePoints:
    def __init__(self, levels):
        """levels: {tensor's name: function that returns the level, 0, 1, 2 ..., of each of its weights}"""
        self.levels, self.step = levels, 0
        self.first = self.now = {name: self.taken(name) for name in levels}
        self.points = {name: [torch.zeros(3, 0, dtype=torch.long)] for name in levels}

    def taken(self, name):
        return self.levels[name]().flatten().to(torch.int16, copy=True)

    def after_update(self):
        self.step += 1
        before, self.now = self.now, {name: self.taken(name) for name in self.levels}
        for name, level in self.now.items():
            weight = (level != before[name]).nonzero().flatten()
            step = torch.full_like(weight, self.step)
            self.points[name].append(torch.stack([weight, step, level[weight].long()]).cpu())

    def write(self, directory, learner):
        with h5py.File(f"{directory}/logs.h5", "a") as file:
            for name, first in self.first.items():
                weight, step, level = torch.cat(self.points[name], dim=1).numpy()
                group = file.create_group(f"{learner}/{name}")
                group["initial_levels"] = first.cpu().numpy()
                group["change_points/weight"] = weight.astype("uint32")
                group["change_points/step"] = step.astype("uint32")
                group["change_points/level"] = level.astype("int16")
