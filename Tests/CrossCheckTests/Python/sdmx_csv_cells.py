"""Cells of an SDMX-CSV file by pandas, as the field guides of sdmx-twg/sdmx-csv describe the columns."""

import pandas

STRUCTURE = {"DATAFLOW", "STRUCTURE", "STRUCTURE_ID", "STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY", "KEY"}
BESIDE = {"LAST UPDATE", "FREQ", "freq", "TIME_PERIOD", "OBS_VALUE"}
# Codes that say why there is no figure: CL_OBS_STATUS, CL_CONF_STATUS, and Eurostat's flags.
NO_FIGURE = set("M O L Q K H c z m C".split())
FREE = {"", "F", "PU"}


def code(text):
    return text.split(": ", 1)[0].strip()


def is_number(text):
    try:
        float(text)
        return text.lower() != "nan"
    except ValueError:
        return False


def cells(path):
    frame = pandas.read_csv(path, sep=None, engine="python", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    names = [str(name) for name in frame.columns]
    ids = [code(name).split("[")[0] for name in names]
    value = ids.index("OBS_VALUE")
    labels = set()
    if "STRUCTURE_NAME" in ids:
        start = ids.index("ACTION" if "ACTION" in ids else "STRUCTURE_NAME") + 1
        labels = set(range(start + 1, len(names), 2))
    labels |= {place for place, name in enumerate(ids) if name.endswith("_LABEL")}
    isInOrder = ids.index("TIME_PERIOD") < value
    dimensions = [
        place for place, name in enumerate(ids)
        if name not in STRUCTURE | BESIDE and place not in labels and "[" not in names[place]
        and (place < value if isInOrder else not name.startswith("ATTR"))
    ]
    time = ids.index("TIME_PERIOD")
    counted = [place for name in ("MEASURE", "INDICATOR") for place in dimensions if ids[place] == name][:1]
    dimensions = [place for place in dimensions if place not in counted]
    statuses = [ids.index(name) for name in ("CONF_STATUS", "OBS_CONF") if name in ids]
    flags = [ids.index(name) for name in ("OBS_STATUS", "OBS_FLAG") if name in ids]
    isDecimalComma = ";" in open(path, encoding="utf-8-sig").readline().replace("[;]", "")
    for row in frame.itertuples(index=False, name=None):
        text = row[value].strip()
        if isDecimalComma:
            text = text.replace(",", ".")
        if not is_number(text):
            hidden = [code(row[place]) for place in statuses if code(row[place]) not in FREE]
            hidden += [code(row[place]) for place in flags if code(row[place]) in NO_FIGURE]
            text = hidden[0] if hidden else text
        measure = code(row[counted[0]]) if counted else ""
        yield code(row[time]).removesuffix("-A1"), [(ids[place], code(row[place])) for place in dimensions], measure, text
