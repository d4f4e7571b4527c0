# SPDX-License-Identifier: MIT
"""MNIST's training images, or drawn ones where it is not there; and the trainings of the small examples."""
import gzip
import os
import sys

import numpy as np
import torch

from steq.torch import Recorder


def images(folder):
    """(pixels in [0, 1], labels); folder: that of train-images-idx3-ubyte and train-labels-idx1-ubyte, or ""."""
    if not folder:
        prototypes = torch.rand(10, 784)
        labels = torch.arange(6000) % 10
        return (prototypes[labels] + torch.randn(6000, 784)) / 2, labels
    pixels = read(os.path.join(folder, "train-images-idx3-ubyte"), 16).reshape(-1, 784) / np.float32(255)
    return torch.from_numpy(pixels), torch.from_numpy(read(os.path.join(folder, "train-labels-idx1-ubyte"), 8).astype(np.int64))


def read(path, header):
    """The bytes behind the header of a file, plain or with .gz."""
    if not os.path.exists(path) and not os.path.exists(path + ".gz"):
        sys.exit(f"{path}: is not there, nor with .gz; docs/data.md says where MNIST is to be had")
    with open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def network():
    model = torch.nn.Sequential(torch.nn.Linear(784, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    torch.nn.init.kaiming_uniform_(model[0].weight)  # over the whole range of the grid
    return model


def train(run, learners, data, updates, batch=64):
    """Each of {name: (model, optimizer)} on the same batches, in lockstep, recorded in the run directory."""
    recorders = {name: Recorder(model, run, name, optimizer=optimizer) for name, (model, optimizer) in learners.items()}
    for _ in range(updates):
        chosen = torch.randint(len(data[1]), (batch,))
        for name, (model, optimizer) in learners.items():
            optimizer.zero_grad()
            loss = torch.nn.functional.cross_entropy(model(data[0][chosen]), data[1][chosen])
            loss.backward()
            optimizer.step()
            recorders[name].after_update(loss)
    for recorder in recorders.values():
        recorder.close()
