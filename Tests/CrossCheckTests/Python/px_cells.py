"""Cells of a PX file by pyaxis; by plain reading those of files that pyaxis can't read: with KEYS, with commas between
figures, with the language in brackets behind the keywords of the file's own language, with links outside of quotes."""

import itertools
import re

from pyaxis import pyaxis

SYMBOLS = {"-": "DATASYMBOLNIL", ".......": "DATASYMBOLSUM"} | {"." * n: "DATASYMBOL%d" % n for n in range(1, 7)}


def encoding(path):
    content = open(path, "rb").read()
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError:
        declared = re.search(rb'CODEPAGE="([^"]*)"', content)
        name = declared.group(1).decode().lower() if declared else ""
        return name if name and not name.startswith(("utf", "iso-8859-1")) else "windows-1252"


def cells(path):
    text = open(path, encoding=encoding(path), newline="").read()
    data = text[re.search(r"(?:^|;)\s*DATA\s*=", text).end():]
    if re.search(r"^KEYS\(", text, re.M) or "," in data:
        metadata, figures = plain(text)
        yield from named(metadata, figures)
        return
    try:
        # Neither pattern fits anything: symbols stay as they are stored.
        parsed = pyaxis.parse(path, encoding(path), null_values="$^", sd_values="$^")
    except (KeyError, ValueError):
        metadata, figures = plain(text)
    else:
        metadata, frame = parsed["METADATA"], parsed["DATA"]
        names = as_list(metadata.get("STUB")) + as_list(metadata.get("HEADING"))
        values = [as_list(metadata["VALUES(%s)" % name]) for name in names]
        combinations = list(itertools.product(*[range(len(value)) for value in values]))
        assert len(frame) == len(combinations), "so many rows as combinations"
        rows = frame[names].itertuples(index=False, name=None)
        figures = []
        for places, row, figure in zip(combinations, rows, frame["DATA"].tolist()):
            assert tuple(row) == tuple(values[i][place] for i, place in enumerate(places)), "rows in their order"
            figures.append((places, figure))
    yield from named(metadata, figures)


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def named(metadata, figures):
    """Figures with the names of what they are of."""
    names = as_list(metadata.get("STUB")) + as_list(metadata.get("HEADING"))
    contents = (as_list(metadata.get("CONTVARIABLE")) + [None])[0]
    contents = contents or ("$$SORT" if "$$SORT" in names else None)
    labels = [as_list(metadata["VALUES(%s)" % name]) for name in names]
    codes = [as_list(metadata.get("CODES(%s)" % name)) or label for name, label in zip(names, labels)]
    times = [name for name in names if "TIMEVAL(%s)" % name in metadata] or [
        name for name in names if name.lower() in (
            "year", "school year", "år", "vuosi", "rok", "tid", "period", "periodo", "time", "jahr"
        )
    ]
    for places, figure in figures:
        year = measure = ""
        dimensions = []
        for index, (name, place) in enumerate(zip(names, places)):
            if name in times:
                year = labels[index][place]
            elif name == contents:
                measure = codes[index][place]
            else:
                dimensions.append((name, codes[index][place]))
        text = figure.strip('"')
        keyword = SYMBOLS.get(text)
        yield year, dimensions, measure, (as_list(metadata.get(keyword)) or [text])[0] if keyword else text


def plain(text):
    """Keywords of the file's own language, and figures with the places of their categories."""
    metadata, position = {}, 0
    statement = re.compile(r'\s*([A-Z0-9-]+)(?:\[(\w+)\])?(?:\(((?:"[^"]*"[\s,]*)+)\))?\s*=((?:"[^"]*"|[^";])*);', re.S)
    while not re.match(r"\s*DATA\s*=", text[position:]):
        found = statement.match(text, position)
        keyword, language, inside, value = found.groups()
        position = found.end()
        if language is None or [language] == metadata.get("LANGUAGE"):
            key = keyword + ("(%s)" % ",".join(re.findall(r'"([^"]*)"', inside)) if inside else "")
            pieces = [re.sub(r'"\s*"', "", piece) for piece in re.findall(r'(?:"[^"]*"\s*)+', value)]
            metadata[key] = [piece.strip().strip('"') for piece in pieces] or [value.strip()]
    data = text[position:].split("=", 1)[1].rstrip().rstrip(";")
    tokens = re.findall(r'"[^"]*"|[^\s,;"]+', data)
    stub, heading = metadata.get("STUB", []), metadata.get("HEADING", [])
    sizes = [range(len(metadata["VALUES(%s)" % name])) for name in stub + heading]
    if not any(key.startswith("KEYS(") for key in metadata):
        combinations = list(itertools.product(*sizes))
        assert len(tokens) == len(combinations), "so many figures as combinations"
        return metadata, list(zip(combinations, tokens))
    figures = []
    columns = list(itertools.product(*sizes[len(stub):]))
    for start in range(0, len(tokens), len(stub) + len(columns)):
        keys = [token.strip('"') for token in tokens[start:start + len(stub)]]
        kinds = [metadata["KEYS(%s)" % name][0] for name in stub]
        row = tuple(metadata["%s(%s)" % (kind, name)].index(key) for kind, name, key in zip(kinds, stub, keys))
        for column, figure in zip(columns, tokens[start + len(stub):start + len(stub) + len(columns)]):
            figures.append((row + column, figure))
    return metadata, figures
