/// One line of an answer that takes long: how far the work is, again and again, and then what came of it.
package enum WorkLine<Report: Sendable>: Sendable {
    case progress(WorkProgress)
    case report(Report)
    case problem(ControlProblem)
}

/// How far long work has come.
package struct WorkProgress: Codable, Hashable, Sendable {
    /// Looked at, of ``of``.
    package var frames: UInt64
    package var of: UInt64

    package init(frames: UInt64, of: UInt64) {
        self.frames = frames
        self.of = of
    }
}

private enum WorkLineKeys: String, CodingKey {
    case progress, report, problem
}

extension WorkLine: Encodable where Report: Encodable {
    package func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: WorkLineKeys.self)
        switch self {
        case .progress(let progress): try fields.encode(progress, forKey: .progress)
        case .report(let report): try fields.encode(report, forKey: .report)
        case .problem(let problem): try fields.encode(problem, forKey: .problem)
        }
    }
}

extension WorkLine: Decodable where Report: Decodable {
    package init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: WorkLineKeys.self)
        if let progress = try fields.decodeIfPresent(WorkProgress.self, forKey: .progress) {
            self = .progress(progress)
        } else if let problem = try fields.decodeIfPresent(ControlProblem.self, forKey: .problem) {
            self = .problem(problem)
        } else {
            self = .report(try fields.decode(Report.self, forKey: .report))
        }
    }
}
