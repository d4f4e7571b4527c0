# SPDX-License-Identifier: MIT
"""The program steq on logs of the recorder that follow a sample, windows, and grids that move."""
import os
import signal
import subprocess
import sys
import unittest
from contextlib import contextmanager

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.program import diff, program  # noqa: E402
from steq.records.journal import journal_of, write_journal  # noqa: E402
from steq.torch import Recorder  # noqa: E402

STEPS = 60


def share(equal):
    return float(np.mean(np.concatenate([part.ravel() for part in equal])))


@unittest.skipUnless(support.program(), "the program steq is not there")
class Program(support.InFolder):
    def pair(self, **options):
        """Two learners in one directory; their levels at every step, {name: [steps + 1, weights]}."""
        dense = []
        for learner, rate in (("ste", 0.3), ("faster", 0.33)):
            model, levels = training.parametrized(), []
            optimizer = torch.optim.SGD(model.parameters(), lr=rate)
            levels.append(training.fixed_levels(model))
            with Recorder(model, self.path("run"), learner, optimizer=optimizer, on_error="raise", **options):
                for step in range(STEPS):
                    training.update(model, optimizer, step)
                    levels.append(training.fixed_levels(model))
            dense.append({name: np.array([at[name] for at in levels]) for name in levels[0]})
        return dense

    def told(self):
        return diff(self.path("run"), self.path("run"), "--learners", "ste,faster")["pairs"][0]

    def test_metrics_of_a_sample(self):
        a, b = self.pair(sample=0.4, seed=3)
        watched = {name: tensor.watched for name, tensor in steq.open(self.path("run")).learners["ste"].tensors.items()}
        pair = self.told()
        followed = sum(map(len, watched.values()))
        self.assertEqual(pair["watched"], f"Levels are those of a sample: {followed} of {12 * 20 + 20 * 6} weights.")
        ends = [a[name][-1][some] == b[name][-1][some] for name, some in watched.items()]
        self.assertAlmostEqual(pair["metrics"]["quantized_weight_agreement"]["value"], share(ends), 12)
        first = pair["first_divergence"]
        apart = [(step, name, int(some[np.flatnonzero(differs)[0]])) for name, some in watched.items()
                 for step, differs in enumerate(a[name][:, some] != b[name][:, some]) if differs.any()]
        self.assertEqual((first["step"], first["tensor"], first["weight"]), min(apart))

    def test_windows_see_every_weight(self):
        a, b = self.pair(sample=30, windows=[(11, 20), (41, 45)], every=7)
        pair = self.told()
        self.assertEqual([(w["first"], w["last"]) for w in pair["windows"]], [(11, 20), (41, 45)])
        for window in pair["windows"]:
            parts = [(a[name][window["first"] - 1:window["last"] + 1], b[name][window["first"] - 1:window["last"] + 1])
                     for name in a]
            self.assertEqual(window["weights"], sum(in_a.shape[1] for in_a, _ in parts))
            self.assertEqual(window["change_points"], {"a": sum(int((np.diff(x, axis=0) != 0).sum()) for x, _ in parts),
                                                       "b": sum(int((np.diff(y, axis=0) != 0).sum()) for _, y in parts)})
            self.assertAlmostEqual(window["metrics"]["quantized_weight_agreement"],
                                   share([x[-1] == y[-1] for x, y in parts]), 12)

    def test_grids_that_move(self):
        for learner, rate in (("ste", 0.3), ("faster", 0.33)):
            model = training.moving()
            optimizer = torch.optim.SGD(model.parameters(), lr=rate)
            with Recorder(model, self.path("run"), learner, optimizer=optimizer, on_error="raise"):
                for step in range(STEPS):
                    training.update(model, optimizer, step)
        learners = steq.open(self.path("run")).learners
        flags = {name: sum(int(tensor.group["change_points/of_grid"][()].sum()) for tensor in learner.tensors.values())
                 for name, learner in learners.items()}
        end = self.told()["end"]["change_points_of_grid"]
        self.assertEqual((end["a"], end["b"]), (flags["ste"], flags["faster"]))
        page = self.path("page.html")
        report = subprocess.run([program(), "report", self.path("run"), "--out", page], capture_output=True, text=True)
        self.assertEqual((report.returncode, report.stderr), (0, ""))
        with open(page, encoding="utf-8") as file:
            text = file.read().replace("<wbr>", "")
        for words in ("change_points_of_grid", "scale of ste: 0.weight"):
            self.assertTrue(words in text, words)

    def test_a_flush_that_a_kill_cut_off(self):
        self.pair()
        log = self.path("run", "logs.h5")
        before = self.told()
        with open(log, "r+b") as file:
            whole = file.read()
            pages = {offset: whole[offset:offset + 4096].ljust(4096, b"\0") for offset in range(0, len(whole), 4096)}
            write_journal(log, len(whole), pages)
            file.seek(0)
            file.write(bytes(3000))
            file.truncate(len(whole) // 2)
        self.assertEqual(self.told(), before)
        self.assertFalse(os.path.exists(journal_of(log)))

    def test_a_log_that_is_written_all_the_time(self):
        script = ("import sys, torch, training; from steq.torch import Recorder\n"
                  "model = training.parametrized(); optimizer = torch.optim.SGD(model.parameters(), lr=0.3)\n"
                  "recorder = Recorder(model, sys.argv[1], 'ste', optimizer=optimizer, flush_seconds=0)\n"
                  "training.update(model, optimizer, 0); training.update(model, optimizer, 1)\n"
                  "recorder.flush(); print('flushed', flush=True)\n"
                  "for step in range(2, 100000): training.update(model, optimizer, step)\n")
        with self.child(script):
            steps = [diff(self.path("run"), self.path("run"))["a"]["steps"] for _ in range(25)]
        self.assertEqual(steps, sorted(steps))
        self.assertGreater(steps[-1], steps[0])

    def test_a_log_that_is_recorded_right_now(self):
        script = ("import sys, time, torch, training; from steq.torch import Recorder\n"
                  "model = training.parametrized(); optimizer = torch.optim.SGD(model.parameters(), lr=0.3)\n"
                  "recorder = Recorder(model, sys.argv[1], 'ste', optimizer=optimizer)\n"
                  "for step in range(20): training.update(model, optimizer, step)\n"
                  "recorder.flush(); print('flushed', flush=True); time.sleep(60)\n")
        with self.child(script):
            told = diff(self.path("run"), self.path("run"))
        self.assertTrue(told["same"])
        self.assertEqual(told["a"]["steps"], 19)

    @contextmanager
    def child(self, script):
        """A process that has flushed, and records on until it is killed."""
        paths = os.pathsep.join([support.PACKAGE, os.path.dirname(os.path.abspath(__file__))])
        child = subprocess.Popen([sys.executable, "-c", script, self.path("run")], stdout=subprocess.PIPE,
                                 env={**os.environ, "PYTHONPATH": paths})
        try:
            self.assertEqual(child.stdout.readline(), b"flushed\n")
            yield
        finally:
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()


if __name__ == "__main__":
    unittest.main()
