# SPDX-License-Identifier: MIT
"""Snapshots on their way into the log. Everything here runs in the worker's thread."""
import time

import numpy as np

from ..errors import RecorderError
from ..records.learner_log import Batch, Tensor
from .changes import Changes
from .checks import check_snapshot
from .side_stream import SideStream

MOST_POINTS = 1 << 20  # held in memory before a flush


class Recording:
    def __init__(self, log, layout, schedule, sample, flush_seconds):
        self.log, self.layout, self.schedule, self.sample = log, layout, schedule, sample
        self.bounds = np.array([layout.begin[tensor.name] for tensor in layout.tensors] + [layout.count])
        self.side = SideStream(layout.tensors[0].known.device)
        self.flush_seconds, self.flushed = flush_seconds, 0  # the update up to which the log is whole
        self.changes = self.last_grids = None
        self.start_batch(0)

    def start_batch(self, step):
        self.batch, self.points, self.since = Batch(step), 0, time.monotonic()

    def begin(self, snapshot):
        """The levels of step 0."""
        with self.side.after(snapshot.event):
            check_snapshot(snapshot, self.layout.tensors)
            levels, = self.side.on_host([snapshot.levels])
            self.changes = Changes(snapshot.levels, self.sample)
            self.note_grids(snapshot)
        with self.log.store.lock:
            self.log.begin([self.header(tensor, levels) for tensor in self.layout.tensors], self.schedule.every,
                           self.schedule.windows)
            self.flush()

    def header(self, tensor, levels):
        dtype = np.int32 if tensor.highest > 32767 else np.int16
        return Tensor(tensor.name, self.layout.part(levels, tensor).astype(dtype), tensor.grid.values,
                      self.watched(tensor), tensor.grid.moves, max(tensor.grid.axis, 0), tensor.grid.least)

    def watched(self, tensor):
        """Which of the tensor's weights are in the sample."""
        if self.sample is None:
            return None
        begin = self.layout.begin[tensor.name]
        return self.sample[slice(*np.searchsorted(self.sample, [begin, begin + tensor.count]))] - begin

    def resume(self, known, grids, step):
        self.changes, self.last_grids, self.flushed = Changes(known, self.sample), grids, step
        self.start_batch(step)

    def record(self, snapshot):
        with self.side.after(snapshot.event):
            check_snapshot(snapshot, self.layout.tensors)
            if snapshot.levels is not None:
                everything = self.schedule.looks(snapshot.step) == "all"
                self.note_points(snapshot.step, *self.side.on_host(self.changes.since_last(snapshot, everything)))
                self.note_grids(snapshot)
            self.batch.losses.append(None if snapshot.loss is None else float(snapshot.loss))
            self.batch.path = dict(zip((tensor.name for tensor in self.layout.tensors), snapshot.path.tolist()))
        self.batch.step = snapshot.step
        if self.points >= MOST_POINTS or time.monotonic() - self.since >= self.flush_seconds:
            self.flush()

    def note_points(self, step, index, level, of_grid):
        self.points += len(index)
        ends = np.searchsorted(index, self.bounds)
        for tensor, begin, end in zip(self.layout.tensors, ends, ends[1:]):
            if begin < end:
                grid = of_grid[begin:end] if tensor.grid.moves else None
                self.batch.points.setdefault(tensor.name, []).append(
                    ((index[begin:end] - self.layout.begin[tensor.name]).astype(np.uint32),
                     np.full(end - begin, step, np.uint32), level[begin:end].copy(), grid))

    def note_grids(self, snapshot):
        """A row where any grid moved."""
        names = list(snapshot.grids)
        flat = self.side.on_host([number for name in names for number in snapshot.grids[name]])
        grids = {name: (flat[2 * i], flat[2 * i + 1]) for i, name in enumerate(names)}
        last = self.last_grids
        if last is None or any(not np.array_equal(grids[name], last[name]) for name in names):
            self.batch.grids.append((snapshot.step, grids))
            self.last_grids = grids

    def flush_if_begun(self):
        if self.changes is not None:
            self.flush()

    def flush(self):
        """Everything up to the last recorded update is on the disk, or RecorderError is thrown."""
        try:
            with self.log.store.lock:
                self.log.append(self.batch)
                self.log.store.commit()
        except OSError as error:
            raise RecorderError(f"{self.log.store.path}: cannot be written: {error.strerror or error}; it is whole up to "
                                f"update {self.flushed}") from error
        self.flushed = self.batch.step
        self.start_batch(self.flushed)
