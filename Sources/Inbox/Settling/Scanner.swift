internal import Annals
internal import Glibc
internal import SystemPackage

/// Walks the inbox and tells drops from what can't be one.
///
/// A scan is the truth; events are hints where to look. Nothing is opened but directories.
package struct Scanner: Sendable {
    /// How many directories deep a file may lie; the inbox itself is 0.
    package var maximumDepth: Int

    package init(maximumDepth: Int = 8) {
        self.maximumDepth = maximumDepth
    }

    /// Everything in the inbox.
    ///
    /// - Parameters:
    ///   - root: The inbox.
    ///   - entering: Called with each directory before its entries are read, so that a watch can be set first and
    ///     nothing falls between watch and scan.
    /// - Returns: What it found, by path.
    /// - Throws: ``InboxError`` where the inbox itself can't be read; a subdirectory that can't is a refusal.
    package func scan(
        _ root: Descriptor, entering: (_ path: [UInt8], _ directory: Descriptor) -> Void = { _, _ in }
    ) throws(InboxError) -> Scan {
        var scan = Scan()
        entering([], root)
        var waiting: [(path: [UInt8], depth: Int)] = []
        try look(through: root, at: [], depth: 0, into: &scan, found: &waiting)
        while let (path, depth) = waiting.popLast() {
            do throws(InboxError) {
                let directory = try root.directory(beneath: path)
                entering(path, directory)
                try look(through: directory, at: path, depth: depth, into: &scan, found: &waiting)
            } catch {
                // Gone since its parent was read: somebody removed it, and there is nothing to refuse.
                if error.errno != .noSuchFileOrDirectory {
                    scan.refusals.append(Refusal(path: path, reason: Self.unreadableDirectory(error)))
                }
            }
        }
        scan.arrivals.sort { $0.path.lexicographicallyPrecedes($1.path) }
        scan.refusals.sort { $0.path.lexicographicallyPrecedes($1.path) }
        scan.sidecars.sort { $0.path.lexicographicallyPrecedes($1.path) }
        return scan
    }

    /// What stands at one path now.
    ///
    /// - Throws: ``InboxError`` where the system can't tell.
    package func look(at path: [UInt8], beneath root: Descriptor) throws(InboxError) -> Sighting {
        let parts = path.split(separator: 0x2F).map { Array($0) }
        guard !parts.dropLast().contains(where: DropName.isIgnored), let name = parts.last, Self.isSeen(name) else {
            return .nothing
        }
        do throws(InboxError) {
            let directory = try root.directory(beneath: RawPath.parent(of: path) ?? [])
            return try sighting(of: RawPath.name(of: path), in: directory, path: path)
        } catch {
            // The directory is gone, or is one no more.
            if error.errno == .noSuchFileOrDirectory || error.errno == .notDirectory { return .nothing }
            throw error
        }
    }

    private func look(
        through directory: Descriptor, at path: [UInt8], depth: Int, into scan: inout Scan,
        found: inout [(path: [UInt8], depth: Int)]
    ) throws(InboxError) {
        for name in try directory.names() where !Self.isIgnored(name, depth: depth) {
            let child = RawPath.join(path, name)
            switch try sighting(of: name, in: directory, path: child) {
            case .arrival(let arrival): scan.arrivals.append(arrival)
            case .refusal(let refusal): scan.refusals.append(refusal)
            case .sidecar(let sidecar): scan.sidecars.append(sidecar)
            case .nothing: continue
            case .directory where depth < maximumDepth: found.append((child, depth + 1))
            case .directory: scan.refusals.append(Refusal(path: child, reason: tooDeep))
            }
        }
    }

    private func sighting(
        of name: [UInt8], in directory: Descriptor, path: [UInt8]
    ) throws(InboxError) -> Sighting {
        guard let status = try directory.status(ofName: name) else { return .nothing }
        if DropName.isSidecar(name) {
            let isFile = status.kind == .file
            return isFile
                ? .sidecar(Arrival(path: path, status: status))
                : .refusal(Refusal(path: path, reason: Self.notAFile(status.kind)))
        }
        switch status.kind {
        case .directory: return .directory
        case .file:
            if let refusal = Self.unreadable(name, in: directory, path: path) { return .refusal(refusal) }
            return .arrival(Arrival(path: path, status: status))
        case .symbolicLink, .fifo, .socket, .device:
            return .refusal(Refusal(path: path, reason: Self.notAFile(status.kind)))
        }
    }

    /// `lost+found` stands at the root of a file system, and nobody dropped it.
    private static func isIgnored(_ name: [UInt8], depth: Int) -> Bool {
        !isSeen(name) || (depth == 0 && name == Array("lost+found".utf8))
    }

    /// Whether anything of that name is looked at: what may be a drop, and what may stand beside one.
    static func isSeen(_ name: [UInt8]) -> Bool { !DropName.isIgnored(name) || DropName.isSidecar(name) }

    /// A refusal where this process may not read the file.
    ///
    /// Source: faccessat(2), `AT_EACCESS`: as the user that the daemon acts as. What it says is only for the status;
    /// the claim finds out by opening.
    private static func unreadable(_ name: [UInt8], in directory: Descriptor, path: [UInt8]) -> Refusal? {
        let isDenied = RawPath.withCString(name) {
            faccessat(directory.number, $0, R_OK, AT_EACCESS | AT_SYMLINK_NOFOLLOW) != 0 && errno == EACCES
        }
        return isDenied ? Refusal(path: path, reason: unreadableFile) : nil
    }

    static let unreadableFile = Reason(
        "The daemon's user may not read the file", expected: "a file that the daemon's user or group can read",
        remedy: "Make it readable for the inbox's group: chgrp annal FILE; chmod g+r FILE")

    static func notAFile(_ kind: FileStatus.Kind) -> Reason {
        let found =
            switch kind {
            case .symbolicLink: "a symbolic link"
            case .fifo: "a FIFO"
            case .socket: "a socket"
            case .device: "a device"
            case .directory: "a directory"
            case .file: "a file"
            }
        return Reason(
            "Only regular files are taken", found: found, expected: "a regular file",
            remedy: kind == .symbolicLink ? "Put the file itself here in place of the link" : "Remove it from the inbox"
        )
    }

    private var tooDeep: Reason {
        Reason(
            "The directory lies too deep and is not looked into", expected: "at most \(maximumDepth) directories deep",
            remedy: "Move its files further up")
    }

    private static func unreadableDirectory(_ error: InboxError) -> Reason {
        Reason(
            error.description, expected: "a directory that the daemon's user may read and search",
            remedy: "Make it accessible for the inbox's group: chmod g+rwxs DIRECTORY")
    }
}
