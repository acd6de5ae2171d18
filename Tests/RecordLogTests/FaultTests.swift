import Glibc
import StableStorage
import Testing

@testable import RecordLog

/// The k-th input or output fails, for every k: nothing acknowledged is lost, and nothing is written after a failure.
@Suite struct FaultTests {
    /// A log's life: opened, appended to over some segments, closed, opened again, appended to.
    private struct Life {
        var acknowledged: [Frame] = []
        /// What was asked for last and not acknowledged.
        var attempted: [Frame] = []
        var errors: [RecordLogError] = []

        mutating func run(_ directory: any Directory, rounds: Int) {
            for round in 0..<rounds {
                do {
                    let options = LogFixture.options(segmentBytes: 8500, step: 256, seed: UInt64(round) * 1000 + 1)
                    let log = try SegmentedLog(directory: directory, options: options)
                    for number in 1...3 { try append(LogFixture.batch(round * 3 + number), to: log) }
                    if round % 2 == 0 { try log.close() }
                } catch {
                    errors.append(error)
                }
            }
        }

        private mutating func append(_ frames: [Frame], to log: SegmentedLog) throws(RecordLogError) {
            let head = log.head
            do throws(RecordLogError) {
                guard case .appended(_, let last) = try log.append(frames, expectedHead: head) else {
                    Issue.record("a conflict with nobody")
                    return
                }
                // A batch that failed before may have become durable all the same.
                if head > acknowledged.count { acknowledged += attempted }
                acknowledged += frames
                attempted = []
                #expect(last == acknowledged.count)
            } catch {
                errors.append(error)
                guard case .storage = error else { return }
                if head > acknowledged.count { acknowledged += attempted }
                attempted = frames
            }
        }
    }

    /// What is in the log must be what was acknowledged, and behind it at most the batch that failed.
    private func expectAllThere(_ life: Life, in directory: HeapDirectory, _ comment: Comment) throws {
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 999))
        #expect(log.recovery.damage == [], comment)
        let found = try LogFixture.frames(of: log).map { Frame(kind: $0.kind, payload: $0.payload) }
        #expect(found.starts(with: life.acknowledged), comment)
        let rest = Array(found.dropFirst(life.acknowledged.count))
        #expect(rest.isEmpty || rest == life.attempted, comment)
    }

    /// What a log says after a restart without a reboot must outlive a power cut, though memory shows more than the disk.
    private func expectWhatCountsToLast(_ directory: HeapDirectory, _ comment: Comment) throws {
        let log = try LogFixture.open(directory, options: LogFixture.options(seed: 999))
        let counted = try LogFixture.frames(of: log)
        let left = try LogFixture.open(directory.afterPowerCut(), options: LogFixture.options(seed: 1999))
        #expect(left.recovery.damage == [] && left.head == log.head, comment)
        #expect(try LogFixture.frames(of: left) == counted, comment)
    }

    /// After a write or sync of a segment failed, nothing more goes into it; a cut is allowed.
    private func expectNoWriteAfterFailure(_ plan: FaultPlan, _ comment: Comment) {
        let log = plan.log
        for (place, failed) in log.enumerated()
        where failed.hasFailed && [.write, .sync].contains(failed.kind) && failed.path.hasSuffix(".seg") {
            let later = log[(place + 1)...].filter { $0.path == failed.path }.prefix { $0.kind != .create }
            #expect(!later.contains { $0.kind == .write }, comment)
        }
    }

    @Test(arguments: [EIO, ENOSPC], [false, true])
    func theKthFails(code: Int32, forGood: Bool) throws {
        var k = 0
        while true {
            let fault = k
            let plan = FaultPlan(code: code) { forGood ? $0 >= fault : $0 == fault }
            let heap = HeapDirectory()
            var life = Life()
            life.run(FaultyDirectory(heap, plan: plan), rounds: 3)
            guard !plan.failed.isEmpty else { break }
            let comment: Comment = "operation \(k): \(plan.log[k])"
            expectNoWriteAfterFailure(plan, comment)
            try expectAllThere(life, in: HeapDirectory(heap.files), comment)
            try expectAllThere(life, in: heap.afterPowerCut(), "\(comment), then a power cut")
            try expectWhatCountsToLast(heap, comment)
            k += 1
        }
        #expect(k > 60)
    }

    @Test func afterAFailedSyncTheLogOnlyReads() throws {
        let counting = FaultPlan { _ in false }
        let rehearsal = FaultyDirectory(HeapDirectory(), plan: counting)
        _ = try LogFixture.open(rehearsal).append(LogFixture.batch(1), expectedHead: 0)
        // The next asks for the size, then comes a write, and then its sync.
        let sync = counting.log.count + 2
        let plan = FaultPlan { $0 == sync }
        let log = try LogFixture.open(FaultyDirectory(HeapDirectory(), plan: plan))
        _ = try log.append(LogFixture.batch(1), expectedHead: 0)
        #expect(throws: RecordLogError.self) { try log.append(LogFixture.batch(2), expectedHead: 3) }
        #expect(plan.failed.map(\.kind) == [.sync])
        guard case .readOnly(let reason) = log.condition else {
            Issue.record("the log says \(log.condition)")
            return
        }
        #expect(reason.contains("Can't sync /heap/00000001.seg"))
        let writes = plan.log.count
        #expect(throws: RecordLogError.readOnly(reason: reason)) {
            try log.append(LogFixture.batch(2), expectedHead: 3)
        }
        try log.close()
        #expect(plan.log.count == writes)
        #expect(log.head == 3)
        #expect(try LogFixture.frames(of: log).map(\.payload) == LogFixture.batch(1).map(\.payload))
    }
}
