import Annals
import TestSupport
import Testing

@testable import TableCoding

@Suite struct BlobTests {
    private func blob(_ content: [UInt8]) -> Blob {
        content.withUnsafeBytes { Blob($0, compressor: ZstdCompressor()) }
    }

    @Test func `content comes back, compressed where that is shorter`() throws {
        var numbers = SeededNumbers(1)
        let noise = numbers.bytes(5000)
        for content in [[], [1], noise, [UInt8](repeating: 7, count: Blob.maximumByteCount)] {
            let payload = try BlobPayload(blob(content).payload)
            #expect(try payload.content() == content)
            #expect(payload.digest == ContentHasher.digest(of: content))
            #expect(payload.encoding == (content.count > 5000 ? .zstd : .raw))
        }
    }

    @Test func `a damaged payload is an error, and no length is believed`() throws {
        let good = blob([UInt8](repeating: 7, count: 9000)).payload
        for place in good.indices {
            var bad = good
            bad[place] ^= 0x5A
            // Whatever it gives, it isn't a trap and takes no more memory than a blob may; digests are verify's to check.
            let content = attempt({ try BlobPayload(bad).content() }) ?? []
            #expect(content.count <= Blob.maximumByteCount)
            #expect(throws: CodingError.self) { try BlobPayload(Array(good[..<place])).content() }
        }
    }

    @Test func `a frame that unpacks to another length is an error`() throws {
        var payload = blob([UInt8](repeating: 7, count: 9000)).payload
        for length in [8999, 9001, 0] {
            payload[33] = UInt8(length & 0xFF)
            payload[34] = UInt8(length >> 8)
            #expect(throws: CodingError.self) { try BlobPayload(payload).content() }
        }
    }

    @Test func `random payloads never trap`() {
        var numbers = SeededNumbers(2)
        let good = blob([UInt8](repeating: 3, count: 3000)).payload
        for _ in 0..<2000 {
            attempt { try BlobPayload(numbers.vandalise(good)).content() }
            attempt { try BlobPayload(numbers.bytes(80)).content() }
        }
    }
}
