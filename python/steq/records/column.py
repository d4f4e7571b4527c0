# SPDX-License-Identifier: MIT
"""A growing HDF5 dataset of one dimension, chunked, shuffled and deflated."""
import zlib

import numpy as np

CHUNK = 65536  # values, as the program has it
DEFLATE = 4


class Column:
    """Compresses chunks itself and hands them over as they are: zlib lets other threads work meanwhile, HDF5 does not."""

    def __init__(self, group, name, dtype):
        if name not in group:
            group.create_dataset(name, shape=(0,), maxshape=(None,), chunks=(CHUNK,), dtype=dtype, shuffle=True,
                                 compression="gzip", compression_opts=DEFLATE)
        self.dataset = group[name]
        self.tail = self.read_tail()

    def read_tail(self):
        """The values of the last chunk, which is not full."""
        count = len(self.dataset)
        return self.dataset[count // CHUNK * CHUNK:count]

    def __len__(self):
        return len(self.dataset)

    def append(self, values):
        values = np.asarray(values, self.dataset.dtype)
        if len(values) == 0:
            return
        begin = len(self.dataset) - len(self.tail)
        values = np.concatenate([self.tail, values])
        self.dataset.resize((begin + len(values),))
        for first in range(0, len(values), CHUNK):
            self.write_chunk(begin + first, values[first:first + CHUNK])
        self.tail = values[len(values) // CHUNK * CHUNK:]

    def write_chunk(self, offset, values):
        whole = np.zeros(CHUNK, self.dataset.dtype)
        whole[:len(values)] = values
        self.dataset.id.write_direct_chunk((offset,), deflated(whole))

    def truncate(self, count):
        self.dataset.resize((count,))
        self.tail = self.read_tail()


def deflated(values):
    """What HDF5's filters shuffle and deflate make of a chunk."""
    planes = values.view(np.uint8).reshape(len(values), values.dtype.itemsize).T
    return zlib.compress(planes.tobytes(), DEFLATE)
