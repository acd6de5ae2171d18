import Archive
import ArgumentParser
import Glibc
import RecordLog
import StableStorage

/// How long it takes to open a log, against reading its bytes once.
struct ReplayCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Opening a log, in full and with its checkpoint, against reading it once.",
        discussion: "A log that is in the directory already is opened; else one is made, which takes minutes.")

    @Argument(help: "Of the log.")
    var directory: String

    @Option(help: "What the log is full of: \(SampleLog.Shape.allCases.map(\.rawValue).joined(separator: ", ")).")
    var shape = SampleLog.Shape.tables

    @Option(help: "How large the log is made.")
    var megabytes = 1024

    @Option(help: "Rounds, beside one that isn't counted.")
    var rounds = 9

    func run() throws {
        let place = try POSIXDirectory(path: directory)
        if try LogFiles(in: place, suffix: ".seg").byteCount() == 0 {
            try SampleLog(shape: shape, byteCount: megabytes << 20).make(in: place)
        }
        let segments = try LogFiles(in: place, suffix: ".seg")
        let log = try SegmentedLog(directory: place, access: .readOnly)
        var report = ReplayReport(
            machine: try Machine(directory: directory), rounds: rounds, shape: shape.rawValue,
            segmentBytes: try segments.byteCount(),
            indexBytes: try LogFiles(in: place, suffix: ".idx").byteCount(), frames: Int(log.head))
        for isCold in [false, true] {
            report.results += try measure(ReplayMeasure.all(of: segments), in: place, isCold: isCold)
        }
        print(try JSONText.of(report))
    }

    private func measure(
        _ measures: [ReplayMeasure], in place: POSIXDirectory, isCold: Bool
    ) throws -> [ReplayReport.Result] {
        var seconds: [String: [Double]] = [:]
        for round in 0...rounds {
            for measure in measures.shuffled() {
                if isCold { try LogFiles(in: place).forget() }
                let taken = try Stopwatch.seconds { try measure.run(place) }
                if round > 0 { seconds[measure.name, default: []].append(taken) }
            }
        }
        let reading = seconds[ReplayMeasure.reading] ?? []
        return measures.compactMap { measure in
            seconds[measure.name].map {
                ReplayReport.Result(measure.name, isCold: isCold, seconds: $0, reading: reading)
            }
        }
    }
}

/// One way through a log.
struct ReplayMeasure {
    static let reading = "read once"

    let name: String
    let run: (POSIXDirectory) throws -> Void

    /// Reading the bytes, and everything that is compared with it.
    static func all(of segments: LogFiles) -> [ReplayMeasure] {
        [
            ReplayMeasure(name: reading) { _ in try segments.readOnce() },
            ReplayMeasure(name: "log, full") { _ = try log(in: $0, usesCheckpoint: false) },
            ReplayMeasure(name: "log, checkpoint") { _ = try log(in: $0, usesCheckpoint: true) },
            ReplayMeasure(name: "archive, full") { try openArchive(on: log(in: $0, usesCheckpoint: false)) },
            ReplayMeasure(name: "archive, checkpoint") { try openArchive(on: log(in: $0, usesCheckpoint: true)) },
        ]
    }

    private static func log(in place: POSIXDirectory, usesCheckpoint: Bool) throws -> SegmentedLog {
        var options = LogOptions()
        options.usesCheckpoint = usesCheckpoint
        return try SegmentedLog(directory: place, options: options, access: .readOnly)
    }

    private static func openArchive(on log: SegmentedLog) throws {
        let archive = try Archive(log: log) { WallClock.now() }
        guard archive.problems.isEmpty else { throw BenchmarkError("the log is damaged") }
    }
}

/// What `replay` prints.
struct ReplayReport: Encodable {
    let machine: Machine
    let rounds: Int
    let shape: String
    let segmentBytes: Int
    let indexBytes: Int
    let frames: Int
    var results: [Result] = []

    init(machine: Machine, rounds: Int, shape: String, segmentBytes: Int, indexBytes: Int, frames: Int) {
        self.machine = machine
        self.rounds = rounds
        self.shape = shape
        self.segmentBytes = segmentBytes
        self.indexBytes = indexBytes
        self.frames = frames
    }

    /// Of one measure, with the log in the page cache or not.
    struct Result: Encodable {
        let name: String
        let isCold: Bool
        let seconds: Spread
        /// To reading the bytes once, in the same round.
        let ratio: Spread

        init(_ name: String, isCold: Bool, seconds: [Double], reading: [Double]) {
            self.name = name
            self.isCold = isCold
            self.seconds = Spread(seconds)
            ratio = Spread(zip(seconds, reading).map { $0 / $1 })
        }
    }
}
