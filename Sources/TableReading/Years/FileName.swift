import Annals

/// What a file's name may tell: a year, and the dataset's name.
struct FileName: Sendable {
    /// Without folder and extension, escapes turned into spaces.
    let stem: String
    private(set) var mentions: YearMentions
    /// The years of the name itself.
    private let ownMentions: YearMentions

    init(_ name: String) {
        var stem = name.utf8.contains(UInt8(ascii: "/")) ? String(name.split(separator: "/").last ?? "") : name
        // A dot in front hides a file; one further on parts an extension of letters from the name.
        for _ in 0..<2 {
            guard let dot = stem.lastIndex(of: "."), dot != stem.startIndex else { break }
            let suffix = stem[stem.index(after: dot)...]
            guard (1...5).contains(suffix.count), suffix.contains(where: \.isLetter) else { break }
            stem = String(stem[..<dot])
        }
        self.stem = Self.withoutEscapes(stem)
        mentions = YearMentions(in: Self.withDashes(self.stem), isFileName: true)
        ownMentions = mentions
    }

    /// The same name with the years of a sheet's in the place of its own.
    func withYears(ofSheet name: FileName) -> FileName {
        var copy = self
        copy.mentions = name.mentions
        return copy
    }

    /// `births_20111231` as `births_2011-12-31`: eight digits that are a day.
    private static func withDashes(_ text: String) -> String {
        guard text.utf8.count(where: NumberShape.isDigit) >= 8 else { return text }
        var result = ""
        var rest = text[...]
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            result += CalendarDay.iso(digits: digits) ?? String(digits)
            rest = rest.dropFirst(digits.count)
            let other = rest.prefix { !($0.isASCII && $0.isNumber) }
            result += other
            rest = rest.dropFirst(other.count)
        }
        return result
    }

    /// The stem without its year; nil where nothing is left.
    var title: String? {
        let rest = ownMentions.remainder
        return TitleLine.withoutEdges(
            rest.utf8.contains(UInt8(ascii: "_")) ? rest.replacing("_", with: " ") : rest)
    }

    private static func withoutEscapes(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var rest = Substring(text)
        var plain = ""
        while let character = rest.popFirst() {
            if character == "%", rest.prefix(2).count == 2, rest.prefix(2).allSatisfy(\.isHexDigit) {
                rest = rest.dropFirst(2)
                plain.append(" ")
            } else {
                plain.append(character)
            }
        }
        return plain
    }
}
