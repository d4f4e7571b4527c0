# SPDX-License-Identifier: MIT
"""A pair on the same batches of MNIST: a learner with the tanh estimator, and one with the STE that follows it, recorded for
steq. Usage: mnist_pair.py RUN [DIR of train-images-idx3-ubyte and train-labels-idx1-ubyte, else drawn images] [UPDATES]"""
import sys

import torch
from digits import images, network, train

from steq.torch import equivalent, quantize

run, folder, updates = sys.argv[1:] + ["", "500"][len(sys.argv) - 2:]
torch.manual_seed(1)
data, model = images(folder), network()
quantize(model, "0.weight", "uniform:bits=2", "dsq:k=6.5")
optimizer = torch.optim.SGD(model.parameters(), lr=0.004, momentum=0.9)
twin, twin_optimizer = equivalent(model, optimizer)
train(run, {"tanh": (model, optimizer), "ste": (twin, twin_optimizer)}, data, int(updates))
print(f"steq diff {run} {run} --learners tanh,ste")
