#!/usr/bin/env python3
"""Measures the reading of PX files beside pyaxis.

    px.py BIN PATH [--rounds N]

BIN holds annal-benchmark. Makes a file of 2 million cells at PATH from a seed: 1,000 regions, 100 ages, 2 sexes, 10 years,
one cell in a hundred a symbol. Prints one JSON object: medians in seconds, cells and MB (10^6 bytes) a second, and the
greatest memory of a process that read the file once, in MB (2^20 bytes). Both read it into tables, in processes of their
own; pyaxis is that of the cross-checks: `pip install -r Tests/CrossCheckTests/Python/requirements.txt`.
"""
import random

import besides

REGIONS, AGES, SEXES, YEARS = 1000, 100, ["men", "women"], range(2010, 2020)


def make(path):
    draw = random.Random(7)

    def listed(texts):
        return ",".join(f'"{text}"' for text in texts)

    regions = [f"{number:04d}" for number in range(REGIONS)]
    with open(path, "w") as file:
        file.write('CHARSET="ANSI";\nAXIS-VERSION="2010";\nLANGUAGE="en";\nDECIMALS=0;\nMATRIX="BIG1";\n')
        file.write('TITLE="Population by region, age, sex and year";\nCONTENTS="Population";\nUNITS="persons";\n')
        file.write('STUB="region","age";\nHEADING="sex","year";\n')
        file.write(f'VALUES("region")={listed(code + " Region " + code for code in regions)};\n')
        file.write(f'VALUES("age")={listed(f"{age} years" for age in range(AGES))};\n')
        file.write(f'VALUES("sex")={listed(SEXES)};\nVALUES("year")={listed(YEARS)};\n')
        file.write(f'TIMEVAL("year")=TLIST(A1),{listed(YEARS)};\n')
        file.write(f'CODES("region")={listed(regions)};\nCODES("age")={listed(range(AGES))};\n')
        file.write('CODES("sex")="1","2";\nDATA=\n')
        for _ in range(REGIONS * AGES):
            row = (
                '".."' if draw.random() < 0.01 else str(draw.randrange(20_000)) for _ in range(len(SEXES) * len(YEARS))
            )
            file.write(" ".join(row) + " \n")
        file.write(";\n")
    return REGIONS * AGES * len(SEXES) * len(YEARS)


def read(path):
    from pyaxis import pyaxis

    pyaxis.parse(path, encoding="utf-8")


if __name__ == "__main__":
    besides.run(__doc__, __file__, "pyaxis", make, read)
