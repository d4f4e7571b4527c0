# SPDX-License-Identifier: MIT
"""A training in which something goes wrong."""
import support
import torch
import training

from steq.torch import Recorder, RecorderError


class Faulty(support.InFolder):
    def setUp(self):
        super().setUp()
        self.model = training.parametrized()
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.3)

    def recorder(self, model=None, learner="ste", **options):
        options.setdefault("on_error", "raise")
        recorder = Recorder(model or self.model, self.path("run"), learner, **options)
        self.addCleanup(recorder.stop)
        return recorder

    def train(self, recorder, first, last):
        for step in range(first, last):
            training.update(self.model, self.optimizer, step)
            recorder.after_update()

    def refused(self, work, *places):
        with self.assertRaises(RecorderError) as refused:
            work()
        for place in places:
            self.assertIn(place, str(refused.exception))
        return str(refused.exception)
