# SPDX-License-Identifier: MIT
"""What the package raises: one line with the place, the value and what is allowed."""


class SteqError(RuntimeError):
    """Anything that the package cannot do."""


class RecorderError(SteqError):
    """A training cannot be recorded (any further)."""


class RunError(SteqError):
    """A run directory cannot be read."""
