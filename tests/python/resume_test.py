# SPDX-License-Identifier: MIT
"""A training that was interrupted and resumed leaves the log of one that was not."""
import unittest

import support

support.need("torch", "h5py")

import h5py  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder, RecorderError  # noqa: E402

STEPS = 40


def content(path):
    """{dataset: (type, values)} of a whole file."""
    found = {}
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: found.update({name: (item.dtype, item[()].tolist())})
                        if isinstance(item, h5py.Dataset) else None)
    return found


class Trained:
    """Model, optimizer and recorder, as a script makes them anew after a restart."""

    def __init__(self, make, directory, **options):
        self.model = make()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.3, momentum=0.9)
        self.recorder = Recorder(self.model, directory, "ste", optimizer=self.optimizer, on_error="raise", **options)

    def train(self, first, last):
        for step in range(first, last):
            loss = training.update(self.model, self.optimizer, step)
            self.recorder.after_update(loss)

    def save(self, path):
        torch.save({name: getattr(self, name).state_dict() for name in ("model", "optimizer", "recorder")}, path)

    def load(self, path):
        state = torch.load(path)
        for name in ("model", "optimizer", "recorder"):
            getattr(self, name).load_state_dict(state[name])


class Resume(support.InFolder):
    def check(self, make, saved, lost, **options):
        whole = Trained(make, self.path("whole"), **options)
        whole.train(0, STEPS)
        whole.recorder.close()
        first = Trained(make, self.path("parts"), **options)
        first.train(0, saved)
        first.save(self.path("checkpoint"))
        first.train(saved, saved + lost)
        first.recorder.flush()
        first.recorder.stop()
        second = Trained(make, self.path("parts"), **options)
        second.load(self.path("checkpoint"))
        second.train(saved, STEPS)
        second.recorder.close()
        self.assertEqual(content(self.path("whole", "logs.h5")), content(self.path("parts", "logs.h5")))
        for snapshot in ("initial", "final"):
            files = [open(self.path(run, "weights", f"ste-{snapshot}.safetensors"), "rb") for run in ("whole", "parts")]
            self.assertEqual(*(file.read() for file in files))
            for file in files:
                file.close()

    def test_fixed_grid(self):
        for saved, lost in ((17, 9), (1, 0), (1, 3), (0, 5), (20, 0)):
            with self.subTest(saved=saved, lost=lost):
                self.setUp()
                self.check(training.parametrized, saved, lost)

    def test_moving_grids(self):
        for saved, lost in ((17, 9), (1, 2), (20, 0)):
            with self.subTest(saved=saved, lost=lost):
                self.setUp()
                self.check(training.moving, saved, lost)

    def test_samples_and_windows(self):
        self.check(training.parametrized, 17, 9, sample=50, every=2, windows=[(10, 14), (18, 22)])

    def test_refusals(self):
        first = Trained(training.parametrized, self.path("run"), sample=10)
        first.train(0, 5)
        state = first.recorder.state_dict()
        with self.assertRaisesRegex(RecorderError, "before the first update"):
            first.recorder.load_state_dict(state)
        first.recorder.close()
        for options, changed, place in (({"sample": 10, "seed": 1}, {}, "another sample"),
                                        ({"sample": 10}, {"step": 9}, "ends at update 5; the state is of update 9"),
                                        ({"sample": 10}, {"learner": "dsq"}, "the state of dsq"),
                                        ({"sample": 10}, {"weights": {"0.weight": 1}}, "0.weight")):
            again = Trained(training.parametrized, self.path("run"), **options)
            with self.assertRaisesRegex(RecorderError, place):
                again.recorder.load_state_dict({**state, **changed})
            again.recorder.stop()
        self.assertEqual(steq.open(self.path("run")).learners["ste"].steps, 5)


if __name__ == "__main__":
    unittest.main()
