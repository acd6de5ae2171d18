internal import Annals
internal import TableCoding

/// Makes the content of a drop once more, from second copies: its files, and its tables read from them again.
struct Rebuilding {
    /// What could be made of a drop.
    struct Content {
        /// In the order in which they stand in the log.
        var blobs: [Blob] = []
        /// Where the source came from; nil where it couldn't be had.
        var source: ContentHit.SecondCopy?
        /// Why something couldn't be had, in words.
        var obstacles: [String] = []
    }

    let catalog: Catalog
    /// The log, and nothing but the log.
    let stored: StoredContent
    let copies: any SecondCopies

    /// The content of the drop that a vintage came with, as far as it can be had.
    ///
    /// Nothing is believed for where it comes from: blobs are named by what they hold, so who asked for a digest gets
    /// that content or none. The log's own copies are preferred, and what is whole there isn't made again.
    ///
    /// - Parameters:
    ///   - vintage: One of the drop's.
    ///   - withTables: Whether the tables are read again, which takes as long as it took at first.
    /// - Returns: New blobs; those of other years of the same file too.
    func content(with vintage: Vintage, withTables: Bool) -> Content {
        let siblings = catalog.siblings(of: vintage)
        let file = catalog.file(of: vintage)
        var found = Content()
        let source = source(of: file, &found)
        var writer = ContentWriter(pieceByteCount: source.map { pieceByteCount(of: $0) } ?? Blob.pieceByteCount)
        if let source, found.source == .filed { add(source, &found, &writer) }
        let sidecar = vintage.sidecar.flatMap { digest in
            text(digest, &found, &writer) { () throws(Reason) in try copies.sidecar(digest, of: file) }
        }
        let texts = [vintage.facts.definition, vintage.facts.dialectDefinition].map { digest in
            digest.flatMap { digest in
                text(digest, &found, &writer) { () throws(Reason) in try copies.definition(digest) }
            }
        }
        if withTables, let source {
            let recipe = ReadingRecipe(
                file: file, texts: ReadingTexts(sidecar: sidecar, definition: texts[0], dialect: texts[1]),
                dialect: vintage.facts.dialect, identities: catalog.identitiesHeld(with: vintage),
                plan: vintage.facts.plan, dimensions: vintage.dimensions)
            read(source, by: recipe, years: Set(siblings.map(\.year)), &found, &writer)
        }
        found.blobs = writer.blobs
        return found
    }

    private func source(of file: FiledFile, _ found: inout Content) -> [UInt8]? {
        if let bytes = logged(file.sha256) {
            found.source = .log
            return bytes
        }
        guard let bytes = copied(file.sha256, &found, { () throws(Reason) in try copies.source(file) }) else {
            return nil
        }
        found.source = .filed
        return bytes
    }

    /// The cut of which the log has more pieces: what is made again must have the names that are missing there.
    private func pieceByteCount(of source: [UInt8]) -> Int {
        guard source.count > Blob.maximumByteCount else { return Blob.pieceByteCount }
        let cuts = [Blob.pieceByteCount, Blob.formerPieceByteCount]
        let known = cuts.map { knownPieces(of: source, cutEvery: $0) }
        return known[1] > known[0] ? cuts[1] : cuts[0]
    }

    private func knownPieces(of source: [UInt8], cutEvery byteCount: Int) -> Int {
        source.withUnsafeBytes { bytes in
            stride(from: 0, to: bytes.count, by: byteCount).count { start in
                let piece = bytes[start..<min(start + byteCount, bytes.count)]
                return stored.has(ContentHasher.digest(of: UnsafeRawBufferPointer(rebasing: piece)))
            }
        }
    }

    /// A small file: the log's, or a second copy that becomes a blob.
    private func text(
        _ digest: Digest, _ found: inout Content, _ writer: inout ContentWriter,
        copy: () throws(Reason) -> [UInt8]
    ) -> [UInt8]? {
        if let bytes = logged(digest) { return bytes }
        guard let bytes = copied(digest, &found, copy) else { return nil }
        add(bytes, &found, &writer)
        return bytes
    }

    /// What the log has whole, and with the right name: second copies are made of it.
    private func logged(_ digest: Digest) -> [UInt8]? {
        // Whatever is wrong with it, the copy is asked next.
        guard let bytes = try? stored.content(digest, upTo: ContentWriter.maximumByteCount) else { return nil }
        return ContentHasher.digest(of: bytes) == digest ? bytes : nil
    }

    private func copied(
        _ digest: Digest, _ found: inout Content, _ copy: () throws(Reason) -> [UInt8]
    ) -> [UInt8]? {
        do throws(Reason) {
            let bytes = try copy()
            if ContentHasher.digest(of: bytes) == digest { return bytes }
            found.obstacles.append("the second copy of \(digest.hex.prefix(8)) has another digest")
        } catch {
            found.obstacles.append(error.message)
        }
        return nil
    }

    private func add(_ bytes: [UInt8], _ found: inout Content, _ writer: inout ContentWriter) {
        do throws(CodingError) { _ = try writer.add(bytes) } catch { found.obstacles.append(error.description) }
    }

    private func read(
        _ source: [UInt8], by recipe: ReadingRecipe, years: Set<Int>, _ found: inout Content,
        _ writer: inout ContentWriter
    ) {
        let tables: [Table]
        do throws(Reason) { tables = try copies.tables(of: source, recipe: recipe) } catch {
            return found.obstacles.append("its source can't be read as it was: \(error.message)")
        }
        for table in tables where years.contains(table.period.year) {
            do throws(CodingError) {
                _ = try TableCodec.encode(table, into: &writer)
                // As it was recorded before attributes were kept.
                if let bare = table.withoutAttributes { _ = try TableCodec.encode(bare, into: &writer) }
            } catch { found.obstacles.append(error.description) }
        }
    }
}
