# SPDX-License-Identifier: MIT
"""What docs/python.md shows of quantize and equivalent runs, block after block."""
import os
import re
import sys
import textwrap
import unittest

import support

support.need("torch", "h5py")

import torch  # noqa: E402


def blocks(section):
    """Indented blocks of a section."""
    with open(os.path.join(support.ROOT, "docs", "python.md"), encoding="utf-8") as file:
        text = file.read().split(f"## {section}\n")[1].split("\n## ")[0]
    return [textwrap.dedent(block) for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", text, re.M) if block.strip()]


def model():
    made = torch.nn.Sequential()
    for name, layer in (("layer1", torch.nn.Conv2d(1, 4, 3)), ("norm", torch.nn.BatchNorm2d(4)), ("flat", torch.nn.Flatten()),
                        ("layer2", torch.nn.Linear(16, 3))):
        made.add_module(name, layer)
    return made


class Page(unittest.TestCase):
    def test_blocks(self):
        names = {"torch": torch, "model": model()}
        for section, count in (("Quantize", 2), ("A pair in two lines", 1)):
            shown = blocks(section)
            self.assertEqual(len(shown), count)
            for block in shown:
                exec(block, names)
        self.assertIn("uniform:bits=2, ste", str(names["twin"]))
        rates = sorted(group["lr"] for group in names["twin_optimizer"].param_groups)
        self.assertEqual(rates, [0.004543755579145725, 0.01])

    def test_estimators(self):
        names = {"weight": torch.nn.Parameter(torch.randn(5)), "rounded": lambda weight: weight.sign() * 0.2}
        for block in blocks("Estimators"):
            exec(block, names)
        names["value"].sum().backward()
        self.assertTrue(bool(names["weight"].grad.isfinite().all()))


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
