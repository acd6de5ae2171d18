import Annals
import Archive
import ControlAPI
import Reading
import TableCoding
import TableReading

/// Reads a vintage's source again, with the definitions that are recorded with it, to say where each of its cells
/// stands.
struct SourcePlaces: Sendable {
    let archive: Archive

    /// Where the cells of a vintage's table stand; a cell that follows from others (`derived`) stands nowhere.
    ///
    /// - Throws: `.refused` where this program reads the source in another way than the one that recorded it;
    ///   ``ArchiveError``.
    func places(of vintage: Vintage, in table: Table) throws -> CellPlace.Finder {
        let printed = try source(of: vintage)
        let isSameShape = printed.table.keySpace == table.keySpace
        let order = printed.table.keySpace.dimensions.compactMap { table.keySpace.dimensionIndex($0.id) }
        return { ordinal in
            guard let cell = table.cell(atOrdinal: ordinal), !table.cells.mark(at: cell).flags.contains(.derived)
            else { return nil }
            let codes = isSameShape ? [] : table.keySpace.codes(at: ordinal)
            let twin =
                isSameShape ? printed.table.cell(atOrdinal: ordinal) : printed.table.cell(at: order.map { codes[$0] })
            guard let twin else { return nil }
            let origin = printed.origins.origin(ofCell: twin)
            return CellPlace(line: origin.line, column: origin.column, text: origin.text)
        }
    }

    private func source(of vintage: Vintage) throws -> TableReading.SourceTable {
        let recipe = try archive.recipe(of: vintage)
        let file = recipe.file
        let job = ReaderJob(
            source: SourceRef(path: file.path, size: file.size, sha256: file.sha256), sidecar: recipe.texts.sidecar,
            limits: .none, dataset: vintage.dataset)
        let bytes = try archive.source(vintage)
        do throws(Reason) {
            let examiner = try Examiner(recorded: recipe.texts, dialect: recipe.dialect, of: vintage.dataset)
            let tables = try examiner.sourceTables(bytes, job)
            if let table = tables.first(where: { $0.table.period.year == vintage.year }) { return table }
        } catch {
            throw Self.refusal(error.sentence)
        }
        throw Self.refusal("it gives no table for \(vintage.year)")
    }

    private static func refusal(_ why: String) -> ControlProblem {
        ControlProblem(
            .refused, "The source can't be read as it was when it was recorded: \(why).",
            remedy: "It was recorded by another version of this program; ask without the source.")
    }
}
