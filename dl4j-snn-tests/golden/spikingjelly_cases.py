"""Neurons of SpikingJelly."""
import torch
from spikingjelly.activation_based import functional, layer, neuron, surrogate

from common import FEATURES, STEPS, Case, Recorder, Run, constant, ours, recurrent_weights, trained

RESETS = [("HARD", 0.0), ("SOFT", None)]
GRADIENTS = [("EXACT", False), ("DETACHED", True)]
# name of reset, v_reset, name of reset gradient, detach_reset
WAYS = [(*r, *g) for r in RESETS for g in GRADIENTS]

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


def assign(node, name, value):
    """Puts a tensor, which may follow from a constant of ours, in place of a parameter."""
    delattr(node, name)
    setattr(node, name, value)


def logit(c):
    return torch.log(c / (1 - c))


def run(module, node, constants, x):
    """Steps a module one by one; a recorder sits in place of the surrogate of the node in it."""
    functional.reset_net(module)
    recorder = Recorder(node.surrogate_function)
    node.surrogate_function = recorder
    output = torch.stack([module(step) for step in x])
    return Run(output, torch.stack(recorder.seen), constants)


def node_case(name, mine, way, chosen, threshold, settings, prepare=lambda node: {}):
    """A node of SpikingJelly with what all of them have; prepare puts in trained constants and returns them."""
    reset, v_reset, gradient, detach = way
    peer_surrogate, our_surrogate, jumps = chosen
    common = dict(v_threshold=threshold, v_reset=v_reset, detach_reset=detach)
    text = ", ".join(f"{k}={v}" for k, v in {**settings, **common}.items())

    def fresh(x):
        node = getattr(neuron, name)(**settings, **common, surrogate_function=peer_surrogate)
        return run(node, node, prepare(node), x)

    mine = ours(
        mine.pop("name"), **mine, threshold=threshold, reset=reset, resetGradient=gradient, surrogate=our_surrogate
    )
    peer = f"SpikingJelly {name}({text}, {type(peer_surrogate).__name__}({peer_surrogate.extra_repr()}))"
    return Case(peer, mine, fresh, jumps)


def lif(decay, way, chosen, threshold):
    mine = dict(name="LifParameters", decay=decay)
    if decay == 1:
        return node_case("IFNode", mine, way, chosen, threshold, {})
    settings = dict(tau=1 / (1 - decay), decay_input=False)
    return node_case("LIFNode", mine, way, chosen, threshold, settings)


def lif_cases():
    """IF and LIF with all resets and reset gradients, then all surrogates."""
    cases = []
    for way in WAYS:
        cases.append(lif(1.0, way, ARCTAN, 1.0))
        cases.append(lif(0.5, way, SIGMOID, 1.0))
        cases.append(lif(0.7, way, ARCTAN, 0.6))
    for i, chosen in enumerate(SURROGATES[2:]):
        cases.append(lif(0.75, WAYS[i % 2 * 2], chosen, 0.5))
    return cases


def tie_cases():
    """Constants that keep potentials exact, so that some equal the threshold."""
    return [lif(decay, way, ARCTAN, 1.0) for decay in (0.5, 1.0) for way in WAYS]


def plif_cases():
    """Decayed input of a fixed decay, then a trained decay; their w is minus ours."""
    cases = []
    for i, way in enumerate(WAYS):
        fixed = dict(name="ParametricLif", decay=0.6, trainDecay=None, decayInput=True)
        cases.append(node_case("LIFNode", fixed, way, SIGMOID, 0.5, dict(tau=2.5, decay_input=True)))
        for decay_input in (False, True):
            k = 0.5 if i < 2 else 0.8
            mine = dict(name="ParametricLif", decay=k, trainDecay="LAYER", decayInput=decay_input)

            def prepare(node, k=k):
                decay = constant(k, "LAYER")
                assign(node, "w", -logit(decay))
                return trained(decay=decay)

            settings = dict(init_tau=1 / (1 - k), decay_input=decay_input)
            cases.append(node_case("ParametricLIFNode", mine, way, ARCTAN, 0.4, settings, prepare))
    return cases


def synaptic_cases():
    cases = []
    for reset, v_reset, gradient, detach in [WAYS[0], WAYS[1], WAYS[2], ("HARD", -0.25, "EXACT", False)]:
        mine = ours(
            "SynapticLif",
            currentDecay=0.4,
            decay=0.75,
            threshold=0.8,
            reset=reset,
            resetPotential=v_reset or 0.0,
            resetGradient=gradient,
            surrogate=ARCTAN[1],
        )

        def fresh(x, v_reset=v_reset, detach=detach):
            node = neuron.CUBALIFNode(0.4, 0.75, v_threshold=0.8, v_reset=v_reset, surrogate_function=ARCTAN[0])
            node.detach_reset = detach
            node.v = 0.0
            node.set_reset_value("v", 0.0)
            return run(node, node, {}, x)

        peer = f"SpikingJelly CUBALIFNode(c_decay=0.4, v_decay=0.75, v_threshold=0.8, v_reset={v_reset}, "
        cases.append(Case(peer + f"detach_reset={detach}, ATan(2.0)), from potential 0", mine, fresh))
    return cases


