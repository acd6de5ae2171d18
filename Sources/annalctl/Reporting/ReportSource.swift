import ControlAPI
import ControlClient

/// Asks the daemon what a report is made of, always as the log was when the report was begun, and says by which commands
/// anybody gets the same.
struct ReportSource {
    /// The rows of an answer that a report looks for among many.
    struct Found<Row> {
        /// The first of them.
        var rows: [Row] = []
        var count = 0
    }

    let dataset: String
    private let client: ControlClient
    private let moment: [(name: String, value: String)]

    /// - Parameters:
    ///   - dataset: Its id.
    ///   - client: Who is asked.
    ///   - moment: What limits every question; it names an entry of the log.
    init(_ dataset: String, client: ControlClient, moment: [(name: String, value: String)]) {
        self.dataset = dataset
        self.client = client
        self.moment = moment
    }

    /// Asks for a part of the dataset, by the segments of its path.
    ///
    /// - Throws: `ControlProblem`.
    func answer<Value: Decodable>(
        _ path: [String], _ query: [(name: String, value: String)] = [], as type: Value.Type = Value.self
    ) async throws -> Value {
        try await client.answer(to: request(path, query), as: type)
    }

    /// Asks for the ids of the dataset's dimensions, in order, which no entry of the log limits.
    ///
    /// - Throws: `ControlProblem`.
    func dimensions() async throws -> [String] {
        let request = ControlRequest(.get, ControlRequest.path("datasets", dataset))
        return try await client.answer(to: request, as: DatasetReport.self).dimensions
    }

    /// Asks for the files in quarantine, which no entry of the log limits.
    ///
    /// - Throws: `ControlProblem`.
    func quarantined() async throws -> [QuarantinedReport] {
        let report = try await client.answer(to: ControlRequest(.get, "/v1/quarantine"), as: QuarantineReport.self)
        return report.quarantined.filter { $0.dataset == dataset }
    }

    /// Looks through an answer for rows whose bytes hold a word and that are wanted.
    ///
    /// - Throws: `ControlProblem`.
    func rows<Row: Decodable>(
        _ path: [String], _ query: [(name: String, value: String)], holding word: String, atMost limit: Int,
        _ isWanted: (Row) -> Bool
    ) async throws -> Found<Row> {
        var found = Found<Row>()
        let word = Array(word.utf8)
        try await client.rawLines(of: request(path, query)) { line in
            guard Self.holds(line, word) else { return }
            let row = try AnswerDecoder.decode(Row.self, from: line)
            guard isWanted(row) else { return }
            found.count += 1
            if found.rows.count < limit { found.rows.append(row) }
        }
        return found
    }

    /// The first row of an answer; nil where it has none.
    ///
    /// - Throws: `ControlProblem`.
    func firstRow<Row: Decodable>(_ path: [String], as type: Row.Type) async throws -> Row? {
        var first: [UInt8]?
        do {
            try await client.rawLines(of: request(path, [])) { line in
                first = line
                throw Enough()
            }
        } catch is Enough {
            // The rest isn't wanted; leaving ends it.
        }
        return try first.map { try AnswerDecoder.decode(type, from: $0) }
    }

    private struct Enough: Error {}

    private func request(_ path: [String], _ query: [(name: String, value: String)]) -> ControlRequest {
        ControlRequest(.get, ControlRequest.path(["datasets", dataset] + path), query: query + moment)
    }

    private static func holds(_ line: [UInt8], _ word: [UInt8]) -> Bool {
        guard let first = word.first, line.count >= word.count else { return false }
        let last = line.count - word.count
        var place = 0
        while place <= last {
            if line[place] == first, line[place..<place + word.count].elementsEqual(word) { return true }
            place += 1
        }
        return false
    }

    // MARK: Commands

    /// The command that gives the same as an answer, with what limits the question.
    func command(_ words: String..., piped: String? = nil) -> String { command(words, piped: piped) }

    /// The same of words in an array.
    func command(_ words: [String], piped: String? = nil) -> String {
        let options = moment.flatMap { ["--" + $0.name.replacing("_", with: "-"), $0.value] }
        let line = (["annalctl"] + words + options).map(Self.quoted).joined(separator: " ")
        return line + (piped.map { " | \($0)" } ?? "")
    }

    /// As a shell takes it for one word.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x2B...0x3A, 0x3D, 0x40...0x5A, 0x5F, 0x61...0x7A: true
            default: false
            }
        }
        return isPlain && !word.isEmpty ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
