@testable import RecordLog

/// Finds and spoils places in a segment's bytes.
enum LogVandal {
    /// A frame in a segment.
    struct Place {
        var header: FrameHeader
        var bytes: Range<Int>
    }

    /// The frames of an undamaged segment, from its start on.
    static func places(in segment: [UInt8]) -> [Place] {
        segment.withUnsafeBytes { bytes in
            guard bytes.count >= SegmentHeader.framesOffset,
                case .valid(let own) = SegmentHeader.read(UnsafeRawBufferPointer(rebasing: bytes[..<4096]))
            else {
                return []
            }
            var places: [Place] = []
            var offset = SegmentHeader.framesOffset
            while let header = FrameHeader(
                UnsafeRawBufferPointer(rebasing: bytes[offset...]), at: offset, salt: own.salt)
            {
                places.append(Place(header: header, bytes: offset..<offset + header.frameBytes))
                offset += header.frameBytes
            }
            return places
        }
    }

    /// The records of an index.
    static func records(in index: [UInt8]) -> [IndexRecord] {
        index.withUnsafeBytes { bytes in
            let fields = UnsafeRawBufferPointer(rebasing: bytes[..<min(128, bytes.count)])
            guard case .valid(let own) = SegmentHeader.readFields(fields, magic: .index) else { return [] }
            var records: [IndexRecord] = []
            var offset = SegmentHeader.fieldBytes
            while let record = IndexRecord(
                UnsafeRawBufferPointer(rebasing: bytes[offset...]), at: offset, salt: own.salt)
            {
                records.append(record)
                offset += record.byteCount
            }
            return records
        }
    }

    /// The index that a segment should have.
    static func index(of segment: [UInt8]) -> [UInt8] {
        segment.withUnsafeBytes { bytes in
            guard
                case .valid(let own) = SegmentHeader.read(UnsafeRawBufferPointer(rebasing: bytes[..<4096]))
            else { return [] }
            var index = own.fields(magic: .index)
            for place in places(in: segment) {
                let payload = place.bytes.lowerBound + 40..<place.bytes.lowerBound + 40 + place.header.payloadBytes
                IndexRecord.append(
                    header: UnsafeRawBufferPointer(rebasing: bytes[place.bytes.prefix(40)]),
                    frameOffset: place.bytes.lowerBound, payload: UnsafeRawBufferPointer(rebasing: bytes[payload]),
                    kind: place.header.heading.kind, to: &index)
            }
            return index
        }
    }

    /// Makes the checksum of a header block right again.
    static func reseal(_ block: inout [UInt8]) {
        let checksum = block.withUnsafeBytes { FrameHeader.checksum(of: UnsafeRawBufferPointer(rebasing: $0[..<124])) }
        for place in 0..<4 { block[124 + place] = UInt8(truncatingIfNeeded: checksum >> UInt32(8 * place)) }
    }

    /// Makes the check of the frame header at `offset` right again.
    static func resealFrame(_ segment: inout [UInt8], at offset: Int) {
        segment.withUnsafeMutableBytes { bytes in
            guard
                case .valid(let own) = SegmentHeader.read(
                    UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<4096]))
            else { return }
            var check = HeaderCheck(key: own.salt)
            check.take(UInt64(offset))
            for place in stride(from: offset, to: offset + 32, by: 8) {
                check.take(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            }
            bytes.storeBytes(of: check.finish().littleEndian, toByteOffset: offset + 32, as: UInt64.self)
        }
    }
}
