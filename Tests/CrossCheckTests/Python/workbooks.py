"""Makes workbooks of the shapes that offices publish, and says beforehand what must come of each.

`workbooks.py FOLDER` writes them and, beside them, `expected.json`: for each file either the cells that must be read, by
year and codes, or words of the reason for which it must be refused. The expectations are written here by hand, from what
each sheet shows; nothing of them comes from the reader.
"""

import datetime
import io
import json
import os
import sys
import zipfile

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment

REGIONS = ["North", "South", "East", "West"]
FIGURES = {"North": [120, 121], "South": [230, 228], "East": [95, 99], "West": [310, 305]}
BOTH = {"2010": {r: FIGURES[r][0] for r in REGIONS}, "2011": {r: FIGURES[r][1] for r in REGIONS}}
ONLY_2011 = {"2011": {r: FIGURES[r][1] for r in REGIONS}}

CASES = []


def case(name, **expected):
    """A function that gives the bytes of a workbook, under the file's name, with what must come of it."""

    def add(function):
        CASES.append((name, function, expected))
        return function

    return add


def saved(book):
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book(title="Sheet1"):
    workbook = openpyxl.Workbook()
    workbook.active.title = title
    return workbook, workbook.active


def plain(sheet, start=1, column=1, heading=("region", 2010, 2011)):
    for index, text in enumerate(heading):
        sheet.cell(start, column + index, text)
    for offset, region in enumerate(REGIONS):
        sheet.cell(start + 1 + offset, column, region)
        for index, value in enumerate(FIGURES[region]):
            sheet.cell(start + 1 + offset, column + 1 + index, value)


