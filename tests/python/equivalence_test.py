# SPDX-License-Identifier: MIT
"""steq.torch.equivalent: pairs against each other, and against those that the program trains."""
import os
import sys
import unittest
import warnings

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import program_runs  # noqa: E402
import torch  # noqa: E402

import steq  # noqa: E402
from steq import RunError  # noqa: E402
from steq.torch import EquivalenceError, Grid, Recorder, equivalent, quantize, remove  # noqa: E402

STEPS, RATE = 300, 0.002
DSQ, COSINE = "dsq:k=6.5", "cosine:a=0.9"


def original(model, name):
    return model.get_submodule(name.split(".")[0]).parametrizations.weight.original


def levels(model):
    parts = [model.get_submodule(name.split(".")[0]).parametrizations.weight[0].level(original(model, name)).flatten()
             for name in program_runs.QUANTIZED]
    return torch.cat(parts)


def train(model, optimizer, data, steps=STEPS):
    for step in range(steps):
        images, labels = program_runs.batch(data, step)
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(images), labels).backward()
        optimizer.step()


class WithImages(support.InFolder):
    def setUp(self):
        super().setUp()
        self.data = program_runs.make_images(self.folder)

    def model(self, estimator=DSQ, quantizer="uniform:bits=2"):
        torch.manual_seed(1)
        model = program_runs.Network().double()
        with torch.no_grad():
            for name in program_runs.QUANTIZED:  # over the whole range, as the program draws them
                weight = model.get_parameter(name)
                weight.uniform_(-1, 1).mul_((6 / weight[0].numel()) ** 0.5)
        quantize(model, program_runs.QUANTIZED, quantizer, estimator)
        return model


