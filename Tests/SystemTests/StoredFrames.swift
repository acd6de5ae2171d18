import Foundation

/// The frames of a log as they stand on disk, read by `docs/formats/log.md` and nothing of the daemon's, so that a test
/// knows what it damages.
struct StoredFrames {
    struct Frame: Hashable {
        /// The segment's path.
        var file: String
        /// Of the frame in the segment; its payload stands 40 bytes on.
        var offset: Int
        var kind: UInt8
        var payload: [UInt8]
        var sequence: UInt64

        var payloadOffset: Int { offset + 40 }
        var end: Int { payloadOffset + payload.count }

        /// What a blob is called: the digest of its content.
        var name: [UInt8] { Array(payload.prefix(32)) }
    }

    /// In order.
    let frames: [Frame]
    /// Paths, in order.
    let segments: [String]

    init(log directory: String) throws {
        segments = try FileManager.default.contentsOfDirectory(atPath: directory)
            .filter { $0.hasSuffix(".seg") }.sorted().map { directory + "/" + $0 }
        frames = try segments.flatMap(Self.frames)
    }

    private static func frames(of path: String) throws -> [Frame] {
        let bytes = try Files.bytes(Array(path.utf8))
        var frames: [Frame] = []
        var offset = 8192
        while offset + 40 <= bytes.count, bytes[offset] == 0x41, bytes[offset + 1] == 0x46 {
            let length = Int(bytes.number(at: offset + 4, bytes: 4))
            frames.append(
                Frame(
                    file: path, offset: offset, kind: bytes[offset + 2],
                    payload: Array(bytes[(offset + 40)..<(offset + 40 + length)]),
                    sequence: bytes.number(at: offset + 16, bytes: 8)))
            offset += (40 + length + 7) / 8 * 8
        }
        return frames
    }

    /// What a commit is made of.
    struct Commit {
        var frame: Frame
        var source: Frame
        var sidecar: Frame?
        var dialect: Frame?
        var heading: Frame
        var keySpace: Frame
        /// Of the first chunk; nil for a dense table.
        var presence: Frame?
        /// The cells' first.
        var chunk: Frame
    }

    /// The commit that took a file, by the path in its claim; its one year must have content.
    func commit(of file: String) -> Commit? {
        for frame in frames where frame.kind == 2 {
            guard let drop = Fields(frame.payload.dropFirst(32))[3].first.map({ Fields($0[...]) }),
                let claim = drop[1].first, Fields(claim[...])[1].first == Array(file.utf8),
                let content = drop[15].first.flatMap({ Fields($0[...])[7].first }).map({ Fields($0[...]) }),
                let source = blob(drop[12].first), let heading = blob(content[1].first),
                let keySpace = blob(content[2].first), let chunk = blob(content[4].first)
            else { continue }
            return Commit(
                frame: frame, source: source, sidecar: blob(drop[11].first), dialect: blob(drop[9].first),
                heading: heading, keySpace: keySpace, presence: blob(content[3].first), chunk: chunk)
        }
        return nil
    }

    private func blob(_ name: [UInt8]?) -> Frame? {
        guard let name = name?.prefix(32) else { return nil }
        return frames.first { $0.kind == 1 && $0.name == Array(name) }
    }
}

/// The fields of a message as part 2 of the page has them; those of type 0 are passed over.
private struct Fields {
    private var values: [UInt64: [[UInt8]]] = [:]

    init(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while let tag = Self.varint(&rest) {
            guard let number = Self.varint(&rest) else { return }
            guard tag % 8 == 2 else { continue }
            values[tag / 8, default: []].append(Array(rest.prefix(Int(number))))
            rest = rest.dropFirst(Int(number))
        }
    }

    subscript(number: UInt64) -> [[UInt8]] { values[number] ?? [] }

    private static func varint(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while let byte = bytes.popFirst() {
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}

extension [UInt8] {
    /// Little-endian.
    fileprivate func number(at offset: Int, bytes count: Int) -> UInt64 {
        (0..<count).reduce(0) { $0 | UInt64(self[offset + $1]) << UInt64(8 * $1) }
    }
}
