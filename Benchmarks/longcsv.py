#!/usr/bin/env python3
"""Measures the reading of large CSV files beside polars and DuckDB.

    longcsv.py BIN DIRECTORY [--regions N] [--rounds N]

BIN holds annal-benchmark and annalctl. Makes four files from a seed in DIRECTORY (400 regions: 5.76 million rows, 170 to
210 MB): long (four columns of text, whole numbers), quoted, with decimals, and wide (2,000 columns). Prints one JSON object
a line: medians in seconds, and the greatest memory of one reading in MB (2^20 bytes). polars, DuckDB and Annal are measured in processes of
their own that read the file into a table, Annal's with its key space; annalctl by the whole of `inspect`, in wall time:
start, reading, key space, audits.
"""
import argparse
import itertools
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import time

KINDS = ["long", "quoted", "decimal", "wide"]
# Names without digits, which could be years.
COLUMNS = ["".join(letters) for letters in itertools.islice(itertools.product("bcdfghjklmnpqr", repeat=3), 2000)]


def make(directory, regions):
    draw = random.Random(7)
    files = {kind: open(os.path.join(directory, f"{kind}-y2011.csv"), "w") for kind in KINDS}
    for kind in KINDS[:3]:
        files[kind].write("region,sex,age,kind,value\n")
    for region in (f"R{number:04d}" for number in range(regions)):
        for sex in ("Males", "Women"):
            for age in range(100):
                for sort in range(72):
                    value = draw.randrange(100_000)
                    texts = [region, sex, f"{age:02d}y", f"kind{sort:02d}"]
                    files["long"].write(",".join(texts) + f",{value}\n")
                    files["quoted"].write(",".join(f'"{text}"' for text in texts) + f",{value}\n")
                    files["decimal"].write(",".join(texts) + f",{value / 10:.1f}\n")
    files["wide"].write("region," + ",".join(COLUMNS) + "\n")
    for row in range(regions * 7):
        files["wide"].write(f"R{row:05d}," + ",".join(str(draw.randrange(100_000)) for _ in COLUMNS) + "\n")
    for file in files.values():
        file.close()


def peer(name, path, rounds):
    """Measured in a process of its own: `longcsv.py --peer NAME PATH ROUNDS`."""
    seconds = []
    for _ in range(rounds):
        if name == "polars":
            import polars

            start = time.perf_counter()
            polars.read_csv(path)
        else:
            import duckdb

            connection = duckdb.connect()
            start = time.perf_counter()
            connection.execute(f"create table t as select * from read_csv('{path}')")
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": statistics.median(seconds), "megabytes": peak}))


def peer_process(name, path, rounds, _):
    command = [sys.executable, __file__, "--peer", name, path, str(rounds)]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def own_process(_, path, rounds, program):
    command = [program, "large-file", path, "--rounds", str(rounds)]
    report = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)
    return {"seconds": report["seconds"]["median"], "megabytes": report["megabytes"]}


def inspect(program, path, rounds):
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        subprocess.run([program, "inspect", path], stdout=subprocess.DEVNULL, check=True)
        seconds.append(time.perf_counter() - start)
    return {"seconds": statistics.median(seconds)}


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(sys.argv[2], sys.argv[3], int(sys.argv[4]))
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bin")
    parser.add_argument("directory")
    parser.add_argument("--regions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.makedirs(options.directory, exist_ok=True)
    make(options.directory, options.regions)
    for kind in KINDS:
        path = os.path.join(options.directory, f"{kind}-y2011.csv")
        answer = {"file": kind, "bytes": os.path.getsize(path)}
        program = os.path.join(options.bin, "annal-benchmark")
        for name, measure in (("polars", peer_process), ("duckdb", peer_process), ("annal", own_process)):
            answer[name] = measure(name, path, options.rounds, program)
            # What several rounds leave behind is no part of reading a file.
            answer[name]["megabytes"] = measure(name, path, 1, program)["megabytes"]
        answer["annalctl"] = inspect(os.path.join(options.bin, "annalctl"), path, options.rounds)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
