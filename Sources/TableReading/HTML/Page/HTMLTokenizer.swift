import Annals

/// Cuts a page into tags and text, as browsers do, and hands them to a ``HTMLPageBuilder``.
///
/// The rules are those of the HTML Living Standard's tokenizer as far as they decide what is text: comments, also those
/// that begin otherwise than they should (`<![if …]>`, `<?php`), content that is no markup (`<script>`, `<textarea>`),
/// attributes in either quotes or none, character references. It goes through the bytes once.
///
/// Source: HTML Living Standard, 13.2.5 Tokenization, 2024-10-01.
struct HTMLTokenizer {
    private let text: UnsafeBufferPointer<UInt8>
    private var index = 0
    private var line = 1
    /// Up to where line ends were counted.
    private var counted = 0

    /// - Parameter text: Valid UTF-8.
    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    /// - Throws: What the builder refuses.
    mutating func run(_ builder: inout HTMLPageBuilder) throws(Reason) {
        while index < text.count {
            let next = ByteSearch.first(0x3C, in: text, from: index) ?? text.count
            if next > index {
                builder.append(text: HTMLCharacters.decoded(text, index..<next), at: place(index))
                index = next
                continue
            }
            try markup(&builder)
        }
        builder.finish(at: place(text.count))
    }

    /// Where something stands; asked for in ascending order.
    private mutating func place(_ offset: Int) -> HTMLPlace {
        while let end = ByteSearch.first(0x0A, in: text, from: counted), end < offset {
            counted = end + 1
            line += 1
        }
        return HTMLPlace(offset: offset, line: line)
    }

    private func byte(_ place: Int) -> UInt8 { place < text.count ? text[place] : 0 }

    private mutating func markup(_ builder: inout HTMLPageBuilder) throws(Reason) {
        let next = byte(index + 1)
        if FieldText.isLetter(next) {
            try startTag(&builder)
        } else if next == 0x2F, FieldText.isLetter(byte(index + 2)) {
            try endTag(&builder)
        } else if next == 0x2F, byte(index + 2) == 0x3E {
            index += 3
        } else if next == 0x21, byte(index + 2) == 0x2D, byte(index + 3) == 0x2D {
            comment(&builder)
        } else if next == 0x21 || next == 0x3F || next == 0x2F {
            guard let end = ByteSearch.first(0x3E, in: text, from: index + 2) else { return cutOff(&builder) }
            index = end + 1
        } else {
            builder.append(text: Array("<".utf8)[...], at: place(index))
            index += 1
        }
    }

    /// The page ends in the middle of a tag or a comment.
    private mutating func cutOff(_ builder: inout HTMLPageBuilder) {
        builder.cutOff(at: place(index))
        index = text.count
    }

    /// To `-->`, to `--!>`, or to what closes it at once: `<!-->`.
    private mutating func comment(_ builder: inout HTMLPageBuilder) {
        var from = index + 4
        while let end = ByteSearch.first(0x3E, in: text, from: from) {
            let isClosed =
                text[end - 1] == 0x2D && text[end - 2] == 0x2D && end - 2 >= index + 2
                || text[end - 1] == 0x21 && text[end - 2] == 0x2D && text[end - 3] == 0x2D && end - 3 >= index + 4
            if isClosed {
                index = end + 1
                return
            }
            from = end + 1
        }
        cutOff(&builder)
    }

    // MARK: Tags

    private func nameEnd(_ start: Int) -> Int {
        var end = start
        while end < text.count, !Self.endsName(text[end]) { end += 1 }
        return end
    }

