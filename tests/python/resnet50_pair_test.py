# SPDX-License-Identifier: MIT
"""The example of ResNet-50 in small, in one process and in two, whole and resumed."""
import os
import subprocess
import sys
import unittest

import support

support.need("torch", "h5py")

import torch  # noqa: E402
from resume_test import content  # noqa: E402

import steq  # noqa: E402

EXAMPLES = os.path.join(support.PACKAGE, "examples")
sys.path.insert(0, EXAMPLES)
from imagenet import batches  # noqa: E402
from resnet import QUANTIZED, ResNet  # noqa: E402

from steq.torch import quantize  # noqa: E402

SMALL = ("--updates 8 --batch 8 --width 8 --depths 1 1 1 1 --size 32 --classes 4 --lr 0.01 --sample 0.5 --window 3 6 "
         "--checkpoint-every 5").split()


def free_port():
    import socket
    with socket.socket() as any_port:
        any_port.bind(("127.0.0.1", 0))
        return any_port.getsockname()[1]


class Pair(support.InFolder):
    def train(self, processes, *more):
        """In Debian's PyTorch 1.13 the launcher needs -r and -t."""
        launcher = ["-m", "torch.distributed.run", "-r", "1", "-t", "1", "--master_port", str(free_port()),
                    f"--nproc_per_node={processes}"] if processes > 1 else []
        done = subprocess.run([sys.executable, *launcher, os.path.join(EXAMPLES, "resnet50_pair.py"), self.path("run"), *SMALL,
                               *more], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": support.PACKAGE_PATH})
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("update 8: q-hat", done.stdout)
        self.assertIn("Report: ", done.stdout)
        return content(self.path("run", "logs.h5"))

    def check(self, processes, *more):
        """The second time it goes on from the checkpoint of update 5, and writes the same."""
        self.assertEqual(self.train(processes, *more), self.train(processes, *more))
        self.assertTrue(os.path.exists(self.path("run", "report.html")))
        with steq.open(self.path("run")) as run:
            for learner in run.learners.values():
                self.assertEqual((learner.steps, len(learner.tensors)), (8, 16))
                self.assertEqual(learner.windows.tolist(), [[3, 6]])
                self.assertGreater(sum(tensor.change_count for tensor in learner.tensors.values()), 0)

    def test_one_process(self):
        self.check(1)

    def test_nothing_but_the_first_checkpoint(self):
        self.check(1, "--checkpoint-every", "100")

    def test_two_processes_and_mixed_precision(self):
        self.check(2, "--amp")

    def test_a_folder_of_images(self):
        """Resumed in the middle of an epoch it has the same images."""
        try:
            import torchvision  # noqa: F401
            from PIL import Image
        except ImportError as missing:
            self.skipTest(str(missing))
        for label in range(4):
            os.makedirs(self.path("images", "train", f"n{label}"))
            for i in range(6):
                image = Image.new("RGB", (40, 50), (60 * label, 30, 10 * i))
                image.save(self.path("images", "train", f"n{label}", f"{i}.JPEG"))
        self.train(1, "--images", self.path("images"))
        self.train(1, "--images", self.path("images"))
        whole = batches(self.path("images"), 32, 4, 8, 0)
        labels = [next(whole)[1].tolist() for _ in range(6)]
        self.assertNotEqual(labels[:3], labels[3:])  # another order in every epoch
        self.assertEqual(next(batches(self.path("images"), 32, 4, 8, 4))[1].tolist(), labels[4])
        with self.assertRaisesRegex(SystemExit, "24 images; allowed: at least 64"):
            next(batches(self.path("images"), 32, 4, 64, 0))

    def test_it_is_resnet_50(self):
        model = ResNet()
        self.assertEqual(sum(parameter.numel() for parameter in model.parameters()), 25557032)
        self.assertEqual(len(quantize(model, QUANTIZED, "uniform:bits=2")), 52)
        try:
            import torchvision
        except ImportError:
            return
        theirs = torchvision.models.resnet50()
        self.assertEqual({name: value.shape for name, value in ResNet().state_dict().items()},
                         {name: value.shape for name, value in theirs.state_dict().items()})
        ours, images = ResNet().eval(), torch.randn(1, 3, 64, 64)
        ours.load_state_dict(theirs.state_dict())
        self.assertTrue(torch.allclose(ours(images), theirs.eval()(images), atol=1e-4))


if __name__ == "__main__":
    if support.program() is None:
        sys.exit(support.SKIPPED)
    os.environ["STEQ"] = support.program()
    unittest.main()
