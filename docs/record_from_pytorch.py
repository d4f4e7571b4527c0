# SPDX-License-Identifier: MIT
"""Records when quantized weights of a PyTorch model change level, for `steq diff`; docs/logs.md says how to use it."""
import json
import os
import struct
import warnings

import h5py
import torch


class ChangePoints:
    def __init__(self, levels, model=None, values=None):
        """levels: {tensor's name: function that returns the level, 0, 1, 2 ..., of each of its weights}
        model: has parameters of these names; then their weights are recorded too, and it is noticed where one is replaced
        values: {tensor's name: what its levels are worth, ascending, in weight units}"""
        self.levels, self.model, self.values = levels, model, values or {}
        self.step, self.losses = 0, []
        self.parameters = {name: self.parameter(name) for name in levels} if model is not None else {}
        self.start = {name: weight.detach().cpu().clone() for name, weight in self.parameters.items()}
        self.last = {name: weight.detach().clone() for name, weight in self.parameters.items()}
        self.path = {name: 0.0 for name in self.parameters}
        self.first = self.now = {name: self.taken(name) for name in levels}
        self.points = {name: [torch.zeros(3, 0, dtype=torch.long)] for name in levels}

    def parameter(self, name):
        try:
            return self.model.get_parameter(name)
        except AttributeError:
            raise RuntimeError(f"{name} is no parameter of the model (any more); it has "
                               + ", ".join(name for name, _ in self.model.named_parameters())) from None

    def taken(self, name):
        level = self.levels[name]().flatten()
        whole = level.to(torch.int16, copy=True)
        if not bool(((whole == level) & (whole >= 0)).all()):
            raise ValueError(f"{name}: after update {self.step} a level is NaN, or none of 0, 1, 2 ... 32767")
        return whole

    def follow(self, name):
        weight, known = self.parameter(name), self.parameters[name]
        if weight is not known:
            raise RuntimeError(f"{name} was replaced after ChangePoints was made, which still reads the old tensor")
        if not bool(torch.isfinite(weight).all()):
            raise ValueError(f"{name}: after update {self.step} a weight is NaN or infinite")
        self.path[name] += (weight.detach() - self.last[name]).abs().sum(dtype=torch.float64)
        self.last[name].copy_(weight.detach())

    def after_update(self, loss=None):
        """loss: that of the update's batch"""
        self.step += 1
        if loss is not None:
            self.losses.append(loss.detach().clone() if torch.is_tensor(loss) else loss)
        for name in self.parameters:
            self.follow(name)
        before, self.now = self.now, {name: self.taken(name) for name in self.levels}
        for name, level in self.now.items():
            weight = (level != before[name]).nonzero().flatten()
            step = torch.full_like(weight, self.step)
            self.points[name].append(torch.stack([weight, step, level[weight].long()]).cpu())

    def write(self, directory, learner):
        """Writes the learner into directory/logs.h5, beside others, and its weights; it may be called again."""
        still = [name for name, points in self.points.items() if sum(p.shape[1] for p in points) == 0]
        if still and self.step and self.model is None:
            warnings.warn(f"no level of {', '.join(still)} changed in {self.step} updates: do they take part in the "
                          "training? ChangePoints(levels, model=model) finds out")
        os.makedirs(directory, exist_ok=True)
        log = os.path.join(directory, "logs.h5")
        with h5py.File(log + ".new", "w") as file:
            if os.path.exists(log):
                with h5py.File(log, "r") as old:
                    for name in old:
                        if name != learner:
                            old.copy(name, file)
            self.write_log(file.create_group(learner))
        os.replace(log + ".new", log)
        if self.parameters:
            os.makedirs(os.path.join(directory, "weights"), exist_ok=True)
            for snapshot, weights in ("initial", self.start), ("final", self.parameters):
                write_safetensors(os.path.join(directory, "weights", f"{learner}-{snapshot}.safetensors"), weights)

    def write_log(self, group):
        group["steps"] = self.step
        if self.losses and len(self.losses) == self.step:
            group["batch_loss"] = [float(loss) for loss in self.losses]
        for name, first in self.first.items():
            weight, step, level = torch.cat(self.points[name], dim=1).numpy()
            tensor = group.create_group(name)
            tensor["initial_levels"] = first.cpu().numpy()
            tensor["change_points/weight"] = weight.astype("uint32")
            tensor["change_points/step"] = step.astype("uint32")
            tensor["change_points/level"] = level.astype("int16")
            if name in self.values:
                tensor["levels"] = [float(value) for value in self.values[name]]
            if name in self.path:
                tensor["path_length"] = float(self.path[name])


def write_safetensors(path, tensors):
    header, data = {}, []
    for name, tensor in tensors.items():
        double = tensor.dtype == torch.float64
        begin = sum(map(len, data))
        data.append(tensor.detach().cpu().numpy().astype("<f8").tobytes() if double
                    else tensor.detach().cpu().float().numpy().astype("<f4").tobytes())
        header[name] = {"dtype": "F64" if double else "F32", "shape": list(tensor.shape),
                        "data_offsets": [begin, begin + len(data[-1])]}
    text = json.dumps(header).encode()
    with open(path + ".new", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(data))
    os.replace(path + ".new", path)
