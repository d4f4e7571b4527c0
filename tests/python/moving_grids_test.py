# SPDX-License-Identifier: MIT
"""Grids that observers move inside the forward pass: the level that counts is the one which that pass used."""
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402
from witness import Witness  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder  # noqa: E402

STEPS = 50


class MovingGrids(support.InFolder):
    def record(self, model, prepare=None, tests=False, **options):
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        witnesses = {f"{i}.weight": Witness(self.quantizer(model[i]), training.original(model[i])) for i in (0, 2)}
        with Recorder(model, self.path("run"), "ste", on_error="raise", **options) as recorder:
            for step in range(STEPS):
                if tests:
                    with torch.no_grad():
                        training.loss_of(model, 500 + step)  # moves the observer, too
                training.update(model, optimizer, step)
                recorder.after_update()
                for witness in witnesses.values():
                    witness.waits = True
        return steq.open(self.path("run")).learners["ste"], witnesses

    def quantizer(self, layer):
        return getattr(layer, "weight_fake_quant", None) or layer.parametrizations.weight[0]

    def check(self, learner, witnesses):
        for name, witness in witnesses.items():
            tensor = learner.tensors[name]
            self.assertTrue(np.array_equal(training.kept(tensor, STEPS), witness.end()), name)
            points = tensor.change_points
            told = tensor.group["change_points/of_grid"][()] == 1
            self.assertEqual({(int(p["step"]), int(p["weight"])) for p in points[told]}, witness.of_grid())
            self.assertGreater(told.sum(), 5)
            self.assertGreater((~told).sum(), 100)
            self.check_rows(learner, tensor, witness)

    def check_rows(self, learner, tensor, witness):
        rows = np.searchsorted(learner.grid_steps, np.arange(STEPS + 1), side="right") - 1
        for which, name in enumerate(("scale", "zero_point")):
            stored = tensor.grid_parameters[name].reshape(len(learner.grid_steps), -1)[rows]
            self.assertTrue(np.array_equal(stored, [grid[which].numpy() for grid in witness.grids]))
        scale, zero = (np.atleast_1d(grid.numpy().astype(float)) for grid in witness.grids[-1])
        integers = np.arange(witness.module.quant_min, witness.module.quant_max + 1)
        worth = (integers - zero[:, None]) * scale[:, None]
        self.assertTrue(np.allclose(tensor.levels, worth if len(worth) > 1 else worth[0], rtol=1e-15))

    def test_per_tensor_and_per_channel(self):
        self.check(*self.record(training.moving()))

    def test_passes_without_gradients_do_not_count(self):
        self.check(*self.record(training.moving(), tests=True))

    def test_modules_of_torch_ao(self):
        model = training.network()
        config = torch.ao.quantization.QConfig(activation=torch.nn.Identity, weight=training.per_channel)
        for i in (0, 2):
            model[i].qconfig = config
            model[i] = torch.nn.qat.Linear.from_float(model[i])
        self.check(*self.record(model))

    def test_a_scale_that_is_trained(self):
        from torch.ao.quantization._learnable_fake_quantize import _LearnableFakeQuantize
        learned = lambda: _LearnableFakeQuantize(torch.ao.quantization.MovingAverageMinMaxObserver, 0, 15, scale=0.05,
                                                 zero_point=7.0).enable_param_learning()
        model = training.parametrized(0, (learned, training.per_tensor))
        optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
        used = []
        quantizer = model[0].parametrizations.weight[0]
        quantizer.register_forward_hook(lambda module, inputs, output: used.append(
            (torch.round(output / module.scale) + module.zero_point.round().clamp(0, 15)).detach().flatten()))
        with Recorder(model, self.path("run"), "ste", optimizer=optimizer, on_error="raise"):
            for step in range(STEPS):
                training.update(model, optimizer, step)
        tensor = steq.open(self.path("run")).learners["ste"].tensors["0.weight"]
        self.assertTrue(np.array_equal(training.kept(tensor, STEPS - 1), torch.stack(used)))
        scales = tensor.grid_parameters["scale"]
        self.assertGreater(len(np.unique(scales)), STEPS // 2)

    def test_a_grid_that_stands_still_has_one_row(self):
        model = training.moving()
        training.loss_of(model, 0)
        model.apply(torch.ao.quantization.disable_observer)
        optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
        with Recorder(model, self.path("run"), "ste", optimizer=optimizer, on_error="raise"):
            for step in range(10):
                training.update(model, optimizer, step)
        learner = steq.open(self.path("run")).learners["ste"]
        self.assertEqual(learner.grid_steps.tolist(), [0])
        self.assertEqual(learner.tensors["0.weight"].group["change_points/of_grid"][()].sum(), 0)


if __name__ == "__main__":
    unittest.main()
