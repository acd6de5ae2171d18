import Foundation

/// What is done to the files of a stopped daemon's log, and to which frame.
struct Vandalism: Sendable {
    /// Which frame of the commit of `noise-1902.csv` is hit, or of a repair behind it.
    enum Target: String, CaseIterable, Sendable {
        case source, sidecar, dialect, heading, keySpace = "key space", presence, chunk, commit, restored, loss
    }

    /// What the log has been through already.
    enum Past: String, Sendable {
        case whole
        /// A chunk was damaged and restored.
        case repaired
        /// A source was given up.
        case accepted
    }

    /// In the words of the table.
    var damage: String
    /// In the words of the table: the frame's kind, or what else.
    var hit: String
    /// Gets the state directory and what stands in its log.
    var apply: @Sendable (_ state: String, _ stored: StoredFrames) throws -> Void
    /// Whether something is lost that stands nowhere else.
    var isLoss = false
    var past = Past.whole

    static let file = "noise-1902.csv"

    /// Each kind of damage to a frame, for each kind of frame; then what hits more than a frame.
    static let all: [Vandalism] = Target.allCases.flatMap(frames) + segments + losses

    /// What leads to each past.
    static let pasts: [(Past, Vandalism)] = [
        (.repaired, Vandalism(damage: "", hit: "") { _, stored in try hit(try stored.frame(.chunk)) }),
        (
            .accepted,
            Vandalism(damage: "", hit: "") { state, stored in
                try hit(try stored.frame(.source))
                try removeDone(state)
            }
        ),
    ]

    private static func frames(_ target: Target) -> [Vandalism] {
        let kinds: [(String, @Sendable (inout [UInt8], StoredFrames.Frame) -> Void)] = [
            ("one bit of the payload", { bytes, frame in bytes[frame.payloadOffset + frame.payload.count / 2] ^= 4 }),
            ("one bit of the header", { bytes, frame in bytes[frame.offset + 16] ^= 1 }),
            (
                "a length of 700,000",
                { bytes, frame in
                    bytes.replaceSubrange((frame.offset + 4)..<(frame.offset + 8), with: [0x60, 0xAE, 0x0A, 0])
                }
            ),
            (
                "a sector of zeros",
                { bytes, frame in
                    let start = frame.offset / 512 * 512
                    for place in start..<min(start + 512, bytes.count) { bytes[place] = 0 }
                }
            ),
            (
                "another frame copied over it",
                { bytes, frame in
                    // The first of the segment, or for that one what follows it: true frames, in a wrong place.
                    let other = frame.offset == 8192 ? (frame.end + 7) / 8 * 8 : 8192
                    let count = min(frame.end - frame.offset, bytes.count - other)
                    let copy = Array(bytes[other..<(other + count)])
                    bytes.replaceSubrange(frame.offset..<(frame.offset + count), with: copy)
                }
            ),
        ]
        let past: Past =
            switch target {
            case .restored: .repaired
            case .loss: .accepted
            default: .whole
            }
        // A repair's segment needn't have another frame to be copied.
        return (past == .whole ? kinds : kinds.dropLast()).map { words, change in
            var vandalism = Vandalism(damage: words, hit: target.rawValue) { _, stored in
                let frame = try stored.frame(target)
                try rewrite(frame.file) { change(&$0, frame) }
            }
            vandalism.past = past
            return vandalism
        }
    }

