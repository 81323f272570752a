"""Neurons of SpikingJelly."""
import torch
from spikingjelly.activation_based import functional, neuron, surrogate

from common import Case, Recorder, Run, ours

RESETS = [("HARD", 0.0), ("SOFT", None)]
GRADIENTS = [("EXACT", False), ("DETACHED", True)]

ARCTAN = (surrogate.ATan(2.0), ours("ArctanSurrogate", alpha=2.0), ())
SIGMOID = (surrogate.Sigmoid(4.0), ours("SigmoidSurrogate", alpha=4.0), ())
SURROGATES = [
    ARCTAN,
    SIGMOID,
    (surrogate.Rect(0.8), ours("RectangularSurrogate", width=1.25), (0.625,)),
    (surrogate.SuperSpike(0.7), ours("SuperSpikeSurrogate", alpha=0.7), ()),
    (surrogate.SoftSign(1.5), ours("SoftSignSurrogate", alpha=1.5), ()),
    (surrogate.PiecewiseQuadratic(0.8), ours("TriangularSurrogate", width=1.25), ()),
    (surrogate.PiecewiseExp(1.5), ours("PiecewiseExpSurrogate", alpha=1.5), ()),
    (surrogate.Erf(1.5), ours("ErfSurrogate", alpha=1.5), ()),
    (surrogate.NonzeroSignLogAbs(0.75), ours("NonzeroSignLogAbsSurrogate", alpha=0.75), ()),
    (surrogate.PiecewiseLeakyReLU(0.5, 0.02), ours("PiecewiseLeakyReluSurrogate", w=0.5, c=0.02), (0.5,)),
    (surrogate.SquarewaveFourierSeries(4, 7.0), ours("SquarewaveFourierSurrogate", terms=3, period=7.0), ()),
    (surrogate.S2NN(3.0, 0.75), ours("S2nnSurrogate", alpha=3.0, beta=0.75), ()),
    (surrogate.QPseudoSpike(2.5), ours("QPseudoSpikeSurrogate", alpha=2.5), ()),
    (surrogate.LeakyKReLU(0.25, 0.75), ours("LeakyKReluSurrogate", leak=0.25, k=0.75), ()),
    (surrogate.FakeNumericalGradient(1.5), ours("FakeNumericalGradientSurrogate", alpha=1.5), ()),
    (surrogate.LogTailedReLU(0.125), ours("LogTailedReluSurrogate", alpha=0.125), (1.0,)),
    (surrogate.DeterministicPass(), ours("StraightThroughSurrogate"), ()),
]


def run(node, x):
    """Steps a node one by one; a recorder sits in place of its surrogate."""
    functional.reset_net(node)
    recorder = Recorder(node.surrogate_function)
    node.surrogate_function = recorder
    try:
        output = torch.stack([node(step) for step in x])
    finally:
        node.surrogate_function = recorder.function
    return Run(output, torch.stack(recorder.seen))


def lif(node_class, decay, reset, v_reset, gradient, detach, chosen, threshold, **settings):
    peer_surrogate, our_surrogate, jumps = chosen
    node = node_class(
        v_threshold=threshold, v_reset=v_reset, surrogate_function=peer_surrogate, detach_reset=detach, **settings
    )
    text = ", ".join(f"{k}={v}" for k, v in settings.items())
    text = f"{node_class.__name__}({text + ', ' if text else ''}v_threshold={threshold}, v_reset={v_reset}, "
    text += f"detach_reset={detach}, {type(peer_surrogate).__name__}({peer_surrogate.extra_repr()}))"
    mine = ours(
        "LifParameters",
        decay=decay,
        threshold=threshold,
        reset=reset,
        resetGradient=gradient,
        surrogate=our_surrogate,
    )
    return Case("SpikingJelly " + text, mine, lambda x: run(node, x), jumps)


def lif_cases():
    """IF and LIF with all resets and reset gradients, then all surrogates."""
    cases = []
    for reset, v_reset in RESETS:
        for gradient, detach in GRADIENTS:
            common = (reset, v_reset, gradient, detach)
            cases.append(lif(neuron.IFNode, 1.0, *common, ARCTAN, 1.0))
            cases.append(lif(neuron.LIFNode, 0.5, *common, SIGMOID, 1.0, tau=2.0, decay_input=False))
            cases.append(lif(neuron.LIFNode, 1 - 1 / 3.0, *common, ARCTAN, 0.6, tau=3.0, decay_input=False))
    for i, chosen in enumerate(SURROGATES[2:]):
        reset, v_reset = RESETS[i % 2]
        cases.append(
            lif(neuron.LIFNode, 0.75, reset, v_reset, "EXACT", False, chosen, 0.5, tau=4.0, decay_input=False)
        )
    return cases
