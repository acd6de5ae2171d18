"""Prints every cell of files as an independent reader sees it, one a line, for the tests to compare with.

usage: cells.py FORMAT FILE...

    file<TAB>PATH
    YEAR<TAB>DIMENSION=CODE<TAB>...<TAB>measure=MEASURE<TAB>FIGURE-OR-SYMBOL
    unreadable<TAB>WHY                      where the independent reader fails

YEAR is empty where no dimension of the file gives it, and so is MEASURE where the file has one. A code is the file's
own; where it has none, the label. A figure is printed as it is stored, never through a binary number. White space
within a name is a plain space; a field holds neither tab nor line end.

A format is a module `FORMAT_cells.py` with a function `cells(path)`, which yields (year, [(dimension, code)], measure,
text).
"""

import importlib
import re
import sys
import warnings


def plain(text):
    """A field of a line."""
    return re.sub(r"\s+", " ", str(text)).strip()


def main(arguments):
    warnings.filterwarnings("ignore")
    reader = importlib.import_module(arguments[0] + "_cells")
    # What a library prints while it reads is no cell.
    answer, sys.stdout = sys.stdout, sys.stderr
    answer.reconfigure(encoding="utf-8")
    for path in arguments[1:]:
        answer.write("file\t%s\n" % path)
        try:
            lines = []
            for year, dimensions, measure, text in reader.cells(path):
                fields = ["%s=%s" % (plain(name), plain(code)) for name, code in dimensions]
                lines.append("\t".join([plain(year)] + fields + ["measure=" + plain(measure), plain(text)]))
            answer.writelines(line + "\n" for line in lines)
        except Exception as error:  # whatever a library throws is what it says of the file
            answer.write("unreadable\t%s\n" % plain("%s: %s" % (type(error).__name__, error)))


main(sys.argv[1:])
