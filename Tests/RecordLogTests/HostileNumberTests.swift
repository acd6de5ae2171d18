import StableStorage
import TestSupport
import Testing

@testable import RecordLog

/// Numbers that no log has, in files whose checks hold: they cost neither time nor memory, and what is good is read.
@Suite struct HostileNumberTests {
    private let name = "00000001.seg"

    private static let numbers: [UInt64] = [
        0, 1, 2, 5, 255, 1 << 26, 1 << 31, UInt64(UInt32.max), 1 << 33, 1 << 40, 1 << 61, 1 << 62,
        (1 << 62) + 1, 1 << 63, .max - 1, .max,
    ]

    /// Nil where a newer version seems to have written it.
    private func open(_ directory: HeapDirectory) throws -> SegmentedLog? {
        do {
            return try LogFixture.open(directory, options: LogFixture.options(seed: 71))
        } catch {
            switch error as? RecordLogError {
            case .newerVersion, .newerFrame: return nil
            default: throw error
            }
        }
    }

    /// Opens it twice, reads everything, and asks for everything that is asked of a log.
    private func use(_ directory: HeapDirectory, _ comment: Comment) throws -> [StoredFrame] {
        guard let log = try open(directory) else { return [] }
        // A frame that turns out to be bad ends a reading, as it should.
        let frames = attempt { try LogFixture.frames(of: log) } ?? []
        _ = try log.verify()
        // Behind the greatest number nothing is taken.
        if log.condition == .writable { attempt { try log.append(LogFixture.batch(9), expectedHead: nil) } }
        if case .damaged = log.condition {
            var repair = LogRepair()
            repair.losses = log.damage.compactMap(\.sequences)
            // Where the names of segments are exhausted nothing is written, repairs neither.
            attempt { try log.repair(repair) }
        }
        try log.close()
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 72))
        _ = again.repaired
        #expect(again.head >= log.head, comment)
        return frames
    }

    @Test(arguments: ["4294967295.seg", "100000000.seg", "99999999.seg", "00070000.seg", "99999999.idx"])
    func aStrayFile(stray: String) throws {
        let (model, frames) = try LogFixture.log(batches: 3)
        let zeros = [UInt8](repeating: 0, count: 9000)
        let contents: [[UInt8]] = [[], [7], zeros, zeros.map { _ in 3 }, model[name]!]
        for bytes in contents {
            let directory = HeapDirectory(model.files)
            directory[stray] = bytes
            let clock = ContinuousClock()
            let duration = try clock.measure {
                let found = try use(directory, "\(bytes.count) bytes")
                #expect(found == frames, "\(bytes.count) bytes")
            }
            #expect(duration < .seconds(5))
            #expect(directory[name]?.prefix(model[name]!.count) == model[name]![...])
        }
    }

    @Test func aLogWhoseNamesAreExhaustedIsReadAndNotWritten() throws {
        let (model, frames) = try LogFixture.log(batches: 3)
        model["99999999.seg"] = [UInt8](repeating: 3, count: 9000)
        let log = try LogFixture.open(model, options: LogFixture.options(seed: 71))
        #expect(try LogFixture.frames(of: log) == frames)
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(1), expectedHead: nil) }
    }

    @Test(arguments: [(place: 4, bytes: 4), (place: 12, bytes: 4), (place: 16, bytes: 8), (place: 24, bytes: 8)])
    func aFrameHeader(field: (place: Int, bytes: Int)) throws {
        let (model, frames) = try LogFixture.log(batches: 3)
        let segment = try #require(model[name])
        for (index, frame) in LogVandal.places(in: segment).enumerated() {
            for number in Self.numbers {
                var forged = segment
                for byte in 0..<field.bytes {
                    forged[frame.bytes.lowerBound + field.place + byte] = UInt8(
                        truncatingIfNeeded: number >> (8 * UInt64(byte)))
                }
                LogVandal.resealFrame(&forged, at: frame.bytes.lowerBound)
                for files in [[name: forged], [name: forged, "00000001.idx": model["00000001.idx"]!]] {
                    let found = try use(HeapDirectory(files), "frame \(index): \(number)")
                    let before = frames.filter { $0.batch < frames[index].batch }
                    #expect(Array(found.prefix(before.count)) == before, "frame \(index): \(number)")
                }
            }
        }
    }

    @Test(arguments: [(place: 12, bytes: 4), (place: 16, bytes: 8), (place: 24, bytes: 8)])
    func aSegmentHeader(field: (place: Int, bytes: Int)) throws {
        let (model, _) = try LogFixture.log(batches: 6, segmentBytes: 8400)
        #expect(model.segments.count > 2)
        for (file, segment) in model.segments {
            for number in Self.numbers {
                var block = Array(segment[..<4096])
                for byte in 0..<field.bytes {
                    block[field.place + byte] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(byte)))
                }
                LogVandal.reseal(&block)
                for index in [true, false] {
                    let directory = HeapDirectory(index ? model.files : model.segments)
                    directory[file] = block + block + segment[8192...]
                    _ = try use(directory, "\(file): \(number)")
                }
            }
        }
    }

    @Test(arguments: [0, 8, Int(UInt32.max), 32 << 30, 1 << 40, 1 << 61, Int.max & ~7])
    func aPlaceInAnIndex(offset: Int) throws {
        let (model, frames) = try LogFixture.log(batches: 3)
        let segment = try #require(model[name])
        guard
            case .valid(let own) = segment.withUnsafeBytes({
                SegmentHeader.read(UnsafeRawBufferPointer(rebasing: $0[..<4096]))
            })
        else { return }
        var header = [UInt8](repeating: 0, count: FrameHeader.byteCount)
        let payload: [UInt8] = [1, 2, 3]
        payload.withUnsafeBytes { payload in
            let frame = FrameHeader(
                FrameHeading(sequence: 99, batch: 40, kind: .blob), position: 0, isLastOfBatch: true, payload: payload)
            header.withUnsafeMutableBytes { frame.encode(into: $0, at: offset, salt: own.salt) }
        }
        var index = try #require(model["00000001.idx"])
        header.withUnsafeBytes { header in
            payload.withUnsafeBytes { payload in
                IndexRecord.append(header: header, frameOffset: offset, payload: payload, kind: .blob, to: &index)
            }
        }
        let found = try use(HeapDirectory([name: segment, "00000001.idx": index]), "\(offset)")
        #expect(Array(found.prefix(frames.count)) == frames)
    }

    @Test(arguments: [FrameKind.loss, .restored]) func whatAFrameThatRepairsSpeaksOf(kind: FrameKind) throws {
        for first in Self.numbers {
            for second in Self.numbers {
                let note: UInt64 = first % 2 + 1
                let (directory, frames) = try LogFixture.log(batches: 2)
                let log = try LogFixture.open(directory, options: LogFixture.options(seed: 70))
                let words: [UInt64] = [1 | 5 << 32 | note << 40, 8192, 8200, first, second]
                let payload = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
                _ = try log.append([Frame(kind: kind, payload: payload)], expectedHead: nil)
                try log.close()
                let head = UInt64(frames.count) + 1
                let found = try use(directory, "\(first) to \(second)")
                if second > head { #expect(found.prefix(frames.count).map(\.sequence) == frames.map(\.sequence)) }
            }
        }
    }
}
