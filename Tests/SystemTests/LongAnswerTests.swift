import Foundation
import Testing

extension SystemTests {
    /// Answers of a table that is large for its client's memory, though small for a test.
    @Suite struct LongAnswers {
        private static let regions = 100
        private static let groups = 1000

        /// Two dimensions and too many columns for a matrix: a line a cell, as in every larger table.
        private static func table(_ year: Int) -> String {
            var text = "region,group,deaths\n"
            for region in 0..<regions {
                for group in 0..<groups { text += "Region \(region),Group \(group),\(region * group % 977 + year)\n" }
            }
            return text
        }

        /// Most of the answer has passed through `annalctl` when its peak is looked at.
        private static func peakBytes(of arguments: [String], after bytes: Int) async throws -> Int {
            let script = """
                directory=$(mktemp -d) && mkfifo "$directory/pipe" || exit 9
                "$@" > "$directory/pipe" & pid=$!
                { head -c \(bytes) > /dev/null; grep VmHWM "/proc/$pid/status"; cat > /dev/null; } < "$directory/pipe"
                rm -r "$directory"; wait $pid
                """
            let answer = try await Answer.of("bash", ["-c", script, "bash"] + arguments)
            #expect(answer.code == 0, "\(answer)")
            let kibibytes = answer.output.split(separator: " ").compactMap { Int($0) }.first
            return 1024 * (try #require(kibibytes, "\(answer)"))
        }

        @Test func theyPassThroughLittleMemory() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.table(2010), as: "deaths-2010.csv")
                    try place.drop(Self.table(2011), as: "deaths-2011.csv")
                    let outcomes = try await place.synchronise(timeoutSeconds: 120).map { $0["outcome"].text }
                    #expect(outcomes == ["new", "new"])
                    for question in [["show", "deaths", "2011"], ["delta", "deaths"]] {
                        for format in ["table", "json", "ndjson", "csv", "json-stat"] {
                            if question[0] == "delta", format == "json-stat" { continue }
                            let words = question + ["--format", format, "--socket", place.socket]
                            let whole = try await Answer.of(Repository.program("annalctl"), words).output
                            #expect(whole.utf8.count > 1 << 20)
                            let peak = try await Self.peakBytes(
                                of: [Repository.program("annalctl")] + words, after: whole.utf8.count - (300 << 10))
                            #expect(peak < 64 << 20, "\(words): \(peak) bytes")
                        }
                    }
                    let table = try await place.annalctl("show", "deaths", "2011").lines
                    #expect(table.count { $0.hasPrefix("Region ") } == Self.regions * Self.groups)
                }
            }
        }

        /// A reader who has seen enough ends the answer, and the daemon goes on.
        @Test func aReaderMayLeave() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.table(2011), as: "deaths-2011.csv")
                    _ = try await place.synchronise(timeoutSeconds: 120)
                    for format in ["table", "json", "csv", "json-stat"] {
                        let script =
                            #""$0" show deaths 2011 --format "$1" --socket "$2" | head -c 1000 | wc -c; echo "${PIPESTATUS[0]}""#
                        let answer = try await Answer.of(
                            "bash", ["-c", script, Repository.program("annalctl"), format, place.socket])
                        #expect(answer.lines == ["1000", "0"], "\(answer)")
                    }
                    #expect(try await place.annalctl("datasets").code == 0)
                }
            }
        }
    }
}
