import StableStorage
import Testing

@testable import RecordLog

/// What becomes of damage of which the log has no copy, of large blobs, and of what repairs when it is hit itself.
@Suite struct LogRepairTests {
    private let name = "00000001.seg"
    private let large = (0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    /// A large blob between two small batches, its payload hit.
    private func hitLog() throws -> (directory: HeapDirectory, frames: [StoredFrame], place: Range<Int>) {
        let directory = HeapDirectory()
        let first = try LogFixture.open(directory)
        _ = try first.append(LogFixture.batch(2), expectedHead: nil)
        _ = try first.append([Frame(kind: .blob, payload: large)], expectedHead: nil)
        _ = try first.append(LogFixture.batch(4), expectedHead: nil)
        let frames = try LogFixture.frames(of: first)
        let place = try #require(LogVandal.places(in: directory[name] ?? []).first { $0.header.sequence == 3 }).bytes
        directory[name]?[place.lowerBound + 5000] ^= 0x10
        return (directory, frames, place)
    }

    private func surveyed(_ log: SegmentedLog) throws -> [(heading: FrameHeading, bytes: [UInt8], isWhole: Bool)] {
        var all: [(heading: FrameHeading, bytes: [UInt8], isWhole: Bool)] = []
        try log.survey(from: 1) { (heading, bytes, isWhole) throws(RecordLogError) in
            all.append((heading, bytes.withUnsafeBytes { Array($0) }, isWhole))
        }
        return all
    }

    @Test func aLargeBlobKeepsItsOpeningAndIsRestoredFromWhatTheCallerHas() throws {
        let (directory, frames, place) = try hitLog()
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 2))
        let damage = Damage(.payload, file: name, bytes: place, hit: 3...3, sequences: 3...3)
        #expect(log.damage == [damage] && log.repaired == [])
        #expect(throws: RecordLogError.damaged(damage)) { try log.frame(at: 3) }
        #expect(try LogFixture.frames(of: log).map(\.sequence) == [1, 2, 4, 5])
        let opening = try #require(surveyed(log).first { $0.heading.sequence == 3 })
        #expect(opening.bytes == Array(large[..<48]) && !opening.isWhole && opening.heading == frames[2].heading)

