import Glibc
import NIOPosix
import Synchronization

/// Lines on their way to standard error, written by a thread of its own: a reader that has stopped reading holds nobody.
///
/// What doesn't fit into the queue is dropped and counted, and the count is said as soon as there is room again. A
/// regular file takes every line at once, so that it is there when whoever wrote it goes on.
final class LogOutlet: Sendable {
    /// The process's own.
    static let standardError = LogOutlet(descriptor: STDERR_FILENO)

    private struct State {
        var lines: [[UInt8]] = []
        var byteCount = 0
        var droppedCount = 0
        var isWriting = false
    }

    private let descriptor: Int32
    private let isFile: Bool
    private let mostBytes: Int
    private let state = Mutex(State())
    /// Made with the first line that it is needed for, and never ended: it may hang in a write for good.
    private let thread = Mutex<NIOThreadPool?>(nil)

    /// - Parameters:
    ///   - descriptor: Where the lines go.
    ///   - mostBytes: How much may wait.
    init(descriptor: Int32, mostBytes: Int = 1 << 20) {
        self.descriptor = descriptor
        self.mostBytes = mostBytes
        var status = stat()
        isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// Has a line written, soon; returns at once.
    func say(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        if isFile { return write(bytes) }
        let wantsWriter = state.withLock { state in
            guard state.byteCount + bytes.count <= mostBytes else {
                state.droppedCount += 1
                return false
            }
            state.lines.append(bytes)
            state.byteCount += bytes.count
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if wantsWriter { startWriting() }
    }

    /// Waits until everything is written, but no longer than this.
    func drain(upTo limit: Duration) {
        let end = ContinuousClock.now + limit
        while state.withLock({ $0.isWriting }), ContinuousClock.now < end { usleep(2000) }
    }

    private func startWriting() {
        let pool = thread.withLock { pool in
            if let pool { return pool }
            let made = NIOThreadPool(numberOfThreads: 1)
            made.start()
            pool = made
            return made
        }
        pool.submit { _ in self.writeAll() }
    }

    private func writeAll() {
        while let lines = next() {
            for line in lines {
                write(line)
                state.withLock { $0.byteCount -= line.count }
            }
        }
    }

    /// What is to be written next; nil where nothing is, and the writing ends.
    private func next() -> [[UInt8]]? {
        state.withLock { state in
            defer { state.lines = [] }
            if state.lines.isEmpty, state.droppedCount == 0 {
                state.isWriting = false
                return nil
            }
            var lines = state.lines
            if state.droppedCount > 0 {
                let words = "annald warning: nobody read this log for a while; lines lost: \(state.droppedCount)\n"
                lines.append(Array(words.utf8))
                state.byteCount += words.utf8.count
                state.droppedCount = 0
            }
            return lines
        }
    }

    /// A standard error that is closed, or that nobody reads any more, is not worth dying for.
    private func write(_ line: [UInt8]) {
        var rest = line[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                if errno == EINTR { continue }
                // Whoever set it to return at once shares it with us: it is waited for as if it blocked.
                guard errno == EAGAIN, waitForRoom() else { return }
                continue
            }
            rest = rest.dropFirst(written)
        }
    }

    private func waitForRoom() -> Bool {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&room, 1, -1) >= 0 || errno == EINTR
    }
}
