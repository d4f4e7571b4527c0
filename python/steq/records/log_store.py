# SPDX-License-Identifier: MIT
"""logs.h5 of a directory, open for recording, shared by all recorders of this process."""
import os
import threading

import h5py

from ..errors import RecorderError, RunError
from .atomic_file import AtomicFile
from .directory_lock import DirectoryLock
from .journal import journal_of, remove, replay

NAME = "logs.h5"
_open_stores = {}
_guard = threading.Lock()


class LogStore:
    """Change it only within `with store.lock`, and commit() before the lock is given back."""

    def __init__(self, directory):
        self.directory, self.path = directory, os.path.join(directory, NAME)
        self.lock, self.learners = threading.RLock(), set()
        self.directory_lock = DirectoryLock(directory)
        try:
            self.open_file()
        except BaseException:
            self.directory_lock.release()
            raise

    def open_file(self):
        replay(self.path)
        if not os.path.exists(self.path):
            create_empty(self.path)
        self.bytes = AtomicFile(self.path)
        try:
            self.file = h5py.File(self.bytes, "r+")
        except OSError as error:
            self.bytes.close()
            raise RecorderError(f"{self.path}: cannot be recorded into: {error}") from error

    def commit(self):
        """Everything since the last commit is on the disk, or nothing where it throws OSError."""
        self.file.flush()
        self.bytes.commit()

    def close(self):
        self.file.close()
        self.bytes.close()
        self.directory_lock.release()


def create_empty(path):
    """Under its name only when it is an HDF5 file."""
    remove(path + ".new")
    with h5py.File(path + ".new", "w"):
        pass
    os.replace(path + ".new", path)


def acquire_store(directory, learner):
    """The directory's store, opened by the first of its recorders."""
    directory = os.path.realpath(directory)
    with _guard:
        store = _open_stores.get(directory)
        if store is None:
            store = _open_stores[directory] = opened(directory)
        if learner in store.learners:
            raise RecorderError(f"{directory}: another Recorder records the learner {learner}; allowed: one for each "
                                "learner of a directory")
        store.learners.add(learner)
        return store


def opened(directory):
    try:
        os.makedirs(directory, exist_ok=True)
        return LogStore(directory)
    except OSError as error:
        raise RecorderError(f"{directory}: cannot be recorded into: {error.strerror or error}") from error


def release_store(store, learner):
    with _guard:
        store.learners.discard(learner)
        if not store.learners:
            _open_stores.pop(store.directory, None)
            store.close()


def recover(directory):
    """Finishes a commit that was cut off by a kill; True where there was one. Runs are recovered when they are opened, so
    that this is only needed before another program reads them."""
    path = os.path.join(directory, NAME)
    if not os.path.exists(journal_of(path)):
        return False
    try:
        lock = DirectoryLock(directory)
    except RecorderError:
        return False  # it is recorded right now
    except OSError as error:
        raise RunError(f"{path}: a commit was cut off, and cannot be finished: {error.strerror}; allowed: a directory "
                       "that can be written") from None
    try:
        return replay(path)
    finally:
        lock.release()
