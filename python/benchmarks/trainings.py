# SPDX-License-Identifier: MIT
"""What recording_cost.py measures: trainings of ResNet-50 with and without a recorder, and a pair of them."""
import torch
from resnet import QUANTIZED, ResNet
from torch.ao.quantization import FakeQuantize, MovingAverageMinMaxObserver
from torch.nn.utils import parametrize

from steq.torch import Recorder, equivalent, quantize, remove

OBSERVED = FakeQuantize.with_args(observer=MovingAverageMinMaxObserver, quant_min=-8, quant_max=7, dtype=torch.qint8,
                                  qscheme=torch.per_tensor_symmetric)


class Training:
    def __init__(self, args, device, model=None, optimizer=None, directory=None, sample=None):
        self.model, self.device, self.mixed = model or quantized(args, device), device, not args.single
        self.optimizer = optimizer or torch.optim.SGD(self.model.parameters(), lr=args.lr, momentum=0.9)
        self.recorder = Recorder(self.model, directory, "it", optimizer=self.optimizer, sample=sample,
                                 on_error="raise") if directory else None

    def update(self, images, labels):
        self.optimizer.zero_grad()
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.mixed):
            loss = torch.nn.functional.cross_entropy(self.model(images), labels)
        loss.backward()
        self.optimizer.step()

    def wait(self):
        """Until the recorder's thread has caught up."""
        if self.recorder:
            self.recorder.session.worker.wait()


def quantized(args, device, moving=False):
    torch.manual_seed(1)
    model = ResNet(args.depths, args.width, args.classes).to(device)
    names = quantize(model, QUANTIZED, "uniform:bits=2", "dsq:k=6.5")
    if moving:
        remove(model)
        for name in names:
            parametrize.register_parametrization(model.get_submodule(name[:-len(".weight")]), "weight", OBSERVED().to(device))
    return model


def cases(args, device, folder):
    """{name: function that makes so many updates}, and all trainings."""
    first = Training(args, device)
    pair = [first, Training(args, device, *equivalent(first.model, first.optimizer))]
    alone = {"plain": Training(args, device), "recorded": Training(args, device, directory=folder + "/all"),
             "sampled": Training(args, device, directory=folder + "/sample", sample=args.sample),
             "moving": Training(args, device, quantized(args, device, True)),
             "moving, recorded": Training(args, device, quantized(args, device, True), directory=folder + "/moving")}
    made = {name: lambda batches, it=it: lockstep([it], batches) for name, it in alone.items()}
    made["lockstep"] = lambda batches: lockstep(pair, batches)
    made["separate"] = lambda batches: [lockstep([it], batches) for it in pair]
    return made, alone


def lockstep(trainings, batches):
    for images, labels in batches:
        images, labels = images.to(trainings[0].device), labels.to(trainings[0].device)
        for training in trainings:
            training.update(images, labels)
    for training in trainings:
        training.wait()