        // What the log can't restore itself stays, and refuses appends.
        try log.repair(LogRepair())
        #expect(log.damage == [damage])
        var repair = LogRepair()
        repair.restored = [Restoration(sequence: 3, kind: .blob, payload: large)]
        try log.repair(repair)
        #expect(log.condition == .writable && log.repaired.map(\.restored) == [[3...3]])
        for again in [log, try LogFixture.open(directory, options: LogFixture.options(seed: 3))] {
            #expect(again.damage == [] && again.repaired == log.repaired)
            #expect(try LogFixture.frames(of: again).starts(with: frames))
            #expect(try again.frame(at: 3) == frames[2])
            #expect(try again.frame(at: 6).kind == .restored)
            #expect(try again.verify() == [])
        }
        // LogRepair once more has nothing to write.
        let files = directory.files
        try log.repair(LogRepair())
        #expect(directory.files == files)
    }

    @Test(arguments: [true, false])
    func whatIsGivenUpIsListed(asLost: Bool) throws {
        let (directory, frames, place) = try hitLog()
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 2))
        var repair = LogRepair()
        if asLost { repair.losses = [3...3] } else { repair.unneeded = [3...3] }
        try log.repair(repair)
        #expect(log.condition == .writable)
        #expect(log.repaired.map(\.lost) == [asLost ? [3...3] : []])
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 3))
        #expect(again.condition == .writable && again.repaired == log.repaired)
        #expect(again.repaired.contains { $0.damage.file == name && $0.damage.bytes == place })
        #expect(throws: RecordLogError.self) { try again.frame(at: 3) }
        #expect(try surveyed(again).allSatisfy { $0.heading.sequence != 3 })
        #expect(try LogFixture.frames(of: again).filter { $0.sequence < 6 } == frames.filter { $0.sequence != 3 })
        #expect(try again.append(LogFixture.batch(1), expectedHead: nil) != .conflict(head: 0))
    }

    @Test func aRestoredFrameThatIsHitIsDamageAgain() throws {
        let (directory, frames, _) = try hitLog()
        var repair = LogRepair()
        repair.restored = [Restoration(sequence: 3, kind: .blob, payload: large)]
        try LogFixture.open(directory, options: LogFixture.options(seed: 2)).repair(repair)
        for round in 0..<3 as Range<UInt64> {
            let last = try #require(directory.segments.keys.max())
            let bytes = try #require(directory[last])
            let hit = try #require(LogVandal.places(in: bytes).first { $0.header.heading.kind == .restored })
            directory[last]?[hit.bytes.lowerBound + 2000] ^= 1
            var options = LogFixture.options(seed: 10 + round)
            options.usesCheckpoint = round == 1
            let log = try LogFixture.open(directory, options: options)
            // An index that stands for its segment hides what is bad in it until that is read.
            if round == 1 { #expect(throws: RecordLogError.self) { try log.frame(at: 3) } }
            let hits = [3...3, hit.header.sequence...hit.header.sequence]
            #expect(log.damage.compactMap(\.hit) == (round == 1 ? hits.reversed() : hits))
            #expect(throws: RecordLogError.self) { try log.frame(at: 3) }
            // Nothing needs the damaged frame that repaired: another one does it now.
            repair.unneeded = [hit.header.sequence...hit.header.sequence]
            try log.repair(repair)
            #expect(log.condition == .writable, "round \(round)")
            #expect(try log.frame(at: 3) == frames[2])
            #expect(try LogFixture.open(directory, access: .readOnly).frame(at: 3) == frames[2])
        }
    }

    @Test func aTornTailIsCutOnceDamageIsSettled() throws {
        let (directory, _, _) = try hitLog()
        let size = try #require(LogVandal.index(of: directory[name] ?? []).count > 0 ? directory[name]?.count : nil)
        directory[name]?[size - 40] = 7
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 2))
        #expect(log.recovery.tornTail?.copy == nil && log.recovery.tornTail != nil)
        var repair = LogRepair()
        repair.losses = [3...3]
        try log.repair(repair)
        #expect(log.recovery.tornTail?.copy != nil)
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 3))
        #expect(again.condition == .writable && again.recovery.tornTail == nil)
    }

    @Test func aLogForReadingOnlyIsNotRepaired() throws {
        let (directory, _, _) = try hitLog()
        let files = directory.files
        let log = try LogFixture.open(directory, access: .readOnly)
        #expect(throws: RecordLogError.readOnly(reason: "It was opened for reading only.")) {
            try log.repair(LogRepair())
        }
        #expect(directory.files == files)
        var repair = LogRepair()
        repair.restored = [
            Restoration(
                sequence: 3, kind: .blob, payload: [UInt8](repeating: 0, count: Frame.maximumPayloadBytes + 1))
        ]
        #expect(throws: RecordLogError.frameTooLarge(payloadBytes: Frame.maximumPayloadBytes + 1)) {
            try LogFixture.open(directory).repair(repair)
        }
    }

    @Test func anAppendIntoADeletedSegmentIsNotAcknowledged() throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        for number in 1...3 { _ = try log.append(LogFixture.batch(number), expectedHead: nil) }
        let frames = try LogFixture.frames(of: log)
        try directory.remove(name)
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(4), expectedHead: nil) }
        let damage = Damage(.missingSegment, file: name, hit: 1...log.head)
        #expect(log.condition == .damaged([damage]) && log.head == UInt64(frames.count))
        #expect(try LogFixture.frames(of: log) == frames, "what is open can be read")
        try log.repair(LogRepair())
        #expect(log.condition == .writable)
        _ = try log.append(LogFixture.batch(4), expectedHead: nil)
        try log.close()
        let again = try LogFixture.open(directory, options: LogFixture.options(seed: 3))
        #expect(again.condition == .writable)
        #expect(try LogFixture.frames(of: again).starts(with: frames))
    }

    @Test func verifyFindsASealedSegmentThatWasDeleted() throws {
        let (directory, frames) = try LogFixture.log(batches: 12, segmentBytes: 8600)
        let log = try LogFixture.open(directory)
        #expect(try LogFixture.frames(of: log) == frames)
        try directory.remove("00000002.seg")
        let damage = try log.verify()
        #expect(damage.map(\.kind) == [.missingSegment] && damage[0].sequences == nil)
        #expect(log.damage == damage)
        #expect(try LogFixture.frames(of: log) == frames)
    }
}
