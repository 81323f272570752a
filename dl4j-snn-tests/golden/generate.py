#!/usr/bin/env python3
"""Writes the golden vectors of dl4j-snn-tests/src/test/resources/golden: what SpikingJelly, snnTorch, Norse and
PyTorch Geometric compute where their equations are ours. The README beside this file says how to run it and what is in
the files."""
import importlib.metadata
import warnings

import torch

import norse_cases
import pyg_cases
import snntorch_cases
import spikingjelly_cases
import surrogate_cases
from common import Draw, write

PACKAGES = ("torch", "spikingjelly", "snntorch", "norse", "torch-geometric")
VERSIONS = {p: importlib.metadata.version(p) for p in PACKAGES}


def versions(*peers):
    return {p: VERSIONS[p] for p in ("torch", *peers)}


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    draws = [Draw(1, "uniform", -0.5, 1.5), Draw(2, "normal", 0.4, 0.8)]
    sj, st, no = spikingjelly_cases, snntorch_cases, norse_cases
    for neuron, seed, peers in [
        ("lif", 0, {"spikingjelly": sj.lif_cases, "snntorch": st.lif_cases, "norse": no.if_cases}),
        ("plif", 10, {"spikingjelly": sj.plif_cases, "snntorch": st.plif_cases, "norse": no.plif_cases}),
        (
            "synaptic",
            20,
            {"spikingjelly": sj.synaptic_cases, "snntorch": st.synaptic_cases, "norse": no.synaptic_cases},
        ),
        ("adaptive", 30, {"norse": no.adaptive_cases}),
        ("recurrent", 40, {"spikingjelly": sj.recurrent_cases, "snntorch": st.recurrent_cases}),
        (
            "integrator",
            50,
            {"spikingjelly": sj.integrator_cases, "snntorch": st.integrator_cases, "norse": no.integrator_cases},
        ),
        ("klif", 60, {"spikingjelly": sj.klif_cases}),
        ("qif", 70, {"spikingjelly": sj.qif_cases}),
        ("eif", 80, {"spikingjelly": sj.eif_cases}),
        ("izhikevich", 90, {"spikingjelly": sj.izhikevich_cases}),
        ("gated", 100, {"spikingjelly": sj.gated_cases}),
    ]:
        for peer, cases in peers.items():
            write(f"{neuron}-{peer}", versions(peer), [Draw(seed + d.seed, d.kind, d.a, d.b) for d in draws], cases())
    # multiples of 1/4 under a decay of 1/2 stay exact: potentials reach the threshold and no more
    exact = [Draw(3, "uniform", -0.5, 1.5, grid=4, ties=True)]
    write("lif-ties-spikingjelly", versions("spikingjelly"), exact, sj.tie_cases())
    surrogate_cases.write(versions("spikingjelly", "snntorch", "norse"))
    pyg_cases.write(versions("torch-geometric"))


if __name__ == "__main__":
    main()
