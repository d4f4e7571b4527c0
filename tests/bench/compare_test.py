#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The ratios of compare.py, from programs that only claim to have measured."""
import contextlib
import io
import pathlib
import tempfile
import unittest

import compare
import growth
from runs import Programs, options, spread

# Twice as fast with one learner, four fifths recorded, three fifths on one thread; PyTorch is ten times as slow.
PRETENDER = """#!/usr/bin/python3
import json, sys
if "{missing}" and "pytorch_training.py" in " ".join(sys.argv):
    sys.exit(77)
rate = 100.0 / (1 if "--learners 1" in (words := " ".join(sys.argv)) else 2)
rate *= 1 if "--no-record" in words else 0.8
rate *= 0.6 if "--threads 1" in words else 1
rate /= 10 if "tuned" in words else 40 if "pytorch" in words else 1
memory = 100 if "tuned" in words else 50
print(json.dumps(dict(steps_per_second=rate, flops_per_step=2e9, fma_peak=1e11, peak_rss_mib=memory)))
"""


def programs(folder, missing=""):
    path = pathlib.Path(folder) / "pretender"
    path.write_text(PRETENDER.format(missing=missing))
    path.chmod(0o755)
    return Programs(str(path), str(path), None, 1, None)


class CompareTest(unittest.TestCase):
    def cells(self, case, **missing):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            results = compare.measure(programs(folder, **missing), compare.CASES[case], threads=2, rounds=2)
        return dict(zip(compare.COLUMNS, compare.row(results)))

    def test_ratios(self):
        expected = {
            "steq / tuned": 10,
            "steq / stock": 40,
            "recorded / not": 0.8,
            "all threads / 1": 1 / 0.6,
            "time, pair / single": 2,
            "steq of FMA peak": 0.8,
            "tuned of FMA peak": 0.08,
            "memory, steq / tuned": 0.5,
        }
        self.assertEqual(self.cells("resnet20 pair, batch 128"), {name: spread([x]) for name, x in expected.items()})

    def test_what_is_missing_is_a_dash(self):
        self.assertEqual(self.cells("resnet18, batch 16")["time, pair / single"], "–")
        cells = self.cells("resnet18, batch 16", missing="yes")
        self.assertEqual([cells["steq / tuned"], cells["recorded / not"]], ["–", spread([0.8])])

    def test_spread(self):
        self.assertEqual(spread([3, 1, 1.5]), "1.50 (1.00–3.00)")

    def test_options(self):
        words = options({"batch": 64, "record": False, "model": "mlp"})
        self.assertEqual(words, ["--batch", "64", "--no-record", "--model", "mlp"])

    def test_growth(self):
        runs = [[{"steps_per_second": 10, "flops_per_step": 1}] * 2, [{"steps_per_second": 4, "flops_per_step": 3}] * 2]
        expected = [["batch", 32, 100, 100, 100, 100], ["batch", 64, 250, 250, 250, 300]]
        self.assertEqual(list(growth.rows("batch", runs)), expected)

    def test_growth_of_metrics(self):
        runs = [[{"change_points": n, "metric": m, "ns": ns, "bytes": b}
                 for n in (10**6, 2 * 10**6) for m, ns, b in (("the logs", 0, 10), ("x", 2, 0.5), ("y", 3, 1))]]
        heap = 10**6 / 2**20
        expected = [["change points", 10**6, 5, 5, 5, 5], ["change points", 2 * 10**6, 10, 10, 10, 10],
                    ["heap", 10**6, heap, heap, heap, heap], ["heap", 2 * 10**6] + [2 * heap] * 4]
        self.assertEqual(list(growth.metrics_rows(runs)), expected)


if __name__ == "__main__":
    unittest.main()
