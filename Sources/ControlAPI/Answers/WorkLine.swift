/// One line of an answer that takes long: how far the work is, again and again, and then what came of it.
package enum WorkLine<Report: Sendable>: Sendable {
    case progress(WorkProgress)
    case report(Report)
    case problem(ControlProblem)
}

/// How far long work has come.
package struct WorkProgress: Decodable, Hashable, Sendable, JSONWritable {
    /// Looked at, of ``of``.
    package var frames: UInt64
    package var of: UInt64

    package init(frames: UInt64, of: UInt64) {
        self.frames = frames
        self.of = of
    }

    package func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("frames", frames)
            json.field("of", of)
        }
    }
}

private enum WorkLineKeys: String, CodingKey {
    case progress, report, problem
}

extension WorkLine: JSONWritable where Report: JSONWritable {
    package func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .progress(let progress): json.field(WorkLineKeys.progress.rawValue, progress)
            case .report(let report): json.field(WorkLineKeys.report.rawValue, report)
            case .problem(let problem): json.field(WorkLineKeys.problem.rawValue, problem)
            }
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
