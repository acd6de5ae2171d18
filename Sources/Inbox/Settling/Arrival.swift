package import Annals

/// A file in the inbox that may become a drop, as one look found it.
///
/// Two that are equal in everything but the path are the same content for all the file system can tell.
package struct Arrival: Hashable, Sendable {
    /// Raw bytes, relative to the inbox.
    package var path: [UInt8]
    package var identity: FileIdentity
    package var size: Int64
    /// Nanoseconds since 1970.
    package var mtimeNs: Int64
    /// Nanoseconds since 1970; moving a file into the inbox sets it, so it tells when the file arrived.
    package var ctimeNs: Int64
    package var linkCount: UInt64

    /// The raw file name, without directories.
    package var name: [UInt8] { RawPath.name(of: path) }
    package var device: UInt64 { identity.device }
    package var inode: UInt64 { identity.inode }

    package init(path: [UInt8], status: FileStatus) {
        self.path = path
        self.identity = status.identity
        self.size = status.size
        self.mtimeNs = status.mtimeNs
        self.ctimeNs = status.ctimeNs
        self.linkCount = status.linkCount
    }

    /// Whether it is the same file with the same content as far as a look can tell, whoever has changed its mode or owner
    /// since.
    package func hasSameContent(as other: Arrival) -> Bool {
        identity == other.identity && size == other.size && mtimeNs == other.mtimeNs
    }

    /// Whether a file is still what this look found: the same inode with the same size and times.
    package func isUnchanged(in status: FileStatus) -> Bool {
        status.kind == .file && identity == status.identity && size == status.size && mtimeNs == status.mtimeNs
            && ctimeNs == status.ctimeNs
    }

    /// The order in which drops are taken: by arrival, then by name.
    package static func arrivedBefore(_ left: Arrival, _ right: Arrival) -> Bool {
        if left.ctimeNs != right.ctimeNs { return left.ctimeNs < right.ctimeNs }
        return left.path.lexicographicallyPrecedes(right.path)
    }
}

/// Something in the inbox that can't be a drop: it stays where it is and the status shows it.
package struct Refusal: Hashable, Sendable {
    /// Raw bytes, relative to the inbox.
    package var path: [UInt8]
    package var reason: Reason

    package init(path: [UInt8], reason: Reason) {
        self.path = path
        self.reason = reason
    }
}

/// What one look at one name found.
package enum Sighting: Hashable, Sendable {
    case arrival(Arrival)
    case refusal(Refusal)
    /// A file beside which a drop may lie, and that says something about it.
    case sidecar(Arrival)
    case directory
    /// Nothing stands there, or something that is never a drop.
    case nothing
}

/// Everything that a walk through the inbox found, by path.
package struct Scan: Hashable, Sendable {
    package var arrivals: [Arrival]
    package var refusals: [Refusal]
    package var sidecars: [Arrival]

    package init(arrivals: [Arrival] = [], refusals: [Refusal] = [], sidecars: [Arrival] = []) {
        self.arrivals = arrivals
        self.refusals = refusals
        self.sidecars = sidecars
    }
}