    private static func endsName(_ byte: UInt8) -> Bool { isSpace(byte) || byte == 0x2F || byte == 0x3E }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D
    }

    private func name(_ range: Range<Int>) -> String {
        FieldText.string(UnsafeBufferPointer(rebasing: text[range.prefix(HTMLTag.longestName)])).lowercased()
    }

    private mutating func endTag(_ builder: inout HTMLPageBuilder) throws(Reason) {
        let start = index + 2
        let end = nameEnd(start)
        let name = name(start..<end)
        let place = place(index)
        var tag = HTMLTag(name: name, place: place)
        guard attributes(from: end, of: &tag) else { return cutOff(&builder) }
        try builder.close(tag)
    }

    private mutating func startTag(_ builder: inout HTMLPageBuilder) throws(Reason) {
        let start = index + 1
        let end = nameEnd(start)
        var tag = HTMLTag(name: name(start..<end), place: place(index))
        guard attributes(from: end, of: &tag) else { return cutOff(&builder) }
        try builder.open(tag)
        if tag.name == "plaintext" {
            builder.append(text: Array(text[index...])[...], at: place(index))
            index = text.count
        } else if HTMLTag.withoutMarkup.contains(tag.name) {
            content(of: tag, &builder)
        }
    }

    /// What stands between a tag whose content is no markup and its end.
    private mutating func content(of tag: HTMLTag, _ builder: inout HTMLPageBuilder) {
        let name = Array(tag.name.utf8)
        var from = index
        while let open = ByteSearch.first(0x3C, in: text, from: from) {
            let end = open + 2 + name.count
            if byte(open + 1) == 0x2F, end < text.count, Self.endsName(text[end]),
                (0..<name.count).allSatisfy({ text[open + 2 + $0] | 0x20 == name[$0] })
            {
                let isText = tag.name == "title" || tag.name == "textarea"
                let content =
                    isText ? HTMLCharacters.decoded(text, index..<open) : Array(text[index..<open])[...]
                builder.append(content: content, of: tag.name, at: place(index))
                index = open
                return
            }
            from = open + 1
        }
        cutOff(&builder)
    }

    /// Reads attributes up to the tag's end, and goes behind it; false where the page ends before.
    private mutating func attributes(from start: Int, of tag: inout HTMLTag) -> Bool {
        var at = start
        while at < text.count {
            let first = text[at]
            if first == 0x3E {
                index = at + 1
                return true
            }
            if Self.isSpace(first) || first == 0x2F {
                at += 1
                continue
            }
            let nameStart = at
            at += 1
            while at < text.count, !Self.endsName(text[at]), text[at] != 0x3D { at += 1 }
            let name = self.name(nameStart..<at)
            var equals = at
            while equals < text.count, Self.isSpace(text[equals]) { equals += 1 }
            guard equals < text.count, text[equals] == 0x3D else {
                tag.add(name, "")
                continue
            }
            at = equals + 1
            while at < text.count, Self.isSpace(text[at]) { at += 1 }
            guard at < text.count else { return false }
            let value: Range<Int>
            if text[at] == 0x22 || text[at] == 0x27 {
                guard let end = ByteSearch.first(text[at], in: text, from: at + 1) else { return false }
                value = at + 1..<end
                at = end + 1
            } else {
                let valueStart = at
                while at < text.count, !Self.isSpace(text[at]), text[at] != 0x3E { at += 1 }
                value = valueStart..<at
            }
            if HTMLTag.attributes.contains(name) {
                let kept = value.prefix(HTMLTag.longestValue)
                tag.add(name, String(decoding: HTMLCharacters.decoded(text, kept), as: UTF8.self))
            }
        }
        return false
    }
}

/// Where something stands in a page.
struct HTMLPlace: Hashable, Sendable {
    /// *Unit:* bytes, from 0.
    var offset: Int
    /// Counts from 1.
    var line: Int
}

/// A tag, and of its attributes those that say something about figures.
struct HTMLTag {
    let name: String
    let place: HTMLPlace
    private var attributes: [(name: String, value: String)] = []

    init(name: String, place: HTMLPlace) {
        self.name = name
        self.place = place
    }

    /// The first of a name counts.
    subscript(_ name: String) -> String? { attributes.first { $0.name == name }?.value }

    mutating func add(_ name: String, _ value: String) {
        if Self.attributes.contains(name), self[name] == nil { attributes.append((name, value)) }
    }

    /// In bytes; no name of an element or an attribute that is known here is as long.
    static let longestName = 32
    /// In bytes.
    static let longestValue = 4096

    static let attributes: Set<String> = [
        "colspan", "rowspan", "scope", "hidden", "style", "class", "id", "aria-hidden", "role", "href", "alt", "type",
        "value", "start", "open", "x:num", "sdval", "data-value", "data-sort", "data-sort-value", "data-order",
    ]

    /// Elements in which nothing but their own end tag is markup.
    static let withoutMarkup: Set<String> = [
        "script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea",
    ]
}
