# SPDX-License-Identifier: MIT
"""A file for h5py whose changes stay in memory until commit(), which makes all of them at once."""
import os

from .file_lock import without_readers
from .journal import PAGE, apply_journal, write_at, write_journal


class AtomicFile:
    """As h5py's driver for Python objects wants it. Nothing is written before commit(), so that HDF5 never meets a full
    disk, and memory is bounded by what one commit changes."""

    def __init__(self, path):
        self.path = path
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
        self.committed = self.size = os.fstat(self.descriptor).st_size
        self.position, self.pages = 0, {}

    def seek(self, offset, whence=os.SEEK_SET):
        self.position = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self.position, os.SEEK_END: self.size}[whence]
        return self.position

    def tell(self):
        return self.position

    def truncate(self, size=None):
        self.size = self.position if size is None else size
        return self.size

    def flush(self):
        pass

    def read(self, count):
        data = bytearray(max(0, min(count, self.size - self.position)))
        self.readinto(data)
        return bytes(data)

    def readinto(self, buffer):
        view = memoryview(buffer).cast("B")
        count = max(0, min(len(view), self.size - self.position))
        for page, inside, begin, end in spans(self.position, count):
            known = self.pages.get(page)
            if known is None:
                known = self.stored(page)
            view[begin:end] = known[inside:inside + end - begin]
        self.position += count
        return count

    def write(self, data):
        view = memoryview(data).cast("B")
        for page, inside, begin, end in spans(self.position, len(view)):
            if page not in self.pages:
                self.pages[page] = bytearray(self.stored(page))
            self.pages[page][inside:inside + end - begin] = view[begin:end]
        self.position += len(view)
        self.size = max(self.size, self.position)
        return len(view)

    def stored(self, page):
        """What the disk holds, with zeros beyond the last commit."""
        if page >= self.committed:
            return bytes(PAGE)
        return os.pread(self.descriptor, min(PAGE, self.committed - page), page).ljust(PAGE, b"\0")

    def commit(self):
        """Throws OSError where there is no room; then the file is as it was."""
        with without_readers(self.descriptor):
            self.write_pages()
        self.committed, self.pages = self.size, {}

    def write_pages(self):
        overwritten = {page: data for page, data in self.pages.items() if page < self.committed}
        try:
            for page in sorted(self.pages):
                if page >= self.committed:
                    write_at(self.descriptor, self.pages[page], page)
            os.fsync(self.descriptor)
            write_journal(self.path, self.size, overwritten)
        except OSError:
            os.ftruncate(self.descriptor, self.committed)
            raise
        apply_journal(self.descriptor, self.path, self.size, overwritten)

    def close(self):
        os.close(self.descriptor)


def spans(offset, count):
    """(page's offset, place in the page, begin and end in the data) of count bytes from an offset."""
    done = 0
    while done < count:
        page, inside = (offset + done) // PAGE * PAGE, (offset + done) % PAGE
        length = min(PAGE - inside, count - done)
        yield page, inside, done, done + length
        done += length
