"""Drops files in bursts, in all the ways in which people and programs drop them."""
import concurrent.futures
import os
import time

import files

# How many of a hundred files come in which way; the rest is a small table that is renamed into the inbox.
WAYS = {
    "bad": 8, "repeated": 4, "replaced": 6, "in_place": 5, "held": 1, "part": 4, "sidecar_before": 4,
    "sidecar_with": 3, "sidecar_after": 3, "bad_sidecar": 3, "moving": 14, "deep": 5,
}
# So many of each burst, whatever its size.
ALWAYS = {"huge": 2, "big": 2, "link": 1, "fifo": 1}
# Seconds until a file is replaced or its folder moves: while it is claimed, while it settles, long afterwards.
PAUSES = [0, 0.01, 0.03, 0.1, 0.3, 1, 2, 4]


class Bursts:
    """Files are made under `drafts`, on the inbox' file system, and written down in the ledger before they arrive."""

    def __init__(self, inbox, drafts, ledger, seed):
        self.inbox, self.drafts, self.ledger = inbox, drafts, ledger
        self.maker = files.Maker(seed)
        self.draw = self.maker.draw
        self.taken, self.number, self.counts = [], 0, {}
        self.slow = concurrent.futures.ThreadPoolExecutor(24)
        self.waiting = []

    def burst(self, count, seconds, is_over):
        """Drops so many files within the time; 0 drops them as fast as it goes."""
        self.number += 1
        ways = [way for way, number in ALWAYS.items() for _ in range(number)]
        ways += self.draw.choices(
            [*WAYS, "renamed"], [*WAYS.values(), 100 - sum(WAYS.values())], k=max(0, count - len(ways)))
        self.draw.shuffle(ways)
        began, left = time.monotonic(), ways.count("moving")
        folder = []
        for index, way in enumerate(ways):
            if is_over():
                return
            self.counts[way] = self.counts.get(way, 0) + 1
            if way == "moving":
                folder.append(self.maker.good() if self.draw.random() < 0.9 else self.maker.bad())
                left -= 1
                # They move in folders of up to eight.
                if len(folder) == 8 or not left:
                    self._later(self.moving, folder, self.draw.randrange(3), self.draw.choice(PAUSES))
                    folder = []
            else:
                getattr(self, way)()
            time.sleep(max(0, began + seconds * index / len(ways) - time.monotonic()))

    def finish(self):
        """Waits for what takes its time: writers, folders that move, sidecars that come late."""
        self.waiting, slow = [], self.waiting
        for future in slow:
            future.result()

    def _later(self, function, *arguments):
        self.waiting.append(self.slow.submit(function, *arguments))

    def _draft(self, content):
        path = self.drafts / content.name
        path.write_bytes(content.data)
        return path

    def _rename(self, content, path, outcome=None):
        draft = self._draft(content)
        self.ledger.drop(content, path, outcome)
        os.rename(draft, path)

    # One at a time, told from the main thread.

    def renamed(self):
        content = self.maker.good()
        self._rename(content, self.inbox / content.name)
        self.taken = self.taken[-199:] + [content]

    def bad(self):
        content = self.maker.bad()
        self._rename(content, self.inbox / content.name)

    def big(self):
        content = self.maker.big()
        self._rename(content, self.inbox / content.name)

    def repeated(self):
        """The same bytes again, under another name where the first may lie there still."""
        if not self.taken:
            return self.renamed()
        content = self.draw.choice(self.taken)
        self.maker.serial += 1
        self._rename(content, self.inbox / f"again-n{self.maker.serial}-{content.name}")

    def deep(self):
        content = self.maker.good()
        folder = self.inbox / f"{self.draw.choice(['march', 'Team X', '2011'])}" / f"b{self.number}"
        folder.mkdir(parents=True, exist_ok=True)
        self._rename(content, folder / content.name)

    def replaced(self):
        """A file, and a newer version over it: within the settle time, or when the first is recorded long since."""
        first, second = self.maker.good(), self.maker.good()
        path = self.inbox / first.name
        self._rename(first, path)
        self._later(self._replace, first, second, path, self.draw.choice(PAUSES))

    def _replace(self, first, second, path, seconds):
        time.sleep(seconds)
        draft = self._draft(second)
        self.ledger.replace(first.sha256, path)
        self.ledger.drop(second, path)
        os.rename(draft, path)

    def in_place(self):
        content = self.maker.good()
        self.ledger.drop(content, self.inbox / content.name)
        (self.inbox / content.name).write_bytes(content.data)

    def held(self):
        self._later(self._held, self.maker.good(), self.draw.uniform(2, 6))

    def _held(self, content, seconds):
        """A writer that has it open for longer than the settle time, and writes its end last."""
        self.ledger.drop(content, self.inbox / content.name)
        half = len(content.data) // 2
        with open(self.inbox / content.name, "wb", buffering=0) as file:
            file.write(content.data[:half])
            time.sleep(seconds)
            file.write(content.data[half:])

    def part(self):
        """Written in the inbox under a name that is no drop's."""
        content = self.maker.good()
        path = self.inbox / content.name
        hidden = self.draw.choice([path.with_name("." + path.name), path.with_name(path.name + ".part")])
        hidden.write_bytes(content.data)
        self.ledger.drop(content, path)
        os.rename(hidden, path)

    # Sidecars.

    def _sidecar(self, texts):
        return self.draw.choice(texts).replace("{}", str(self.maker.serial)).encode()

    def sidecar_before(self):
        content = self.maker.good()
        (self.inbox / (content.name + ".meta.yaml")).write_bytes(self._sidecar(files.GOOD_SIDECARS))
        self._later(self._after, content, self.draw.choice([0, 0.2, 3]))

    def _after(self, content, seconds):
        time.sleep(seconds)
        self._rename(content, self.inbox / content.name)

    def sidecar_with(self):
        content = self.maker.good()
        folder = self.drafts / f"with-n{self.maker.serial}"
        folder.mkdir()
        (folder / content.name).write_bytes(content.data)
        (folder / (content.name + ".meta.yaml")).write_bytes(self._sidecar(files.GOOD_SIDECARS))
        self.ledger.drop(content, self.inbox / folder.name / content.name)
        os.rename(folder, self.inbox / folder.name)

    def sidecar_after(self):
        """Too late mostly: then it waits for a file that never comes."""
        content = self.maker.good()
        self._rename(content, self.inbox / content.name)
        self._later(self._sidecar_after, content, self._sidecar(files.GOOD_SIDECARS), self.draw.choice([0, 0.05, 1]))

    def _sidecar_after(self, content, data, seconds):
        time.sleep(seconds)
        (self.inbox / (content.name + ".meta.yaml")).write_bytes(data)

    def bad_sidecar(self):
        """Before the file it quarantines it; behind it only where it isn't too late."""
        content, data = self.maker.good(), self._sidecar(files.BAD_SIDECARS)
        sidecar = self.inbox / (content.name + ".meta.yaml")
        if self.draw.random() < 0.7:
            sidecar.write_bytes(data)
            return self._rename(content, self.inbox / content.name, "quarantined")
        self._rename(content, self.inbox / content.name, "either")
        sidecar.write_bytes(data)

    # What is no drop.

    def huge(self):
        self.maker.serial += 1
        path = self.drafts / f"huge-n{self.maker.serial}.csv"
        with open(path, "wb") as file:
            file.truncate((8 << 20) + self.draw.randrange(1, 1 << 33))
        self._stay(path, "over the limit")

    def link(self):
        self.maker.serial += 1
        content = self.maker.good()
        target = self.drafts / f"target-n{self.maker.serial}.csv"
        target.write_bytes(content.data)
        path = self.drafts / f"link-n{self.maker.serial}.csv"
        path.symlink_to(target)
        self._stay(path, "a link")

    def fifo(self):
        self.maker.serial += 1
        path = self.drafts / f"fifo-n{self.maker.serial}.csv"
        os.mkfifo(path)
        self._stay(path, "a FIFO")

    def _stay(self, draft, why):
        self.ledger.stay(self.inbox / draft.name, why)
        os.rename(draft, self.inbox / draft.name)

    # Folders.

    def moving(self, contents, kind, seconds):
        """Files in a folder that is renamed in the inbox, or leaves it and comes back, while they lie in it."""
        name = f"folder-{contents[0].name}"
        place, other, outside = self.inbox / name, self.inbox / f"moved-{name}", self.drafts / f"out-{name}"
        shas = [content.sha256 for content in contents]
        start = outside if kind == 2 else place
        start.mkdir()
        for content in contents:
            self._rename(content, start / content.name)
        way = [place] if kind == 2 else []
        way += [outside, place] if kind == 0 else [other, place / "x"] if kind == 1 else [other]
        here = start
        for there in way:
            time.sleep(seconds)
            self.ledger.move(shas, there)
            there.parent.mkdir(exist_ok=True)
            os.rename(here, there)
            here = there
