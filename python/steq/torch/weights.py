# SPDX-License-Identifier: MIT
"""Latent weights before the first and after the last update, beside the log."""
import os

import torch

from ..errors import RecorderError
from ..records.safetensors import write_safetensors


def host_copies(tensors):
    """{tensor's name: array}, in double or single precision."""
    return {tensor.name: host_copy(tensor.weight()) for tensor in tensors}


def host_copy(weight):
    double = weight.dtype == torch.float64
    return weight.to("cpu", torch.float64 if double else torch.float32, copy=True).contiguous().numpy()


def write_weights(directory, learner, snapshot, weights):
    path = os.path.join(directory, "weights", f"{learner}-{snapshot}.safetensors")
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        write_safetensors(path, weights)
    except OSError as error:
        raise RecorderError(f"{path}: cannot be written: {error.strerror or error}") from error
