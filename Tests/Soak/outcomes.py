"""Holds what the daemon recorded and filed away against the ledger of what was dropped.

The log of commits (`/v1/log/chain`) has the SHA-256 of each file that was taken or quarantined; `done/` and
`quarantine/` have the bytes. What must hold:

- a file that was dropped and left alone has exactly one commit for each time that it was dropped, `taken` or
  `quarantined` as it has to be, and lies filed away exactly as often;
- one that was replaced under its name may have one or none, and where it has one its bytes may be gone: the log has
  them;
- renaming its folder changes nothing in that: the file is the same, and recorded once;
- nothing else has a commit, and nothing else lies anywhere; what is no drop lies in the inbox still.

Of every dataset's year one commit is `new`, and its versions are 1, 2, 3 … without a gap.
"""
import collections
import hashlib
import os
import pathlib


def digests(directory):
    """Files by SHA-256, without what the daemon writes beside them; and the sidecars, which aren't looked at."""
    found, sidecars = {}, []
    for folder, _, names in os.walk(directory):
        for name in names:
            path = pathlib.Path(folder, name)
            if name.endswith(".meta.yaml"):
                sidecars.append(path)
            elif not (name == "reason.json" and directory.name == "quarantine"):
                found.setdefault(hashlib.sha256(path.read_bytes()).hexdigest(), []).append(path)
    return found, sidecars


class Outcomes:
    """`violations` has a line for each thing that doesn't hold; `figures` count the rest."""

    def __init__(self, ledger, chain, drops, root, state):
        self.ledger, self.chain, self.drops, self.root = ledger, chain, drops, root
        self.violations, self.figures = [], {}
        self.commits = {}
        for commit in chain:
            self.commits.setdefault(commit.get("sha256"), []).append(commit)
        self.done, _ = digests(state / "done")
        self.quarantine, _ = digests(state / "quarantine")
        self._contents()
        self._years()
        self._entries()
        self._inbox(root / "inbox")

    def _violate(self, text, sha256=None):
        if sha256 is not None:
            entry = self.ledger.entries.get(sha256)
            commits = [
                [commit[name] for name in ("first", "kind", "file", "years", "recorded")]
                for commit in self.commits.get(sha256, [])]
            places = [str(path) for path in self.done.get(sha256, []) + self.quarantine.get(sha256, [])]
            text += f": {sha256[:16]} {entry}; commits {commits}; filed {places}"
        self.violations.append(text)

    def _contents(self):
        entries = self.ledger.entries
        counts = {"contents": len(entries), "moved": sum(bool(entry.moves) for entry in entries.values()),
                  "replaced_unseen": 0, "replaced_and_recorded": 0, "replaced_and_not_filed": 0}
        for sha256, entry in entries.items():
            commits = self.commits.get(sha256, [])
            kinds = {commit["kind"] for commit in commits}
            if not entry.least <= len(commits) <= entry.most:
                self._violate(f"{len(commits)} outcomes, not {entry.least} to {entry.most}", sha256)
            if kinds - ({"taken", "quarantined"} if entry.outcome == "either" else {entry.outcome}):
                self._violate(f"an outcome of another kind: {sorted(kinds)}", sha256)
            outcomes = [year["outcome"] for commit in commits for year in commit["years"]]
            if any(outcome != "identical" for outcome in outcomes[1:]) and not self._reverted(sha256):
                self._violate("recorded again as something new", sha256)
            filed = len(self.done.get(sha256, [])), len(self.quarantine.get(sha256, []))
            expected = tuple(sum(each["kind"] == kind for each in commits) for kind in ("taken", "quarantined"))
            if filed != expected:
                # Fewer where the file was replaced before it could be filed away; never more.
                if not entry.replaced or filed[0] > expected[0] or filed[1] > expected[1]:
                    self._violate(f"filed away {filed} times in done/ and quarantine/, not {expected}", sha256)
            counts["replaced_unseen"] += entry.replaced and not commits
            counts["replaced_and_recorded"] += bool(entry.replaced and commits)
            counts["replaced_and_not_filed"] += bool(entry.replaced and sum(filed) < len(commits))
        for sha256 in self.commits.keys() - entries.keys():
            self._violate("recorded and never dropped", sha256)
        for sha256 in (self.done.keys() | self.quarantine.keys()) - entries.keys():
            self._violate("filed away and never dropped", sha256)
        self.figures.update(counts, commits=len(self.chain))

    def _reverted(self, sha256):
        """Whether another version of the year was recorded in between: the same once more then is a revision."""
        commits = self.commits[sha256]
        return any(
            other["dataset"] == commits[0]["dataset"] and other["years"][0]["year"] == commits[0]["years"][0]["year"]
            and commits[0]["first"] < other["first"] < commits[-1]["first"]
            for other in self.chain if other["kind"] == "taken" and other.get("sha256") != sha256)

    def _years(self):
        versions = {}
        for commit in self.chain:
            for year in commit["years"]:
                if year["outcome"] != "identical":
                    key = commit["dataset"], year["year"]
                    versions.setdefault(key, []).append((year["version"], year["outcome"]))
        for key, found in versions.items():
            expected = [(number, "new" if number == 1 else "revised") for number in range(1, len(found) + 1)]
            if found != expected:
                self._violate(f"versions of {key}: {found}, not {expected}")
        self.figures.update(datasets=len({key[0] for key in versions}), years=len(versions),
                            vintages=sum(map(len, versions.values())))

    def _entries(self):
        """The log of arrivals says the same as the log of commits, in the same order."""
        told = [(drop["seq"], drop["file"], drop["outcome"]) for drop in self.drops]
        expected = []
        for commit in self.chain:
            outcomes = [year["outcome"] for year in commit["years"]] or [commit["kind"]]
            if commit["kind"] in ("taken", "quarantined"):
                expected += [
                    (commit["first"] + place, commit["file"], outcome) for place, outcome in enumerate(outcomes)]
        if told != expected:
            differing = [pair for pair in zip(told, expected) if pair[0] != pair[1]][:3]
            self._violate(f"drops and chain differ: {len(told)} and {len(expected)} entries, first {differing}")
        self.figures["outcomes"] = collections.Counter(outcome for _, _, outcome in told)

    def _inbox(self, inbox):
        left = {}
        for folder, _, names in os.walk(inbox):
            for name in names:
                path = pathlib.Path(folder, name)
                if name.endswith(".meta.yaml"):
                    left["lone sidecars"] = left.get("lone sidecars", 0) + 1
                elif str(path) in self.ledger.stays:
                    why = self.ledger.stays[str(path)]
                    left[why] = left.get(why, 0) + 1
                elif name.startswith(".filed-") and hashlib.sha256(path.read_bytes()).hexdigest() in self.commits:
                    # The daemon was killed between setting a copied original aside and removing it, and then its folder
                    # was moved: nobody knows it any more.
                    left["set aside"] = left.get("set aside", 0) + 1
                else:
                    self._violate(f"left in the inbox: {path}, {path.stat().st_size} bytes")
        for path, why in self.ledger.stays.items():
            if not os.path.lexists(path):
                self._violate(f"{why}, and not in the inbox any more: {path}")
        self.figures["left_in_inbox"] = left
