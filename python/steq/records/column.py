# SPDX-License-Identifier: MIT
"""A growing HDF5 dataset of one dimension, chunked, shuffled and deflated."""
import zlib

import numpy as np

CHUNK = 65536  # values at most, as the program has it
SMALL_CHUNK = 4096  # every flush compresses the last chunk anew
DEFLATE = 4


class Column:
    """Compresses chunks itself and hands them over as they are: zlib lets other threads work meanwhile, HDF5 does not."""

    def __init__(self, group, name, dtype, chunk=SMALL_CHUNK):
        if name not in group:
            group.create_dataset(name, shape=(0,), maxshape=(None,), chunks=(chunk,), dtype=dtype, shuffle=True,
                                 compression="gzip", compression_opts=DEFLATE)
        self.dataset = group[name]
        self.chunk = self.dataset.chunks[0]
        self.tail = self.read_tail()

    def read_tail(self):
        """The values of the last chunk, which is not full."""
        count = len(self.dataset)
        return self.dataset[count // self.chunk * self.chunk:count]

    def __len__(self):
        return len(self.dataset)

    def append(self, values):
        values = np.asarray(values, self.dataset.dtype)
        if len(values) == 0:
            return
        begin = len(self.dataset) - len(self.tail)
        values = np.concatenate([self.tail, values])
        self.dataset.resize((begin + len(values),))
        for first in range(0, len(values), self.chunk):
            self.write_chunk(begin + first, values[first:first + self.chunk])
        self.tail = values[len(values) // self.chunk * self.chunk:]

    def write_chunk(self, offset, values):
        whole = np.zeros(self.chunk, self.dataset.dtype)
        whole[:len(values)] = values
        self.dataset.id.write_direct_chunk((offset,), deflated(whole))

    def truncate(self, count):
        self.dataset.resize((count,))
        self.tail = self.read_tail()


def chunk_for(weights):
    """Change points in a chunk of a tensor with so many weights."""
    return min(CHUNK, max(SMALL_CHUNK, weights))


def deflated(values):
    """What HDF5's filters shuffle and deflate make of a chunk."""
    planes = values.view(np.uint8).reshape(len(values), values.dtype.itemsize).T
    return zlib.compress(planes.tobytes(), DEFLATE)
