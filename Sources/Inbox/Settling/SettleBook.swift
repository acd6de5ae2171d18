internal import HeapModule

/// Which files in the inbox have stopped changing: a state machine without I/O or clock.
///
/// A file that was moved in is ready at the next look. Any other must look the same for the settle time. A file that is
/// ready is handed out once and stays *in hand* until ``finish(_:)`` or ``putBack(_:nowNs:)``. All times are moments of
/// one monotonic clock, in nanoseconds.
package struct SettleBook: Sendable {
    /// A file to claim, and how it got ready.
    package struct Ready: Hashable, Sendable {
        package var arrival: Arrival
        /// It was renamed into place and has not been unchanged for the settle time; only a lease can tell whether
        /// somebody still writes to it.
        package var wasMovedIn: Bool
        /// The sidecar beside it, as it was first seen with what it says; nil where none was.
        package var sidecar: Arrival?

        package init(arrival: Arrival, wasMovedIn: Bool, sidecar: Arrival? = nil) {
            self.arrival = arrival
            self.wasMovedIn = wasMovedIn
            self.sidecar = sidecar
        }
    }

    /// What brought the look at a file about.
    package enum Cause: Sendable {
        case movedIn
        /// A writer closed it; it need not have changed anything.
        case closed
        /// A scan, a change of permissions, or a look that was due.
        case looked
    }

    /// One file that waits.
    private struct Entry {
        var arrival: Arrival
        /// When it was first seen as it is.
        var sinceNs: UInt64
        /// When it was last seen as it is.
        var seenNs: UInt64
        var wasMovedIn: Bool
        /// It could not be claimed once; those that arrived after it do not wait for it any longer.
        var wasPutBack = false
        let serial: UInt64

        func isReady(afterNs settleTimeNs: UInt64) -> Bool { wasMovedIn || seenNs - sinceNs >= settleTimeNs }
    }

    /// A place in the order of arrival; it stands in its queue until it comes up, whatever became of the file.
    private struct Queued: Comparable {
        let arrival: Arrival

        static func < (left: Queued, right: Queued) -> Bool { Arrival.arrivedBefore(left.arrival, right.arrival) }
    }

    /// One file that somebody claims, reads or files away.
    private struct Held {
        let arrival: Arrival
        let serial: UInt64
        /// What was seen at its path since, where that is another file or content.
        var successor: Entry?
    }

    /// How long a file must look the same.
    package var settleTimeNs: UInt64

    private var waiting: [[UInt8]: Entry] = [:]
    /// Those of ``waiting`` that can be handed out, so that a long list of settling files is not walked at each step.
    private var ready: Set<[UInt8]> = []
    /// Those of ``ready`` by arrival, and what was ready once.
    private var readyByArrival = Heap<Queued>()
    /// Those that still settle by arrival, and what settled once; those that were put back are never in it.
    private var settlingByArrival = Heap<Queued>()
    private var held: [[UInt8]: Held] = [:]
    private var refused: [[UInt8]: Refusal] = [:]
    /// What was handed out once and stays where it is, until it is another file or has other content.
    private var left: [[UInt8]: Left] = [:]
    private var sidecars = SidecarBook()
    /// No entry is due before; nil where none waits for time to pass.
    private var earliestDueNs: UInt64?
    /// Paths that were finished while a scan ran, so that the scan's old view does not bring them back.
    private var finishedDuringScan: Set<[UInt8]>?

    /// Number of the last file that was newly seen; see ``isClear(through:)``.
    package private(set) var lastSerial: UInt64 = 0

    package init(settleTimeNs: UInt64) {
        self.settleTimeNs = settleTimeNs
    }

    /// How many files wait or are in hand.
    package var pendingCount: Int { waiting.count + held.count }

    /// What can't be a drop, by path.
    package var refusals: [Refusal] { refused.values.sorted { $0.path.lexicographicallyPrecedes($1.path) } }

    /// Sidecars that have stood alone for the settle time: their drops aren't here.
    package func loneSidecars(nowNs: UInt64) -> [[UInt8]] {
        sidecars.alone(since: nowNs - min(nowNs, settleTimeNs)) { drop in
            waiting[drop] == nil && held[drop] == nil && left[drop] == nil && refused[drop] == nil
        }
    }

    /// Whether every file that was seen with a number up to this one has left the book.
    ///
    /// A file keeps its number while it changes; another file that takes its name gets a new one.
    package func isClear(through serial: UInt64) -> Bool {
        waiting.values.allSatisfy { $0.serial > serial } && held.values.allSatisfy { $0.serial > serial }
    }
}

// What was seen.
extension SettleBook {
    /// Call it before a scan starts to read.
    package mutating func beginScan() {
        finishedDuringScan = []
    }

