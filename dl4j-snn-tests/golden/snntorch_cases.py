"""Neurons of snnTorch. A step asks the surrogate twice: for the reset of the last step, then for the spike."""
import snntorch
import torch
from snntorch import surrogate

from common import FEATURES, Case, Recorder, Run, constant, ours, recurrent_weights, trained

ATAN = ("atan(2.0)", surrogate.atan(2.0), ours("ArctanSurrogate", alpha=2.0))
FAST_SIGMOID = ("fast_sigmoid(10)", surrogate.fast_sigmoid(10), ours("FastSigmoidSurrogate", slope=10.0))
STRAIGHT = ("straight_through_estimator()", surrogate.straight_through_estimator(), ours("StraightThroughSurrogate"))
HEAVISIDE = ("heaviside()", surrogate.heaviside(), ours("LeakyKReluSurrogate", leak=0.0, k=1.0))

# reset_mechanism, reset_delay -> reset, reset gradient
RESETS = [("zero", True, "HARD", "DETACHED"), ("zero", False, "HARD", "EXACT"), ("none", True, "NONE", "DETACHED")]
SOFT = ("subtract", False, "SOFT", "EXACT")


def run(node, constants, states, x):
    """Steps a neuron; the state of RLeaky begins with its spikes."""
    recorder = Recorder(node.spike_grad)
    node.spike_grad = recorder
    state = [torch.zeros_like(x[0]) for _ in range(states)]
    spikes = []
    for step in x:
        spike, *after = node(step, *state)
        state = [spike, *after][-states:]
        spikes.append(spike.to(x.dtype))
    return Run(torch.stack(spikes), torch.stack(recorder.seen[1::2]), constants)


def neuron_case(name, mine, way, chosen, threshold, states, settings, sharing=None, prepare=None, recurrence=None):
    """A neuron of snnTorch; settings are its constants by (name there, name here, value), shared ones are trained."""
    mechanism, delay, reset, gradient = way
    text, peer_surrogate, our_surrogate = chosen
    settings = [("threshold", "threshold", threshold), *settings]
    shown = ", ".join(f"{theirs}={value}" for theirs, _, value in settings)

    def fresh(x):
        constants = {here: constant(value, sharing) for _, here, value in settings}
        given = {theirs: constants[here] for theirs, here, _ in settings}
        more, weights = prepare() if prepare else ({}, {})
        node = getattr(snntorch, name)(
            **given, **more, spike_grad=peer_surrogate, reset_mechanism=mechanism, reset_delay=delay
        )
        if recurrence == "ALL_TO_ALL":  # without the bias that its layer has
            del node.recurrent
            node.recurrent = lambda spikes: spikes.to(x.dtype) @ weights["recurrentWeights"]
        return run(node, {**trained(**constants), **weights}, states, x)

    peer = f"snnTorch {name}({shown}, spike_grad={text}, reset_mechanism='{mechanism}', reset_delay={delay}"
    peer += f", {recurrence.lower()})" if recurrence else ")"
    train = {"train" + here[0].upper() + here[1:]: sharing for _, here, _ in settings} if sharing else {}
    mine = ours(
        mine.pop("name"),
        **mine,
        **{here: value for _, here, value in settings},
        **train,
        reset=reset,
        resetGradient=gradient,
        surrogate=our_surrogate,
    )
    highest = threshold if mechanism == "subtract" else None
    return Case(peer, mine, fresh, highest=highest, recurrence=recurrence)


def lif(decay, way, chosen, threshold):
    mine = dict(name="LifParameters")
    return neuron_case("Leaky", mine, way, chosen, threshold, 1, [("beta", "decay", decay)])


def lif_cases():
    cases = []
    for i, chosen in enumerate([ATAN, FAST_SIGMOID, STRAIGHT, HEAVISIDE]):
        for way in RESETS:
            cases.append(lif(0.7, way, chosen, 0.6 if i % 2 else 1.0))
    cases.append(lif(1.0, RESETS[0], ATAN, 0.75))
    cases.append(lif(1.0, SOFT, FAST_SIGMOID, 1.25))
    cases.append(lif(0.7, SOFT, ATAN, 1.25))
    return cases


def plif_cases():
    """Decay and threshold trained, one for the layer or one a feature."""
    return [
        neuron_case("Leaky", dict(name="ParametricLif"), way, ATAN, threshold, 1, [("beta", "decay", 0.7)], sharing)
        for way, threshold in zip([*RESETS, SOFT], [0.8, 0.8, 0.8, 1.25])
        for sharing in ("LAYER", "FEATURE")
    ]


def synaptic_cases():
    """"zero" with reset_delay takes the current of the step after a spike away: another neuron, left out."""
    settings = [("alpha", "currentDecay", 0.4), ("beta", "decay", 0.7)]
    return [
        neuron_case("Synaptic", dict(name="SynapticLif"), way, chosen, threshold, 2, settings, sharing)
        for way, chosen, threshold in [(RESETS[1], ATAN, 0.8), (RESETS[2], FAST_SIGMOID, 0.8), (SOFT, ATAN, 1.75)]
        for sharing in (None, "LAYER", "FEATURE")
    ]


def recurrent_cases():
    """As with Synaptic, "zero" with reset_delay is another neuron."""

    def one_to_one():
        weights = recurrent_weights("ONE_TO_ONE")
        return dict(V=weights, all_to_all=False, learn_recurrent=False), {"recurrentWeights": weights}

    def all_to_all():
        weights = recurrent_weights("ALL_TO_ALL")
        return dict(linear_features=FEATURES), {"recurrentWeights": weights}

    return [
        neuron_case(
            "RLeaky",
            dict(name="ParametricLif"),
            way,
            ATAN,
            threshold,
            2,
            [("beta", "decay", 0.7)],
            "LAYER",
            prepare,
            kind,
        )
        for way, threshold in [(RESETS[1], 0.75), (RESETS[2], 0.75), (SOFT, 1.5)]
        for kind, prepare in [("ONE_TO_ONE", one_to_one), ("ALL_TO_ALL", all_to_all)]
    ]


def integrator_cases():
    """The potential of a neuron whose reset does nothing."""

    def fresh(sharing, x):
        decay = constant(0.7, sharing)
        node = snntorch.Leaky(decay, spike_grad=ATAN[1], reset_mechanism="none")
        mem, potentials = torch.zeros_like(x[0]), []
        for step in x:
            _, mem = node(step, mem)
            potentials.append(mem)
        return Run(torch.stack(potentials), constants=trained(decay=decay))

    return [
        Case(
            f"snnTorch Leaky(beta=0.7, reset_mechanism='none'), mem",
            ours("LeakyIntegrator", decay=0.7, **({"trainDecay": sharing} if sharing else {})),
            lambda x, sharing=sharing: fresh(sharing, x),
        )
        for sharing in (None, "LAYER", "FEATURE")
    ]
