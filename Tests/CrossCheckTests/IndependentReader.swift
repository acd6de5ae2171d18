import Glibc
import Subprocess
import SystemPackage
import TestSupport

/// Reads files by readers that others wrote, in Python.
///
/// `make test` sets their environment up; where it is absent, and where the machine has no Python, nothing is compared, and
/// a line says so.
enum IndependentReader {
    /// A cell as `cells.py` prints it.
    struct Cell {
        /// Empty where no dimension gives it.
        var year: String
        var codes: [(dimension: String, code: String)]
        /// Empty where the file has one measure.
        var measure: String
        /// A figure, or a symbol.
        var text: String
    }

    /// What became of a file.
    enum Outcome {
        case cells([Cell])
        case unreadable(String)
    }

    private static let folder = RepositoryFiles.root + "/Tests/CrossCheckTests/Python"
    private static let python = RepositoryFiles.root + "/.build/cross-checks/bin/python"

    /// - Parameters:
    ///   - format: The module of `Python/` that reads it.
    ///   - paths: Files.
    /// - Returns: What each file holds; nil where there is nobody to ask.
    /// - Throws: Where the program ends badly.
    static func read(_ format: String, _ paths: [String]) async throws -> [String: Outcome]? {
        guard access(python, X_OK) == 0 else {
            print("skipped: no readers to compare with (deploy/test sets them up)")
            return nil
        }
        var outcomes: [String: Outcome] = [:]
        // A command line holds some thousand paths.
        for start in stride(from: 0, to: paths.count, by: 500) {
            let some = paths[start..<min(start + 500, paths.count)]
            let result = try await run(
                .path(FilePath(python)), arguments: Arguments(["\(folder)/cells.py", format] + some),
                output: .string(limit: 1 << 30), error: .string(limit: 16 << 20))
            guard case .exited(0) = result.terminationStatus else { throw Failure(errors: result.standardError) }
            outcomes.merge(parsed(result.standardOutput)) { _, last in last }
        }
        return outcomes
    }

    /// The program itself ended badly.
    struct Failure: Error {
        var errors: String
    }

    private static func parsed(_ output: String) -> [String: Outcome] {
        var outcomes: [String: Outcome] = [:]
        var path = ""
        var cells: [Cell] = []
        func close() {
            if !path.isEmpty, outcomes[path] == nil { outcomes[path] = .cells(cells) }
        }
        for line in output.utf8.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                .map { String(Substring($0)) }
            switch (fields[0], fields.count) {
            case ("file", 2):
                close()
                (path, cells) = (fields[1], [])
            case ("unreadable", 2): outcomes[path] = .unreadable(fields[1])
            default: cells.append(cell(fields))
            }
        }
        close()
        return outcomes
    }

    private static func cell(_ fields: [String]) -> Cell {
        func halves(_ field: String) -> (dimension: String, code: String) {
            let parts = field.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        return Cell(
            year: fields[0], codes: fields.dropFirst().dropLast(2).map(halves),
            measure: fields.count > 2 ? halves(fields[fields.count - 2]).code : "", text: fields[fields.count - 1])
    }
}
