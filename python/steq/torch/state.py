# SPDX-License-Identifier: MIT
"""A recording across restarts of the training."""
import torch

from ..errors import RecorderError
from ..records.grid_rows import GridRows


def state_of(session):
    """The log holds everything before the last update, of which no forward pass may have been yet."""
    session.flush()
    loss = session.pending.loss
    return {"learner": session.learner, "step": session.step, "path": session.pending.path.tolist(),
            "loss": None if loss is None else float(loss), "weights": counts(session)}


def counts(session):
    return {tensor.name: tensor.count for tensor in session.tensors}


def load_state(session, state):
    check_state(session, state)
    with session.store.lock:
        if state["step"] == 0:
            session.log.remove()
        else:
            check_log(session, state["step"])
            session.log.truncate(state["step"] - 1)
        session.store.commit()
        if state["step"]:
            resume(session, state["step"])
    session.step = state["step"]
    session.capture(session.path.restart(state["path"]))
    session.pending.loss = state["loss"]


def resume(session, step):
    """As it was when this update was pending."""
    device, log = session.device, session.log
    known = torch.cat([torch.from_numpy(log.levels(tensor.name)) for tensor in session.tensors])
    grids = GridRows(log.group).last()
    session.recording.resume(known.to(device, session.layout.dtype), grids or None, step - 1)
    precision = {tensor.name: tensor.grid.precision for tensor in session.tensors if tensor.grid.moves}
    session.old_grids = {name: tuple(torch.as_tensor(number, dtype=precision[name], device=device) for number in grid)
                         for name, grid in grids.items()}
    session.initial = None


def check_state(session, state):
    place = f"the state of {state.get('learner', 'no learner')}"
    if session.step:
        raise RecorderError(f"{place} comes after update {session.step}; allowed: before the first update")
    if state.get("learner") != session.learner:
        raise RecorderError(f"{place} is not allowed; allowed: that of {session.learner}")
    if state["weights"] != counts(session):
        raise RecorderError(f"{place} is of the tensors {state['weights']}; allowed: those of the model, {counts(session)}")


def check_log(session, step):
    log, path = session.log, session.store.path
    if not log.exists():
        raise RecorderError(f"{path} holds no learner {session.learner}; allowed: the directory of the state")
    stored = int(log.group["steps"][0])
    if stored < step - 1:
        raise RecorderError(f"{path} ends at update {stored}; the state is of update {step}, and needs {step - 1}")
    for tensor in session.tensors:
        group, expected = log.group[tensor.name], session.recording.watched(tensor)
        watched = group["watched"][()].tolist() if "watched" in group else None
        if watched != (None if expected is None else expected.tolist()):
            raise RecorderError(f"{path}: {tensor.name} was recorded with another sample; allowed: the same sample and seed")
