# SPDX-License-Identifier: MIT
"""Reads run directories of steq, and records trainings for it: steq.open(run), steq.torch.Recorder."""
from .errors import RecorderError, RunError, SteqError
from .records.log_store import recover
from .runs.run import Run, open  # noqa: A004

__version__ = "0.1.0"
__all__ = ["RecorderError", "Run", "RunError", "SteqError", "open", "recover"]
