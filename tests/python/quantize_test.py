# SPDX-License-Identifier: MIT
"""steq.torch.quantize against runs of the program, and as users of PyTorch handle models."""
import copy
import os
import sys
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import program_runs  # noqa: E402
import torch  # noqa: E402

import steq  # noqa: E402
from steq import RunError  # noqa: E402
from steq.torch import Grid, QuantizeError, Recorder, estimator, quantize, remove  # noqa: E402

STANDING = ["uniform:bits=1", "uniform:bits=2", "uniform:bits=4,range=0.3", "uniform:bits=8", "sign", "sign:range=0.2",
            "integer", "integer:bits=4,step=0.05", "fixed-point:fraction_bits=3", "fixed-point:integer_bits=1,fraction_bits=7"]
MOVING = [f"{name}{per}" for name in ("lsq", "absmean-ternary", "xnor", "twn") for per in ("", ":per=row")]


def as_config(spec):
    name, _, rest = spec.partition(":")
    pairs = (part.split("=") for part in rest.split(",") if part)
    return {"type": name, **{key: float(value) if value[0].isdigit() else value for key, value in pairs}}


def original(layer):
    return layer.parametrizations.weight.original


def step_of(tensor):
    """At the end, of a grid of 2 bits: its level 3 is worth one step."""
    return tensor.levels[..., 3]


class AgainstTheProgram(support.InFolder):
    def trained(self, spec, precision):
        program_runs.make_images(self.folder)
        run = program_runs.train(self.folder, as_config(spec), [{"name": "ste"}], 3, {"type": "sgd", "learning_rate": 0.2},
                                 precision)
        return steq.open(run).learners["ste"]

    def check(self, spec, precision, exact):
        learner = self.trained(spec, precision)
        model = program_runs.network(learner.weights("final"))
        self.assertEqual(quantize(model, "*.weight", spec)[:2], program_runs.QUANTIZED)
        for name in program_runs.QUANTIZED:
            layer, tensor = getattr(model, name.split(".")[0]), learner.tensors[name]
            quantizer = layer.parametrizations.weight[0]
            if exact:
                self.assertEqual(quantizer.levels, tensor.levels.tolist())
            else:
                self.set_steps(quantizer, tensor)
            level, value = quantizer.level(original(layer)).flatten(), layer.weight.detach().numpy()
            self.assertTrue(np.array_equal(level, tensor.levels_at(3)), (spec, precision, name))
            stored = learner.weights("quantized")[name]
            self.assertEqual(value.dtype, stored.dtype)
            close = 1e-6 if precision == "float" else 1e-13
            same = np.array_equal(value, stored) if exact else np.allclose(value, stored, rtol=close)
            self.assertTrue(same, (spec, precision, name))
        learner.run.close()

    def set_steps(self, quantizer, tensor):
        """Of lsq, whose step has learned in the program."""
        if hasattr(quantizer.rule, "step"):
            stored = torch.from_numpy(step_of(tensor).reshape(quantizer.rule.step.shape))
            with torch.no_grad():
                quantizer.rule.step.copy_(stored)

    def test_grids_that_stand_agree_to_the_last_bit(self):
        for spec in STANDING:
            for precision in ("float", "double"):
                with self.subTest(spec=spec, precision=precision):
                    self.check(spec, precision, exact=True)

    def test_grids_that_move_agree(self):
        for spec in MOVING:
            for precision in ("float", "double"):
                with self.subTest(spec=spec, precision=precision):
                    self.check(spec, precision, exact=False)

    def test_a_learned_step_learns_as_the_program_s(self):
        data, rate = program_runs.make_images(self.folder), 0.05
        run = program_runs.train(self.folder, {"type": "lsq"}, [{"name": "ste"}], 12,
                                 {"type": "sgd", "learning_rate": rate})
        learner = steq.open(run).learners["ste"]
        model = program_runs.network(learner.weights("initial"))
        quantize(model, program_runs.QUANTIZED, "lsq")
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        for step in range(12):
            images, labels = program_runs.batch(data, step)
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(images), labels).backward()
            optimizer.step()
        final = learner.weights("final")
        for name in program_runs.QUANTIZED:
            layer = getattr(model, name.split(".")[0])
            step = layer.parametrizations.weight[0].rule.step.item()
            self.assertAlmostEqual(step, step_of(learner.tensors[name]).item(), 12)
            self.assertTrue(np.allclose(original(layer).detach(), final[name], rtol=0, atol=1e-12))


