# SPDX-License-Identifier: MIT
"""A process that ends before any one of its writes to the disk leaves the log before or after that flush."""
import os
import unittest

import support

support.need("h5py")

import h5py  # noqa: E402
import numpy as np  # noqa: E402

import steq  # noqa: E402
from steq.errors import RunError  # noqa: E402
from steq.records import atomic_file, journal, log_store  # noqa: E402
from steq.records.learner_log import Batch, LearnerLog, Tensor  # noqa: E402
from steq.records.safetensors import read_safetensors, write_safetensors  # noqa: E402

FLUSHES, WEIGHTS = 6, 3000
WRITES = ("pwrite", "ftruncate", "fsync", "replace", "remove")


def batch(flush):
    """Every weight changes at every flush."""
    weight = np.arange(WEIGHTS, dtype=np.uint32)
    order = np.random.default_rng(flush).integers(1, 900, WEIGHTS)
    level = (flush * 1000 + order).astype(np.int16)
    return Batch(flush, {"w": [(weight, np.full(WEIGHTS, flush, np.uint32), level, None)]}, [0.5], {"w": flush})


def record(directory):
    """Returns what the log holds after the last flush."""
    store = log_store.acquire_store(directory, "ste")
    log = LearnerLog(store, "ste")
    log.begin([Tensor("w", np.zeros(WEIGHTS, np.int16))], 1, [])
    store.commit()
    for flush in range(1, FLUSHES + 1):
        log.append(batch(flush))
        store.commit()
    log_store.release_store(store, "ste")


class Dying:
    """os, whose process ends before its n-th write; a write of pages may also end after half of them."""

    def __init__(self, writes, half):
        self.left, self.half = writes, half

    def __getattr__(self, name):
        real = getattr(os, name)
        return (lambda *arguments: self.call(name, real, arguments)) if name in WRITES else real

    def call(self, name, real, arguments):
        self.left -= 1
        if self.left < 0:
            if self.half and name == "pwrite":
                os.pwrite(arguments[0], bytes(arguments[1])[:1500], arguments[2])
            os._exit(9)
        return real(*arguments)


class AtomicFile(support.InFolder):
    def die(self, directory, writes, half):
        """Whether the process ended before it was done."""
        child = os.fork()
        if child == 0:
            atomic_file.os = journal.os = Dying(writes, half)
            record(directory)
            os._exit(0)
        return os.waitpid(child, 0)[1] != 0

    def test_every_write_may_be_the_last(self):
        writes, seen = 0, set()
        while self.die(self.path(str(writes)), writes, writes % 2):
            seen.add(self.check(self.path(str(writes))))
            log_store.release_store(log_store.acquire_store(self.path(str(writes)), "ste"), "ste")  # recording can go on
            writes += 1
        self.assertGreater(writes, 40)
        self.assertEqual(seen, {None} | set(range(FLUSHES + 1)))

    def check(self, directory):
        """Returns the last flush that is there; everything up to it must be."""
        if not os.path.exists(os.path.join(directory, "logs.h5")):
            return None
        run = steq.open(directory)
        if "ste" not in run.learners:
            return None
        learner = run.learners["ste"]
        expected = [batch(flush).points["w"][0][2] for flush in range(1, learner.steps + 1)]
        points = learner.tensors["w"].change_points
        self.assertEqual(points["level"].tolist(), np.concatenate(expected).tolist() if expected else [])
        run.close()
        return learner.steps

    def test_a_damaged_journal_is_not_applied(self):
        record(self.path("run"))
        path = self.path("run", "logs.h5")
        with open(path, "rb") as file:
            before = file.read()
        journal.write_journal(path, 10, {0: bytes(journal.PAGE)})
        with open(journal.journal_of(path), "r+b") as file:
            file.seek(100)
            file.write(b"x")
        steq.open(self.path("run"))
        with open(path, "rb") as file:
            self.assertEqual(before, file.read())
        self.assertEqual(os.listdir(self.path("run")), ["logs.h5"])

    def test_space_is_used_again(self):
        """Flushes write the last chunk anew."""
        record(self.path("run"))
        with h5py.File(self.path("run", "logs.h5"), "r") as file:
            points = file["ste/w/change_points"]
            stored = sum(points[name].id.get_storage_size() for name in points)
        self.assertLess(os.path.getsize(self.path("run", "logs.h5")), 2 * stored + 30000)

    def test_safetensors(self):
        path = self.path("weights.safetensors")
        tensors = {"a": np.arange(6, dtype=np.float32).reshape(2, 3), "b": np.array([1.5, -2]), "c": np.zeros((0, 2))}
        write_safetensors(path, tensors)
        for name, values in read_safetensors(path).items():
            self.assertTrue(np.array_equal(values, tensors[name]) and values.shape == tensors[name].shape)
        text = b'{"x":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}}'
        with open(path, "wb") as file:
            file.write(len(text).to_bytes(8, "little") + text + b"\x80\x3f\x20\xc0")
        self.assertEqual(read_safetensors(path)["x"].tolist(), [1.0, -2.5])
        with self.assertRaisesRegex(RunError, "no tensor y; there are x"):
            read_safetensors(path, ["y"])
        with open(path, "wb") as file:
            file.write(b"\xff" * 20)
        with self.assertRaisesRegex(RunError, "not a safetensors file"):
            read_safetensors(path)


if __name__ == "__main__":
    unittest.main()
