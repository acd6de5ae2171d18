import Daemon
import Reading

// The daemon, but for its readers: they do what a file asks for in a line `# trial: WORD`, as a hostile or unlucky file
// might make them do. For tests of what becomes of the others then; it is not installed.
await AnnaldCommand.runProgram { bytes, job, examiner in
    Misdeed(askedForIn: bytes)?.commit()
    return examiner.examine(bytes, job)
}
