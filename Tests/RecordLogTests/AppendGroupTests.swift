import StableStorage
import Synchronization
import Testing

@testable import RecordLog

/// Appends that wait together share a sync, and each gets its own sequences.
@Suite struct AppendGroupTests {
    @Test func manyAtOnceGoOutTogetherAndInOrder() async throws {
        let directory = HeapDirectory()
        let log = try LogFixture.open(directory)
        let acknowledged = Shared<[UInt64: [UInt8]]>([:])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<16 {
                group.addTask {
                    for number in 0..<25 {
                        let frames = (0...number % 3).map { place in
                            Frame(kind: .blob, payload: [UInt8(task), UInt8(number), UInt8(place)])
                        }
                        guard case .appended(let first, let last) = try log.append(frames, expectedHead: nil) else {
                            Issue.record("a conflict without an expectation")
                            return
                        }
                        #expect(last - first + 1 == UInt64(frames.count))
                        #expect(log.head >= last, "acknowledged is visible")
                        acknowledged.change { known in
                            for (place, frame) in frames.enumerated() { known[first + UInt64(place)] = frame.payload }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let frames = try LogFixture.frames(of: log)
        #expect(frames.count == acknowledged.value.count)
        for frame in frames { #expect(acknowledged.value[frame.sequence] == frame.payload) }
        for task in 0..<16 {
            let own = frames.filter { $0.payload[0] == UInt8(task) }.map { Int($0.payload[1]) }
            #expect(own == own.sorted(), "the order of one who asks is the order in the log")
        }
        #expect(try LogFixture.open(directory, access: .readOnly).head == log.head)
    }

    @Test func aFailedSyncFailsAllOfTheGroup() async throws {
        let failing = Shared(false)
        let log = try LogFixture.open(
            FaultyDirectory(HeapDirectory(), plan: FaultPlan { _ in failing.value }))
        _ = try log.append(LogFixture.batch(1), expectedHead: nil)
        failing.change { $0 = true }
        let failures = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    do {
                        _ = try log.append(LogFixture.batch(number), expectedHead: nil)
                        return false
                    } catch {
                        return true
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(failures == 8 && log.head == 3)
    }
}

/// Something that one thread changes and others look at.
private final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }

    func change(_ body: (inout Value) -> Void) { state.withLock { body(&$0) } }
}
