import Foundation
import Testing

extension SystemTests {
    @Suite struct Terminals {
        private static let hostile = "region,value\nNo\u{9B}31mrth,1\nSo\u{202E}uth,2\nWest,3\n =1+1,4\n"

        private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.value {
            case 0x0A, 0x0D: false
            case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E: true
            default: false
            }
        }

        /// In a pipe CSV keeps the data but for ESC and its like; on a terminal nothing controls it, in any format.
        @Test func nothingControlsATerminal() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(Self.hostile, as: "crops-2011.csv")
                    #expect(try await place.synchronise().map { $0["outcome"].text } == ["new"])
                    for format in ["table", "json", "csv", "ndjson", "json-stat"] {
                        let words = [
                            Repository.program("annalctl"), "show", "crops", "2011", "--format", format, "--socket",
                            place.socket,
                        ]
                        let shown = try await Answer.of(
                            "script", ["-qec", words.joined(separator: " "), "/dev/null"])
                        #expect(shown.code == 0, "\(shown)")
                        #expect(shown.output.contains("uth"), "\(shown)")
                        #expect(!shown.output.unicodeScalars.contains(where: Self.isControl), "\(format): \(shown)")
                    }
                    let piped = try await place.annalctl("show", "crops", "2011", "--format", "csv").output
                    #expect(piped.contains("No\u{9B}31mrth") && piped.contains("So\u{202E}uth"))
                    #expect(piped.contains("=1+1") && !piped.contains(",=1+1"), "\(piped)")
                    let json = try await place.annalctl("show", "crops", "2011", "--format", "json")
                    #expect(!json.output.unicodeScalars.contains(where: Self.isControl))
                    #expect(json.json["dimensions"][0]["categories"][0]["code"].text == "No\u{9B}31mrth")
                }
            }
        }
    }
}
