#!/usr/bin/env python3
"""Times this library and its peers in turn, in several sittings, and writes the medians to docs/benchmarks.csv.

Ours is JMH, the benchmark profile of dl4j-snn-tests, one fork a sitting; peers are the scripts beside this file.
Every other sitting the peers go first, so that a machine that slows down does not favour one side. Each figure is
the median over sittings of the medians within; ratio is peer over ours: above 1, ours is faster.

    run.py --python venv/bin/python --data FOLDER [--sittings 5] [--benchmark lif] [--quick]
"""
import argparse
import csv
import json
import math
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
HEADER = ["benchmark", "shape", "provider", "threads", "ours_ms", "peer", "peer_ms", "ratio", "exponent", "commit"]
KEY = ["benchmark", "shape", "provider", "threads", "peer"]
PROVIDER = "scalar"
THREADS = 2  # the peers' scripts set it

LIF_SHAPES = ["10x2708x400", "16x64x65536", "128x32x4096"]  # T x N x F, as in LifBenchmark
GROWING_LIF = ["16x64x16384", "128x64x16384"]  # ours alone: growth with T
CORA_NODES, CORA_FEATURES = 2708, 1433


class Settings:
    """How long to measure: long enough for C2 to finish, or (quick) only to see that everything runs."""

    def __init__(self, quick, lif_shapes=None):
        self.jmh = "-f 1 -wi 1 -w 1 -i 1 -r 1" if quick else "-f 1 -wi 4 -w 2 -i 4 -r 2"
        self.lif_shapes = ["4x50x20"] if quick else lif_shapes or LIF_SHAPES
        self.growing_lif = ["2x50x20", "8x50x20"] if quick else [] if lif_shapes else GROWING_LIF
        self.quick = quick
        self.hidden, self.steps = (8, 2) if quick else (400, 10)
        self.attention_hidden, self.heads = (8, 2) if quick else (64, 8)
        self.gcn_hidden = 4 if quick else 16
        # positions, steps, width, blocks, batch, series, horizon
        self.spikformer = [6, 2, 16, 1, 2, 3, 2] if quick else [168, 4, 256, 2, 16, 207, 24]
        self.epochs = 2 if quick else 20  # above 25 gcsnn_torch.py evaluates, too

    def lif_repetitions(self, shape):
        """20 of a small shape; fewer of one for which the slowest peer takes seconds."""
        entries = math.prod(int(n) for n in shape.split("x"))
        return 2 if self.quick else max(5, min(20, 200_000_000 // entries))


def run(command, **kwargs):
    print("$", shlex.join(map(str, command)), flush=True)
    return subprocess.run(list(map(str, command)), check=True, stdin=subprocess.DEVNULL, **kwargs)


def peer(python, script, *args):
    """Output of a peer's script: one JSON object, its last line."""
    out = run([python, HERE / script, *args], stdout=subprocess.PIPE, text=True).stdout
    return json.loads(out.splitlines()[-1])


def jmh(benchmark, options, environment):
    """Medians in ms by (method, parameters)."""
    with tempfile.TemporaryDirectory() as folder:
        result = pathlib.Path(folder) / "jmh.json"
        arguments = f"{options} -jvmArgsAppend -XX:ActiveProcessorCount={THREADS} -rf json -rff {result}"
        maven = shutil.which("mvn") or ROOT / "mvnw"
        run([maven, "-B", "-q", "-pl", "dl4j-snn-tests", "-am", "-Pbenchmark", f"-Dbench={benchmark}",
             f"-Dbench.args={arguments}", "process-test-classes"], cwd=ROOT, env=environment)
        runs = json.loads(result.read_text())
    return {(r["benchmark"].rsplit(".", 1)[1], tuple(r["params"].values())): r["primaryMetric"]["scorePercentiles"]["50.0"]
            for r in runs}


class Lif:
    """LIF neurons, forward and backward; also against a copy of as many bytes."""

    def __init__(self, args, settings, environment):
        self.args, self.settings, self.environment = args, settings, environment

    def ours(self):
        shapes = self.settings.lif_shapes + self.settings.growing_lif
        options = f"{self.settings.jmh} -p shape={','.join(shapes)}"
        medians = jmh("LifBenchmark", options, self.environment)
        for shape in shapes:
            yield (self.label(shape), "ours"), medians["lif", (shape,)]
            yield (self.label(shape), "copy"), medians["copy", (shape,)]

    def peers(self):
        for shape in self.settings.lif_shapes:
            result = peer(self.args.python, "lif_torch.py", *shape.split("x"), self.settings.lif_repetitions(shape))
            for name in ["spikingjelly", "snntorch", "norse"]:
                if name in result:
                    yield (self.label(shape), name), 1000 * result[name]["median_s"]
                else:
                    print(f"{name} did not run: {result.get(name + '_error')}", file=sys.stderr)

    def exponents(self, times):
        """Of growth with T, by shape: 1 is linear."""
        if not self.settings.growing_lif:
            return {}
        short, long = self.settings.growing_lif
        growth = statistics.median(times[self.label(long), "ours"]) / statistics.median(times[self.label(short), "ours"])
        return {self.label(long): math.log(growth) / math.log(int(long.split("x")[0]) / int(short.split("x")[0]))}

    @staticmethod
    def label(shape):
        return "T{} N{} F{}".format(*shape.split("x"))


class Cora:
    """A training iteration on Cora."""

    benchmark = script = None
    styles = []

    def __init__(self, args, settings, environment):
        if not args.data:
            sys.exit(f"{self.benchmark} needs the data: give --data FOLDER or set DL4J_SNN_DATA")
        self.args, self.settings, self.environment = args, settings, environment
        self.label = self.shape()

    def ours(self):
        options = " ".join([self.settings.jmh] + [f"-p {name}={value}" for name, value in self.parameters().items()])
        for median in jmh(self.benchmark, options, self.environment).values():
            yield (self.label, "ours"), median

    def peers(self):
        for style in self.styles:
            result = peer(self.args.python, self.script, self.args.data / "planetoid", "cora", *self.arguments(style))
            yield (self.label, style), 1000 * result["epoch_s_median"]

    def exponents(self, times):
        return {}


class GcSnn(Cora):
    """GC-SNN."""

    benchmark, script, styles = "GcSnnBenchmark", "gcsnn_torch.py", ["tuned", "loop"]

    def shape(self):
        return f"T{self.settings.steps} N{CORA_NODES} F{CORA_FEATURES} H{self.settings.hidden}"

    def parameters(self):
        return {"hidden": self.settings.hidden, "timeSteps": self.settings.steps}

    def arguments(self, style):
        s = self.settings
        return s.hidden, s.steps, s.epochs, 0, style


class GaSnn(Cora):
    """GA-SNN: graph attention."""

    benchmark, script, styles = "GaSnnBenchmark", "gasnn_torch.py", ["tuned", "loop"]

    def shape(self):
        s = self.settings
        return f"T{s.steps} N{CORA_NODES} F{CORA_FEATURES} H{s.attention_hidden} heads{s.heads}"

    def parameters(self):
        s = self.settings
        return {"hidden": s.attention_hidden, "heads": s.heads, "timeSteps": s.steps}

    def arguments(self, style):
        s = self.settings
        return s.attention_hidden, s.heads, s.steps, s.epochs, style


class Gcn(Cora):
    """A plain GCN, without time steps."""

    benchmark, script, styles = "GcnBenchmark", "gcn_pyg.py", ["pyg"]

    def shape(self):
        return f"N{CORA_NODES} F{CORA_FEATURES} H{self.settings.gcn_hidden}"

    def parameters(self):
        return {"hidden": self.settings.gcn_hidden}

    def arguments(self, style):
        return self.settings.gcn_hidden, self.settings.epochs, 1


class Spikformer:
    """A training iteration of Spikformer with CPG-PE, for the forecast of series."""

    def __init__(self, args, settings, environment):
        self.args, self.settings, self.environment = args, settings, environment
        self.label = "L{} T{} D{} blocks{} N{} C{} H{}".format(*settings.spikformer)

    def ours(self):
        options = f"{self.settings.jmh} -p shape={'x'.join(map(str, self.settings.spikformer))}"
        for median in jmh("SpikformerBenchmark", options, self.environment).values():
            yield (self.label, "ours"), median

    def peers(self):
        result = peer(self.args.python, "spikformer_torch.py", *self.settings.spikformer, self.settings.epochs)
        yield (self.label, "spikingjelly"), 1000 * result["step_s_median"]

    def exponents(self, times):
        return {}


class ConvSnn:
    """A training iteration of the small convolution network."""

    def __init__(self, args, settings, environment):
        self.args, self.settings, self.environment = args, settings, environment
        self.sizes = (2, 2, 4) if settings.quick else (8, 16, 128)
        self.label = "T{} N{} width{}".format(*self.sizes)

    def ours(self):
        options = "{} -p timeSteps={} -p batch={} -p width={}".format(self.settings.jmh, *self.sizes)
        for median in jmh("ConvSnnBenchmark", options, self.environment).values():
            yield (self.label, "ours"), median

    def peers(self):
        steps, batch, width = self.sizes
        result = peer(self.args.python, "convsnn_torch.py", steps, batch, self.settings.epochs, width)
        yield (self.label, "spikingjelly"), 1000 * result["step_s_median"]

    def exponents(self, times):
        return {}


BENCHMARKS = {
    "lif": Lif,
    "gcsnn": GcSnn,
    "gasnn": GaSnn,
    "gcn": Gcn,
    "spikformer": Spikformer,
    "convsnn": ConvSnn,
}


def measure(benchmark, sittings):
    """All medians by (shape, who)."""
    times = {}
    for sitting in range(sittings):
        sides = [benchmark.ours, benchmark.peers]
        for side in sides if sitting % 2 == 0 else reversed(sides):
            for key, ms in side():
                times.setdefault(key, []).append(ms)
    return times


def rows(name, times, exponents, commit):
    for (shape, who), values in times.items():
        print(f"{name} {shape} {who}: {' '.join(f'{v:.2f}' for v in values)} ms")
        if who == "ours":
            continue
        ours, theirs = statistics.median(times[shape, "ours"]), statistics.median(values)
        yield {"benchmark": name, "shape": shape, "provider": PROVIDER, "threads": str(THREADS),
               "ours_ms": f"{ours:.2f}", "peer": who, "peer_ms": f"{theirs:.2f}", "ratio": f"{theirs / ours:.2f}",
               "exponent": f"{exponents[shape]:.3f}" if shape in exponents else "", "commit": commit}


def write(path, new):
    """Replaces the rows of the same benchmark, shape, provider, threads and peer; keeps the others."""
    table = {}
    if path.exists():
        with path.open(newline="") as f:
            table = {tuple(r[k] for k in KEY): r for r in csv.DictReader(f)}
    for row in new:
        table[tuple(row[k] for k in KEY)] = row
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="") as f:
        writer = csv.DictWriter(f, HEADER, lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.values())


def commit_hash():
    def git(*args):
        return run(["git", *args], cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs")
    return git("rev-parse", "--short", "HEAD") + ("-dirty" if changed else "")


def arguments():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--sittings", type=int, default=5, help="how often everything runs (default 5)")
    p.add_argument("--python", default=sys.executable, help="Python with the peers installed (default: this one)")
    p.add_argument("--data", type=pathlib.Path, default=os.environ.get("DL4J_SNN_DATA"), help="data folder")
    p.add_argument("--benchmark", choices=BENCHMARKS, action="append", help="only this one; may be repeated")
    p.add_argument("--lif-shape", action="append", metavar="TxNxF", help="of lif; may be repeated (default: three)")
    p.add_argument("--csv", type=pathlib.Path, default=ROOT / "docs" / "benchmarks.csv", help="table to update")
    p.add_argument("--quick", action="store_true", help="tiny sizes, to see that everything runs; needs --csv")
    args = p.parse_args()
    if args.sittings < 1:
        p.error("--sittings must be at least 1")
    if args.quick and args.csv == p.get_default("csv"):
        p.error("--quick figures mean nothing: give another --csv for them")
    if args.data:
        args.data = pathlib.Path(args.data).resolve()
    return args


def main():
    args = arguments()
    # of ours alone: ND4J's threads would spin on the cores that our own want; PyTorch's peers are faster without
    environment = dict(os.environ, OMP_NUM_THREADS=str(THREADS), OMP_WAIT_POLICY="passive")
    if args.data:
        environment["DL4J_SNN_DATA"] = str(args.data)
    commit, settings = commit_hash(), Settings(args.quick, args.lif_shape)
    for name in args.benchmark or BENCHMARKS:
        benchmark = BENCHMARKS[name](args, settings, environment)
        times = measure(benchmark, args.sittings)
        write(args.csv, rows(name, times, benchmark.exponents(times), commit))


if __name__ == "__main__":
    main()
