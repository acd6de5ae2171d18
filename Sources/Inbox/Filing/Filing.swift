package import Annals
internal import Glibc
internal import SystemPackage

/// A claimed file that is to leave the inbox, because what became of it is durable.
package struct FilingItem: Sendable {
    package var source: SourceRef
    /// What was claimed, still open; nil when a filing is finished after a restart.
    package var descriptor: Descriptor?
    /// What was claimed, where it is still in memory.
    package var bytes: [UInt8]?

    /// A file that this process claimed.
    package init(_ claimed: ClaimedFile) {
        source = claimed.source
        descriptor = claimed.descriptor
        if case .bytes(let read) = claimed.content { bytes = read }
    }

    /// A file that was claimed before, as its commit tells.
    package init(_ source: SourceRef) { self.source = source }
}

/// How filing a file away ended.
///
/// Paths are raw bytes relative to the state directory.
package enum FilingOutcome: Hashable, Sendable {
    case filed(at: [UInt8])
    /// It was filed before: by a run that was interrupted.
    case alreadyFiled(at: [UInt8])
    /// The file was replaced, changed or removed in the inbox after it was claimed: scan again.
    ///
    /// `kept` is where the claimed bytes stand; nil where they were only to be had from the disk and are gone.
    case replaced(kept: [UInt8]?)
}

