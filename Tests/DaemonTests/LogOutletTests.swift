import Glibc
import Testing

@testable import Daemon

/// Lines for a standard error that nobody may read.
@Suite(.timeLimit(.minutes(1))) struct LogOutletTests {
    private struct Pipe {
        let reading: Int32
        let writing: Int32

        init() throws {
            var ends: [Int32] = [0, 0]
            try #require(pipe(&ends) == 0)
            (reading, writing) = (ends[0], ends[1])
        }

        /// What comes until this is in it.
        func read(until words: String) -> String {
            var text = ""
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !text.contains(words) {
                let count = Glibc.read(reading, &buffer, buffer.count)
                guard count > 0 else { break }
                text += String(decoding: buffer[..<count], as: UTF8.self)
            }
            return text
        }
    }

    @Test func linesComeInOrder() throws {
        let pipe = try Pipe()
        let outlet = LogOutlet(descriptor: pipe.writing)
        for number in 0..<100 { outlet.say("line \(number)") }
        #expect(pipe.read(until: "line 99\n") == (0..<100).map { "line \($0)\n" }.joined())
        outlet.drain(upTo: .seconds(10))
    }

    @Test func aFullPipeHoldsNobodyAndWhatIsLostIsCounted() throws {
        let pipe = try Pipe()
        let outlet = LogOutlet(descriptor: pipe.writing, mostBytes: 1000)
        let line = String(repeating: "x", count: 99)
        // Four pipes' worth.
        let count = 4 * 65_536 / 100
        for _ in 0..<count { outlet.say(line) }
        outlet.drain(upTo: .milliseconds(10))
        var text = ""
        var (kept, lost) = (0, 0)
        // A test's time limit ends this where lines are missing.
        while kept + lost < count {
            text += pipe.read(until: "\n")
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            kept = lines.count { $0 == line }
            lost = lines.compactMap { $0.firstMatch(of: /lines lost: (\d+)$/).flatMap { Int($0.1) } }.reduce(0, +)
        }
        #expect(kept + lost == count)
        #expect(lost > 0)
    }

    @Test func aClosedOneIsNoMatter() throws {
        let outlet = LogOutlet(descriptor: 1_000_000)
        outlet.say("nobody hears")
        outlet.drain(upTo: .seconds(10))
    }
}
