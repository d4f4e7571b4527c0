# SPDX-License-Identifier: MIT
"""Disks that are full, and directories that cannot be recorded into."""
import os
import resource
import unittest
import warnings

import support

support.need("torch", "h5py")

import faulty  # noqa: E402

import steq  # noqa: E402


class DiskFaults(faulty.Faulty):
    def test_a_full_disk(self):
        """As the system refuses what is beyond the limit of a file's size."""
        recorder = self.recorder(on_error="warn", flush_seconds=0)
        self.train(recorder, 0, 5)
        recorder.flush()
        size = os.path.getsize(self.path("run", "logs.h5"))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            self.train(recorder, 5, 300)
            recorder.close()
        self.assertEqual(len(told), 1)
        message = str(told[0].message)
        self.assertIn("logs.h5: cannot be written: File too large", message)
        learner = steq.open(self.path("run")).learners["ste"]
        self.assertGreaterEqual(learner.steps, 4)
        self.assertIn(f"whole up to update {learner.steps}", message)
        learner.tensors["0.weight"].levels_at(learner.steps)

    def test_a_directory_that_cannot_be(self):
        open(self.path("run"), "w").close()
        self.refused(self.recorder, "run")
        os.remove(self.path("run"))
        os.mkdir(self.path("run"))
        with open(self.path("run", "logs.h5"), "w") as file:
            file.write("no HDF5 file")
        self.refused(self.recorder, "logs.h5: cannot be recorded into")
        self.assertEqual(os.listdir(self.path("run")), ["logs.h5"])


if __name__ == "__main__":
    unittest.main()
