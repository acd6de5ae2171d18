#!/usr/bin/env python3
"""Measures the reading of JSON-stat beside pyjstat.

    json_stat.py BIN PATH [--rounds N]

BIN holds annal-benchmark. Makes a file of 2 million cells at PATH from a seed: 1,000 regions, 100 ages, 2 sexes, 10 years,
one cell in a hundred a `null` with a status. Prints one JSON object: medians in seconds, cells and MB (10^6 bytes) a
second, and the greatest memory of a process that read the file once, in MB (2^20 bytes). Both read it into tables, in
processes of their own; pyjstat is that of the cross-checks: `pip install -r Tests/CrossCheckTests/Python/requirements.txt`.
"""
import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time

SIZES = {"region": 1000, "age": 100, "sex": 2, "year": 10}


def make(path):
    draw = random.Random(7)
    cells = 1
    for size in SIZES.values():
        cells *= size
    values = [None if draw.random() < 0.01 else draw.randrange(20_000) for _ in range(cells)]

    def dimension(name, size):
        codes = [str(2010 + place) if name == "year" else f"{place:04d}" for place in range(size)]
        category = {
            "index": {code: place for place, code in enumerate(codes)},
            "label": {code: code if name == "year" else f"{name} {code}" for code in codes},
        }
        return {"label": name, "category": category}

    dataset = {
        "version": "2.0", "class": "dataset", "label": "Population by region, age, sex and year",
        "id": list(SIZES), "size": list(SIZES.values()), "role": {"time": ["year"]},
        "extension": {"px": {"tableid": "BIG1", "decimals": 0}},
        "dimension": {name: dimension(name, size) for name, size in SIZES.items()},
        "value": values, "status": {str(place): ".." for place, value in enumerate(values) if value is None},
    }
    with open(path, "w") as file:
        json.dump(dataset, file, separators=(",", ":"))
    return cells


def peer(path, rounds):
    """Measured in a process of its own: `json_stat.py --peer PATH ROUNDS`."""
    from pyjstat import pyjstat

    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        with open(path) as file:
            pyjstat.Dataset.read(file.read()).write("dataframe", naming="id")
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": statistics.median(seconds), "megabytes": peak}))


def answer(command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(sys.argv[2], int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bin")
    parser.add_argument("path")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    cells = make(options.path)
    size = os.path.getsize(options.path)
    report = {"bytes": size, "cells": cells}
    program = os.path.join(options.bin, "annal-benchmark")

    def own(rounds):
        found = answer([program, "large-file", options.path, "--rounds", str(rounds)])
        return {"seconds": found["seconds"]["median"], "megabytes": found["megabytes"]}

    def other(rounds):
        return answer([sys.executable, __file__, "--peer", options.path, str(rounds)])

    for name, measure in (("annal", own), ("pyjstat", other)):
        found = measure(options.rounds)
        # What several rounds leave behind is no part of reading a file.
        found["megabytes"] = measure(1)["megabytes"]
        found["cells_a_second"] = round(cells / found["seconds"])
        found["file_megabytes_a_second"] = round(size / 1e6 / found["seconds"], 1)
        report[name] = found
    print(json.dumps(report))


main()
