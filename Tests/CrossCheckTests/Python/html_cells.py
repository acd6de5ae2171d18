"""Cells of the table of figures of a web page, by pandas and lxml.

lxml parses the page and takes off what it doesn't show and raised footnote marks; pandas lays out the spans and joins the
heading. Which of its columns are labels is told by what stands in them: less than half of it figures."""

import decimal
import io
import os
import re

import lxml.html
import pandas

HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden")
SPOKEN = {"sr-only", "visually-hidden", "wb-inv"}
FIGURE = re.compile(r"^[-\u2212\u2013]?\d[\d.,\u00a0\u202f' ]*(?: ?[a-z*%])?$")
UNITS = {"tonnes", "litres", "number", "persons"}
YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")


def shown(root):
    """Without what the page hides, and without marks of footnotes."""
    for element in list(root.iter()):
        if not isinstance(element.tag, str):
            continue
        is_hidden = (
            element.tag in ("script", "style", "template", "select", "textarea", "noscript")
            or "hidden" in element.attrib
            or HIDDEN.search(element.get("style") or "")
            or SPOKEN & set((element.get("class") or "").split())
            or element.tag == "sup"
        )
        if is_hidden and element.getparent() is not None:
            element.drop_tree()
    return root


def is_figure(text):
    return bool(FIGURE.match(text)) and not re.fullmatch(r"0\d+", text)


def is_symbol(text):
    return len(text) <= 4 and not any(character.isalnum() for character in text)


def number(text, comma_is_decimal):
    """A figure with a point for its decimals and nothing between its digits; a symbol as it is."""
    if not is_figure(text):
        return text
    text = re.sub(r"[^\d.,\-\u2212\u2013]", "", text).replace("\u2212", "-").replace("\u2013", "-")
    if comma_is_decimal:
        return text.replace(".", "").replace(",", ".")
    return text.replace(",", "")


def code(text):
    """The code in front of a label."""
    return text.split(" ")[0] if re.match(r"\d{2,} ", text) else text


def page(path):
    content = open(path, "rb").read()
    try:
        return lxml.html.fromstring(content.decode("utf-8-sig").replace('<?xml version="1.0"?>', ""))
    except UnicodeDecodeError:
        said = re.search(rb"charset=[\"']?([\w-]+)", content[:2048])
        name = said.group(1).decode() if said else "cp1252"
        return lxml.html.fromstring(content.decode("cp1252" if name.lower() == "utf-8" else name))


def frames(root):
    """The tables with figures that hold no other table, each with its title."""
    for table in root.iter("table"):
        if table.find(".//table") is not None or table.get("role") == "presentation":
            continue
        caption = table.find("caption")
        above = table.xpath("(preceding::h1|preceding::h2|preceding::h3|preceding::h4)[last()]")
        title = caption.text_content() if caption is not None else above[0].text_content() if above else ""
        for cell in table.iter("td", "th"):
            if cell.get("x:num"):
                cell.text, cell[:] = format(decimal.Decimal(cell.get("x:num")), "f"), []
        if not title and root.find(".//title") is not None:
            title = root.find(".//title").text_content()
        text = lxml.html.tostring(table, encoding="unicode")
        try:
            width = pandas.read_html(io.StringIO(text))[0].shape[1]
            texts = dict.fromkeys(range(width), str)
            frame = pandas.read_html(io.StringIO(text), converters=texts, keep_default_na=False, thousands=None)[0]
        except ValueError:
            continue
        yield title, frame.astype(str).map(lambda cell: re.sub(r"\s+", " ", cell).strip())


def names(frame):
    """The heading of each column: its lines, what comes again left out."""
    for column in frame.columns:
        lines = column if isinstance(column, tuple) else (column,)
        kept = []
        for line in lines:
            line = "" if str(line).startswith("Unnamed:") else re.sub(r"\s+", " ", str(line)).strip()
            if line and line not in kept:
                kept.append(line)
        yield kept


def cells(path):
    for title, frame in frames(shown(page(path))):
        # A table without marked headings has them in its first rows.
        if all(isinstance(column, int) for column in frame.columns):
            above = 0
            while above < len(frame) and not any(
                is_figure(text) and not YEAR.fullmatch(text) for text in frame.iloc[above]
            ):
                above += 1
            lines = [list(frame.iloc[row]) for row in range(above) if len(set(frame.iloc[row])) > 1]
            if not title and above > len(lines):
                title = frame.iloc[0, 0]
            frame = frame.iloc[above:]
            frame.columns = [tuple(line[place] for line in lines) for place in range(frame.shape[1])]
        frame = frame[[not re.match(r"(Source|Note|Kilde)\b", row.iloc[0]) and row.iloc[1:].ne("").any() for _, row in frame.iterrows()]]
        headings = [[line for line in lines if not re.fullmatch(r"\(?\d\)?", line)] for lines in names(frame)]
        values = [list(frame.iloc[:, place]) for place in range(frame.shape[1])]
        is_counted = [list(column) == [str(row) for row in range(len(column))] for column in values]
        figures = [
            place for place, column in enumerate(values)
            if not (is_counted[place] and not headings[place]) and sum(is_figure(text) or is_symbol(text) for text in column if text) * 2 > sum(bool(text) for text in column)
            and not re.fullmatch(r"(?i)rank|code|no\.?|year|kode|år", " ".join(headings[place]))
        ]
        if not figures:
            continue
        everything = [text for place in figures for text in values[place]]
        comma = any(re.search(r",\d{1,2}$|,\d{4,}$", text) for text in everything)
        in_title = YEAR.findall(title) or YEAR.findall(os.path.basename(path))
        stub = [place for place in range(len(values)) if place not in figures]
        years = [place for place in range(len(values)) if re.fullmatch(r"(?i)year|år", " ".join(headings[place]))]
        keys = [
            place for place in stub
            if not is_counted[place] and place not in years and not re.fullmatch(r"(?i)rank|no\.?", " ".join(headings[place])) and any(values[place])
        ]
        for row in range(len(frame)):
            labels = [headings[place][-1] if headings[place] else "" for place in keys]
            unnamed = [place for place, label in enumerate(labels) if not label]
            for count, place in enumerate(unnamed):
                labels[place] = "row-%d" % (count + 1) if count else "row"
            codes = list(zip(labels, (code(values[place][row]) for place in keys)))
            for place in figures:
                said = [line for line in headings[place] if YEAR.fullmatch(line)]
                rest = [line for line in headings[place] if line not in said]
                year = values[years[0]][row] if years else said[0] if said else in_title[0] if in_title else ""
                if len(rest) > 1 and rest[-1] in UNITS:
                    rest.pop()
                measure = re.sub(r"\s*\((?:%|(?:19|20)\d\d)\)", "", " ".join(rest))
                yield year, codes, measure, number(values[place][row], comma)
