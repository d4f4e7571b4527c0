# SPDX-License-Identifier: MIT
"""Weights in the safetensors layout, as docs/logs.md describes it."""
import json
import os
import struct

import numpy as np

from ..errors import RunError
from .journal import remove

READ = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U8": "u1",
        "U16": "<u2", "U32": "<u4", "U64": "<u8", "BOOL": "?", "BF16": "<u2"}
WRITTEN = {np.dtype(np.float64): "F64", np.dtype(np.float32): "F32", np.dtype(np.float16): "F16"}


def write_safetensors(path, tensors):
    """tensors: {name: array of floating point}. No reader sees half of the file."""
    header, begin = {}, 0
    for name, values in tensors.items():
        header[name] = {"dtype": WRITTEN[values.dtype], "shape": list(values.shape),
                        "data_offsets": [begin, begin + values.nbytes]}
        begin += values.nbytes
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    try:
        with open(path + ".new", "wb") as file:
            file.write(struct.pack("<Q", len(text)) + text)
            for values in tensors.values():
                file.write(np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes())
        os.replace(path + ".new", path)
    except OSError:
        remove(path + ".new")
        raise


def read_header(file, path):
    """{name: entry} and the offset at which values begin."""
    size = os.fstat(file.fileno()).st_size
    start = file.read(8)
    length = struct.unpack("<Q", start)[0] if len(start) == 8 else size
    if length > size - 8:
        raise RunError(f"{path}: not a safetensors file: a header of {length} bytes in a file of {size}")
    try:
        header = json.loads(file.read(length))
    except ValueError as error:
        raise RunError(f"{path}: not a safetensors file: {error}") from None
    return {name: entry for name, entry in header.items() if name != "__metadata__"}, 8 + length


def read_safetensors(path, names=None):
    """{name: array} of all tensors, or of those named; BF16 comes as float32."""
    tensors = {}
    with open(path, "rb") as file:
        header, start = read_header(file, path)
        for name in header if names is None else names:
            if name not in header:
                raise RunError(f"{path}: no tensor {name}; there are {', '.join(header)}")
            tensors[name] = read_tensor(file, start, name, header[name], path)
    return tensors


def read_tensor(file, start, name, entry, path):
    kind, shape, (begin, end) = entry["dtype"], entry["shape"], entry["data_offsets"]
    if kind not in READ:
        raise RunError(f"{path}: {name}: the type {kind} is not allowed; allowed: {', '.join(READ)}")
    file.seek(start + begin)
    values = np.frombuffer(file.read(end - begin), READ[kind])
    if values.size != np.prod(shape, dtype=int):
        raise RunError(f"{path}: {name}: {values.size} values for the shape {shape}")
    if kind == "BF16":
        values = (values.astype(np.uint32) << 16).view(np.float32)
    return values.reshape(shape)
