internal import Annals
internal import TableCoding

/// The line of a file that seems to say in which unit its figures are.
struct UnitLine {
    /// From 1.
    let number: Int
    let text: String

    /// How far into a file is looked.
    private static let lineLimit = 40
    private static let byteLimit = 64 << 10

    /// What a line that says a multiplier has in it, in small letters.
    private static let words = [
        "thousand", "tusen", "tausend", "million", "mill.", "mio.", "milliard", "billion", "mrd", "(1000 ", "(1 000 ",
        "(1,000 ", "in 1000 ", "in 1 000 ", "in 1,000 ", "'000",
    ]

    /// The first line near the top that has the measure's unit in it or a multiplier; nil where none has, or the file is in
    /// another encoding than one with ASCII in it.
    init?(of measure: Measure, in examined: Examined, named source: Digest) {
        guard let text = Self.beginning(of: examined, source) else { return nil }
        let words = Self.words + [measure.unit?.lowercased()].compactMap(\.self).filter { $0.utf8.count > 1 }
        let lines = text.split(separator: "\n", maxSplits: Self.lineLimit, omittingEmptySubsequences: false)
        for (index, line) in lines.prefix(Self.lineLimit).enumerated() {
            let lowercased = line.lowercased()
            guard words.contains(where: lowercased.contains) else { continue }
            number = index + 1
            self.text = line.last == "\r" ? String(line.dropLast()) : String(line)
            return
        }
        return nil
    }

    /// Bytes that are no text become the replacement character: the line is for people.
    private static func beginning(of examined: Examined, _ source: Digest) -> String? {
        guard var blob = examined.blobs[source] else { return nil }
        if let first = blob.pieces.first {
            guard let piece = examined.blobs[first] else { return nil }
            blob = piece
        }
        // What can't be decoded has no line to tell of; whoever commits it says why.
        guard let content = try? BlobPayload(blob.payload).content() else { return nil }  // see above
        let text = String(decoding: content.prefix(byteLimit), as: UTF8.self)
        // A carriage return and a line feed are one character.
        return text.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    }
}
