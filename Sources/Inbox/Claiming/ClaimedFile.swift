package import Annals
package import SystemPackage

/// A file whose bytes were read through one descriptor while nobody wrote to it.
package struct ClaimedFile: Sendable {
    /// What the claim found in the file.
    package enum Content: Sendable {
        case bytes([UInt8])
        /// It is too long to be held in memory while it is examined and filed away.
        case onDisk
        /// The file breaks a limit; its digest is known all the same.
        case refused(Reason)
    }

    package var arrival: Arrival
    package var sha256: Digest
    package var content: Content
    package var sidecar: ClaimedSidecar?
    /// Kept open, so that filing can tell whether what it moved is what was claimed.
    package var descriptor: Descriptor
    /// Why no lease could be had, so that only the settle time speaks for the file; nil where one was.
    package var leaseFailure: Errno?

    /// Whether the file is still what was claimed, as far as a look can tell.
    package var isUnchanged: Bool {
        // What can't be looked at any more can't be said to be the same.
        guard let status = try? descriptor.status() else { return false }
        return arrival.isUnchanged(in: status)
    }

    /// Which file it is.
    package var source: SourceRef {
        SourceRef(
            path: arrival.path, device: arrival.device, inode: arrival.inode, size: arrival.size,
            mtimeNanoseconds: arrival.mtimeNs, ctimeNanoseconds: arrival.ctimeNs, sha256: sha256,
            sidecar: sidecar?.sha256)
    }

    /// The bytes, held or read once more through the descriptor; nil where it breaks a limit or can't be read.
    ///
    /// What is read once more may be something else by now: only its digest tells.
    package func bytes() -> [UInt8]? {
        switch content {
        case .bytes(let bytes): return bytes
        case .refused: return nil
        case .onDisk: return descriptor.bytes(count: Int(clamping: arrival.size))
        }
    }
}

/// The sidecar that stood beside a file when that was claimed.
package struct ClaimedSidecar: Sendable {
    /// The raw file name, `NAME.meta.yaml`.
    package var name: [UInt8]
    package var identity: FileIdentity
    /// When it came, in nanoseconds since 1970.
    package var sinceNs: Int64
    package var sha256: Digest
    package var bytes: [UInt8]
}

/// How an attempt to claim a file ended.
package enum ClaimOutcome: Sendable {
    case claimed(ClaimedFile)
    /// Somebody has it, or its sidecar, open for writing: back to settle.
    case beingWritten
    /// It changed while it was read, or since it was seen: back to settle.
    case changed
    /// No lease can be had here and it was only just moved in: let it settle by time.
    case needsTime(Errno)
    /// Nothing stands at the path any more.
    case gone
    /// It can't be a drop: it stays in the inbox.
    case refused(Refusal)
    /// The caller asked to stop before everything was read.
    case interrupted
}

/// What a claim accepts.
package struct ClaimLimits: Hashable, Sendable {
    package var fileBytes: Int64
    package var lineBytes: Int
    package var sidecarBytes: Int
    /// Of files up to this length the bytes are kept in memory until they are filed away: the last resort where
    /// somebody overwrites the file meanwhile.
    package var heldBytes: Int64

    package init(
        fileBytes: Int64 = 1 << 30, lineBytes: Int = 16 << 20, sidecarBytes: Int = 64 << 10, heldBytes: Int64 = 1 << 20
    ) {
        self.heldBytes = heldBytes
        self.fileBytes = fileBytes
        self.lineBytes = lineBytes
        self.sidecarBytes = sidecarBytes
    }
}
