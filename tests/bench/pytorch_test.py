#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""That the PyTorch side trains the same networks, with the same quantizer and estimators. Exit code 77 without PyTorch."""
import math
import sys
import unittest

try:
    import torch
except ImportError:
    sys.exit(77)
from pytorch_networks import NETWORKS
from pytorch_quantization import Dsq, FlatWeights, Ste


class PytorchTest(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        self.network = NETWORKS["mnist-convnet"][0]().to(memory_format=torch.channels_last)
        self.before = self.network.conv2.weight.detach().clone()

    def weights(self, bits=2, estimator=Dsq):
        return FlatWeights(self.network, bits, estimator, record=True)

    def test_sizes(self):
        """As tests/sim/models/registry_test.cpp has them."""
        sizes = {name: sum(p.numel() for p in made[0]().parameters()) for name, made in NETWORKS.items()}
        self.assertEqual(sizes["mnist-convnet"], 32 * 9 + 64 * 288 + 256 * 3137 + 10 * 257)
        self.assertEqual((sizes["resnet18"], sizes["resnet50"]), (11689512, 25557032))
        quantized = FlatWeights(NETWORKS["resnet20"][0](), 2, Ste, record=False)
        self.assertEqual(len(quantized.latent), 269824)

    def test_quantizer(self):
        limit = math.sqrt(6 / 288)
        self.before[0, 0, 0, 0], self.before[0, 0, 0, 1] = 2 * limit, -2 * limit
        self.network.conv2.weight.data.copy_(self.before)
        for bits in (1, 2, 4):
            self.weights(bits)
            delta = 2 * limit / (2**bits - 1)
            nearest = torch.round((self.before.clamp(-limit, limit) + limit) / delta) * delta - limit
            self.assertTrue(torch.allclose(self.network.conv2.quantized, nearest, atol=1e-6))
            self.assertTrue(torch.equal(self.network.conv2.weight, self.before))

    def test_estimators(self):
        limit, delta, k = 0.3, 0.2, 6.5
        e = k * delta / (2 * limit)
        latent = torch.linspace(-1.1 * limit, 1.1 * limit, 41)
        gradient = torch.linspace(1, 2, 41)
        inside = latent.abs() <= limit
        bins = (latent + limit) / delta
        q = e / math.tanh(e) / torch.cosh(2 * e * (bins - bins.floor() - 0.5)) ** 2
        self.assertTrue(torch.allclose(Dsq(limit, delta)(latent, gradient), q * gradient * inside, atol=1e-5))
        self.assertTrue(torch.equal(Ste(limit, delta)(latent, gradient), gradient * inside))

    def test_recording(self):
        weights = self.weights()
        levels, path = weights.levels.clone(), 0.0
        for step in range(3):
            old = weights.latent.clone()
            with torch.no_grad():
                self.network.conv1.weight.add_(0.3 * torch.randn(32, 1, 3, 3))
                self.network.conv2.weight.add_(0.03 * torch.randn(64, 32, 3, 3))
            weights.update(step)
            path += float((weights.latent - old).abs().sum())
        for step, changed, new in weights.log:
            self.assertTrue((levels[changed.long()] != new).all())
            levels[changed.long()] = new.float()
        self.assertGreater(weights.change_points(), 100)
        self.assertTrue(torch.equal(levels, weights.levels))
        self.assertAlmostEqual(weights.path, path, delta=1e-3 * path)

    def test_activations_stay_in_channels_last(self):
        self.weights()
        images = torch.rand(4, 28, 28, 1).permute(0, 3, 1, 2)
        self.assertTrue(self.network.conv1(images).is_contiguous(memory_format=torch.channels_last))


if __name__ == "__main__":
    unittest.main()
