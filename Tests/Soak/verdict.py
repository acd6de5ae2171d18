"""Says what of the soak holds: memory, descriptors, clients, log, heads, and every file's outcome."""
import json
import re
import time

import outcomes


def judge(soak, first, last, clients):
    summary = {
        "seed": soak.options.seed, "minutes": soak.options.minutes, "seconds": round(time.monotonic() - soak.began)}
    summary["clients"] = judge_clients(soak, clients)
    chain = soak.daemon.ask("/v1/log/chain", timeout=120)["commits"]
    drops = soak.daemon.ask("/v1/drops", timeout=120)["drops"]
    soak.note_head()
    against = [word for head in sample(soak.heads[1:]) for word in ("--against", head)]
    state = soak.root / "state"
    summary["verify"] = verify(soak, "--timeout", "600", "verify", *against)
    soak.daemon.stop()
    summary["verify_offline"] = verify(soak, "verify", "--offline", state, *against)
    summary["memory"] = judge_memory(soak, first, last, fresh(soak))
    if soak.daemon.orphans():
        soak.violate(f"processes are left of the groups {soak.daemon.orphans()}")
    found = outcomes.Outcomes(soak.ledger, chain, drops, soak.root, state)
    for text in found.violations:
        soak.violate(text)
    summary.update(
        dropped=soak.ledger.dropped, ways=soak.bursts.counts, outcomes=found.figures, heads=len(soak.heads) - 1,
        kills=len(soak.at_kills), reloads=soak.reloads,
        disk_full=soak.full if soak.disk.kind else f"not done: {soak.disk.why}", disk=soak.disk.kind,
        starts={"count": len(soak.daemon.starts), "most_seconds": max(soak.daemon.starts)}, stops=soak.daemon.stops,
        log=judge_log(soak), violations=len(soak.violations))
    return summary


def sample(heads, most=100):
    return heads if len(heads) <= most else heads[:: len(heads) // most + 1] + heads[-1:]


def verify(soak, *arguments):
    began = time.monotonic()
    code, output, errors = soak.daemon.control(*map(str, arguments))
    if code:
        soak.violate(f"verify ended with {code}: {output[-2000:]} {errors[-2000:]}")
    return {"code": code, "seconds": round(time.monotonic() - began, 1), "against": len(sample(soak.heads[1:]))}


def fresh(soak):
    """A start on what there is at the end: it has the same history, and what the catalog takes of memory by itself."""
    soak.daemon.start()
    soak.note_head()
    soak.daemon.settle(60)
    time.sleep(5)
    measured = soak.daemon.measure()
    soak.daemon.stop()
    return measured


def judge_memory(soak, first, last, fresh):
    """The catalog grows by what is recorded; what is beyond that is a leak, or memory that isn't given back."""
    more = sum(last["entries"].values()) - sum(first["entries"].values())
    catalog = max(0, fresh["rss"] - first["rss"])
    if last["rss"] > 1.5 * (first["rss"] + catalog) + (32 << 20):
        soak.violate(f"memory went from {first['rss'] >> 20} to {last['rss'] >> 20} MB with {more} more entries;"
                     f" a fresh start on them has {fresh['rss'] >> 20} MB")
    # Fewer are as good: readers, of which each has a few, are started when there is something to read.
    if last["descriptors"] > first["descriptors"] + 4:
        soak.violate(f"descriptors: {first['descriptors']} after the first burst, {last['descriptors']} at the end;"
                     f" {first['kinds']} and {last['kinds']}")
    return {
        "first": first, "last": last, "fresh_start": fresh, "more_entries": more,
        "bytes_an_entry": round((last["rss"] - first["rss"]) / max(1, more)),
        "bytes_an_entry_of_a_fresh_start": round(catalog / max(1, more)),
        "most_at_kills": max((each["rss"] for each in soak.at_kills), default=0),
        "at_kills": [[each["rss"] >> 20, each["descriptors"], round(each["start"], 2)] for each in soak.at_kills]}


def judge_clients(soak, clients):
    """What went wrong while the daemon was down is excused, and at once after: the old socket was there still."""
    excused = 0
    for kind, path, began, ended, why in clients.pop("failures"):
        if any(began < up + 1 and ended > down for down, up in soak.daemon.outages):
            excused += 1
        else:
            at = f"{ended - began:.2f} s, ended at {ended - soak.began:.1f} s"
            soak.violate(f"a client's {kind} {path}, {at}: {why}")
    return dict(clients, cut_by_kills=excused)


def judge_log(soak):
    """Lines of the log by level and words, without what differs from one to the next."""
    texts, strange = {}, []
    for number, line in enumerate(soak.daemon.log.read_text(errors="replace").splitlines(), 1):
        said = re.match(r"annald (\w+): (.*?)(?: [\w.-]+=.*)?$", line)
        if not said or re.search("fatal error|crash|precondition", line, re.I):
            if line:
                strange.append((number, line[:300]))
        elif said[1] not in ("info", "debug", "trace"):
            text = f"{said[1]}: " + re.sub(r"\d+", "N", said[2])[:150]
            texts[text] = texts.get(text, 0) + 1
    if strange:
        # A trap's backtrace has a hundred lines and more.
        soak.violate(f"{len(strange)} lines of annald.log are none of the daemon's, or tell of a trap: {strange[:5]}")
    return dict(sorted(texts.items(), key=lambda each: -each[1])[:60])
