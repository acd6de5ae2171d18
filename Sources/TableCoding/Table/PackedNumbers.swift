/// Numbers narrowed to the fewest bytes that hold the greatest of them, byte planes one after another.
///
/// *Shape:* `width` planes of `count` bytes: first the lowest byte of every number, then the next. Planes of high bytes
/// hardly change from number to number, so they compress far better than whole numbers do.
package enum PackedNumbers {
    /// Bytes that a number needs; 0 for zero.
    package static func width(of greatest: UInt64) -> Int { (64 - greatest.leadingZeroBitCount + 7) / 8 }

    /// Appends the width and the planes.
    package static func append(_ numbers: [UInt64], to bytes: inout [UInt8]) {
        let width = width(of: numbers.max() ?? 0)
        bytes.append(UInt8(width))
        bytes.reserveCapacity(bytes.count + width * numbers.count)
        for plane in 0..<width {
            let shift = UInt64(8 * plane)
            for number in numbers { bytes.append(UInt8(truncatingIfNeeded: number >> shift)) }
        }
    }

    /// Reads what ``append(_:to:)`` wrote of that many numbers.
    ///
    /// The caller has checked the count against its limit.
    package static func read(_ count: Int, from reader: inout ByteReader) throws(CodingError) -> [UInt64] {
        let width = Int(try reader.byte())
        guard width <= 8 else { throw reader.malformed("numbers of \(width) bytes") }
        let planes = try reader.range(width * count)
        var numbers = [UInt64](repeating: 0, count: count)
        // `planes` lies within the array and has `width * count` bytes, so every index below is in range of both.
        reader.array.withUnsafeBufferPointer { bytes in
            numbers.withUnsafeMutableBufferPointer { numbers in
                for plane in 0..<width {
                    let start = planes.lowerBound + plane * count
                    let shift = UInt64(8 * plane)
                    for index in 0..<count { numbers[index] |= UInt64(bytes[start + index]) << shift }
                }
            }
        }
        return numbers
    }
}
