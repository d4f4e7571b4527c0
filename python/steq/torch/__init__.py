# SPDX-License-Identifier: MIT
"""For trainings in PyTorch."""
from ..errors import RecorderError
from .estimators import Grid, estimator
from .recorder import Recorder

__all__ = ["Grid", "Recorder", "RecorderError", "estimator"]
