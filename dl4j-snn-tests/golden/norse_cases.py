"""Functional neurons of Norse, whose reset gradient is exact. Time step and constants make the decay."""
from unittest import mock

import torch
from norse.torch.functional import iaf, lif_box, threshold
from norse.torch.functional.reset import reset_subtract, reset_value

from common import Case, Recorder, Run, ours

DT = 0.001
# method, alpha -> ours; with alpha 2 tanh and heavi_erfc equal surrogates of ours without a factor
SURROGATES = [
    ("super", 100.0, ours("SuperSpikeSurrogate", alpha=1.0)),
    ("tanh", 2.0, ours("SigmoidSurrogate", alpha=4.0)),
    ("heavi_erfc", 2.0, ours("ErfSurrogate", alpha=2.0)),
    ("triangle", 1.0, ours("TriangularSurrogate", width=1.0)),
]


def run(module, step, state, parameters, x):
    """Steps a function of a module, with a recorder in place of the threshold function that the module uses."""
    recorder = Recorder(threshold.threshold)
    spikes = []
    with mock.patch.object(module, "threshold", recorder):
        for current in x:
            spike, state = step(current, state, parameters, DT)
            spikes.append(spike)
    return Run(torch.stack(spikes), torch.stack(recorder.seen))


def tensor(value):
    return torch.tensor(value, dtype=torch.float64)


def integrate(chosen, v_th):
    method, alpha, our_surrogate = chosen
    p = iaf.IAFParameters(v_th=tensor(v_th), v_reset=tensor(0.0), method=method, alpha=alpha)
    mine = ours(
        "LifParameters", decay=1.0, threshold=v_th, reset="HARD", resetGradient="EXACT", surrogate=our_surrogate
    )
    start = lambda x: iaf.IAFFeedForwardState(torch.zeros_like(x[0]))
    return Case(
        f"Norse iaf_feed_forward_step(v_th={v_th}, method={method}, alpha={alpha})",
        mine,
        lambda x: run(iaf, iaf.iaf_feed_forward_step, start(x), p, x),
    )


def if_cases():
    return [integrate(chosen, v_th) for chosen, v_th in zip(SURROGATES, [1.0, 0.75, 1.25, 0.6])]
