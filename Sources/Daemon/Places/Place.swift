import CLinux
import Glibc

/// A directory as the file system sees it: itself and all that it lies in, by device and inode.
///
/// Symbolic links and mounts on the way don't matter. Of a directory that isn't there yet, what there is counts, and the
/// names that are missing below it.
struct Place: Sendable {
    /// One directory on the way to the root.
    struct Spot: Hashable, Sendable {
        var device: dev_t
        var inode: ino_t
        /// What is missing below it.
        var missing: [String] = []
    }

    let path: String
    /// Itself first; the root last.
    let spots: [Spot]

    /// Looks at a directory, or at where it is going to be.
    init(_ path: String) {
        self.path = path
        var existing = Self.absolute(path).split(separator: "/").map(String.init).filter { $0 != "." }
        var missing: [String] = []
        var directory = Self.open(existing)
        while directory < 0, let last = existing.popLast() {
            missing.insert(last, at: 0)
            directory = Self.open(existing)
        }
        let found = Self.upward(from: directory)
        spots = Self.below(found.first, missing) + found
    }

    /// Whether it is the other one, or lies somewhere in it.
    func isIn(_ other: Place) -> Bool { other.spots.first.map(spots.contains) ?? false }

    /// A relative path from the root; as it is where nobody knows the working directory.
    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let directory = getcwd(nil, 0) else { return path }
        defer { free(directory) }
        return String(cString: directory) + "/" + path
    }

    private static func open(_ components: [String]) -> Int32 {
        annal_look_at_directory(AT_FDCWD, "/" + components.joined(separator: "/"))
    }

    /// The spots of what isn't there, the deepest first.
    private static func below(_ spot: Spot?, _ missing: [String]) -> [Spot] {
        guard let spot else { return [] }
        var names: [String] = []
        // Above a directory that isn't there is what it is named in.
        for name in missing { if name == ".." { _ = names.popLast() } else { names.append(name) } }
        return names.indices.reversed().map { last in
            Spot(device: spot.device, inode: spot.inode, missing: Array(names[...last]))
        }
    }

    /// The spots from an open directory up to the root; closes it.
    private static func upward(from directory: Int32) -> [Spot] {
        var spots: [Spot] = []
        var directory = directory
        while directory >= 0 {
            var status = stat()
            let isKnown = fstat(directory, &status) == 0
            let spot = Spot(device: status.st_dev, inode: status.st_ino)
            let above = isKnown && spots.last != spot ? annal_look_at_directory(directory, "..") : -1
            close(directory)
            if isKnown, spots.last != spot { spots.append(spot) }
            directory = above
        }
        return spots
    }
}

extension Place.Spot {
    /// What stands at a path now; nil where nothing does.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(device: status.st_dev, inode: status.st_ino)
    }
}
