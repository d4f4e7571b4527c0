# SPDX-License-Identifier: MIT
"""What the recorder writes of a fixed grid, held against levels kept at every step."""
import os
import sys
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder  # noqa: E402

STEPS = 60
NAMES = ["0.weight", "2.weight"]


class Levels(support.InFolder):
    def record(self, model, **options):
        """Trains with the recorder; returns the learner, levels[name][step, weight] and losses."""
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        recorder = Recorder(model, self.path("run"), "ste", on_error="raise", **options)
        dense, losses = [training.fixed_levels(model)], []
        for step in range(STEPS):
            losses.append(training.update(model, optimizer, step).detach())
            recorder.after_update(losses[-1])
            dense.append(training.fixed_levels(model))
        recorder.close()
        self.run_ = steq.open(self.path("run"))
        self.addCleanup(self.run_.close)
        return self.run_.learners["ste"], {name: np.array([levels[name] for levels in dense]) for name in NAMES}, losses

    def check(self, learner, dense):
        self.assertEqual(list(learner.tensors), NAMES)
        for name in NAMES:
            self.assertTrue(np.array_equal(training.kept(learner.tensors[name], STEPS), dense[name]))
            step, weight = np.nonzero(np.diff(dense[name], axis=0))
            points = learner.tensors[name].change_points
            self.assertTrue(np.array_equal(points["step"], step + 1) and np.array_equal(points["weight"], weight))
        self.assertGreater(sum(tensor.change_count for tensor in learner.tensors.values()), 100)  # or nothing is tested

    def test_functions(self):
        learner, dense, _ = self.record(training.network(), levels=dict.fromkeys(NAMES, training.level_of),
                                        values=dict.fromkeys(NAMES, training.VALUES))
        self.check(learner, dense)
        self.assertTrue(np.allclose(learner.tensors["0.weight"].levels, training.VALUES))

    def test_parametrized_weights_are_found(self):
        learner, dense, losses = self.record(training.parametrized())
        self.check(learner, dense)
        self.assertTrue(np.allclose(learner.tensors["2.weight"].levels, training.VALUES))
        self.assertTrue(np.allclose(learner.batch_loss, losses))
        self.assertEqual(learner.steps, STEPS)

    def test_one_weight(self):
        learner, dense, _ = self.record(training.parametrized())
        for weight in (0, 7, 100):
            levels = dense["0.weight"][:, weight]
            steps = np.flatnonzero(np.diff(levels)) + 1
            at, to = learner.tensors["0.weight"].process(weight)
            self.assertEqual(at.tolist(), [0] + steps.tolist())
            self.assertEqual(to.tolist(), [levels[0]] + levels[steps].tolist())

    def test_weights_and_path(self):
        model = training.parametrized()
        start = training.original(model[0]).detach().clone()
        learner, _, _ = self.record(model)
        self.assertTrue(np.array_equal(learner.weights("initial")["0.weight"], start))
        end = training.original(model[0]).detach()
        self.assertTrue(np.array_equal(learner.weights("final")["0.weight"], end))
        self.assertGreaterEqual(learner.tensors["0.weight"].path_length, (end - start).abs().sum().item())

    def test_a_loss_that_was_left_out_leaves_out_all(self):
        model = training.parametrized()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        with Recorder(model, self.path("run"), "ste", on_error="raise") as recorder:
            for step in range(10):
                loss = training.update(model, optimizer, step)
                recorder.after_update(loss if step != 5 else None)
                recorder.flush()
        self.assertIsNone(steq.open(self.path("run")).learners["ste"].batch_loss)

    def test_wide_grid(self):
        model = training.network()
        wide = lambda weight: torch.round((weight.double() + 2) * 25000)
        with Recorder(model, self.path("run"), "ste", levels={"0.weight": wide}, counts={"0.weight": 100001},
                      on_error="raise") as recorder:
            optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
            for step in range(5):
                training.update(model, optimizer, step)
                recorder.after_update()
        tensor = steq.open(self.path("run")).learners["ste"].tensors["0.weight"]
        self.assertEqual(tensor.initial_levels.dtype, np.int32)
        self.assertEqual(tensor.change_points["level"].dtype, np.int32)
        self.assertTrue(np.array_equal(tensor.levels_at(5), wide(model[0].weight.detach()).flatten()))
        self.assertGreater(tensor.levels_at(5).max(), 32767)

    def test_the_short_recorder_writes_the_same(self):
        sys.path.insert(0, os.path.join(support.ROOT, "docs"))
        from record_from_pytorch import ChangePoints
        model = training.network()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        levels, values = dict.fromkeys(NAMES, training.level_of), dict.fromkeys(NAMES, training.VALUES)
        short = ChangePoints({name: lambda w=w: training.level_of(w.detach()) for name, w in model.named_parameters()
                              if name in NAMES}, model=model, values=values)
        recorder = Recorder(model, self.path("run"), "ste", levels=levels, values=values, on_error="raise")
        for step in range(STEPS):
            loss = training.update(model, optimizer, step)
            short.after_update(loss)
            recorder.after_update(loss)
        short.write(self.path("short"), "ste")
        recorder.close()
        ours, theirs = (steq.open(self.path(name)).learners["ste"] for name in ("run", "short"))
        self.assertTrue(np.array_equal(ours.batch_loss, theirs.batch_loss))
        for name in NAMES:
            for what in ("initial_levels", "change_points", "levels"):
                self.assertTrue(np.array_equal(*(getattr(side.tensors[name], what) for side in (ours, theirs))), what)
            self.assertAlmostEqual(ours.tensors[name].path_length, theirs.tensors[name].path_length, 12)
            for snapshot in ("initial", "final"):
                self.assertTrue(np.array_equal(*(side.weights(snapshot)[name] for side in (ours, theirs))))

    def test_a_second_learner_in_the_same_directory(self):
        models = {"a": training.parametrized(0), "b": training.parametrized(1)}
        recorders = {name: Recorder(model, self.path("run"), name, on_error="raise") for name, model in models.items()}
        optimizers = {name: torch.optim.SGD(model.parameters(), lr=0.3) for name, model in models.items()}
        for step in range(20):
            for name, model in models.items():
                training.update(model, optimizers[name], step)
                recorders[name].after_update()
        recorders["a"].close()
        recorders["b"].close()
        Recorder(training.parametrized(2), self.path("run"), "c", on_error="raise").close()
        run = steq.open(self.path("run"))
        self.assertEqual(list(run.learners), ["a", "b", "c"])
        for name in "ab":
            last = training.fixed_levels(models[name])["0.weight"]
            self.assertTrue(np.array_equal(run.learners[name].tensors["0.weight"].levels_at(20), last))


if __name__ == "__main__":
    unittest.main()
