#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Trains the cohort of a small residual network in double precision with steq and again with PyTorch, and holds against
each other: every batch loss, every latent weight after every step, every change point, the norms' running statistics and
the test loss, with PyTorch's own schedules, Nesterov's momentum and normalized images among them. Usage: pytorch_reference.py STEQ. Exit code 77 where PyTorch or h5py is missing."""
import json
import math
import os
import struct
import subprocess
import sys
import tempfile

try:
    import h5py
    import numpy as np
    import torch
    import torch.nn.functional as F
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

torch.set_default_dtype(torch.float64)
HEIGHT, WIDTH, CLASSES, BATCH, STEPS, TRAIN, TEST = 13, 11, 4, 10, 40, 53, 17
K, INTERVALS = 6.5, 3  # dsq's steepness; 2 bits
E = K / INTERVALS
ALPHA = 2 * E * E / math.tanh(E) / (E + math.sinh(E) * math.cosh(E))
# No maximum pooling: with so few levels, pixels tie exactly, and rounding decides between them.
LAYERS = [
    {"type": "conv2d", "name": "c1", "out": 5, "kernel": 4, "padding": "same", "stride": 2, "bias": False, "quantize": True},
    {"type": "batch_norm2d", "name": "n1"}, {"type": "relu"}, {"type": "avg_pool2d", "kernel": 2, "stride": 1},
    {"type": "residual",
     "branch": [{"type": "conv2d", "name": "r1", "out": 6, "kernel": 3, "padding": 1, "bias": False, "quantize": True},
                {"type": "batch_norm2d", "name": "n2"}, {"type": "relu"},
                {"type": "conv2d", "name": "r2", "out": 6, "kernel": 3, "padding": 1, "quantize": True}],
     "shortcut": [{"type": "conv2d", "name": "s1", "out": 6, "kernel": 1, "padding": "valid", "bias": False, "quantize": True}]},
    {"type": "relu"}, {"type": "avg_pool2d", "kernel": 2}, {"type": "flatten"},
    {"type": "dense", "name": "f1", "out": 9, "quantize": True}, {"type": "relu"}, {"type": "dense", "name": "f2", "out": CLASSES}]
QUANTIZED = ["c1.weight", "r1.weight", "r2.weight", "s1.weight", "f1.weight"]
OPTIMIZERS = {"sgd": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.05},
              "adam": {"type": "adam", "learning_rate": 0.01},
              "rmsprop": {"type": "rmsprop", "beta2": 0.9, "learning_rate": 0.003},
              "clipped-sgd": {"type": "sgd", "momentum": 0.9, "learning_rate": 0.05, "clip_norm": 0.5, "weight_decay": 0.01},
              "nesterov": {"type": "sgd", "momentum": 0.9, "nesterov": True, "learning_rate": 0.02, "weight_decay": 0.01,
                           "schedule": {"type": "steps", "at": [0.5, 0.75], "factor": 0.2}},
              "restarts": {"type": "adam", "learning_rate": 0.01,
                           "schedule": {"type": "cosine-restarts", "period": 0.2, "growth": 2, "floor": 0.1}},
              "linear": {"type": "rmsprop", "beta2": 0.9, "learning_rate": 0.003,
                         "schedule": {"type": "linear", "warmup": 0, "floor": 0.05}}}
NORMALIZED = ["nesterov"]  # the others see pixels / 255


def write_idx(path, array):
    with open(path, "wb") as file:
        file.write(struct.pack(">I", 0x800 | array.ndim) + struct.pack(f">{array.ndim}I", *array.shape))
        file.write(array.astype(np.uint8).tobytes())


def read_safetensors(path):
    data = open(path, "rb").read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    return {name: torch.tensor(np.frombuffer(data[start + t["data_offsets"][0]:start + t["data_offsets"][1]]).reshape(t["shape"]))
            for name, t in header.items() if name != "__metadata__"}


def make_data(folder):
    random = np.random.RandomState(0)
    data = {}
    for split, count in (("train", TRAIN), ("t10k", TEST)):
        images, labels = random.randint(0, 256, (count, HEIGHT, WIDTH)), random.randint(0, CLASSES, count)
        labels[0] = CLASSES - 1
        write_idx(f"{folder}/{split}-images-idx3-ubyte", images)
        write_idx(f"{folder}/{split}-labels-idx1-ubyte", labels)
        data[split] = torch.tensor(images / 255.0).unsqueeze(1), torch.tensor(labels)
    return data


def grid(w):
    reach = math.sqrt(6 / math.prod(w.shape[1:]))
    return reach, 2 * reach / INTERVALS


def levels(w):
    reach, delta = grid(w)
    return torch.round((w.clamp(-reach, reach) + reach) / delta)


def from_threshold(w):
    reach, delta = grid(w)
    threshold = -reach + (torch.floor((w + reach) / delta) + 0.5) * delta
    return threshold, (w - threshold) * K / reach


def multiplier(w, estimator):
    mask = (w.abs() <= grid(w)[0]).double()
    return mask * E / math.tanh(E) / torch.cosh(from_threshold(w)[1]) ** 2 if estimator == "dsq" else mask


def mapped(w):
    threshold, x = from_threshold(w)
    return threshold + grid(w)[1] / 2 * (x + torch.sinh(x) * torch.cosh(x)) / (E + math.sinh(E) * math.cosh(E))


def forward(p, stats, x, train):
    def norm(y, name):
        return F.batch_norm(y, stats[name + ".running_mean"], stats[name + ".running_var"], p[name + ".weight"],
                            p[name + ".bias"], train, 0.1, 1e-5)

    def same(y, kernel, stride):
        pads = []
        for size in (y.shape[3], y.shape[2]):
            total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            pads += [total // 2, total - total // 2]
        return F.pad(y, pads)

    x = F.avg_pool2d(F.relu(norm(F.conv2d(same(x, 4, 2), p["c1.weight"], None, 2), "n1")), 2, 1)
    branch = F.conv2d(F.relu(norm(F.conv2d(x, p["r1.weight"], None, 1, 1), "n2")), p["r2.weight"], p["r2.bias"], 1, 1)
    x = F.avg_pool2d(F.relu(branch + F.conv2d(x, p["s1.weight"])), 2).flatten(1)
    return F.linear(F.relu(F.linear(x, p["f1.weight"], p["f1.bias"])), p["f2.weight"], p["f2.bias"])


def used(w):
    return {name: levels(v) * grid(v)[1] - grid(v)[0] if name in QUANTIZED else v.clone() for name, v in w.items()}


def warmup_cosine(step):
    warmup = 0.1 * STEPS
    if step < warmup:
        return step / warmup
    return (1 + math.cos(math.pi * min(step - warmup, STEPS - warmup) / (STEPS - warmup))) / 2


def rates(optimizer):
    """The share of the learning rate in every step; of PyTorch's schedulers where it has one."""
    schedule, torch_schedules = OPTIMIZERS[optimizer].get("schedule"), torch.optim.lr_scheduler
    if not schedule:
        return [warmup_cosine(step) for step in range(STEPS)]
    one = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    if schedule["type"] == "steps":
        scheduler = torch_schedules.MultiStepLR(one, [int(at * STEPS) for at in schedule["at"]], schedule["factor"])
    elif schedule["type"] == "linear":
        scheduler = torch_schedules.LinearLR(one, 1.0, schedule["floor"], STEPS)
    else:
        scheduler = torch_schedules.CosineAnnealingWarmRestarts(one, int(schedule["period"] * STEPS), schedule["growth"],
                                                                schedule["floor"])
    shares = []
    for _ in range(STEPS):
        shares.append(scheduler.get_last_lr()[0])
        one.step()
        scheduler.step()
    return shares


