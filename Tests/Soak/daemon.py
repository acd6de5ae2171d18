"""The daemon of the soak: started, killed, asked, told to read its configuration anew, and measured."""
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time

# What doesn't change while the soak runs; few connections, so that there are now and then more clients than may come.
FIXED = "file_bytes: 8388608\nrescan_seconds: 20\nconnections: 96\ncache_bytes: 33554432\nsegment_bytes: 8388608\n"
PLAIN = "settle_seconds: 1\nlog_level: info\n"
HARMLESS = [
    PLAIN, "settle_seconds: 0.5\nlog_level: info\n", "settle_seconds: 2\nlog_level: debug\n",
    PLAIN + "categories: 500000\n", PLAIN + "cells: 1000000\n", PLAIN + "reader_seconds: 120\n",
]
BROKEN = ["settle_seconds: 0\n", "no_such_key: 1\n", "log_level: loud\n", "settle_seconds: [\n", "\x00\n"]


class Connection(http.client.HTTPConnection):
    """HTTP over a Unix socket."""

    def __init__(self, path, timeout=30):
        super().__init__("localhost", timeout=timeout)
        self.path = str(path)

    def connect(self):
        # Connecting waits, where others wait before it; only with a timeout of Python's it would fail at once.
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.connect(self.path)
        self.sock.settimeout(self.timeout)


class Daemon:
    """annald, over all its lives. `outages` are the times between a kill and the first answer after it."""

    def __init__(self, programs, root, state, violations):
        self.programs, self.root, self.state, self.violate = programs, root, state, violations
        self.inbox, self.socket, self.log = root / "inbox", root / "s.sock", root / "annald.log"
        self.configuration = root / "annald.yaml"
        self.process, self.lives, self.outages, self.starts, self.stops, self.groups = None, 0, [], [], [], []
        self.configure(PLAIN)

    def configure(self, text):
        fresh = self.configuration.with_suffix(".new")
        fresh.write_text(FIXED + text)
        fresh.rename(self.configuration)

    # Starting and ending.

    def start(self, since=None):
        """Starts it and waits until it answers that it takes drops, or that its log can't be written now."""
        began = time.monotonic()
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                [self.programs / "annald", "--config", self.configuration, "--inbox", self.inbox,
                 "--state", self.state, "--socket", self.socket], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        self.groups.append(self.process.pid)
        self.lives += 1
        while self.process.poll() is None and time.monotonic() - began < 120:
            try:
                if self.ask("/v1/status", timeout=5)["state"] in ("ready", "read-only"):
                    break
            except (OSError, http.client.HTTPException, ValueError):
                pass
            time.sleep(0.02)
        else:
            self.violate(f"start {self.lives} didn't come to an answer in 120 s, exit code {self.process.poll()}")
        self.starts.append(time.monotonic() - began)
        self.outages.append((since or began, time.monotonic()))

    def kill(self):
        """SIGKILL and the next start at once."""
        since = time.monotonic()
        self.look()
        self.process.kill()
        self.process.wait()
        self.start(since)

    def stop(self):
        """SIGTERM; must be over within 5 seconds, with exit code 0."""
        self.look()
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        try:
            code = self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.violate(f"SIGTERM didn't end process {self.process.pid} within 60 s")
            self.process.kill()
            code = self.process.wait()
        self.stops.append(time.monotonic() - began)
        if self.stops[-1] > 5 or code:
            self.violate(f"SIGTERM took {self.stops[-1]:.1f} s, exit code {code}")

    def orphans(self):
        """Readers that outlived their daemon: what is left of the process groups of all lives."""
        left = []
        for group in self.groups:
            try:
                os.killpg(group, 0)
                left.append(group)
            except ProcessLookupError:
                pass
        return left

    def look(self):
        """An end that nobody asked for is a violation; the next life begins all the same."""
        code = self.process.poll()
        if code is not None:
            self.violate(f"life {self.lives} ended by itself, exit code {code} (negative: that signal)")
            self.start()

    # Asking.

    def ask(self, path, method="GET", timeout=30):
        connection = Connection(self.socket, timeout)
        try:
            connection.request(method, path)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def head(self):
        return self.ask("/v1/log/head")["head"]

    def control(self, *arguments):
        """annalctl: its exit code and what it said."""
        done = subprocess.run(
            [self.programs / "annalctl", "--socket", self.socket, *arguments], capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    def settle(self, seconds):
        """Waits until nothing lies in the inbox that can be taken."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.look()
            self.ask("/v1/sync?since=1000000000&timeout=20", "POST")
            inbox = self.ask("/v1/status")["inbox"]
            if not inbox["pending"] and not inbox["waiting"]:
                return True
            time.sleep(0.5)
        self.violate(f"the inbox doesn't settle in {seconds} s: {json.dumps(inbox)[:2000]}")
        return False

    def reload(self, text, is_good):
        """SIGHUP with another configuration; afterwards a good one stands there again, for the next start."""
        self.configure(text)
        position = self.log.stat().st_size
        self.process.send_signal(signal.SIGHUP)
        words = b"configuration taken" if is_good else b"the old one stays in force"
        until = time.monotonic() + 10
        try:
            while time.monotonic() < until:
                with open(self.log, "rb") as log:
                    log.seek(position)
                    if words in log.read():
                        return
                if self.process.poll() is not None:
                    return
                time.sleep(0.02)
            self.violate(f"SIGHUP with {text!r} wasn't answered by {words!r} within 10 s")
        finally:
            if not is_good:
                self.configure(PLAIN)

    # Measuring.

    def measure(self):
        """Memory in bytes, and what its descriptors lead to; one a segment of the log is counted by itself."""
        status = open(f"/proc/{self.process.pid}/status").read()
        rss = int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024
        kinds = {}
        for number in os.listdir(f"/proc/{self.process.pid}/fd"):
            try:
                target = os.readlink(f"/proc/{self.process.pid}/fd/{number}")
            except FileNotFoundError:
                continue
            kind = re.sub(r"\d+", "N", target.replace(str(self.root), ""))
            kinds[kind] = kinds.get(kind, 0) + 1
        segments = kinds.pop("/state/log/N.seg", 0)
        return {
            "rss": rss, "descriptors": sum(kinds.values()), "segments": segments, "kinds": dict(sorted(kinds.items()))}
