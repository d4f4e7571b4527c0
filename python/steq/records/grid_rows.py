# SPDX-License-Identifier: MIT
"""Grids that move: a row for each step at which any grid of the learner moved."""
import numpy as np

from .column import SMALL_CHUNK, Column
from .stored_points import count_until, tensors_of

NAMES = ("scale", "zero_point")


class GridRows:
    """/LEARNER/grid_steps and /LEARNER/TENSOR/grid_parameters/{scale, zero_point}; a row holds until the next one."""

    def __init__(self, learner):
        self.learner = learner

    def append(self, rows):
        """rows: [(step, {tensor's name: (scale, zero_point)})]"""
        if not rows or not rows[0][1]:
            return
        Column(self.learner, "grid_steps", np.uint32).append([step for step, _ in rows])
        for tensor in rows[0][1]:
            for which, name in enumerate(NAMES):
                self.append_rows(self.learner[tensor]["grid_parameters"], name,
                                 np.array([grids[tensor][which] for _, grids in rows], np.float64))

    def append_rows(self, group, name, rows):
        width = rows.shape[1:] if rows.shape[1] > 1 else ()
        if name not in group:
            chunk = (max(1, SMALL_CHUNK // rows.shape[1]),) + width
            group.create_dataset(name, shape=(0,) + width, maxshape=(None,) + width, chunks=chunk, dtype=np.float64,
                                 shuffle=True, compression="gzip")
        dataset = group[name]
        count = len(dataset)
        dataset.resize(count + len(rows), axis=0)
        dataset[count:] = rows.reshape((len(rows),) + width)

    def truncate(self, step):
        if "grid_steps" not in self.learner:
            return
        count = count_until(self.learner["grid_steps"], step)
        Column(self.learner, "grid_steps", np.uint32).truncate(count)
        for tensor in self.moving():
            for name in NAMES:
                self.learner[tensor]["grid_parameters"][name].resize(count, axis=0)

    def moving(self):
        return [name for name in tensors_of(self.learner) if "grid_parameters/scale" in self.learner[name]]

    def last(self):
        """{tensor's name: (scale, zero_point)} of the last row."""
        return {name: tuple(np.atleast_1d(self.learner[name]["grid_parameters"][key][-1]) for key in NAMES)
                for name in self.moving()}
