# SPDX-License-Identifier: MIT
"""Rows with named columns."""
import numpy as np


class Table(list):
    """A list of dictionaries; table["loss"] is a column as an array, NaN where a row has none."""

    def __getitem__(self, key):
        if not isinstance(key, str):
            return super().__getitem__(key)
        if not any(key in row for row in self):
            raise KeyError(f"{key}; there are {', '.join(self.columns)}")
        values = [row.get(key) for row in self]
        if all(value is None or isinstance(value, (int, float)) for value in values):
            values = [np.nan if value is None else value for value in values]
        return np.array(values)

    @property
    def columns(self):
        return list(dict.fromkeys(key for row in self for key in row))

    def where(self, **wanted):
        """Rows in which these columns have these values."""
        return Table(row for row in self if all(row.get(key) == value for key, value in wanted.items()))

    def to_frame(self):
        """A data frame of pandas."""
        import pandas
        return pandas.DataFrame(list(self), columns=self.columns)
