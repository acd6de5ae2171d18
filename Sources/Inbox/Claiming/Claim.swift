internal import Annals
internal import CLinux
internal import Glibc
internal import SystemPackage

/// Takes a file as it is: opens it once, makes sure that nobody writes to it, and reads it through that descriptor.
package struct Claim: Sendable {
    package var limits: ClaimLimits
    /// Asked between pieces; true gives up, so that a daemon that stops need not read a gigabyte first.
    package var isStopping: @Sendable () -> Bool
    /// 0, or an errno: see `annal_probe_read_lease`.
    ///
    /// Tests stand in for file systems without leases.
    var probeLease: @Sendable (Int32) -> Int32 = { -annal_probe_read_lease($0) }

    package init(limits: ClaimLimits = ClaimLimits(), isStopping: @escaping @Sendable () -> Bool = { false }) {
        self.limits = limits
        self.isStopping = isStopping
    }

    /// Claims a file and the sidecar beside it.
    ///
    /// - Throws: ``InboxError`` where the system fails: no descriptors, a disk that can't be read.
    package func take(_ ready: SettleBook.Ready, beneath root: Descriptor) throws(InboxError) -> ClaimOutcome {
        let arrival = ready.arrival
        let descriptor: Descriptor
        switch try open(arrival.path, beneath: root) {
        case .opened(let opened): descriptor = opened
        case .ended(let outcome): return outcome
        }
        guard arrival.isUnchanged(in: try descriptor.status()) else { return .changed }
        // By its size alone: reading it would take as long as somebody likes.
        if arrival.size > limits.fileBytes {
            return .refused(Refusal(path: arrival.path, reason: Self.tooLarge(arrival.size, limit: limits.fileBytes)))
        }
        let lease = Errno(rawValue: probeLease(descriptor.number))
        if lease == .resourceTemporarilyUnavailable { return .beingWritten }
        let leaseFailure = lease.rawValue == 0 ? nil : lease
        if ready.wasMovedIn, let leaseFailure { return .needsTime(leaseFailure) }

        let reading = FileReading(descriptor: descriptor, size: arrival.size, limits: limits, isStopping: isStopping)
        guard let found = try reading.readAll() else { return .interrupted }
        let (sidecar, problem) = try sidecar(of: ready, beneath: root)
        // Both were read; had the file changed before the sidecar was, the two might not belong together.
        guard found.bytesRead == arrival.size, arrival.isUnchanged(in: try descriptor.status()) else { return .changed }
        switch problem {
        case .beingWritten: return .beingWritten
        case .changed: return .changed
        case .unusable, nil: break
        }
        var claimed = ClaimedFile(
            arrival: arrival, sha256: found.sha256, content: found.bytes.map { .bytes($0) } ?? .onDisk,
            sidecar: sidecar,
            descriptor: descriptor, leaseFailure: leaseFailure)
        if let reason = found.refusal { claimed.content = .refused(reason) }
        if case .unusable(let reason) = problem { claimed.content = .refused(reason) }
        return .claimed(claimed)
    }

    private enum Opening {
        case opened(Descriptor)
        case ended(ClaimOutcome)
    }

    /// Opens without waiting for a FIFO's other end and without following a link.
    private func open(_ path: [UInt8], beneath root: Descriptor) throws(InboxError) -> Opening {
        let descriptor: Descriptor
        do throws(InboxError) {
            descriptor = try root.open(beneath: path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_NOCTTY)
        } catch {
            switch error.errno {
            case .noSuchFileOrDirectory, .notDirectory: return .ended(.gone)
            case .permissionDenied: return .ended(.refused(Refusal(path: path, reason: Scanner.unreadableFile)))
            case .tooManySymbolicLinkLevels:
                return .ended(.refused(Refusal(path: path, reason: Scanner.notAFile(.symbolicLink))))
            // A socket, or a device that nobody drives.
            case .noSuchAddressOrDevice: return .ended(.refused(Refusal(path: path, reason: Scanner.notAFile(.socket))))
            default: throw error
            }
        }
        let kind = try descriptor.status().kind
        guard kind == .file else { return .ended(.refused(Refusal(path: path, reason: Scanner.notAFile(kind)))) }
        return .opened(descriptor)
    }

    /// Why a sidecar could not be had.
    private enum SidecarProblem {
        case beingWritten
        case changed
        case unusable(Reason)
    }

    private func sidecar(
        of ready: SettleBook.Ready, beneath root: Descriptor
    ) throws(InboxError) -> (ClaimedSidecar?, SidecarProblem?) {
        let arrival = ready.arrival
        guard let usual = DropName.sidecar(of: arrival.name) else { return (nil, nil) }
        let folder = RawPath.parent(of: arrival.path) ?? []
        var name = usual
        var opening = try open(RawPath.join(folder, name), beneath: root)
        // As it was seen: shares of other systems write the suffix in letters of either case.
        if case .ended(.gone) = opening, let seen = ready.sidecar, seen.name != usual {
            name = seen.name
            opening = try open(seen.path, beneath: root)
        }
        let descriptor: Descriptor
        switch opening {
        case .opened(let opened): descriptor = opened
        // What it would have said is not known, so the drop can't be taken without it.
        case .ended(.refused(let refusal)): return (nil, .unusable(Self.unusable(name, refusal.reason)))
        case .ended: return (nil, nil)
        }
        let before = try descriptor.status()
        if before.size > Int64(limits.sidecarBytes) {
            let reason = Reason("it is larger than \(FileReading.bytes(Int64(limits.sidecarBytes)))")
            return (nil, .unusable(Self.unusable(name, reason)))
        }
        if Errno(rawValue: probeLease(descriptor.number)) == .resourceTemporarilyUnavailable {
            return (nil, .beingWritten)
        }
        let limits = ClaimLimits(
            fileBytes: Int64(limits.sidecarBytes), lineBytes: limits.sidecarBytes,
            heldBytes: Int64(limits.sidecarBytes))
        let reading = FileReading(descriptor: descriptor, size: before.size, limits: limits, isStopping: isStopping)
        guard let found = try reading.readAll() else { return (nil, .changed) }
        guard found.bytesRead == before.size, try descriptor.status() == before else { return (nil, .changed) }
        guard let bytes = found.bytes else { return (nil, .changed) }
        // Changing its mode makes it no newer than it was when it was first seen.
        let sinceNs = min(before.ctimeNs, ready.sidecar?.ctimeNs ?? before.ctimeNs)
        let sidecar = ClaimedSidecar(
            name: name, identity: before.identity, sinceNs: sinceNs, sha256: found.sha256, bytes: bytes)
        return (sidecar, nil)
    }

    private static func tooLarge(_ size: Int64, limit: Int64) -> Reason {
        Reason(
            "The file is larger than \(FileReading.bytes(limit)), and isn't read", found: FileReading.bytes(size),
            expected: "at most \(FileReading.bytes(limit))",
            remedy: "Split the file by year, or raise file_bytes in the configuration; or remove it from the inbox")
    }

    private static func unusable(_ name: [UInt8], _ reason: Reason) -> Reason {
        Reason(
            "The sidecar \(EscapedName.text(name)) can't be used: \(reason.message)", found: reason.found,
            expected: "a readable regular file of YAML beside the drop",
            remedy: "Correct or remove the sidecar, and drop the file again")
    }
}
