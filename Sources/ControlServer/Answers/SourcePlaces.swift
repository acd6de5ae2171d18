import Annals
import Archive
import ControlAPI
import Definitions
import TableReading

/// Reads a vintage's source again, to say where each of its cells stands.
struct SourcePlaces: Sendable {
    let archive: Archive
    let definitions: Definitions

    /// Where the cells of a vintage's table stand; a cell that follows from others (`derived`) stands nowhere.
    ///
    /// - Throws: `.refused` where the definitions in force read the source in another way than when it was recorded;
    ///   ``ArchiveError``.
    func places(of vintage: Vintage, in table: Table) throws -> CellPlace.Finder {
        let printed = try source(of: vintage)
        let isSameShape = printed.table.keySpace == table.keySpace
        return { ordinal in
            guard let cell = table.cell(atOrdinal: ordinal), !table.cells.mark(at: cell).flags.contains(.derived)
            else { return nil }
            let twin =
                isSameShape
                ? printed.table.cell(atOrdinal: ordinal) : printed.table.cell(at: table.keySpace.codes(at: ordinal))
            guard let twin else { return nil }
            let origin = printed.origins.origin(ofCell: twin)
            return CellPlace(line: origin.line, column: origin.column, text: origin.text)
        }
    }

    private func source(of vintage: Vintage) throws -> TableReading.SourceTable {
        let document = SourceDocument(
            name: String(vintage.source.file.split(separator: "/").last ?? ""), bytes: try archive.source(vintage),
            sidecar: try sidecar(of: vintage))
        do throws(Reason) {
            let tables = try TableReading.sourceTables(document, definitions: definitions)
            if let table = tables.first(where: { $0.table.period.year == vintage.year }) { return table }
        } catch {
            throw Self.refusal(error.sentence)
        }
        throw Self.refusal("it gives no table for \(vintage.year)")
    }

    /// What lay beside the file, with the dataset and the dialect that it was read with then.
    private func sidecar(of vintage: Vintage) throws -> Sidecar {
        var sidecar = Sidecar()
        if let bytes = try archive.sidecar(vintage) {
            do throws(DefinitionError) {
                sidecar = try Sidecar.parse(String(decoding: bytes, as: UTF8.self), file: "sidecar")
            } catch {
                throw Self.refusal(error.description)
            }
        }
        sidecar.dataset = vintage.dataset
        if definitions.dialects[vintage.dialect] != nil { sidecar.dialect = vintage.dialect }
        return sidecar
    }

    private static func refusal(_ why: String) -> ControlProblem {
        ControlProblem(
            .refused, "The source can't be read as it was when it was recorded: \(why).",
            remedy: "The definitions have changed since; ask without the source.")
    }
}
