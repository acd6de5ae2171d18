package import Annals
internal import Glibc
internal import SystemPackage

/// Files that could not be taken, each in `quarantine/ID/` beside its `reason.json`.
///
/// People look into it, correct files there, and lay notes beside them. So what a commit names is told from what lies
/// beside it: only the file, its sidecar and `reason.json` are ever moved or removed, and a directory in which
/// something else lies stays, with that.
package struct Quarantine: Sendable {
    /// How putting a file back ended.
    package enum Release: Hashable, Sendable {
        /// It stands at its path in the inbox again; its directory stays until it is ``Quarantine/clear(_:)``ed.
        case returned
        /// The file isn't there, whatever is.
        case missing(beside: [[UInt8]])
        /// Something stands at the path in the inbox that it, or its sidecar, belongs to; nothing was moved.
        case taken(path: [UInt8])
    }

    private let state: Descriptor

    package init(state: Descriptor) {
        self.state = state
    }

    /// Puts the file, its sidecar first, back where it lay in the inbox.
    ///
    /// The file is the one under the name that it was filed under, also where somebody has corrected it; else the one
    /// that was filed, under whatever name. A mark in its directory says so until that is recorded and the directory
    /// ``clear(_:)``ed, for a crash between: ``wasReturned(_:_:)`` finds it. It may be called again after one.
    ///
    /// - Parameters:
    ///   - id: As given to ``Filing/quarantine(_:id:reason:)``.
    ///   - claim: What its commit names.
    ///   - inbox: The inbox; directories that are gone are made again, since their names may name the dataset.
    /// - Returns: How it ended.
    /// - Throws: ``InboxError``; the file is then still in quarantine, or in the inbox already.
    package func release(_ id: String, _ claim: SourceRef, to inbox: Descriptor) throws(InboxError) -> Release {
        guard let source = try directory(of: id) else { return .missing(beside: []) }
        guard let name = try name(of: claim, in: source) else {
            return .missing(beside: try strangers(in: source))
        }
        _ = try source.create(Self.returnedName) { (_) throws(InboxError) in }
        try source.sync()
        do throws(InboxError) {
            let release = try put(name, back: claim, from: source, to: inbox)
            if release != .returned { try source.remove(Self.returnedName) }
            return release
        } catch {
            // Why it failed counts. Where the mark stays, a start sees whether the file does.
            if (try? self.name(of: claim, in: source)) ?? nil != nil { try? source.remove(Self.returnedName) }
            throw error
        }
    }

    /// Whether a file was put back and a crash came before that was recorded.
    ///
    /// - Parameters:
    ///   - id: As given to ``Filing/quarantine(_:id:reason:)``.
    ///   - claim: What its commit names.
    /// - Returns: Whether it was; a file that is there still, marked or not, was not.
    /// - Throws: ``InboxError``.
    package func wasReturned(_ id: String, _ claim: SourceRef) throws(InboxError) -> Bool {
        guard let source = try directory(of: id), try source.status(ofName: Self.returnedName) != nil else {
            return false
        }
        return try name(of: claim, in: source) == nil
    }

    private func put(
        _ name: [UInt8], back claim: SourceRef, from source: Descriptor, to inbox: Descriptor
    ) throws(InboxError) -> Release {
        let originalName = RawPath.name(of: claim.path)
        let folder = RawPath.parent(of: claim.path) ?? []
        let target = try makeFolder(folder, in: inbox)
        let sidecar = try sidecar(of: name, in: source)
        let besideOriginal = DropName.sidecar(of: originalName)
        for taken in [originalName] + (sidecar == nil ? [] : [besideOriginal].compactMap(\.self))
        where try target.status(ofName: taken) != nil {
            return .taken(path: RawPath.join(folder, taken))
        }
        if let sidecar, let besideOriginal {
            guard try move(sidecar, from: source, to: target, named: besideOriginal) else {
                return .taken(path: RawPath.join(folder, besideOriginal))
            }
        }
        guard try move(name, from: source, to: target, named: originalName) else {
            return .taken(path: RawPath.join(folder, originalName))
        }
        try target.sync()
        try source.sync()
        return .returned
    }

    /// Removes for good what a commit put under an id: the very file and its sidecar.
    ///
    /// - Parameters:
    ///   - id: As given to ``Filing/quarantine(_:id:reason:)``.
    ///   - claim: What its commit names.
    /// - Returns: Whether the file was there, and what lies there still; what somebody has corrected is somebody's.
    /// - Throws: ``InboxError``.
    package func discard(_ id: String, _ claim: SourceRef) throws(InboxError) -> (wasThere: Bool, beside: [[UInt8]]) {
        guard let source = try directory(of: id) else { return (false, []) }
        let name = try name(of: claim, in: source)
        var wasThere = false
        if let name, try isWhatWasClaimed(name, claim, in: source) {
            if let sidecar = try sidecar(of: name, in: source), let digest = claim.sidecar,
                try self.digest(of: sidecar, in: source, ifWithin: Int64(ClaimLimits().sidecarBytes)) == digest
            {
                try source.remove(sidecar)
            }
            try source.remove(name)
            wasThere = true
        }
        return (wasThere, try clear(id, source))
    }

    static let reasonName = Array("reason.json".utf8)
    static let unfinishedReasonName = Array(".reason.json.unfinished".utf8)
    /// Stands beside a file from before it is put back until that is recorded.
    private static let returnedName = Array(".returned".utf8)
    /// What this program itself leaves in a directory beside the file and its sidecar.
    private static func isOwn(_ name: [UInt8]) -> Bool {
        [reasonName, unfinishedReasonName, returnedName].contains(name) || FileCopy.isUnfinished(name)
    }

    // MARK: Which file

    /// The name of the claimed file in its directory: the one that it was filed under, else wherever it stands.
    private func name(of claim: SourceRef, in source: Descriptor) throws(InboxError) -> [UInt8]? {
        let original = RawPath.name(of: claim.path)
        let prefix = Array((original == Self.reasonName ? "dropped-" : "").utf8)
        // A name is shortened further where a sidecar belongs to it, which commits of earlier builds don't tell.
        for room in [DropName.maximumBytes, DropName.maximumBytes - DropName.sidecarSuffix.count] {
            let filed = prefix + DropName.shortened(original, toBytes: room - prefix.count)
            if try source.status(ofName: filed)?.kind == .file { return filed }
        }
        let candidates = try source.names().filter { !Self.isOwn($0) }
        for candidate in candidates where try isWhatWasClaimed(candidate, claim, in: source) { return candidate }
        return nil
    }

    /// Whether the claimed bytes stand at a name; read only where size and times don't tell.
    private func isWhatWasClaimed(
        _ name: [UInt8], _ claim: SourceRef, in source: Descriptor
    ) throws(InboxError) -> Bool {
        guard let status = try source.status(ofName: name) else { return false }
        if claim.isMet(by: status) { return true }
        guard status.kind == .file, status.size == claim.size else { return false }
        return try digest(of: name, in: source, ifWithin: claim.size) == claim.sha256
    }

    private func digest(
        of name: [UInt8], in source: Descriptor, ifWithin limit: Int64
    ) throws(InboxError) -> Digest? {
        let file = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        return try file.status().size <= limit ? FileCopy.sha256(of: file) : nil
    }

    private func sidecar(of name: [UInt8], in source: Descriptor) throws(InboxError) -> [UInt8]? {
        guard let sidecar = try source.sidecar(of: name), try source.status(ofName: sidecar)?.kind == .file else {
            return nil
        }
        return sidecar
    }

    private func strangers(in source: Descriptor) throws(InboxError) -> [[UInt8]] {
        try source.names().filter { !Self.isOwn($0) }
    }

    // MARK: Directories

    private func directory(of id: String) throws(InboxError) -> Descriptor? {
        guard Filing.isPathPart(id) else { return nil }
        do throws(InboxError) {
            return try state.directory(beneath: Array("quarantine/\(id)".utf8))
        } catch {
            if error.errno == .noSuchFileOrDirectory { return nil }
            throw error
        }
    }

    /// A directory of the inbox, made anew where it is gone, with the rights of the one above it.
    private func makeFolder(_ path: [UInt8], in inbox: Descriptor) throws(InboxError) -> Descriptor {
        var folder = inbox
        for part in path.split(separator: 0x2F) {
            let (made, isNew) = try folder.makeDirectory(Array(part))
            if isNew {
                guard fchmod(made.number, mode_t(try folder.status().permissions)) == 0 else {
                    throw .system(.makeDirectory, path: made.place, Errno(rawValue: errno))
                }
                try folder.sync()
            }
            folder = made
        }
        return folder
    }

    /// Removes `quarantine/ID/` where nothing lies in it but what is this program's.
    ///
    /// - Parameter id: As given to ``Filing/quarantine(_:id:reason:)``.
    /// - Returns: What else lies there, and keeps it.
    /// - Throws: ``InboxError``.
    package func clear(_ id: String) throws(InboxError) -> [[UInt8]] {
        guard let source = try directory(of: id) else { return [] }
        return try clear(id, source)
    }

    private func clear(_ id: String, _ source: Descriptor) throws(InboxError) -> [[UInt8]] {
        // One look: what comes after it is somebody's.
        let names = try source.names()
        let others = names.filter { !Self.isOwn($0) }
        guard others.isEmpty else {
            try source.remove(Self.returnedName)
            return others
        }
        for name in names where try source.status(ofName: name)?.kind == .file { try source.remove(name) }
        let quarantine = try state.directory(beneath: Array("quarantine".utf8))
        let failed = RawPath.withCString(Array(id.utf8)) { unlinkat(quarantine.number, $0, AT_REMOVEDIR) != 0 }
        if failed {
            let failure = Errno(rawValue: errno)
            // Something came meanwhile.
            if failure == .directoryNotEmpty { return try source.names() }
            throw .system(.remove, path: source.place, failure)
        }
        try quarantine.sync()
        return []
    }

    /// Moves a file; false where something stands at the new name.
    private func move(
        _ name: [UInt8], from source: Descriptor, to target: Descriptor, named newName: [UInt8]
    ) throws(InboxError) -> Bool {
        switch try source.move(name, to: target, named: newName) {
        case .moved: return true
        case .taken: return false
        case .gone: throw .system(.rename, path: source.place(of: name), .noSuchFileOrDirectory)
        case .impossible: break
        }
        let file = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        let original = SourceRef(path: name, status: try file.status(), sha256: try FileCopy.sha256(of: file))
        guard let copy = try FileCopy(directory: target).write(.descriptor(file), expecting: original) else {
            throw .copyDiffers(path: target.place(of: newName))
        }
        guard try target.move(copy, to: target, named: newName) == .moved else {
            try target.remove(copy)
            return false
        }
        try target.sync()
        try source.remove(name)
        return true
    }
}
