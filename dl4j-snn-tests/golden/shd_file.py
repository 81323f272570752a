"""Writes a tiny file laid out like the Spiking Heidelberg Digits, with PyTables as the published ones.

    python shd_file.py ../src/test/resources/event/shd-pytables.h5

Four recordings of 700 channels; the second has no spikes. Row i has the channels 7 * i + 13 * k at k / 64 + i / 1024
seconds (exact in 16 bits), k < COUNTS[i]. Chunks are small to
keep the file small. Made by PyTables 3.11.1 with HDF5 1.14.6, NumPy 2.4.6.
"""

import sys

import numpy as np
import tables

COUNTS = [5, 0, 11, 16]
LABELS = [3, 19, 0, 7]


def main(path):
    with tables.open_file(path, mode="w") as f:
        spikes = f.create_group("/", "spikes")
        times = f.create_vlarray(spikes, "times", tables.Float16Atom(), chunkshape=8)
        units = f.create_vlarray(spikes, "units", tables.UInt16Atom(), chunkshape=8)
        for i, n in enumerate(COUNTS):
            k = np.arange(n)
            times.append((k / 64 + i / 1024).astype(np.float16))
            units.append((7 * i + 13 * k).astype(np.uint16))
        labels = f.create_earray("/", "labels", tables.UInt16Atom(), shape=(0,), chunkshape=(8,))
        labels.append(np.array(LABELS, dtype=np.uint16))
        extra = f.create_group("/", "extra")
        f.create_array(extra, "keys", np.array(["zero", "one"], dtype="S4"))


if __name__ == "__main__":
    main(sys.argv[1])
