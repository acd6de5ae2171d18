internal import Annals
internal import CLinux
internal import Glibc

extension SourceRef {
    /// Whether this file stands there, unchanged.
    ///
    /// The change time is left out: renaming sets it.
    func isMet(by status: FileStatus) -> Bool {
        status.kind == .file && identity == status.identity && hasContent(like: status)
    }

    /// Whether another file may be a copy of it: only reading can tell for sure.
    func hasContent(like status: FileStatus) -> Bool { size == status.size && mtimeNanoseconds == status.mtimeNs }

    var identity: FileIdentity { FileIdentity(device: device, inode: inode) }

    /// A file that stands at a path now, and what it contains.
    init(path: [UInt8], status: FileStatus, sha256: Digest) {
        self.init(
            path: path, device: status.identity.device, inode: status.identity.inode, size: status.size,
            mtimeNanoseconds: status.mtimeNs, ctimeNanoseconds: status.ctimeNs, sha256: sha256)
    }
}

/// Moves one file out of the inbox so that, whenever it is interrupted and run again, the file stands in one place and
/// nothing else was moved or lost.
///
/// Somebody may put another file at the name at any moment. So the move comes first and the look at what was moved
/// second; a stranger goes back.
struct FileMove {
    /// How a move ended; names are in the target directory.
    enum Outcome: Equatable {
        case moved([UInt8])
        case already([UInt8])
        /// The file is not at its name any more; its bytes were kept under the name in the target, if they were to be
        /// had. What stands at its old name now, if anything, is another drop.
        case replaced(kept: [UInt8]?)
    }

    /// Where the file was; nil where its directory is gone.
    let source: Descriptor?
    let name: [UInt8]
    let file: SourceRef
    /// What was claimed, still open; nil after a restart.
    let descriptor: Descriptor?
    /// What was claimed, where it is in memory: the last resort.
    let bytes: [UInt8]?
    let target: Descriptor
    /// What it may be called in the target.
    let names: NumberedNames
    /// What is to be done after all of a batch have been moved.
    let ending: FilingEnding
    var copying = Copying()
    /// Called between the look at the name and the move: where a test lets another file come.
    var beforeMoving: () -> Void = {}

    func run() throws(InboxError) -> Outcome {
        guard let source, let status = try source.status(ofName: name), file.isMet(by: status) else {
            if let done = try nameInTarget() { return .already(done) }
            return try settleMissing()
        }
        // After a restart, a copy or a second link that was finished before it, the original not yet removed. Without a
        // restart the same would be another drop of the same content.
        if descriptor == nil {
            var done = try nameInTarget()
            if done == nil { done = try copyInTarget() }
            if let done {
                ending.remove(self, from: source)
                return .already(done)
            }
        }
        beforeMoving()
        return try move(from: source)
    }

    // MARK: Moving

    private func move(from source: Descriptor) throws(InboxError) -> Outcome {
        let (movement, newName) = try names.use(in: target) { (newName) throws(InboxError) in
            try source.move(name, to: target, named: newName)
        }
        switch movement {
        case .moved:
            if try isWhatWasClaimed(newName) { return .moved(newName) }
            try giveBack(newName, to: source)
            return .replaced(kept: try keepOriginal())
        case .gone: return try settleMissing()
        case .impossible, .taken: return try copyAcross(from: source)
        }
    }

    /// Whether the file that was just moved is the claimed one, unchanged, with nobody writing to it.
    ///
    /// From here on its name is out of everybody's reach, so what holds now goes on holding.
    private func isWhatWasClaimed(_ newName: [UInt8]) throws(InboxError) -> Bool {
        guard let status = try target.status(ofName: newName), file.isMet(by: status) else { return false }
        guard let descriptor else { return true }
        return annal_probe_read_lease(descriptor.number) != -EAGAIN
    }

    /// Puts a stranger back under its name, or beside it where that is taken again.
    private func giveBack(_ newName: [UInt8], to source: Descriptor) throws(InboxError) {
        _ = try NumberedNames.returned(name).use(in: source) { (backName) throws(InboxError) in
            try target.move(newName, to: source, named: backName)
        }
    }

    // MARK: Copying

