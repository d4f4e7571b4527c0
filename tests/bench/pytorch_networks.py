# SPDX-License-Identifier: MIT
"""The benchmark's networks in PyTorch: those of sim/models, for activations in channels_last."""
from torch import nn
from torch.nn import functional as F

from pytorch_quantization import QuantizedConv2d


def conv3x3(channels, out, stride=1):
    return QuantizedConv2d(channels, out, 3, stride=stride, padding=1, bias=False)


def conv1x1(channels, out, stride=1):
    return QuantizedConv2d(channels, out, 1, stride=stride, bias=False)


class MnistConvnet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = conv3x3(1, 32), conv3x3(32, 64)
        self.fc1, self.fc2 = nn.Linear(64 * 7 * 7, 256), nn.Linear(256, 10)

    def forward(self, x):
        x = F.avg_pool2d(F.relu_(self.conv1(x)), 2)
        x = F.avg_pool2d(F.relu_(self.conv2(x)), 2)
        x = x.permute(0, 2, 3, 1).flatten(1)  # rows, columns, channels: as they lie in memory, so nothing is copied
        return self.fc2(F.relu_(self.fc1(x)))


class Block(nn.Module):
    """A branch of convolutions with norms, added to its input or to a 1x1 convolution of it."""

    def __init__(self, convolutions, stride):
        super().__init__()
        channels, out = convolutions[0].in_channels, convolutions[-1].out_channels
        layers = []
        for conv in convolutions:
            layers += [conv, nn.BatchNorm2d(conv.out_channels), nn.ReLU(inplace=True)]
        self.branch = nn.Sequential(*layers[:-1])
        self.downsample = nn.Identity()
        if stride != 1 or channels != out:
            self.downsample = nn.Sequential(conv1x1(channels, out, stride), nn.BatchNorm2d(out))

    def forward(self, x):
        return F.relu_(self.branch(x) + self.downsample(x))


def basic_block(channels, width, stride):
    return Block([conv3x3(channels, width, stride), conv3x3(width, width)], stride)


def bottleneck(channels, width, stride):
    return Block([conv1x1(channels, width), conv3x3(width, width, stride), conv1x1(width, 4 * width)], stride)


class ResNet(nn.Module):
    def __init__(self, stem, block, expansion, width, depths, classes):
        super().__init__()
        blocks, channels = [], width
        for stage, depth in enumerate(depths):
            for i in range(depth):
                blocks.append(block(channels, width << stage, 2 if stage > 0 and i == 0 else 1))
                channels = expansion * (width << stage)
        self.features = nn.Sequential(*stem, *blocks)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


def normed(conv):
    return [conv, nn.BatchNorm2d(conv.out_channels), nn.ReLU(inplace=True)]


def large_resnet(block, expansion, depths):
    stem = normed(nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)) + [nn.MaxPool2d(3, stride=2, padding=1)]
    return ResNet(stem, block, expansion, 64, depths, classes=1000)


def resnet20():
    stem = normed(nn.Conv2d(3, 16, 3, padding=1, bias=False))
    return ResNet(stem, basic_block, 1, 16, [3, 3, 3], classes=10)


# name: what makes it, side and channels of its images, classes, usual batch
NETWORKS = {
    "mnist-convnet": (MnistConvnet, 28, 1, 10, 128),
    "resnet20": (resnet20, 32, 3, 10, 128),
    "resnet18": (lambda: large_resnet(basic_block, 1, [2, 2, 2, 2]), 224, 3, 1000, 16),
    "resnet50": (lambda: large_resnet(bottleneck, 4, [3, 4, 6, 3]), 224, 3, 1000, 16),
}