    /// Takes a whole scan: what it did not find is gone.
    package mutating func observe(_ scan: Scan, nowNs: UInt64) {
        let finished = finishedDuringScan ?? []
        finishedDuringScan = nil
        refused = Dictionary(scan.refusals.map { ($0.path, $0) }, uniquingKeysWith: { _, last in last })
        let found = Set(scan.arrivals.map(\.path))
        for path in waiting.keys where !found.contains(path) { forget(path) }
        for path in held.keys where !found.contains(path) { held[path]?.successor = nil }
        for path in left.keys where !found.contains(path) { left[path] = nil }
        sidecars.observe(scan.sidecars, nowNs: nowNs)
        for arrival in scan.arrivals where !finished.contains(arrival.path) {
            observe(.arrival(arrival), at: arrival.path, because: .looked, nowNs: nowNs)
        }
    }

    /// Takes one look at one path.
    package mutating func observe(_ sighting: Sighting, at path: [UInt8], because cause: Cause, nowNs: UInt64) {
        refused[path] = nil
        sidecars.observe(sighting, at: path, nowNs: nowNs)
        guard case .arrival(let arrival) = sighting else {
            if case .refusal(let refusal) = sighting { refused[path] = refusal } else { left[path] = nil }
            forget(path)
            held[path]?.successor = nil
            return
        }
        if let reason = left[path] {
            if let refusal = reason.refusal { refused[path] = refusal }
            guard !reason.stands(for: arrival) else { return }
            refused[path] = nil
            left[path] = nil
        }
        if let hold = held[path] {
            let successor = successor(of: hold, arrival, cause, nowNs)
            held[path]?.successor = successor
        } else {
            keep(entry(for: arrival, after: waiting[path], because: cause, nowNs: nowNs))
        }
    }

    private mutating func successor(of hold: Held, _ arrival: Arrival, _ cause: Cause, _ nowNs: UInt64) -> Entry? {
        arrival == hold.arrival ? nil : entry(for: arrival, after: hold.successor, because: cause, nowNs: nowNs)
    }

    /// The entry of a file that was just seen, given what the book knew at its path.
    private mutating func entry(
        for arrival: Arrival, after known: Entry?, because cause: Cause, nowNs: UInt64
    ) -> Entry {
        if var entry = known, entry.arrival == arrival {
            entry.seenNs = nowNs
            // Whoever wrote to it after it was moved in may not be done: then only time tells.
            if cause != .looked { entry.wasMovedIn = cause == .movedIn }
            return entry
        }
        if known == nil || known?.arrival.identity != arrival.identity { lastSerial += 1 }
        let isSameFile = known?.arrival.identity == arrival.identity
        return Entry(
            arrival: arrival, sinceNs: nowNs, seenNs: nowNs, wasMovedIn: cause == .movedIn,
            serial: isSameFile ? known?.serial ?? lastSerial : lastSerial)
    }

    private mutating func keep(_ entry: Entry) {
        let path = entry.arrival.path
        let isReady = entry.isReady(afterNs: settleTimeNs)
        // Queued once for as long as it stays as it is: a scan looks at every file again and again.
        let known = waiting[path]
        let isQueued =
            known?.arrival == entry.arrival && ready.contains(path) == isReady
            && known?.wasPutBack == entry.wasPutBack
        waiting[path] = entry
        if isReady { ready.insert(path) } else { ready.remove(path) }
        if !isReady { expect(entry) }
        guard !isQueued else { return }
        if isReady {
            readyByArrival.insert(Queued(arrival: entry.arrival))
        } else if !entry.wasPutBack {
            settlingByArrival.insert(Queued(arrival: entry.arrival))
        }
    }

    private mutating func forget(_ path: [UInt8]) {
        waiting[path] = nil
        ready.remove(path)
    }

    private mutating func expect(_ entry: Entry) {
        let dueNs = entry.sinceNs + settleTimeNs
        earliestDueNs = min(earliestDueNs ?? dueNs, dueNs)
    }
}

// What is to be done.
extension SettleBook {
    /// When to look again; nil where nothing waits for time to pass.
    ///
    /// It may come too early, never too late.
    package var nextDeadlineNs: UInt64? { earliestDueNs }

    /// Whether there is a file to hand out.
    package var hasReady: Bool { !ready.isEmpty }

