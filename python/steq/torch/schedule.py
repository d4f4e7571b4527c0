# SPDX-License-Identifier: MIT
"""After which updates which weights are looked at."""
from ..errors import RecorderError


class Schedule:
    """After every k-th update the sample, in windows all weights. The step before a window is looked at as a whole too:
    else the window could not tell which of its changes are older than it is."""

    def __init__(self, every=1, windows=()):
        if not isinstance(every, int) or every < 1:
            raise RecorderError(f"every={every!r} is not allowed; allowed: a whole number from 1 on")
        self.every, self.windows = every, sorted(tuple(window) for window in windows)
        for window in self.windows:
            if len(window) != 2 or not all(isinstance(step, int) for step in window) or not 1 <= window[0] <= window[1]:
                raise RecorderError(f"windows: {window} is not allowed; allowed: (first, last) update, 1 <= first <= last")
        for (_, last), (first, _) in zip(self.windows, self.windows[1:]):
            if first <= last:
                raise RecorderError(f"windows: two of them hold the update {first}; allowed: windows apart")

    def looks(self, step):
        """"all", "sample" or None"""
        if step == 0 or any(first - 1 <= step <= last for first, last in self.windows):
            return "all"
        return "sample" if step % self.every == 0 else None
