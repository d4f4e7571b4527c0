#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Holds the estimators for PyTorch against q as the program computes it. The program is STEQ in the environment. Exit code 77
where PyTorch or the program is missing."""
import json
import os
import subprocess
import sys
import unittest

import support

support.need("torch", "h5py")
import torch  # noqa: E402
from steq import RunError  # noqa: E402
from steq.torch import Grid, estimator, formula  # noqa: E402
from steq.torch.estimators import described  # noqa: E402

GRIDS = {"uniform:bits=1,range=1": 1, "uniform:bits=2,range=0.5": 3, "uniform:bits=4,range=2": 15, "sign:range=0.7": 1}
SOFT = "soft-staircase:levels=-4/-2/-1/0/1/2/4,thresholds=-3/-1.5/-0.5/0.5/1.5/3,temperature=5"


def asked(*words):
    done = subprocess.run([os.environ["STEQ"], *words, "--json"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(done.stdout) if done.returncode == 0 else None


def even_grid(quantizer):
    """On which steps lie between -range and range."""
    steps, range_ = GRIDS[quantizer], float(quantizer.split("range=")[1])
    levels = [range_ * (2 * i / steps - 1) for i in range(steps + 1)]
    return Grid(levels, [(a + b) / 2 for a, b in zip(levels, levels[1:])])


def weights_on(grid):
    """Beyond the range too, and the thresholds."""
    drawn = torch.rand(60, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    return torch.cat([torch.as_tensor(grid.thresholds, dtype=torch.float64), grid.range() * (2.8 * drawn - 1.4)])


def multiplied(function, w, grid, sign=1.0):
    """What a gradient of 1, or -1, is multiplied by."""
    leaf = w.clone().requires_grad_()
    value = function(leaf, torch.zeros_like(w), grid)
    value.backward(torch.full_like(w, sign))
    return sign * leaf.grad


def specs(entry):
    """With the defaults, and each number that has one at others."""
    yield entry["name"] + (":q=" + entry["expression"] if entry["name"] == "formula" else "")
    for parameter in entry["parameters"]:
        if parameter["kind"] == "number" and parameter["default"]:
            for factor in (0.1, 0.6, 1.2):
                yield f"{entry['name']}:{parameter['name']}={parameter['default'] * factor}"
        if parameter["kind"] == "boolean":
            yield f"{entry['name']}:{parameter['name']}=true"


class EveryEstimator(unittest.TestCase):
    def on_even_grids(self, wanted):
        for entry in asked("describe", "estimators"):
            if entry["grid"].startswith("uniform") and wanted(entry["traits"]):
                for quantizer in GRIDS:
                    for spec in specs(entry):
                        grid = even_grid(quantizer)
                        w = weights_on(grid)
                        told = asked("equiv", "--estimator", spec, "--quantizer", quantizer,
                                     "--map=" + ",".join(map(repr, w.tolist())))
                        if told:  # some numbers are not allowed
                            q = torch.tensor([at["q"] for at in told["q"]], dtype=torch.float64)
                            yield spec, quantizer, grid, w, q

    def check(self, got, expected, what):
        self.assertTrue(torch.allclose(got, expected, rtol=1e-12, atol=1e-290), (what, got - expected))

    def test_q_of_the_weight_is_that_of_the_program(self):
        names = set()
        for spec, quantizer, grid, w, q in self.on_even_grids(lambda t: not t["noisy"] and not t["layer_wide"]):
            function = estimator(spec, quantizer)
            both = (multiplied(function, w, grid) + multiplied(function, w, grid, -1.0)) / 2
            self.check(both, q, (spec, quantizer))
            names.add(spec.split(":")[0])
        self.assertGreaterEqual(len(names), 12)

    def test_one_answer_serves_all_ranges(self):
        """So that quantize() need not ask for every layer."""
        for entry in asked("describe", "estimators"):
            if entry["grid"].startswith("uniform"):
                spec = next(specs(entry))
                usual, *others = (described(spec, f"uniform:bits=2{range_}") for range_ in ("", ",range=0.03", ",range=7"))
                for other in others:
                    self.assertEqual((usual["expression"], usual["gate"]), (other["expression"], other["gate"]))
                    for name, value in usual["symbols"].items():
                        self.assertAlmostEqual(value, other["symbols"][name], delta=1e-12 * abs(value))

    def test_draws_have_that_mean_and_those_bounds(self):
        for spec, quantizer, grid, w, q in self.on_even_grids(lambda t: t["noisy"]):
            torch.manual_seed(3)
            bounds = described(spec, quantizer)["bounds"]
            draws = torch.stack([multiplied(estimator(spec, quantizer), w, grid) for _ in range(400)])
            inside = draws[:, q > 0]
            self.assertTrue(bool(((inside >= bounds["lower"]) & (inside <= bounds["upper"])).all()), spec)
            self.assertTrue(torch.allclose(draws.mean(0), q, atol=0.2 * (bounds["upper"] - bounds["lower"])), spec)

    def test_what_counts_the_whole_tensor_is_twice_its_mean_magnitude(self):
        for spec, quantizer, grid, w, q in self.on_even_grids(lambda t: t["layer_wide"]):
            self.check(multiplied(estimator(spec, quantizer), w, grid), q * 2 * w.abs().mean() / grid.range(), spec)

    def test_signs_of_gradients_count(self):
        grid = even_grid("uniform:bits=2,range=0.5")
        w = torch.tensor([0.05, 0.1], dtype=torch.float64)
        up, down = (multiplied(estimator("ewgs", "uniform:bits=2", delta=0.4), w, grid, sign) for sign in (1.0, -1.0))
        self.check(up, 1 + 0.4 * (w * 3 - 0.5), "up")
        self.check(up + down, torch.full_like(w, 2), "both")


class GridsThatMove(unittest.TestCase):
    def test_exact_is_the_slope_of_the_soft_staircase(self):
        steps, b = torch.tensor([2.0, 1, 1, 1, 1, 2]), [-3, -1.5, -0.5, 0.5, 1.5, 3]
        alpha, beta, temperature = 0.3, 1.7, 5.0
        levels = [alpha * y for y in (-4, -2, -1, 0, 1, 2, 4)]
        grid = Grid(levels, [x / beta for x in b], {"alpha": alpha, "beta": beta, "temperature": temperature})
        w = torch.linspace(-3, 3, 50, dtype=torch.float64, requires_grad=True)
        soft = alpha * sum(s * torch.sigmoid(temperature * (beta * w - x)) for s, x in zip(steps, b))
        (slope,) = torch.autograd.grad(soft.sum(), w)
        got = multiplied(estimator("exact", SOFT), w.detach(), grid)
        self.assertTrue(torch.allclose(got, slope, rtol=1e-12, atol=1e-14))
        wide, clamped = (multiplied(estimator("exact", SOFT, form=f), w.detach(), grid) for f in ("wide", "clamped"))
        self.assertGreater(wide.min().item(), got.min().item())
        self.assertTrue(bool((clamped >= got).all()))

    def test_ttq_scales_by_region_also_where_numbers_are_tensors(self):
        numbers = {"threshold": torch.tensor(0.1), "positive": torch.tensor(0.7), "negative": torch.tensor(0.4)}
        grid = Grid([-numbers["negative"], torch.tensor(0.0), numbers["positive"]], [-0.1, 0.1], numbers)
        got = multiplied(estimator("ttq-scaled", "ttq"), torch.tensor([-0.3, -0.05, 0.05, 0.9]), grid)
        self.assertTrue(torch.equal(got, torch.tensor([0.4, 1, 1, 0.7])))

    def test_channels_have_grids_of_their_own(self):
        w = torch.tensor([[0.1, 0.3], [0.1, 0.3]], dtype=torch.float64)
        ranges = torch.tensor([[1.0], [0.2]], dtype=torch.float64)
        grid = Grid([-ranges, ranges], [0 * ranges])
        got = multiplied(estimator("approx-sign", "sign"), w, grid)
        self.assertTrue(torch.allclose(got, torch.tensor([[1.8, 1.4], [1, 0]], dtype=torch.float64)))


class TheFunction(unittest.TestCase):
    def test_values_pass_and_precision_stays(self):
        grid = even_grid("sign:range=0.7")
        for dtype in (torch.float32, torch.bfloat16):
            w = torch.tensor([0.2, -0.9], dtype=dtype, requires_grad=True)
            value = estimator("power:gate=none", "sign")(w, torch.sign(w.detach()), grid)
            self.assertEqual((value.tolist(), value.dtype), ([1, -1], dtype))
            value.sum().backward()
            self.assertEqual((w.grad.dtype, bool((w.grad > 0).all())), (dtype, True))

    def test_gates(self):
        grid = even_grid("uniform:bits=2,range=0.5")
        w = torch.tensor([-0.7, -0.6, -0.5, -0.4, 0.3, 0.5, 0.6, 0.7], dtype=torch.float64)
        open_ = lambda spec: multiplied(estimator(spec, "uniform:bits=2"), w, grid).tolist()
        self.assertEqual(open_("ste"), [0, 0, 1, 1, 1, 1, 0, 0])
        self.assertEqual(open_("ste:gate=half-bin"), [0, 1, 1, 1, 1, 1, 1, 0])
        self.assertEqual(open_("ste:gate=rounded"), [0, 0, 0, 0, 1, 0, 0, 0])
        self.assertEqual(open_("reste:o=1,t=1.3"), [0, 1, 1, 1, 1, 1, 1, 0])

    def test_formulas_are_read_as_muparser_reads_them(self):
        number = lambda text, **names: formula.parsed(text)({n: formula.number(x) for n, x in names.items()}).item()
        for text, value in {"-2^2": -4, "2^-1": 0.5, "2^3^2": 512, "7-2-1": 4, "8/4/2": 1, "1+2*3": 7, "0?1:0?2:3": 3,
                            "(1<2)-(2>1)-(1!=1)": 0, "1<2&&3<=2||5>=5": 1, "sum(1,2,3)+avg(2,4)": 9, "min(3,1,2)": 1,
                            "sum(j,-n,n,j^2)*n": 20, "1e3+.5": 1000.5, "ln(exp(2))+sign(-3)": 1, "y/sinh(y)": 0}.items():
            self.assertEqual(number(text, n=2.0, y=1974.0), value, text)
        for text in ("1+", "(1", "1 2", "foo(2)", "1$"):
            self.assertRaises((ValueError, IndexError), formula.parsed, text)

    def test_what_the_program_refuses_is_one_error(self):
        self.assertRaisesRegex(RunError, "unknown name \"dsqq\"", estimator, "dsqq", "sign")
        self.assertRaisesRegex(RunError, "differ in width", estimator, "dsq", "ttq")
        self.assertRaisesRegex(RunError, "through-scaling is not allowed in PyTorch", estimator, "through-scaling", "bucketed")
        self.assertRaisesRegex(RunError, "k: 0 is not allowed", estimator, "dsq", "sign", k=0)


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    unittest.main()
