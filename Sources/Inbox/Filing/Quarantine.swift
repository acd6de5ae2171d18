internal import Annals
internal import Glibc
internal import SystemPackage

/// Files that could not be taken, each in `quarantine/ID/` beside its `reason.json`.
package struct Quarantine: Sendable {
    private let state: Descriptor

    package init(state: Descriptor) {
        self.state = state
    }

    /// Puts the file, its sidecar first, back into the inbox to be read again, and removes `quarantine/ID/`.
    ///
    /// It may be called again after a crash. A name that is taken in the inbox becomes `returned-NAME`; the sidecar
    /// follows the file's name.
    ///
    /// - Parameters:
    ///   - id: As given to ``Filing/quarantine(_:id:reason:)``.
    ///   - inbox: The inbox.
    ///   - directory: Where in the inbox the file lay, since a directory may name the dataset; the inbox itself where
    ///     that is gone.
    /// - Returns: The path of the file in the inbox; nil where nothing is kept under that id.
    /// - Throws: ``InboxError``; the file is then still in quarantine, or in the inbox already.
    package func release(
        _ id: String, to inbox: Descriptor, directory: [UInt8] = []
    ) throws(InboxError) -> [UInt8]? {
        guard let source = try entry(id) else { return nil }
        let (target, path) = try place(directory, in: inbox)
        let names = try source.names().filter { $0 != Self.reasonName && $0.first != 0x2E }
        let sidecar = names.first { $0.suffix(DropName.sidecarSuffix.count).elementsEqual(DropName.sidecarSuffix) }
        guard let name = names.first(where: { $0 != sidecar }) else {
            // A crash came between the two steps of an earlier call.
            try remove(id, source)
            return nil
        }
        let newName = try freeName(for: Self.originalName(name), in: target)
        if let sidecar, let besideNew = DropName.sidecar(of: newName) {
            try move(sidecar, from: source, to: target, named: besideNew)
        }
        try move(name, from: source, to: target, named: newName)
        try target.sync()
        try remove(id, source)
        return RawPath.join(path, newName)
    }

    /// Removes what is kept under an id for good.
    ///
    /// - Returns: False where nothing is.
    /// - Throws: ``InboxError``.
    package func discard(_ id: String) throws(InboxError) -> Bool {
        guard let source = try entry(id) else { return false }
        try remove(id, source)
        return true
    }

    private static let reasonName = Array("reason.json".utf8)

    /// Undoes the renaming of a drop that was itself named `reason.json`.
    private static func originalName(_ name: [UInt8]) -> [UInt8] {
        name == Array("dropped-reason.json".utf8) ? reasonName : name
    }

    private func entry(_ id: String) throws(InboxError) -> Descriptor? {
        guard Filing.isPathPart(id) else { return nil }
        do throws(InboxError) {
            return try state.directory(beneath: Array("quarantine/\(id)".utf8))
        } catch {
            if error.errno == .noSuchFileOrDirectory { return nil }
            throw error
        }
    }

    private func place(
        _ directory: [UInt8], in inbox: Descriptor
    ) throws(InboxError) -> (Descriptor, path: [UInt8]) {
        do throws(InboxError) {
            return (try inbox.directory(beneath: directory), directory)
        } catch {
            if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return (inbox, []) }
            throw error
        }
    }

    private func freeName(for name: [UInt8], in target: Descriptor) throws(InboxError) -> [UInt8] {
        for number in 0..<FileMove.maximumNumber {
            let candidate = number == 0 ? name : FileMove.returnedName(name, number)
            if try target.status(ofName: candidate) == nil { return candidate }
        }
        throw .namesExhausted(path: target.place(of: name))
    }

    private func move(
        _ name: [UInt8], from source: Descriptor, to target: Descriptor, named newName: [UInt8]
    ) throws(InboxError) {
        guard let status = try source.status(ofName: name) else { return }
        let opened = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        let file = SourceRef(path: name, status: status, sha256: try FileCopy.sha256(of: opened))
        let ending = FilingEnding()
        _ = try FileMove(
            source: source, name: name, file: file, descriptor: opened, bytes: nil, target: target,
            targetName: { number in number == 1 ? newName : FileMove.returnedName(newName, number - 1) }, ending: ending
        ).run()
        try ending.sync(target)
        _ = try ending.finish()
    }

    private func remove(_ id: String, _ source: Descriptor) throws(InboxError) {
        for name in try source.names() { try source.remove(name) }
        let quarantine = try state.directory(beneath: Array("quarantine".utf8))
        let failed = RawPath.withCString(Array(id.utf8)) { unlinkat(quarantine.number, $0, AT_REMOVEDIR) != 0 }
        if failed { throw .system(.remove, path: source.place, Errno(rawValue: errno)) }
        try quarantine.sync()
    }
}
