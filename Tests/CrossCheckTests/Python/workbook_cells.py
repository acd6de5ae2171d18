"""Cells of a workbook by openpyxl or odfpy, each with its sheet, its row and its column.

What is no number is left out. A number is that of at most 15 significant digits; in percent where the workbook says so.
"""

import re
import zipfile
from decimal import Decimal

import openpyxl
from odf import opendocument, table
from odf.namespaces import OFFICENS, TABLENS


def cells(path):
    names = zipfile.ZipFile(path).namelist() if zipfile.is_zipfile(path) else []
    for sheet, row, column, number in of_opendocument(path) if "content.xml" in names else of_office(path):
        yield "", [("sheet", sheet), ("row", row), ("column", column)], "", number


def text(number, is_percent):
    decimal = Decimal("%.15g" % number)
    return format(decimal * 100 if is_percent else decimal, "f")


def unquoted(code):
    return re.sub(r'"[^"]*"', "", code)


def of_office(path):
    # By a handle, so that the file's name says nothing.
    book = openpyxl.load_workbook(open(path, "rb"), data_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool):
                    yield sheet.title, cell.row, cell.column, text(cell.value, "%" in unquoted(cell.number_format))


def repeated(element, name):
    return int(element.getAttrNS(TABLENS, name) or 1)


def of_opendocument(path):
    document = opendocument.load(path)
    for sheet in document.spreadsheet.getElementsByType(table.Table):
        number = 0
        for row in sheet.getElementsByType(table.TableRow):
            rows = repeated(row, "number-rows-repeated")
            found, column = [], 0
            for cell in row.childNodes:
                if cell.qname not in ((TABLENS, "table-cell"), (TABLENS, "covered-table-cell")):
                    continue
                columns = repeated(cell, "number-columns-repeated")
                kind = cell.getAttrNS(OFFICENS, "value-type")
                if kind in ("float", "percentage", "currency"):
                    value = text(float(cell.getAttrNS(OFFICENS, "value")), kind == "percentage")
                    found += [(column + offset + 1, value) for offset in range(columns)]
                column += columns
            for offset in range(rows if found else 0):
                for place, value in found:
                    yield sheet.getAttrNS(TABLENS, "name"), number + offset + 1, place, value
            number += rows
