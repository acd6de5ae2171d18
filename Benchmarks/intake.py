#!/usr/bin/env python3
"""Measures the way of small files into the archive, beside Python with SQLite and beside one fdatasync.

    intake.py BIN DIRECTORY [--files N] [--rounds N] [--pages N]

BIN holds annald and annal-sample, DIRECTORY lies on the disk that is measured. Prints JSON:

- files: N files of 225 cells are renamed into the inbox at once; files a second until `annalctl sync` says that all are
  recorded and filed away. The peer reads the same files with Python's csv and inserts their rows into SQLite (WAL,
  synchronous=FULL), one durable transaction a file. Rounds in turn, each on fresh directories, which are removed when
  all is done: inodes that were deleted just before slow down those who make new ones.
- latency: pages of 2 KB, like the founding one, are renamed into the inbox one after another; microseconds from the rename until the head of
  the log, asked over the socket again and again, has gone on. Between the pages one fdatasync of 4 KiB into space that
  was written before.
"""
import argparse
import csv
import http.client
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import sqlite3
import statistics
import subprocess
import time

REGIONS, SEXES, AGES = 15, ["all", "men", "women"], ["0-14", "15-29", "30-44", "45-64", "65+"]


def table(series, year):
    """A CSV file of 225 cells whose first sex is the sum of the others."""
    draw = random.Random(series * 10_000 + year)
    lines = ["region,sex,age,year,persons"]
    for region in range(1, REGIONS + 1):
        parts = [[draw.randrange(20_000) for _ in AGES] for _ in SEXES[1:]]
        figures = [[sum(column) for column in zip(*parts)]] + parts
        for sex, row in zip(SEXES, figures):
            lines += [f"R{region:02},{sex},{age},{year},{figure}" for age, figure in zip(AGES, row)]
    return "\n".join(lines) + "\n"


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path):
        super().__init__("localhost")
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)

    def head(self):
        self.request("GET", "/v1/log/head")
        return self.getresponse().read()


class Daemon:
    """A daemon on an empty directory."""

    def __init__(self, programs, root):
        for name in ("inbox", "drafts"):
            (root / name).mkdir(parents=True)
        self.root, self.programs, self.socket = root, programs, str(root / "s.sock")
        (root / "annald.yaml").write_text("log_level: error\n")
        self.process = subprocess.Popen(
            [programs / "annald", "--config", root / "annald.yaml", "--inbox", root / "inbox",
             "--state", root / "state", "--socket", self.socket])
        while True:
            try:
                if b"ready" in subprocess.run(
                    [programs / "annalctl", "--socket", self.socket, "--format", "json", "status"],
                    capture_output=True, check=True).stdout:
                    return
            except subprocess.CalledProcessError:
                time.sleep(0.05)

    def sync(self):
        subprocess.run(
            [self.programs / "annalctl", "--socket", self.socket, "sync", "--timeout", "600"], check=True,
            stdout=subprocess.DEVNULL)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def annal_round(programs, root, files):
    daemon = Daemon(programs, root)
    for name, text in files:
        (root / "drafts" / name).write_text(text)
    os.sync()
    start = time.perf_counter()
    for name, _ in files:
        os.rename(root / "drafts" / name, root / "inbox" / name)
    daemon.sync()
    seconds = time.perf_counter() - start
    connection = Connection(daemon.socket)
    assert json.loads(connection.head())["head"].split(":")[0] == str(len(files)), "not every file was taken"
    daemon.stop()
    return len(files) / seconds


def sqlite_round(root, files):
    root.mkdir(parents=True)
    for name, text in files:
        (root / name).write_text(text)
    os.sync()
    start = time.perf_counter()
    database = sqlite3.connect(root / "tables.db", isolation_level=None)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE cells (file TEXT, region TEXT, sex TEXT, age TEXT, year INTEGER, persons INTEGER)")
    for name, _ in files:
        with open(root / name, newline="") as file:
            rows = list(csv.reader(file))[1:]
        database.execute("BEGIN")
        database.executemany(
            "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?)",
            [(name, region, sex, age, int(year), int(persons)) for region, sex, age, year, persons in rows])
        database.execute("COMMIT")
    seconds = time.perf_counter() - start
    database.close()
    return len(files) / seconds


def synced(file):
    """Microseconds of one fdatasync of 4 KiB that overwrite what was there."""
    os.pwrite(file, os.urandom(4096), 0)
    start = time.perf_counter()
    os.fdatasync(file)
    return (time.perf_counter() - start) * 1e6


def latencies(programs, root, count):
    daemon = Daemon(programs, root)
    connection = Connection(daemon.socket)
    file = os.open(root / "synced", os.O_RDWR | os.O_CREAT)
    os.pwrite(file, bytes(4096), 0)
    os.fsync(file)
    pages, syncs = [], []
    for year in range(1900, 1900 + count + 10):
        draft = root / "drafts" / f"net-migration-{year}.txt"
        draft.write_bytes(subprocess.run([programs / "annal-sample", str(year)], capture_output=True, check=True).stdout)
        syncs.append(synced(file))
        before = connection.head()
        start = time.perf_counter()
        os.rename(draft, root / "inbox" / draft.name)
        while connection.head() == before:
            pass
        pages.append((time.perf_counter() - start) * 1e6)
        daemon.sync()
    daemon.stop()
    return pages[10:], syncs[10:]


def spread(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(share * len(values)))]
    return {"p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "least": values[0], "most": values[-1]}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("directory", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--files", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", type=int, default=300)
    options = parser.parse_args()
    years = range(1950, 2000)
    files = [
        (f"population-{series:03}-{year}.csv", table(series, year))
        for series in range(options.files // len(years)) for year in years
    ]
    # The socket's path must be short, whatever the directory's is.
    os.chdir(options.directory)
    root = pathlib.Path(os.getcwd()) / "i"
    shutil.rmtree(root, ignore_errors=True)
    annal, peer = [], []
    for number in range(options.rounds):
        annal.append(annal_round(options.programs, root / f"a{number}", files))
        peer.append(sqlite_round(root / f"s{number}", files))
    pages, syncs = latencies(options.programs, root / "p", options.pages)
    shutil.rmtree(root)
    sync = statistics.median(syncs)
    print(json.dumps({
        "files": len(files), "cells": REGIONS * len(SEXES) * len(AGES), "rounds": options.rounds,
        "annal_files_per_second": spread(annal), "sqlite_files_per_second": spread(peer),
        "ratio": statistics.median(left / right for left, right in zip(annal, peer)),
        "latency_microseconds": spread(pages), "fdatasync_microseconds": spread(syncs),
        "latency_in_fdatasyncs": {name: value / sync for name, value in spread(pages).items()},
    }, indent=2))


if __name__ == "__main__":
    main()
