# SPDX-License-Identifier: MIT
"""One process at a time records into a directory."""
import fcntl
import os
import socket
import weakref

from ..errors import RecorderError

NAME = "recorder.lock"
_held = weakref.WeakSet()


class DirectoryLock:
    """Ends with its process, also with kill -9."""

    def __init__(self, directory):
        self.path = os.path.join(directory, NAME)
        self.descriptor = self.open_locked()
        os.ftruncate(self.descriptor, 0)
        os.write(self.descriptor, f"process {os.getpid()} on {socket.gethostname()}\n".encode())
        _held.add(self)

    def open_locked(self):
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o666)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                holder = os.read(descriptor, 200).decode(errors="replace").strip() or "another process"
                os.close(descriptor)
                raise RecorderError(f"{os.path.dirname(self.path)}: {holder} records into it; allowed: one process "
                                    "at a time") from None
            if self.is_still_there(descriptor):
                return descriptor
            os.close(descriptor)

    def is_still_there(self, descriptor):
        """Its last holder removes the file, perhaps after it was opened here."""
        try:
            return os.path.samestat(os.stat(self.path), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def release(self):
        _held.discard(self)
        os.remove(self.path)
        os.close(self.descriptor)


def _leave_to_parent():
    """A process that loads data may outlive the one that it was forked from, and would keep the lock."""
    for lock in list(_held):
        os.close(lock.descriptor)


os.register_at_fork(after_in_child=_leave_to_parent)
