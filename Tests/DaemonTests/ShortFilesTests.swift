import Glibc
import Testing

@testable import Daemon
@testable import Inbox

@Suite struct ShortFilesTests {
    private func ready(_ sizes: [Int]) -> [SettleBook.Ready] {
        sizes.enumerated().map { number, size in
            var raw = stat()
            raw.st_size = size
            let arrival = Arrival(path: Array("t-\(number).csv".utf8), status: FileStatus(raw))
            return SettleBook.Ready(arrival: arrival, wasMovedIn: true)
        }
    }

    private func counts(_ sizes: [Int], threads: Int = 2) -> [Int] {
        let files = ready(sizes)
        let groups = ShortFiles.groups(files, threadCount: threads)
        #expect(groups.flatMap { $0 } == files, "all of them, in their order")
        return groups.map(\.count)
    }

    private let long = Int(ShortFiles.mostBytes) + 1

    @Test func `a few files go each by itself`() {
        #expect(counts([]) == [])
        #expect(counts([1]) == [1])
        #expect(counts([1, 1, 1]) == [1, 1, 1])
    }

    @Test func `of many, each thread has some`() {
        #expect(counts([1, 1, 1, 1]) == [2, 2])
        #expect(counts([Int](repeating: 1, count: 7)) == [3, 3, 1])
        #expect(counts([Int](repeating: 1, count: 40)) == [8, 8, 8, 8, 8])
        #expect(counts([1, 1, 1, 1], threads: 8) == [1, 1, 1, 1])
    }

    @Test func `a long one goes by itself`() {
        #expect(counts([1, long, 1, 1, 1, 1, long, long, 1, 1]) == [1, 1, 4, 1, 1, 2])
    }
}
