# SPDX-License-Identifier: MIT
"""One learner in logs.h5 while it is recorded. Every method wants the store's lock."""
from dataclasses import dataclass, field

import numpy as np

from .column import Column, chunk_for
from .grid_rows import GridRows
from .stored_points import count_until, levels_after, tensors_of


@dataclass
class Tensor:
    """What is known of a quantized tensor before the first update."""
    name: str
    initial_levels: np.ndarray  # int16 or int32, as the levels of change points
    values: np.ndarray = None   # what the levels are worth, where that never changes
    watched: np.ndarray = None  # which weights are watched outside of windows; all of them where there is none
    moves: bool = False
    axis: int = 0               # of a grid with a scale for each channel
    least: int = 0              # the integer that such a grid calls level 0


@dataclass
class Batch:
    """What happened since the last flush, up to and including an update."""
    step: int = 0
    points: dict = field(default_factory=dict)  # {tensor's name: [(weight, step, level, of the grid)]}
    losses: list = field(default_factory=list)  # one for each update, None where it is not known
    path: dict = field(default_factory=dict)    # {tensor's name: length up to this update}
    grids: list = field(default_factory=list)   # [(step, {tensor's name: (scale, zero_point)})]


class LearnerLog:
    def __init__(self, store, learner):
        self.store, self.learner, self.columns = store, learner, {}

    def exists(self):
        return self.learner in self.store.file

    @property
    def group(self):
        return self.store.file[self.learner]

    def remove(self):
        self.columns.clear()
        if self.exists():
            del self.store.file[self.learner]

    def begin(self, tensors, every, windows):
        group = self.store.file.create_group(self.learner)
        group["steps"] = np.zeros(1, np.uint32)
        if every > 1:
            group["every"] = np.array([every], np.uint32)
        if len(windows):
            group["windows"] = np.array(windows, np.uint32)
        for tensor in tensors:
            self.begin_tensor(group.create_group(tensor.name), tensor)

    def begin_tensor(self, group, tensor):
        group.create_dataset("initial_levels", data=tensor.initial_levels, shuffle=True, compression="gzip")
        if tensor.values is not None:
            group["levels"] = np.asarray(tensor.values, np.float64)
        if tensor.watched is not None:
            group.create_dataset("watched", data=tensor.watched.astype(np.uint32), shuffle=True, compression="gzip")
        points, chunk = group.create_group("change_points"), chunk_for(len(tensor.initial_levels))
        for name, dtype in (("weight", np.uint32), ("step", np.uint32), ("level", tensor.initial_levels.dtype)):
            self.columns[f"{tensor.name}/{name}"] = Column(points, name, dtype, chunk)
        if tensor.moves:
            self.columns[f"{tensor.name}/of_grid"] = Column(points, "of_grid", np.uint8, chunk)
            group.create_group("grid_parameters").attrs.update(axis=tensor.axis, quant_min=tensor.least)

    def column(self, tensor, name):
        """Opened at first use, after which it knows its last chunk."""
        key = f"{tensor}/{name}"
        if key not in self.columns:
            points = self.group[tensor]["change_points"]
            self.columns[key] = Column(points, name, points[name].dtype)
        return self.columns[key]

    def append(self, batch):
        for tensor, pieces in batch.points.items():
            for name, values in zip(("weight", "step", "level", "of_grid"), zip(*pieces)):
                if values[0] is not None:
                    self.column(tensor, name).append(np.concatenate(values))
        for tensor, length in batch.path.items():
            self.replace(self.group[tensor], "path_length", [float(length)])
        self.append_losses(batch)
        if batch.grids:
            GridRows(self.group).append(batch.grids)
        self.group["steps"][0] = batch.step

    def append_losses(self, batch):
        """Only where every update had one, as the format wants it."""
        first = batch.step - len(batch.losses)
        known = len(self.group["batch_loss"]) if "batch_loss" in self.group else 0
        if batch.losses and known == first and None not in batch.losses:
            Column(self.group, "batch_loss", np.float64).append(batch.losses)
        elif batch.losses and known:
            del self.group["batch_loss"]

    def finish(self, values):
        """values: {tensor's name: what its levels are worth at the end, [levels] or [channels, levels]}"""
        for tensor, worth in values.items():
            self.replace(self.group[tensor], "levels", worth)
            if np.ndim(worth) == 2:
                self.replace(self.group[tensor], "range", np.abs(worth).max(axis=1))

    def replace(self, group, name, values):
        values = np.asarray(values, np.float64)
        if name in group:
            del group[name]
        group[name] = values

    def truncate(self, step):
        """Forgets what came after a step."""
        self.columns.clear()
        for tensor in tensors_of(self.group):
            count = count_until(self.group[tensor]["change_points/step"], step)
            for name in self.group[tensor]["change_points"]:
                self.column(tensor, name).truncate(count)
        GridRows(self.group).truncate(step)
        if "batch_loss" in self.group:
            Column(self.group, "batch_loss", np.float64).truncate(step)
        self.group["steps"][0] = step

    def levels(self, tensor):
        """The level of every weight at the last step."""
        return levels_after(self.group[tensor], int(self.group["steps"][0]))
