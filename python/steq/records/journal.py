# SPDX-License-Identifier: MIT
"""The pages of a file that a commit overwrites, written beside it first, so that a commit happens wholly or not at all."""
import os
import struct
import zlib

from .file_lock import without_readers

PAGE = 4096
MAGIC = b"STEQJRN1"
HEADER = struct.Struct("<8sQQ")  # magic, size of the file after the commit, number of pages
ENTRY = struct.Struct("<Q")  # offset of the page that follows
CHECK = struct.Struct("<I")


def journal_of(path):
    return path + ".journal"


def write_journal(path, size, pages):
    """pages: {offset: bytes}. The journal stands under its name only when all of it is on the disk."""
    body = HEADER.pack(MAGIC, size, len(pages))
    body += b"".join(ENTRY.pack(offset) + bytes(page) for offset, page in pages.items())
    unfinished = journal_of(path) + ".new"
    try:
        with open(unfinished, "wb") as file:
            file.write(body + CHECK.pack(zlib.crc32(body)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, journal_of(path))
    except OSError:
        remove(unfinished)
        raise


def read_journal(path):
    """(size, {offset: bytes}), or nothing where there is no whole journal."""
    try:
        with open(journal_of(path), "rb") as file:
            text = file.read()
    except FileNotFoundError:
        return None
    body, check = text[:-CHECK.size], text[-CHECK.size:]
    if len(text) < HEADER.size + CHECK.size or CHECK.pack(zlib.crc32(body)) != check:
        return None
    magic, size, count = HEADER.unpack_from(body)
    if magic != MAGIC or len(body) != HEADER.size + count * (ENTRY.size + PAGE):
        return None
    pages = {}
    for start in range(HEADER.size, len(body), ENTRY.size + PAGE):
        pages[ENTRY.unpack_from(body, start)[0]] = body[start + ENTRY.size:start + ENTRY.size + PAGE]
    return size, pages


def apply_journal(descriptor, path, size, pages):
    """May be repeated: a kill in the middle leaves the journal, which is applied again."""
    for offset, page in pages.items():
        write_at(descriptor, page, offset)
    os.ftruncate(descriptor, size)
    os.fsync(descriptor)
    remove(journal_of(path))


def replay(path):
    """Finishes a commit that was cut off; True where there was one."""
    found = read_journal(path)
    if found is None:
        for left in journal_of(path), journal_of(path) + ".new":
            remove(left)
        return False
    descriptor = os.open(path, os.O_RDWR)
    try:
        with without_readers(descriptor):
            apply_journal(descriptor, path, *found)
    finally:
        os.close(descriptor)
    return True


def write_at(descriptor, data, offset):
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, offset)
        view, offset = view[written:], offset + written


def remove(path):
    try:
        os.remove(path)
    except FileNotFoundError:
        pass
