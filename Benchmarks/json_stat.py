#!/usr/bin/env python3
"""Measures the reading of JSON-stat beside pyjstat.

    json_stat.py BIN PATH [--rounds N]

BIN holds annal-benchmark. Makes a file of 2 million cells at PATH from a seed: 1,000 regions, 100 ages, 2 sexes, 10 years,
one cell in a hundred a `null` with a status. Prints one JSON object: medians in seconds, cells and MB (10^6 bytes) a
second, and the greatest memory of a process that read the file once, in MB (2^20 bytes). Both read it into tables, in
processes of their own; pyjstat is that of the cross-checks: `pip install -r Tests/CrossCheckTests/Python/requirements.txt`.
"""
import json
import random

import besides

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


def read(path):
    from pyjstat import pyjstat

    with open(path) as file:
        pyjstat.Dataset.read(file.read()).write("dataframe", naming="id")


if __name__ == "__main__":
    besides.run(__doc__, __file__, "pyjstat", make, read)
