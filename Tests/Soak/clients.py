#!/usr/bin/env python3
"""A crowd at the control socket, of which a third misbehaves.

    clients.py SOCKET COUNT SEED

A process of its own, so that its threads don't hold up those who drop files. Ends when its standard input does, and
prints JSON: how many requests of each kind had which status and took how long, and what went wrong when. Whether that
may be, since the daemon was killed just then, is for the reader to say: times are of the monotonic clock, which all
processes share.
"""
import http.client
import json
import random
import socket
import sys
import threading
import time

from daemon import Connection

# Answers other than 200 that a well-behaved client may get, by the kind of its request: a problem's name.
MAY_BE = {"ready": {"read-only"}, "delta": {"no-such-year", "delta-refused"}, "sync": {"timed-out", "read-only"}}
WHILE_IT_STARTS = {"starting", "stopping", "busy"}


class Crowd:
    def __init__(self, path, seed):
        self.path, self.seed = path, seed
        self.over, self.lock = threading.Event(), threading.Lock()
        self.answers, self.seconds, self.failures, self.misdeeds = {}, {}, [], {}

    def note(self, kind, status, seconds):
        with self.lock:
            statuses = self.answers.setdefault(kind, {})
            statuses[status] = statuses.get(status, 0) + 1
            self.seconds.setdefault(kind, []).append(seconds)

    def fail(self, kind, path, began, why):
        with self.lock:
            self.failures.append([kind, path, began, time.monotonic(), why])

    # Those who behave.

    def good(self, number):
        draw, connection = random.Random(f"{self.seed}-{number}"), None
        known = []
        while not self.over.wait(draw.uniform(0.3, 1)):
            kind, method, path = self.request(draw, known)
            began = time.monotonic()
            try:
                # Some keep their connection, others come anew each time.
                connection = connection or Connection(self.path, 60)
                connection.request(method, path)
                answer = connection.getresponse()
                body = answer.read()
                self.judge(kind, path, began, answer, body, known)
                if number % 2:
                    connection.close()
            except (OSError, http.client.HTTPException) as error:
                self.fail(kind, path, began, f"{type(error).__name__}: {error}")
                if connection:
                    connection.close()
                connection = None

    def served(self, number):
        """One who behaves; a mistake of the soak's own doesn't go unnoticed."""
        try:
            self.good(number)
        except Exception as error:
            self.fail("itself", f"client {number}", time.monotonic(), repr(error))

    @staticmethod
    def request(draw, known):
        kind = draw.choice(
            ["status", "head", "ready", "drops", "datasets", "quarantine"] + ["years", "show", "csv", "delta"] * 2
            + ["history", "series", "chain", "sync"])
        if not known and kind in ("years", "show", "csv", "delta", "history", "series"):
            kind = "datasets"
        if kind == "datasets":
            return kind, "GET", "/v1/datasets"
        if known:
            dataset, years = draw.choice(known)
            base, year = f"/v1/datasets/{dataset}", draw.choice(years)
        paths = {
            "status": "/v1/status", "head": "/v1/log/head", "ready": "/v1/health/ready", "quarantine": "/v1/quarantine",
            "drops": f"/v1/drops?since={draw.randrange(20_000)}&limit=50", "chain": "/v1/log/chain?format=ndjson",
            "sync": "/v1/sync?since=1000000000&timeout=2",
        }
        if kind in paths:
            # All of the chain is long; it is asked for seldom.
            if kind == "chain" and draw.random() < 0.9:
                kind = "head"
            return kind, "POST" if kind == "sync" else "GET", paths[kind]
        return kind, "GET", {
            "years": f"{base}/years", "show": f"{base}/years/{year}", "csv": f"{base}/years/{year}?format=csv",
            "delta": f"{base}/delta?top=20", "history": f"{base}/years/{year}/vintages",
            "series": f"{base}/series?where=region=R00001,age=0-19",
        }[kind]

    def judge(self, kind, path, began, answer, body, known):
        self.note(kind, answer.status, time.monotonic() - began)
        try:
            if kind == "csv" and answer.status == 200:
                if len({line.count(",") for line in body.decode().splitlines()}) != 1:
                    self.fail(kind, path, began, f"no table: {body[:300]!r}")
                return
            if kind == "chain" and answer.status == 200:
                for line in body.splitlines():
                    json.loads(line)
                return
            document = json.loads(body)
        except ValueError as error:
            return self.fail(kind, path, began, f"{answer.status}, {len(body)} bytes, {error}: {body[:300]!r}")
        if answer.status == 200:
            if kind == "datasets":
                known[:] = [(each["id"], each["years"]) for each in document["datasets"] if each["years"]]
            return
        name = str(document.get("type", "")).rsplit(":", 1)[-1]
        if name not in MAY_BE.get(kind, set()) | WHILE_IT_STARTS:
            self.fail(kind, path, began, f"{answer.status}: {body[:500].decode()}")

    # Those who don't.

    def bad(self, number):
        draw = random.Random(f"{self.seed}-{number}")
        deeds = [self.never_reads, self.asks_by_half, self.hangs, self.talks_garbage, self.pipelines, self.leaves,
                 self.trickles]
        deed = deeds[number % len(deeds)]
        while not self.over.wait(draw.uniform(0.2, 2)):
            with self.lock:
                self.misdeeds[deed.__name__] = self.misdeeds.get(deed.__name__, 0) + 1
            sockets = []
            try:
                deed(draw, lambda: sockets.append(self.connected()) or sockets[-1])
            except OSError:
                # Being thrown out is what a client of this kind has to expect.
                pass
            for each in sockets:
                each.close()

    def connected(self):
        peer = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            peer.connect(self.path)
        except OSError:
            peer.close()
            raise
        peer.settimeout(5)
        return peer

    LONG = b"GET /v1/drops HTTP/1.1\r\nHost: a\r\n\r\n"

    def never_reads(self, draw, connect):
        connect().sendall(self.LONG)
        self.over.wait(draw.uniform(5, 50))

    def asks_by_half(self, draw, connect):
        peer = connect()
        peer.sendall(self.LONG[:draw.randrange(1, len(self.LONG) - 2)])
        self.over.wait(draw.uniform(5, 70))

    def hangs(self, draw, connect):
        peers = [connect() for _ in range(12)]
        self.over.wait(draw.uniform(1, 20))
        del peers

    def talks_garbage(self, draw, connect):
        peer = connect()
        peer.sendall(draw.choice([
            draw.randbytes(2000), b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00",
            b"POST /v1/sync HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
            b"GET /v1/status HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            b"GET /v1/datasets/%00%ff/years HTTP/1.1\r\nHost: a\r\n\r\n", b"\r\n" * 5000]))
        peer.recv(4096)

    def pipelines(self, draw, connect):
        peer = connect()
        peer.sendall(b"GET /v1/status HTTP/1.1\r\nHost: a\r\n\r\n" * 100)
        until = time.monotonic() + 3
        while time.monotonic() < until and peer.recv(1 << 16):
            pass
        self.over.wait(5)

    def leaves(self, draw, connect):
        peer = connect()
        peer.sendall(self.LONG)
        peer.recv(draw.choice([1, 4096, 65536]))

    def trickles(self, draw, connect):
        peer = connect()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        peer.sendall(self.LONG)
        until = time.monotonic() + draw.uniform(10, 90)
        while time.monotonic() < until and not self.over.wait(1) and peer.recv(1):
            pass


def spread(values):
    values = sorted(values)
    return {"p50": values[len(values) // 2], "p99": values[len(values) * 99 // 100], "most": values[-1]}


def main():
    path, count, seed = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    crowd = Crowd(path, seed)
    threads = [
        threading.Thread(target=crowd.bad, args=[number // 3]) if number % 3 == 2 else
        threading.Thread(target=crowd.served, args=[number])
        for number in range(count)
    ]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    crowd.over.set()
    for thread in threads:
        thread.join()
    print(json.dumps({
        "answers": crowd.answers, "seconds": {kind: spread(values) for kind, values in crowd.seconds.items()},
        "failures": crowd.failures, "misdeeds": crowd.misdeeds}))


if __name__ == "__main__":
    main()
