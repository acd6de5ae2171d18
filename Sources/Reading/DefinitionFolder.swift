package import Definitions
import StableStorage

/// The definitions that lie beside a configuration file, in `datasets.d/`, `dialects/` and `concordances/`.
package enum DefinitionFolder {
    /// Why definitions can't be used.
    package enum Failure: Error, CustomStringConvertible {
        case unreadable(UnreadableText)
        case definition(DefinitionError)

        package var description: String {
            switch self {
            case .unreadable(let error): "\(error)"
            case .definition(let error): "\(error)"
            }
        }
    }

    private static let folders = [("datasets.d", ".yaml"), ("dialects", ".yaml"), ("concordances", ".csv")]

    /// Reads all of them; a folder that isn't there holds none, and what is compiled in stands.
    ///
    /// - Throws: `Failure` naming the file, for the first that is not right.
    package static func load(besideConfiguration file: String?) throws(Failure) -> Definitions {
        guard let file else { return Definitions.builtIn }
        let directory = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let base = directory.isEmpty ? (file.hasPrefix("/") ? "" : ".") : directory
        var contents: [(path: String, text: String)] = []
        for (folder, ending) in folders {
            for name in try names(in: "\(base)/\(folder)") where name.hasSuffix(ending) && !name.hasPrefix(".") {
                do throws(UnreadableText) {
                    contents.append(("\(folder)/\(name)", try TextFile.read("\(base)/\(folder)/\(name)")))
                } catch {
                    throw .unreadable(error)
                }
            }
        }
        do throws(DefinitionError) {
            let definitions = try Definitions.load(directory: contents)
            try definitions.checkConcordances()
            return definitions
        } catch {
            throw .definition(error)
        }
    }

    private static func names(in path: String) throws(Failure) -> [String] {
        do throws(StorageError) {
            return try POSIXDirectory(path: path).list().sorted()
        } catch {
            if error.isNotFound { return [] }
            throw .unreadable(UnreadableText(path: path, reason: "\(error)"))
        }
    }
}
