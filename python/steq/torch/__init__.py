# SPDX-License-Identifier: MIT
"""For trainings in PyTorch."""
from ..errors import RecorderError
from .recorder import Recorder

__all__ = ["Recorder", "RecorderError"]
