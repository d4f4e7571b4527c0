# SPDX-License-Identifier: MIT
"""The benchmark of what recording costs, in small."""
import json
import os
import subprocess
import sys
import unittest

import support

support.need("torch", "h5py")

SCRIPT = os.path.join(support.PACKAGE, "benchmarks", "recording_cost.py")
SMALL = "--batch 4 --width 8 --depths 1 1 1 1 --size 32 --classes 4 --updates 2 --rounds 2 --lr 0.05".split()


class RecordingCost(unittest.TestCase):
    def measured(self, *words):
        done = subprocess.run([sys.executable, SCRIPT, *SMALL, *words], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_document(self):
        told = json.loads(self.measured("--json"))
        self.assertEqual(told["quantized_weights"], 124800)
        self.assertGreater(told["share_that_changes_an_update"], 0)
        milliseconds = told["milliseconds"]
        self.assertEqual(set(milliseconds), {"plain", "recorded", "sampled", "moving", "moving, recorded", "lockstep",
                                             "separate"})
        self.assertTrue(all(0 < values["least"] <= values["median"] <= values["most"] for values in milliseconds.values()))
        self.assertGreater(milliseconds["lockstep"]["least"], milliseconds["plain"]["least"])  # two steps, and one
        self.assertEqual(len(told["ratios"]), 4)

    def test_text(self):
        told = self.measured("--single")
        self.assertIn("float32", told)
        self.assertRegex(told, r"recorded / plain +\d\.\d{3} \(\d")


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
