import ControlAPI
import Glibc

/// The reader of standard output has gone.
struct ClosedPipe: Error {}

/// Standard output and standard error.
enum StandardStreams {
    /// Whether a person reads standard output as it is.
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes all of it.
    ///
    /// - Throws: `ClosedPipe`; a `ControlProblem` where it can't be written otherwise.
    static func write(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(STDOUT_FILENO, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count >= 0 {
                offset += count
            } else if errno == EPIPE {
                throw ClosedPipe()
            } else if errno != EINTR {
                throw ControlProblem(.failure, "Can't write to standard output: \(String(cString: strerror(errno))).")
            }
        }
    }

    /// Waits until whoever reads standard output, where that is a pipe, has taken all that was written.
    ///
    /// - Throws: `ClosedPipe` where it left before.
    static func drain() async throws {
        var facts = stat()
        guard fstat(STDOUT_FILENO, &facts) == 0, facts.st_mode & S_IFMT == S_IFIFO else { return }
        while true {
            // Source: pipe(7), FIONREAD; poll(2), POLLERR: no reader is left.
            var waiting: Int32 = 0
            guard ioctl(STDOUT_FILENO, UInt(FIONREAD), &waiting) == 0, waiting > 0 else { return }
            var pipe = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
            if poll(&pipe, 1, 0) > 0, Int32(pipe.revents) & POLLERR != 0 { throw ClosedPipe() }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    static func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes it piece by piece.
    static func write(_ body: AnswerBody) throws {
        var pieces = body.pieces()
        while let piece = pieces.next() { try write(piece) }
    }

    /// What is wrong and what to do about it, for people.
    static func complain(_ detail: String, remedy: String?) {
        let lines = ["annalctl: " + detail] + (remedy.map { ["  " + $0] } ?? [])
        writeError(lines.map { TerminalText.sanitised($0) + "\n" }.joined())
    }

    static func writeError(_ text: String) {
        let bytes = Array(text.utf8)
        // There is nobody to tell that telling failed.
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
