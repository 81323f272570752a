"""Derivatives of the surrogates of all peers on a grid of potentials above threshold."""
import torch
from norse.torch.functional import threshold
from snntorch import surrogate as snntorch_surrogate
from spikingjelly.activation_based import surrogate

import norse_cases
import snntorch_cases
import spikingjelly_cases
from common import ours, save

# both signs of powers of ten and a few between, and a tie; snnTorch and Norse do not fire there
GRID = [m * 10.0**e for e in range(-4, 4) for m in (1, 2.5, 7)] + [1e4]
GRID = [-x for x in reversed(GRID)] + [0.0] + GRID

DEFAULTS = [
    (surrogate.Rect(), ours("RectangularSurrogate", width=1.0)),
    (surrogate.SuperSpike(), ours("SuperSpikeSurrogate", alpha=1.0)),
    (surrogate.SoftSign(), ours("SoftSignSurrogate", alpha=2.0)),
    (surrogate.PiecewiseQuadratic(), ours("TriangularSurrogate", width=1.0)),
    (surrogate.PiecewiseExp(), ours("PiecewiseExpSurrogate", alpha=1.0)),
    (surrogate.Erf(), ours("ErfSurrogate", alpha=2.0)),
    (surrogate.NonzeroSignLogAbs(), ours("NonzeroSignLogAbsSurrogate", alpha=1.0)),
    (surrogate.PiecewiseLeakyReLU(), ours("PiecewiseLeakyReluSurrogate", w=1.0, c=0.01)),
    (surrogate.SquarewaveFourierSeries(), ours("SquarewaveFourierSurrogate", terms=1, period=8.0)),
    (surrogate.S2NN(), ours("S2nnSurrogate", alpha=4.0, beta=1.0)),
    (surrogate.QPseudoSpike(), ours("QPseudoSpikeSurrogate", alpha=2.0)),
    (surrogate.LeakyKReLU(), ours("LeakyKReluSurrogate", leak=0.0, k=1.0)),
    (surrogate.FakeNumericalGradient(), ours("FakeNumericalGradientSurrogate", alpha=0.3)),
    (surrogate.LogTailedReLU(), ours("LogTailedReluSurrogate", alpha=0.0)),
]


def derivative(function, x):
    x = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    return torch.autograd.grad(function(x).sum(), x)[0].tolist()


def entry(peer, function, our_surrogate, x):
    values = derivative(function, x)
    kept = [(a, d) for a, d in zip(x, values) if d == d]
    return {
        "peer": peer,
        "surrogate": our_surrogate,
        "x": [a for a, _ in kept],
        "derivative": [float(f"{d:.9g}") for _, d in kept],
    }


def write(versions):
    entries = []
    for s, mine in [(s, mine) for s, mine, _ in spikingjelly_cases.SURROGATES] + DEFAULTS:
        entries.append(entry(f"SpikingJelly {type(s).__name__}({s.extra_repr()})", s, mine, GRID))
    untied = [x for x in GRID if x]
    for name, s, mine in [
        snntorch_cases.ATAN,
        snntorch_cases.FAST_SIGMOID,
        ("fast_sigmoid()", snntorch_surrogate.fast_sigmoid(), ours("FastSigmoidSurrogate", slope=25.0)),
        # its exp overflows to NaN below -28 in float64, and below -3.43 in float32; NaN is left out here
        ("sigmoid()", snntorch_surrogate.sigmoid(), ours("SigmoidSurrogate", alpha=25.0)),
        snntorch_cases.STRAIGHT,
        snntorch_cases.HEAVISIDE,
    ]:
        entries.append(entry("snnTorch " + name, s, mine, untied))
    for method, alpha, mine in norse_cases.SURROGATES:
        f = lambda x: threshold.threshold(x, method, alpha)
        entries.append(entry(f"Norse threshold(method={method}, alpha={alpha})", f, mine, untied))
    save("surrogates", {"about": "made by dl4j-snn-tests/golden/generate.py", "versions": versions, "cases": entries})
    print(f"surrogates: {len(entries)} cases")
