/// What a zip package is, as far as the names in it tell: a workbook, another document, or an archive.
enum ZipContents {
    private static let mostEntries = 200
    /// A comment behind the directory has 65,535 bytes at most.
    private static let farthestEnd = 22 + 65_535

    static func isZip(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// The kind of file; nil for a workbook, which readers of workbooks look at, and where nothing tells.
    static func kind(of bytes: [UInt8]) -> FileSignature.Kind? {
        let names = names(bytes)
        func has(_ beginning: String) -> Bool { names.contains { $0.hasPrefix(beginning) } }
        if has("xl/") || has("Index/") { return nil }
        if has("word/") { return document("a text document (`.docx`)") }
        if has("ppt/") { return document("a presentation (`.pptx`)") }
        if names.first == "mimetype" {
            let start = bytes.prefix(512)
            let text = String(decoding: start, as: UTF8.self)
            if text.contains("opendocument.text") { return document("a text document (`.odt`)") }
            if text.contains("opendocument.presentation") { return document("a presentation (`.odp`)") }
            return nil
        }
        let files = names.filter { !$0.hasSuffix("/") }
        let first = files.first.map { ": \(LabelText.withoutInvisible(String($0.prefix(80))))" } ?? ""
        return FileSignature.Kind(
            what: files.isEmpty ? "a zip archive" : "a zip archive of \(files.count) files\(first)",
            remedy: "Unpack it (unzip), and drop what is in it")
    }

    private static func document(_ what: String) -> FileSignature.Kind {
        FileSignature.Kind(what: what, remedy: "Save its table as CSV or as a workbook, and drop that")
    }

    /// The names in the directory at the end, of the first entries; of the first one alone where there is no directory.
    private static func names(_ bytes: [UInt8]) -> [String] {
        var names: [String] = []
        guard var place = directory(bytes) else {
            return name(bytes, at: 30, lengthAt: 26).map { [$0] } ?? []
        }
        while names.count < mostEntries, place + 46 <= bytes.count,
            bytes[place..<place + 4].elementsEqual([0x50, 0x4B, 0x01, 0x02]),
            let found = name(bytes, at: place + 46, lengthAt: place + 28)
        {
            names.append(found)
            place += 46 + [28, 30, 32].reduce(0) { $0 + number(bytes, at: place + $1) }
        }
        return names
    }

    /// Where the directory begins; nil where the archive is cut off.
    private static func directory(_ bytes: [UInt8]) -> Int? {
        var place = bytes.count - 22
        let last = max(0, bytes.count - farthestEnd)
        while place >= last {
            if bytes[place] == 0x50, bytes[place..<place + 4].elementsEqual([0x50, 0x4B, 0x05, 0x06]) {
                let start = number(bytes, at: place + 16) | number(bytes, at: place + 18) << 16
                return start < place ? start : nil
            }
            place -= 1
        }
        return nil
    }

    private static func name(_ bytes: [UInt8], at place: Int, lengthAt length: Int) -> String? {
        guard length + 2 <= bytes.count else { return nil }
        let end = place + number(bytes, at: length)
        return end <= bytes.count ? String(decoding: bytes[place..<end], as: UTF8.self) : nil
    }

    /// Two bytes, the lower one first; the caller knows that they are there.
    private static func number(_ bytes: [UInt8], at place: Int) -> Int {
        Int(bytes[place]) | Int(bytes[place + 1]) << 8
    }
}
