import Annals
internal import CZlib

/// Expands gzip, each of its members with its checksum and length held against the data.
///
/// By zlib itself: the checksum at the end is looked at, which a library for all forms of containers passes over.
enum GzipStream {
    private static let pieceByteCount = 256 << 10

    /// - Throws: Where it is cut off or damaged, or expands to too much.
    static func expanded(_ bytes: [UInt8], _ expansion: inout Expansion) throws(Reason) -> [UInt8] {
        var stream = z_stream()
        // The largest window, and a header as gzip has it.
        guard inflateInit2_(&stream, 15 + 16, zlibVersion(), Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw Reason("There is too little memory to expand the file", remedy: "Drop the file again")
        }
        defer { inflateEnd(&stream) }
        var whole: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: pieceByteCount)
        try bytes.withUnsafeBufferPointer { (packed) throws(Reason) in
            var given = 0
            while true {
                if stream.avail_in == 0, given < packed.count {
                    // Bounds: `count` bytes are left behind `given`; zlib only reads them.
                    let count = min(packed.count - given, 1 << 30)
                    stream.next_in = UnsafeMutablePointer(mutating: packed.baseAddress?.advanced(by: given))
                    stream.avail_in = UInt32(count)
                    given += count
                }
                let (state, count) = piece.withUnsafeMutableBufferPointer { piece in
                    stream.next_out = piece.baseAddress
                    stream.avail_out = UInt32(piece.count)
                    let state = inflate(&stream, Z_NO_FLUSH)
                    return (state, piece.count - Int(stream.avail_out))
                }
                try expansion.count(count)
                whole.append(contentsOf: piece[..<count])
                if state == Z_STREAM_END {
                    let rest = packed[(given - Int(stream.avail_in))...]
                    // Zeros behind it are what a tape's block was filled up with.
                    if rest.allSatisfy({ $0 == 0 }) { return }
                    guard inflateReset(&stream) == Z_OK else { throw Unpacking.damaged("gzip") }
                    continue
                }
                guard state == Z_OK, count > 0 || stream.avail_in > 0 else { throw Unpacking.damaged("gzip") }
            }
        }
        return whole
    }
}
