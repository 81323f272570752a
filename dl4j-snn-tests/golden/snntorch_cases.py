"""Neurons of snnTorch. A step asks the surrogate twice: for the reset of the last step, then for the spike."""
import snntorch
import torch
from snntorch import surrogate

from common import Case, Recorder, Run, ours

ATAN = ("atan(2.0)", surrogate.atan(2.0), ours("ArctanSurrogate", alpha=2.0))
FAST_SIGMOID = ("fast_sigmoid(10)", surrogate.fast_sigmoid(10), ours("FastSigmoidSurrogate", slope=10.0))
STRAIGHT = ("straight_through_estimator()", surrogate.straight_through_estimator(), ours("StraightThroughSurrogate"))
HEAVISIDE = ("heaviside()", surrogate.heaviside(), ours("LeakyKReluSurrogate", leak=0.0, k=1.0))

# reset_mechanism, reset_delay -> reset, reset gradient
RESETS = [("zero", True, "HARD", "DETACHED"), ("zero", False, "HARD", "EXACT"), ("none", True, "NONE", "DETACHED")]
SOFT = ("subtract", False, "SOFT", "EXACT")


def run(make, states, x):
    """Steps a neuron; its constants come from make, which returns (neuron, constants)."""
    node, constants = make()
    recorder = Recorder(node.spike_grad)
    node.spike_grad = recorder
    state = [torch.zeros_like(x[0]) for _ in range(states)]
    spikes = []
    for step in x:
        spike, *state = node(step, *state)
        spikes.append(spike.to(x.dtype))
    return Run(torch.stack(spikes), torch.stack(recorder.seen[1::2]), constants)


def leaky(decay, mechanism, delay, reset, gradient, chosen, threshold):
    name, peer_surrogate, our_surrogate = chosen
    make = lambda: (
        snntorch.Leaky(
            torch.tensor(decay, dtype=torch.float64),
            threshold=torch.tensor(threshold, dtype=torch.float64),
            spike_grad=peer_surrogate,
            reset_mechanism=mechanism,
            reset_delay=delay,
        ),
        {},
    )
    text = f"snnTorch Leaky(beta={decay}, threshold={threshold}, spike_grad={name}, reset_mechanism='{mechanism}'"
    text += f", reset_delay={delay})"
    mine = ours(
        "LifParameters",
        decay=decay,
        threshold=threshold,
        reset=reset,
        resetGradient=gradient,
        surrogate=our_surrogate,
    )
    return Case(text, mine, lambda x: run(make, 1, x), highest=threshold if mechanism == "subtract" else None)


def lif_cases():
    cases = []
    for i, chosen in enumerate([ATAN, FAST_SIGMOID, STRAIGHT, HEAVISIDE]):
        for reset in RESETS:
            cases.append(leaky(0.7, *reset, chosen, 0.6 if i % 2 else 1.0))
    cases.append(leaky(1.0, *RESETS[0], ATAN, 0.75))
    cases.append(leaky(1.0, *SOFT, FAST_SIGMOID, 1.25))
    cases.append(leaky(0.7, *SOFT, ATAN, 1.25))
    return cases
