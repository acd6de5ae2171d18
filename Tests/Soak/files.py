"""Makes what is dropped: tables that are good, and files that no reader takes.

Every content has a number of its own in it, a figure or a word, so that its SHA-256 names it: in the log, in `done/`
and in `quarantine/` it is told from every other. Figures are drawn at random and large, so that no identity holds by
accident: one that held in a dataset's first year would have to hold in the next, and a good file would be quarantined.
"""
import hashlib
import random
import typing

SERIES, YEARS = 60, range(1950, 2010)
AGES = ["0-19", "20-44", "45-66", "67 and over"]
BIG_SERIES = 6

GOOD_SIDECARS = [
    "kind: correction\nreason: corrected by the soak, number {}\n",
    "stage: provisional\nreason: number {}\n",
    "stage: final\npublished: 2020-05-17\nreason: number {}\n",
]
BAD_SIDECARS = [
    "kind: nothing of that kind {}\n",
    "reason: [not, a, text, {}]\n",
    "published: soon {}\n",
    "a line that is no YAML {}: : :\n\t- \"\n",
]


class Content(typing.NamedTuple):
    """Bytes under a name, and whether they are to be taken or quarantined."""
    name: str
    data: bytes
    outcome: str

    @property
    def sha256(self):
        return hashlib.sha256(self.data).hexdigest()


def series_name(number):
    """Letters alone: a number in a title might be a table's, or a year."""
    return chr(ord("a") + number // 26) + chr(ord("a") + number % 26)


def table(draw, title, year, serial, regions):
    """Rows of region, age, year and persons; the first figure is the serial number, above all others."""
    lines = [title, "region,age,year,persons"]
    for region in range(1, regions + 1):
        for age in AGES:
            lines.append(f"R{region:05},{age},{year},{draw.randrange(10_000, 1_000_000)}")
    lines[2] = lines[2].rsplit(",", 1)[0] + f",{1_000_000 + serial}"
    return "\n".join(lines) + "\n"


class Maker:
    """Draws contents by a seed."""

    def __init__(self, seed):
        self.draw = random.Random(seed)
        self.serial = 0

    def good(self):
        """A table of 24 cells. Years come up several times: what is no dataset's first is its revision."""
        self.serial += 1
        series, year = self.draw.randrange(SERIES), self.draw.choice(YEARS)
        title = f"Population by region and age in the {series_name(series)} counties"
        text = table(self.draw, title, year, self.serial, 6)
        return Content(f"population-{series:02}-{year}-n{self.serial}.csv", text.encode(), "taken")

    def big(self):
        """A table of 1 to 5 MB."""
        self.serial += 1
        series, year = self.draw.randrange(BIG_SERIES), self.draw.choice(YEARS)
        title = f"Persons by district and age in the {series_name(series)} provinces"
        # Half of the districts at least must be those of the year before.
        text = table(self.draw, title, year, self.serial, self.draw.randrange(10_000, 19_000))
        return Content(f"persons-{series:02}-{year}-n{self.serial}.csv", text.encode(), "taken")

    def bad(self):
        """A file that is quarantined whichever way it is read."""
        good = self.good()
        number, lines = self.serial, good.data.decode().splitlines()
        kind = self.draw.randrange(6)
        if kind == 0:
            data = f"Dear colleagues, this is letter {number}.\nIt has no table in it. Regards.\n".encode()
        elif kind == 1:
            data = good.data.replace(b"R00003", b"R\x00\x00\x0003")
        elif kind == 2:
            lines[7] += ",17,18"
            data = "\n".join(lines).encode()
        elif kind == 3:
            lines[7] = lines[7].rsplit(",", 1)[0] + ",12x4?"
            data = "\n".join(lines).encode()
        elif kind == 4:
            data = "\n".join(lines + [lines[-1]]).encode()
        else:
            data = b"\x89PNG\r\n\x1a\n" + self.draw.randbytes(600) + b"%d" % number
        return Content(f"bad-{kind}-n{number}.{self.draw.choice(['csv', 'txt'])}", data, "quarantined")

