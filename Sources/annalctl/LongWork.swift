import ControlAPI
import ControlClient

extension Session {
    /// How long work that takes long may say nothing: others' may go first.
    static let workPatience = Duration.seconds(300)

    /// Asks for work that takes long, and shows on a terminal how far it is.
    ///
    /// - Parameters:
    ///   - request: Its format is set here.
    ///   - what: What is being done, in words.
    ///   - type: What comes of it.
    /// - Returns: What came of it.
    /// - Throws: `ControlProblem`.
    func work<Report: Decodable & Sendable>(
        _ request: ControlRequest, _ what: String, as type: Report.Type
    ) async throws -> Report {
        let client = try client(patience: Self.workPatience)
        var progress = Progress(what)
        var report: Report?
        var problem: ControlProblem?
        do {
            try await client.lines(of: request, as: WorkLine<Report>.self) { line in
                switch line {
                case .progress(let step):
                    progress.show(Int(clamping: step.frames), of: Int(clamping: step.of), unit: .frames)
                case .report(let found): report = found
                case .problem(let found): problem = found
                }
            }
        } catch {
            progress.clear()
            throw error
        }
        progress.clear()
        if let problem { throw problem }
        guard let report else {
            throw ControlProblem(.failure, "The daemon's answer to \(request.path) has no end.")
        }
        return report
    }
}