    private func copyAcross(from source: Descriptor) throws(InboxError) -> Outcome {
        var original = descriptor
        if original == nil { original = try source.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW) }
        try checkLength()
        guard let original, let copy = try fileCopy.write(.descriptor(original), expecting: file)
        else {
            return .replaced(kept: try keepOriginal())
        }
        let newName = try publish(copy)
        ending.remove(self, from: source)
        return .moved(newName)
    }

    /// Gives a finished copy its name.
    private func publish(_ copy: [UInt8]) throws(InboxError) -> [UInt8] {
        let (movement, newName) = try names.use(in: target) { (newName) throws(InboxError) in
            let movement = try target.move(copy, to: target, named: newName)
            guard movement == .impossible else { return movement }
            // A file system without links and without exclusive rename; nobody else writes here.
            guard try target.status(ofName: newName) == nil else { return .taken }
            try target.replace(newName, with: copy)
            return .moved
        }
        guard movement == .moved else { throw .originalLost(path: target.place(of: newName)) }
        return newName
    }

    /// Removes the original after it was copied, if it still stands there.
    ///
    /// It is renamed to a hidden name first: between a look and an unlink another file could come under the name.
    ///
    /// - Returns: False where something else stands at the name.
    func removeOriginal(from source: Descriptor) throws(InboxError) -> Bool {
        let aside = Array(".filed-\(file.identity.inode)".utf8)
        if let old = try source.status(ofName: aside), old.identity == file.identity { try source.remove(aside) }
        guard try source.move(name, to: source, named: aside) == .moved else { return false }
        guard let status = try source.status(ofName: aside), file.isMet(by: status) else {
            _ = try NumberedNames.returned(name).use(in: source) { (backName) throws(InboxError) in
                try source.move(aside, to: source, named: backName)
            }
            return false
        }
        try source.remove(aside)
        return true
    }

    // MARK: When the file is not at its name

    /// Another file, or none, stands at the name.
    private func settleMissing() throws(InboxError) -> Outcome {
        if descriptor == nil {
            if let copy = try copyInTarget() {
                try removeLeftOver()
                return .already(copy)
            }
            try returnStranger()
        }
        return .replaced(kept: try keepOriginal())
    }

    /// Saves the claimed bytes where the name no longer leads to them.
    private func keepOriginal() throws(InboxError) -> [UInt8]? {
        if let descriptor {
            try checkLength()
            if let written = try fileCopy.write(.descriptor(descriptor), expecting: file) {
                return try publish(written)
            }
        }
        if let bytes, let written = try fileCopy.write(.bytes(bytes), expecting: file) { return try publish(written) }
        return nil
    }

    private var fileCopy: FileCopy { FileCopy(directory: target, copying: copying) }

    /// What is too long is neither copied nor read.
    private func checkLength() throws(InboxError) {
        if file.size > copying.longestByteCount { throw .takesLong(path: target.place(of: names.name(1))) }
    }

    /// After a crash between a move and the look at what was moved: a file with our name and other content.
    private func returnStranger() throws(InboxError) {
        let stranger = names.name(1)
        guard let source, let status = try target.status(ofName: stranger), status.kind == .file else { return }
        guard status.size == file.size else { return try giveBack(stranger, to: source) }
        try checkLength()
        let opened = try target.open(beneath: stranger, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
        if try FileCopy.sha256(of: opened, copying) != file.sha256 { try giveBack(stranger, to: source) }
    }

    /// After a crash between setting the copied original aside and removing it.
    private func removeLeftOver() throws(InboxError) {
        let aside = Array(".filed-\(file.identity.inode)".utf8)
        guard let source, let status = try source.status(ofName: aside), file.isMet(by: status) else { return }
        try source.remove(aside)
    }

    /// The name of a copy of the file in the target, made sure by reading it.
    private func copyInTarget() throws(InboxError) -> [UInt8]? {
        let copies = try names.standing(in: target) { $0.kind == .file && file.hasContent(like: $0) }
        for name in copies {
            try checkLength()
            let opened = try target.open(beneath: name, O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
            if try FileCopy.sha256(of: opened, copying) == file.sha256 { return name }
        }
        return nil
    }

    /// The name in the target under which the file itself stands.
    private func nameInTarget() throws(InboxError) -> [UInt8]? {
        try names.standing(in: target) { file.isMet(by: $0) }.first
    }
}
