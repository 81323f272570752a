"""What the generators share: cases, inputs that keep clear of ties, and the files.

Everything runs in float64. Inputs and gradients from above are multiples of 1/256, exact in float32 as well. A train of
currents that brings a potential nearer than CLEAR to the threshold, or to another jump of the surrogate, in any case of
its file is drawn again, so that rounding decides no spike and a test can demand equal spikes. Only draws for ties
keep it.
"""
import json
import pathlib
from dataclasses import dataclass, field
from typing import Callable

import torch

STEPS, EXAMPLES, FEATURES = 8, 3, 5
CLEAR = 1e-4
FAR = 20  # potentials of exponential neurons run off without a hard reset; trains that reach this are drawn again
GRID = 256
PACKAGE = "io.github.dl4jsnn.neuron."
FOLDER = pathlib.Path(__file__).resolve().parent.parent / "src/test/resources/golden"


def ours(name, **constants):
    """A neuron or a surrogate of this library, as JSON that its classes read."""
    return {"@class": PACKAGE + name, **constants}


def constant(value, sharing=None):
    """A constant of a neuron, trained if somebody shares it: 'LAYER' or 'FEATURE'."""
    shape = (FEATURES,) if sharing == "FEATURE" else ()
    return torch.full(shape, value, dtype=torch.float64, requires_grad=sharing is not None)


def trained(**constants):
    return {name: c for name, c in constants.items() if c.requires_grad}


def recurrent_weights(kind):
    """[F, F], from a neuron to a neuron, or [F]."""
    shape = (FEATURES, FEATURES) if kind == "ALL_TO_ALL" else (FEATURES,)
    w = torch.rand(shape, generator=torch.Generator().manual_seed(11), dtype=torch.float64) * 1.5 - 0.9
    return ((w * GRID).round() / GRID).requires_grad_()


@dataclass
class Run:
    """What a peer computed, all [T, N, F]; constants are the tensors whose gradient is wanted, by our names."""

    output: torch.Tensor
    above: torch.Tensor = None
    constants: dict = field(default_factory=dict)


@dataclass
class Case:
    """A neuron of a peer and ours that equals it."""

    peer: str
    neuron: dict
    run: Callable[[torch.Tensor], Run]
    jumps: tuple = ()  # distances from the threshold at which the surrogate jumps
    highest: float = None  # the equations coincide up to this potential above threshold
    recurrence: str = None


@dataclass
class Draw:
    """A distribution of currents."""

    seed: int
    kind: str
    a: float
    b: float
    grid: int = GRID
    ties: bool = False  # keep trains that come near a jump

    def currents(self, generator, count):
        unit = torch.rand if self.kind == "uniform" else torch.randn
        v = unit(count, STEPS, generator=generator, dtype=torch.float64)
        v = self.a + (self.b - self.a) * v if self.kind == "uniform" else self.a + self.b * v
        return (v * self.grid).round() / self.grid

    def text(self):
        return f"{self.kind}({self.a}, {self.b})"


class Recorder(torch.nn.Module):
    """A surrogate function that remembers the potentials above threshold which it is given."""

    def __init__(self, function):
        super().__init__()
        self.function, self.seen = function, []

    def forward(self, x, *args):
        self.seen.append(x)
        return self.function(x, *args)


def _unclear(case, x):
    """Which trains of [T, N, F] come near a jump."""
    above = case.run(x).above
    if above is None:
        return torch.zeros(EXAMPLES, FEATURES, dtype=torch.bool)
    distance = above.abs()
    near = (distance < CLEAR) | ~(distance < FAR)
    for jump in case.jumps:
        near |= (distance - jump).abs() < CLEAR
    if case.highest is not None:
        near |= above > case.highest - CLEAR
    near = near.any(0)
    # neurons that hear each other are drawn again together
    return near.any(1, keepdim=True).expand_as(near) if case.recurrence else near


