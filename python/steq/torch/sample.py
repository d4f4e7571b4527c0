# SPDX-License-Identifier: MIT
"""A random sample of the weights for the whole run."""
import numpy as np

from ..errors import RecorderError


def drawn_sample(count, sample, seed):
    """Flat indices, ascending: a number of weights, or a share of them below 1. None: all of them."""
    if sample is None:
        return None
    size = round(sample * count) if isinstance(sample, float) and 0 < sample < 1 else sample
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= count:
        raise RecorderError(f"sample={sample!r} is not allowed; allowed: a number of weights from 1 to {count}, or a "
                            "share between 0 and 1")
    return np.sort(np.random.default_rng(seed).choice(count, size, replace=False, shuffle=False))
