# SPDX-License-Identifier: MIT
"""Latent weights before the first and after the last update, beside the log."""
import os

import torch

from ..records.safetensors import write_safetensors


def host_copies(tensors):
    """{tensor's name: array}, in double or single precision."""
    return {tensor.name: host_copy(tensor.weight()) for tensor in tensors}


def host_copy(weight):
    double = weight.dtype == torch.float64
    return weight.to("cpu", torch.float64 if double else torch.float32, copy=True).contiguous().numpy()


def write_weights(directory, learner, snapshot, weights):
    folder = os.path.join(directory, "weights")
    os.makedirs(folder, exist_ok=True)
    write_safetensors(os.path.join(folder, f"{learner}-{snapshot}.safetensors"), weights)
