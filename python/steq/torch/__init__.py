# SPDX-License-Identifier: MIT
"""For trainings in PyTorch."""
from ..errors import RecorderError
from .equivalence import equivalent
from .estimators import Grid, estimator
from .quantizing import QuantizeError, quantize, remove
from .recipe import EquivalenceError
from .recorder import Recorder

__all__ = ["EquivalenceError", "Grid", "QuantizeError", "Recorder", "RecorderError", "equivalent", "estimator", "quantize",
           "remove"]
