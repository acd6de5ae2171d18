package import Annals

/// A file's text as UTF-8, whatever it was stored as.
package struct DecodedText: Sendable {
    /// Valid UTF-8 from ``start`` on, lines ended by LF or CR LF, without NUL.
    package var bytes: [UInt8]
    /// Behind a byte order mark.
    package var start: Int
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `UTF-16BE`, `windows-1252`, or what a person said.
    package var encoding: String
    /// What is to be said of how the encoding was found.
    package var findings: [Finding] = []

    /// Whether a byte occurs anywhere in it.
    func contains(_ byte: UInt8) -> Bool { Self.contains(byte, bytes) }

    /// Runs over the text without a copy of it.
    package func withBytes<Result>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Reason) -> Result
    ) throws(Reason) -> Result {
        try bytes.withUnsafeBufferPointer { (buffer) throws(Reason) -> Result in
            try body(UnsafeBufferPointer(rebasing: buffer[start...]))
        }
    }
}

extension DecodedText {
    /// Finds out the encoding and decodes.
    ///
    /// A byte order mark decides; else NULs in every other place mean UTF-16; else what a person said; else valid UTF-8 is
    /// UTF-8; else, where no valid sequence of UTF-8 occurs at all and its words are such as ``WesternText`` knows,
    /// Windows-1252. A mixture is refused: half of it would turn into nonsense.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - declared: What a sidecar or a definition says.
    /// - Returns: The text, with what is to be said of its encoding.
    /// - Throws: Why it is no text, with the line of the first byte that can't be.
    package static func decode(_ bytes: [UInt8], declared: TextEncoding? = nil) throws(Reason) -> DecodedText {
        if bytes.isEmpty { throw Reason("The file is empty", remedy: "Drop the file again when it has its content") }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            try UTF8Check.refuseInvalid(bytes, from: 3)
            return try text(bytes, start: 3, encoding: "UTF-8 with BOM")
        }
        if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes, from: 2, isLittleEndian: true) }
        if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes, from: 2, isLittleEndian: false) }
        if let isLittleEndian = looksLikeUTF16(bytes) {
            return try utf16(bytes, from: 0, isLittleEndian: isLittleEndian)
        }
        let check = UTF8Check(bytes)
        try refuseNoise(bytes, from: 0, hasNUL: check.hasNUL)
        if let declared, declared != .utf8 { return try self.declared(declared, bytes, isUTF8: check) }
        guard let invalid = check.firstInvalid else { return withLineFeeds(bytes, start: 0, encoding: "UTF-8") }
        guard !check.hasMultibyte, declared == nil else {
            throw Reason(
                "The text is UTF-8 in part and something else in part", line: line(of: invalid, in: bytes),
                found: hex(bytes, at: invalid), expected: "one encoding throughout", remedy: "Save the file as UTF-8")
        }
        let western = WesternText(bytes)
        if western.isRefuted, let odd = western.firstOdd {
            throw Reason(
                "The text is no UTF-8, and no Windows-1252 either: it would hold `\(odd.word)`", line: odd.line,
                found: odd.word, expected: "UTF-8, UTF-16 or Windows-1252", remedy: otherEncoding)
        }
        var decoded = try singleByte(bytes, .windows1252) { place in
            Reason(
                "The text is neither UTF-8 nor Windows-1252", line: line(of: place, in: bytes),
                found: hex(bytes, at: place), expected: "UTF-8, UTF-16 or Windows-1252", remedy: otherEncoding)
        }
        decoded.findings = western.finding.map { [$0] } ?? []
        return decoded
    }

    private static let otherEncoding =
        "Save the file as UTF-8; or say by `encoding:` in a sidecar or in a definition which one it is"

    /// A text of one byte a character, as a person says.
    private static func declared(
        _ encoding: TextEncoding, _ bytes: [UInt8], isUTF8 check: UTF8Check
    ) throws(Reason) -> DecodedText {
        guard check.firstInvalid != nil || !check.hasMultibyte else {
            throw Reason(
                "The text is UTF-8, and not \(encoding.rawValue), as is said of it", found: "UTF-8",
                expected: encoding.rawValue, remedy: "Take `encoding` out of the sidecar or of the definition")
        }
        var decoded = try singleByte(bytes, encoding) { place in
            Reason(
                "The text isn't \(encoding.rawValue), as is said of it", line: line(of: place, in: bytes),
                found: hex(bytes, at: place), expected: encoding.rawValue,
                remedy: "Correct `encoding` in the sidecar or in the definition, or save the file as UTF-8")
        }
        decoded.findings = DeclaredWords.finding(decoded.bytes, encoding: encoding.rawValue).map { [$0] } ?? []
        return decoded
    }

    /// Refuses what no text holds.
    private static func text(_ bytes: [UInt8], start: Int, encoding: String) throws(Reason) -> DecodedText {
        try refuseNoise(bytes, from: start)
        return withLineFeeds(bytes, start: start, encoding: encoding)
    }

    /// Turns the lone CR of old systems into LF.
    private static func withLineFeeds(_ bytes: [UInt8], start: Int, encoding: String) -> DecodedText {
        var decoded = DecodedText(bytes: bytes, start: start, encoding: encoding)
        if !contains(0x0A, bytes), contains(0x0D, bytes) {
            decoded.bytes = bytes.map { $0 == 0x0D ? 0x0A : $0 }
        }
        return decoded
    }

    /// NULs anywhere and control characters near the beginning mean noise.
    ///
    /// A stray control character further on is refused by the figure that it stands in, or kept in a label, which is
    /// escaped wherever it is shown.
    private static func refuseNoise(_ bytes: [UInt8], from start: Int, hasNUL: Bool? = nil) throws(Reason) {
        let control = firstControl(bytes, from: start, to: min(bytes.count, start + 65_536))
        guard let place = control ?? (hasNUL ?? contains(0, bytes) ? bytes.firstIndex(of: 0) : nil) else { return }
        throw Reason(
            "The file is binary, not text: it holds \(bytes[place] == 0 ? "NUL bytes" : "control characters")",
            line: line(of: place, in: bytes), found: hex(bytes, at: place), expected: "text",
            remedy: "Export the table as CSV or text")
    }

    private static func firstControl(_ bytes: [UInt8], from start: Int, to end: Int) -> Int? {
        bytes.withUnsafeBytes { raw in
            var index = start
            // Bounds: eight bytes are read only where eight are left before the end.
            while index + 8 <= end {
                let word = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                // A byte below 20 borrows from its highest bit, and so does 7F, made zero, when 1 is taken from it. Most
                // words that have such a byte only hold a line end, which is left out: LF, made zero, is the one byte
                // whose lower bits don't carry into the highest one.
                let low = (word &- 0x2020_2020_2020_2020) & ~word
                let delete = word ^ 0x7F7F_7F7F_7F7F_7F7F
                let feed = word ^ 0x0A0A_0A0A_0A0A_0A0A
                let other = ((feed & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F) | feed
                let suspicious = (low | ((delete &- 0x0101_0101_0101_0101) & ~delete)) & 0x8080_8080_8080_8080
                var left = suspicious & other
                while left != 0 {
                    let place = index + left.trailingZeroBitCount / 8
                    if isControl(raw[place]) { return place }
                    left &= left - 1
                }
                index += 8
            }
            while index < end {
                if isControl(raw[index]) { return index }
                index += 1
            }
            return nil
        }
    }

    private static func contains(_ byte: UInt8, _ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { ByteSearch.holds(byte, $0) }
    }

    /// Below space, other than tab, LF, CR and form feed; the old end-of-file mark (1A) passes.
    @inline(__always)
    static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 ? Self.controls >> UInt32(byte) & 1 == 1 : byte == 0x7F
    }

    /// Bit n: the byte n is a control character that no text holds.
    private static let controls: UInt32 = ~(1 << 0x09 | 1 << 0x0A | 1 << 0x0C | 1 << 0x0D | 1 << 0x1A)

    static func line(of place: Int, in bytes: [UInt8]) -> Int {
        bytes[..<place].reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    }

    static func hex(_ bytes: [UInt8], at place: Int) -> String {
        bytes[place..<min(place + 4, bytes.count)].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
            .joined(separator: " ")
    }

    // MARK: UTF-16

    /// Nil where it isn't; else the byte order, from which half of the first bytes holds the NULs.
    private static func looksLikeUTF16(_ bytes: [UInt8]) -> Bool? {
        let sample = bytes.prefix(4096).count & ~1
        guard sample >= 8, bytes.count.isMultiple(of: 2) else { return nil }
        // Nearly no text has one.
        guard bytes.withUnsafeBufferPointer({ ByteSearch.holds(0, UnsafeBufferPointer(rebasing: $0[..<sample])) })
        else {
            return nil
        }
        var zeros = (even: 0, odd: 0)
        for index in 0..<sample where bytes[index] == 0 {
            if index.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let many = sample / 2 * 6 / 10
        if zeros.odd > many, zeros.even == 0 { return true }
        if zeros.even > many, zeros.odd == 0 { return false }
        return nil
    }

    private static func utf16(_ bytes: [UInt8], from start: Int, isLittleEndian: Bool) throws(Reason) -> DecodedText {
        let name = isLittleEndian ? "UTF-16LE" : "UTF-16BE"
        guard (bytes.count - start).isMultiple(of: 2) else {
            throw Reason(
                "The text is \(name), but ends in the middle of a character", expected: "an even number of bytes")
        }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = start
        func unit() -> UInt32 {
            let (first, second) = (UInt32(bytes[index]), UInt32(bytes[index + 1]))
            return isLittleEndian ? second << 8 | first : first << 8 | second
        }
        while index < bytes.count {
            var value = unit()
            if (0xD800...0xDBFF).contains(value), index + 2 < bytes.count {
                index += 2
                let low = unit()
                value = (0xDC00...0xDFFF).contains(low) ? 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00) : 0xD800
            }
            guard let scalar = Unicode.Scalar(value) else {
                throw Reason(
                    "The text is \(name), but holds half a surrogate pair", line: line(of: decoded.count, in: decoded),
                    found: hex(bytes, at: index), expected: "valid \(name)", remedy: "Save the file as UTF-8")
            }
            decoded.append(contentsOf: UTF8.encode(scalar)!)  // every scalar has an encoding
            index += 2
        }
        return try text(decoded, start: 0, encoding: name)
    }

    // MARK: Windows-1252

    /// What 80…9F stand for; 0 where nothing.
    ///
    /// A text of one byte a character.
    ///
    /// - Parameters:
    ///   - bytes: The file.
    ///   - encoding: Of one byte a character.
    ///   - refusal: Why it is none, from the place of a byte that stands for nothing.
    /// - Returns: The text.
    /// - Throws: The refusal.
    private static func singleByte(
        _ bytes: [UInt8], _ encoding: TextEncoding, refusal: (_ place: Int) -> Reason
    ) throws(Reason) -> DecodedText {
        let upper = SingleByteEncodings.upperHalf(of: encoding)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count + bytes.count / 16)
        for (place, byte) in bytes.enumerated() {
            guard byte >= 0x80 else {
                decoded.append(byte)
                continue
            }
            let scalar = upper[Int(byte) - 0x80]
            guard scalar != "\u{FFFD}" else { throw refusal(place) }
            decoded.append(contentsOf: UTF8.encode(scalar)!)  // every scalar has an encoding
        }
        return withLineFeeds(decoded, start: 0, encoding: encoding.rawValue)
    }
}
