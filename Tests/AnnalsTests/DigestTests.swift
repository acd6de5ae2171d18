import Annals
import Testing

struct DigestTests {
    private let bytes = (0..<32).map { UInt8($0 * 8 + 1) }

    @Test func bytesAndHexReadBack() throws {
        let digest = try #require(Digest(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(digest.hex.hasPrefix("010911"))
        #expect(digest.hex.utf8.count == 64)
        #expect(Digest(hex: digest.hex) == digest)
        #expect(Digest(hex: digest.hex.uppercased()) == digest)
        #expect(digest.description == digest.hex)
    }

    /// However the bytes come: in one piece, as a part of one, or one after another.
    @Test func sourcesOfBytesAgree() throws {
        let digest = try #require(Digest(bytes: bytes))
        let padded = [0xFF] + bytes + [0xFF]
        #expect(Digest(bytes: padded[1...32]) == digest)
        #expect(Digest(bytes: bytes.lazy.map { $0 }) == digest)
        #expect(Digest(bytes: AnySequence(bytes)) == digest)
        padded.withUnsafeBytes { raw in
            #expect(Digest(bytes: raw[1...32]) == digest)
            #expect(Digest(bytes: UnsafeRawBufferPointer(rebasing: raw[1...32])) == digest)
            #expect(Digest(bytes: raw[1...31]) == nil)
            #expect(Digest(bytes: raw) == nil)
        }
    }

    @Test func otherLengthsAndDigitsAreNil() {
        #expect(Digest(bytes: bytes.dropLast()) == nil)
        #expect(Digest(bytes: bytes + [0]) == nil)
        #expect(Digest(bytes: AnySequence(bytes + [0])) == nil)
        let zeros = String(repeating: "0", count: 64)
        #expect(Digest(hex: zeros) == .zero)
        for hex in ["", String(zeros.dropLast()), zeros + "0", zeros.dropLast() + "g", "é" + zeros.dropLast(2) + "/"] {
            #expect(Digest(hex: hex) == nil)
        }
    }

    @Test func orderIsThatOfTheBytes() throws {
        for place in [0, 7, 8, 31] {
            var greater = bytes
            greater[place] += 1
            let (left, right) = (try #require(Digest(bytes: bytes)), try #require(Digest(bytes: greater)))
            #expect(left < right)
            #expect(left != right)
            #expect(Set([left, right, left]).count == 2)
        }
    }
}