def kind(optimizer):
    return OPTIMIZERS[optimizer]["type"]


def rescales(optimizer):
    return kind(optimizer) == "sgd"


def update(optimizer, w, g, m, v, lr, t):
    if rescales(optimizer):
        m.mul_(0.9).add_(g)
        w -= lr * (g + 0.9 * m if "nesterov" in OPTIMIZERS[optimizer] else m)
    elif kind(optimizer) == "adam":
        m.mul_(0.9).add_(0.1 * g)
        v.mul_(0.95).add_(0.05 * g * g)
        w -= lr * (m / (1 - 0.9 ** t)) / ((v / (1 - 0.95 ** t)).sqrt() + 1e-8)
    else:
        v.mul_(0.9).add_(0.1 * g * g)
        w -= lr * g / (v.sqrt() + 1e-8)


class Check:
    """The largest relative differences seen, and whether everything that must be equal was."""

    def __init__(self):
        self.worst, self.equal = 0.0, True

    def close(self, a, b):
        a, b = np.asarray(a).ravel(), np.asarray(b).ravel()
        self.worst = max(self.worst, float(np.abs(a - b).max() / np.abs(b).max()))

    def same(self, a, b):
        self.equal = self.equal and list(a) == list(b)


def check_learner(run, data, optimizer, name, estimator, check):
    log, start = h5py.File(f"{run}/logs.h5")[name], read_safetensors(f"{run}/weights/{name}-initial.safetensors")
    w = {n: v.clone() for n, v in start.items() if "running" not in n}
    stats = {n: v.clone() for n, v in start.items() if "running" in n}
    m, v = ({n: torch.zeros_like(x) for n, x in w.items()} for _ in range(2))
    level, changes = {n: levels(w[n]) for n in QUANTIZED}, {n: [] for n in QUANTIZED}
    for n in QUANTIZED:
        check.same(log[n]["initial_levels"][:], level[n].flatten().tolist())
    images, labels = data["train"]
    shares = rates(optimizer)
    for step in range(STEPS):
        first = step % (TRAIN // BATCH) * BATCH
        p = {n: x.requires_grad_() for n, x in used(w).items()}
        loss = F.cross_entropy(forward(p, stats, images[first:first + BATCH], True), labels[first:first + BATCH])
        loss.backward()
        check.close(log["batch_loss"][step], loss.item())
        for n in QUANTIZED:
            p[n].grad *= multiplier(w[n], estimator)
        if "clip_norm" in OPTIMIZERS[optimizer]:
            torch.nn.utils.clip_grad_norm_(p.values(), OPTIMIZERS[optimizer]["clip_norm"])
        for n in w:
            g = p[n].grad + OPTIMIZERS[optimizer].get("weight_decay", 0) * w[n]
            lr = OPTIMIZERS[optimizer]["learning_rate"] * shares[step]
            lr *= ALPHA if n in QUANTIZED and estimator == "ste" and rescales(optimizer) else 1
            update(optimizer, w[n], g, m[n], v[n], lr, step + 1)
        for n in QUANTIZED:
            check.close(log[n]["latent"][step + 1], w[n].numpy())
            now = levels(w[n])
            for i in (now != level[n]).flatten().nonzero().flatten().tolist():
                changes[n].append((i, step + 1, int(now.flatten()[i])))
            level[n] = now
    for n in QUANTIZED:
        points = log[n]["change_points"]
        check.same(zip(*(points[c][:].tolist() for c in ("weight", "step", "level"))), changes[n])
    final = read_safetensors(f"{run}/weights/{name}-final.safetensors")
    for n, x in {**w, **stats}.items():
        check.close(final[n].numpy(), x.numpy())
    with torch.no_grad():
        test = F.cross_entropy(forward(used(w), stats, data["t10k"][0], False), data["t10k"][1]).item()
    check.close(json.load(open(f"{run}/summary.json"))["learners"][name]["test_loss"], test)
    return start, sum(map(len, changes.values()))


def normalized(data):
    mean, std = data["train"][0].mean(), data["train"][0].std(unbiased=False)
    return {split: ((images - mean) / std, labels) for split, (images, labels) in data.items()}


def check_optimizer(steq, folder, data, optimizer):
    normalize = "dataset" if optimizer in NORMALIZED else "none"
    if optimizer in NORMALIZED:
        data = normalized(data)
    config = {"name": optimizer, "precision": "double", "data": {"dataset": "idx", "path": folder, "normalize": normalize},
              "model": {"input": [1, HEIGHT, WIDTH], "layers": LAYERS}, "quantizer": {"type": "uniform", "bits": 2},
              "optimizer": {"schedule": {"type": "warmup-cosine", "warmup": 0.1}, **OPTIMIZERS[optimizer]},
              "batch_size": BATCH, "steps": STEPS, "shuffle": False, "record": {"latent_every": 1},
              "learners": [{"name": "q-hat", "estimator": {"type": "dsq", "k": K}},
                           {"name": "ste", "estimator": "ste", "equivalent_to": "q-hat"}]}
    path, run, check = f"{folder}/{optimizer}.json", f"{folder}/{optimizer}", Check()
    json.dump(config, open(path, "w"))
    subprocess.run([steq, "run", path, "--out", run, "--quiet"], check=True, stdout=subprocess.DEVNULL)
    q_start, q_changes = check_learner(run, data, optimizer, "q-hat", "dsq", check)
    s_start, s_changes = check_learner(run, data, optimizer, "ste", "ste", check)
    for n in QUANTIZED:
        check.close(s_start[n].numpy(), (mapped(q_start[n]) if rescales(optimizer) else q_start[n]).numpy())
    print(f"{optimizer}: largest relative difference {check.worst:.1e}, {q_changes} + {s_changes} change points "
          f"{'equal' if check.equal else 'DIFFERENT'}")
    return check.equal and check.worst < 1e-12 and q_changes > 100


def main():
    with tempfile.TemporaryDirectory() as folder:
        data = make_data(folder)
        good = [check_optimizer(os.path.abspath(sys.argv[1]), folder, data, optimizer) for optimizer in OPTIMIZERS]
    sys.exit(0 if all(good) else 1)


main()