def rewritten(data, changes, drop=(), add=()):
    """The archive with members changed by functions of their text, left out, or added."""
    source = zipfile.ZipFile(io.BytesIO(data))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename in drop:
                continue
            content = source.read(info.filename)
            if info.filename in changes:
                content = changes[info.filename](content.decode()).encode()
            target.writestr(info.filename, content)
        for name, content in add:
            target.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def raw(sheet, strings=None, styles=None, workbook_extra="", namespace=None):
    """A workbook of one sheet, written by hand."""
    main = namespace or "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strict = "purl.oclc.org" in main
    office = (
        "http://purl.oclc.org/ooxml/officeDocument/relationships"
        if strict
        else "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.sheet.main+xml"/>'
            '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'spreadsheetml.worksheet+xml"/>'
            + (
                ""
                if strings is None
                else '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-'
                'officedocument.spreadsheetml.sharedStrings+xml"/>'
            )
            + "</Types>",
        )
        target.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        target.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}">{workbook_extra}<sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        relationships = f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        if strings is not None:
            relationships += f'<Relationship Id="rId2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/>'
            target.writestr("xl/sharedStrings.xml", f'<sst xmlns="{main}">{strings}</sst>')
        if styles is not None:
            relationships += f'<Relationship Id="rId3" Type="{office}/styles" Target="/xl/styles.xml"/>'
            target.writestr("xl/styles.xml", f'<styleSheet xmlns="{main}">{styles}</styleSheet>')
        target.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{relationships}</Relationships>'
        )
        target.writestr(SHEET, f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{main}">{sheet}</worksheet>')
    return buffer.getvalue()


def inline(text):
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def number(value, extra=""):
    return f"<c{extra}><v>{value}</v></c>"


def rows(*lines):
    return "<sheetData>" + "".join(f"<row>{line}</row>" for line in lines) + "</sheetData>"


HEAD = inline("region") + number(2010) + number(2011)
BODY = [inline(r) + number(FIGURES[r][0]) + number(FIGURES[r][1]) for r in REGIONS]


# Plain shapes


@case("plain.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    return saved(workbook)


@case("macros.xlsm", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    return saved(workbook)


@case("called-otherwise.xls", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    return saved(workbook)


@case("semicolons-2011.xlsx", cells=ONLY_2011)
def _():
    return ("region;births\n" + "".join(f"{r};{FIGURES[r][1]}\n" for r in REGIONS)).encode()


@case("title-and-notes.xlsx", cells=BOTH, title="Births by region")
def _():
    workbook, sheet = book("Table 1")
    sheet["A1"] = "Births by region"
    plain(sheet, start=3)
    sheet["A9"] = "Source: Office of Statistics, released 2013"
    sheet["A10"] = "Note: West includes the islands."
    return saved(workbook)


@case("title-merged.xlsx", cells=BOTH, title="Births by region")
def _():
    workbook, sheet = book("Table 1")
    sheet["A1"] = "Births by region"
    sheet.merge_cells("A1:C1")
    plain(sheet, start=2)
    sheet["A7"] = "Source: Office of Statistics"
    sheet.merge_cells("A7:C7")
    return saved(workbook)


@case("at-b3.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet, start=3, column=2)
    return saved(workbook)


@case("year-in-title.xlsx", cells=ONLY_2011)
def _():
    workbook, sheet = book()
    sheet["A1"] = "Births by region, 2011"
    sheet.append(["region", "births"])
    for region in REGIONS:
        sheet.append([region, FIGURES[region][1]])
    return saved(workbook)


@case("year-in-sheet-name.xlsx", cells=ONLY_2011)
def _():
    workbook, sheet = book("2011")
    sheet.append(["region", "births"])
    for region in REGIONS:
        sheet.append([region, FIGURES[region][1]])
    return saved(workbook)


@case("sheet-of-another-year.xlsx", refused="is called after 2010")
def _():
    workbook, sheet = book("2010")
    sheet["A1"] = "Births by region, 2011"
    sheet.append(["region", "births"])
    for region in REGIONS:
        sheet.append([region, FIGURES[region][1]])
    return saved(workbook)


@case("years-as-text.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet, heading=("region", "2010", "2011"))
    return saved(workbook)


@case("years-as-dates.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    for cell, year in (("B1", 2010), ("C1", 2011)):
        sheet[cell] = datetime.date(year, 1, 1)
        sheet[cell].number_format = "yyyy"
    return saved(workbook)


@case("ends-of-years.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    for cell, year in (("B1", 2010), ("C1", 2011)):
        sheet[cell] = datetime.date(year, 12, 31)
        sheet[cell].number_format = "dd.mm.yyyy"
    return saved(workbook)


@case("months.xlsx", refused="")
def _():
    workbook, sheet = book()
    plain(sheet)
    for cell, month in (("B1", 1), ("C1", 2)):
        sheet[cell] = datetime.date(2011, month, 1)
        sheet[cell].number_format = "mmm yyyy"
    return saved(workbook)


@case("epoch-1904.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    workbook.epoch = openpyxl.utils.datetime.MAC_EPOCH
    for cell, year in (("B1", 2010), ("C1", 2011)):
        sheet[cell] = datetime.date(year, 12, 31)
        sheet[cell].number_format = "yyyy-mm-dd"
    return saved(workbook)


@case("long-form.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    sheet.append(["region", "year", "births"])
    for region in REGIONS:
        for year in (2010, 2011):
            sheet.append([region, year, FIGURES[region][year - 2010]])
    return saved(workbook)


@case("codes-with-zeros-2011.xlsx", cells={"2011": {"0301": 12, "1103": 15, "0219": 7}})
def _():
    workbook, sheet = book()
    sheet.append(["municipality code", "births"])
    for code, value in ((301, 12), (1103, 15), (219, 7)):
        sheet.append([code, value])
        sheet.cell(sheet.max_row, 1).number_format = "0000"
    return saved(workbook)


@case("codes-as-text-2011.xlsx", cells={"2011": {"0301": 12, "1103": 15, "0219": 7}})
def _():
    workbook, sheet = book()
    sheet.append(["municipality code", "births"])
    for code, value in (("0301", 12), ("1103", 15), ("0219", 7)):
        sheet.append([code, value])
    return saved(workbook)


# Numbers as stored


@case(
    "stored-not-shown-2011.xlsx",
    cells={"2011": {"North": "12.3456", "South": "0.3000", "East": "7.0000", "West": "-1.5000"}},
)
def _():
    workbook, sheet = book()
    sheet.append(["region", "rate"])
    for region, value in (("North", 12.3456), ("South", 0.1 + 0.2), ("East", 7), ("West", -1.5)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = "0.0"
    return saved(workbook)


@case("shown-decimals-2011.xlsx", cells={"2011": {"North": "12.0", "South": "13.5", "East": "1250.0"}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "rate"])
    for region, value in (("North", 12), ("South", 13.5), ("East", 1250)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = "#,##0.0"
    return saved(workbook)


@case("three-decimals-2011.xlsx", cells={"2011": {"North": "1.234", "South": "2.345", "East": "3.456"}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "rate"])
    for region, value in (("North", 1.234), ("South", 2.345), ("East", 3.456)):
        sheet.append([region, value])
    return saved(workbook)


@case("percent-2011.xlsx", cells={"2011": {"North": "12.34", "South": "50.00", "East": "0.70"}}, unit="percent")
def _():
    workbook, sheet = book()
    sheet.append(["region", "share of all"])
    for region, value in (("North", 0.1234), ("South", 0.5), ("East", 0.007)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = "0.0%"
    return saved(workbook)


@case("thousands-format-2011.xlsx", refused="number format", place=[2, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "income (1000)"])
    for region, value in (("North", 1234567), ("South", 2345678)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = "#,##0,"
    return saved(workbook)


@case("hidden-by-format-2011.xlsx", refused="number format", place=[3, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 12), ("South", 2)):
        sheet.append([region, value])
    sheet["B3"].number_format = '"..";"..";".."'
    return saved(workbook)


@case("accounting-2011.xlsx", cells={"2011": {"North": "12.00", "South": "0.00", "East": "-3.50"}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "change"])
    for region, value in (("North", 12), ("South", 0), ("East", -3.5)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = '_-* #,##0.00_-;-* #,##0.00_-;_-* "-"??_-;_-@_-'
    return saved(workbook)


@case("mark-by-format-2011.xlsx", cells={"2011": {"North": 12, "South": 14}}, finding="number-format-text")
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 12), ("South", 14)):
        sheet.append([region, value])
    sheet["B3"].number_format = '0"p"'
    return saved(workbook)


@case("too-many-digits-2011.xlsx", refused="more digits", place=[2, 2])
def _():
    return raw(rows(inline("region") + inline("births"), inline("North") + number("12345678901234567"),
                    inline("South") + number("5")))


@case("exponents-2011.xlsx", cells={"2011": {"North": "0.0015", "South": "1200.0000", "East": "5.0000"}})
def _():
    return raw(rows(inline("region") + inline("births"), inline("North") + number("1.5E-3"),
                    inline("South") + number("1.2E+3"), inline("East") + number("5.0")))


@case("no-number-2011.xlsx", refused="no number", place=[2, 2])
def _():
    return raw(rows(inline("region") + inline("births"), inline("North") + number("NaN"), inline("South") + number("5")))


@case("figures-as-text-2011.xlsx", cells={"2011": {"North": 120, "South": 230, "East": 95}}, finding="figures-as-text")
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", "230"), ("East", 95)):
        sheet.append([region, value])
    return saved(workbook)


@case("unknown-symbol-2011.xlsx", refused="`..`", place=[3, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", ".."), ("East", 95)):
        sheet.append([region, value])
    return saved(workbook)


@case("symbols-2011.xlsx", sidecar="dialect: ssb\n",
      cells={"2011": {"North": 120, "South": ["not-available", None], "East": ["nil", 0]}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", ".."), ("East", "-")):
        sheet.append([region, value])
    return saved(workbook)


@case("decimal-comma-in-texts-2011.xlsx", sidecar="dialect: destatis\n",
      cells={"2011": {"North": "12.5", "South": "13.7", "East": "9.0"}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "rate"])
    for region, value in (("North", 12.5), ("South", "13,7"), ("East", 9)):
        sheet.append([region, value])
    return saved(workbook)


@case("error-value-2011.xlsx", refused="error value", place=[3, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", "#N/A"), ("East", 95)):
        sheet.append([region, value])
    return saved(workbook)


@case("truth-2011.xlsx", refused="TRUE", place=[3, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", True), ("East", 95)):
        sheet.append([region, value])
    return saved(workbook)


@case("formula-without-result-2011.xlsx", refused="no stored result", place=[4, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in (("North", 120), ("South", 95), ("Total", "=B2+B3")):
        sheet.append([region, value])
    return saved(workbook)


@case("formula-with-result-2011.xlsx", cells={"2011": {"North": 120, "South": 95, "Total": 215}})
def _():
    return raw(rows(inline("region") + inline("births"), inline("North") + number(120), inline("South") + number(95),
                    inline("Total") + "<c><f>B2+B3</f><v>215</v></c>"))


# Headings


@case("two-heading-rows.xlsx", cells={"2010": {"North|births": 1, "North|deaths": 2, "South|births": 5, "South|deaths": 6},
                                      "2011": {"North|births": 3, "North|deaths": 4, "South|births": 7, "South|deaths": 8}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "births", None, "deaths", None])
    sheet.append([None, 2010, 2011, 2010, 2011])
    sheet.append(["North", 1, 3, 2, 4])
    sheet.append(["South", 5, 7, 6, 8])
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    sheet.merge_cells("A1:A2")
    return saved(workbook)


@case("years-above-measures.xlsx", cells={"2010": {"North|births": 1, "North|deaths": 2, "South|births": 5, "South|deaths": 6},
                                          "2011": {"North|births": 3, "North|deaths": 4, "South|births": 7, "South|deaths": 8}})
def _():
    workbook, sheet = book()
    sheet["A1"] = "Births and deaths by region"
    sheet["B3"] = 2010
    sheet["D3"] = 2011
    for column, text in enumerate(["region", "births", "deaths", "births", "deaths"], 1):
        sheet.cell(4, column, text)
    for row, values in enumerate([["North", 1, 2, 3, 4], ["South", 5, 6, 7, 8]], 5):
        for column, value in enumerate(values, 1):
            sheet.cell(row, column, value)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("D3:E3")
    return saved(workbook)


@case("year-above-all.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    sheet["B1"] = "Year"
    sheet.merge_cells("B1:C1")
    plain(sheet, start=2)
    return saved(workbook)


@case("line-break-in-heading.xlsx", cells={"2011": {"North|live-births": 1, "North|all-deaths": 2, "South|live-births": 3, "South|all-deaths": 4}})
def _():
    workbook, sheet = book("2011")
    sheet.append(["region", "live\nbirths", "all\r\ndeaths"])
    sheet["B1"].alignment = Alignment(wrap_text=True)
    sheet.append(["North", 1, 2])
    sheet.append(["South", 3, 4])
    return saved(workbook)


@case("column-numbers.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    sheet.append(["region", 2010, 2011])
    sheet.append([1, 2, 3])
    for region in REGIONS:
        sheet.append([region] + FIGURES[region])
    return saved(workbook)


@case("space-columns.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    for row, values in enumerate([["region", None, 2010, None, 2011]] +
                                 [[r, None, FIGURES[r][0], None, FIGURES[r][1]] for r in REGIONS], 1):
        for column, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row, column, value)
    return saved(workbook)


@case("estimate-and-margin-2011.xlsx", refused="")
def _():
    workbook, sheet = book()
    sheet.append(["region", "estimate", "margin", "estimate", "margin"])
    sheet.append(["North", 1, 2, 3, 4])
    sheet.append(["South", 5, 6, 7, 8])
    return saved(workbook)


@case("snaking-2011.xlsx", refused="")
def _():
    workbook, sheet = book()
    sheet.append(["region", "births", "region", "births"])
    sheet.append(["North", 1, "East", 3])
    sheet.append(["South", 5, "West", 7])
    return saved(workbook)


@case("hint-in-row-1.xlsx", cells={"2010": {"United States": 30, "Northeast": 10, ".Alabama": 8},
                                   "2011": {"United States": 33, "Northeast": 11, ".Alabama": 9}},
      title="Annual Estimates of the Resident Population")
def _():
    workbook, sheet = book()
    for line in [
        ["table with row headers in column A and column headers in rows 3 through 4. (leading dots indicate sub-parts)"],
        ["Annual Estimates of the Resident Population"],
        ["Geographic Area", "Population Estimate (as of July 1)"],
        [None, 2010, 2011],
        ["United States", 30, 33],
        ["Northeast", 10, 11],
        [".Alabama", 8, 9],
        ["Note: The estimates are based on the 2010 Census."],
        ["Suggested Citation:"],
        ["Table 1. Annual Estimates (NST-EST2012-01)"],
        ["Release Date: December 2012"],
    ]:
        sheet.append(line)
    for merged in ("A1:C1", "A2:C2", "A3:A4", "B3:C3", "A8:C8", "A9:C9", "A10:C10", "A11:C11"):
        sheet.merge_cells(merged)
    return saved(workbook)


@case("three-heading-rows.xlsx",
      cells={"2010": {"North|births-men": 10, "North|births-women": 3, "South|births-men": 12, "South|births-women": 5},
             "2011": {"North|births-men": 11, "North|births-women": 4, "South|births-men": 13, "South|births-women": 6}})
def _():
    workbook, sheet = book()
    sheet.append(["Region", "Births"])
    sheet.append([None, "Men", None, "Women"])
    sheet.append([None, 2010, 2011, 2010, 2011])
    sheet.append(["North", 10, 11, 3, 4])
    sheet.append(["South", 12, 13, 5, 6])
    for merged in ("A1:A3", "B1:E1", "B2:C2", "D2:E2"):
        sheet.merge_cells(merged)
    return saved(workbook)


@case("as-accessible-tables-are.xlsx", sidecar="dialect: gss\n", title="Births by area, England",
      cells={"2011": {"E06000001|live-births-note-2": 1234, "E06000001|deaths": 1010,
                      "E06000002|live-births-note-2": 2345, "E06000002|deaths": ["confidential", None],
                      "E06000003|live-births-note-2": 3456, "E06000003|deaths": 1300}})
def _():
    workbook, sheet = book("1")
    for line in [
        ["Births by area, England, 2011"],
        ["This worksheet contains one table. Some cells refer to notes which can be found on the notes worksheet."],
        ["Source: Office for National Statistics"],
        ["Area code", "Area\nname", "Live\nbirths [note 2]", "Deaths"],
        ["E06000001", "Hartlepool", 1234, 1010],
        ["E06000002", "Middlesbrough", 2345, "[c]"],
        ["E06000003", "Redcar", 3456, 1300],
    ]:
        sheet.append(line)
    notes = workbook.create_sheet("Notes")
    notes.append(["Note number", "Note text"])
    notes.append([2, "Includes those born abroad."])
    return saved(workbook)


@case("notes-below-a-heading.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    sheet["A7"] = "Notes"
    sheet["A8"] = "1. As of 31 December."
    return saved(workbook)


@case("percent-sign-by-format-2011.xlsx", cells={"2011": {"North": "12.3", "South": "45.0"}}, unit="percent")
def _():
    workbook, sheet = book()
    sheet.append(["region", "share of all"])
    for region, value in (("North", 12.3), ("South", 45)):
        sheet.append([region, value])
        sheet.cell(sheet.max_row, 2).number_format = '0.0"%"'
    return saved(workbook)


# Rows


@case("stub-merged-down-2011.xlsx",
      cells={"2011": {"North|women": 1, "North|men": 2, "South|women": 3, "South|men": 4}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "sex", "births"])
    for index, (region, sex, value) in enumerate(
            [("North", "women", 1), (None, "men", 2), ("South", "women", 3), (None, "men", 4)]):
        sheet.append([region, sex, value])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")
    return saved(workbook)


@case("stub-printed-once-2011.xlsx", refused="")
def _():
    workbook, sheet = book()
    sheet.append(["region", "sex", "births"])
    for region, sex, value in [("North", "women", 1), (None, "men", 2), ("South", "women", 3), (None, "men", 4)]:
        sheet.append([region, sex, value])
    return saved(workbook)


@case("year-merged-down.xlsx", cells={"2010": {"North": 1, "South": 2}, "2011": {"North": 3, "South": 4}})
def _():
    workbook, sheet = book()
    sheet.append(["year", "region", "births"])
    for year, region, value in [(2010, "North", 1), (None, "South", 2), (2011, "North", 3), (None, "South", 4)]:
        sheet.append([year, region, value])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("A4:A5")
    return saved(workbook)


@case("figure-merged-down-2011.xlsx", cells={"2011": {"North": 7, "South": ["blank", None], "East": 9}})
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region, value in [("North", 7), ("South", None), ("East", 9)]:
        sheet.append([region, value])
    sheet.merge_cells("B2:B3")
    return saved(workbook)


@case("blank-rows-inside.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    sheet.append(["region", 2010, 2011])
    sheet.append([])
    for index, region in enumerate(REGIONS):
        sheet.cell(3 + index + (1 if index > 1 else 0), 1, region)
        for offset, value in enumerate(FIGURES[region]):
            sheet.cell(3 + index + (1 if index > 1 else 0), 2 + offset, value)
    return saved(workbook)


@case("group-headings-2011.xlsx", refused="no figures")
def _():
    workbook, sheet = book()
    sheet.append(["region", "births", "deaths"])
    for line in [["Coast"], ["North", 1, 2], ["South", 3, 4], ["Inland"], ["East", 5, 6], ["West", 7, 8]]:
        sheet.append(line)
    return saved(workbook)


@case("two-tables-below-2011.xlsx", refused="")
def _():
    workbook, sheet = book()
    sheet.append(["Births"])
    sheet.append(["region", "women", "men"])
    sheet.append(["North", 1, 2])
    sheet.append(["South", 3, 4])
    sheet.append([])
    sheet.append(["Deaths"])
    sheet.append(["region", "women", "men"])
    sheet.append(["North", 5, 6])
    sheet.append(["South", 7, 8])
    return saved(workbook)


@case("two-tables-beside-2011.xlsx", refused="second table")
def _():
    workbook, sheet = book()
    for row, line in enumerate([["region", "births", None, "town", "deaths"], ["North", 1, None, "Abe", 2],
                                ["South", 3, None, "Bee", 4], ["East", 5, None, "Cea", 6]], 1):
        for column, value in enumerate(line, 1):
            if value is not None:
                sheet.cell(row, column, value)
    return saved(workbook)


@case("hidden-row-2011.xlsx", cells=ONLY_2011, finding="hidden-rows")
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region in REGIONS:
        sheet.append([region, FIGURES[region][1]])
    sheet.row_dimensions[3].hidden = True
    return saved(workbook)


@case("hidden-column.xlsx", cells=BOTH, finding="hidden-columns")
def _():
    workbook, sheet = book()
    plain(sheet)
    sheet.column_dimensions["B"].hidden = True
    return saved(workbook)


@case("below-a-merge-2011.xlsx", refused="covered", place=[3, 2])
def _():
    return raw(rows(inline("region") + inline("births"), inline("North") + number(120), inline("South") + number(95),
                    inline("East") + number(7)) + '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>')


# Sheets


@case("cover-and-notes.xlsx", cells=BOTH, finding="sheets-passed-over", note="West includes the islands.")
def _():
    workbook, cover = book("Cover")
    cover["A1"] = "Births by region"
    cover["A3"] = "Published 12 March 2012"
    contents = workbook.create_sheet("Contents")
    contents.append(["Table", "Title"])
    contents.append([1, "Births by region"])
    contents.append([2, "Deaths by region"])
    plain(workbook.create_sheet("Table 1"))
    notes = workbook.create_sheet("Notes")
    notes["A1"] = "West includes"
    notes["B1"] = "the islands."
    return saved(workbook)


@case("hidden-sheet.xlsx", cells=BOTH, finding="hidden-sheets")
def _():
    workbook, sheet = book("Table 1")
    plain(sheet)
    other = workbook.create_sheet("old")
    plain(other)
    other.sheet_state = "veryHidden"
    return saved(workbook)


@case("only-hidden.xlsx", refused="No sheet that is shown")
def _():
    workbook, sheet = book("Cover")
    sheet["A1"] = "Births"
    other = workbook.create_sheet("data")
    plain(other)
    other.sheet_state = "hidden"
    return saved(workbook)


@case("two-sheets.xlsx", refused="2 sheets hold tables")
def _():
    workbook, sheet = book("Births")
    plain(sheet)
    plain(workbook.create_sheet("Deaths"))
    return saved(workbook)


@case("chosen-sheet.xlsx", sidecar="sheet: Births\n", cells=BOTH)
def _():
    workbook, sheet = book("Deaths")
    sheet.append(["region", 2010, 2011])
    sheet.append(["Nowhere", 1, 1])
    plain(workbook.create_sheet("Births"))
    return saved(workbook)


@case("no-such-sheet.xlsx", sidecar="sheet: Birth\n", refused="no sheet `Birth`")
def _():
    workbook, sheet = book("Births")
    plain(sheet)
    return saved(workbook)


@case("a-sheet-a-year.xlsx", cells=BOTH)
def _():
    workbook, sheet = book("2011")
    for index, year in enumerate((2011, 2010)):
        if index:
            sheet = workbook.create_sheet(str(year))
        sheet.append(["region", "births"])
        for region in REGIONS:
            sheet.append([region, FIGURES[region][year - 2010]])
    return saved(workbook)


@case("sheets-of-other-measures.xlsx", refused="beside sheet")
def _():
    workbook, sheet = book("2010")
    for index, year in enumerate((2010, 2011)):
        if index:
            sheet = workbook.create_sheet(str(year))
        sheet.append(["region", "births" if year == 2010 else "deaths"])
        for region in REGIONS:
            sheet.append([region, FIGURES[region][year - 2010]])
    return saved(workbook)


@case("chart-sheet.xlsx", cells=BOTH)
def _():
    workbook, sheet = book("Table")
    plain(sheet)
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(sheet, min_col=2, min_row=1, max_row=5), titles_from_data=True)
    workbook.create_chartsheet("Chart").add_chart(chart)
    return saved(workbook)


# Texts


@case("superscripts.xlsx", cells=BOTH, finding="label-footnote")
def _():
    workbook, sheet = book()
    plain(sheet)
    raised = InlineFont(vertAlign="superscript")
    sheet["A2"] = CellRichText("North", TextBlock(raised, "1"))
    sheet["A8"] = CellRichText(TextBlock(raised, "1"), " With the islands.")
    return saved(workbook)


@case("superscript-at-a-year.xlsx", cells=BOTH)
def _():
    workbook, sheet = book()
    plain(sheet)
    sheet["C1"] = CellRichText("2011", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    sheet["A8"] = "1) Provisional."
    return saved(workbook)


@case("superscript-at-a-figure-2011.xlsx", refused="", place=[3, 2])
def _():
    workbook, sheet = book()
    sheet.append(["region", "births"])
    for region in REGIONS:
        sheet.append([region, FIGURES[region][1]])
    sheet["B3"] = CellRichText("228", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    return saved(workbook)


@case("phonetic-2011.xlsx", cells={"2011": {"東京": 12, "大阪": 14}})
def _():
    strings = ('<si><t>region</t></si><si><t>births</t></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh>'
               '<phoneticPr fontId="1"/></si><si><t>大阪</t></si>')
    cell = '<c t="s"><v>{}</v></c>'.format
    return raw(rows(cell(0) + cell(1), cell(2) + number(12), cell(3) + number(14)), strings=strings)


@case("escaped-signs-2011.xlsx", cells={"2011": {"North East": 12, "South": 14}})
def _():
    return raw(rows(inline("region") + inline("births"), inline("North_x000D_East") + number(12),
                    inline("South") + number(14)))


# As other programs write


@case("without-references.xlsx", cells=BOTH)
def _():
    return raw(rows(HEAD, *BODY))


@case("strict.xlsx", cells=BOTH)
def _():
    return raw(rows(HEAD, *BODY), namespace="http://purl.oclc.org/ooxml/spreadsheetml/main")


@case("lying-dimension.xlsx", cells=BOTH)
def _():
    return raw('<dimension ref="A1:XFD1048576"/>' + rows(HEAD, *BODY))


@case("prefixed-elements.xlsx", cells=BOTH)
def _():
    def prefixed(text):
        text = text.replace("<worksheet xmlns=", "<x:worksheet xmlns:x=").replace("</worksheet", "</x:worksheet")
        for name in ("sheetData", "row", "c", "v", "is", "t"):
            for mark in (">", " "):
                text = text.replace(f"<{name}{mark}", f"<x:{name}{mark}")
            text = text.replace(f"</{name}>", f"</x:{name}>")
        return text

    return rewritten(raw(rows(HEAD, *BODY)), {SHEET: prefixed})


@case("utf-16-sheet.xlsx", cells=BOTH)
def _():
    data = raw(rows(HEAD, *BODY))
    text = zipfile.ZipFile(io.BytesIO(data)).read(SHEET).decode().replace("UTF-8", "UTF-16")
    return rewritten(data, {}, drop=[SHEET], add=[(SHEET, text.encode("utf-16"))])


@case("extensions.xlsx", cells=BOTH)
def _():
    extra = ('<extLst><ext uri="{1}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
             '<x14:row r="9"><x14:c r="A9"><x14:v>7</x14:v></x14:c></x14:row></ext></extLst>')
    return raw(rows(HEAD, *BODY) + extra)


# Broken and hostile


@case("column-beyond.xlsx", refused="can't", place=[2, None])
def _():
    return raw(f'<sheetData><row r="1">{HEAD}</row><row r="2"><c r="AAAAAA2"><v>1</v></c></row></sheetData>')


@case("shared-text-missing.xlsx", refused="shared text", place=[2, 1])
def _():
    return raw(rows(HEAD, '<c t="s"><v>7</v></c>' + number(1) + number(2)), strings="<si><t>a</t></si>")


@case("rows-out-of-order.xlsx", refused="row")
def _():
    return raw(f'<sheetData><row r="5">{HEAD}</row><row r="2">{BODY[0]}</row></sheetData>')


@case("document-type.xlsx", refused="document type")
def _():
    laughs = '<!DOCTYPE worksheet [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return rewritten(raw(rows(HEAD, *BODY)), {SHEET: lambda t: t.replace("<worksheet", laughs + "<worksheet")})


@case("external-entity.xlsx", refused="document type")
def _():
    entity = '<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    return rewritten(raw(rows(HEAD, *BODY)), {SHEET: lambda t: t.replace("<worksheet", entity + "<worksheet")})


@case("other-encoding.xlsx", refused="can't be read as XML")
def _():
    data = raw(rows(inline("région") + number(2010), inline("Nord") + number(1)))
    text = zipfile.ZipFile(io.BytesIO(data)).read(SHEET).decode().replace("UTF-8", "ISO-8859-1")
    return rewritten(data, {}, drop=[SHEET], add=[(SHEET, text.encode("latin-1"))])


@case("bomb.xlsx", refused="expands")
def _():
    data = raw(rows(HEAD, *BODY))
    return rewritten(data, {SHEET: lambda t: t.replace("<sheetData>", "<sheetData>" + " " * (40 << 20))})


@case("leads-out.xlsx", refused="leads out")
def _():
    return rewritten(raw(rows(HEAD, *BODY)), {}, add=[("../evil.xml", b"x")])


@case("cut-off.xlsx", refused="cut off")
def _():
    data = raw(rows(HEAD, *BODY))
    return data[: len(data) * 2 // 3]


@case("damaged-member.xlsx", refused="damaged")
def _():
    data = bytearray(raw(rows(HEAD, *BODY)))
    place = data.find(b"xl/worksheets/sheet1.xml") + 40
    data[place] ^= 0xFF
    return bytes(data)


@case("encrypted-member.xlsx", refused="encrypted")
def _():
    data = bytearray(raw(rows(HEAD, *BODY)))
    place = data.find(b"PK\x01\x02")
    data[place + 8] |= 1
    return bytes(data)


@case("overlapping.xlsx", refused="")
def _():
    # The second entry of the directory is given the data of the first.
    data = bytearray(raw(rows(HEAD, *BODY)))
    first = data.find(b"PK\x01\x02")
    second = data.find(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


@case("no-workbook.xlsx", refused="`a.csv` in the container")
def _():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("a.csv", "region,births\nNorth,1\n")
    return buffer.getvalue()


@case("binary.xlsb", refused="binary workbook")
def _():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("xl/workbook.bin", b"\0")
    return buffer.getvalue()


@case("letter.xlsx", refused="Word document")
def _():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


@case("old.xls", refused="old binary workbook")
def _():
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "Workbook".encode("utf-16-le")


@case("password.xlsx", refused="encrypted with a password")
def _():
    return bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504) + "EncryptedPackage".encode("utf-16-le")


@case("page.xlsx", refused="PDF")
def _():
    return b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"


# OpenDocument


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
<office:automatic-styles>%s</office:automatic-styles><office:body><office:spreadsheet>%s</office:spreadsheet>
</office:body></office:document-content>"""


def ods(tables, styles="", manifest=""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        target.writestr("content.xml", ODS % (styles, tables))
        target.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.'
            'spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            f"{manifest}</manifest:manifest>",
        )
    return buffer.getvalue()


def ods_text(text, extra=""):
    return f'<table:table-cell office:value-type="string"{extra}><text:p>{text}</text:p></table:table-cell>'


def ods_number(value, shown=None, extra="", kind="float"):
    return (f'<table:table-cell office:value-type="{kind}" office:value="{value}"{extra}>'
            f"<text:p>{value if shown is None else shown}</text:p></table:table-cell>")


def ods_rows(*lines):
    return "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)


def ods_table(body, name="Sheet1", extra=""):
    return f'<table:table table:name="{name}"{extra}>{body}</table:table>'


ODS_HEAD = ods_text("region") + ods_number(2010) + ods_number(2011)
ODS_BODY = [ods_text(r) + ods_number(FIGURES[r][0]) + ods_number(FIGURES[r][1]) for r in REGIONS]


@case("plain.ods", cells=BOTH)
def _():
    return ods(ods_table(ods_rows(ODS_HEAD, *ODS_BODY)))


@case("a-million-rows.ods", cells=BOTH)
def _():
    empty = ('<table:table-row table:number-rows-repeated="1048571"><table:table-cell '
             'table:number-columns-repeated="16384"/></table:table-row>')
    filled = [line + '<table:table-cell table:number-columns-repeated="16381"/>' for line in [ODS_HEAD] + ODS_BODY]
    return ods(ods_table(ods_rows(*filled) + empty))


@case("repeated-cells.ods", cells={"2010": {"North": 5, "South": 7}, "2011": {"North": 5, "South": 8}})
def _():
    return ods(ods_table(ods_rows(
        ODS_HEAD, ods_text("North") + ods_number(5, extra=' table:number-columns-repeated="2"'),
        ods_text("South") + ods_number(7) + ods_number(8))))


@case("repeated-beyond.ods", refused="too often")
def _():
    return ods(ods_table(ods_rows(ODS_HEAD, *ODS_BODY) + '<table:table-row table:number-rows-repeated="2000000">'
                         + ODS_BODY[0] + "</table:table-row>"))


@case("stored-not-shown-2011.ods", cells={"2011": {"North": "12.3456", "South": "1234.5000"}})
def _():
    styles = ('<number:number-style style:name="N1"><number:number number:decimal-places="1" '
              'number:min-integer-digits="1"/></number:number-style>'
              '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>')
    extra = ' table:style-name="ce1"'
    return ods(ods_table(ods_rows(ods_text("region") + ods_text("rate"),
                                  ods_text("North") + ods_number(12.3456, "12,3", extra),
                                  ods_text("South") + ods_number(1234.5, "1 234,5", extra))), styles)


@case("shown-decimals-2011.ods", cells={"2011": {"North": "12.0", "South": "13.5"}})
def _():
    styles = ('<number:number-style style:name="N1"><number:number number:decimal-places="1" '
              'number:min-integer-digits="1"/></number:number-style>'
              '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>')
    column = '<table:table-column/><table:table-column table:default-cell-style-name="ce1"/>'
    return ods(ods_table(column + ods_rows(ods_text("region") + ods_text("rate"),
                                           ods_text("North") + ods_number(12, "12,0"),
                                           ods_text("South") + ods_number(13.5, "13,5"))), styles)


@case("percent-2011.ods", cells={"2011": {"North": "12.3", "South": "50.0"}}, unit="percent")
def _():
    return ods(ods_table(ods_rows(ods_text("region") + ods_text("share of all"),
                                  ods_text("North") + ods_number(0.123, "12,3 %", kind="percentage"),
                                  ods_text("South") + ods_number(0.5, "50 %", kind="percentage"))))


@case("dates-in-headings.ods", cells=BOTH)
def _():
    def date(year):
        return (f'<table:table-cell office:value-type="date" office:date-value="{year}-12-31">'
                f"<text:p>31.12.{year % 100}</text:p></table:table-cell>")

    return ods(ods_table(ods_rows(ods_text("region") + date(2010) + date(2011), *ODS_BODY)))


@case("annotations.ods", cells=BOTH)
def _():
    note = "<office:annotation><dc:creator>A</dc:creator><text:p>9999</text:p></office:annotation>"
    changed = ODS_BODY[0].replace("><text:p>120", f">{note}<text:p>120")
    assert changed != ODS_BODY[0]
    return ods(ods_table(ods_rows(ODS_HEAD, changed, *ODS_BODY[1:])))


@case("merged-headings.ods", cells={"2010": {"North|births": 1, "North|deaths": 2, "South|births": 5, "South|deaths": 6},
                                    "2011": {"North|births": 3, "North|deaths": 4, "South|births": 7, "South|deaths": 8}})
def _():
    covered = "<table:covered-table-cell/>"
    span = ' table:number-columns-spanned="2" table:number-rows-spanned="1"'
    return ods(ods_table(ods_rows(
        ods_text("region", ' table:number-columns-spanned="1" table:number-rows-spanned="2"')
        + ods_text("births", span) + covered + ods_text("deaths", span) + covered,
        covered + "".join(ods_number(y) for y in (2010, 2011, 2010, 2011)),
        ods_text("North") + "".join(ods_number(v) for v in (1, 3, 2, 4)),
        ods_text("South") + "".join(ods_number(v) for v in (5, 7, 6, 8)))))


@case("hidden-rows.ods", cells=BOTH, finding="hidden-rows")
def _():
    body = ods_rows(ODS_HEAD, *ODS_BODY[:3]) + f'<table:table-row table:visibility="filter">{ODS_BODY[3]}</table:table-row>'
    return ods(ods_table(body))


@case("hidden-sheet.ods", cells=BOTH, finding="hidden-sheets")
def _():
    styles = ('<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/>'
              "</style:style>")
    return ods(ods_table(ods_rows(ODS_HEAD, *ODS_BODY))
               + ods_table(ods_rows(ODS_HEAD, ODS_BODY[0]), "old", ' table:style-name="ta2"'), styles)


@case("error-2011.ods", refused="error value", place=[3, 2])
def _():
    error = ('<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0">'
             "<text:p>#DIV/0!</text:p></table:table-cell>")
    return ods(ods_table(ods_rows(ods_text("region") + ods_text("births"), ods_text("North") + ods_number(1),
                                  ods_text("South") + error, ods_text("East") + ods_number(2))))


@case("superscripts.ods", cells=BOTH, finding="label-footnote")
def _():
    styles = ('<style:style style:name="T1" style:family="text"><style:text-properties '
              'style:text-position="super 58%"/></style:style>')
    mark = '<text:span text:style-name="T1">1</text:span>'
    first = ODS_BODY[0].replace("North", "North" + mark)
    return ods(ods_table(ods_rows(ODS_HEAD, first, *ODS_BODY[1:], "<table:table-cell/>",
                                  ods_text(mark + " With the islands."))), styles)


@case("encrypted.ods", refused="encrypted with a password")
def _():
    return ods(ods_table(ods_rows(ODS_HEAD, *ODS_BODY)),
               manifest='<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
                        "</manifest:file-entry>")


@case("covered-figure-2011.ods", refused="covered")
def _():
    span = ' table:number-columns-spanned="1" table:number-rows-spanned="2"'
    covered = '<table:covered-table-cell office:value-type="float" office:value="3"><text:p>3</text:p></table:covered-table-cell>'
    return ods(ods_table(ods_rows(ods_text("region") + ods_text("births"), ods_text("North") + ods_number(1, extra=span),
                                  ods_text("South") + covered, ods_text("East") + ods_number(2))))


@case("a-text.odt", refused="OpenDocument text")
def _():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        target.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        target.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    expected = {}
    for name, function, wanted in CASES:
        assert name not in expected, name
        with open(os.path.join(folder, name), "wb") as file:
            file.write(function())
        if "sidecar" in wanted:
            with open(os.path.join(folder, name + ".meta.yaml"), "w") as file:
                file.write(wanted["sidecar"])
        expected[name] = wanted
    with open(os.path.join(folder, "expected.json"), "w") as file:
        json.dump(expected, file, indent=1, ensure_ascii=False)


if __name__ == "__main__":
    main()
