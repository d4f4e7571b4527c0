# SPDX-License-Identifier: MIT
"""What counts as an update: steps of the optimizer that were made."""
import unittest
import unittest.mock

import support

support.need("torch", "h5py")

import numpy as np  # noqa: E402
import torch  # noqa: E402
import training  # noqa: E402

import steq  # noqa: E402
from steq.torch import Recorder  # noqa: E402


class Updates(support.InFolder):
    def setUp(self):
        super().setUp()
        self.model = training.parametrized()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.3)
        self.dense = [training.fixed_levels(self.model)]

    def recorder(self, **options):
        return Recorder(self.model, self.path("run"), "ste", optimizer=self.optimizer, on_error="raise", **options)

    def made(self):
        self.dense.append(training.fixed_levels(self.model))

    def check(self, updates):
        learner = steq.open(self.path("run")).learners["ste"]
        self.assertEqual(learner.steps, updates)
        for name, tensor in learner.tensors.items():
            self.assertTrue(np.array_equal(training.kept(tensor, updates), [levels[name] for levels in self.dense]))
        return learner

    def test_updates_that_amp_skipped(self):
        with self.recorder() as recorder:
            for step in range(20):
                self.optimizer.zero_grad()
                loss = training.loss_of(self.model, step)
                loss.backward()
                if step % 3:  # as GradScaler.step does where gradients overflowed
                    self.optimizer.step()
                    self.made()
                recorder.after_update(loss)
        self.assertEqual(len(self.check(13).batch_loss), 13)

    def test_optimizers_that_skip_inside_their_step(self):
        with self.recorder():
            for step in range(9):
                self.optimizer.found_inf = torch.tensor(float(step % 3 == 0))  # as GradScaler has it for fused ones
                if step % 3:
                    training.update(self.model, self.optimizer, step)
                    self.made()
                else:
                    self.optimizer.zero_grad()
                    self.optimizer.step()
        self.check(6)

    def test_accumulated_gradients(self):
        with self.recorder():
            for step in range(40):
                loss = training.loss_of(self.model, step)
                (loss / 4).backward()
                if step % 4 == 3:
                    self.optimizer.step()
                    self.optimizer.zero_grad()
                    self.made()
        self.check(10)

    def test_a_schedule_of_learning_rates_before_or_after(self):
        before = torch.optim.lr_scheduler.StepLR(self.optimizer, 5)
        with self.recorder():
            after = torch.optim.lr_scheduler.ExponentialLR(self.optimizer, 0.99)
            for step in range(10):
                training.update(self.model, self.optimizer, step)
                self.made()
                before.step()
                after.step()
        self.check(10)
        training.update(self.model, self.optimizer, 11)  # the recorder is gone

    def test_only_the_first_process_writes(self):
        torch.distributed.init_process_group("gloo", init_method=f"file://{self.path('store')}", rank=0, world_size=1)
        try:
            with unittest.mock.patch("torch.distributed.get_rank", return_value=1):
                with self.recorder() as recorder:
                    training.update(self.model, self.optimizer, 0)
                    recorder.after_update(torch.tensor(0.5))
                    self.assertEqual(recorder.state_dict(), {})
            self.assertFalse(support.os.path.exists(self.path("run")))
            self.dense = [training.fixed_levels(self.model)]
            wrapped = torch.nn.parallel.DistributedDataParallel(self.model)
            with Recorder(wrapped, self.path("run"), "ste", optimizer=self.optimizer, on_error="raise"):
                for step in range(5):
                    training.update(wrapped, self.optimizer, step)
                    self.made()
        finally:
            torch.distributed.destroy_process_group()
        self.check(5)


if __name__ == "__main__":
    unittest.main()
