/// A line of nothing but spaces, delimiters, empty quotes and rules (`____`, `====`).
enum BlankLine {
    /// Where the line ends; nil where something stands in it, or a quote is open where it ends: a row begins there.
    static func end(_ text: UnsafeBufferPointer<UInt8>, at position: Int, delimiter: UInt8) -> Int? {
        var index = position
        var isQuoted = false
        while index < text.count {
            let byte = text[index]
            if byte == 0x0A { return isQuoted ? nil : index + 1 }
            guard
                byte == delimiter || byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x22
                    || byte == 0x5F || byte == 0x3D
            else {
                return nil
            }
            if byte == 0x22 { isQuoted.toggle() }
            index += 1
        }
        return isQuoted ? nil : index
    }
}
