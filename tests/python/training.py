# SPDX-License-Identifier: MIT
"""Small trainings whose levels are kept in full, step by step, beside the recorder."""
import numpy as np
import torch
from torch.ao.quantization import (FakeQuantize, MovingAverageMinMaxObserver, MovingAveragePerChannelMinMaxObserver)
from torch.nn.utils import parametrize

RANGE, INTERVALS = 0.5, 3
VALUES = [i * 2 * RANGE / INTERVALS - RANGE for i in range(INTERVALS + 1)]


def level_of(weight):
    return torch.round((weight.clamp(-RANGE, RANGE) + RANGE) * INTERVALS / (2 * RANGE))


class Rounded(torch.nn.Module):
    """A parametrization with the STE, which says its levels."""

    levels = VALUES

    def level(self, weight):
        return level_of(weight)

    def forward(self, weight):
        rounded = level_of(weight) * 2 * RANGE / INTERVALS - RANGE
        return weight + (rounded - weight).detach()


def network(seed=0):
    torch.manual_seed(seed)
    return torch.nn.Sequential(torch.nn.Linear(12, 20), torch.nn.Tanh(), torch.nn.Linear(20, 6))


def parametrized(seed=0, quantizers=(Rounded, Rounded)):
    model = network(seed)
    for layer, quantizer in zip((model[0], model[2]), quantizers):
        parametrize.register_parametrization(layer, "weight", quantizer())
    return model


per_tensor = FakeQuantize.with_args(observer=MovingAverageMinMaxObserver, quant_min=-8, quant_max=7, dtype=torch.qint8,
                                    qscheme=torch.per_tensor_symmetric, averaging_constant=0.2)
per_channel = FakeQuantize.with_args(observer=MovingAveragePerChannelMinMaxObserver, quant_min=0, quant_max=15,
                                     dtype=torch.quint8, ch_axis=0, qscheme=torch.per_channel_affine,
                                     averaging_constant=0.2)


def moving(seed=0):
    return parametrized(seed, (per_tensor, per_channel))


def batch(step, size=8):
    draw = torch.Generator().manual_seed(1000 + step)
    inputs = torch.randn(size, 12, generator=draw)
    return inputs, (inputs[:, :6].argmax(dim=1))


def loss_of(model, step):
    inputs, labels = batch(step)
    return torch.nn.functional.cross_entropy(model(inputs), labels)


def update(model, optimizer, step):
    optimizer.zero_grad()
    loss = loss_of(model, step)
    loss.backward()
    optimizer.step()
    return loss


def original(layer):
    """The latent weight."""
    return layer.parametrizations.weight.original if parametrize.is_parametrized(layer) else layer.weight


def fixed_levels(model):
    """{name: levels} of networks on the fixed grid."""
    return {f"{i}.weight": level_of(original(model[i]).detach()).flatten().numpy().astype(int) for i in (0, 2)}


def kept(tensor, steps):
    """[steps + 1, weights] as the recorded run has it."""
    return np.array([tensor.levels_at(step) for step in range(steps + 1)])
