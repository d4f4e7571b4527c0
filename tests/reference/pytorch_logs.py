#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains a small network in PyTorch with two gradient estimators, recorded by docs/record_from_pytorch.py, and holds what
`steq diff` says of the two logs against levels that were kept step by step.
Usage: pytorch_logs.py STEQ DOCS. Exit code 77 where PyTorch or h5py is missing."""
import json
import math
import os
import subprocess
import sys
import tempfile
import warnings

try:
    import h5py
    import numpy as np
    import torch
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

STEQ, DOCS = sys.argv[1:]
sys.path.insert(0, DOCS)
sys.dont_write_bytecode = True
from record_from_pytorch import ChangePoints  # noqa: E402

RANGE, INTERVALS, STEPS, TEST = 0.7, 3, 80, 40
DELTA = 2 * RANGE / INTERVALS
VALUES = [i * DELTA - RANGE for i in range(INTERVALS + 1)]
NAMES = ["hidden.weight", "out.weight"]  # also their alphabetical order, in which steq reads them


def levels_of(weight):
    return torch.round((weight.detach().clamp(-RANGE, RANGE) + RANGE) / DELTA)


class Quantize(torch.autograd.Function):
    """Forward the value of the nearest level; backward the STE, or the slope of a tanh in every bin."""

    @staticmethod
    def forward(context, weight, estimator):
        context.save_for_backward(weight)
        context.estimator = estimator
        return levels_of(weight) * DELTA - RANGE

    @staticmethod
    def backward(context, gradient):
        weight, = context.saved_tensors
        if context.estimator == "ste":
            return gradient, None
        u = (weight + RANGE) / DELTA % 1 - 0.5
        slope = 2.0 / torch.cosh(4 * u) ** 2 / math.tanh(2.0)
        return gradient * slope, None


class Training:
    """What a run did, kept in full: levels[name][step, weight]."""

    def __init__(self, estimator, directory, learner):
        generator = torch.Generator().manual_seed(5)
        draw = lambda *shape: torch.randn(*shape, generator=generator, dtype=torch.float64)
        self.weights = {name: torch.nn.Parameter(draw(*shape) * 0.4) for name, shape in zip(NAMES, [(12, 6), (3, 12)])}
        self.shapes = {name: list(weight.shape) for name, weight in self.weights.items()}
        inputs, self.labels = draw(STEPS * 8 + TEST, 6), None
        labels = (inputs[:, 0] + inputs[:, 1] ** 2 > 0.5).long() + (inputs[:, 2] > 0.8).long()
        self.estimator = estimator
        self.initial = {name: self.latent(name) for name in NAMES}
        self.path = dict.fromkeys(NAMES, 0.0)
        self.levels = {name: [self.level(name)] for name in NAMES}
        self.train(inputs, labels, directory, learner)
        with torch.no_grad():
            self.logits = self.network(inputs[-TEST:]).numpy()
        self.labels = labels[-TEST:].numpy()

    def latent(self, name):
        return self.weights[name].detach().numpy().ravel().copy()

    def level(self, name):
        return levels_of(self.weights[name]).numpy().ravel().astype(int)

    def network(self, inputs):
        hidden, out = (Quantize.apply(self.weights[name], self.estimator) for name in NAMES)
        return torch.relu(inputs @ hidden.T) @ out.T

    def train(self, inputs, labels, directory, learner):
        optimizer = torch.optim.SGD(self.weights.values(), lr=0.02, momentum=0.9)
        recorder = ChangePoints({name: lambda weight=weight: levels_of(weight) for name, weight in self.weights.items()})
        model = Named(self.weights)
        whole = ChangePoints({name: lambda weight=weight: levels_of(weight) for name, weight in self.weights.items()},
                             model=model, values={name: VALUES for name in NAMES})
        self.losses = []
        for step in range(STEPS):
            batch = slice(8 * step, 8 * step + 8)
            before = {name: self.latent(name) for name in NAMES}
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(self.network(inputs[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            recorder.after_update()
            whole.after_update(loss)
            self.losses.append(loss.item())
            for name in NAMES:
                self.levels[name].append(self.level(name))
                self.path[name] += np.abs(self.latent(name) - before[name]).sum()
            if step == STEPS // 2:
                whole.write(directory + "-whole", learner)  # replaced at the end
        recorder.write(directory, learner)
        whole.write(directory + "-whole", learner)

    def write_answers(self, directory, learner):
        with h5py.File(f"{directory}/logs.h5", "a") as file:
            file[f"{learner}/test_logits"] = self.logits
            file["test_labels"] = self.labels  # 64 bits each, which is allowed


class Named(torch.nn.Module):
    """A model whose parameters have dots in their names, as those of layers have."""

    def __init__(self, weights):
        super().__init__()
        for name, weight in weights.items():
            layer = torch.nn.Module()
            layer.weight = weight
            self.add_module(name.split(".")[0], layer)


def sequence(levels):
    """The levels of one weight without repetitions, and the steps at which they begin."""
    steps = [0] + [t for t in range(1, len(levels)) if levels[t] != levels[t - 1]]
    return [levels[t] for t in steps], steps


def expected_levels(a, b):
    dense_a, dense_b = ({name: np.array(run.levels[name]) for name in NAMES} for run in (a, b))
    apart = sum((dense_a[name] != dense_b[name]).sum(axis=1) for name in NAMES)
    pairs = [(sequence(dense_a[name][:, i]), sequence(dense_b[name][:, i])) for name in NAMES for i in range(dense_a[name].shape[1])]
    agreeing = [(x[1], y[1]) for x, y in pairs if x[0] == y[0]]
    changed = [x for x in pairs if len(x[0][0]) > 1 or len(x[1][0]) > 1]
    first = int(np.flatnonzero(apart)[0])
    tensor = next(name for name in NAMES if (dense_a[name][first] != dense_b[name][first]).any())
    weight = int(np.flatnonzero(dense_a[tensor][first] != dense_b[tensor][first])[0])
    return {
        "metrics": {
            "change_point_sequence_agreement": len(agreeing) / len(pairs),
            "changed_weight_share": len(changed) / len(pairs),
            "quantized_weight_agreement": 1 - apart[-1] / len(pairs),
            "average_change_point_error": sum(abs(s - t) for x, y in agreeing for s, t in zip(x, y)) / sum(len(x) - 1 for x, _ in agreeing)},
        "first": {"step": first, "tensor": tensor, "weight": weight, "level_a": int(dense_a[tensor][first, weight]), "level_b": int(dense_b[tensor][first, weight])},
        "apart": apart,
        "changes": [sum(int((np.diff(dense[name], axis=0) != 0).sum()) for name in NAMES) for dense in (dense_a, dense_b)]}


def diff(*arguments, code):
    outcome = subprocess.run([STEQ, "diff", *arguments], capture_output=True, text=True)
    assert outcome.returncode == code, (arguments, outcome)
    return outcome.stdout


def close(x, y):
    return x is not None and math.isclose(x, y, rel_tol=1e-12, abs_tol=1e-12)


def check_levels(report, expected):
    pair = report["pairs"][0]
    for name, value in expected["metrics"].items():
        assert close(pair["metrics"][name]["value"], value), (name, pair["metrics"][name], value)
    for key, value in expected["first"].items():
        assert pair["first_divergence"][key] == report["first_divergence"][key] == value, (key, value)
    everything, apart = pair["first_divergence"]["all_weights"], expected["apart"]
    assert everything["apart_at_end"] == apart[-1] and everything["most_apart"] == max(apart)
    assert everything["most_apart_step"] == int(np.argmax(apart))
    assert [pair["end"]["change_points"][side] for side in "ab"] == expected["changes"]


def check_the_rest(report, a, b):
    metrics = report["pairs"][0]["metrics"]
    distance = sum(np.abs(a.latent(name) - b.latent(name)).sum() for name in NAMES)
    count = sum(a.latent(name).size for name in NAMES)
    displacement = sum(np.abs(b.latent(name) - b.initial[name]).sum() for name in NAMES)
    answers = a.logits.argmax(axis=1), b.logits.argmax(axis=1)
    for name, value in [("weight_alignment_error", distance / sum(b.path.values())),
                        ("alignment_error_per_bin", distance / (count * DELTA)),
                        ("alignment_error_per_displacement", distance / displacement),
                        ("inference_agreement", (answers[0] == answers[1]).mean()),
                        ("mean_squared_logit_difference", ((a.logits - b.logits) ** 2).mean())]:
        assert close(metrics[name]["value"], value), (name, metrics[name], value)


def check_losses(directory, learner, run):
    with h5py.File(f"{directory}/logs.h5", "r") as file:
        assert np.allclose(file[f"{learner}/batch_loss"][()], run.losses, rtol=1e-12)
        assert file[f"{learner}/steps"][()] == STEPS


def raised(error, work):
    try:
        work()
    except error as caught:
        return str(caught)
    raise AssertionError(f"no {error.__name__}")


def check_refusals(folder):
    levels = lambda weight: torch.round((weight.detach().clamp(-RANGE, RANGE) + RANGE) / DELTA)
    layer = torch.nn.Linear(2, 2, bias=False)
    alone = ChangePoints({"weight": lambda w=layer.weight: levels(w)})
    whole = ChangePoints({"weight": lambda w=layer.weight: levels(w)}, model=layer)
    with torch.no_grad():
        layer.weight[0, 0] = math.nan
    assert "weight: after update 1 a level is NaN" in raised(ValueError, alone.after_update)
    assert "weight: after update 1 a weight is NaN" in raised(ValueError, whole.after_update)
    layer.weight = torch.nn.Parameter(torch.full((2, 2), 0.6))
    assert "weight was replaced" in raised(RuntimeError, whole.after_update)
    assert "no parameter of the model" in raised(RuntimeError, lambda: ChangePoints({"w": lambda: 0}, model=layer))
    still = ChangePoints({"weight": lambda w=layer.weight: levels(w)})
    still.after_update()
    for _ in range(2):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            still.write(os.path.join(folder, "still"), "ste")
        assert "no level of weight changed in 1 updates" in str(told[0].message)
    ChangePoints({"weight": lambda w=layer.weight: levels(w)}).write(os.path.join(folder, "still"), "other")
    with h5py.File(os.path.join(folder, "still", "logs.h5"), "r") as file:
        assert sorted(file) == ["other", "ste"]
    assert os.listdir(os.path.join(folder, "still")) == ["logs.h5"]


def main():
    with tempfile.TemporaryDirectory() as folder:
        ste, tanh, again = (os.path.join(folder, name) for name in ("ste", "tanh", "again"))
        a, b = Training("ste", ste, "ste"), Training("tanh", tanh, "tanh")
        Training("ste", again, "ste")
        expected = expected_levels(a, b)
        assert 0 < expected["apart"][-1] < 60 and min(expected["changes"]) > 20, expected  # or else nothing is tested

        report = json.loads(diff(ste, tanh, "--json", code=1))
        check_levels(report, expected)
        for metric in ("weight_alignment_error", "alignment_error_per_bin", "inference_agreement", "mask_mismatch_share"):
            assert report["pairs"][0]["metrics"][metric]["value"] is None, metric
        assert report["pairs"][0]["metrics"]["quantized_weight_agreement"]["verdict"] == "no control"
        assert "Identical" in diff(ste, again, code=0)
        assert "They diverge at step" in diff(ste, tanh, code=1)
        assert report["a"]["steps"] == STEPS

        a.write_answers(ste + "-whole", "ste")
        b.write_answers(tanh + "-whole", "tanh")
        report = json.loads(diff(ste + "-whole", tanh + "-whole", "--json", code=1))
        check_levels(report, expected)
        check_the_rest(report, a, b)
        check_losses(ste + "-whole", "ste", a)
        check_refusals(folder)
    print(f"steq diff agrees with PyTorch: {expected['apart'][-1]} weights apart at the end, first at {expected['first']}")


main()
