# SPDX-License-Identifier: MIT
"""One recording from its start to its end. Everything here may throw; the Recorder decides what that means."""
import torch

from ..errors import RecorderError
from ..records.learner_log import LearnerLog
from ..records.log_store import acquire_store, release_store
from .checks import check_finite
from .path import Path
from .recording import Recording
from .side_stream import mark
from .snapshot import Layout, Snapshot, fill
from .weights import host_copies, write_weights
from .worker import Worker


class SetupError(RecorderError):
    """Told at once, whatever on_error is."""


class Session:
    """The update t is written when update t + 1 or the end comes: by then the forward pass in between has moved the grids
    that observers move."""

    def __init__(self, tensors, schedule):
        self.tensors, self.schedule, self.layout = tensors, schedule, Layout(tensors)
        self.device, self.step, self.pending, self.old_grids = tensors[0].known.device, 0, None, {}
        check_finite(tensors)
        self.initial, self.path = host_copies(tensors), Path(tensors)
        self.capture(self.path.length)

    def open(self, directory, learner, sample, overwrite, flush_seconds):
        self.store, self.learner, self.overwrite = acquire_store(directory, learner), learner, overwrite
        self.log = LearnerLog(self.store, learner)
        self.recording = Recording(self.log, self.layout, self.schedule, sample, flush_seconds)
        self.worker = Worker(f"steq recorder of {learner}")

    def advance(self):
        """After an update."""
        self.settle()
        self.step += 1
        self.capture(self.path.follow())

    def capture(self, path):
        self.pending = Snapshot(self.step, path)
        if self.schedule.looks(self.step):
            with torch.no_grad():
                fill(self.pending, self.layout, self.old_grids)

    def settle(self):
        """Hands over the last update, of which nothing changes any more."""
        if self.worker.error:
            raise self.worker.error
        snapshot, self.pending = self.pending, None
        if snapshot.levels is not None:
            self.old_grids = snapshot.grids
        snapshot.event = mark(self.device)
        if snapshot.step == 0:
            self.begin()
        work = self.recording.record if snapshot.step else self.recording.begin
        self.worker.submit(lambda: work(snapshot))

    def begin(self):
        with self.store.lock:
            if self.log.exists() and not self.overwrite:
                raise SetupError(f"{self.store.path} holds a learner {self.learner} already; allowed: load_state_dict() "
                                 "to go on, another name, or overwrite=True")
            self.log.remove()
        write_weights(self.store.directory, self.learner, "initial", self.initial)
        self.initial = None

    def flush(self):
        """Everything but the last update is on the disk."""
        self.worker.submit(self.recording.flush_if_begun)
        self.worker.wait()
        if self.worker.error:
            raise self.worker.error

    def finish(self):
        """The rest, and the weights at the end."""
        self.settle()
        self.flush()
        with self.store.lock:
            self.log.finish(self.final_values())
            self.recording.flush()
        write_weights(self.store.directory, self.learner, "final", host_copies(self.tensors))

    def final_values(self):
        worth = {tensor.name: tensor.grid.worth(*self.old_grids[tensor.name]) for tensor in self.tensors
                 if tensor.grid.moves}
        return {name: values for name, values in worth.items() if values is not None}

    def release(self):
        """What was recorded before an error is kept."""
        self.worker.stop()
        try:
            self.recording.flush_if_begun()
        except RecorderError:
            pass  # the error that is told already
        release_store(self.store, self.learner)
