#!/usr/bin/env python3
"""Measures `annalctl show` and `annalctl delta` of 5.76 million cells in CSV, as a table and as JSON-stat.

    answers.py BIN DIRECTORY [--regions N] [--rounds N]

BIN holds annald and annalctl. Two years of one table are made from a seed (400 regions: 5.76 million rows each), dropped
and read; then each question is asked in each format, round by round in turn, and the answer thrown away. Prints one JSON
object a question and format: medians in seconds, how often that goes into CSV's, bytes of the answer, the most memory
that annalctl had, and that of the daemon so far.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import threading
import time

from deltas import make
from intake import Daemon

QUESTIONS = {
    "show": (["show", "persons", "2011"], ["csv", "table", "json-stat"]),
    # A delta is no cube: it has no JSON-stat.
    "delta": (["delta", "persons", "2010..2011"], ["csv", "table"]),
}


def asked(daemon, words):
    """Seconds, bytes, and the most memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [daemon.programs / "annalctl", "--socket", daemon.socket, "--timeout", "300", *words], stdout=subprocess.PIPE)
    count = [0]

    def drain():
        while piece := os.read(process.stdout.fileno(), 1 << 20):
            count[0] += len(piece)

    reader = threading.Thread(target=drain)
    reader.start()
    _, status, usage = os.wait4(process.pid, 0)
    reader.join()
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, words
    return seconds, count[0], usage.ru_maxrss / 1024


def peak_megabytes(process):
    for line in pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("programs", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("directory", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--regions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    # The socket's path must be short, whatever the directory's is.
    os.chdir(options.directory)
    root = pathlib.Path(os.getcwd()) / "a"
    shutil.rmtree(root, ignore_errors=True)
    daemon = Daemon(options.programs, root)
    for path in make(options.directory, options.regions):
        os.rename(path, root / "inbox" / os.path.basename(path))
    daemon.sync()
    taken = {(question, name): [] for question, (_, formats) in QUESTIONS.items() for name in formats}
    for _ in range(options.rounds + 1):
        for question, name in taken:
            taken[question, name].append(asked(daemon, ["--format", name, *QUESTIONS[question][0]]))
    for (question, name), answers in taken.items():
        # The first round fills the daemon's cache.
        seconds = statistics.median(answer[0] for answer in answers[1:])
        csv = statistics.median(answer[0] for answer in taken[question, "csv"][1:])
        print(json.dumps({
            "question": question, "format": name, "seconds": round(seconds, 3), "of_csv": round(seconds / csv, 2),
            "bytes": answers[0][1], "annalctl_megabytes": round(max(answer[2] for answer in answers), 1),
            "annald_megabytes": round(peak_megabytes(daemon.process), 1)}))
    daemon.stop()
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
