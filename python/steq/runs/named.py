# SPDX-License-Identifier: MIT
"""Things by their names."""
from ..errors import RunError


class Named(dict):
    """Says which names there are where one is asked for that is not."""

    def __init__(self, kind, things):
        super().__init__(things)
        self.kind = kind

    def __missing__(self, name):
        raise RunError(f"no {self.kind} {name}; there are {', '.join(self) or 'none'}")
