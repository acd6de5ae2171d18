import Annals
import ControlAPI
import ControlClient

/// A file that is sent to be compared, with the sidecar beside it in front.
struct ComparedFile {
    private let file: RegularFile
    private let sidecar: [UInt8]?

    private static let pieceByteCount = 256 << 10

    /// - Throws: Why it can't be read, as a problem whose answer is no.
    init(path: String) throws(ControlProblem) {
        do throws(Reason) {
            file = try RegularFile(path)
            sidecar = try InspectedSource(path: path).sidecar()
        } catch {
            throw ControlProblem(.refused, error.message + ".", remedy: error.remedy.map { $0 + "." })
        }
    }

    /// What the daemon is told of it.
    var query: [(name: String, value: String)] {
        [("name", EscapedName.text(Array(file.name.utf8)))]
            + (sidecar.map { [("sidecar_bytes", String($0.count))] } ?? [])
    }

    /// The sidecar, then the file.
    var bytes: RequestBytes {
        let (file, sidecar) = (file, sidecar ?? [])
        return RequestBytes(byteCount: sidecar.count + file.byteCount) { offset in
            guard offset >= sidecar.count else { return Array(sidecar[offset...]) }
            do throws(Reason) {
                return try file.bytes(from: offset - sidecar.count, atMost: Self.pieceByteCount)
            } catch {
                throw ControlProblem(.refused, error.message + ".", remedy: error.remedy.map { $0 + "." })
            }
        }
    }
}
