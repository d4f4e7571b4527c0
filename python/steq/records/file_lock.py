# SPDX-License-Identifier: MIT
"""Readers of a log wait while it is written: HDF5 takes a shared lock (flock) on what it reads."""
import fcntl
import time
from contextlib import contextmanager

PATIENCE, PAUSE = 2.0, 0.02  # seconds


@contextmanager
def without_readers(descriptor):
    """Waits for readers, but not for long: one that keeps a log open does not stop the recording."""
    held = acquired(descriptor)
    try:
        yield
    finally:
        if held:
            fcntl.flock(descriptor, fcntl.LOCK_UN)


def acquired(descriptor):
    end = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > end:
                return False
            time.sleep(PAUSE)
        except OSError:
            return False  # the file system has no locks


def opened_for_reading(open_file):
    """open_file(), again while a recorder writes."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return open_file()
        except OSError as error:
            if "unavailable" not in str(error) or time.monotonic() > end:
                raise
            time.sleep(PAUSE)
