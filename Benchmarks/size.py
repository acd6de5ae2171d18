#!/usr/bin/env python3
"""What the files that `annal-benchmark size` wrote take as Parquet (zstd) beside their sources in zstd; prints JSON.

Figures are 32 or 64 bits as they need, texts are dictionary-encoded, everything else is pyarrow's default. Levels 3
(zstd's default) and 19. The many years are measured twice: a Parquet file and a zstd frame for each, as they
arrive; and all in one Parquet file and one zstd frame, as nobody can have them before the last has arrived.
"""
import json
import pathlib
import sys

import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

LEVELS = (3, 19)


def read(path):
    # Codes are text, however they look.
    header = path.open(encoding="utf-8").readline().strip().split(",")
    figures = {"value", "deaths"}
    types = {name: pa.int64() if name in figures else pa.string() for name in header}
    table = pa.csv.read_csv(path, convert_options=pa.csv.ConvertOptions(column_types=types))
    for place, name in enumerate(header):
        if name in figures:
            low, high = pa.compute.min_max(table[name]).as_py().values()
            if -(2**31) <= low and high < 2**31:
                table = table.set_column(place, name, table[name].cast(pa.int32()))
    return table


def parquet_bytes(table, level):
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(table, sink, compression="zstd", compression_level=level)
    return sink.getvalue().size


def zstd_bytes(source, level):
    return pa.Codec("zstd", level).compress(source).size


def sizes(name, tables, sources):
    return [
        {
            "name": name,
            "level": level,
            "cells": sum(table.num_rows for table in tables),
            "parquetBytes": sum(parquet_bytes(table, level) for table in tables),
            "sourceBytes": sum(zstd_bytes(source, level) for source in sources),
        }
        for level in LEVELS
    ]


def main(directory):
    wide = sorted(directory.glob("wide/*.csv"))
    years = sorted(directory.glob("yearly/*.csv"))
    year_tables = [read(path) for path in years]
    pages = [path.with_suffix(".txt").read_bytes() for path in years]
    results = sizes("wide", [read(path) for path in wide], [path.read_bytes() for path in wide])
    results += sizes("yearly", year_tables, pages)
    results += sizes("yearly, all in one file", [pa.concat_tables(year_tables, promote_options="permissive")], [b"".join(pages)])
    print(json.dumps(results, indent=2))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
