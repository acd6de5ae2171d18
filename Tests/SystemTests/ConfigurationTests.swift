import Foundation
import Testing

extension SystemTests {
    @Suite struct Configuring {
        @Test func checkConfigOfAGoodOne() async throws {
            try await Workplace.with(configuration: "settle_seconds: 3\n") { place in
                let answer = try await place.annald("--config", place.configuration, "--check-config")
                #expect(answer.code == 0, "\(answer)")
                let shipped = try await place.annald(
                    "--check-config", "--config", Repository.root + "/Config/annald.yaml")
                #expect(shipped.code == 0, "\(shipped)")
                // Nothing was started or made.
                #expect(!FileManager.default.fileExists(atPath: place.state))
            }
        }

        @Test(arguments: [
            ("log_level: info\n\nsettle_seconds: never\n", "annald.yaml:3", "settle_seconds"),
            ("inbox: relative/path\n", "annald.yaml:1", "absolute"),
            ("log_level: info\ncolour: red\n", "annald.yaml:2", "colour"),
            ("log_level: info\nlog_level: debug\n", "annald.yaml", "log_level"),
            ("log_level: info\nsocket_group: nobody-is-in-it\n", "annald.yaml:2", "nobody-is-in-it"),
            ("admin_group: nobody-is-in-it\n", "annald.yaml:1", "admin_group"),
            ("- a\n- b\n", "annald.yaml", "key"),
            ("inbox: [\n", "annald.yaml", "YAML"),
        ])
        func checkConfigOfABadOne(_ text: String, _ place: String, _ word: String) async throws {
            try await Workplace.with(configuration: text) { workplace in
                let answer = try await workplace.annald("--config", workplace.configuration, "--check-config")
                #expect(answer.code != 0)
                #expect(answer.errors.contains(place), "\(answer)")
                #expect(answer.errors.contains(word), "\(answer)")
                let start = try await Answer.of(Repository.program("annald"), workplace.placement)
                #expect(start.code == answer.code, "a start refuses it too")
                #expect(!FileManager.default.fileExists(atPath: workplace.socket))
            }
        }

        @Test func checkConfigLooksAtDefinitions() async throws {
            try await Workplace.with { place in
                let file = place.root + "/config/datasets.d/crops.yaml"
                try Files.write("dataset: crops\ntitle: Crops\ndialekt: ssb\n", to: file)
                let answer = try await place.annald("--config", place.configuration, "--check-config")
                #expect(answer.code != 0)
                #expect(answer.errors.contains("crops.yaml"), "\(answer)")
                #expect(answer.errors.contains("dialekt"), "\(answer)")
                #expect(answer.errors.contains("3"), "the line: \(answer)")
            }
        }

        @Test func aMissingFileIsAnError() async throws {
            try await Workplace.with { place in
                let missing = place.root + "/nowhere.yaml"
                let answer = try await place.annald("--config", missing, "--check-config")
                #expect(answer.code != 0)
                #expect(answer.errors.contains(missing), "\(answer)")
            }
        }

        @Test func flagsOverEnvironmentOverFile() async throws {
            try await Workplace.with { place in
                let file = place.root + "/from-file"
                let environment = place.root + "/from-environment"
                for path in [file, environment] { try Files.makeDirectory(path) }
                try Files.write("inbox: \(file)\n", to: place.configuration)
                func inbox(_ flags: [String], _ variables: [String: String]) async throws -> String? {
                    try await place.inboxOfDaemon(flags, variables)
                }
                #expect(try await inbox([], [:]) == file)
                #expect(try await inbox([], ["ANNALD_INBOX": environment]) == environment)
                #expect(try await inbox(["--inbox", place.inbox], ["ANNALD_INBOX": environment]) == place.inbox)
            }
        }

        @Test func anUnknownVariableIsAnError() async throws {
            try await Workplace.with { place in
                let answer = try await place.annald(
                    "--config", place.configuration, "--check-config", environment: ["ANNALD_INBOKS": "/tmp"])
                #expect(answer.code != 0)
                #expect(answer.errors.contains("ANNALD_INBOKS"), "\(answer)")
            }
        }
    }
}

extension Workplace {
    /// Starts a daemon that gets its inbox by flags and variables alone, and asks which one it watches.
    fileprivate func inboxOfDaemon(_ flags: [String], _ variables: [String: String]) async throws -> String? {
        let placed = variables.merging(["ANNALD_STATE": state, "ANNALD_SOCKET": socket]) { $1 }
        let start = DaemonStart(
            environment: placed, placement: ["--config", configuration] + flags)
        return try await withDaemon(start) { _ in try await ask("status")["inbox"]["path"].text }
    }
}
