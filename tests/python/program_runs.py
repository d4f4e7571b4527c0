# SPDX-License-Identifier: MIT
"""Small trainings by the program, and the same network and batches for PyTorch."""
import json
import os
import struct
import subprocess

import numpy as np
import support
import torch

HEIGHT, WIDTH, CLASSES, BATCH, IMAGES = 6, 5, 4, 12, 60
# No relu behind the convolution: with so few levels its sums are often 0 but for rounding, and relus there tie.
LAYERS = [{"type": "conv2d", "name": "conv", "out": 6, "kernel": 3, "padding": 1, "bias": False, "quantize": True},
          {"type": "flatten"}, {"type": "dense", "name": "hidden", "out": 20, "quantize": True},
          {"type": "relu"}, {"type": "dense", "name": "out", "out": CLASSES}]
QUANTIZED = ["conv.weight", "hidden.weight"]


def write_idx(path, array):
    with open(path, "wb") as file:
        file.write(struct.pack(">I", 0x800 | array.ndim) + struct.pack(f">{array.ndim}I", *array.shape))
        file.write(array.astype(np.uint8).tobytes())


def make_images(folder):
    """(images, labels) to train on, in double precision, as the program sees them."""
    random = np.random.RandomState(0)
    for split in ("t10k", "train"):
        images, labels = random.randint(0, 256, (IMAGES, HEIGHT, WIDTH)), np.arange(IMAGES) % CLASSES
        images[labels == 1, :3] //= 4  # something to learn
        images[labels == 2, 3:] //= 4
        write_idx(os.path.join(folder, f"{split}-images-idx3-ubyte"), images)
        write_idx(os.path.join(folder, f"{split}-labels-idx1-ubyte"), labels)
    return torch.tensor(images / 255.0).unsqueeze(1), torch.tensor(labels)


def train(folder, quantizer, learners, steps, optimizer, precision="double"):
    """A run directory. quantizer, optimizer: objects of the config; learners: list of those. The images are in the folder."""
    config = {"precision": precision, "data": {"dataset": "idx", "path": folder}, "quantizer": quantizer,
              "model": {"input": [1, HEIGHT, WIDTH], "layers": LAYERS}, "learners": learners, "batch_size": BATCH,
              "optimizer": {"schedule": {"type": "constant"}, **optimizer}, "steps": steps, "shuffle": False}
    path, run = os.path.join(folder, "config.json"), os.path.join(folder, "run")
    with open(path, "w") as file:
        json.dump(config, file)
    done = subprocess.run([support.program(), "run", path, "--out", run, "--quiet", "--force"], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(done.stderr)
    return run


class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 6, 3, padding=1, bias=False)
        self.hidden = torch.nn.Linear(6 * HEIGHT * WIDTH, 20)
        self.out = torch.nn.Linear(20, CLASSES)

    def forward(self, x):
        return self.out(torch.relu(self.hidden(self.conv(x).flatten(1))))


def network(weights):
    """With the weights that a run has stored, in their precision."""
    model = Network().to(torch.from_numpy(weights["out.weight"].copy()).dtype)
    model.load_state_dict({name: torch.from_numpy(values.copy()) for name, values in weights.items()})
    return model


def batch(data, step):
    first = step % (IMAGES // BATCH) * BATCH
    return tuple(part[first:first + BATCH] for part in data)
