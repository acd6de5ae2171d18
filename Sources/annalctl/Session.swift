import ControlAPI
import ControlClient

/// Asks the daemon and prints what it answers.
struct Session: Sendable {
    let options: GlobalOptions

    /// The daemon, asked with as much patience as the options say.
    ///
    /// - Parameter patience: How long to wait for a byte where they say nothing.
    /// - Returns: The client.
    /// - Throws: `.wrongParameter` where the configuration file can't be used.
    func client(patience: Duration = ControlClient.usualPatience) throws(ControlProblem) -> ControlClient {
        ControlClient(
            socketPath: try options.socketPath(), patience: options.timeout.map { .seconds($0) } ?? patience)
    }

    /// Asks, and prints the answer: the daemon's bytes as they are, or text for people.
    ///
    /// - Parameters:
    ///   - request: Its format is set here.
    ///   - type: What the answer is.
    ///   - formats: How this answer can be printed.
    ///   - text: The answer for people, lines that end in a line feed.
    /// - Returns: The answer, where it came as one JSON document.
    /// - Throws: `ControlProblem`; `ClosedPipe`.
    @discardableResult
    func ask<Report: Decodable>(
        _ request: ControlRequest, as type: Report.Type, formats: [AnswerFormat] = [.table, .json],
        text: (Report) -> String
    ) async throws -> Report? {
        try check(formats)
        let client = try client()
        var request = request
        request.format = options.format == .table ? .json : options.format
        guard options.format == .table || options.format == .json else {
            try await stream(request, from: client)
            return nil
        }
        if options.format == .table {
            let report = try await client.answer(to: request, as: type)
            try StandardStreams.write(text(report))
            return report
        }
        let bytes = try await client.bytes(of: request)
        try StandardStreams.write(bytes)
        return try AnswerDecoder.decode(type, from: bytes)
    }

    /// Asks for an answer that may be large, in whatever format, and passes it on as it arrives.
    ///
    /// - Throws: `ControlProblem`; `ClosedPipe`.
    func passOn(
        _ request: ControlRequest, formats: [AnswerFormat], patience: Duration = ControlClient.usualPatience
    ) async throws {
        try check(formats)
        var request = request
        request.format = options.format
        request.query.append(("format", options.format.rawValue))
        try await stream(request, from: try client(patience: patience))
    }

    /// Passes an answer on as it arrives; on a terminal, nothing in it may control the terminal.
    private func stream(_ request: ControlRequest, from client: ControlClient) async throws {
        guard StandardStreams.isTerminal else {
            return try await client.stream(request) { try StandardStreams.write($0) }
        }
        var filter = TerminalFilter()
        try await client.stream(request) { try StandardStreams.write(filter.pass($0)) }
        try StandardStreams.write(filter.finish())
    }

    /// - Throws: `.unacceptableFormat`, naming those that there are.
    func check(_ formats: [AnswerFormat]) throws(ControlProblem) {
        guard !formats.contains(options.format) else { return }
        throw ControlProblem(
            .unacceptableFormat, "This can't be printed as \(options.format.rawValue).",
            remedy: "Formats here: \(formats.map(\.rawValue).joined(separator: ", ")).")
    }
}
