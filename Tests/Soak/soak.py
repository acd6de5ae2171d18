#!/usr/bin/env python3
"""Runs the daemon for half an hour against everything at once, and counts.

    soak.py BIN DIRECTORY [--minutes 30] [--files 20000] [--bursts 40] [--clients 64] [--seed N]
        [--kill-every 60]

BIN holds annald and annalctl; DIRECTORY is made, and removed when all holds. Files come in bursts: good, bad, huge,
renamed over, in folders that move, with sidecars. Meanwhile a third of the clients misbehave, annald is killed with
SIGKILL every minute, told to read its configuration anew every ten seconds, and twice its disk is full. Each of these
has tests of its own; here they meet at moments that nobody chose.

Asked at the end: every file has one outcome, memory and descriptors are as after the first burst, `verify` is clean,
and every head that was ever told holds still. Prints a line a burst, then one JSON object; each violation on a line of
its own at standard error. Exit code 0 where there is none; otherwise the directory stays. Root, for the small disk; as
somebody else, or where neither loop devices nor tmpfs can be mounted, that part is left out, and the summary says so.
"""
import sys

sys.dont_write_bytecode = True

import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import threading
import time

import bursts
import daemon
import disk
import ledger
import verdict


class Soak:
    def __init__(self, options):
        self.options, self.violations = options, []
        self.root = options.directory
        self.draw = random.Random(options.seed + 1)
        self.seconds = options.minutes * 60
        self.disk = disk.SmallDisk(self.root / "disk.img", self.root / "state", max(512 << 20, options.files * 100_000))
        for name in ("inbox", "drafts"):
            (self.root / name).mkdir()
        self.ledger = ledger.Ledger(self.root / "ledger.ndjson")
        self.daemon = daemon.Daemon(options.programs, self.root, self.root / "state", self.violate)
        self.bursts = bursts.Bursts(self.root / "inbox", self.root / "drafts", self.ledger, options.seed)
        self.heads, self.at_kills, self.reloads, self.full = ["0:"], [], {"good": 0, "broken": 0}, []
        self.over, self.burst_began = threading.Event(), 0.0
        self.began = time.monotonic()

    def violate(self, text):
        at = time.monotonic() - self.began
        self.violations.append(f"violation at {at:.1f} s: {text}")
        print(self.violations[-1], file=sys.stderr, flush=True)

    # What happens to the daemon: all of it on this thread, so that no two meet half way.

    def disturb(self, until):
        """Kills, reloads, fills the disk, asks for heads, until the time is over."""
        began = time.monotonic()
        length = until - began
        every = self.options.kill_every
        kill, reload = began + every * self.draw.uniform(0.5, 1), began + 10
        full_for = min(length / 8, self.draw.uniform(30, 60))
        full_at = [began + length / 3, began + length * 2 / 3] if self.disk.kind else []
        free_at = None
        while time.monotonic() < until:
            now = time.monotonic()
            self.daemon.look()
            if full_at and now >= full_at[0]:
                full_at.pop(0)
                free_at = now + full_for
                self.full.append({"at": now - self.began, "seconds": full_for, "head": self.note_head()})
            if free_at and now >= free_at:
                self.full[-1]["head_when_freed"] = self.note_head()
                self.full[-1]["problems"] = self.problems()
                self.disk.free()
                free_at = None
            if free_at:
                self.disk.fill()
            if now >= kill:
                self.kill()
                kill = max(kill, now - every / 2) + every
            if now >= reload:
                self.reload()
                reload += 10
            time.sleep(0.2)
        self.disk.free()

    def note_head(self):
        try:
            head = self.daemon.head()
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            return self.violate(f"no head: {error!r}")
        number, former = int(head.split(":")[0]), int(self.heads[-1].split(":")[0])
        if number < former or (number == former and number and head != self.heads[-1]):
            self.violate(f"the head went from {self.heads[-1]} to {head}")
        if head != self.heads[-1]:
            self.heads.append(head)
        return head

    def problems(self):
        try:
            return self.daemon.ask("/v1/status")["problems"]
        except (OSError, http.client.HTTPException, ValueError, KeyError) as error:
            return [repr(error)]

    def kill(self):
        if self.draw.random() < 0.5:
            # One kill of two comes where most is in hand: just behind the begin of a burst.
            before, until = self.burst_began, time.monotonic() + self.options.kill_every / 3
            while self.burst_began == before and time.monotonic() < until:
                time.sleep(0.01)
            time.sleep(self.draw.uniform(0, 2))
        before = self.note_head()
        self.at_kills.append(self.daemon.measure())
        self.daemon.kill()
        after = self.note_head()
        self.at_kills[-1].update(before=before, after=after, start=self.daemon.starts[-1])

    def reload(self):
        self.note_head()
        is_good = self.draw.random() < 0.7
        self.daemon.reload(self.draw.choice(daemon.HARMLESS if is_good else daemon.BROKEN), is_good)
        self.reloads["good" if is_good else "broken"] += 1

    # What is dropped.

    def drop(self, until):
        """All bursts but the first, evenly over the time; every other one at once, the others over most of theirs."""
        try:
            each = (until - time.monotonic()) / max(1, self.options.bursts - 1)
            share = self.options.files // self.options.bursts
            for number in range(2, self.options.bursts + 1):
                next_burst = time.monotonic() + each
                self.burst_began = time.monotonic()
                self.bursts.burst(share, 0 if number % 2 else each * 0.7, self.over.is_set)
                self.bursts.finish()
                self.progress(number)
                self.over.wait(max(0, next_burst - time.monotonic()))
        except Exception as error:
            self.violate(f"the dropping ended: {error!r}")

    def progress(self, number):
        facts = {"elapsed": round(time.monotonic() - self.began), "dropped": self.ledger.dropped}
        try:
            status, measured = self.daemon.ask("/v1/status"), self.daemon.measure()
            facts.update(
                entries=sum(status["drops"].values()), pending=status["inbox"]["pending"], life=self.daemon.lives,
                rss_mb=measured["rss"] >> 20, descriptors=measured["descriptors"], full=self.disk.is_full)
        except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError) as error:
            facts["status"] = repr(error)
        print(f"burst {number} of {self.options.bursts}: {json.dumps(facts)}", flush=True)

    # The whole.

    def run(self):
        if not self.disk.kind:
            print(f"no small disk, so it is never full: {self.disk.why}", flush=True)
        self.daemon.start()
        self.bursts.burst(self.options.files // self.options.bursts, 0, self.over.is_set)
        self.bursts.finish()
        self.daemon.settle(120)
        self.progress(1)
        time.sleep(5)
        first = self.daemon.measure()
        first["entries"] = self.daemon.ask("/v1/status")["drops"]
        crowd = subprocess.Popen(
            [sys.executable, "-B", pathlib.Path(__file__).with_name("clients.py"), self.daemon.socket,
             str(self.options.clients), str(self.options.seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        until = self.began + self.seconds
        dropping = threading.Thread(target=self.drop, args=[until - min(20, self.seconds / 10)])
        dropping.start()
        try:
            self.disturb(until)
        finally:
            self.over.set()
            dropping.join()
            clients = json.loads(crowd.communicate(timeout=120)[0])
        self.daemon.configure(daemon.PLAIN)
        self.daemon.settle(300)
        # Connections that were left are closed, and what was read is let go, some seconds later.
        time.sleep(15)
        last = self.daemon.measure()
        last["entries"] = self.daemon.ask("/v1/status")["drops"]
        return verdict.judge(self, first, last, clients)

    def end(self):
        """Nothing that it started goes on."""
        self.over.set()
        if self.daemon.process and self.daemon.process.poll() is None:
            self.daemon.process.kill()
        if not self.violations:
            self.disk.unmount()
            os.chdir("/")
            shutil.rmtree(self.root)
        else:
            mounted = f", with its small disk: umount {self.root}/state" if self.disk.kind else ""
            print(f"{self.root} stays{mounted}", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("programs", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("directory", type=lambda text: pathlib.Path(text).resolve())
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--bursts", type=int, default=40)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kill-every", type=float, default=60, help="seconds; fewer find sooner what kills find")
    options = parser.parse_args()
    if len(str(options.directory / "s.sock")) > 107:
        parser.error("DIRECTORY's path is too long for a socket's in it")
    options.directory.mkdir(parents=True)
    soak = Soak(options)
    try:
        print(json.dumps(soak.run(), indent=2))
    except BaseException as error:
        soak.violate(f"the soak itself ended: {error!r}")
        raise
    finally:
        soak.end()
    sys.exit(1 if soak.violations else 0)


if __name__ == "__main__":
    main()
