# SPDX-License-Identifier: MIT
"""Batches of images: of a folder in ImageNet's layout, train/CLASS/*.JPEG, or drawn at random."""
import torch
from torch.utils.data import DataLoader, DistributedSampler, Subset


def batches(folder, size, classes, batch, first, rank=0, ranks=1):
    """(images, labels) of one process from the update `first` on, without end; after a restart they are the same images."""
    return from_folder(folder, size, batch, first, rank, ranks) if folder else drawn(size, classes, batch, first, rank, ranks)


def drawn(size, classes, batch, first, rank, ranks):
    """Noise over a coarse pattern for each class."""
    patterns = torch.randn(classes, 3, 7, 7, generator=torch.Generator().manual_seed(0))
    update = first
    while True:
        draw = torch.Generator().manual_seed(1 + update * ranks + rank)
        labels = torch.randint(classes, (batch,), generator=draw)
        images = torch.nn.functional.interpolate(patterns[labels], size=(size, size))
        yield images + torch.randn(images.shape, generator=draw), labels
        update += 1


def from_folder(folder, size, batch, first, rank, ranks):
    from torchvision import datasets, transforms  # python3-torchvision in Debian
    normalize = transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
    dataset = datasets.ImageFolder(f"{folder}/train", transforms.Compose([
        transforms.RandomResizedCrop(size), transforms.RandomHorizontalFlip(), transforms.ToTensor(), normalize]))
    sampler = DistributedSampler(dataset, ranks, rank, seed=1, drop_last=True)
    per_epoch = len(sampler) // batch
    if per_epoch == 0:
        raise SystemExit(f"{folder}/train has {len(dataset)} images; allowed: at least {ranks * batch}, a batch a process")
    gpu = torch.cuda.is_available()
    while True:
        epoch, skipped = divmod(first, per_epoch)
        sampler.set_epoch(epoch)
        left = Subset(dataset, list(sampler)[skipped * batch:per_epoch * batch])
        yield from DataLoader(left, batch, num_workers=8 if gpu else 0, pin_memory=gpu)
        first = (epoch + 1) * per_epoch
