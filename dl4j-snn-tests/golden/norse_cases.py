"""Functional neurons of Norse, whose reset gradient is exact. Time step and constants make the decay."""
from unittest import mock

import torch
from norse.torch.functional import iaf, leaky_integrator_box, lif, lif_box, lsnn, threshold
from norse.torch.functional.reset import reset_subtract, reset_value

from common import Case, Recorder, Run, constant, ours, trained

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


def neuron_case(peer, name, chosen, fresh, sharing, resetPotential=0.0, **constants):
    """Ours has hard reset; fresh(constants, chosen, x) makes the run from the constants as tensors."""
    mine = ours(
        name,
        **constants,
        **({"train" + c[0].upper() + c[1:]: sharing for c in constants} if sharing else {}),
        reset="HARD",
        resetPotential=resetPotential,
        resetGradient="EXACT",
        surrogate=chosen[2],
    )

    def run_it(x):
        tensors = {c: constant(value, sharing) for c, value in constants.items()}
        result = fresh(tensors, chosen, x)
        result.constants = trained(**tensors)
        return result

    shown = ", ".join(f"{c} {v}" for c, v in {**constants, "reset potential": resetPotential}.items())
    return Case(f"Norse {peer}({chosen[0]}, {chosen[1]}; {shown})", mine, run_it)


def zeros(x):
    return torch.zeros_like(x[0])


def if_cases():
    def fresh(c, chosen, x):
        p = iaf.IAFParameters(c["threshold"], tensor(0.0), chosen[0], chosen[1])
        return run(iaf, iaf.iaf_feed_forward_step, iaf.IAFFeedForwardState(zeros(x)), p, x)

    return [
        neuron_case("iaf_feed_forward_step", "LifParameters", chosen, fresh, None, decay=1.0, threshold=v_th)
        for chosen, v_th in zip(SURROGATES, [1.0, 0.75, 1.25, 0.6])
    ]


def plif_cases():
    """The reset potential leaks towards 0, here and there."""

    def box(reset_method, v_reset):
        def fresh(c, chosen, x):
            p = lif_box.LIFBoxParameters(
                (1 - c["decay"]) / DT, tensor(0.0), c["threshold"], tensor(v_reset), chosen[0], chosen[1], reset_method
            )
            return run(lif_box, lif_box.lif_box_feed_forward_step, lif_box.LIFBoxFeedForwardState(zeros(x)), p, x)

        return fresh

    cases = []
    for chosen, v_reset, sharing in zip(SURROGATES, [0.0, -0.25, 0.125, 0.0], [None, "LAYER", "FEATURE", "LAYER"]):
        case = neuron_case(
            "lif_box_feed_forward_step",
            "ParametricLif",
            chosen,
            box(reset_value, v_reset),
            sharing,
            v_reset,
            decay=0.6,
            threshold=0.5,
        )
        cases.append(case)
    soft = neuron_case(
        "lif_box_feed_forward_step, reset_subtract",
        "ParametricLif",
        SURROGATES[1],
        box(reset_subtract, 0.0),
        "LAYER",
        decay=0.6,
        threshold=0.5,
    )
    soft.neuron["reset"] = "SOFT"
    for case in [*cases, soft]:
        case.neuron.setdefault("trainDecay", None)
        case.neuron["decayInput"] = True
    return [*cases, soft]


def synaptic_cases():
    """The current is scaled by 1 - decay there, so currents are given divided by it."""

    def fresh(c, chosen, x):
        p = lif.LIFParameters(
            (1 - c["currentDecay"]) / DT,
            (1 - c["decay"]) / DT,
            tensor(0.0),
            c["threshold"],
            tensor(0.0),
            chosen[0],
            chosen[1],
        )
        state = lif.LIFFeedForwardState(zeros(x), zeros(x))
        return run(lif, lif.lif_feed_forward_step, state, p, x / (1 - c["decay"]))

    return [
        neuron_case(
            "lif_feed_forward_step", "SynapticLif", chosen, fresh, sharing, decay=0.7, currentDecay=0.4, threshold=0.8
        )
        for chosen, sharing in zip(SURROGATES, [None, "LAYER", "FEATURE", "LAYER"])
    ]


def adaptive_cases():
    """The current is all gone after a step, and charges one step late: that of the first step is the state at the
    start. The threshold falls back before it is used, which changes the strength of the adaptation."""

    def fresh(c, chosen, x):
        rho = c["adaptationDecay"]
        p = lsnn.LSNNParameters(
            tensor(1 / DT),
            (1 - c["decay"]) / DT,
            (1 - rho) / DT,
            tensor(0.0),
            c["threshold"],
            tensor(0.0),
            c["adaptationStrength"] * (1 - rho) / rho,
            chosen[0],
            chosen[1],
        )
        x = x / (1 - c["decay"])
        state = lsnn.LSNNFeedForwardState(zeros(x), x[0], c["threshold"])
        return run(lsnn, lsnn.lsnn_feed_forward_step, state, p, torch.cat((x[1:], zeros(x)[None])))

    return [
        neuron_case(
            "lsnn_feed_forward_step",
            "AdaptiveLif",
            chosen,
            fresh,
            sharing,
            decay=0.7,
            threshold=0.4,
            adaptationDecay=0.8,
            adaptationStrength=0.9,
        )
        for chosen, sharing in zip(SURROGATES, [None, "LAYER", "FEATURE", "LAYER"])
    ]


def integrator_cases():
    def fresh(sharing, x):
        decay = constant(0.7, sharing)
        p = leaky_integrator_box.LIBoxParameters((1 - decay) / DT, tensor(0.0))
        state, potentials = leaky_integrator_box.LIBoxState(zeros(x)), []
        for current in x:
            v, state = leaky_integrator_box.li_box_feed_forward_step(current, state, p, DT)
            potentials.append(v)
        return Run(torch.stack(potentials), constants=trained(decay=decay))

    return [
        Case(
            "Norse li_box_feed_forward_step(decay 0.7)",
            ours("LeakyIntegrator", decay=0.7, decayInput=True, **({"trainDecay": sharing} if sharing else {})),
            lambda x, sharing=sharing: fresh(sharing, x),
        )
        for sharing in (None, "LAYER", "FEATURE")
    ]


def tensor(value):
    return torch.tensor(value, dtype=torch.float64)