class Models(support.InFolder):
    def model(self):
        torch.manual_seed(3)
        return torch.nn.Sequential(torch.nn.Conv2d(2, 4, 3, bias=False), torch.nn.BatchNorm2d(4), torch.nn.Flatten(),
                                   torch.nn.Linear(16, 3))

    def test_names_and_patterns(self):
        self.assertEqual(quantize(self.model(), "*.weight", "sign"), ["0.weight", "3.weight"])  # no batch norm
        self.assertEqual(quantize(self.model(), ["3.weight"], "sign"), ["3.weight"])
        model = self.model()
        quantize(model, "0.*", "sign", "dsq:k=2")
        self.assertEqual(quantize(model, "*", "uniform:bits=4"), ["3.weight"])  # the other one is on its grid already
        self.assertIn("sign, dsq:k=2", str(model))
        self.assertRaisesRegex(QuantizeError, "conv fits no weight.* 0.weight, 3.weight", quantize, self.model(), "conv",
                               "sign")
        for wanted, place in (("4.weight", "fits no weight.* here none"), ("0.weight", "parametrized already"),
                              ("1.weight", r"the shape \[4\]"), ("*.bias", "fits no weight"), ("*", "fits no weight")):
            self.assertRaisesRegex(QuantizeError, place, quantize, model, wanted, "sign")

    def test_modules_that_keep_their_weights_elsewhere(self):
        self.assertRaisesRegex(QuantizeError, "weight_ih_l0 belongs to LSTM", quantize, torch.nn.LSTM(3, 4), "weight_ih*", "sign")
        tied = torch.nn.ModuleDict({"a": torch.nn.Embedding(9, 8), "b": torch.nn.Linear(8, 9, bias=False)})
        tied["b"].weight = tied["a"].weight
        quantize(tied, "*", "sign")
        self.assertIs(original(tied["a"]), original(tied["b"]))
        attention, x = torch.nn.MultiheadAttention(8, 2), torch.randn(3, 1, 8)
        plain = attention(x, x, x)[0]
        self.assertEqual(quantize(attention, "*weight", "uniform:bits=2"), ["in_proj_weight", "out_proj.weight"])
        self.assertFalse(torch.equal(plain, attention(x, x, x)[0]))

    def test_what_the_program_refuses_leaves_the_model_alone(self):
        for quantizer, estimator, place in (
                ("uniform:bits=9", "ste", "bits: 9 is not allowed"), ("sign", "dsqq", "unknown name \"dsqq\""),
                ("twn", "dsq", "differ in width"), ("uniformm", "ste", "did you mean"),
                ("kmeans", "ste", "kmeans is not allowed in PyTorch; allowed: uniform, sign"),
                ("fixed-point:rounding=stochastic", "ste", "allowed: nearest"),
                (Grid([0, 1], [0.2, 0.3]), "ste", "2 numbers are not allowed"),
                (Grid([1, 0], [0.5]), "ste", "numbers that rise")):
            model = self.model()
            self.assertRaisesRegex(RunError, place, quantize, model, "*", quantizer, estimator)
            self.assertEqual(set(model.state_dict()), set(self.model().state_dict()))

    def test_own_levels(self):
        model = self.model()
        quantize(model, "3.weight", Grid([-0.2, 0, 0.05], [-0.1, 0.02]))
        weight = original(model[3]).detach()
        expected = torch.where(weight > 0.02, 0.05, torch.where(weight > -0.1, 0.0, -0.2))
        self.assertTrue(torch.equal(model[3].weight, expected))
        self.assertEqual(model[3].parametrizations.weight[0].levels, [-0.2, 0, 0.05])
        even = Grid([-0.3, -0.1, 0.1, 0.3], [-0.2, 0, 0.2])
        quantize(model, "0.weight", even, estimator("dsq", "uniform:bits=2"))
        model[0].weight.sum().backward()
        weight, other = original(model[0]), model[0].weight.detach().clone().requires_grad_()
        with torch.no_grad():
            other.copy_(weight)
        estimator("dsq", "uniform:bits=2,range=0.3")(other, other.detach(), even).sum().backward()
        self.assertTrue(torch.allclose(weight.grad, other.grad))

    def test_state_and_copies(self):
        model = self.model()
        quantize(model, "*", "lsq:bits=3", "dsq")
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.mul_(1.5)
        torch.save(model.state_dict(), self.path("state"))
        again = self.model()
        quantize(again, "*", "lsq:bits=3", "dsq")
        again.load_state_dict(torch.load(self.path("state")))
        twin = copy.deepcopy(model).double()
        for other in (again, twin.float()):
            self.assertTrue(torch.equal(model[0].weight, other[0].weight))
        twin(torch.randn(2, 2, 4, 4)).sum().backward()
        self.assertIsNone(original(model[0]).grad)
        self.assertTrue(bool(original(twin[0]).grad.abs().sum() > 0))

    def test_removal(self):
        for quantized in (False, True):
            model = self.model()
            latent = model[0].weight.detach().clone()
            quantize(model, "*", "uniform:bits=2")
            on_grid = model[0].weight.detach().clone()
            remove(model, quantized)
            self.assertEqual(type(model[0]), torch.nn.Conv2d)
            self.assertTrue(torch.equal(model[0].weight, on_grid if quantized else latent))
            self.assertEqual(set(model.state_dict()), set(self.model().state_dict()))

    def test_half_precision(self):
        """Levels as in single precision; gradients arrive."""
        single, half = self.model(), self.model().bfloat16()
        single.load_state_dict(half.state_dict())
        for model in (single, half):
            quantize(model, "*", "uniform:bits=8,range=1", "dsq")
        levels = [model[3].parametrizations.weight[0].level(original(model[3])) for model in (single, half)]
        self.assertTrue(torch.equal(*levels))
        self.assertEqual(half[3].weight.dtype, torch.bfloat16)
        with torch.autocast("cpu", torch.bfloat16):
            output = single(torch.randn(2, 2, 4, 4))
        self.assertEqual(output.dtype, torch.bfloat16)
        output.float().sum().backward()
        self.assertEqual(original(single[0]).grad.dtype, torch.float32)
        self.assertTrue(bool(original(single[0]).grad.abs().sum() > 0))

    def test_the_recorder_finds_it(self):
        model = self.model()
        quantize(model, "*", "uniform:bits=2", "dsq")
        quantizer = model[3].parametrizations.weight[0]
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        with Recorder(model, self.path("run"), "dsq", optimizer=optimizer, on_error="raise"):
            for _ in range(5):
                optimizer.zero_grad()
                model(torch.randn(6, 2, 4, 4)).square().sum().backward()
                optimizer.step()
        tensor = steq.open(self.path("run")).learners["dsq"].tensors["3.weight"]
        self.assertEqual(tensor.levels.tolist(), quantizer.levels)
        self.assertTrue(np.array_equal(tensor.levels_at(5), quantizer.level(original(model[3])).flatten()))
        self.assertGreater(tensor.change_count, 0)


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