/// Moves claimed files out of the inbox, beneath the state directory: a batch of them, and ``finish()`` at its end.
///
/// Every function may be interrupted anywhere and called again; it then finishes what the first call began. One thread
/// at a time files one file; others may file others, into the same directory too.
package final class Filing {
    /// Nil where the inbox is gone; what was claimed is kept all the same.
    private let inbox: Descriptor?
    private let state: Descriptor
    private let ending = FilingEnding()
    private let copying: Copying
    /// Target directories that are open, by their path beneath the state.
    private var targets: [String: Descriptor] = [:]
    /// Directories of the inbox that are open, by their path; nil where one is gone.
    private var sources: [[UInt8]: Descriptor?] = [:]

    package init(inbox: Descriptor?, state: Descriptor, copying: Copying = Copying()) {
        self.inbox = inbox
        self.state = state
        self.copying = copying
    }

    /// Makes everything that was moved durable, each directory once; only then are copied originals removed.
    ///
    /// - Returns: What became of copied originals that aren't removed.
    /// - Throws: ``InboxError``; it may be called again.
    package func finish() throws(InboxError) -> FilingEnding.Leftovers { try ending.finish() }

    /// Whether the very file stands in a directory beneath the state already.
    ///
    /// - Throws: ``InboxError`` where that can't be told.
    package func holds(_ file: SourceRef, in parts: [String]) throws(InboxError) -> Bool {
        let directory: Descriptor
        do throws(InboxError) {
            directory = try state.directory(beneath: Array(parts.joined(separator: "/").utf8))
        } catch {
            if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return false }
            throw error
        }
        for name in try directory.names() {
            if let status = try directory.status(ofName: name), file.isMet(by: status) { return true }
        }
        return false
    }

    /// `2011`, or `2005-2009` from the first to the last.
    package static func yearsName(_ years: some Sequence<Int>) -> String {
        let sorted = years.sorted()
        guard let first = sorted.first, let last = sorted.last else { return "no-year" }
        return first == last ? "\(first)" : "\(first)-\(last)"
    }

    /// Moves a taken file to `done/DATASET/YEARS/HASH8-NAME`.
    ///
    /// The name is shortened to fit, and numbered where the same content was dropped under it before.
    ///
    /// - Throws: ``InboxError``; the file is then still in the inbox, or filed already.
    package func fileDone(
        _ item: FilingItem, dataset: DatasetID, years: String
    ) throws(InboxError) -> FilingOutcome {
        let hash = item.source.sha256.hex.prefix(8)
        return try file(item, into: ["done", dataset.slug, years]) { number in
            Array((number == 1 ? "\(hash)-" : "\(hash)-\(number)-").utf8)
        }
    }

    /// Moves a file that can't be taken to `quarantine/ID/`, under its own name, beside `reason.json`.
    ///
    /// A file that is itself named `reason.json` becomes `dropped-reason.json`.
    ///
    /// - Parameters:
    ///   - item: The file.
    ///   - id: One part of a path: no slash, no dot at its start.
    ///   - reason: The content of `reason.json`, written and synced before the file is moved.
    /// - Returns: Where the file stands.
    /// - Throws: ``InboxError``; the file is then still in the inbox, or filed already.
    package func quarantine(
        _ item: FilingItem, id: String, reason: [UInt8]
    ) throws(InboxError) -> FilingOutcome {
        precondition(Self.isPathPart(id), "an id is one part of a path")
        try writeReason(reason, into: try makeDirectories(["quarantine", id]))
        let isReserved = RawPath.name(of: item.source.path) == Quarantine.reasonName
        return try file(item, into: ["quarantine", id]) { number in
            Array(((number == 1 ? "" : "\(number)-") + (isReserved ? "dropped-" : "")).utf8)
        }
    }

    static func isPathPart(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && !text.utf8.contains(0x2F) && !text.utf8.contains(0)
    }

    private func file(
        _ item: FilingItem, into parts: [String], prefix: @escaping (Int) -> [UInt8]
    ) throws(InboxError) -> FilingOutcome {
        precondition(parts.allSatisfy(Self.isPathPart), "parts of a path")
        let target = try makeDirectories(parts)
        let source = try directory(of: item.source.path)
        let name = RawPath.name(of: item.source.path)
        let room = DropName.maximumBytes - (item.source.sidecar == nil ? 0 : DropName.sidecarSuffix.count)
        let outcome = try FileMove(
            source: source, name: name, file: item.source, descriptor: item.descriptor, bytes: item.bytes,
            target: target,
            names: NumberedNames { number in
                let prefix = prefix(number)
                return prefix + DropName.shortened(name, toBytes: room - prefix.count)
            }, ending: ending, copying: copying
        ).run()
        if let filed = outcome.name { try fileSidecar(of: item, from: source, into: target, beside: filed) }
        try ending.sync(target)
        if let source { try ending.syncLast(source) }
        return outcome.asFiling(in: Array(parts.joined(separator: "/").utf8))
    }

    /// The inbox directory that a path lies in; nil where it is gone.
    private func directory(of path: [UInt8]) throws(InboxError) -> Descriptor? {
        let parent = RawPath.parent(of: path) ?? []
        if let known = sources[parent] { return known }
        var found: Descriptor?
        do throws(InboxError) {
            found = try inbox?.directory(beneath: parent)
        } catch {
            guard error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory else { throw error }
        }
        sources[parent] = .some(found)
        return found
    }

    private func makeDirectories(_ parts: [String]) throws(InboxError) -> Descriptor {
        var directory = state
        var path = ""
        for part in parts {
            path += "/" + part
            if let known = targets[path] {
                directory = known
                continue
            }
            let (made, isNew) = try directory.makeDirectory(Array(part.utf8))
            if isNew { try ending.sync(directory) }
            targets[path] = made
            directory = made
        }
        return directory
    }

    /// Moves the claimed sidecar along; one that was changed since belongs to whatever comes next.
    private func fileSidecar(
        of item: FilingItem, from source: Descriptor?, into target: Descriptor, beside filed: [UInt8]
    ) throws(InboxError) {
        guard let digest = item.source.sidecar, let source,
            let name = try source.sidecar(of: RawPath.name(of: item.source.path)),
            let newName = DropName.sidecar(of: filed), let status = try source.status(ofName: name),
            status.kind == .file, status.size <= ClaimLimits().sidecarBytes
        else { return }
        let opened = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        guard try FileCopy.sha256(of: opened) == digest else { return }
        let file = SourceRef(path: name, status: status, sha256: digest)
        _ = try FileMove(
            source: source, name: name, file: file, descriptor: item.descriptor == nil ? nil : opened, bytes: nil,
            target: target,
            names: NumberedNames { number in
                // A second one under the name can only be this one's copy from an interrupted run, or an older drop's.
                let prefix = Array((number == 1 ? "" : "\(number)-").utf8)
                return prefix + DropName.shortened(newName, toBytes: DropName.maximumBytes - prefix.count)
            }, ending: ending
        ).run()
    }

    private func writeReason(_ reason: [UInt8], into directory: Descriptor) throws(InboxError) {
        // It is tried again and again where the file can't be moved.
        if try directory.bytes(ofFile: Quarantine.reasonName, atMost: reason.count + 1) == reason { return }
        let unfinished = Quarantine.unfinishedReasonName
        try directory.create(unfinished) { file throws(InboxError) in
            try file.write(reason)
            guard fchmod(file.number, 0o640) == 0 else {
                throw .system(.write, path: file.place, Errno(rawValue: errno))
            }
            try file.sync()
        }
        try directory.replace(Quarantine.reasonName, with: unfinished)
    }
}

extension FileMove.Outcome {
    /// Where the file's bytes stand in the target.
    var name: [UInt8]? {
        switch self {
        case .moved(let name), .already(let name): name
        case .replaced(let kept): kept
        }
    }

    func asFiling(in directory: [UInt8]) -> FilingOutcome {
        switch self {
        case .moved(let name): .filed(at: RawPath.join(directory, name))
        case .already(let name): .alreadyFiled(at: RawPath.join(directory, name))
        case .replaced(let kept): .replaced(kept: kept.map { RawPath.join(directory, $0) })
        }
    }
}
