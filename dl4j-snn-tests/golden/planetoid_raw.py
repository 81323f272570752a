"""Writes small raw files of Planetoid's format, src/test/resources/planetoid-raw/ind.NAME.*

The same graph three times: as Python 2 wrote it in protocol 2 (name "py2", the way of the published
files) and in protocol 0 (name "p0"), and as Python 3 with NumPy 2 writes it in protocol 4 ("py3").
Python 2's bytes are strings, and its NumPy and SciPy have other module names; a pickler that writes
those stands in for it.

    python planetoid_raw.py            the test files
    python planetoid_raw.py IN OUT     files of a real set, made of the plain files in folder IN
"""

import gzip
import pathlib
import pickle
import sys
from collections import defaultdict

import numpy as np
import scipy.sparse as sp

OLD_MODULES = {
    "numpy._core.multiarray": "numpy.core.multiarray",
    "scipy.sparse._csr": "scipy.sparse.csr",
    "builtins": "__builtin__",
    "copyreg": "copy_reg",
}


class Python2Pickler(pickle._Pickler):
    """Writes str and bytes as Python 2 wrote its str, and classes under their old names."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_string(self, obj):
        data = obj if isinstance(obj, bytes) else obj.encode("ascii")
        if self.proto == 0:
            self.write(b"S" + repr(data)[1:].encode("ascii") + b"\n")
        elif len(data) < 256:
            self.write(b"U" + bytes([len(data)]) + data)
        else:
            self.write(b"T" + len(data).to_bytes(4, "little") + data)
        self.memoize(obj)

    dispatch[str] = save_string
    dispatch[bytes] = save_string

    def save_global(self, obj, name=None):
        name = name or obj.__qualname__
        module = OLD_MODULES.get(obj.__module__, obj.__module__)
        self.write(f"c{module}\n{name}\n".encode("ascii"))
        self.memoize(obj)

    dispatch[type] = save_global
    dispatch[type(len)] = save_global
    dispatch[type(gzip.open)] = save_global

    def reducer_override(self, obj):
        if isinstance(obj, sp.csr_matrix):
            state = {
                "_shape": obj.shape,
                "maxprint": 50,
                "indices": obj.indices,
                "indptr": obj.indptr,
                "data": obj.data,
            }
            if self.proto < 2:
                import copyreg

                return copyreg._reconstructor, (type(obj), object, None), state
            import copyreg

            return copyreg.__newobj__, (type(obj),), state
        return NotImplemented


def write(folder, name, parts, test_index, dump):
    folder.mkdir(parents=True, exist_ok=True)
    for part, value in parts.items():
        with open(folder / f"ind.{name}.{part}", "wb") as f:
            dump(value, f)
    text = "".join(f"{node}\n" for node in test_index)
    (folder / f"ind.{name}.test.index").write_text(text)


def python2(protocol):
    return lambda value, f: Python2Pickler(f, protocol).dump(value)


def lists(edges, nodes):
    """Neighbours in both directions, a key for every node."""
    graph = defaultdict(list)
    for node in range(nodes):
        graph[node] = []
    for u, v in edges:
        graph[u].append(v)
        graph[v].append(u)
    return graph


def small():
    """15 nodes: 3 train, 4 validation, 2 none, and 9 to 14 with 11 and 13 missing."""
    rng = np.random.RandomState(7)
    allx = sp.csr_matrix(
        (
            # Node 1 has its columns in no order, a column twice and a zero.
            np.array([1, 0.5, 0.25, 0.25, 0, 1, 1, 1, 1], dtype=np.float32),
            np.array([2, 4, 0, 4, 1, 3, 0, 1, 4], dtype=np.int32),
            np.array([0, 1, 5, 5, 6, 7, 7, 8, 9, 9], dtype=np.int32),
        ),
        shape=(9, 5),
    )
    tx = sp.csr_matrix(rng.rand(4, 5).round(2) * (rng.rand(4, 5) < 0.5))  # float64
    classes = np.array([0, 1, 2, 0, 1, 2, 1, 2, 0])
    ally = np.eye(3, dtype=np.int32)[classes]
    ally[8] = 0  # no class
    ty = np.asfortranarray(np.eye(3, dtype=np.int64)[[2, 0, 1, 1]])
    x = sp.csr_matrix((allx.data[:5], allx.indices[:5], allx.indptr[:4]), shape=(3, 5))
    graph = lists([(0, 1), (0, 14), (2, 9), (3, 4), (4, 12), (5, 5), (6, 11), (10, 12)], 15)
    graph[1].append(0)  # listed twice
    graph[8].append(7)  # in one direction only
    parts = {"x": x, "y": ally[:3], "tx": tx, "ty": ty, "allx": allx, "ally": ally, "graph": graph}
    return parts, [12, 9, 14, 10]


def real(folder):
    """The parts of a set in plain files; test rows are put out of order."""
    name = folder.name
    rows = [
        line.rstrip("\n").split("\t")
        for line in gzip.open(folder / f"{name}.features.tsv.gz", "rt")
    ]
    splits = [line.split()[1] for line in open(folder / f"{name}.splits.tsv")]
    edges = [tuple(map(int, line.split())) for line in open(folder / f"{name}.edges.tsv")]
    properties = dict(
        line.strip().split("=") for line in open(folder / f"{name}.properties") if "=" in line
    )
    n, f, c = (int(properties[key]) for key in ("nodes", "features", "classes"))
    features = sp.lil_matrix((n, f), dtype=np.float32)
    labels = np.zeros((n, c), dtype=np.int32)
    for node, label, pairs in rows:
        for pair in pairs.split():
            index, value = pair.split(":")
            features[int(node), int(index)] = float(value)
        if int(label) >= 0:
            labels[int(node), int(label)] = 1
    features = features.tocsr()
    test = [node for node in range(n) if splits[node] == "test"]
    np.random.RandomState(1).shuffle(test)
    first, train = min(test), splits.count("train")
    return {
        "x": features[:train],
        "y": labels[:train],
        "allx": features[:first],
        "ally": labels[:first],
        "tx": features[test],
        "ty": labels[test],
        "graph": lists(edges, n),
    }, test


if __name__ == "__main__":
    if len(sys.argv) == 3:
        source = pathlib.Path(sys.argv[1])
        write(pathlib.Path(sys.argv[2]), source.name, *real(source), python2(2))
    else:
        target = pathlib.Path(__file__).parent.parent / "src/test/resources/planetoid-raw"
        write(target, "py2", *small(), python2(2))
        write(target, "p0", *small(), python2(0))
        write(target, "py3", *small(), lambda value, f: pickle.dump(value, f, 4))
