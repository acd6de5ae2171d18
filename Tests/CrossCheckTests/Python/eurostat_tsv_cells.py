"""Cells of a TSV file of Eurostat by pandas, the first column cut at its commas."""

import re

import pandas


def cells(path):
    frame = pandas.read_csv(path, sep="\t", dtype=str, keep_default_na=False)
    names = frame.columns[0].split("\\")[0].split(",")
    long = frame.melt(id_vars=[frame.columns[0]], var_name="year", value_name="text")
    for packed, year, text in long.itertuples(index=False, name=None):
        dimensions = [pair for pair in zip(names, packed.split(",")) if pair[0].strip() != "freq"]
        found = re.fullmatch(r"(-?[0-9.]+) ?([a-z ]*)", text.strip())
        # A zero with n is one that was rounded.
        number = found and not (found.group(1) == "0" and "n" in found.group(2))
        yield year.strip(), dimensions, "", found.group(1) if number else text.replace(" ", "")
