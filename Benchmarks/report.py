#!/usr/bin/env python3
"""Puts the JSON files of one run into the tables of docs/benchmarks.md: report.py DIRECTORY > tables.md"""
import json
import pathlib
import sys


def load(directory, name):
    path = directory / name
    return json.loads(path.read_text()) if path.exists() else None


def spread(figures, scale=1.0, digits=2):
    middle, low, high = (figures[key] / scale for key in ("median", "lowerQuartile", "upperQuartile"))
    return f"{middle:.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"


def appends(report):
    for contest in report["contests"]:
        unit, scale = ("ms", 1e6) if contest["bytes"] > 1 << 20 else ("µs", 1e3)
        print(f"\n{contest['title']}; {contest['transactions']} transactions a round, {report['rounds']} rounds\n")
        print(f"| | {unit} a transaction | median latency, {unit} | 99 of 100, {unit} | ratio to raw |")
        print("|---|---|---|---|---|")
        for one in contest["contestants"]:
            print(
                f"| {one['name']} | {spread(one['nanosecondsPerTransaction'], scale, 1)}"
                f" | {one['medianLatency']['median'] / scale:.1f} | {one['highLatency']['median'] / scale:.1f}"
                f" | {spread(one['ratio'])} |"
            )


def replay(report):
    megabytes = report["segmentBytes"] / 2**20
    print(f"\n{report['shape']}: {megabytes:.0f} MiB in {report['frames']:,} frames, "
          f"index files {report['indexBytes'] / 2**20:.1f} MiB; {report['rounds']} rounds\n")
    print("| | warm, ms | ratio to reading | cold, ms | ratio to reading |")
    print("|---|---|---|---|---|")
    by_name = {}
    for one in report["results"]:
        by_name.setdefault(one["name"], {})[one["isCold"]] = one
    for name, states in by_name.items():
        cells = [f"{spread(one['seconds'], 1e-3, 1)} | {spread(one['ratio'], 1, 3)}"
                 for one in (states[False], states[True])]
        print(f"| {name} | {' | '.join(cells)} |")


def sizes(ours, peers):
    print("\n| | cells | source | log, bytes a cell | index beside it | Parquet + source in zstd, level 3 | level 19 "
          "| log against level 3 · 19 |")
    print("|---|---|---|---|---|---|---|---|")
    for peer in [one for one in peers if one["level"] == 3]:
        name = peer["name"]
        best = next(one for one in peers if one["name"] == name and one["level"] == 19)
        log = next(one for one in ours if name.startswith(one["name"]))
        cells = log["cells"]
        log_bytes = log["segmentBytes"] / cells
        texts = []
        ratios = []
        for one in (peer, best):
            both = (one["parquetBytes"] + one["sourceBytes"]) / cells
            texts.append(f"{one['parquetBytes'] / cells:.2f} + {one['sourceBytes'] / cells:.2f} = {both:.2f}")
            ratios.append(f"{log_bytes / both:.2f}")
        print(f"| {name} | {cells:,} | {log['sourceBytes'] / cells:.1f} | {log_bytes:.2f} "
              f"| {log['indexBytes'] / cells:.2f} | {' | '.join(texts)} | {' · '.join(ratios)} |")


def reading(report):
    print(f"\neach read {report['repeats']:,} times\n")
    print("| | bytes | cells | from bytes to audited tables, µs |")
    print("|---|---|---|---|")
    for one in report["results"]:
        print(f"| {one['name']} | {one['bytes']:,} | {one['cells']} | {spread(one['microseconds'], 1, 0)} |")


def intake(report):
    print(f"\n{report['files']:,} files of {report['cells']} cells, {report['rounds']} rounds; pages of 2 KB\n")
    print("| | median | least | most |")
    print("|---|---|---|---|")
    for name, key in (("annald, files a second", "annal_files_per_second"),
                      ("Python with SQLite, files a second", "sqlite_files_per_second")):
        one = report[key]
        print(f"| {name} | {one['p50']:,.0f} | {one['least']:,.0f} | {one['most']:,.0f} |")
    print(f"| ratio | {report['ratio']:.2f} | | |")
    print("\n| | p50 | p90 | p99 |")
    print("|---|---|---|---|")
    for name, key, digits in (("rename to answerable, µs", "latency_microseconds", 0),
                              ("one fdatasync, µs", "fdatasync_microseconds", 0),
                              ("in medians of one fdatasync", "latency_in_fdatasyncs", 1)):
        one = report[key]
        print(f"| {name} | {one['p50']:,.{digits}f} | {one['p90']:,.{digits}f} | {one['p99']:,.{digits}f} |")


def clients(report):
    print(f"\n{report['years']} years in two releases; {report['connections']} connections, "
          f"{report['requestsPerSecond']:,} requests a second, {report['rounds']} rounds of {report['seconds']} s\n")
    print("| | bytes | answers a second | median wait, µs | 99 of 100, µs | longest, µs |")
    print("|---|---|---|---|---|---|")
    for one in report["results"]:
        print(f"| {one['target'].split('?')[0].split('/')[-1]} | {one['byteCount']:,} "
              f"| {one['answersPerSecond']['median']:,.0f} | {spread(one['medianMicroseconds'], 1, 0)} "
              f"| {spread(one['highMicroseconds'], 1, 0)} | {spread(one['greatestMicroseconds'], 1, 0)} |")


def main(directory):
    report = load(directory, "append.json")
    if report:
        machine = report["machine"]
        print(f"{machine['processors']} × {machine['model']}, Linux {machine['kernel']}, {machine['storage']}")
        appends(report)
    for shape in ("tables", "yearly"):
        report = load(directory, f"replay-{shape}.json")
        if report:
            replay(report)
    ours, peers = load(directory, "size.json"), load(directory, "size-peers.json")
    if ours and peers:
        sizes(ours, peers)
    report = load(directory, "reading.json")
    if report:
        reading(report)
    report = load(directory, "intake.json")
    if report:
        intake(report)
    report = load(directory, "clients.json")
    if report:
        clients(report)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
