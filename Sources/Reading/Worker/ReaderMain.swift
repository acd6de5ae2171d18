internal import Annals
internal import Definitions
internal import Glibc
internal import SystemPackage
package import TableCoding
internal import TableReading

/// What a reader does from its start to its end: it is told its limits and the definitions, locks itself in, and then
/// examines one file after another until the daemon closes its end.
///
/// It ends itself on anything unexpected: whoever waits for it sees that, and its last words.
package enum ReaderMain {
    /// What stands on the command line of this program where it is to be a reader.
    package static let argument = "--reader"
    /// Where the socket is: see `annal_spawn_reader`.
    private static let socketNumber: Int32 = 3

    /// What examines; a test's program may misbehave here.
    package typealias Examine = (_ bytes: [UInt8], _ job: ReaderJob, _ examiner: Examiner) -> Examined

    /// Works until the daemon is gone.
    package static func run(
        examine: Examine = { bytes, job, examiner in examiner.examine(bytes, job) }
    ) -> Never {
        let socket = MessageSocket(OwnedFile(socketNumber))
        do {
            let examiner = try prepare(socket)
            while let message = try socket.receive(upTo: ReaderJob.maximumByteCount) {
                guard message.kind == .job, let file = message.file else { end(saying: "a message that is no job") }
                let job = try ReaderJob(decoding: message.payload)
                let answer = answer(job, file, examiner, examine)
                try socket.send(.answer, answer.encoded)
            }
        } catch {
            end(saying: "\(error)")
        }
        exit(0)
    }

    private static func prepare(_ socket: MessageSocket) throws -> Examiner {
        guard let message = try socket.receive(upTo: ReaderSetup.maximumByteCount) else { exit(0) }
        guard message.kind == .setup else { end(saying: "a message that is no setup") }
        let setup = try ReaderSetup(decoding: message.payload)
        try ReaderSandbox.enter(memoryByteCount: setup.memoryByteCount, answerByteCount: setup.answerByteCount)
        let definitions = try Definitions.load(directory: setup.definitions.map { ($0.path, $0.text) })
        try socket.send(.ready, [])
        return Examiner(definitions: definitions)
    }

    /// The file is read whole, once; one that was changed since it was claimed shows by its digest.
    private static func answer(
        _ job: ReaderJob, _ file: OwnedFile, _ examiner: Examiner, _ examine: Examine
    ) -> Examined {
        let count = Int(clamping: job.source.size)
        // Why it can't be read helps nobody who drops files.
        guard count <= job.limits.fileBytes, let bytes = try? FileBytes.read(file.number, count: count) else {
            return Examined(job.source, refused: Reason("The file can't be read", remedy: "Drop it again"))
        }
        return examine(bytes, job, examiner)
    }

    private static func end(saying what: String) -> Never {
        let text = "a reader ended: \(what)\n"
        // Nothing is left to do where nobody listens.
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        exit(1)
    }
}
