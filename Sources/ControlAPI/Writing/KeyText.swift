package import Annals

/// The codes of a key space, written once, so that a cell's key is put together by copying bytes.
///
/// *Shape:* `pieces[dimension][category]`; a piece of the first dimension starts the key, the others bring their comma.
package struct KeyText: Sendable {
    private let pieces: [[[UInt8]]]
    private let keySpace: KeySpace

    /// Codes as JSON strings, between the brackets of `at`.
    package static func json(_ keySpace: KeySpace) -> KeyText {
        KeyText(keySpace) { code in
            var bytes: [UInt8] = []
            JSONWriter.append(quoted: code, to: &bytes)
            return bytes
        }
    }

    /// Codes as CSV cells, one a dimension.
    package static func csv(_ keySpace: KeySpace) -> KeyText { KeyText(keySpace, CSVWriter.field) }

    private init(_ keySpace: KeySpace, _ encode: (String) -> [UInt8]) {
        self.keySpace = keySpace
        pieces = keySpace.dimensions.enumerated().map { place, dimension in
            dimension.categories.map { (place == 0 ? [] : [0x2C]) + encode($0.code) }
        }
    }

    /// Appends the key of a combination.
    package func append(ordinal: Int, to bytes: inout [UInt8]) {
        for dimension in pieces.indices {
            bytes.append(contentsOf: pieces[dimension][keySpace.index(ofDimension: dimension, at: ordinal)])
        }
    }
}
