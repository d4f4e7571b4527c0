# SPDX-License-Identifier: MIT
"""What the tests of the Python package share."""
import os
import shutil
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PACKAGE = os.path.join(ROOT, "python")
PACKAGE_PATH = os.pathsep.join(filter(None, [PACKAGE, os.environ.get("PYTHONPATH")]))  # for processes of their own
sys.path.insert(0, PACKAGE)
SKIPPED = 77


def need(*modules):
    """Ends the test, as skipped, where a module is not installed."""
    for module in modules:
        try:
            __import__(module)
        except ImportError as missing:
            print(f"skipped: {missing}")
            sys.exit(SKIPPED)


def program():
    """The program steq; None where there is none."""
    return shutil.which(os.environ.get("STEQ", "steq"))


class InFolder(unittest.TestCase):
    """Each test has a folder of its own."""

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)
