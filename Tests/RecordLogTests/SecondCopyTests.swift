import StableStorage
import Testing

@testable import RecordLog

/// What is bad in a segment is read from its index, and what is bad in an index comes anew from its segment.
@Suite struct SecondCopyTests {
    private let name = "00000001.seg"
    private let indexName = "00000001.idx"

    /// Opens it and expects damage that loses nothing, and that repair ends it for good.
    private func expectHit(
        _ directory: HeapDirectory, _ hit: Set<UInt64>, of frames: [StoredFrame], repair: Bool = true,
        _ comment: Comment = "", sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let before = directory.files
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 70))
        let damage = log.recovery.damage
        #expect(!damage.isEmpty && damage.allSatisfy { $0.sequences == nil }, comment, sourceLocation: sourceLocation)
        #expect(Set(damage.compactMap(\.hit).joined()) == hit, "\(comment) \(damage)", sourceLocation: sourceLocation)
        #expect(log.recovery.tornTail == nil, comment, sourceLocation: sourceLocation)
        try expectAll(of: log, frames, comment, sourceLocation: sourceLocation)
        #expect(throws: RecordLogError.self, comment, sourceLocation: sourceLocation) {
            try log.append(LogFixture.batch(1), expectedHead: nil)
        }
        #expect(try log.verify() == damage, comment, sourceLocation: sourceLocation)
        #expect(directory.files == before, comment, sourceLocation: sourceLocation)
        guard repair else { return }
        try log.repair(LogRepair())
        #expect(log.condition == .writable && log.damage == [], comment, sourceLocation: sourceLocation)
        #expect(before.allSatisfy { directory[$0.key] == $0.value }, "nothing on disk is changed")
        let repaired = log.repaired
        #expect(Set(repaired.flatMap(\.restored).joined()) == hit, comment, sourceLocation: sourceLocation)
        for round in 0..<3 {
            let again = try LogFixture.open(directory, options: LogFixture.options(seed: 71 + UInt64(round)))
            #expect(again.recovery.damage == [] && again.repaired == repaired, comment, sourceLocation: sourceLocation)
            try expectAll(of: again, frames, comment, sourceLocation: sourceLocation)
            #expect(try again.verify() == [], comment, sourceLocation: sourceLocation)
            _ = try again.append(LogFixture.batch(round), expectedHead: nil)
            if round == 1 { try again.close() }
        }
    }

    /// Every frame, by `frame`, `visit` and `survey`.
    private func expectAll(
        of log: SegmentedLog, _ frames: [StoredFrame], _ comment: Comment, sourceLocation: SourceLocation
    ) throws {
        let visited = try LogFixture.frames(of: log)
        #expect(visited.starts(with: frames), comment, sourceLocation: sourceLocation)
        for frame in frames {
            #expect(try log.frame(at: frame.sequence) == frame, comment, sourceLocation: sourceLocation)
        }
        var surveyed: [StoredFrame] = []
        try log.survey(from: 1) { (heading, bytes, isWhole) throws(RecordLogError) in
            #expect(isWhole, comment, sourceLocation: sourceLocation)
            surveyed.append(StoredFrame(heading: heading, payload: bytes.withUnsafeBytes { Array($0) }))
        }
        #expect(surveyed == visited, comment, sourceLocation: sourceLocation)
    }

    @Test func everyBitOfTheFrames() throws {
        let (directory, frames) = try LogFixture.log(batches: 4)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for bit in 8192 * 8..<bytes.count * 8 {
            let spoilt = HeapDirectory(directory.files)
            var content = bytes
            content[bit / 8] ^= 1 << UInt8(bit % 8)
            spoilt[name] = content
            // As long as the index stands for the segment nobody looks; with zeros behind its end the segment is read.
            try #require(LogFixture.open(HeapDirectory(spoilt.files)).recovery.damage == [])
            spoilt[name] = content + [UInt8](repeating: 0, count: 8)
            let hit = try #require(places.first { $0.bytes.contains(bit / 8) }).header.sequence
            try expectHit(spoilt, [hit], of: frames, repair: bit % 61 == 0, "bit \(bit)")
        }
    }

    @Test func damageThatIsFoundByReading() throws {
        let (directory, frames) = try LogFixture.log(batches: 4)
        var bytes = try #require(directory[name])
        let place = LogVandal.places(in: bytes)[3]
        bytes[place.bytes.lowerBound + 44] ^= 1
        directory[name] = bytes
        let log = try LogFixture.open(directory)
        #expect(log.condition == .writable)
        #expect(try log.frame(at: 4) == frames[3])
        #expect(log.damage == [Damage(.payload, file: name, bytes: place.bytes, hit: 4...4)])
        #expect(try LogFixture.frames(of: log) == frames)
        try log.repair(LogRepair())
        #expect(log.condition == .writable)
        #expect(log.repaired.map(\.restored) == [[4...4]])
        #expect(try log.append(LogFixture.batch(1), expectedHead: log.head) != .conflict(head: 0))
        #expect(try log.verify() == [])
    }

    @Test func holes() throws {
        let (directory, frames) = try LogFixture.log(batches: 40)
        let bytes = try #require(directory[name])
        let places = LogVandal.places(in: bytes)
        for start in stride(from: 8192, to: bytes.count, by: 264) {
            let hole = start..<min(start + 512, bytes.count)
            let spoilt = HeapDirectory(directory.files)
            var content = bytes
            content.replaceSubrange(hole, with: [UInt8](repeating: 0, count: hole.count))
            spoilt[name] = content + [0, 0, 0, 0, 0, 0, 0, 0]
            let hit = places.filter { $0.bytes.overlaps(hole) && bytes[$0.bytes] != content[$0.bytes] }
            try expectHit(spoilt, Set(hit.map(\.header.sequence)), of: frames, "\(start)")
        }
    }

    @Test func aSegmentThatIsMissingOrAnotherOneOrCutShort() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        let names = directory.segments.keys.sorted()
        for (place, name) in names.enumerated() {
            let own = LogVandal.places(in: try #require(directory[name]))
            let missing = HeapDirectory(directory.files)
            missing[name] = nil
            try expectHit(missing, Set(own.map(\.header.sequence)), of: frames, "\(name) missing")
            let cut = HeapDirectory(directory.files)
            cut[name] = Array(try #require(directory[name]).prefix(8300))
            let hit = own.filter { $0.bytes.upperBound > 8300 }.map(\.header.sequence)
            try expectHit(cut, Set(hit), of: frames, "\(name) cut")
            guard place + 1 < names.count else { continue }
            let duplicated = HeapDirectory(directory.files)
            duplicated[name] = directory[names[place + 1]]
            try expectHit(duplicated, Set(own.map(\.header.sequence)), of: frames, "\(name) duplicated")
        }
    }

    @Test func bothHeaderBlocksLostOfTheLastSegment() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        directory[name]?.replaceSubrange(0..<8192, with: [UInt8](repeating: 0, count: 8192))
        let log = try LogFixture.open(directory)
        #expect(log.recovery.damage == [Damage(.segmentHeader, file: name, bytes: 0..<8192)])
        #expect(try LogFixture.frames(of: log) == frames)
        try log.repair(LogRepair())
        #expect(log.repaired == [RepairedDamage(damage: Damage(.segmentHeader, file: name, bytes: 0..<8192))])
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 3))
        #expect(again.condition == .writable && again.repaired == log.repaired)
        #expect(try LogFixture.frames(of: again).starts(with: frames))
    }

    @Test func everySegmentDeletedLeavesSmallFramesInTheIndexes() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        for name in directory.segments.keys { directory[name] = nil }
        try expectHit(directory, Set(frames.map(\.sequence)), of: frames)
    }

    @Test func anIndexAloneIsNoDamageAndIsRenewed() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let index = try #require(directory[indexName])
        var contents: [[UInt8]?] = [nil, [], Array(index.dropLast(1)), index + [1], index + [0, 0, 0, 0, 0, 0, 0, 0]]
        contents += (0..<index.count * 8).map { bit in
            var spoilt = index
            spoilt[bit / 8] ^= 1 << UInt8(bit % 8)
            return spoilt
        }
        for (number, content) in contents.enumerated() {
            let spoilt = HeapDirectory(directory.files)
            spoilt[indexName] = content
            let log: SegmentedLog
            do {
                log = try LogFixture.open(spoilt)
            } catch RecordLogError.newerVersion {
                Issue.record("\(number) is no version")
                continue
            }
            #expect(log.recovery.damage == [] && log.recovery.tornTail == nil, "\(number)")
            #expect(log.recovery.renewedIndexes == [indexName], "\(number)")
            #expect(spoilt[indexName] == index && spoilt[name] == directory[name], "\(number)")
            #expect(try LogFixture.frames(of: log) == frames, "\(number)")
        }
    }

    @Test func aStrangersIndexSaysNothing() throws {
        let (directory, frames) = try LogFixture.log(batches: 3)
        let (other, _) = try LogFixture.log(batches: 9)
        for (number, salted) in [(1, 48), (1, 32), (2, 32)] {
            var bytes = try #require(other[indexName])
            bytes[salted] ^= 1
            bytes[12] = UInt8(number)
            LogVandal.reseal(&bytes)
            let strange = HeapDirectory(directory.files)
            strange[SegmentName.indexName(of: UInt32(number))] = bytes
            let log = try LogFixture.open(strange)
            #expect(log.recovery.damage == [])
            #expect(try LogFixture.frames(of: log) == frames)
        }
    }
}
