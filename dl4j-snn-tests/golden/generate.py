#!/usr/bin/env python3
"""Writes the golden vectors of dl4j-snn-tests/src/test/resources/golden: what SpikingJelly, snnTorch and Norse compute
where their equations are ours. The README beside this file says how to run it and what is in the files."""
import importlib.metadata
import warnings

import torch

import norse_cases
import snntorch_cases
import spikingjelly_cases
import surrogate_cases
from common import Draw, write

VERSIONS = {p: importlib.metadata.version(p) for p in ("torch", "spikingjelly", "snntorch", "norse")}


def versions(peer):
    return {p: VERSIONS[p] for p in ("torch", peer)}


def main():
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    draws = [Draw(1, "uniform", -0.5, 1.5), Draw(2, "normal", 0.4, 0.8)]
    write("lif-spikingjelly", versions("spikingjelly"), draws + [Draw(3, "normal", 0.2, 1.0)], spikingjelly_cases.lif_cases())
    write("lif-snntorch", versions("snntorch"), draws, snntorch_cases.lif_cases())
    write("lif-norse", versions("norse"), draws, norse_cases.if_cases())
    surrogate_cases.write(VERSIONS)


if __name__ == "__main__":
    main()
