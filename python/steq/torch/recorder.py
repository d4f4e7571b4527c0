# SPDX-License-Identifier: MIT
"""Records when the quantized weights of a model change level, while it is trained."""
import atexit
import warnings
import weakref

import torch

from ..errors import RecorderError
from ..records.learner_log import LearnerLog
from ..records.log_store import acquire_store, release_store
from .checks import check_finite
from .forward import watch_forward_passes
from .names import check_name
from .path import Path
from .quantized import find_quantized
from .recording import Recording
from .sample import drawn_sample
from .schedule import Schedule
from .side_stream import mark
from .snapshot import Layout, Snapshot, fill
from .state import load_state, state_of
from .updates import watch_updates
from .weights import host_copies, write_weights
from .worker import Worker


class Recorder:
    """docs/python.md describes it. The log of update t is written when update t + 1 or close() comes: by then the forward
    pass in between has moved the grids that observers move."""

    def __init__(self, model, directory, learner, *, optimizer=None, levels=None, values=None, counts=None, every=1,
                 sample=None, windows=(), seed=0, overwrite=False, on_error="warn", flush_seconds=30.0):
        if on_error not in ("warn", "raise"):
            raise RecorderError(f"on_error={on_error!r} is not allowed; allowed: 'warn', 'raise'")
        check_name("the learner's name", learner)
        self.learner, self.overwrite, self.on_error = learner, overwrite, on_error
        self.error, self.step, self.pending, self.old_grids, self.detach = None, 0, None, {}, []
        self.active = is_first_process()
        if not self.active:
            return
        schedule, self.tensors = Schedule(every, windows), find_quantized(model, levels, values, counts)
        self.layout, self.schedule = Layout(self.tensors), schedule
        drawn = drawn_sample(self.layout.count, sample, seed)
        check_finite(self.tensors)
        self.initial, self.path = host_copies(self.tensors), Path(self.tensors)
        self.capture(self.path.length, {})
        self.open(directory, drawn, flush_seconds)
        self.attach(optimizer)

    def open(self, directory, drawn, flush_seconds):
        self.store = acquire_store(directory, self.learner)
        self.recording = Recording(LearnerLog(self.store, self.learner), self.layout, self.schedule, drawn, flush_seconds)
        self.worker = Worker(f"steq recorder of {self.learner}")
        at_end = weakref.WeakMethod(self.close)
        self.at_exit = atexit.register(lambda: at_end() and at_end()())

    def attach(self, optimizer):
        self.hooked, self.awaits_loss = optimizer is not None, False
        if self.hooked:
            self.detach.append(watch_updates(optimizer, self.updated))
        if self.layout.moves:
            self.detach += watch_forward_passes(self)

    # ---- while training

    def after_update(self, loss=None):
        """After every update; with `optimizer` only needed to tell the batch's loss."""
        if not self.active:
            return
        if not self.hooked:
            self.updated()
        if self.active and self.awaits_loss:
            self.pending.loss = loss.detach().clone() if torch.is_tensor(loss) else loss
        self.awaits_loss = False

    def updated(self):
        self.guarded(self.advance)

    def advance(self):
        self.settle()
        self.step += 1
        self.awaits_loss = True
        self.capture(self.path.follow(), self.old_grids)

    def capture(self, path, old_grids):
        self.pending = Snapshot(self.step, path)
        if self.schedule.looks(self.step):
            with torch.no_grad():
                fill(self.pending, self.layout, old_grids)

    def settle(self):
        """Hands over the last update, of which nothing changes any more."""
        if self.pending is None:
            return
        snapshot, self.pending = self.pending, None
        if self.worker.error:
            raise self.worker.error
        if snapshot.levels is not None:
            self.old_grids = snapshot.grids
        snapshot.event = mark(self.layout.tensors[0].known.device)
        if snapshot.step == 0:
            self.begin()
        self.worker.submit(lambda: (self.recording.record if snapshot.step else self.recording.begin)(snapshot))

    def begin(self):
        with self.store.lock:
            if self.recording.log.exists() and not self.overwrite:
                raise SetupError(f"{self.store.path} holds a learner {self.learner} already; allowed: load_state_dict() "
                                 "to go on, another name, or overwrite=True")
            self.recording.log.remove()
        write_weights(self.store.directory, self.learner, "initial", self.initial)
        self.initial = None

    def guarded(self, work):
        """The training goes on without a recording that cannot go on."""
        if not self.active:
            return
        try:
            work()
        except SetupError:
            self.stop()
            raise
        except Exception as error:
            self.fail(error)

    def fail(self, error):
        if not isinstance(error, RecorderError):
            error = RecorderError(f"{self.learner}: update {self.step} cannot be recorded: {error}")
        self.error = error
        self.stop()
        if self.on_error == "raise":
            raise error
        warnings.warn(f"{error}. The recording of {self.learner} has stopped; the training goes on", RuntimeWarning, 3)

    # ---- its end, and across restarts

    def flush(self):
        """Everything but the last update is on the disk."""
        self.guarded(self.flush_now)

    def flush_now(self):
        self.worker.submit(self.recording.flush)
        self.worker.wait()
        if self.worker.error:
            raise self.worker.error

    def close(self):
        """Writes the rest, and the weights at the end."""
        self.guarded(self.finish)
        self.stop()

    def finish(self):
        self.settle()
        self.flush_now()
        with self.store.lock:
            self.recording.log.finish(self.final_values())
            self.recording.flush()
        write_weights(self.store.directory, self.learner, "final", host_copies(self.tensors))

    def final_values(self):
        worth = {tensor.name: tensor.grid.worth(*self.old_grids[tensor.name]) for tensor in self.tensors
                 if tensor.grid.moves}
        return {name: values for name, values in worth.items() if values is not None}

    def stop(self):
        """What was recorded before an error is kept."""
        if not self.active:
            return
        self.active = False
        for remove in self.detach:
            remove()
        self.worker.stop()
        try:
            if self.recording.changes is not None:
                self.recording.flush()
        except Exception:
            pass  # the error that is told already
        release_store(self.store, self.learner)
        atexit.unregister(self.at_exit)

    def state_dict(self):
        """For a checkpoint, beside those of model and optimizer. Empty where this process does not record."""
        state = {}
        self.guarded(lambda: state.update(state_of(self)))
        return state

    def load_state_dict(self, state):
        """After the model's, and before the first update. The log is cut to the state's update."""
        if self.active:
            load_state(self, state)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class SetupError(RecorderError):
    """Told at once, whatever on_error is."""


def is_first_process():
    distributed = torch.distributed
    return not (distributed.is_available() and distributed.is_initialized()) or distributed.get_rank() == 0
