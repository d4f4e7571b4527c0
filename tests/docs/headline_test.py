#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The table of the README is that of the studies in docs/results: the last four columns of each row, as they are written."""

import json
import pathlib
import re
import statistics
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
STUDIES = ["mnist-table", "mnist-rounding", "mnist-rounding-seeds"]
VARIANTS = {"SGD 0.001": "sgd-default", "SGD 0.03": "sgd-trained", "Adam 0.0001": "adam-default", "Adam 0.001": "adam-trained"}
LEARNERS = ["ste", "jitter", "rounding", "no-warp"]


def shares():
    """Weights on different levels, in per cent, by comparison; one for each seed."""
    found = {}
    for study in STUDIES:
        for measured in json.loads((ROOT / "docs/results" / study / "study.json").read_text())["measurements"]:
            found.setdefault(measured["of"], {})[measured["seed"]] = 100 * measured["values"]["different_levels"]
    return {comparison: list(by_seed.values()) for comparison, by_seed in found.items()}


def cell(values):
    if len(values) == 1:
        return "{:.2f}".format(values[0])
    return "{:.2f} [{:.2f}, {:.2f}]".format(statistics.median(values), min(values), max(values))


class Headline(unittest.TestCase):
    def test_the_table_of_the_readme(self):
        rows = re.findall(r"(?m)^\| (\w+ [\d.]+) \| (.*) \|$", (ROOT / "README.md").read_text())
        self.assertEqual([rate for rate, _ in rows], list(VARIANTS))
        measured = shares()
        for rate, cells in rows:
            for learner, written in zip(LEARNERS, cells.split(" | ")):
                values = measured["{}: q-hat / {}".format(VARIANTS[rate], learner)]
                if rate.startswith("Adam") and learner == "no-warp":
                    self.assertEqual(values, measured["{}: q-hat / ste".format(VARIANTS[rate])])
                    self.assertEqual(written, "the equivalent itself")
                else:
                    self.assertEqual(written, cell(values), (rate, learner))


if __name__ == "__main__":
    unittest.main()
