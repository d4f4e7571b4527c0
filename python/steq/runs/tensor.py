# SPDX-License-Identifier: MIT
"""The levels of one quantized tensor over a training."""
import numpy as np

from ..errors import RunError
from ..records.stored_points import levels_after, pieces

POINT = [("weight", np.uint32), ("step", np.uint32)]


class Tensor:
    """Reads what is asked for, when it is asked for."""

    def __init__(self, group, learner, name):
        self.group, self.learner, self.name = group, learner, name

    def __repr__(self):
        return f"<{self.name}: {len(self)} weights, {self.change_count} change points>"

    def __len__(self):
        return len(self.group["initial_levels"])

    @property
    def change_count(self):
        return len(self.group["change_points/step"])

    @property
    def initial_levels(self):
        return self.group["initial_levels"][()]

    @property
    def levels(self):
        """What the levels are worth, in weight units; None where that was not recorded."""
        return self.stored("levels")

    @property
    def watched(self):
        """Which weights were watched outside of the learner's windows; None: all of them."""
        return self.stored("watched")

    @property
    def path_length(self):
        length = self.stored("path_length")
        return None if length is None else float(length.flat[0])

    @property
    def grid_parameters(self):
        """{name: array} of a grid that moves, a row for each of the learner's grid_steps."""
        stored = self.group.get("grid_parameters", {})
        return {name: stored[name][()] for name in stored}

    def stored(self, name):
        return self.group[name][()] if name in self.group else None

    def pieces(self, until=None):
        """Change points as structured arrays (weight, step, level), one after another, a million at a time."""
        kind = np.dtype(POINT + [("level", self.group["change_points/level"].dtype)])
        for columns in pieces(self.group, until):
            points = np.empty(len(columns[0]), kind)
            for name, values in zip(kind.names, columns):
                points[name] = values
            yield points

    @property
    def change_points(self):
        """All of them, ordered by step and weight."""
        found = list(self.pieces())
        return np.concatenate(found) if found else np.empty(0, POINT + [("level", self.group["initial_levels"].dtype)])

    def levels_at(self, step):
        """The level of every weight after an update; 0 is the start."""
        last = self.learner.steps
        if step < 0 or (last is not None and step > last):
            raise RunError(f"{self.learner.name}: step {step} is not allowed; allowed: 0 to {last}")
        return levels_after(self.group, step)

    def process(self, weight):
        """(steps, levels) of one weight: the level it starts with, at step 0, and every one that it entered."""
        if not 0 <= weight < len(self):
            raise RunError(f"{self.name}: weight {weight} is not allowed; allowed: 0 to {len(self) - 1}")
        steps, levels = [[0]], [[self.group["initial_levels"][weight]]]
        for weights, at, to in pieces(self.group):
            mine = weights == weight
            steps.append(at[mine])
            levels.append(to[mine])
        return np.concatenate(steps).astype(np.int64), np.concatenate(levels).astype(np.int64)

    def to_frame(self):
        """A data frame of pandas of all change points."""
        import pandas
        return pandas.DataFrame(self.change_points)
