import Annals

/// A file that a reader takes and can't read.
struct RefusedFile: OpenedFile {
    let reason: Reason

    func read() throws(Reason) -> Reading { throw reason }
}
