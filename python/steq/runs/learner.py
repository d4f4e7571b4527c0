# SPDX-License-Identifier: MIT
"""A trained network in a run directory."""
import os
from functools import cached_property

from ..records.safetensors import read_safetensors
from ..records.stored_points import tensors_of
from .named import Named
from .tensor import Tensor


class Learner:
    def __init__(self, run, name, group):
        self.run, self.name, self.group = run, name, group

    def __repr__(self):
        return f"<learner {self.name} of {self.run.directory}: {len(self.tensors)} tensors>"

    @cached_property
    def tensors(self):
        return Named("tensor", {name: Tensor(self.group[name], self, name) for name in tensors_of(self.group)})

    @cached_property
    def steps(self):
        """How many updates it made: the last one of which the log knows everything. None where nothing says so."""
        if "steps" in self.group:
            return int(self.group["steps"][()].flat[0])
        if "batch_loss" in self.group:
            return len(self.group["batch_loss"])
        return self.run.summary.get("steps")

    @property
    def batch_loss(self):
        """Of every update; None where it was not recorded."""
        return self.stored("batch_loss")

    @property
    def every(self):
        """The sample's levels were looked at after every so many updates."""
        return int(self.group["every"][0]) if "every" in self.group else 1

    @property
    def windows(self):
        """[windows, 2]: first and last update of those in which all weights were watched."""
        return self.stored("windows")

    @property
    def grid_steps(self):
        """After which updates a grid moved."""
        return self.stored("grid_steps") if "grid_steps" in self.group else self.stored("latent_steps")

    @property
    def curves(self):
        return self.run.curves.where(learner=self.name)

    def weights(self, snapshot):
        """{tensor's name: array} of "initial", "final", "quantized" or "epoch-N"."""
        return read_safetensors(os.path.join(self.run.directory, "weights", f"{self.name}-{snapshot}.safetensors"))

    def stored(self, name):
        return self.group[name][()] if name in self.group else None
