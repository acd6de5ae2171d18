#!/usr/bin/env python3
"""Measures deltas of two tables of 5.76 million cells beside polars and DuckDB.

    deltas.py BIN DIRECTORY [--regions N] [--rounds N]

BIN holds annal-benchmark. Makes two years of one table from a seed in DIRECTORY (400 regions: 5.76 million rows each). All
three have both tables in memory before the clock starts, and are asked the same in one run: every change as a column, the
twenty largest, sums by region. Prints one JSON object a question: medians in milliseconds, how often Annal goes into
each peer's, and whether the answers are equal.
"""
import argparse
import json
import os
import random
import statistics
import subprocess
import time

KEYS = ["region", "sex", "age", "kind"]


def make(directory, regions):
    draw = random.Random(7)
    paths = [os.path.join(directory, f"persons-{year}.csv") for year in (2010, 2011)]
    files = [open(path, "w") for path in paths]
    for file in files:
        file.write(",".join(KEYS) + ",persons\n")
    for region in (f"R{number:04d}" for number in range(regions)):
        for sex in ("Males", "Women"):
            for age in range(100):
                for sort in range(72):
                    value = draw.randrange(100_000)
                    for file, figure in zip(files, (value, max(0, value + draw.randrange(-5000, 5000)))):
                        file.write(f"{region},{sex},{age:02d}y,kind{sort:02d},{figure}\n")
    for file in files:
        file.close()
    return paths


def timed(question, rounds):
    """The median of some rounds in milliseconds, one before them not counted, and the last answer."""
    question()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        answer = question()
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.median(times), answer


def polars_questions(paths):
    import polars

    older, newer = (polars.read_csv(path) for path in paths)
    change = (polars.col("persons") - polars.col("persons_from")).alias("change")

    def joined():
        return newer.join(older, on=KEYS, how="left", suffix="_from").with_columns(change)

    def top():
        rows = joined().sort([polars.col("change").abs(), *KEYS], descending=[True] + [False] * 4).head(20)
        return [(list(row[:4]), row[4]) for row in rows.select(*KEYS, "change").iter_rows()]

    def sums():
        sides = [side.group_by("region").agg(polars.col("persons").sum()) for side in (older, newer)]
        rows = sides[1].join(sides[0], on="region", suffix="_from").with_columns(change).sort("region")
        return [([row[0]], row[1]) for row in rows.select("region", "change").iter_rows()]

    def all_rows():
        return joined()["change"]

    return all_rows, lambda column: (len(column), int(column.sum())), top, sums


def duckdb_questions(paths):
    import duckdb

    connection = duckdb.connect()
    for name, path in zip(("older", "newer"), paths):
        connection.execute(f"create table {name} as select * from read_csv('{path}')")
    joined = f"newer join older using ({', '.join(KEYS)})"
    change = "newer.persons - older.persons"

    def all_rows():
        connection.execute(f"create or replace table delta as select {', '.join(KEYS)}, {change} as change from {joined}")

    def described(_):
        return connection.execute("select count(*), sum(change)::bigint from delta").fetchone()

    def top():
        rows = connection.execute(
            f"select {', '.join(KEYS)}, {change} as change from {joined} "
            f"order by abs(change) desc, {', '.join(KEYS)} limit 20"
        ).fetchall()
        return [(list(row[:4]), row[4]) for row in rows]

    def sums():
        side = "(select region, sum(persons) as persons from {0} group by region) {0}"
        rows = connection.execute(
            f"select region, ({change})::bigint from {side.format('newer')} join {side.format('older')} using (region) "
            "order by region"
        ).fetchall()
        return [([row[0]], row[1]) for row in rows]

    return all_rows, described, top, sums


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("bin")
    parser.add_argument("directory")
    parser.add_argument("--regions", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    paths = make(options.directory, options.regions)
    program = os.path.join(options.bin, "annal-benchmark")
    report = json.loads(
        subprocess.run(
            [program, "deltas", *paths, "--rounds", str(options.rounds)], capture_output=True, check=True
        ).stdout
    )
    own = report["answer"]
    expected = {
        "all": (own["compared"], own["changeSum"]),
        "top": [(row["at"], row["change"]) for row in own["largest"]],
        "sums": [(row["at"], row["change"]) for row in own["sums"]],
    }
    results = {question: {"annal": report[question]["median"]} for question in expected}
    for name, questions in (("polars", polars_questions), ("duckdb", duckdb_questions)):
        all_rows, described, top, sums = questions(paths)
        for question, ask in (("all", all_rows), ("top", top), ("sums", sums)):
            milliseconds, answer = timed(ask, options.rounds)
            if question == "all":
                answer = tuple(described(answer))
            result = results[question]
            result[name] = milliseconds
            result[f"{name} / annal"] = milliseconds / result["annal"]
            result[f"same as {name}"] = answer == expected[question]
    for question, result in results.items():
        print(json.dumps({"question": question, "cells": report["cells"], **result}))


if __name__ == "__main__":
    main()
