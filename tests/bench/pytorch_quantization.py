# SPDX-License-Identifier: MIT
"""Quantized weights in PyTorch: estimators as autograd functions, and all quantized weights of a network as views into
one flat array, so that quantizing them and recording their changes are a few passes over one array."""
import math

import torch
from torch import nn


class Estimated(torch.autograd.Function):
    """Forward: the quantized weights, which are given. Backward: through the estimator to the latent weights."""

    @staticmethod
    def forward(ctx, latent, quantized, estimator):
        ctx.save_for_backward(latent)
        ctx.estimator = estimator
        return quantized

    @staticmethod
    def backward(ctx, gradient):
        (latent,) = ctx.saved_tensors
        return ctx.estimator(latent, gradient), None, None


class Ste:
    """q = 1 inside the range."""

    def __init__(self, limit, delta):
        self.limit = limit

    def __call__(self, latent, gradient):
        return gradient * (latent.abs() <= self.limit)


class Dsq:
    """q(u) = e coth(e) sech^2(2 e u), u the distance from the threshold in bins, e = k delta / (2 limit)."""

    def __init__(self, limit, delta, k=6.5):
        self.limit, self.delta = limit, delta
        self.e = k * delta / (2 * limit)

    def __call__(self, latent, gradient):
        q = latent.add(self.limit).div_(self.delta)
        q.sub_(q.floor()).sub_(0.5).mul_(2 * self.e).tanh_().square_().neg_().add_(1)
        return q.mul_(self.e / math.tanh(self.e)).mul_(latent.abs() <= self.limit).mul_(gradient)


class QuantizedConv2d(nn.Conv2d):
    """Its user sets `quantized` and `estimator`."""

    def forward(self, x):
        return self._conv_forward(x, Estimated.apply(self.weight, self.quantized, self.estimator), self.bias)


class FlatWeights:
    """The quantized weights of a network, [n], each layer's in channels_last order; their change points, if recorded."""

    def __init__(self, network, bits, estimator, record):
        layers = [module for module in network.modules() if isinstance(module, QuantizedConv2d)]
        n = sum(layer.weight.numel() for layer in layers)
        self.half = (2**bits - 1) / 2
        self.latent, self.quantized, self.delta = torch.empty(n), torch.empty(n), torch.empty(n)
        first = 0
        for layer in layers:
            part = slice(first, first + layer.weight.numel())
            limit = math.sqrt(6 / layer.weight[0].numel())
            self.delta[part] = limit / self.half
            layer.estimator = estimator(limit, limit / self.half)
            self._attach(layer, part)
            first = part.stop
        self.inverse_delta = 1 / self.delta
        self.record, self.path, self.log = record, 0.0, []
        self.levels = self._new_levels()
        self.before = self.latent.clone() if record else None
        self._write_quantized()

    def _attach(self, layer, part):
        out, channels, rows, columns = layer.weight.shape

        def view(flat):
            return flat[part].view(out, rows, columns, channels).permute(0, 3, 1, 2)

        view(self.latent).copy_(layer.weight.detach())
        layer.weight = nn.Parameter(view(self.latent))
        layer.quantized = view(self.quantized)

    def _new_levels(self):
        return (self.latent * self.inverse_delta).clamp_(-self.half, self.half).add_(self.half).round_()

    def _write_quantized(self):
        torch.sub(self.levels, self.half, out=self.quantized).mul_(self.delta)

    @torch.no_grad()
    def update(self, step):
        """After the optimizer: new levels, and what changed."""
        levels = self._new_levels()
        if self.record:
            changed = (levels != self.levels).nonzero().squeeze(1)
            if len(changed) > 0:
                self.log.append((step, changed.int(), levels[changed].to(torch.int16)))
            self.path += float(self.before.sub_(self.latent).abs_().sum())
            self.before.copy_(self.latent)
        self.levels = levels
        self._write_quantized()

    def change_points(self):
        return sum(len(weights) for _, weights, _ in self.log)