class Pairs(WithImages):
    def apart(self, make, change=lambda twin, optimizer: None, estimator=DSQ):
        """Share of the weights that end on other levels."""
        model = self.model(estimator)
        optimizer = make(model.parameters())
        start = levels(model)
        twin, twin_optimizer = equivalent(model, optimizer)
        self.assertTrue(torch.equal(levels(twin), start))
        change(twin, twin_optimizer)
        train(model, optimizer, self.data)
        train(twin, twin_optimizer, self.data)
        self.assertGreater((levels(model) != start).double().mean(), 0.03)  # or nothing is tested
        return (levels(model) != levels(twin)).double().mean().item()

    def test_with_sgd_the_rates_and_weights_count(self):
        sgd = lambda parameters: torch.optim.SGD(parameters, lr=RATE, momentum=0.9)
        for estimator in DSQ, COSINE:
            same_rate = lambda twin, optimizer: [group.update(lr=RATE) for group in optimizer.param_groups]
            good, bad = self.apart(sgd, estimator=estimator), self.apart(sgd, same_rate, estimator)
            self.assertLess(good, 0.01)
            self.assertGreater(bad, 4 * good, estimator)

    def test_with_adam_nothing_changes(self):
        adam = lambda parameters: torch.optim.Adam(parameters, lr=0.0005, betas=(0.9, 0.95))
        seen = []
        self.assertLess(self.apart(adam, lambda twin, optimizer: seen.extend(optimizer.param_groups)), 0.02)
        self.assertEqual([group["lr"] for group in seen], [0.0005])
        model = self.model()
        twin, _ = equivalent(model, adam(model.parameters()))
        for name in program_runs.QUANTIZED:
            self.assertTrue(torch.equal(original(model, name), original(twin, name)))

    def test_both_follow_the_program_step_by_step(self):
        learners = [{"name": "q-hat", "estimator": {"type": "dsq", "k": 6.5}},
                    {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"}]
        for kind, make in (({"type": "sgd", "momentum": 0.9, "learning_rate": RATE},
                            lambda p: torch.optim.SGD(p, lr=RATE, momentum=0.9)),
                           ({"type": "adam", "learning_rate": 0.004},
                            lambda p: torch.optim.Adam(p, lr=0.004, betas=(0.9, 0.95), eps=1e-8))):
            with self.subTest(**kind):
                self.compare(program_runs.train(self.folder, {"type": "uniform", "bits": 2}, learners, STEPS, kind), make)

    def compare(self, directory, make):
        run = steq.open(directory)
        model = program_runs.network(run.learners["q-hat"].weights("initial"))
        quantize(model, program_runs.QUANTIZED, "uniform:bits=2", DSQ)
        optimizer = make(model.parameters())
        twin, twin_optimizer = equivalent(model, optimizer)
        for name in program_runs.QUANTIZED:
            self.assertTrue(np.array_equal(original(twin, name).detach(), run.learners["ste"].weights("initial")[name]))
        for learner, pair in {"q-hat": (model, optimizer), "ste": (twin, twin_optimizer)}.items():
            with Recorder(pair[0], self.path("recorded"), learner, optimizer=pair[1], on_error="raise", overwrite=True):
                train(*pair, self.data)
            recorded = steq.open(self.path("recorded"))
            mine = recorded.learners[learner]
            for name in program_runs.QUANTIZED:
                theirs = run.learners[learner].tensors[name]
                self.assertGreater(theirs.change_count, 10)
                self.assertTrue(np.array_equal(mine.tensors[name].change_points, theirs.change_points))
                final = run.learners[learner].weights("final")[name]
                self.assertTrue(np.allclose(original(pair[0], name).detach(), final, rtol=0, atol=1e-10))
            recorded.close()
        run.close()


class Twins(WithImages):
    def pair(self, make=lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9), **options):
        model = self.model(**options)
        return (model, *equivalent(model, make(model.parameters())))

    def test_groups_of_the_optimizer(self):
        model = self.model()
        groups = [{"params": [original(model, "conv.weight"), model.out.bias], "lr": 0.5},
                  {"params": [original(model, "hidden.weight")], "momentum": 0.7}]
        optimizer = torch.optim.SGD(groups, lr=0.1, nesterov=True, momentum=0.8)
        torch.optim.lr_scheduler.StepLR(optimizer, 5)
        twin, twin_optimizer = equivalent(model, optimizer)
        alpha = 0.4543755579145725
        told = [(group["lr"], group["initial_lr"], group["momentum"], len(group["params"]))
                for group in twin_optimizer.param_groups]
        self.assertEqual(told, [(0.5 * alpha, 0.5 * alpha, 0.8, 1), (0.5, 0.5, 0.8, 1), (0.1 * alpha, 0.1 * alpha, 0.7, 1)])
        self.assertIs(twin_optimizer.param_groups[0]["params"][0], original(twin, "conv.weight"))
        self.assertEqual([group["lr"] for group in optimizer.param_groups], [0.5, 0.1])

    def test_neither_needs_the_other(self):
        model, twin, _ = self.pair()
        remove(twin)
        model(self.data[0][:2])
        self.assertEqual(type(twin.conv), torch.nn.Conv2d)
        remove(model)
        self.assertEqual(set(model.state_dict()), set(twin.state_dict()))

    def test_the_gate_is_that_of_the_estimator(self):
        for estimator, expected in ((DSQ, "bits=2, ste)"), ("dsq:gate=none", "ste:gate=none"),
                                    ("cosine:gate=half-bin", "half-bin"), ("reste:o=2", "bits=2, ste)")):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.assertIn(expected, str(self.pair(estimator=estimator)[1].hidden))
        model = self.model()
        twin, _ = equivalent(model, torch.optim.SGD(model.parameters(), lr=1.0), ste="ste:gate=none")
        self.assertIn("ste:gate=none", str(twin))

    def test_estimators_without_an_equivalent_are_refused(self):
        for estimator, place in (("ewgs", "ewgs on uniform:bits=2 has no alpha and M: lipschitz.*gradient's sign"),
                                 ("magnitude-aware", "other weights of the layer"), ("approx-sign", "positivity: q = 0")):
            self.assertRaisesRegex(EquivalenceError, place, self.pair, estimator=estimator)
        self.assertRaisesRegex(RunError, "a grid that moves", self.pair, quantizer="lsq")
        self.assertRaisesRegex(EquivalenceError, "conv.weight has a grid or an estimator of its own", self.pair,
                               quantizer=Grid([-0.1, 0.1], [0]), estimator="ste")

    def test_what_holds_in_part_only_is_a_warning(self):
        decaying = lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.01)
        with self.assertWarnsRegex(UserWarning, "weight-decay: coupled weight decay of 0.01"):
            self.pair(decaying)
        with self.assertWarnsRegex(UserWarning, "lipschitz: q jumps"):
            self.pair(estimator="reste")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            self.pair(lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.01))

    def test_refusals(self):
        model = self.model()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        self.assertRaisesRegex(EquivalenceError, "no weights quantized", equivalent, program_runs.Network(), optimizer)
        self.assertRaisesRegex(EquivalenceError, "Adagrad is not allowed; allowed: SGD, Adam, AdamW, RMSprop", equivalent,
                               model, torch.optim.Adagrad(model.parameters()))
        self.assertRaisesRegex(EquivalenceError, "all quantized weights", equivalent, model,
                               torch.optim.SGD(model.out.parameters(), lr=0.1))
        extra = torch.optim.SGD([*model.parameters(), torch.zeros(1, requires_grad=True)], lr=0.1)
        self.assertRaisesRegex(EquivalenceError, "does not have", equivalent, model, extra)
        momentum = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
        train(model, momentum, self.data, 1)
        self.assertRaisesRegex(EquivalenceError, "has made updates", equivalent, model, momentum)


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
