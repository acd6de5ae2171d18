internal import Annals
internal import Glibc
internal import SystemPackage

/// What lies in `quarantine/ID/`: the original file, its sidecar, and `reason.json`.
package struct QuarantineFolder: Sendable {
    private let root: Descriptor
    private let folder: Descriptor
    private let id: [UInt8]

    /// Opens a folder that exists.
    ///
    /// - Parameters:
    ///   - id: The quarantine's id; one part of a path.
    ///   - state: The state directory.
    /// - Throws: ``InboxError`` with `ENOENT` where somebody removed the folder.
    package init(id: String, in state: Descriptor) throws(InboxError) {
        self.id = Array(id.utf8)
        root = try state.directory(beneath: Array("quarantine".utf8))
        folder = try root.directory(beneath: self.id)
    }

    /// Moves the file back into the inbox, its sidecar first so that nobody claims it without.
    ///
    /// A name that is taken there gets a number in front. May be interrupted and called again.
    ///
    /// - Returns: The raw name in the inbox; nil where the folder holds no file any more.
    /// - Throws: ``InboxError``; the folder is then as it was, or without what was moved already.
    package func giveBack(to inbox: Descriptor) throws(InboxError) -> [UInt8]? {
        let names = try folder.names().filter { !Self.isOurs($0) }
        guard let name = names.first(where: { !Self.isSidecar($0) }) else {
            return nil
        }
        let free = try freeName(for: name, in: inbox)
        if let sidecar = DropName.sidecar(of: name), names.contains(sidecar),
            let newSidecar = DropName.sidecar(of: free)
        {
            _ = try move(sidecar, to: inbox, as: newSidecar)
        }
        let moved = try move(name, to: inbox, as: free)
        try inbox.sync()
        try folder.sync()
        return moved
    }

    /// Removes the folder with everything in it.
    ///
    /// - Throws: ``InboxError``; what is left can be removed by another call.
    package func remove() throws(InboxError) {
        for name in try folder.names() { try folder.remove(name) }
        guard RawPath.withCString(id, { unlinkat(root.number, $0, AT_REMOVEDIR) }) == 0 || errno == ENOENT else {
            throw .system(.remove, path: folder.place, Errno(rawValue: errno))
        }
        try root.sync()
    }

    private static func isOurs(_ name: [UInt8]) -> Bool {
        name == Array("reason.json".utf8) || name.first == 0x2E
    }

    private static func isSidecar(_ name: [UInt8]) -> Bool {
        name.count > DropName.sidecarSuffix.count
            && name.suffix(DropName.sidecarSuffix.count) == DropName.sidecarSuffix[...]
    }

    private func freeName(for name: [UInt8], in inbox: Descriptor) throws(InboxError) -> [UInt8] {
        for number in 1...1000 {
            let candidate = number == 1 ? name : FileMove.returnedName(name, number - 1)
            if try inbox.status(ofName: candidate) == nil { return candidate }
        }
        throw .namesExhausted(path: inbox.place(of: name))
    }

    private func move(_ name: [UInt8], to inbox: Descriptor, as newName: [UInt8]) throws(InboxError) -> [UInt8]? {
        let opened = try folder.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        let status = try opened.status()
        let file = FileExpectation(
            identity: status.identity, size: status.size, mtimeNs: status.mtimeNs,
            sha256: try FileCopy.sha256(of: opened))
        return try FileMove(source: folder, name: name, file: file, descriptor: opened, bytes: nil, target: inbox) {
            number in number == 1 ? newName : FileMove.returnedName(newName, number - 1)
        }.run().name
    }
}