def _inputs(draw, cases):
    generator = torch.Generator().manual_seed(draw.seed)
    x = draw.currents(generator, EXAMPLES * FEATURES).T.reshape(STEPS, EXAMPLES, FEATURES)
    for _ in range(10000):
        with torch.no_grad():
            bad = torch.stack([_unclear(c, x) for c in cases]).any(0)
        if draw.ties or not bad.any():
            g = torch.randn(STEPS, EXAMPLES, FEATURES, generator=generator, dtype=torch.float64)
            return x, (g * GRID).round() / GRID
        x[:, bad] = draw.currents(generator, int(bad.sum())).T
    raise RuntimeError("no input keeps clear of ties")


def _flat(sequence):
    """[T, N, F] as the values of [N, T, F]."""
    return sequence.detach().transpose(0, 1).reshape(-1).tolist()


def _numbers(values):
    return [float(f"{v:.7g}") for v in values]


def _result(case, index, x, g):
    x = x.clone().requires_grad_()
    run = case.run(x)
    wanted = [x, *run.constants.values()]
    # a constant may have no influence: in that case autograd gives None
    gradients = torch.autograd.grad((run.output * g).sum(), wanted, allow_unused=True)
    gradients = [torch.zeros_like(w) if d is None else d for w, d in zip(wanted, gradients)]
    result = {"input": index}
    if run.above is None:
        result["potentials"] = _numbers(_flat(run.output))
    else:
        assert ((run.output == 0) | (run.output == 1)).all()
        result["spikes"] = "".join("1" if v else "0" for v in _flat(run.output))
        result["aboveThreshold"] = _numbers(_flat(run.above))
    result["inputGradient"] = _numbers(_flat(gradients[0]))
    if run.constants:
        result["constantGradients"] = {
            name: _numbers(d.reshape(-1).tolist()) for name, d in zip(run.constants, gradients[1:])
        }
    assert all(torch.isfinite(d).all() for d in gradients)
    return result


def _case(case, inputs):
    entry = {"peer": case.peer, "neuron": case.neuron}
    if case.recurrence:
        entry["recurrence"] = case.recurrence
        entry["recurrentWeights"] = recurrent_weights(case.recurrence).reshape(-1).tolist()
    entry["runs"] = [_result(case, i, x, g) for i, (x, g) in enumerate(inputs)]
    return entry


def write(name, versions, draws, cases):
    """Runs all cases on all inputs and writes golden/NAME.json."""
    inputs = [_inputs(d, cases) for d in draws]
    document = {
        "about": "made by dl4j-snn-tests/golden/generate.py, whose README says how to read it",
        "versions": versions,
        "examples": EXAMPLES,
        "steps": STEPS,
        "features": FEATURES,
        "inputs": [
            {"seed": d.seed, "currents": d.text(), "x": _flat(x), "g": _flat(g)} for d, (x, g) in zip(draws, inputs)
        ],
        "cases": [_case(c, inputs) for c in cases],
    }
    fired = [r["spikes"].count("1") / len(r["spikes"]) for c in document["cases"] for r in c["runs"] if "spikes" in r]
    rate = f", firing rate {min(fired):.2f} to {max(fired):.2f}" if fired else ""
    save(name, document)
    print(f"{name}: {len(cases)} cases{rate}")


def save(name, document):
    """One key a line, arrays of numbers on one line."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / (name + ".json")).write_text(_text(document, 0) + "\n")


def _text(value, depth):
    nested = isinstance(value, dict) and depth < 4 and "@class" not in value
    nested |= isinstance(value, list) and any(isinstance(v, dict) for v in value)
    if not nested:
        return json.dumps(value, separators=(",", ":"))
    inner = "\n" + " " * (depth + 1)
    if isinstance(value, dict):
        body = ("," + inner).join(f"{json.dumps(k)}: {_text(v, depth + 1)}" for k, v in value.items())
        return "{" + inner + body + "\n" + " " * depth + "}"
    return "[" + inner + ("," + inner).join(_text(v, depth + 1) for v in value) + "\n" + " " * depth + "]"
