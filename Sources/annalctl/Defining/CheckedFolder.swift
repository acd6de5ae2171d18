import Annals
import ControlAPI
import Definitions
import Glibc
import StableStorage

/// The files of a folder that would be drops, and what each would become.
enum CheckedFolder {
    /// In the order of their names; hidden files, sidecars and what is no file are none.
    ///
    /// - Throws: `.wrongParameter` where the folder can't be listed.
    static func files(in folder: String, definitions: Definitions) throws(ControlProblem) -> [ReadFile] {
        let names: [String]
        do throws(StorageError) {
            names = try POSIXDirectory(path: folder).list().sorted()
        } catch {
            throw ControlProblem(
                .wrongParameter, "Can't list \(folder): \(error).", remedy: "Name a folder with --check.")
        }
        let base = folder.hasSuffix("/") ? folder : folder + "/"
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(Sidecar.fileSuffix) && isFile(base + $0) }
            .map { ReadFile(path: base + $0, definitions: definitions) }
    }

    private static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
