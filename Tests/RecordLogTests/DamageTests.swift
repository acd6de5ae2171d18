import StableStorage
import Testing

@testable import RecordLog

/// What is lost when something that was durable goes bad and no index is left either, and that nothing else is.
///
/// `SecondCopyTests` has the same with indexes.
@Suite struct DamageTests {
    private let name = "00000001.seg"

    /// Opens it and expects damage: exactly these frames lost, all others as they were, nothing changed on disk.
    @discardableResult
    private func expectDamage(
        _ directory: HeapDirectory, losing lost: Set<UInt64>, of frames: [StoredFrame], _ comment: Comment = "",
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [Damage] {
        let before = directory.files
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 70))
        let damage = log.recovery.damage
        #expect(!damage.isEmpty, comment, sourceLocation: sourceLocation)
        #expect(log.condition == .damaged(damage), comment, sourceLocation: sourceLocation)
        #expect(
            Set(damage.compactMap(\.sequences).joined()) == lost, "\(comment) \(damage)", sourceLocation: sourceLocation
        )
        #expect(
            try LogFixture.frames(of: log) == frames.filter { !lost.contains($0.sequence) }, comment,
            sourceLocation: sourceLocation)
        for frame in frames {
            if lost.contains(frame.sequence) {
                #expect(throws: RecordLogError.self, comment, sourceLocation: sourceLocation) {
                    try log.frame(at: frame.sequence)
                }
            } else {
                #expect(try log.frame(at: frame.sequence) == frame, comment, sourceLocation: sourceLocation)
            }
        }
        #expect(throws: RecordLogError.self, comment, sourceLocation: sourceLocation) {
            try log.append(LogFixture.batch(1), expectedHead: log.head)
        }
        try log.close()
        #expect(directory.files == before, comment, sourceLocation: sourceLocation)
        #expect(try log.verify() == damage, comment, sourceLocation: sourceLocation)
        return damage
    }

    @Test func everyBitOfTheFrames() throws {
        let (directory, frames) = try LogFixture.log(batches: 4)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for bit in 8192 * 8..<bytes.count * 8 {
            var spoilt = bytes
            spoilt[bit / 8] ^= 1 << UInt8(bit % 8)
            let hit = try #require(places.first { $0.bytes.contains(bit / 8) }).header
            if hit.batch < 4 {
                try expectDamage(HeapDirectory([name: spoilt]), losing: [hit.sequence], of: frames, "bit \(bit)")
            } else {
                let log = try LogFixture.open(HeapDirectory([name: spoilt]), options: LogFixture.options(seed: 70))
                #expect(log.recovery.tornTail != nil && log.recovery.damage == [], "bit \(bit)")
                #expect(try LogFixture.frames(of: log) == frames.filter { $0.batch < 4 }, "bit \(bit)")
            }
        }
    }

    @Test func bitsOfTheHeaderBlocks() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let bytes = try #require(directory[name])
        let fields = (0..<128 * 8).flatMap { [$0, $0 + 4096 * 8] }
        for bit in fields + Array(stride(from: 128 * 8, to: 8192 * 8, by: 997)) {
            var spoilt = bytes
            spoilt[bit / 8] ^= 1 << UInt8(bit % 8)
            let damage = try expectDamage(HeapDirectory([name: spoilt]), losing: [], of: frames, "bit \(bit)")
            #expect(damage.map(\.kind) == [.segmentHeader])
        }
    }

    @Test func aHoleTakesWhatItCoversAndNoMore() throws {
        let (directory, frames) = try LogFixture.log(batches: 40)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for fill in [UInt8(0), 0xff, 0x41] {
            for start in stride(from: 8192, to: bytes.count - 1024, by: 88) {
                let hole = start..<start + 512
                var spoilt = bytes
                spoilt.replaceSubrange(hole, with: [UInt8](repeating: fill, count: 512))
                let lost = places.filter { $0.bytes.overlaps(hole) && bytes[$0.bytes] != spoilt[$0.bytes] }
                try expectDamage(
                    HeapDirectory([name: spoilt]), losing: Set(lost.map(\.header.sequence)), of: frames, "\(start)")
            }
        }
    }

    @Test func bothHeaderBlocksLost() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        let names = directory.segments.keys.sorted()
        for name in names.dropLast() {
            let spoilt = HeapDirectory(directory.segments)
            spoilt[name]?.replaceSubrange(0..<8192, with: [UInt8](repeating: 0xee, count: 8192))
            let damage = try expectDamage(spoilt, losing: [], of: frames, "\(name)")
            #expect(damage == [Damage(.segmentHeader, file: name, bytes: 0..<8192)], "the next segment has the salt")
        }
        let last = try #require(names.last)
        let spoilt = HeapDirectory(directory.segments)
        let lost = LogVandal.places(in: try #require(spoilt[last])).map(\.header.sequence)
        spoilt[last]?.replaceSubrange(0..<8192, with: [UInt8](repeating: 0, count: 8192))
        let log = try LogFixture.open(spoilt)
        #expect(log.recovery.damage.map(\.kind).contains(.segmentHeader))
        #expect(try LogFixture.frames(of: log) == frames.filter { !lost.contains($0.sequence) })
    }

    @Test func aSegmentThatIsMissingOrAnotherOne() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        let names = directory.segments.keys.sorted()
        let (other, _) = try LogFixture.log(batches: 1)
        for (place, name) in names.enumerated().dropLast() {
            let lost = Set(LogVandal.places(in: try #require(directory[name])).map(\.header.sequence))
            let missing = HeapDirectory(directory.segments)
            missing[name] = nil
            let damage = try expectDamage(missing, losing: lost, of: frames, "\(name) missing")
            #expect(damage.map(\.kind) == [.missingSegment])

            let duplicated = HeapDirectory(directory.segments)
            duplicated[name] = directory[names[place + 1]]
            #expect(
                try expectDamage(duplicated, losing: lost, of: frames, "\(name) duplicated").contains {
                    $0.kind == .misplacedSegment && $0.file == name
                })

            guard place > 0 else { continue }
            let foreign = HeapDirectory(directory.segments)
            var bytes = try #require(other[self.name])
            bytes[32] ^= 1
            var block = Array(bytes[..<4096])
            LogVandal.reseal(&block)
            foreign[name] = block + block + bytes[8192...]
            #expect(
                try expectDamage(foreign, losing: lost, of: frames, "\(name) foreign").contains {
                    $0.kind == .foreignSegment && $0.file == name
                })
        }
    }

    @Test func aSegmentBeforeTheLastCutShort() throws {
        let (directory, frames) = try LogFixture.log(batches: 9, segmentBytes: 8700)
        let name = "00000002.seg"
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for end in 8193..<bytes.count {
            let cut = HeapDirectory(directory.segments)
            cut[name] = Array(bytes[..<end])
            let lost = places.filter { $0.bytes.upperBound > end }.map(\.header.sequence)
            try expectDamage(cut, losing: Set(lost), of: frames, "cut to \(end)")
        }
    }

    @Test func payloadsThatImitateFrames() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        _ = try log.append(LogFixture.batch(1), expectedHead: 0)
        // What stands in the log already, headers and all, and a header for the very place with a guessed salt.
        let real = Array(try #require(directory[name])[8192..<8400])
        var guessed = [UInt8](repeating: 0, count: 40)
        FrameHeader(
            FrameHeading(sequence: 99, batch: 99, kind: .commit), position: 0, isLastOfBatch: true,
            payload: UnsafeRawBufferPointer(start: nil, count: 0)
        ).encodeForTest(into: &guessed, at: 8440, salt: Salt(low: 1, high: 2))
        for payload in [real, guessed + real, [UInt8](repeating: 0x41, count: 3) + real] {
            _ = try log.append(
                [Frame(kind: .blob, payload: payload), Frame(kind: .blob, payload: payload)], expectedHead: log.head)
        }
        _ = try log.append(LogFixture.batch(2), expectedHead: log.head)
        try log.close()
        let frames = try LogFixture.frames(of: log)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for place in places.dropLast(2) {
            // Its header gone, so that its payload is searched.
            var spoilt = bytes
            spoilt.replaceSubrange(place.bytes.prefix(40), with: [UInt8](repeating: 0, count: 40))
            try expectDamage(HeapDirectory([name: spoilt]), losing: [place.header.sequence], of: frames)
        }
    }

    @Test func aTornTailIsLeftAloneWhereThereIsDamage() throws {
        let (directory, frames) = try LogFixture.log(batches: 4)
        var bytes = try #require(directory[name])
        bytes[8192 + 41] ^= 1
        bytes.removeLast(9)
        let spoilt = HeapDirectory([name: bytes])
        let log = try LogFixture.open(spoilt)
        #expect(log.recovery.tornTail != nil && log.recovery.tornTail?.copy == nil)
        #expect(log.recovery.damage.map(\.sequences) == [1...1])
        #expect(try LogFixture.frames(of: log) == frames.filter { $0.batch < 4 && $0.sequence > 1 })
        #expect(spoilt.files == [name: bytes])
    }

    @Test func damageThatComesLaterIsFoundByReading() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...3 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        directory["00000001.idx"] = nil
        let frames = try LogFixture.frames(of: log)
        let places = LogVandal.places(in: try #require(directory[name]))
        let file = try directory.open(name, mode: .readWrite)
        try [UInt8(0xab)].withUnsafeBytes { try file.write([$0], at: places[1].bytes.lowerBound + 40) }
        #expect(log.condition == .writable)
        #expect(throws: RecordLogError.self) { try log.frame(at: 2) }
        guard case .damaged(let damage) = log.condition else {
            Issue.record("the log still says \(log.condition)")
            return
        }
        #expect(damage.map(\.sequences) == [2...2])
        #expect(try log.frame(at: 3) == frames[2])
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(1), expectedHead: log.head) }
    }

    @Test(arguments: [false, true])
    func verifyTellsALostLastBatchFromATornOne(hasIndex: Bool) throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...3 { _ = try log.append(LogFixture.batch(number), expectedHead: log.head) }
        let places = LogVandal.places(in: try #require(directory[name]))
        let last = try #require(places.last)
        let file = try directory.open(name, mode: .readWrite)
        try [UInt8(0xab)].withUnsafeBytes { try file.write([$0], at: last.bytes.lowerBound + 3) }
        if !hasIndex { directory["00000001.idx"] = nil }
        let damage = try log.verify()
        #expect(damage.count == 1 && damage[0].hit?.contains(log.head) == true)
        #expect((damage[0].sequences == nil) == hasIndex)
        #expect(log.condition == .damaged(damage))
    }
}

extension FrameHeader {
    func encodeForTest(into bytes: inout [UInt8], at offset: Int, salt: Salt) {
        bytes.withUnsafeMutableBytes { encode(into: $0, at: offset, salt: salt) }
    }
}
