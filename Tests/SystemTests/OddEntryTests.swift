import Foundation
import Glibc
import Testing

extension SystemTests {
    /// What is no file, and names that nobody would choose.
    @Suite struct OddEntries {
        private let noFiles = ["pipe-2011.csv", "link-2011.txt", "talk-2011.csv"]

        @Test func whatIsNoFileStaysAndIsShown() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let socket = try strew(place.inbox)
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["file"].text } == ["crops-2011.csv"])
                    expectRefusals(in: try await place.ask("status"))
                    for name in noFiles + ["Not A Dataset.csv"] {
                        #expect(Files.size(place.inbox + "/" + name) != nil, "\(name) stays")
                    }
                    #expect(Files.size(Repository.foundingFile) ?? 0 > 0)
                    socket.close()
                }
            }
        }

        /// Puts a FIFO, a link, a socket and an empty directory into the inbox.
        private func strew(_ inbox: String) throws -> BoundSocket {
            try SystemError.check("mkfifo", mkfifo(inbox + "/pipe-2011.csv", 0o644))
            try SystemError.check("symlink", symlink(Repository.foundingFile, inbox + "/link-2011.txt"))
            try Files.makeDirectory(inbox + "/Not A Dataset.csv")
            return try BoundSocket(at: inbox + "/talk-2011.csv", kind: SOCK_STREAM)
        }

        private func expectRefusals(in status: JSON) {
            let refused = status["inbox"]["refused"].items
            #expect(Set(refused.compactMap { $0["file"].text }).isSuperset(of: noFiles), "\(refused)")
            #expect(refused.allSatisfy { $0["reason"]["message"].text?.isEmpty == false })
            #expect(refused.allSatisfy { $0["reason"]["remedy"].text?.isEmpty == false })
            #expect(status["inbox"]["pending"].int == 0)
            #expect(status["state"].text == "ready")
        }

        /// A subdirectory is looked into; it names the dataset where one of its name is recorded or defined.
        @Test func aDirectoryGivesADatasetThatIsKnown() async throws {
            try await Workplace.with { place in
                try place.define("turnips")
                try await place.withDaemon { _ in
                    for directory in ["potatoes/may", "turnips", "2011"] {
                        try Files.makeDirectory(place.inbox + "/" + directory)
                    }
                    try place.drop(SmallTables.csv(1), as: "2011/crops-2010.csv")
                    try place.drop(SmallTables.csv(2), as: "turnips/2010.csv")
                    // Not known, and then it is: by a file before it, which may be examined beside it.
                    try place.drop(SmallTables.csv(3), as: "potatoes-2010.csv")
                    try place.drop(SmallTables.csv(4), as: "potatoes/may/2011.csv")
                    // By name: within a tick of the clock they arrive together.
                    let drops = try await place.synchronise().sorted { $0["file"].text! < $1["file"].text! }
                    let datasets = drops.map { $0["dataset"].text }
                    #expect(datasets == ["crops", "potatoes", "potatoes", "turnips"], "\(drops)")
                    let codes = drops.map { $0["findings"].items.compactMap { $0["code"].text } }
                    #expect(codes == [["folder-names-no-dataset"], [], [], []])
                    let said = try await place.annalctl("drops")
                    #expect(said.output.contains("No dataset is called `2011`"), "\(said)")
                    #expect(FileManager.default.fileExists(atPath: place.inbox + "/potatoes"))
                }
            }
        }

        /// What lies there and can't be taken is named, and nobody takes a sync for "everything is taken".
        @Test func aSyncNamesWhatItCantTake() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: "crops-2011.csv")
                    #expect(try await place.annalctl("sync").code == 0)
                    try SystemError.check("symlink", symlink(Repository.foundingFile, place.inbox + "/link-2011.txt"))
                    let text = try await place.annalctl("sync")
                    #expect(text.code == 1 && text.output.contains("link-2011.txt"), "\(text)")
                    let json = try await place.annalctl("sync", "--format", "json")
                    #expect(json.code == 1)
                    #expect(json.json["held"].items.map { $0["file"].text } == ["link-2011.txt"])
                    #expect(json.json["held"][0]["reason"]["remedy"].text?.isEmpty == false)
                    unlink(place.inbox + "/link-2011.txt")
                    #expect(try await place.annalctl("sync").code == 0)
                }
            }
        }

        @Test(arguments: [
            ".hidden-2011.csv", "a-2011.csv~", "a-2011.csv.part", "a-2011.filepart", "a-2011.tmp", "a.crdownload",
        ])
        func namesOfFilesInTheMakingAreNoDrops(_ name: String) async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    try place.drop(SmallTables.csv(1), as: name)
                    let drops = try await place.synchronise()
                    #expect(drops.isEmpty)
                    #expect(try place.waiting.keys.contains(name))
                }
            }
        }

        /// Codes that are escape sequences or formulas reach neither a terminal nor a spreadsheet as such.
        @Test func textFromTablesIsHarmless() async throws {
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let text = "region,value\n=1+1,8\n+2,9\n@x,1013\na\u{1B}[31mb,50017\n"
                    try place.drop(text, as: "crops-2011.csv")
                    let drops = try await place.synchronise()
                    guard drops.first?["outcome"].text == "new" else {
                        // A reader may refuse such codes; then the reason is what must be harmless.
                        let plain = try await place.annalctl("quarantine", "list")
                        #expect(!plain.output.contains("\u{1B}"))
                        return
                    }
                    let csv = try await place.annalctl("show", "crops", "2011", "--format", "csv").csv
                    #expect(csv.count == 5)
                    for field in csv.dropFirst().flatMap({ $0.split(separator: ",") }) {
                        let first = field.first { $0 != "\"" }
                        #expect(first != "=" && first != "@", "\(field)")
                        #expect(first != "+" || Int(field) != nil, "\(field)")
                    }
                    for format in ["table", "csv"] {
                        let shown = try await place.annalctl("show", "crops", "2011", "--format", format)
                        #expect(shown.code == 0)
                        #expect(!shown.output.contains("\u{1B}"), "\(format)")
                    }
                }
            }
        }

        /// The bytes in the name, and how they are shown.
        static let oddNames: [(bytes: [UInt8], shown: String)] = [
            (Array("crops\n2011.csv".utf8), "crops%0A2011.csv"),
            (Array("crops\u{1B}[31m 2011.csv".utf8), "crops%1B[31m 2011.csv"),
            (Array("crops".utf8) + [0xFF, 0xFE] + Array(" 2011.csv".utf8), "crops%FF%FE 2011.csv"),
            (
                Array((String(repeating: "x", count: 246) + "-2011.csv").utf8),
                String(repeating: "x", count: 246) + "-2011.csv"
            ),
        ]

        @Test(arguments: oddNames.indices) func aNameIsOnlyAName(_ index: Int) async throws {
            let (name, shown) = Self.oddNames[index]
            try await Workplace.with { place in
                try await place.withDaemon { _ in
                    let text = Array(SmallTables.csv(1).utf8)
                    try place.drop(text, as: name)
                    let drops = try await place.synchronise()
                    #expect(drops.map { $0["outcome"].text } == ["new"], "\(drops)")
                    #expect(drops.map { $0["file"].text } == [shown])
                    #expect(drops.map { $0["year"].int } == [2011])
                    // Filed under its raw name, shortened to what a directory takes.
                    let filed = try Files.tree(place.state + "/done")
                    #expect(filed.count == 1)
                    let base = filed.first?.split(separator: 0x2F).last.map(Array.init) ?? []
                    #expect(base.count <= 255)
                    #expect(name.count + 9 > 255 || Array(base.dropFirst(9)) == name)
                    #expect(try place.done.values.first == text)
                    // On a terminal as little as in a pipe.
                    for command in ["drops", "status"] {
                        let plain = try await place.annalctl(command)
                        #expect(plain.code == 0)
                        #expect(!plain.output.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
                    }
                    #expect(!place.said.unicodeScalars.contains { $0.value == 0x1B })
                }
            }
        }
    }
}

/// A socket at a path.
struct BoundSocket {
    let descriptor: Int32

    init(at path: String, kind: __socket_type) throws {
        descriptor = try SystemError.check("socket", socket(AF_UNIX, Int32(kind.rawValue), 0))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        precondition(path.utf8.count < MemoryLayout.size(ofValue: address.sun_path), "a path that fits")
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let result = withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        try SystemError.check("bind", result)
    }

    func close() { Glibc.close(descriptor) }
}
