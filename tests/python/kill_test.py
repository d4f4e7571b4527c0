# SPDX-License-Identifier: MIT
"""Trainings killed at random moments: the log opens, and is that of the whole training up to the update that it names.
Usage: kill_test.py [KILLS]"""
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.records.journal import journal_of  # noqa: E402
from steq.torch import Recorder  # noqa: E402

KILLS = int(sys.argv.pop(1)) if sys.argv[1:] and sys.argv[1].isdigit() else 8
STEPS = 100000  # more than are made before the kill


def train(directory, steps):
    """What is killed: flushes after every update, while it trains on. A wide layer makes much to write."""
    model = training.moving()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3)
    recorder = Recorder(model, directory, "ste", optimizer=optimizer, on_error="raise", flush_seconds=0)
    print("begins", flush=True)
    for step in range(steps):
        training.update(model, optimizer, step)
        yield model
    recorder.close()


class Kill(support.InFolder):
    def setUp(self):
        """In memory where that is possible: waiting for a disk, most kills would hit the wait."""
        super().setUp()
        if os.access("/dev/shm", os.W_OK):
            self.folder = tempfile.mkdtemp(dir="/dev/shm")
            self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def test_at_random_moments(self):
        whole = self.whole(400)
        steps, journals = [], 0
        for kill in range(KILLS):
            directory = self.path(f"run-{kill}")
            killed(directory, random.uniform(0, 0.6), kill % 2)
            journals += os.path.exists(journal_of(os.path.join(directory, "logs.h5")))
            steps.append(self.check(directory, whole))
        print(f"{KILLS} kills; whole up to update {min(steps)} to {max(steps)}; {journals} in the middle of a commit")
        self.assertGreater(max(steps), 3)  # or nothing is tested
        self.assertGreater(journals, KILLS // 20)

    def whole(self, steps):
        for _ in train(self.path("whole"), steps):
            pass
        return steq.open(self.path("whole")).learners["ste"]

    def check(self, directory, whole):
        """Returns the update up to which the log is whole."""
        learner = steq.open(directory).learners.get("ste")
        if learner is None:
            return 0
        until = learner.steps
        self.assertLessEqual(until, whole.steps, "make the whole training longer")
        for name, tensor in learner.tensors.items():
            points = whole.tensors[name].change_points
            self.assertTrue(np.array_equal(tensor.change_points, points[points["step"] <= until]))
        rows = len(learner.grid_steps)
        self.assertTrue(np.array_equal(learner.grid_steps, whole.grid_steps[:rows]))
        self.assertTrue(rows == len(whole.grid_steps) or whole.grid_steps[rows] > until)
        if support.program():
            subprocess.run([support.program(), "diff", directory, directory], check=True, capture_output=True)
        return until


def killed(directory, seconds, in_commit):
    """A moment drawn at random seldom lies in a commit, so that every second kill waits for one."""
    child = subprocess.Popen([sys.executable, __file__, "--train", directory], stdout=subprocess.PIPE)
    child.stdout.readline()
    time.sleep(seconds)
    journal, until = journal_of(os.path.join(directory, "logs.h5")), time.monotonic() + 5
    while in_commit and not os.path.exists(journal) and time.monotonic() < until:
        pass
    child.send_signal(signal.SIGKILL)
    child.communicate()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--train"]:
        for _ in train(sys.argv[2], STEPS):
            pass
    else:
        unittest.main()
