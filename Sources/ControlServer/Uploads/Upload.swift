import Annals
import ControlAPI
import HTTPTypes
import Hummingbird
import NIOCore
import TableCoding

/// A file that came over the socket to be compared, and the sidecar that came in front of it.
struct Upload: Sendable {
    let file: UnlinkedFile.Descriptor
    let byteCount: Int
    let sha256: Annals.Digest
    let sidecar: [UInt8]?

    /// How long all of it may take.
    private static let patience = Duration.seconds(300)
    /// What is gathered before it is written.
    private static let batchByteCount = 256 << 10

    /// Takes the body of a request, piece by piece: never more than a batch of it is in memory.
    ///
    /// - Parameters:
    ///   - request: Says how long its body is.
    ///   - sidecarByteCount: How much of its beginning is the sidecar; nil for none.
    ///   - limit: Most bytes of the file.
    ///   - directory: In whose file system a long one lies.
    /// - Throws: `.malformedRequest`, `.tooLarge`, `.wrongParameter`; `.readOnly`, `.busy`; `.timedOut`.
    init(
        of request: Request, sidecarByteCount: Int?, limit: Int, in directory: String
    ) async throws {
        let byteCount = try Self.byteCount(of: request, sidecarByteCount ?? 0, limit: limit)
        let file = try UnlinkedFile(byteCount: byteCount, in: directory)
        var sidecar: [UInt8] = []
        var batch = ByteBuffer()
        var hasher = ContentHasher()
        var received = 0
        let begun = ContinuousClock.now
        for try await var piece in request.body {
            guard begun.duration(to: .now) < Self.patience else {
                throw ControlProblem(.timedOut, "The file took longer to come than \(Self.patience).")
            }
            if let head = piece.readBytes(
                length: min(piece.readableBytes, (sidecarByteCount ?? 0) - sidecar.count))
            {
                sidecar += head
            }
            received += piece.readableBytes
            batch.writeBuffer(&piece)
            if batch.readableBytes >= Self.batchByteCount {
                try await Self.write(batch, to: file, &hasher)
                batch.clear()
            }
        }
        try await Self.write(batch, to: file, &hasher)
        // A client that has gone looks like the end of what it sends.
        guard received == byteCount else {
            throw ControlProblem(.malformedRequest, "The file ended after \(received) of \(byteCount) bytes.")
        }
        self.file = try file.reading()
        self.byteCount = byteCount
        self.sidecar = sidecarByteCount == nil ? nil : sidecar
        sha256 = hasher.finish()
    }

    /// Of the file in the body, as the request says.
    private static func byteCount(
        of request: Request, _ sidecarByteCount: Int, limit: Int
    ) throws(ControlProblem) -> Int {
        guard let text = request.headers[.contentLength], let length = Int(text), length >= 0 else {
            throw ControlProblem(
                .malformedRequest, "It isn't said how long the file is.", remedy: "Send it with Content-Length.")
        }
        guard length >= sidecarByteCount else {
            throw ControlProblem(
                .wrongParameter, "“sidecar_bytes” is \(sidecarByteCount), and only \(length) bytes are sent.",
                remedy: "Send the sidecar, and the file behind it.")
        }
        guard length - sidecarByteCount <= limit else {
            throw ControlProblem(
                .tooLarge, "The file is larger than \(limit) bytes.",
                remedy: "Split the file by year, or raise file_bytes in the configuration.")
        }
        return length - sidecarByteCount
    }

    private static func write(_ batch: ByteBuffer, to file: UnlinkedFile, _ hasher: inout ContentHasher) async throws {
        guard batch.readableBytes > 0 else { return }
        batch.withUnsafeReadableBytes { hasher.update($0) }
        try await BlockingWork.run { try batch.withUnsafeReadableBytes { try file.write($0) } }
    }
}
