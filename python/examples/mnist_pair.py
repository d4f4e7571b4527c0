# SPDX-License-Identifier: MIT
"""A pair of learners on the same batches of MNIST, one with the STE and one with a tanh's slope, recorded for steq.
Usage: mnist_pair.py RUN [DIR of train-images-idx3-ubyte and train-labels-idx1-ubyte, else drawn images] [UPDATES]"""
import os
import sys

import numpy as np
import torch
from torch.nn.utils import parametrize

from steq.torch import Recorder

RANGE, DELTA = 0.15, 0.1  # four levels


class Quantizer(torch.nn.Module):
    levels = [-0.15, -0.05, 0.05, 0.15]

    def __init__(self, slope):
        super().__init__()
        self.slope = slope

    def level(self, w):
        return torch.round((w.clamp(-RANGE, RANGE) + RANGE) / DELTA)

    def forward(self, w):
        smooth = self.slope(w)  # its derivative is what the backward pass uses
        return smooth + (self.level(w) * DELTA - RANGE - smooth).detach()


def tanh_slope(w, k=3.0):
    inside = ((w.detach() + RANGE) / DELTA % 1 - 0.5) * 2 * k
    return w * k * (1 - torch.tanh(inside) ** 2) / torch.tanh(torch.tensor(k))


def images(folder):
    if not os.path.exists(os.path.join(folder, "train-images-idx3-ubyte")):
        prototypes = torch.rand(10, 784)
        labels = torch.arange(6000) % 10
        return (prototypes[labels] + torch.randn(6000, 784)) / 2, labels
    read = lambda name, skip: np.fromfile(os.path.join(folder, name), np.uint8)[skip:]
    pixels = read("train-images-idx3-ubyte", 16).reshape(-1, 784) / np.float32(255)
    return torch.from_numpy(pixels), torch.from_numpy(read("train-labels-idx1-ubyte", 8).astype(np.int64))


run, folder, updates = sys.argv[1:] + ["", "500"][len(sys.argv) - 2:]
torch.manual_seed(1)
pixels, labels = images(folder)
batches = [torch.randint(len(labels), (64,)) for _ in range(int(updates))]
for learner, slope in ("ste", lambda w: w), ("tanh", tanh_slope):
    torch.manual_seed(2)
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    parametrize.register_parametrization(model[0], "weight", Quantizer(slope))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    with Recorder(model, run, learner, optimizer=optimizer) as recorder:
        for batch in batches:
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(pixels[batch]), labels[batch])
            loss.backward()
            optimizer.step()
            recorder.after_update(loss)
print(f"steq diff {run} {run} --learners ste,tanh")
