import ControlAPI
import Glibc

/// How far long work has come: one line on standard error that is written over, and only where that is a terminal.
struct Progress {
    /// What is counted.
    enum Unit {
        case bytes, frames
    }

    private let what: String
    private let isShown = isatty(STDERR_FILENO) == 1
    private var lastShown: ContinuousClock.Instant?

    /// Nothing is shown of work that is done within this time, and then not more often.
    private static let interval = Duration.milliseconds(200)

    init(_ what: String) {
        self.what = what
        lastShown = isShown ? .now : nil
    }

    /// Shows how much of it is done.
    mutating func show(_ done: Int, of total: Int, unit: Unit) {
        guard let last = lastShown, last.duration(to: .now) >= Self.interval else { return }
        lastShown = .now
        let numbers =
            switch unit {
            case .bytes: "\(done >> 20) of \(total >> 20) MiB"
            case .frames: "\(done) of \(total) frames"
            }
        StandardStreams.writeError("\r\(TerminalText.sanitised(what)): \(numbers)\u{1B}[K")
    }

    /// Takes the line away again.
    func clear() {
        guard isShown else { return }
        StandardStreams.writeError("\r\u{1B}[K")
    }
}
