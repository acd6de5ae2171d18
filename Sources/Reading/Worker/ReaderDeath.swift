internal import Annals
internal import Glibc

/// Why a reader is gone, as people are told: what it did, as far as its end and its last words show.
struct ReaderDeath {
    /// What the daemon saw first.
    enum Cause {
        /// The other end of the socket closed.
        case gone
        case outOfTime
        /// It answered something that is no answer.
        case badAnswer
    }

    let cause: Cause
    /// As wait(2) gives it.
    let status: Int32
    /// What it wrote to standard error: anything.
    let words: [UInt8]
    let bounds: ReaderProcess.Bounds

    /// Last words that are read; a trap's message is shorter.
    static let maximumWordByteCount = 4096

    var reason: Reason {
        Reason(
            "The file can't be read: \(what)", found: saying,
            remedy: "The daemon and other files are not concerned. Export the table anew, as CSV for example; "
                + "if it is an ordinary table, please report it with the file")
    }

    private var what: String {
        switch cause {
        case .outOfTime: return "its reader took longer than \(bounds.seconds) s and was stopped"
        case .badAnswer: return "its reader answered something that is no table"
        case .gone: break
        }
        if let call = deniedCall {
            return "its reader was stopped at a system call that no reader may make, \(call)"
        }
        // The handler that names the call doesn't run where the C library holds signals back, as fork(3) does.
        if signal == SIGSYS { return "its reader was stopped at a system call that no reader may make" }
        // The words of Swift's runtime, in its two places.
        if text.contains("allocate memory") || text.contains("failed to allocate") {
            return "its reader needs more memory than \(bounds.memoryByteCount >> 20) MiB"
        }
        // SIGKILL is the daemon's, for one that closed its end and went on.
        guard signal != 0, signal != SIGKILL else { return "its reader ended before it had answered" }
        if signal == SIGXCPU { return "its reader used more than \(bounds.seconds) s of a processor and was stopped" }
        if signal == SIGXFSZ { return "what was read is longer than \(bounds.answerByteCount >> 20) MiB" }
        return "its reader broke down (signal \(signal), \(String(cString: strsignal(signal))))"
    }

    /// The signal that ended it; 0 where it ended itself.
    private var signal: Int32 { status & 0x7F }

    private var text: String { String(decoding: words, as: UTF8.self) }

    private var deniedCall: String? {
        let prefix = "denied system call"
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(prefix) }),
            let number = Int32(line.dropFirst(prefix.count).filter { $0 != " " })
        else { return nil }
        return ReaderSandbox.name(ofCall: number)
    }

    /// The first line of what it said, without what could control a terminal or a page.
    private var saying: String? {
        guard cause == .gone, deniedCall == nil, signal != SIGSYS else { return nil }
        guard let line = words.split(separator: 0x0A).first, !line.isEmpty else { return nil }
        return EscapedName.text(line)
    }
}
