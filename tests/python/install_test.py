# SPDX-License-Identifier: MIT
"""The package installs with pip in a virtual environment, without network."""
import os
import shutil
import subprocess
import sys
import unittest

import support

support.need("h5py", "venv", "ensurepip", "setuptools", "wheel")


class Install(support.InFolder):
    def test_pip(self):
        shutil.copytree(support.PACKAGE, self.path("python"), ignore=shutil.ignore_patterns("build", "*.egg-info"))
        subprocess.run([sys.executable, "-m", "venv", "--system-site-packages", self.path("env")], check=True)
        python = self.path("env", "bin", "python")
        outcome = subprocess.run([python, "-m", "pip", "install", "--no-build-isolation", "--no-deps", "--no-index",
                                  self.path("python")], capture_output=True, text=True)
        self.assertEqual(outcome.returncode, 0, outcome.stderr)
        where = subprocess.run([python, "-c", "import steq, steq.records, steq.runs; print(steq.__file__)"], check=True,
                               capture_output=True, text=True, cwd=self.folder,
                               env={name: value for name, value in os.environ.items() if name != "PYTHONPATH"})
        self.assertTrue(where.stdout.startswith(self.path("env")), where.stdout)


if __name__ == "__main__":
    unittest.main()
