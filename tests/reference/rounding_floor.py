#!/usr/bin/env python3
"""The numbers of docs/exactness.md, "Ties": rounding_floor.py STEQ MNIST_DIRECTORY [STEPS [SEEDS]]

For the quantized first layer on pixels / 255, on normalized images, and for an unquantized one: the shares of exact ties
at the start, and the weight alignment error of q-hat in float against double, other rounding, a start one ulp off and a
learning rate 1 % off. Takes minutes; needs python3-numpy and python3-h5py."""
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile

import h5py
import numpy as np

LAYERS = [{"type": "conv2d", "name": "conv1", "out": 32, "kernel": 3, "padding": 1, "bias": False}, "relu",
          {"type": "avg_pool2d", "kernel": 2},
          {"type": "conv2d", "name": "conv2", "out": 64, "kernel": 3, "padding": 1, "bias": False, "quantize": True},
          "relu", {"type": "avg_pool2d", "kernel": 2}, "flatten", {"type": "dense", "name": "fc1", "out": 256}, "relu",
          {"type": "dense", "name": "fc2", "out": 10}]
KINDS = {"pixels / 255": ("none", True), "normalized": ("dataset", True), "first layer not quantized": ("none", False)}
CONTROLS = {"rounding": {"rounding": True}, "one-ulp": {"ulps": 1}, "jitter": {"learning_rate_scale": 1.01}}


def config(data, kind, precision, steps, seed):
    normalize, quantize = KINDS[kind]
    controls = CONTROLS if precision == "float" else {}
    return {"name": "x", "seed": seed, "precision": precision, "batch_size": 100, "steps": steps,
            "data": {"dataset": "mnist", "path": data, "normalize": normalize},
            "model": {"input": [1, 28, 28], "layers": [dict(LAYERS[0], quantize=quantize)] + LAYERS[1:]},
            "quantizer": {"type": "uniform", "bits": 2},
            "optimizer": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.01},
            "learners": [{"name": "q-hat", "estimator": {"type": "dsq", "k": 6.5}}] +
                        [dict(change, name=name, like="q-hat") for name, change in controls.items()],
            "compare": [["q-hat", name] for name in controls]}


def steq(program, *words):
    called = subprocess.run([program, *words], capture_output=True, text=True)
    if called.returncode > 1:  # 1: diff finds the runs different
        raise SystemExit(called.stderr)
    return called.stdout


def errors(program, data, kind, steps, seed, folder):
    """Weight alignment errors of q-hat against double and against each control."""
    runs = []
    for precision in ("float", "double"):
        runs.append(os.path.join(folder, f"{kind.replace(' ', '-').replace('/', '')}-{seed}-{precision}"))
        with open(runs[-1] + ".json", "w") as file:
            json.dump(config(data, kind, precision, steps, seed), file)
        steq(program, "run", runs[-1] + ".json", "--out", runs[-1], "--quiet")
    pair = json.loads(steq(program, "diff", *runs, "--learners", "q-hat", "--json"))["pairs"][0]
    found = {"double": pair["metrics"]["weight_alignment_error"]["value"]}
    with open(os.path.join(runs[0], "summary.json")) as file:
        for comparison in json.load(file)["comparisons"]:
            found[comparison["b"]] = comparison["metrics"]["weight_alignment_error"]
    return found, runs[0]


def ties(data, run, images=2000):
    """Shares of the first layer's sums that are exactly 0, in whole numbers: (of those that see ink with pixels / 255,
    of all with pixels / 255, of all with normalized images, whose mean no sum of pixels is a multiple of)."""
    path = os.path.join(data, "train-images-idx3-ubyte")
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz")
    with opened as file:
        pixels = np.frombuffer(file.read(), np.uint8, offset=16).reshape(-1, 28, 28)[:images].astype(np.int64)
    with h5py.File(os.path.join(run, "logs.h5")) as logs:
        kernels = 2 * np.array(logs["q-hat/conv1.weight/initial_levels"]).reshape(32, 3, 3).astype(np.int64) - 3
    padded, inside = np.pad(pixels, ((0, 0), (1, 1), (1, 1))), np.pad(np.ones((28, 28), np.int64), 1)
    sums, weights = np.zeros((images, 32, 28, 28), np.int64), np.zeros((32, 28, 28), np.int64)
    ink = np.zeros((images, 28, 28), bool)
    for i in range(3):
        for j in range(3):
            seen, kernel = padded[:, i:i + 28, j:j + 28], kernels[:, i, j, None, None]
            sums += kernel * seen[:, None]
            weights += kernel * inside[i:i + 28, j:j + 28]
            ink |= seen > 0
    zero = sums == 0
    with_ink = zero & ink[:, None]
    return with_ink.sum() / (32 * ink.sum()), with_ink.mean(), (zero & (weights == 0)).mean()


def main():
    program, data = sys.argv[1:3]
    steps, seeds = (int(word) for word in (sys.argv[3:] + ["60", "5"][len(sys.argv) - 3:])[:2])
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            rows, run = [], ""
            for seed in range(1, seeds + 1):
                found, last = errors(program, data, kind, steps, seed, folder)
                rows.append(found)
                run = run or last
            for name in rows[0]:
                values = sorted(row[name] for row in rows)
                print(f"{kind:26} {name:9} {statistics.median(values):.2g} [{values[0]:.2g}, {values[-1]:.2g}]")
            if kind == "pixels / 255":
                print("ties: of sums with ink {:.3%}, of all {:.3%}; normalized: of all {:.2%}".format(*ties(data, run)))


if __name__ == "__main__":
    main()
