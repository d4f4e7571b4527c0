# SPDX-License-Identifier: MIT
"""Run directories of the program, and the recorder's logs as the program and the example leave them."""
import os
import subprocess
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder  # noqa: E402

WITH_PROGRAM = unittest.skipUnless(support.program(), "there is no program steq")


class Runs(support.InFolder):
    def pair(self, make=training.parametrized):
        for learner, rate in ("a", 0.3), ("b", 0.31):
            model = make()
            optimizer = torch.optim.SGD(model.parameters(), lr=rate)
            with Recorder(model, self.path("run"), learner, optimizer=optimizer, on_error="raise") as recorder:
                for step in range(40):
                    recorder.after_update(training.update(model, optimizer, step))
        return steq.open(self.path("run"))

    @WITH_PROGRAM
    def test_the_program_reads_what_was_recorded(self):
        for make in training.parametrized, training.moving:
            with self.subTest(make=make.__name__):
                self.setUp()
                run = self.pair(make)
                os.environ["STEQ"] = support.program()
                told = run.diff(learners=("a", "b"))
                a, b = ({name: tensor.levels_at(40) for name, tensor in run.learners[x].tensors.items()} for x in "ab")
                apart = sum(int((a[name] != b[name]).sum()) for name in a)
                self.assertEqual(told["pairs"][0]["first_divergence"]["all_weights"]["apart_at_end"], apart)
                self.assertGreater(apart, 0)
                for side, learner in ("a", run.learners["a"]), ("b", run.learners["b"]):
                    count = sum(tensor.change_count for tensor in learner.tensors.values())
                    self.assertEqual(told["pairs"][0]["end"]["change_points"][side], count)
                metrics = run.metrics(learners=("a", "b")).where(metric="quantized_weight_agreement")
                self.assertAlmostEqual(metrics["value"][0], 1 - apart / sum(map(len, a.values())))
                subprocess.run([support.program(), "report", run.directory], check=True, capture_output=True)

    @WITH_PROGRAM
    def test_runs_of_the_program(self):
        subprocess.run([support.program(), "run", "quickstart", "--set", "epochs=1", "--quiet", "--out", self.path("run")],
                       check=True, capture_output=True)
        run = steq.open(self.path("run"))
        for name, learner in run.learners.items():
            self.assertEqual(learner.steps, run.summary["steps"])
            self.assertEqual(sum(tensor.change_count for tensor in learner.tensors.values()),
                             run.summary["learners"][name]["change_points"])
        learner = run.learners["ste"]
        self.assertEqual(learner.curves["epoch"].tolist(), sorted(learner.curves["epoch"]))
        self.assertEqual(set(learner.weights("initial")) & set(learner.tensors), set(learner.tensors))
        worth = learner.tensors["conv1.weight"].levels[learner.tensors["conv1.weight"].levels_at(learner.steps)]
        self.assertTrue(np.allclose(worth, learner.weights("quantized")["conv1.weight"].ravel()))

    def test_frames(self):
        try:
            import pandas  # noqa: F401
        except ImportError as missing:
            self.skipTest(str(missing))
        tensor = self.pair().learners["a"].tensors["0.weight"]
        frame = tensor.to_frame()
        self.assertEqual(list(frame), ["weight", "step", "level"])
        self.assertTrue(np.array_equal(frame["step"], tensor.change_points["step"]))

    def test_refusals(self):
        run = self.pair()
        for work, place in ((lambda: run.learners["c"], "no learner c; there are a, b"),
                            (lambda: run.learners["a"].tensors["w"], "no tensor w; there are 0.weight"),
                            (lambda: run.learners["a"].tensors["0.weight"].levels_at(41), "step 41 .* 0 to 40"),
                            (lambda: run.learners["a"].tensors["0.weight"].process(240), "weight 240 .* 0 to 239"),
                            (lambda: steq.open(self.path("none")), "it has no logs.h5"),
                            (lambda: run.diff("/nowhere"), ".")):
            with self.assertRaisesRegex(steq.RunError, place):
                work()


if __name__ == "__main__":
    unittest.main()
