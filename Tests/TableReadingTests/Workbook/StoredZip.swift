/// Zip archives for tests, nothing in them packed.
enum StoredZip {
    static func bytes(_ members: [(name: String, text: String)]) -> [UInt8] {
        var (archive, directory) = ([UInt8](), [UInt8]())
        for (name, text) in members {
            let (name, data, start) = (Array(name.utf8), Array(text.utf8), archive.count)
            let common =
                number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) + number(Int(checksum(data)), 4)
                + number(data.count, 4) + number(data.count, 4) + number(name.count, 2) + number(0, 2)
            archive += number(0x0403_4B50, 4) + common + name + data
            directory +=
                number(0x0201_4B50, 4) + number(20, 2) + common + number(0, 2) + number(0, 2) + number(0, 2)
                + number(0, 4) + number(start, 4) + name
        }
        return archive + directory + number(0x0605_4B50, 4) + number(0, 4) + number(members.count, 2)
            + number(members.count, 2) + number(directory.count, 4) + number(archive.count, 4) + number(0, 2)
    }

    private static func number(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    /// CRC-32 as zip has it, bit by bit.
    private static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in bytes {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
        }
        return ~sum
    }
}
