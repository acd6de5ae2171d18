/// A line of nothing but spaces, delimiters, empty quotes and rules (`____`, `====`).
enum BlankLine {
    /// Where the line ends; nil where something stands in it.
    static func end(_ text: UnsafeBufferPointer<UInt8>, at position: Int, delimiter: UInt8) -> Int? {
        var index = position
        while index < text.count {
            let byte = text[index]
            if byte == 0x0A { return index + 1 }
            guard
                byte == delimiter || byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x22
                    || byte == 0x5F || byte == 0x3D
            else {
                return nil
            }
            index += 1
        }
        return index
    }
}
