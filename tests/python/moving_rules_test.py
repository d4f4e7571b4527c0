# SPDX-License-Identifier: MIT
"""What the recorder writes of quantize()'s grids that follow the weights or learn."""
import os
import sys
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402
from resume_test import Trained, content  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder, quantize  # noqa: E402

STEPS = 40
NAMES = ["0.weight", "2.weight"]
SPECS = [f"{name}{per}" for name in ("lsq:bits=3", "absmean-ternary", "xnor") for per in ("", ":per=row")]


def quantized(spec):
    model = training.network()
    quantize(model, NAMES, spec.replace("3:per", "3,per"))
    return model


def state(model):
    """{name: (latent weight, level, value)} as the next forward pass has them."""
    found = {}
    for name in NAMES:
        layer = model[int(name[0])]
        weight = training.original(layer).detach().clone()
        found[name] = weight, layer.parametrizations.weight[0].level(weight).flatten().numpy(), layer.weight.detach().numpy()
    return found


class MovingRules(support.InFolder):
    def record(self, spec):
        model = quantized(spec)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        seen = [state(model)]
        with Recorder(model, self.path("run"), "ste", optimizer=optimizer, on_error="raise"):
            for step in range(STEPS):
                training.update(model, optimizer, step)
                seen.append(state(model))
        run = steq.open(self.path("run"))
        self.addCleanup(run.close)
        return model, run.learners["ste"], seen

    def check(self, spec, model, learner, seen):
        for name in NAMES:
            tensor, rule = learner.tensors[name], model[int(name[0])].parametrizations.weight[0].rule
            self.assertTrue(np.array_equal(training.kept(tensor, STEPS), [step[name][1] for step in seen]))
            self.assertGreater(tensor.change_count, 20)
            rows = np.searchsorted(learner.grid_steps, np.arange(STEPS + 1), side="right") - 1
            for row, step in zip(rows, seen):
                worth = self.worth(tensor, row, step[name])
                self.assertTrue(np.allclose(worth, step[name][2], rtol=1e-6), spec)
            levels = np.broadcast_to(tensor.levels, (len(step[name][2]), tensor.levels.shape[-1]))
            at_end = np.take_along_axis(levels, tensor.levels_at(STEPS).reshape(step[name][2].shape), 1)
            self.assertTrue(np.allclose(at_end, seen[-1][name][2], rtol=1e-6))
            self.assertEqual(self.of_grid(tensor), self.expected_of_grid(rule, [step[name] for step in seen]))

    def worth(self, tensor, row, step):
        scale, zero = (tensor.grid_parameters[name][row].reshape(-1, 1) for name in ("scale", "zero_point"))
        least = tensor.group["grid_parameters"].attrs["quant_min"]
        return (least + step[1].reshape(step[2].shape) - zero) * scale

    def of_grid(self, tensor):
        told = tensor.group["change_points/of_grid"][()] == 1
        return {(int(point["step"]), int(point["weight"])) for point in tensor.change_points[told]}

    def expected_of_grid(self, rule, steps):
        """Changes that the new weight on the old grid would not have made."""
        found = set()
        for step, (before, after) in enumerate(zip(steps, steps[1:]), 1):
            alone = rule.level(after[0], self.numbers(before, rule)).flatten().numpy()
            found |= {(step, int(i)) for i in np.flatnonzero((after[1] != before[1]) & (alone == before[1]))}
        return found

    def numbers(self, step, rule):
        """Of a step that learns from values and levels, since the rule has the last one alone."""
        if not hasattr(rule, "step"):
            return rule.numbers(step[0])
        integers = (step[1] + rule.least).reshape(step[2].shape)
        groups = [(step[2], integers)] if rule.step.numel() == 1 else zip(step[2], integers)
        sizes = [float((values[whole != 0] / whole[whole != 0])[0]) for values, whole in groups]
        return {"step": torch.tensor(sizes).reshape(rule.step.shape).double()}

    def test_levels_scales_and_what_the_grid_alone_changed(self):
        for spec in SPECS:
            with self.subTest(spec=spec):
                self.setUp()
                self.check(spec, *self.record(spec))

    def test_resumed(self):
        for spec in "lsq:bits=3", "xnor:per=row":
            with self.subTest(spec=spec):
                self.setUp()
                make = lambda: quantized(spec)
                whole, first = Trained(make, self.path("whole")), Trained(make, self.path("parts"))
                whole.train(0, STEPS)
                whole.recorder.close()
                first.train(0, 17)
                first.save(self.path("checkpoint"))
                first.train(17, 20)
                first.recorder.stop()
                second = Trained(make, self.path("parts"))
                second.load(self.path("checkpoint"))
                second.train(17, STEPS)
                second.recorder.close()
                self.assertEqual(content(self.path("whole", "logs.h5")), content(self.path("parts", "logs.h5")))

    def test_twn_is_recorded_without_its_numbers(self):
        _, learner, seen = self.record("twn")
        for name in NAMES:
            self.assertTrue(np.array_equal(training.kept(learner.tensors[name], STEPS), [step[name][1] for step in seen]))
            self.assertIsNone(learner.tensors[name].levels)


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
