import Annals
import Definitions

/// Reads JSON-stat, 1.0 to 2.0.
///
/// Source: json-stat.org/full, version 2.0, and json-stat.org/format of 2014 for 1.x, seen 2026-12; what PxWeb adds in
/// `extension`: its API's documentation and answers, seen 2026-12.
package struct JSONStatReader: TableReader {
    package let name = "json-stat"

    package init() {}

    /// Goes through the whole text where it begins with an object: nothing else tells that it is JSON-stat to its end.
    package func open(_ input: ReaderInput) -> Opening {
        guard case .success(let text) = input.text else { return .declines("the bytes are no text") }
        guard JSONRecordsReader.looksLikeJSON(text, name: input.document.name),
            text.bytes[text.start...].first(where: { !JSONDocument.isSpace($0) }) == 0x7B,
            // Flat records have neither word, and needn't be gone through twice.
            ["\"dimension\"", "\"class\""].contains(where: { word in
                text.bytes.withUnsafeBufferPointer { ByteSearch.holds(word, $0) }
            }),
            // What is no JSON is refused at its place by the reader of all JSON.
            let document = try? JSONDocument(
                text, isEncodingDeclared: true, takesLines: false, limits: input.limits),
            JSONStatFile.isJSONStat(document.roots[0])
        else { return .declines("the text is no object with dimensions and values") }
        return .accepts(StatFile(document: document, text: text, input: input))
    }
}

/// A file of JSON-stat.
private struct StatFile: OpenedFile {
    let document: JSONDocument
    let text: DecodedText
    let input: ReaderInput

    func read() throws(Reason) -> Reading {
        let root = try JSONStatFile.dataset(in: document.roots[0])
        let dataset = try JSONStatDataset(root, limits: input.limits)
        let presumed = dataset.dialect.flatMap { input.definitions.dialects[$0]?.name }
        let identity = try TableIdentity(
            input, title: dataset.titleLine, dialect: presumed ?? Definitions.genericDialect)
        if input.document.sidecar?.encoding == nil, identity.definition?.encoding == nil {
            try JSONDocument.refuseOtherEncoding(text)
        }
        let reader = FigureReader(dialect: identity.dialect, style: NumberStyle(decimalMark: ".", grouping: []))
        var figures = try JSONStatFigures(
            dataset, reader: reader,
            glyphs: GlyphRefusal(definitions: input.definitions, dialect: identity.dialect.name), limits: input.limits)
        let cube = try figures.cube(wantsOrigins: input.wantsOrigins)
        return try CubeTable(cube, identity: identity, input: input).reading()
    }
}
