import Glibc

/// The files of a tar archive, read where they stand in it; nothing is unpacked and nothing can be written.
package struct TarDirectory: Directory {
    package let path: String
    private let archive: any File
    /// By name without a leading `./`; of two with one name the later counts, as for who unpacks them.
    private let places: [String: Range<Int>]
    private let prefix: String

    /// Reads the archive's headers.
    ///
    /// - Throws: Where it can't be read; with `EBADMSG` in `code` where it is no tar archive, with 0 where it is cut short.
    package init(_ archive: any File) throws(StorageError) {
        self.init(path: archive.path, archive: archive, places: try Self.places(in: archive), prefix: "")
    }

    private init(path: String, archive: any File, places: [String: Range<Int>], prefix: String) {
        self.path = path
        self.archive = archive
        self.places = places
        self.prefix = prefix
    }

    private static func places(in archive: any File) throws(StorageError) -> [String: Range<Int>] {
        let size = try archive.size()
        var places: [String: Range<Int>] = [:]
        var position = 0
        while true {
            let block = try Self.block(at: position, in: archive)
            // An archive ends with zeros; without them something is missing, be it between two files.
            if block.allSatisfy({ $0 == 0 }) { return places }
            guard let header = TarHeader(block) else {
                throw StorageError(.read, path: archive.path, offset: position, code: EBADMSG)
            }
            let start = position + TarHeader.blockBytes
            guard header.byteCount >= 0, header.byteCount <= size - start else {
                throw StorageError(.read, path: archive.path, offset: size, code: 0)
            }
            if header.kind == .file { places[normalised(header.name)] = start..<start + header.byteCount }
            position = start + TarHeader.padded(header.byteCount)
        }
    }

    private static func block(at offset: Int, in archive: any File) throws(StorageError) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: TarHeader.blockBytes)
        var span = block.mutableSpan
        var bytes = span.mutableBytes
        let count = try bytes.withUnsafeMutableBytes { (bytes) throws(StorageError) in
            try archive.read(into: bytes, at: offset)
        }
        guard count == TarHeader.blockBytes else {
            throw StorageError(.read, path: archive.path, offset: offset, code: 0)
        }
        return block
    }

    private static func normalised(_ name: String) -> String { name.hasPrefix("./") ? String(name.dropFirst(2)) : name }

    package func list() throws(StorageError) -> [String] {
        let below = places.keys.lazy.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }
        return Array(Set(below.map { String($0.prefix { $0 != "/" }) }))
    }

    package func open(_ name: String, mode: OpenMode) throws(StorageError) -> any File {
        guard mode == .read else { throw readOnly(mode == .create ? .create : .open, name) }
        guard let place = places[prefix + name] else {
            throw StorageError(.open, path: path(of: name), code: ENOENT)
        }
        return TarFile(path: path(of: name), archive: archive, place: place)
    }

    package func rename(_ from: String, to: String) throws(StorageError) { throw readOnly(.rename, from) }

    package func remove(_ name: String) throws(StorageError) { throw readOnly(.remove, name) }

    package func sync() throws(StorageError) { throw readOnly(.sync, "") }

    package func subdirectory(_ name: String, create: Bool) throws(StorageError) -> any Directory {
        let below = prefix + name + "/"
        guard places.keys.contains(where: { $0.hasPrefix(below) }) else {
            throw StorageError(.open, path: path(of: name), code: ENOENT)
        }
        return TarDirectory(path: path(of: name), archive: archive, places: places, prefix: below)
    }

    package func freeBytes() throws(StorageError) -> Int { 0 }

    private func readOnly(_ operation: StorageOperation, _ name: String) -> StorageError {
        StorageError(operation, path: path(of: name), code: EROFS)
    }

    private func path(of name: String) -> String { path + "/" + name }
}

/// One file of an archive.
private struct TarFile: File {
    let path: String
    let archive: any File
    let place: Range<Int>

    func size() throws(StorageError) -> Int { place.count }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(StorageError) -> Int {
        let count = max(0, min(buffer.count, place.count - offset))
        return try archive.read(
            into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]), at: place.lowerBound + offset)
    }

    func write(_ pieces: [UnsafeRawBufferPointer], at offset: Int) throws(StorageError) { throw readOnly(.write) }

    func sync() throws(StorageError) { throw readOnly(.sync) }

    func reserve(upTo end: Int, zeroedFrom: Int) throws(StorageError) { throw readOnly(.allocate) }

    func isLinked() throws(StorageError) -> Bool { true }

    func truncate(to size: Int) throws(StorageError) { throw readOnly(.truncate) }

    private func readOnly(_ operation: StorageOperation) -> StorageError {
        StorageError(operation, path: path, code: EROFS)
    }
}
