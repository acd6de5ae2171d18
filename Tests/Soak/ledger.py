"""What was dropped, and what must come of it.

Written down before a file is moved into the inbox: whatever the daemon records must stand here, even where the soak
ends in between. A line of `ledger.ndjson` is a drop, so that a failure can be followed afterwards.
"""
import dataclasses
import json
import threading


@dataclasses.dataclass
class Entry:
    """One content, told by its SHA-256."""
    # taken, quarantined, or either: where a sidecar that can't be read comes while the file is claimed.
    outcome: str
    # How often it was dropped.
    copies: int = 0
    # How often it was renamed afterwards together with its folder, which doesn't make another drop of it.
    moves: int = 0
    # Of these so many were replaced by another file, perhaps before they were claimed.
    replaced: int = 0
    paths: list = dataclasses.field(default_factory=list)

    @property
    def least(self):
        return self.copies - self.replaced

    @property
    def most(self):
        return self.copies


class Ledger:
    """All contents; for any thread."""

    def __init__(self, path):
        self.entries, self.stays = {}, {}
        self.lock, self.file = threading.Lock(), open(path, "w", buffering=1)

    def drop(self, content, path, outcome=None):
        """Notes one drop, before it happens."""
        sha256 = content.sha256
        with self.lock:
            entry = self.entries.setdefault(sha256, Entry(outcome or content.outcome))
            entry.copies += 1
            entry.paths.append(str(path))
            self._say("drop", path, sha256, entry.outcome)
        return sha256

    def move(self, contents, path):
        """Notes that files of a folder are renamed with it, before it happens."""
        with self.lock:
            for sha256 in contents:
                self.entries[sha256].moves += 1
                self._say("move", path, sha256)

    def replace(self, sha256, path):
        """Notes that a file is renamed over, before it happens."""
        with self.lock:
            self.entries[sha256].replaced += 1
            self._say("replace", path, sha256)

    def stay(self, path, why):
        """Notes what is no drop, never has an outcome and lies in the inbox to the end."""
        with self.lock:
            self.stays[str(path)] = why
            self._say("stay", path, why)

    def _say(self, what, path, *rest):
        self.file.write(json.dumps([what, str(path), *rest]) + "\n")

    @property
    def dropped(self):
        with self.lock:
            return sum(entry.copies for entry in self.entries.values()) + len(self.stays)