    private static let segments = [
        Vandalism(damage: "one header block overwritten", hit: "segment") { _, stored in
            try rewrite(try stored.frame(.commit).file) {
                $0.replaceSubrange(0..<64, with: repeatElement(0xA5, count: 64))
            }
        },
        Vandalism(damage: "both header blocks overwritten", hit: "segment") { _, stored in
            try rewrite(try stored.frame(.commit).file) {
                $0.replaceSubrange(0..<8192, with: repeatElement(0xA5, count: 8192))
            }
        },
        Vandalism(damage: "missing", hit: "segment in the middle") { _, stored in
            try FileManager.default.removeItem(atPath: try stored.frame(.commit).file)
        },
        Vandalism(damage: "a copy of the one before in its place", hit: "segment in the middle") { _, stored in
            let file = try stored.frame(.commit).file
            let place = stored.segments.firstIndex(of: file) ?? 1
            try Files.write(try Files.bytes(Array(stored.segments[place - 1].utf8)), to: Array(file.utf8))
        },
        Vandalism(damage: "a copy under the next number", hit: "last segment") { state, stored in
            let last = stored.segments[stored.segments.count - 1]
            let name = String(repeating: "0", count: 7) + "\(stored.segments.count + 1).seg"
            try Files.write(try Files.bytes(Array(last.utf8)), to: Array("\(state)/log/\(name)".utf8))
        },
        Vandalism(damage: "cut in the middle", hit: "first segment") { _, stored in
            try rewrite(stored.segments[0]) { $0.removeLast(($0.count - 8192) / 2) }
        },
        Vandalism(damage: "the last batch turned to zeros", hit: "last segment") { _, stored in
            let last = stored.segments[stored.segments.count - 1]
            let commits = stored.frames.filter { $0.kind == 2 && $0.file == last }
            let start = commits.dropLast().last?.end ?? 8192
            try rewrite(last) { for place in ((start + 7) / 8 * 8)..<$0.count { $0[place] = 0 } }
        },
        Vandalism(damage: "missing", hit: "index of a segment") { _, stored in
            let index = try stored.frame(.commit).file.dropLast(4) + ".idx"
            try FileManager.default.removeItem(atPath: String(index))
        },
        Vandalism(damage: "overwritten in the middle", hit: "index of a segment") { _, stored in
            let index = try stored.frame(.commit).file.dropLast(4) + ".idx"
            try rewrite(String(index)) { $0[$0.count / 2] ^= 0xFF }
        },
    ]

    private static let losses = [
        Vandalism(
            damage: "one bit of the payload, and the file in `done/` is gone", hit: "source",
            apply: { state, stored in
                try hit(try stored.frame(.source))
                try removeDone(state)
            }, isLoss: true),
        Vandalism(
            damage: "one bit of the payload of both, and the file in `done/` is gone", hit: "source and chunk",
            apply: { state, stored in
                try hit(try stored.frame(.source))
                try hit(try stored.frame(.chunk))
                try removeDone(state)
            }, isLoss: true),
        Vandalism(
            damage: "missing with its index", hit: "segment in the middle",
            apply: { _, stored in
                let file = try stored.frame(.commit).file
                try FileManager.default.removeItem(atPath: file)
                try FileManager.default.removeItem(atPath: file.dropLast(4) + ".idx")
            }, isLoss: true),
    ]

    private static func hit(_ frame: StoredFrames.Frame) throws {
        try rewrite(frame.file) { $0[frame.payloadOffset + frame.payload.count / 2] ^= 4 }
    }

    private static func removeDone(_ state: String) throws {
        for path in try Files.tree(state + "/done") {
            let name = String(decoding: path, as: UTF8.self)
            if name.hasSuffix(file) { try FileManager.default.removeItem(atPath: "\(state)/done/\(name)") }
        }
    }

    private static func rewrite(_ path: String, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = try Files.bytes(Array(path.utf8))
        change(&bytes)
        try Files.write(bytes, to: Array(path.utf8))
    }
}

extension StoredFrames {
    /// The frame of that kind that the commit of ``Vandalism/file`` needs; it may stand with an earlier one.
    fileprivate func frame(_ target: Vandalism.Target) throws -> Frame {
        let commit = commit(of: Vandalism.file)
        let frame: Frame? =
            switch target {
            case .source: commit?.source
            case .sidecar: commit?.sidecar
            case .dialect: commit?.dialect
            case .heading: commit?.heading
            case .keySpace: commit?.keySpace
            case .presence: commit?.presence
            case .chunk: commit?.chunk
            case .commit: commit?.frame
            case .restored: frames.last { $0.kind == 3 }
            case .loss: frames.last { $0.kind == 4 }
            }
        guard let frame else { throw WaitedInVain(what: "the \(target.rawValue) of \(Vandalism.file)") }
        return frame
    }
}
