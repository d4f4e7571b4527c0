# SPDX-License-Identifier: MIT
"""The small examples run as they stand."""
import os
import re
import subprocess
import sys
import unittest

import support

support.need("torch", "h5py")

import steq  # noqa: E402

EXAMPLES = os.path.join(support.PACKAGE, "examples")


def outcome(name, *words):
    """What the example prints."""
    done = subprocess.run([sys.executable, os.path.join(EXAMPLES, name), *words], capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": support.PACKAGE})
    if done.returncode:
        raise AssertionError(done.stderr)
    return done.stdout


class Examples(support.InFolder):
    def test_mnist_pair(self):
        told = outcome("mnist_pair.py", self.path("run"), "", "20")
        self.assertIn("--learners tanh,ste", told)
        with steq.open(self.path("run")) as run:
            self.assertEqual([learner.steps for learner in run.learners.values()], [20, 20])
            apart = run.diff(learners=("tanh", "ste"))["pairs"][0]["first_divergence"]["all_weights"]["apart_at_end"]
            self.assertLess(apart, 0.002 * 784 * 128)

    def test_stable_qat(self):
        """The STE that follows it stays nearer than the STE as it is."""
        told = outcome("stable_qat.py", self.path("run"), "", "60")
        self.assertIn("alpha = 0.113465", told)
        shares = [float(share) for share in re.findall(r"([\d.]+)% of the weights end", told)]
        self.assertGreater(shares[0], 99.5)
        self.assertLess(shares[1], shares[0] - 0.5)

    def test_missing_images(self):
        """One message, with nothing before it."""
        self.assertRaisesRegex(AssertionError, r"\A/no/train-images-idx3-ubyte: is not there, nor with .gz; docs/data.md.*\n\Z",
                               outcome, "mnist_pair.py", self.path("run"), "/no")


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