def recurrent_cases():
    """The left block of the container's matrix is the identity, so that it adds W o to the currents."""
    cases = []
    for i, (reset, v_reset, gradient, detach) in enumerate(WAYS):
        for kind in ("ALL_TO_ALL", "ONE_TO_ONE"):
            mine = ours(
                "ParametricLif",
                decay=0.7,
                trainDecay=None,
                threshold=0.75,
                reset=reset,
                resetGradient=gradient,
                surrogate=SIGMOID[1],
            )

            def fresh(x, kind=kind, v_reset=v_reset, detach=detach):
                node = neuron.LIFNode(
                    tau=1 / (1 - 0.7),
                    decay_input=False,
                    v_threshold=0.75,
                    v_reset=v_reset,
                    detach_reset=detach,
                    surrogate_function=SIGMOID[0],
                )
                weights = recurrent_weights(kind)
                if kind == "ALL_TO_ALL":
                    module = layer.LinearRecurrentContainer(node, FEATURES, FEATURES, bias=False)
                    assign(module.rc, "weight", torch.cat((torch.eye(FEATURES, dtype=weights.dtype), weights.T), 1))
                else:
                    module = layer.ElementWiseRecurrentContainer(node, lambda y, x: x + weights * y)
                return run(module, node, {"recurrentWeights": weights}, x)

            container = "Linear" if kind == "ALL_TO_ALL" else "ElementWise"
            peer = f"SpikingJelly {container}RecurrentContainer(LIFNode(tau={1 / (1 - 0.7)}, decay_input=False, "
            peer += f"v_threshold=0.75, v_reset={v_reset}, detach_reset={detach}, Sigmoid(4.0)))"
            cases.append(Case(peer, mine, fresh, recurrence=kind))
    return cases


def integrator_cases():
    def fresh(x):
        node = neuron.NonSpikingLIFNode(tau=2.5)
        return Run(torch.stack(node(x)))

    return [
        Case(
            "SpikingJelly NonSpikingLIFNode(tau=2.5)",
            ours("LeakyIntegrator", decay=0.6, decayInput=True),
            fresh,
        )
    ]


def klif_cases():
    """Without the option to scale the reset back."""
    cases = []
    for i, way in enumerate(WAYS):
        for decay_input in (False, True):
            mine = dict(name="KLif", decay=0.6, decayInput=decay_input, scale=1.25, trainScale="LAYER")

            def prepare(node):
                scale = constant(1.25, "LAYER")
                assign(node, "k", scale)
                return trained(scale=scale)

            # the potential is cut off at 0, which is as far from the threshold as the threshold from 0
            chosen = (*ARCTAN[:2], (0.6,))
            settings = dict(tau=2.5, decay_input=decay_input)
            cases.append(node_case("KLIFNode", mine, way, chosen, 0.6, settings, prepare))
    return cases


def nonlinear_cases(name, theirs, constants, settings):
    """Neurons whose charge is no leak; they start at the reset potential, ours as well."""
    ways = [("HARD", -0.125, "EXACT", False), ("HARD", -0.25, "DETACHED", True), *WAYS[2:]]
    return [
        node_case(theirs, dict(name=name, **constants, resetPotential=way[1] or 0.0), way, chosen, 0.75, settings)
        for way, chosen in zip(ways, [ARCTAN, SIGMOID, SIGMOID, ARCTAN])
    ]


def qif_cases():
    mine = dict(tau=1.5, restPotential=-0.0625, criticalPotential=0.5, curvature=0.75)
    settings = dict(tau=1.5, v_c=0.5, a0=0.75, v_rest=-0.0625)
    return nonlinear_cases("QuadraticIf", "QIFNode", mine, settings)


def eif_cases():
    mine = dict(tau=1.5, restPotential=-0.0625, rheobasePotential=0.5, sharpness=0.75)
    settings = dict(tau=1.5, delta_T=0.75, theta_rh=0.5, v_rest=-0.0625)
    return nonlinear_cases("ExponentialIf", "EIFNode", mine, settings)


def izhikevich_cases():
    mine = dict(
        tau=1.5,
        restPotential=-0.0625,
        criticalPotential=0.5,
        curvature=0.75,
        recoveryTau=3.0,
        recoverySensitivity=0.5,
        recoveryJump=0.25,
    )
    settings = dict(tau=1.5, v_c=0.5, a0=0.75, v_rest=-0.0625, tau_w=3.0, a=0.5, b=0.25)
    return nonlinear_cases("Izhikevich", "IzhikevichNode", mine, settings)


def gated_cases():
    """All constants trained. A channel is a feature of ours; one conductance serves all steps."""
    theirs = dict(
        alpha=("leakGate", 0.6),
        beta=("inputGate", 0.4),
        gamma=("resetGate", 0.7),
        tau=("decay", 0.25),
        v_threshold=("threshold", 0.5),
        linear_decay=("linearDecay", 0.0625),
        v_subreset=("subtraction", 0.375),
        conduct=("conductance", 0.75),
    )

    def fresh(x, sharing):
        inplane = FEATURES if sharing == "FEATURE" else None
        node = neuron.GatedLIFNode(T=STEPS, inplane=inplane, surrogate_function=ARCTAN[0])
        constants = {here: constant(value, sharing) for here, value in theirs.values()}
        for there, (here, _) in theirs.items():
            c = logit(constants[here])
            assign(node, there, c.expand(STEPS, *c.shape) if there == "conduct" else c)
        recorder = Recorder(node.surrogate_function)
        node.surrogate_function = recorder
        output = node(x[..., None, None])[..., 0, 0]
        return Run(output, torch.stack(recorder.seen)[..., 0, 0], trained(**constants))

    common = dict(reset="NONE", resetGradient="EXACT", surrogate=ARCTAN[1])
    shown = ", ".join(f"{there} {value}" for there, (_, value) in theirs.items())
    return [
        Case(
            f"SpikingJelly GatedLIFNode(T={STEPS}, {shown}), one a {sharing.lower()}",
            ours("GatedLif", **{here: value for here, value in theirs.values()}, train=sharing, **common),
            lambda x, sharing=sharing: fresh(x, sharing),
        )
        for sharing in ("LAYER", "FEATURE")
    ]
