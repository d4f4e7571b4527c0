# SPDX-License-Identifier: MIT
"""Records when the quantized weights of a model change level, while it is trained."""
import atexit
import warnings
import weakref

import torch

from ..errors import RecorderError
from .forward import watch_forward_passes
from .names import check_name
from .quantized import find_quantized
from .sample import drawn_sample
from .schedule import Schedule
from .session import Session, SetupError
from .state import load_state, state_of
from .updates import watch_updates


class Recorder:
    """docs/python.md describes it."""

    def __init__(self, model, directory, learner, *, optimizer=None, levels=None, values=None, counts=None, every=1,
                 sample=None, windows=(), seed=0, overwrite=False, on_error="warn", flush_seconds=30.0):
        """levels: {parameter's name: function of the weight, module with a method level(weight), or FakeQuantize}; without
        it the model is searched. values, counts: what the levels are worth, or how many there are, by the same names."""
        if on_error not in ("warn", "raise"):
            raise RecorderError(f"on_error={on_error!r} is not allowed; allowed: 'warn', 'raise'")
        if optimizer is not None and not hasattr(optimizer, "step"):
            raise RecorderError(f"optimizer={optimizer!r} is not allowed; allowed: an optimizer of PyTorch")
        check_name("the learner's name", learner)
        self.learner, self.on_error, self.error, self.detach = learner, on_error, None, []
        self.hooked, self.awaits_loss, self.active = optimizer is not None, False, is_first_process()
        if not self.active:
            return
        self.session = Session(find_quantized(model, levels, values, counts), Schedule(every, windows))
        drawn = drawn_sample(self.session.layout.count, sample, seed)
        self.session.open(directory, learner, drawn, overwrite, flush_seconds)
        self.attach(optimizer)

    def attach(self, optimizer):
        if self.hooked:
            self.detach.append(watch_updates(optimizer, self.updated))
        self.detach += watch_forward_passes(self)
        close = weakref.WeakMethod(self.close)
        at_exit = atexit.register(lambda: close() and close()())
        self.detach.append(lambda: atexit.unregister(at_exit))

    @property
    def step(self):
        """Updates so far; 0 where another process records."""
        return self.session.step if hasattr(self, "session") else 0

    def after_update(self, loss=None):
        """After every update; where the Recorder knows the optimizer, only to tell the batch's loss."""
        if not self.hooked:
            self.updated()
        if self.active and self.awaits_loss and loss is not None:
            self.session.pending.loss = loss.detach().clone() if torch.is_tensor(loss) else loss
        self.awaits_loss = False

    def updated(self):
        self.awaits_loss = True
        self.guarded(lambda: self.session.advance())

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

    def stop(self):
        if self.active:
            self.active = False
            for remove in self.detach:
                remove()
            self.session.release()

    def flush(self):
        """Everything but the last update is on the disk."""
        self.guarded(lambda: self.session.flush())

    def close(self):
        """Writes the rest, and the weights at the end."""
        self.guarded(lambda: self.session.finish())
        self.stop()

    def state_dict(self):
        """For a checkpoint, beside those of model and optimizer. Empty where nothing is recorded (any more)."""
        state = {}
        self.guarded(lambda: state.update(state_of(self.session)))
        return state

    def load_state_dict(self, state):
        """After the model's, and before the first update. The log is cut to the state's update."""
        if self.active:
            load_state(self.session, state)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def is_first_process():
    distributed = torch.distributed
    return not (distributed.is_available() and distributed.is_initialized()) or distributed.get_rank() == 0
