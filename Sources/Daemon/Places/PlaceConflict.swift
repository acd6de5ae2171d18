import Glibc

/// Two places of the settings that can't both be where they are: what one holds would be fed into the other.
package enum PlaceConflict: Error, Hashable, Sendable, CustomStringConvertible {
    /// Something of the daemon's own lies in the inbox.
    case inInbox(what: String, path: String, inbox: String)
    /// The inbox, or the socket, lies where the daemon keeps things.
    case inOwn(what: String, path: String, own: String)
    /// A directory of the daemon's own, or what it lies in, is mounted somewhere in the inbox.
    case mountedInInbox(path: String, point: String)
    /// Something else stands where a directory is to be.
    case notADirectory(what: String, path: String)
    /// Something that is no socket stands at the socket's path.
    case notASocket(path: String)

    package var description: String {
        switch self {
        case .inInbox(let what, let path, let inbox):
            "\(what) \(path) lies in the inbox \(inbox): what stands there would be taken for drops. Give it a place of its "
                + "own outside of the inbox."
        case .inOwn(let what, let path, let own):
            "\(what) \(path) lies in \(own), where the daemon keeps what it has taken. Give it a place of its own."
        case .mountedInInbox(let path, let point):
            "\(path) can be reached through the inbox, where it is mounted at \(point): what stands there would be taken for "
                + "drops. Unmount it there."
        case .notADirectory(let what, let path): "\(what) \(path) is no directory. Give it another place."
        case .notASocket(let path):
            "What stands at the control socket's path \(path) is no socket, and is left alone. Remove it, or give another "
                + "path."
        }
    }
}

extension Settings {
    /// Looks whether the inbox, the state directory and the socket, which may all be anywhere, keep out of one another's
    /// way.
    ///
    /// - Parameter configuration: The configuration file, where there is one.
    /// - Throws: ``PlaceConflict``, the first.
    func checkPlaces(configuration: String?) throws(PlaceConflict) {
        let inbox = Place(inbox)
        let kept = ["log", "done", "quarantine"].map { Place("\(state)/\($0)") }
        let beside = Place(Self.directory(of: socket))
        var own = [("The state directory", state, Place(state))]
        own += kept.map { ("The directory", $0.path, $0) }
        own.append(("The control socket", socket, beside))
        if let configuration {
            own.append(("The configuration", configuration, Place(Self.directory(of: configuration))))
        }
        for (what, path, place) in own where place.isIn(inbox) {
            throw .inInbox(what: what, path: path, inbox: self.inbox)
        }
        for point in MountPoints.all() {
            guard let spot = Place.Spot(point), spot != inbox.spots.first, Place(point).isIn(inbox) else { continue }
            for (_, path, place) in own where place.spots.contains(spot) {
                throw .mountedInInbox(path: path, point: point)
            }
        }
        for place in kept {
            if inbox.isIn(place) { throw .inOwn(what: "The inbox", path: self.inbox, own: place.path) }
            if beside.isIn(place) { throw .inOwn(what: "The control socket", path: socket, own: place.path) }
        }
        for (what, path) in [("The inbox", self.inbox), ("The state directory", state)] {
            guard Self.mayBecomeDirectory(path) else { throw .notADirectory(what: what, path: path) }
        }
        let directory = Self.directory(of: socket)
        guard Self.mayBecomeDirectory(directory) else {
            throw .notADirectory(what: "What the control socket is to lie in,", path: directory)
        }
        var status = stat()
        if lstat(socket, &status) == 0, status.st_mode & S_IFMT != S_IFSOCK { throw .notASocket(path: socket) }
    }

    /// Whether a directory stands at a path, or nothing yet.
    private static func mayBecomeDirectory(_ path: String) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno != ENOTDIR }
        return status.st_mode & S_IFMT == S_IFDIR
    }

    private static func directory(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
