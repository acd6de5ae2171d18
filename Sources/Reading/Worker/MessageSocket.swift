internal import Annals
internal import CLinux
internal import Glibc
internal import SystemPackage

/// One end of the socket between the daemon and a reader: messages with a kind, a payload, and open files.
///
/// A payload that is too long for one message goes as a sealed file in memory. What arrives is believed as little as a
/// file: lengths are bounded, and only sealed memory is read.
struct MessageSocket: Sendable {
    /// What a message is, for those who take messages in turn.
    enum Kind: UInt8 {
        /// To the reader, once: ``ReaderSetup``.
        case setup = 1
        /// To the reader: ``ReaderJob``, with the file.
        case job = 2
        /// From the reader: an `Examined`.
        case answer = 3
        /// From the reader, once: it is locked in and knows the definitions.
        case ready = 4
    }

    /// What arrived.
    struct Message: Sendable {
        let kind: Kind
        let payload: [UInt8]
        /// The file that came with it.
        let file: OwnedFile?
    }

    /// The longest payload that stands in the message itself; well below the least socket buffer.
    private static let inlineByteCount = 32 << 10
    private static let isInline: UInt8 = 0
    private static let isInMemory: UInt8 = 1

    private let file: OwnedFile

    init(_ file: OwnedFile) { self.file = file }

    /// Two ends that are connected.
    ///
    /// - Throws: `Errno` where the process has no descriptors left.
    static func pair() throws(Errno) -> (MessageSocket, OwnedFile) {
        var numbers: [Int32] = [-1, -1]
        let failure = annal_socket_pair(&numbers)
        guard failure == 0 else { throw Errno(rawValue: -failure) }
        return (MessageSocket(OwnedFile(numbers[0])), OwnedFile(numbers[1]))
    }

    /// For waiting with poll(2).
    var number: Int32 { file.number }

    /// Sends a message, and never waits: who leaves messages unread would hold up the sender.
    ///
    /// - Parameters:
    ///   - kind: What it is.
    ///   - payload: What it says.
    ///   - file: A descriptor that goes with it; it stays the sender's as well.
    /// - Throws: `Errno`: `.brokenPipe` where the other end is gone, `.resourceTemporarilyUnavailable` where it reads
    ///   nothing.
    func send(_ kind: Kind, _ payload: [UInt8], file: Int32? = nil) throws(Errno) {
        let isInline = payload.count <= Self.inlineByteCount
        let memory = isInline ? nil : try SealedMemory.write(payload)
        let message = [kind.rawValue, isInline ? Self.isInline : Self.isInMemory] + (isInline ? payload : [])
        // The memory first, then the file.
        let descriptors = [memory?.number, file].compactMap { $0 }
        let failure = annal_send_message(self.file.number, message, message.count, descriptors, descriptors.count)
        guard failure == 0 else { throw Errno(rawValue: -failure) }
        withExtendedLifetime(memory) {}
    }

    /// Waits for the next message; nil where the other end is gone.
    ///
    /// - Parameter limit: The longest payload that is accepted, in bytes.
    /// - Returns: The message, with the file that came with it.
    /// - Throws: `Errno`: `.badMessage` for what is none, or is too long.
    func receive(upTo limit: Int) throws(Errno) -> Message? {
        var descriptors: [Int32] = [-1, -1]
        var count = 0
        // As many bytes are there as the kernel says that it wrote, never more than the capacity.
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.inlineByteCount + 2) { buffer, filled in
            count = annal_receive_message(file.number, buffer.baseAddress, buffer.count, &descriptors)
            filled = max(0, count)
        }
        var files = descriptors.map { $0 >= 0 ? OwnedFile($0) : nil }
        guard count >= 0 else {
            let failure = Errno(rawValue: Int32(-count))
            if failure == .connectionReset { return nil }
            throw failure
        }
        if count == 0 { return nil }
        guard count >= 2, let kind = Kind(rawValue: bytes[0]) else { throw .badMessage }
        let payload: [UInt8]
        if bytes[1] == Self.isInMemory {
            guard let memory = files.removeFirst() else { throw .badMessage }
            payload = try SealedMemory.read(memory, upTo: limit)
        } else {
            guard count - 2 <= limit else { throw .badMessage }
            payload = Array(bytes[2..<count])
        }
        return Message(kind: kind, payload: payload, file: files.compactMap { $0 }.first)
    }
}

/// A descriptor that is closed when its last holder lets go of it.
final class OwnedFile: Sendable {
    let number: Int32

    init(_ number: Int32) { self.number = number }

    deinit { close(number) }
}

/// Bytes handed to another process, in memory that neither can change any more.
enum SealedMemory {
    /// Puts bytes into sealed memory.
    ///
    /// - Throws: `Errno`: `.noMemory`, `.fileTooLarge` over the process's limit of file sizes.
    static func write(_ bytes: [UInt8]) throws(Errno) -> OwnedFile {
        let number = annal_memory_file("annal")
        guard number >= 0 else { throw Errno(rawValue: -number) }
        let file = OwnedFile(number)
        var failure: Errno?
        bytes.withUnsafeBytes { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(number, bytes.baseAddress! + written, bytes.count - written)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else {
                    failure = Errno(rawValue: errno)
                    return
                }
                written += count
            }
        }
        if let failure { throw failure }
        let sealed = annal_seal(number)
        guard sealed == 0 else { throw Errno(rawValue: -sealed) }
        return file
    }

    /// The bytes of sealed memory.
    ///
    /// - Throws: `Errno`: `.badMessage` where it isn't sealed, or is longer than the limit.
    static func read(_ file: OwnedFile, upTo limit: Int) throws(Errno) -> [UInt8] {
        var status = stat()
        guard annal_is_sealed(file.number) == 1, fstat(file.number, &status) == 0, status.st_size <= limit else {
            throw .badMessage
        }
        // Sealed: neither shorter nor longer from here on.
        let bytes = try FileBytes.read(file.number, count: Int(status.st_size))
        guard bytes.count == status.st_size else { throw .badMessage }
        return bytes
    }
}
