"""Graph convolutions of PyTorch Geometric beside ours, on one small graph with an isolated node, parallel edges and a
self-loop. Half of the inputs take two values, so that maxima tie. ChebConv takes degrees from the source, ours from the
target, so its graph is undirected."""
import torch
from torch_geometric.nn import ChebConv, GINConv, SAGEConv

from common import GRID, save

NODES, IN, OUT = 7, 4, 3
# node 6 is isolated, 5 only sends
DIRECTED = [(0, 1), (1, 0), (0, 1), (2, 1), (3, 2), (5, 3), (4, 4), (1, 4), (3, 1), (5, 0)]
UNDIRECTED = [(0, 1, 0.5), (1, 2, 1.25), (2, 3, 2.0), (0, 3, 0.75), (4, 5, 1.5), (0, 1, 0.25)]


def rounded(*shape, generator):
    return (torch.randn(*shape, generator=generator, dtype=torch.float64) * GRID).round() / GRID


def inputs(generator):
    # 1/2 and 1: where the maximum is 0, PyTorch shares its gradient with the zeros it began with, too
    spikes = (torch.rand(NODES, IN, generator=generator) < 0.5).double() / 2 + 0.5
    values = rounded(NODES, IN, generator=generator)
    spikes[:, IN // 2 :] = values[:, IN // 2 :]
    return spikes


def sage(aggr):
    conv = SAGEConv(IN, OUT, aggr=aggr)
    return conv, {"W": conv.lin_l.weight, "b": conv.lin_l.bias, "Wself": conv.lin_r.weight}


def gin(eps, train):
    linear = torch.nn.Linear(IN, OUT)
    conv = GINConv(linear, eps=eps, train_eps=train)
    return conv, {"W": linear.weight, "b": linear.bias, **({"eps": conv.eps} if train else {})}


def cheb(order):
    conv = ChebConv(IN, OUT, K=order)
    return conv, {**{f"W{k}": lin.weight for k, lin in enumerate(conv.lins)}, "b": conv.bias}


def choice(kind, order=1, eps=0.0, trainEps=False):
    return {"kind": kind, "order": order, "eps": eps, "trainEps": trainEps}


CASES = [
    ("SAGEConv(aggr=mean)", choice("MEAN"), lambda: sage("mean")),
    ("SAGEConv(aggr=sum)", choice("SUM"), lambda: sage("sum")),
    ("SAGEConv(aggr=max)", choice("MAX"), lambda: sage("max")),
    ("GINConv(Linear, eps=0.25)", choice("GIN", eps=0.25), lambda: gin(0.25, False)),
    ("GINConv(Linear, eps=0.5, train_eps)", choice("GIN", eps=0.5, trainEps=True), lambda: gin(0.5, True)),
    ("ChebConv(K=1)", choice("CHEBYSHEV", order=1), lambda: cheb(1)),
    ("ChebConv(K=2)", choice("CHEBYSHEV", order=2), lambda: cheb(2)),
    ("ChebConv(K=4)", choice("CHEBYSHEV", order=4), lambda: cheb(4)),
]


def numbers(tensor):
    return [float(f"{v:.10g}") for v in tensor.detach().reshape(-1).tolist()]


def ours(name, tensor):
    """Weights are [nOut, nIn] there, [nIn, nOut] here."""
    return tensor.T if name.startswith("W") else tensor


def entry(peer, propagation, make):
    generator = torch.Generator().manual_seed(71)
    conv, params = make()
    conv = conv.double()
    with torch.no_grad():
        for name, p in params.items():
            if name != "eps":
                p.copy_(rounded(*p.shape, generator=generator))
    x = inputs(generator).requires_grad_()
    g = rounded(NODES, OUT, generator=generator)
    if propagation["kind"] == "CHEBYSHEV":
        edges = [e for s, t, w in UNDIRECTED for e in ((s, t, w), (t, s, w))]
        y = conv(x, index(edges), torch.tensor([e[2] for e in edges], dtype=torch.float64))
    else:
        edges = [(s, t, 1.0) for s, t in DIRECTED]
        y = conv(x, index(edges))
    wanted = [x, *params.values()]
    gradients = torch.autograd.grad((y * g).sum(), wanted)
    return {
        "peer": peer,
        "propagation": propagation,
        "edges": [float(v) for e in edges for v in e],
        "x": numbers(x),
        "g": numbers(g),
        "parameters": {name: numbers(ours(name, p)) for name, p in params.items()},
        "output": numbers(y),
        "inputGradient": numbers(gradients[0]),
        "gradients": {name: numbers(ours(name, d)) for name, d in zip(params, gradients[1:])},
    }


def index(edges):
    return torch.tensor([[e[0] for e in edges], [e[1] for e in edges]])


def write(versions):
    document = {
        "about": "made by dl4j-snn-tests/golden/generate.py, whose README says how to read it",
        "versions": versions,
        "nodes": NODES,
        "nIn": IN,
        "nOut": OUT,
        "cases": [entry(*case) for case in CASES],
    }
    save("propagation", document)
    print(f"propagation: {len(CASES)} cases")
