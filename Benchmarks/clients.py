#!/usr/bin/env python3
"""Measures how long clients of the socket wait for a series and a triangle.

    clients.py BIN DIRECTORY [--years N] [--rate N] [--rounds N] [--seconds N] [--connections N]

BIN holds annald, annalctl, annal-sample and annal-benchmark. 60 years of pages of 380 cells are dropped, each year in two
releases; then 64 connections ask for one cell's series and triangle, and for the health of the daemon, which costs nothing
but the way there and back. Prints JSON.
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess

from intake import Daemon


def sample(programs, year, seed):
    arguments = [programs / "annal-sample", str(year), "--seed", str(seed)]
    return subprocess.run(arguments, capture_output=True, check=True).stdout


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("directory", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--years", type=int, default=60)
    for name, usual in (("rate", 1000), ("rounds", 5), ("seconds", 5), ("connections", 64)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = parser.parse_args()
    # The socket's path must be short, whatever the directory's is.
    os.chdir(options.directory)
    root = pathlib.Path(os.getcwd()) / "a"
    shutil.rmtree(root, ignore_errors=True)
    daemon = Daemon(options.programs, root)
    try:
        for release in (1, 2):
            for year in range(1965, 1965 + options.years):
                name = f"net-migration-between-counties-{year}-{release}.txt"
                (root / "drafts" / name).write_bytes(sample(options.programs, year, release))
                os.rename(root / "drafts" / name, root / "inbox" / name)
            daemon.sync()
        dataset = "/v1/datasets/net-migration-between-counties"
        cell = "where=row=03,column=01"
        report = subprocess.run(
            [options.programs / "annal-benchmark", "clients", daemon.socket, "/v1/health/live",
             f"{dataset}/series?{cell}", f"{dataset}/triangle?{cell}", "--rate", str(options.rate), "--rounds",
             str(options.rounds), "--seconds", str(options.seconds), "--connections", str(options.connections)],
            capture_output=True, check=True).stdout
        print(json.dumps({"years": options.years, **json.loads(report)}, indent=2))
    finally:
        daemon.stop()
        shutil.rmtree(root)


if __name__ == "__main__":
    main()
