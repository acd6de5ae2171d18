package import Annals

/// A key space as bytes: equal ones have equal bytes, so that years and vintages share one blob.
package enum KeySpaceCodec {
    /// The longest encoded key space; a million categories with long labels stay below it.
    package static let maximumByteCount = 1 << 30

    /// Encodes dimensions and categories in order.
    package static func encode(_ keySpace: KeySpace) -> [UInt8] {
        var writer = FieldWriter()
        for dimension in keySpace.dimensions { writer.message(1) { encode(dimension, to: &$0) } }
        return writer.bytes
    }

    private static func encode(_ dimension: Dimension, to writer: inout FieldWriter) {
        writer.text(1, dimension.id)
        writer.text(2, dimension.label)
        if let total = dimension.totalCode { writer.text(3, total) }
        if dimension.isMeasure { writer.number(4, 1) }
        for category in dimension.categories { writer.message(5) { encode(category, to: &$0) } }
        for attribute in dimension.attributes { writer.text(6, attribute) }
    }

    private static func encode(_ category: Category, to writer: inout FieldWriter) {
        writer.text(1, category.code)
        if category.label != category.code { writer.text(2, category.label) }
        for alias in category.aliases { writer.text(3, alias) }
        for attribute in category.attributes { writer.text(4, attribute) }
    }

    /// Decodes what ``encode(_:)`` wrote, from bytes that may say anything.
    ///
    /// - Throws: ``CodingError/malformed(_:_:)``.
    package static func decode(_ bytes: [UInt8]) throws(CodingError) -> KeySpace {
        var reader = FieldReader(bytes, what: "key space")
        var dimensions: [Dimension] = []
        while let field = try reader.next() {
            guard field.number == 1 else { continue }
            dimensions.append(try dimension(reader.message(field, what: "dimension")))
        }
        guard let keySpace = KeySpace(dimensions) else { throw reader.malformed("too many combinations") }
        return keySpace
    }

    private static func dimension(_ message: FieldReader) throws(CodingError) -> Dimension {
        var reader = message
        var dimension = Dimension(id: "", label: "", categories: [])
        while let field = try reader.next() {
            switch field.number {
            case 1: dimension.id = try reader.text(field)
            case 2: dimension.label = try reader.text(field)
            case 3: dimension.totalCode = try reader.text(field)
            case 4: dimension.isMeasure = try reader.flag(field)
            case 5: dimension.categories.append(try category(reader.message(field, what: "category")))
            case 6: dimension.attributes.append(try reader.text(field))
            default: continue
            }
        }
        let counts = [0, dimension.attributes.count]
        guard dimension.categories.allSatisfy({ counts.contains($0.attributes.count) }) else {
            throw reader.malformed("a category says more or less than its dimension's attributes")
        }
        return dimension
    }

    private static func category(_ message: FieldReader) throws(CodingError) -> Category {
        var reader = message
        var code = ""
        var label: String?
        var aliases: [String] = []
        var attributes: [String] = []
        while let field = try reader.next() {
            switch field.number {
            case 1: code = try reader.text(field)
            case 2: label = try reader.text(field)
            case 3: aliases.append(try reader.text(field))
            case 4: attributes.append(try reader.text(field))
            default: continue
            }
        }
        var category = Category(code: code, label: label ?? code, aliases: aliases)
        category.attributes = attributes
        return category
    }
}
