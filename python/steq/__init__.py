# SPDX-License-Identifier: MIT
"""Reads run directories of steq, and records trainings for it: steq.open(run), steq.torch.Recorder."""
from .errors import RecorderError, RunError, SteqError

__version__ = "0.1.0"
__all__ = ["RecorderError", "RunError", "SteqError"]
