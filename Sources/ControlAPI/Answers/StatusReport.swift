package import Annals

/// How the daemon is: the answer of `status`.
package struct StatusReport: Codable, Hashable, Sendable {
    /// What the daemon can do now.
    package enum State: String, Codable, Sendable, CaseIterable {
        case starting
        case ready
        case readOnly = "read-only"
        case stopping
    }

    /// A file in the inbox that is not taken, or not yet, and why.
    package struct HeldFile: Codable, Hashable, Sendable {
        /// Path in the inbox, escaped where it isn't UTF-8.
        package var file: String
        package var reason: Reason

        package init(file: String, reason: Reason) {
            self.file = file
            self.reason = reason
        }
    }

    /// What lies in the inbox.
    package struct Inbox: Codable, Hashable, Sendable {
        package var path: String
        /// How the inbox is watched: `inotify`, `poll`.
        package var mode: String
        /// How many drops lie there that are neither committed nor quarantined.
        package var pending: Int
        /// What can't be a drop, or can't be read: directories too deep, FIFOs, links, no permission.
        package var refused: [HeldFile]
        /// What can't be taken now and is tried again, and what is recorded and can't be moved.
        package var waiting: [HeldFile]
        /// Sidecars whose files aren't here.
        package var sidecars: [HeldFile]

        package init(
            path: String, mode: String, pending: Int, refused: [HeldFile] = [], waiting: [HeldFile] = [],
            sidecars: [HeldFile] = []
        ) {
            self.sidecars = sidecars
            self.path = path
            self.mode = mode
            self.pending = pending
            self.refused = refused
            self.waiting = waiting
        }
    }

    /// Something that wants attention, and whether drops can be taken all the same.
    package struct Condition: Codable, Hashable, Sendable {
        /// What it is about; scripts match it.
        package enum Name: String, Codable, Sendable, CaseIterable {
            /// The log takes nothing: it is full, read-only or damaged.
            case log
            /// What the log says contradicts itself.
            case archive
            /// The clock isn't trusted.
            case clock
            /// The inbox is gone, or can't be read.
            case inbox
            /// Nothing can be filed away into `done/` or `quarantine/`.
            case filing
            /// Files that are recorded can't be moved out of the inbox.
            case unfiled
            /// No reader can be started, so that no file is taken.
            case readers
            /// Watches or descriptors are lacking.
            case shortage
            /// Clients wait to be connected.
            case connections
        }

        package var name: Name
        /// A sentence, with what to do about it.
        package var message: String
        /// Whether the daemon isn't ready as long as it lasts.
        package var blocks: Bool

        package init(name: Name, message: String, blocks: Bool) {
            self.name = name
            self.message = message
            self.blocks = blocks
        }
    }

    /// How many (drop, year) entries ended in each outcome.
    package struct DropCounts: Codable, Hashable, Sendable {
        package var new: Int
        package var revised: Int
        package var identical: Int
        package var quarantined: Int

        package init(new: Int, revised: Int, identical: Int, quarantined: Int) {
            self.new = new
            self.revised = revised
            self.identical = identical
            self.quarantined = quarantined
        }
    }

    /// How the log is.
    package struct Log: Codable, Hashable, Sendable {
        package var commits: Int
        package var bytes: UInt64
        /// `SEQ:HEX`.
        package var head: String
        /// `writable`, or a sentence on why not.
        package var condition: String

        package init(commits: Int, bytes: UInt64, head: String, condition: String) {
            self.commits = commits
            self.bytes = bytes
            self.head = head
            self.condition = condition
        }
    }

    /// How far a start has come.
    package struct Progress: Codable, Hashable, Sendable {
        /// One line in words: `reading the log: 312 of 1,024 MB`.
        package var text: String
        package var bytesRead: Int
        package var byteCount: Int

        private enum CodingKeys: String, CodingKey {
            case text, bytesRead
            case byteCount = "bytes"
        }

        package init(text: String, bytesRead: Int, byteCount: Int) {
            self.text = text
            self.bytesRead = bytesRead
            self.byteCount = byteCount
        }
    }

    package var state: State
    package var inbox: Inbox
    package var drops: DropCounts
    package var log: Log
    package var datasets: Int
    package var vintages: Int
    /// The program's version.
    package var version: String
    package var pid: Int
    package var started: Instant
    /// What wants attention; empty when nothing does.
    package var conditions: [Condition]
    /// The sentences of ``conditions``.
    package var problems: [String]
    /// The latest entries of the log of arrivals, in order.
    package var lastDrops: [DropReport]
    /// What the daemon thinks of the clock.
    package var clock: ClockReport?
    /// Only while it is starting.
    package var progress: Progress?

    package init(
        state: State, inbox: Inbox, drops: DropCounts, log: Log, datasets: Int, vintages: Int, version: String,
        pid: Int, started: Instant, conditions: [Condition] = [], lastDrops: [DropReport] = [],
        clock: ClockReport? = nil, progress: Progress? = nil
    ) {
        self.state = state
        self.inbox = inbox
        self.drops = drops
        self.log = log
        self.datasets = datasets
        self.vintages = vintages
        self.version = version
        self.pid = pid
        self.started = started
        self.conditions = conditions
        problems = conditions.map(\.message)
        self.lastDrops = lastDrops
        self.clock = clock
        self.progress = progress
    }

    /// Adds something else that wants attention.
    package mutating func note(_ condition: Condition) {
        conditions.append(condition)
        problems.append(condition.message)
    }
}
