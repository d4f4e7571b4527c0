# SPDX-License-Identifier: MIT
"""A run directory."""
import io
import json
import os
from functools import cached_property

import h5py

from ..errors import RunError
from ..records.file_lock import opened_for_reading
from ..records.log_store import NAME, recover
from ..records.stored_points import tensors_of
from .learner import Learner
from .named import Named
from ..program import diff
from .table import Table


class Run:
    """Opens nothing but the outline of logs.h5; arrays are read when they are asked for."""

    def __init__(self, directory):
        self.directory = os.fspath(directory)
        self.path = os.path.join(self.directory, NAME)
        if not os.path.isfile(self.path):
            raise RunError(f"{self.directory}: no run directory: it has no {NAME}")
        recover(self.directory)
        try:
            self.file = opened_for_reading(lambda: h5py.File(self.path, "r"))
        except OSError as error:
            raise RunError(f"{self.path}: not a readable HDF5 file: {error}") from None

    def __repr__(self):
        return f"<run {self.directory}: {', '.join(self.learners)}>"

    @cached_property
    def learners(self):
        groups = {name: group for name, group in self.file.items() if hasattr(group, "keys") and tensors_of(group)}
        return Named("learner", {name: Learner(self, name, group) for name, group in groups.items()})

    @cached_property
    def summary(self):
        """summary.json; {} where there is none."""
        return self.json_file("summary.json", json.load) or {}

    @cached_property
    def curves(self):
        """history.jsonl, a row for each learner and epoch; empty where there is none."""
        return Table(self.json_file("history.jsonl", lambda file: [json.loads(line) for line in file if line.strip()]) or [])

    def json_file(self, name, read):
        path = os.path.join(self.directory, name)
        if not os.path.exists(path):
            return None
        with io.open(path, encoding="utf-8") as file:
            try:
                return read(file)
            except ValueError as error:
                raise RunError(f"{path}: not JSON: {error}") from None

    def diff(self, other=None, learners=None, *options):
        """What `steq diff --json` says of this run and another one, or of two learners of this one."""
        chosen = ["--learners", ",".join(learners)] if learners else []
        return diff(self.directory, other.directory if isinstance(other, Run) else other or self.directory, *chosen,
                    *options)

    def metrics(self, other=None, learners=None, *options):
        """A row for each pair of learners and metric."""
        return Table({"a": pair["a"], "b": pair["b"], "metric": name, **values}
                     for pair in self.diff(other, learners, *options)["pairs"]
                     for name, values in pair["metrics"].items())

    def close(self):
        self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def open(directory):
    """The run in a directory: one of the program's, or one that a Recorder writes or has written."""
    return Run(directory)
