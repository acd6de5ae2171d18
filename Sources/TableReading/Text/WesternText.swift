import Annals

/// Whether a text of one byte a character is windows-1252, by all of its words that have a letter beyond ASCII.
///
/// Each byte stands for something in windows-1252 too, whatever the text was written in: `£ódzkie`, `Rh™ne`, `Ìîñêâà`. But
/// such words are none: signs stand between their letters, capitals in their middle, letters of no one language beside each
/// other. Of a text that is windows-1252 next to no word is so; of another, many are.
struct WesternText {
    /// The first word that is none of any language that windows-1252 is made for.
    struct Odd {
        var line: Int
        var word: String
    }

    private(set) var firstOdd: Odd?
    /// Words with a letter or a sign beyond ASCII in them.
    private(set) var words = 0
    private var odd = 0
    /// *Shape:* as ``languages``: the words that are of each.
    private var covered = [Int](repeating: 0, count: WesternText.languages.count)
    private var letters: UInt64 = 0
    private var firstWord = ""

    /// Looks at the words of bytes that aren't UTF-8.
    init(_ bytes: [UInt8]) {
        bytes.withUnsafeBufferPointer { bytes in
            var index = 0
            var line = 1
            while index < bytes.count, words < Self.mostWords {
                guard Self.isOfWord(bytes[index]) else {
                    if bytes[index] == 0x0A { line += 1 }
                    if MisplacedSigns.isOne(bytes, at: index) { takeSign(bytes, at: index, line: line) }
                    index += 1
                    continue
                }
                var end = index
                var isASCII = true
                while end < bytes.count, Self.isOfWord(bytes[end]) {
                    if bytes[end] >= 0x80 { isASCII = false }
                    end += 1
                }
                if !isASCII { take(UnsafeBufferPointer(rebasing: bytes[index..<end]), line: line) }
                index = end
            }
        }
    }

    /// So many words are as telling as all of them.
    private static let mostWords = 100_000

    /// Whether more than one word in fifty is none.
    var isRefuted: Bool { odd * 50 > words }

    /// What is to be said where the text was taken for windows-1252; nil where no other would be thought of.
    var finding: Finding? {
        let best = covered.indices.max { covered[$0] < covered[$1] } ?? 0
        // Icelandic and Faroese have other letters than `ð`, `þ` and `ý` in nearly every line, which Turkish hasn't.
        let isDoubtful = Self.languages[best].isNorthern && words > 2 && letters & Self.mask("áíóúæøé") == 0
        guard odd > 0 || isDoubtful || (words - covered[best]) * 50 > words else { return nil }
        let word = firstOdd?.word ?? firstWord
        return Finding(
            "encoding-assumed",
            "The text is no UTF-8, and is taken for windows-1252: `\(word)` in it; where it is another encoding, say which "
                + "by `encoding:` in a sidecar or in a definition")
    }

    /// A quote between letters, or behind them where none was opened: `Rh“ne`, `Troms›`.
    private mutating func takeSign(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int, line: Int) {
        words += 1
        odd += 1
        guard firstOdd == nil else { return }
        var (start, end) = (place, place + 1)
        while start > 0, Self.isOfWord(bytes[start - 1]) { start -= 1 }
        while end < bytes.count, Self.isOfWord(bytes[end]) { end += 1 }
        firstOdd = Odd(line: line, word: Self.text(UnsafeBufferPointer(rebasing: bytes[start..<end])))
    }

    private mutating func take(_ word: UnsafeBufferPointer<UInt8>, line: Int) {
        var letters: UInt64 = 0
        var high = 0
        var plain = 0
        var isOdd = false
        for place in word.indices {
            let byte = word[place]
            if byte < 0x80 {
                plain += 1
                continue
            }
            guard let bit = Self.bit(of: byte) else {
                isOdd = isOdd || Self.isOddSign(byte, word, place)
                continue
            }
            high += 1
            letters |= 1 << bit
            let before = place > 0 ? word[place - 1] : 0
            let after = place + 1 < word.count ? word[place + 1] : 0
            // `RŽgion`; `Muþ` and `ðehir` of Turkish; `Gyõr`, where Portuguese has an `e` behind it.
            if Self.isCapital(byte), Self.isLetter(before), Self.isSmall(after) { isOdd = true }
            if byte == 0xFE && after == 0 && place > 0 || byte == 0xF0 && place == 0 { isOdd = true }
            if byte == 0xF5, after != 0x65 { letters |= 1 << Self.loneTilde }
        }
        guard high > 0 || isOdd else { return }
        words += 1
        self.letters |= letters
        if firstWord.isEmpty { firstWord = Self.text(word) }
        // Words of nothing but letters beyond ASCII are Cyrillic or Greek.
        isOdd = isOdd || high > 2 && plain == 0
        var isCovered = false
        for (index, language) in Self.languages.enumerated() where letters & ~language.letters == 0 {
            covered[index] += 1
            isCovered = true
        }
        guard isOdd || !isCovered else { return }
        odd += 1
        if firstOdd == nil { firstOdd = Odd(line: line, word: Self.text(word)) }
    }

