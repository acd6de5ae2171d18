"""Measures the reading of one made file by Annal and by a reader in Python: what px.py and json_stat.py share.

Each reads it in a process of its own. Prints one JSON object: medians in seconds, cells and MB (10^6 bytes) a second, and
the greatest memory of a process that read the file once, in MB (2^20 bytes).
"""
import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time


def peer(read, path, rounds):
    """Measured in a process of its own: `PROGRAM --peer PATH ROUNDS`."""
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        read(path)
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": statistics.median(seconds), "megabytes": peak}))


def answer(command):
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def run(description, program, name, make, read):
    """`make` writes the file and gives its number of cells; `read` is the peer's reading, called NAME."""
    if sys.argv[1:2] == ["--peer"]:
        return peer(read, sys.argv[2], int(sys.argv[3]))
    parser = argparse.ArgumentParser(description=description.split("\n\n")[0])
    parser.add_argument("bin")
    parser.add_argument("path")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    cells = make(options.path)
    size = os.path.getsize(options.path)
    report = {"bytes": size, "cells": cells}

    def own(rounds):
        command = [os.path.join(options.bin, "annal-benchmark"), "large-file", options.path, "--rounds", str(rounds)]
        found = answer(command)
        return {"seconds": found["seconds"]["median"], "megabytes": found["megabytes"]}

    def other(rounds):
        return answer([sys.executable, program, "--peer", options.path, str(rounds)])

    for who, measure in (("annal", own), (name, other)):
        found = measure(options.rounds)
        # What several rounds leave behind is no part of reading a file.
        found["megabytes"] = measure(1)["megabytes"]
        found["cells_a_second"] = round(cells / found["seconds"])
        found["file_megabytes_a_second"] = round(size / 1e6 / found["seconds"], 1)
        report[who] = found
    print(json.dumps(report))