    /// Files whose settle time is over as far as the book knows: look at each, and tell ``observe(_:at:because:nowNs:)``.
    package mutating func due(nowNs: UInt64) -> [[UInt8]] {
        guard let earliest = earliestDueNs, earliest <= nowNs else { return [] }
        earliestDueNs = nil
        var due: [[UInt8]] = []
        for (path, entry) in waiting where !ready.contains(path) {
            if entry.sinceNs + settleTimeNs <= nowNs { due.append(path) } else { expect(entry) }
        }
        return due.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Hands out what is ready, in the order of arrival, at most so many.
    ///
    /// A file that was moved in waits for those that arrived before it and still settle, so that two drops of one
    /// dataset are recorded in their order; at most for the settle time, since a file that grows arrives anew.
    package mutating func takeReady(atMost limit: Int = .max) -> [Ready] {
        guard limit > 0, hasReady else { return [] }
        let firstSettling = firstSettling()
        var taken: [Entry] = []
        while taken.count < limit, let first = readyByArrival.min {
            guard ready.contains(first.arrival.path), let entry = waiting[first.arrival.path],
                entry.arrival == first.arrival
            else {
                readyByArrival.removeMin()
                continue
            }
            if let firstSettling, !Arrival.arrivedBefore(entry.arrival, firstSettling) { break }
            readyByArrival.removeMin()
            forget(entry.arrival.path)
            held[entry.arrival.path] = Held(arrival: entry.arrival, serial: entry.serial)
            taken.append(entry)
        }
        return taken.map { entry in
            let hasSettled = entry.seenNs - entry.sinceNs >= settleTimeNs
            return Ready(
                arrival: entry.arrival, wasMovedIn: entry.wasMovedIn && !hasSettled,
                sidecar: sidecars.sidecar(beside: entry.arrival.path))
        }
    }

    /// The first of those that still settle and were never put back.
    private mutating func firstSettling() -> Arrival? {
        while let first = settlingByArrival.min {
            let path = first.arrival.path
            if let entry = waiting[path], entry.arrival == first.arrival, !entry.wasPutBack, !ready.contains(path) {
                return first.arrival
            }
            settlingByArrival.removeMin()
        }
        return nil
    }

    /// A file that was handed out has left the inbox, or is gone; what was seen at its path since comes up as new.
    package mutating func finish(_ arrival: Arrival, nowNs: UInt64) {
        if left[arrival.path]?.stands(for: arrival) == true { left[arrival.path] = nil }
        sidecars.noteGone(drop: arrival.path, nowNs: nowNs)
        guard let hold = held.removeValue(forKey: arrival.path) else { return }
        finishedDuringScan?.insert(arrival.path)
        guard let successor = hold.successor else { return }
        keep(successor)
    }

    /// A file that was handed out can't be taken yet (somebody writes to it, or it changed): it settles again.
    package mutating func putBack(_ arrival: Arrival, nowNs: UInt64) {
        guard let hold = held.removeValue(forKey: arrival.path) else { return }
        let latest = hold.successor?.arrival ?? arrival
        keep(
            Entry(
                arrival: latest, sinceNs: nowNs, seenNs: nowNs, wasMovedIn: false, wasPutBack: true,
                serial: hold.serial))
    }

    /// A file that was handed out comes back as it was, untouched: it is ready still, and keeps its place.
    package mutating func giveBack(_ arrival: Arrival, nowNs: UInt64) {
        guard let hold = held.removeValue(forKey: arrival.path) else { return }
        if let successor = hold.successor { return keep(successor) }
        keep(
            Entry(
                arrival: arrival, sinceNs: nowNs - min(nowNs, settleTimeNs), seenNs: nowNs, wasMovedIn: true,
                serial: hold.serial))
    }

    /// A file that was handed out can't be a drop: it stays in the inbox, shown, and isn't handed out again as it is.
    package mutating func refuse(_ arrival: Arrival, _ refusal: Refusal, nowNs: UInt64) {
        finish(arrival, nowNs: nowNs)
        guard waiting[arrival.path] == nil else { return }
        refused[arrival.path] = refusal
        left[arrival.path] = .refused(arrival, refusal)
    }

    /// A file that was handed out is recorded and can't leave the inbox: it isn't handed out again while it has the same
    /// content, whoever changes its mode or owner.
    package mutating func leave(_ arrival: Arrival) {
        guard let hold = held.removeValue(forKey: arrival.path) else {
            // It was left before; where it isn't any more, something else has taken its place.
            if left[arrival.path] != nil { left[arrival.path] = .recorded(arrival) }
            return
        }
        if let successor = hold.successor, !successor.arrival.hasSameContent(as: arrival) { return keep(successor) }
        left[arrival.path] = .recorded(arrival)
    }

    /// What can be a drop has changed: what was refused is handed out again when it is seen next.
    package mutating func forgetRefusals() {
        left = left.filter { $0.value.refusal == nil }
    }
}

/// Why a file that was handed out stays where it is.
private enum Left: Sendable {
    case refused(Arrival, Refusal)
    case recorded(Arrival)

    var refusal: Refusal? {
        guard case .refused(_, let refusal) = self else { return nil }
        return refusal
    }

    /// Whether what is seen at its path now is still what it was said of.
    func stands(for arrival: Arrival) -> Bool {
        switch self {
        // Its mode may be what it was refused for.
        case .refused(let former, _): arrival == former
        case .recorded(let former): arrival.hasSameContent(as: former)
        }
    }
}
