package import Annals
internal import Glibc
internal import SystemPackage

/// A claimed file that is to leave the inbox, because what became of it is durable.
package struct FilingItem: Sendable {
    /// Raw bytes, relative to the inbox.
    package var path: [UInt8]
    package var file: FileExpectation
    /// Digest of the sidecar that was claimed with it; nil where there was none.
    package var sidecar: Digest?
    /// What was claimed, still open; nil when a filing is finished after a restart.
    package var descriptor: Descriptor?
    /// What was claimed, where it is still in memory.
    package var bytes: [UInt8]?

    /// A file that this process claimed.
    package init(_ claimed: ClaimedFile) {
        let arrival = claimed.arrival
        path = arrival.path
        file = FileExpectation(
            identity: arrival.identity, size: arrival.size, mtimeNs: arrival.mtimeNs, sha256: claimed.sha256)
        sidecar = claimed.sidecar?.sha256
        descriptor = claimed.descriptor
        if case .bytes(let read) = claimed.content { bytes = read }
    }

    /// A file that an earlier process claimed, as its commit tells.
    package init(path: [UInt8], file: FileExpectation, sidecar: Digest?) {
        self.path = path
        self.file = file
        self.sidecar = sidecar
    }
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

/// Moves claimed files out of the inbox, beneath the state directory.
///
/// Every function may be interrupted anywhere and called again; it then finishes what the first call began. One thread
/// at a time files into one directory.
package struct Filing: Sendable {
    /// Nil where the inbox is gone; what was claimed is kept all the same.
    private let inbox: Descriptor?
    private let state: Descriptor

    package init(inbox: Descriptor?, state: Descriptor) {
        self.inbox = inbox
        self.state = state
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
        let hash = item.file.sha256.hex.prefix(8)
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
        let isReserved = RawPath.name(of: item.path) == Self.reasonName
        return try file(item, into: ["quarantine", id]) { number in
            Array(((number == 1 ? "" : "\(number)-") + (isReserved ? "dropped-" : "")).utf8)
        }
    }

    private static let reasonName = Array("reason.json".utf8)

    static func isPathPart(_ text: String) -> Bool {
        !text.isEmpty && !text.hasPrefix(".") && !text.utf8.contains(0x2F) && !text.utf8.contains(0)
    }

    private func file(
        _ item: FilingItem, into parts: [String], prefix: @escaping (Int) -> [UInt8]
    ) throws(InboxError) -> FilingOutcome {
        precondition(parts.allSatisfy(Self.isPathPart), "parts of a path")
        let target = try makeDirectories(parts)
        let source = try directory(of: item.path)
        let name = RawPath.name(of: item.path)
        let room = DropName.maximumBytes - (item.sidecar == nil ? 0 : DropName.sidecarSuffix.count)
        let outcome = try FileMove(
            source: source, name: name, file: item.file, descriptor: item.descriptor, bytes: item.bytes, target: target
        ) { number in
            let prefix = prefix(number)
            return prefix + DropName.shortened(name, toBytes: room - prefix.count)
        }.run()
        if let filed = outcome.name { try fileSidecar(of: item, from: source, into: target, beside: filed) }
        try target.sync()
        try source?.sync()
        return outcome.asFiling(in: Array(parts.joined(separator: "/").utf8))
    }

    /// The inbox directory that a path lies in; nil where it is gone.
    private func directory(of path: [UInt8]) throws(InboxError) -> Descriptor? {
        do throws(InboxError) {
            return try inbox?.directory(beneath: RawPath.parent(of: path) ?? [])
        } catch {
            if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return nil }
            throw error
        }
    }

    private func makeDirectories(_ parts: [String]) throws(InboxError) -> Descriptor {
        var directory = state
        for part in parts { directory = try directory.makeDirectory(Array(part.utf8)) }
        return directory
    }

    /// Moves the claimed sidecar along; one that was changed since belongs to whatever comes next.
    private func fileSidecar(
        of item: FilingItem, from source: Descriptor?, into target: Descriptor, beside filed: [UInt8]
    ) throws(InboxError) {
        guard let digest = item.sidecar, let source, let name = DropName.sidecar(of: RawPath.name(of: item.path)),
            let newName = DropName.sidecar(of: filed), let status = try source.status(ofName: name),
            status.kind == .file
        else { return }
        let opened = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        guard try FileCopy.sha256(of: opened) == digest else { return }
        let file = FileExpectation(
            identity: status.identity, size: status.size, mtimeNs: status.mtimeNs, sha256: digest)
        _ = try FileMove(
            source: source, name: name, file: file, descriptor: item.descriptor == nil ? nil : opened, bytes: nil,
            target: target
        ) { number in
            // A second one under the name can only be this one's copy from an interrupted run, or an older drop's.
            number == 1 ? newName : Array("\(number)-".utf8) + DropName.shortened(newName, toBytes: 250)
        }.run()
    }

    private func writeReason(_ reason: [UInt8], into directory: Descriptor) throws(InboxError) {
        let unfinished = Array(".reason.json.unfinished".utf8)
        try directory.create(unfinished) { file throws(InboxError) in
            try file.write(reason)
            guard fchmod(file.number, 0o640) == 0 else {
                throw .system(.write, path: file.place, Errno(rawValue: errno))
            }
            try file.sync()
        }
        try directory.replace(Self.reasonName, with: unfinished)
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
