import ControlAPI
import ControlClient
import Dispatch
import Testing

@testable import ControlServer

@Suite struct BlockingWorkTests {
    /// Two are at work, one waits: a fourth is told so at once; when they are done there is room again.
    @Test func whoFindsNoRoomIsTold() async throws {
        let work = BlockingWork(threads: 2, waiting: 1)
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<3 {
                group.addTask {
                    try await work.run {
                        gate.wait()
                        return number
                    }
                }
            }
            while work.inHand < 3 { try await Task.sleep(for: .milliseconds(1)) }
            let problem = await #expect(throws: ControlProblem.self) { try await work.run {} }
            #expect(problem?.kind == .busy)
            #expect(problem?.exitCode == .unavailable)
            for _ in 0..<3 { gate.signal() }
            var done: Set<Int> = []
            for try await number in group { done.insert(number) }
            #expect(done == [0, 1, 2])
        }
        #expect(work.inHand == 0)
        #expect(try await work.run { 7 } == 7)
        try await work.stop()
    }

    /// Who goes over the whole log has threads of their own.
    @Test func tablesAreReadWhileTheLogIsChecked() async throws {
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 { group.addTask { try await BlockingWork.wholeLog.run { gate.wait() } } }
            while BlockingWork.wholeLog.inHand < 4 { try await Task.sleep(for: .milliseconds(1)) }
            try await RunningServer.with { server async throws in
                #expect(try await server.text("datasets/crops/years/2011").contains("cells"))
            }
            for _ in 0..<4 { gate.signal() }
            try await group.waitForAll()
        }
    }

    /// Who wants lines and finds no room gets one that says so, and the answer ends.
    @Test func anAnswerInLinesEndsWhereThereIsNoRoom() async throws {
        let gate = DispatchSemaphore(value: 0)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await BlockingWork.wholeLog.run { gate.wait() } } }
            while BlockingWork.wholeLog.inHand < 10 { try await Task.sleep(for: .milliseconds(1)) }
            try await RunningServer.with { server async throws in
                var problem: ControlProblem?
                try await server.client.lines(
                    of: ControlRequest(.get, "/v1/log/verify"), as: WorkLine<VerificationReport>.self
                ) { line in
                    if case .problem(let found) = line { problem = found }
                }
                #expect(problem?.kind == .busy)
            }
            for _ in 0..<10 { gate.signal() }
            try await group.waitForAll()
        }
    }
}
