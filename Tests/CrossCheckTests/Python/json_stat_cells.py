"""Cells of a JSON-stat file by pyjstat; where it can't say the codes, the plainest walk over the cube.

pyjstat gives one row a combination, each dimension by its code, and the value: a number, a text or nothing. Figures are
parsed as decimals, so that none goes through a binary number. What it doesn't know is taken from the file: which
dimension is of time and which says what is counted, and the statuses, which stand beside values and are no part of its
rows. It names no combination that the object form leaves out, and so such files are walked plainly.
"""

import itertools
import json
from decimal import Decimal

from pyjstat import pyjstat


def number(text):
    """A figure as it is kept: with its own digits, one of more than 15 significant ones and a fraction rounded to 15."""
    figure = Decimal(text)
    digits = len(figure.as_tuple().digits)
    if ("." in text or "e" in text.lower()) and digits > 15:
        figure = round_to(figure, 15)
    return format(figure, "f")


def round_to(figure, digits):
    places = digits - 1 - figure.adjusted()
    return figure.quantize(Decimal(1).scaleb(-places)).normalize()


class Figure(str):
    """The digits of a number as they stand in the file."""


def dataset(path):
    text = open(path, "rb").read()
    encoding = "utf-16" if text[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    whole = json.loads(text.decode(encoding), parse_float=Figure, parse_int=Figure)
    if "jsonrpc" in whole:
        whole = whole["result"]
    if whole.get("class") == "collection":
        whole = whole["link"]["item"][0]
    if "dimension" not in whole:
        whole = next(value for value in whole.values() if isinstance(value, dict) and "dimension" in value)
    return whole


def element(values, place, size):
    """What stands for one combination in an array, an object or a text."""
    if isinstance(values, dict):
        return values.get(str(place))
    if isinstance(values, list):
        return values[0] if len(values) == 1 and size > 1 else values[place]
    return values


def codes(dimension):
    category = dimension["category"]
    index = category.get("index")
    if index is None:
        return list(category["label"])
    if isinstance(index, list):
        return index
    return [code for code, place in sorted(index.items(), key=lambda item: int(item[1]))]


def cells(path):
    whole = dataset(path)
    dimension = whole["dimension"]
    names = whole.get("id") or dimension["id"]
    sizes = [int(size) for size in whole.get("size") or dimension["size"]]
    role = whole.get("role") or dimension.get("role") or {}
    times = role.get("time") or [name for name in names if name.lower() in ("year", "time", "tid", "vuosi")]
    metrics = role.get("metric") or []
    listed = [codes(dimension[name]) for name in names]
    size = 1
    for count in sizes:
        size *= count
    values, status = whole["value"], whole.get("status")
    rows = by_pyjstat(whole, names, listed) if isinstance(values, list) else None
    for place, row in enumerate(itertools.product(*listed)):
        value = element(values, place, size)
        if rows is not None:
            assert rows[place][:-1] == row, "rows in their order"
            value = rows[place][-1]
        said = element(status, place, size) if status is not None else None
        if isinstance(values, dict) and str(place) not in values and not said:
            continue
        text = shown(value, said)
        year = measure = ""
        dimensions = []
        for name, code in zip(names, row):
            if name in times:
                year = code
            elif name in metrics:
                measure = code
            else:
                dimensions.append((name, code))
        yield year, dimensions, measure, text


def shown(value, said):
    """A figure, or the symbol in its place; flags beside a figure are no part of either."""
    if value is None or value == "":
        return said or ""
    if isinstance(value, Figure):
        return said if said == "-" and Decimal(value) == 0 else number(value)
    return value


def by_pyjstat(whole, names, listed):
    """The rows of pyjstat: one a combination, by codes.

    It takes strings for values as they are, so that digits stay digits.
    """
    plain = {
        "version": "2.0", "class": "dataset", "id": names, "size": [len(some) for some in listed], "label": "table",
        "dimension": {
            name: {"label": name, "category": {"index": {code: place for place, code in enumerate(some)}}}
            for name, some in zip(names, listed)
        },
        "value": whole["value"],
    }
    frame = pyjstat.Dataset.read(json.dumps(plain)).write("dataframe", naming="id")
    rows = []
    for row, value in zip(frame[names].itertuples(index=False, name=None), whole["value"]):
        rows.append(tuple(row) + (value,))
    given = [None if is_missing(value) else str(value) for value in frame["value"].tolist()]
    assert given == [None if value is None else str(value) for value in whole["value"]], "values in their order"
    assert len(frame) == len(whole["value"]), "so many rows as values"
    return rows


def is_missing(value):
    return value is None or value != value
