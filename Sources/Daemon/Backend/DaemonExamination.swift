import Annals
import Archive
import ArchiveAnswers
import ControlAPI
import ControlServer
import Reading
import TableCoding
import TableReading

// Files that are only compared.
extension DaemonBackend {
    var readingLimits: ReadingLimits { reloading.configuration.settings.readingLimits }

    /// At first, then with what its dataset binds it to, then with what a drop that came meanwhile added to that.
    private static let mostExaminations = 3

    /// Always in a reader's process, and in a fresh one, also where the settings have drops read in this one: who may ask
    /// may not be who may drop.
    func examine(
        _ job: ReaderJob, file: CInt, isWanted: () -> Bool
    ) throws(ControlProblem) -> Examined {
        let configuration = reloading.configuration
        readers.adopt(configuration.definitions, configuration.settings.readerOptions)
        var job = job
        for _ in 0..<Self.mostExaminations {
            let examined = try examinedOnce(job, file: file, isWanted: isWanted)
            let decision: Decision
            do throws(ArchiveError) {
                decision = try archive.decision(on: examined, translating: definitions.codeTranslation)
            } catch {
                throw ControlProblem(error)
            }
            switch decision {
            case .record(let decided): return decided
            case .examineAgain(let bound): job.bound = bound
            }
        }
        throw ControlProblem(
            .busy, "What binds the file changes faster than it can be read.", remedy: "Ask again a little later.")
    }

    private func examinedOnce(
        _ job: ReaderJob, file: CInt, isWanted: () -> Bool
    ) throws(ControlProblem) -> Examined {
        switch readers.examine(job, file: file, isWanted: isWanted) {
        case .examined(var examined):
            examined.bound = job.bound
            // A reader that answers for other bytes is not to be believed.
            if let tables = examined.tables, tables.source != job.source.sha256 {
                throw ControlProblem(.failure, "The file was read otherwise than it was sent.")
            }
            return examined
        case .unreadable(let reason): return Examined(job.source, refused: reason)
        case .unavailable(let why):
            throw ControlProblem(.busy, "The file can't be read now: \(why).", remedy: "Ask again a little later.")
        case .stopped: throw Self.stopping
        }
    }
}
