import Annals
import Definitions
import Testing

@testable import TableReading

@Suite struct TextDecodingTests {
    private func decoded(_ bytes: [UInt8]) throws -> (text: String, encoding: String) {
        let text = try DecodedText.decode(bytes)
        return (String(decoding: text.bytes[text.start...], as: UTF8.self), text.encoding)
    }

    private func utf16(_ text: String, bigEndian: Bool, mark: Bool) -> [UInt8] {
        ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit -> [UInt8] in
            let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
            return bigEndian ? [high, low] : [low, high]
        }
    }

    @Test func everyEncoding() throws {
        let text = "Østfold;1 236\r\nTromsø;−5 😀\r\n"
        #expect(try decoded(Array(text.utf8)) == (text, "UTF-8"))
        #expect(try decoded([0xEF, 0xBB, 0xBF] + Array(text.utf8)) == (text, "UTF-8 with BOM"))
        #expect(try decoded(utf16(text, bigEndian: false, mark: true)) == (text, "UTF-16LE"))
        #expect(try decoded(utf16(text, bigEndian: true, mark: true)) == (text, "UTF-16BE"))
        #expect(try decoded(utf16("county;persons\n01;5\n", bigEndian: false, mark: false)).encoding == "UTF-16LE")
        #expect(try decoded(utf16("county;persons\n01;5\n", bigEndian: true, mark: false)).encoding == "UTF-16BE")
        #expect(try decoded([0xD8] + Array("stfold;5\n".utf8)) == ("Østfold;5\n", "windows-1252"))
        #expect(try decoded([0x80, 0x96, 0x0A]) == ("€–\n", "windows-1252"))
    }

    @Test func declared() throws {
        func text(_ bytes: [UInt8], _ encoding: TextEncoding) throws -> String {
            let text = try DecodedText.decode(bytes, declared: encoding)
            return String(decoding: text.bytes, as: UTF8.self)
        }
        #expect(try text([0xA3, 0xF3, 0x64, 0x9F], .windows1250) == "Łódź")
        #expect(try text([0xCC, 0xEE, 0xF1], .windows1251) == "Мос")
        #expect(try text([0x52, 0x68, 0x99, 0x6E, 0x65], .macintosh) == "Rhône")
        #expect(try text([0x54, 0x72, 0x9B], .ibm865) == "Trø")
        #expect(try text([0xA4], .iso8859p15) == "€")
        #expect(try text([0xF8], .iso8859p1) == "ø")
        for encoding in TextEncoding.allCases {
            #expect(SingleByteEncodings.upperHalf(of: encoding).count == 128)
            #expect(try text(Array("Oslo;1".utf8), encoding) == "Oslo;1")
        }
        #expect(throws: Reason.self) { try text([0x81], .windows1250) }
        #expect(throws: Reason.self) { try text(Array("Ø".utf8), .windows1252) }
        #expect(throws: Reason.self) { try text([0xD8], .utf8) }
    }

    @Test func whoSaysTheEncoding() throws {
        // `Łódź` in windows-1250.
        let bytes = Array("Region;Persons\n".utf8) + [0xA3, 0xF3, 0x64, 0x9F] + Array(";10\n".utf8)
        func codes(_ sidecar: Sidecar?, _ definitions: Definitions) throws -> [String] {
            let document = SourceDocument(name: "towns-2010.csv", bytes: bytes, sidecar: sidecar)
            return try TableReading.read(document, definitions: definitions).tables[0].codes("region")
        }
        let defined = try definitions("dataset: towns\nmatch: {file: towns*}\nencoding: windows-1250\n")
        #expect(throws: Reason.self) { try codes(nil, .builtIn) }
        #expect(try codes(Sidecar(encoding: .windows1250), .builtIn) == ["Łódź"])
        #expect(try codes(nil, defined) == ["Łódź"])
        #expect(try codes(Sidecar(encoding: .windows1252), defined) == ["£ódŸ"])
    }

    @Test func oldLineEnds() throws {
        #expect(try decoded(Array("a;b\r1;2\r".utf8)).text == "a;b\n1;2\n")
    }

    @Test(
        arguments: [
            ([], nil, "empty"),
            ([0x61, 0x0A, 0x00, 0x62], 2, "NUL"),
            ([0x61, 0x0A, 0x0A, 0x1B, 0x62], 3, "control"),
            ([0xC3, 0x98, 0x0A, 0x62, 0xD8, 0x0A], 2, "in part"),
            ([0xEF, 0xBB, 0xBF, 0x0A, 0x0A, 0xD8, 0x0A], 3, "byte order mark"),
            ([0x61, 0x0A, 0x81, 0x0A], 2, "neither UTF-8 nor"),
            ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0xD8, 0x61, 0x00], 2, "surrogate"),
            ([0xFF, 0xFE, 0x61], nil, "middle"),
            ([0xFF, 0xFE, 0x61, 0x00, 0x0A, 0x00, 0x00, 0x00], 2, "NUL"),
        ] as [([UInt8], Int?, String)])
    func refusals(bytes: [UInt8], line: Int?, message: String) {
        let reason = #expect(throws: Reason.self) { try DecodedText.decode(bytes) }
        #expect(reason?.line == line)
        #expect(reason?.message.contains(message) == true, "\(String(describing: reason))")
    }
}

/// Control characters are found wherever they stand, whatever stands around them.
@Suite struct ControlCharacterTests {
    @Test func eachAtEachPlace() {
        for control in Array(UInt8(0)..<0x20) + [0x7F] {
            let passes = [0x09, 0x0A, 0x0C, 0x0D, 0x1A].contains(control)
            for place in 0..<20 {
                var bytes = Array("abc,1\ndef,2\nghi,3\njkl".utf8)
                bytes[place] = control
                do throws(Reason) {
                    _ = try DecodedText.decode(bytes)
                    #expect(passes, "\(control) at \(place)")
                } catch {
                    #expect(!passes && error.line != nil, "\(control) at \(place)")
                }
            }
        }
    }
}