    // MARK: Bytes

    /// Letters of ASCII, and all beyond it but for what parts words: dashes, quotes, a no-break space.
    private static func isOfWord(_ byte: UInt8) -> Bool {
        if byte < 0x80 { return FieldText.isLetter(byte) }
        switch byte {
        case 0x82, 0x84, 0x85, 0x8B, 0x91...0x97, 0x9B, 0xA0, 0xA7, 0xAB, 0xAD, 0xB4, 0xB7, 0xBB: return false
        default: return true
        }
    }

    /// Whether a sign stands where none does: between letters, or in front of them as no sign of money and no mark does.
    private static func isOddSign(_ byte: UInt8, _ word: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        guard place + 1 < word.count, isLetter(word[place + 1]) else {
            // `Troms¿`: at the end of a word.
            return place > 0 && isLetter(word[place - 1]) && MisplacedSigns.endNoWord.contains(byte)
        }
        let next = word[place + 1]
        guard place > 0, isLetter(word[place - 1]) else {
            switch byte {
            case 0x83, 0x88, 0x98, 0xA6, 0xA8, 0xAC, 0xAF, 0xB8, 0xD7, 0xF7: return true
            // `£m`, `€bn`.
            case 0x80, 0xA2, 0xA3, 0xA5: return next >= 0x80
            default: return false
            }
        }
        // `Nº`, `nºs`, `1ªs`, `n°INSEE`.
        return ![0xAA, 0xB0, 0xBA].contains(byte)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte < 0x80 ? FieldText.isLetter(byte) : bit(of: byte) != nil
    }

    private static func isCapital(_ byte: UInt8) -> Bool {
        (0xC0...0xDE).contains(byte) || [0x8A, 0x8C, 0x8E, 0x9F].contains(byte)
    }

    private static func isSmall(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || byte >= 0xDF || [0x9A, 0x9C, 0x9E].contains(byte)
    }

    /// Of a letter, capitals as small ones; nil for a sign.
    private static func bit(of byte: UInt8) -> Int? {
        switch byte {
        case 0xD7, 0xF7: nil
        case 0xDF: 35
        case 0xC0...0xDE: Int(byte) - 0xC0
        case 0xE0...0xFF: Int(byte) - 0xE0
        case 0x8A, 0x9A: 32
        case 0x8C, 0x9C: 33
        case 0x8E, 0x9E: 34
        case 0x9F: 31
        default: nil
        }
    }

    /// Of an `õ` without an `e` behind it.
    private static let loneTilde = 36

    private static func text(_ word: UnsafeBufferPointer<UInt8>) -> String {
        let upper = SingleByteEncodings.upperHalf(of: .windows1252)
        let scalars = word.prefix(longestShown).map { $0 < 0x80 ? Unicode.Scalar($0) : upper[Int($0) - 0x80] }
        return String(String.UnicodeScalarView(scalars))
    }

    /// In letters.
    private static let longestShown = 40

    // MARK: Languages

    private struct Language {
        var letters: UInt64
        var isNorthern = false
    }

    private static func mask(_ letters: String) -> UInt64 {
        letters.unicodeScalars.reduce(0) { mask, letter in
            switch letter {
            case "š": mask | 1 << 32
            case "œ": mask | 1 << 33
            case "ž": mask | 1 << 34
            case "ß": mask | 1 << 35
            case "~": mask | 1 << UInt64(loneTilde)
            default: mask | 1 << UInt64(letter.value - 0xE0)
            }
        }
    }

    /// What each language that windows-1252 is made for has beyond ASCII, names that it took over included.
    private static let languages: [Language] = [
        // Norwegian and Danish, with the Sámi names that the encoding can hold.
        Language(letters: mask("æøåéèêóòôüöäáàšž")),
        // Swedish and Finnish.
        Language(letters: mask("åäöéèüšžàæø")),
        // Estonian.
        Language(letters: mask("äöüõ~šž")),
        // German and Luxembourgish.
        Language(letters: mask("äöüßéèêëàçñáô")),
        Language(letters: mask("àâæçèéêëîïôœùûüÿöäñí")),
        // Spanish, Catalan, Galician, Basque.
        Language(letters: mask("áéíóúüñàèòçïâê")),
        Language(letters: mask("áàâãçéêíóôõúüñ")),
        Language(letters: mask("àèéìíîòóùúöüäçâ")),
        Language(letters: mask("áéíóúýðþæö"), isNorthern: true),
        Language(letters: mask("áíóúýðæøåö"), isNorthern: true),
        // Dutch, Frisian, Afrikaans.
        Language(letters: mask("éèëïöüáàóíúçñâêîôûä")),
        // Irish, Scottish, Welsh.
        Language(letters: mask("áéíóúàèìòùâêîôûëïöäÿ")),
        // Albanian.
        Language(letters: mask("ëç")),
    ]
}
