# SPDX-License-Identifier: MIT
"""Samples of the weights, windows in which all are watched, and updates that are passed over."""
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder, RecorderError  # noqa: E402

STEPS = 60


class Watching(support.InFolder):
    def record(self, **options):
        model = training.parametrized()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        dense = [training.fixed_levels(model)]
        with Recorder(model, self.path("run"), "ste", optimizer=optimizer, on_error="raise", **options):
            for step in range(STEPS):
                training.update(model, optimizer, step)
                dense.append(training.fixed_levels(model))
        learner = steq.open(self.path("run")).learners["ste"]
        return learner, {name: np.array([levels[name] for levels in dense]) for name in learner.tensors}

    def test_sample(self):
        learner, dense = self.record(sample=0.3)
        watched = {name: tensor.watched for name, tensor in learner.tensors.items()}
        self.assertEqual(sum(map(len, watched.values())), round(0.3 * (12 * 20 + 20 * 6)))
        for name, tensor in learner.tensors.items():
            self.assertTrue(np.array_equal(training.kept(tensor, STEPS)[:, watched[name]], dense[name][:, watched[name]]))
            self.assertTrue(set(tensor.change_points["weight"]) <= set(watched[name]))
            self.assertTrue(np.array_equal(tensor.initial_levels, dense[name][0]))

    def test_windows(self):
        learner, dense = self.record(sample=50, windows=[(30, 35), (1, 4)])
        self.assertEqual(learner.windows.tolist(), [[1, 4], [30, 35]])
        for name, tensor in learner.tensors.items():
            known, points = training.kept(tensor, STEPS), tensor.change_points
            for first, last in learner.windows:
                self.assertTrue(np.array_equal(known[first - 1:last + 1], dense[name][first - 1:last + 1]))
                inside = points[(points["step"] >= first) & (points["step"] <= last)]
                self.assertEqual(len(inside), (np.diff(dense[name][first - 1:last + 1], axis=0) != 0).sum())
            outside = points[~np.isin(points["weight"], tensor.watched)]["step"]
            self.assertTrue(all(step <= 4 or 29 <= step <= 35 for step in outside))

    def test_every_third_update(self):
        learner, dense = self.record(every=3)
        self.assertEqual(learner.every, 3)
        self.assertEqual(learner.steps, STEPS)
        for name, tensor in learner.tensors.items():
            self.assertTrue(np.array_equal(training.kept(tensor, STEPS)[::3], dense[name][::3]))
            self.assertEqual(set(tensor.change_points["step"] % 3), {0})

    def test_the_same_sample_for_the_same_seed(self):
        first, _ = self.record(sample=40, seed=3)
        first = [tensor.watched.tolist() for tensor in first.tensors.values()]
        again, _ = self.record(sample=40, seed=3, overwrite=True)
        self.assertEqual(first, [tensor.watched.tolist() for tensor in again.tensors.values()])

    def test_refusals(self):
        for options, place in (({"sample": 0}, "sample=0"), ({"sample": 1.5}, "sample=1.5"), ({"sample": 361}, "sample=361"),
                               ({"every": 0}, "every=0"), ({"windows": [(5, 3)]}, "windows: (5, 3)"),
                               ({"windows": [(0, 3)]}, "windows: (0, 3)"),
                               ({"windows": [(1, 3), (3, 4)]}, "hold the update 3")):
            with self.assertRaises(RecorderError) as refused:
                Recorder(training.parametrized(), self.path("run"), "ste", **options)
            self.assertIn(place, str(refused.exception))
            self.assertIn("allowed", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
