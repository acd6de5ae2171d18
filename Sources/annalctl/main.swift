import ArgumentParser
import ControlAPI
import Glibc
import StableStorage

// What is written would otherwise go into a file that got the number of a closed standard output.
StandardDescriptors.occupy()
// A closed pipe is the reader's decision; writing to it must end in an error that is taken for success, not in a signal.
signal(SIGPIPE, SIG_IGN)
// A file that may grow no further is an error like a full disk.
signal(SIGXFSZ, SIG_IGN)

let code = await Invocation.run(CommandLine.arguments.dropFirst().map { $0 })
exit(code.rawValue)
