# SPDX-License-Identifier: MIT
"""Every fault is one clear exception, and leaves a log that is whole up to the update before."""
import math
import os
import subprocess
import sys
import unittest
import warnings

import support

support.need("torch", "h5py")

import faulty  # noqa: E402
import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402


class Faults(faulty.Faulty):
    def test_not_a_number(self):
        recorder = self.recorder()
        self.train(recorder, 0, 5)
        levels = training.fixed_levels(self.model)["0.weight"]
        with torch.no_grad():
            training.original(self.model[0])[0, 0] = math.nan
        recorder.after_update()
        self.refused(recorder.close, "0.weight: after update 6 a weight is NaN or infinite", "allowed")
        learner = steq.open(self.path("run")).learners["ste"]
        self.assertEqual(learner.steps, 5)
        self.assertTrue(np.array_equal(learner.tensors["0.weight"].levels_at(5), levels))

    def test_not_a_number_at_the_start(self):
        with torch.no_grad():
            training.original(self.model[0])[0, 0] = math.inf
        self.refused(self.recorder, "0.weight: at the start")
        self.assertFalse(os.path.exists(self.path("run")))

    def test_levels_that_are_none(self):
        for level, places in ((lambda w: w * 0 - 1, ["0.weight: after update 0 weight 0 has the level -1", "0 to 32767"]),
                              (lambda w: w * 0 + 0.5, ["level 0.5"]), (lambda w: w * 0 + 40000, ["40000", "counts="]),
                              (lambda w: w.sum(), ["gave 1 levels", "240"]), (lambda w: 1, ["gave int"]),
                              (lambda w: 1 / 0, ["its level function failed: division by zero"])):
            model = training.network()
            self.refused(lambda: self.play(model, level), *places)
        self.refused(lambda: self.recorder(training.network(), levels={"no": training.level_of}), "no is no parameter",
                     "0.weight")
        self.refused(lambda: self.recorder(training.network()), "no parametrized weight")

    def play(self, model, level):
        recorder = self.recorder(model, levels={"0.weight": level}, overwrite=True)
        recorder.after_update()
        recorder.close()

    def test_a_replaced_parameter_and_another_shape(self):
        recorder = self.recorder()
        self.train(recorder, 0, 2)
        chain = self.model[0].parametrizations.weight
        chain.original = torch.nn.Parameter(chain.original.detach().clone())
        self.refused(recorder.after_update, "0.weight was replaced")
        recorder = self.recorder(overwrite=True)
        chain.original.data = torch.zeros(3, 3)
        self.refused(recorder.after_update, "0.weight has the shape [3, 3]", "[20, 12]")

    def test_two_recorders(self):
        recorder = self.recorder()
        self.refused(self.recorder, "another Recorder records the learner ste")
        self.train(recorder, 0, 3)
        other = subprocess.run([sys.executable, "-c", "import sys; sys.path[:0] = sys.argv[1:3]\nimport training, steq.torch\n"
                                f"steq.torch.Recorder(training.parametrized(), {self.path('run')!r}, 'other')",
                                support.PACKAGE, os.path.dirname(__file__)], capture_output=True, text=True)
        self.assertIn(f"process {os.getpid()} on", other.stderr)
        self.assertIn("RecorderError", other.stderr)
        self.train(recorder, 3, 6)
        recorder.close()
        self.assertEqual(steq.open(self.path("run")).learners["ste"].steps, 6)
        self.assertEqual(sorted(os.listdir(self.path("run"))), ["logs.h5", "weights"])

    def test_a_learner_that_is_there(self):
        recorder = self.recorder()
        self.train(recorder, 0, 3)
        recorder.close()
        again = self.recorder(on_error="warn")
        training.update(self.model, self.optimizer, 4)
        self.refused(again.after_update, "holds a learner ste already", "overwrite=True")
        self.assertEqual(steq.open(self.path("run")).learners["ste"].steps, 3)

    def test_the_training_goes_on(self):
        recorder = self.recorder(on_error="warn", optimizer=self.optimizer)
        self.train(recorder, 0, 3)
        chain = self.model[0].parametrizations.weight
        chain.original = torch.nn.Parameter(chain.original.detach().clone())
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            self.train(recorder, 3, 8)
            recorder.close()
        self.assertEqual([str(one.message)[:21] for one in told], ["0.weight was replaced"])
        self.assertIn("the training goes on", str(told[0].message))
        self.assertIn("was replaced", str(recorder.error))
        self.assertEqual(steq.open(self.path("run")).learners["ste"].steps, 3)

    def test_names(self):
        self.refused(lambda: self.recorder(learner="a/b"), "'a/b'")
        self.refused(lambda: self.recorder(optimizer=3), "optimizer=3")
        self.refused(lambda: self.recorder(on_error="stop"), "on_error='stop'")


if __name__ == "__main__":
    unittest.main()
