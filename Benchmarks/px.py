#!/usr/bin/env python3
"""Measures the reading of PX files beside pyaxis.

    px.py BIN PATH [--rounds N]

BIN holds annal-benchmark. Makes a file of 2 million cells at PATH from a seed: 1,000 regions, 100 ages, 2 sexes, 10 years,
one cell in a hundred a symbol. Prints one JSON object: medians in seconds, cells and MB (10^6 bytes) a second, and the
greatest memory of a process that read the file once, in MB (2^20 bytes). Both read it into tables, in processes of their
own; pyaxis is that of the cross-checks: `pip install -r Tests/CrossCheckTests/Python/requirements.txt`.
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

REGIONS, AGES, SEXES, YEARS = 1000, 100, ["men", "women"], range(2010, 2020)


def make(path):
    draw = random.Random(7)

    def listed(texts):
        return ",".join(f'"{text}"' for text in texts)

    regions = [f"{number:04d}" for number in range(REGIONS)]
    with open(path, "w") as file:
        file.write('CHARSET="ANSI";\nAXIS-VERSION="2010";\nLANGUAGE="en";\nDECIMALS=0;\nMATRIX="BIG1";\n')
        file.write('TITLE="Population by region, age, sex and year";\nCONTENTS="Population";\nUNITS="persons";\n')
        file.write('STUB="region","age";\nHEADING="sex","year";\n')
        file.write(f'VALUES("region")={listed(code + " Region " + code for code in regions)};\n')
        file.write(f'VALUES("age")={listed(f"{age} years" for age in range(AGES))};\n')
        file.write(f'VALUES("sex")={listed(SEXES)};\nVALUES("year")={listed(YEARS)};\n')
        file.write(f'TIMEVAL("year")=TLIST(A1),{listed(YEARS)};\n')
        file.write(f'CODES("region")={listed(regions)};\nCODES("age")={listed(range(AGES))};\n')
        file.write('CODES("sex")="1","2";\nDATA=\n')
        for _ in range(REGIONS * AGES):
            row = (
                '".."' if draw.random() < 0.01 else str(draw.randrange(20_000)) for _ in range(len(SEXES) * len(YEARS))
            )
            file.write(" ".join(row) + " \n")
        file.write(";\n")


def peer(path, rounds):
    """Measured in a process of its own: `px.py --peer PATH ROUNDS`."""
    from pyaxis import pyaxis

    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        pyaxis.parse(path, encoding="utf-8")
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
    make(options.path)
    size = os.path.getsize(options.path)
    cells = REGIONS * AGES * len(SEXES) * len(YEARS)
    report = {"bytes": size, "cells": cells}
    program = os.path.join(options.bin, "annal-benchmark")

    def own(rounds):
        found = answer([program, "large-file", options.path, "--rounds", str(rounds)])
        return {"seconds": found["seconds"]["median"], "megabytes": found["megabytes"]}

    def other(rounds):
        return answer([sys.executable, __file__, "--peer", options.path, str(rounds)])

    for name, measure in (("annal", own), ("pyaxis", other)):
        found = measure(options.rounds)
        # What several rounds leave behind is no part of reading a file.
        found["megabytes"] = measure(1)["megabytes"]
        found["cells_a_second"] = round(cells / found["seconds"])
        found["file_megabytes_a_second"] = round(size / 1e6 / found["seconds"], 1)
        report[name] = found
    print(json.dumps(report))


main()
