import Glibc

/// A contestant in a process of its own, asked line by line: nothing of one is in the memory of another.
final class ContestantProcess {
    let name: String
    private let identifier: pid_t
    private let questions: UnsafeMutablePointer<FILE>
    private let answers: UnsafeMutablePointer<FILE>

    /// Starts one.
    ///
    /// - Parameters:
    ///   - name: For the figures.
    ///   - command: Program and arguments.
    /// - Throws: `BenchmarkError` where it can't be started.
    init(_ name: String, command: [String]) throws {
        self.name = name
        let question = try Self.pipe()
        let answer = try Self.pipe()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, question.reading, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, answer.writing, STDOUT_FILENO)
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) }
        defer { for argument in arguments { free(argument) } }
        arguments.append(nil)
        var child = pid_t()
        let code = posix_spawn(&child, command[0], &actions, nil, arguments, environ)
        close(question.reading)
        close(answer.writing)
        guard code == 0 else { throw BenchmarkError("\(command[0]): \(String(cString: strerror(code)))") }
        guard let questions = fdopen(question.writing, "w"), let answers = fdopen(answer.reading, "r") else {
            throw BenchmarkError(call: "fdopen")
        }
        identifier = child
        self.questions = questions
        self.answers = answers
    }

    /// Has it run a round.
    ///
    /// - Throws: `BenchmarkError` where it ended instead; why, it said on standard error.
    func round(_ workload: Workload) throws -> RoundFigures {
        fputs(workload.line + "\n", questions)
        fflush(questions)
        var line = [CChar](repeating: 0, count: 200)
        guard fgets(&line, Int32(line.count), answers) != nil else { throw BenchmarkError("\(name) ended") }
        let text = String(decoding: line.prefix { $0 != 0 && $0 != 0x0A }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let figures = RoundFigures(line: text) else { throw BenchmarkError("\(name) answered: \(text)") }
        return figures
    }

    /// No further question comes, so it ends.
    deinit {
        fclose(questions)
        fclose(answers)
        var status: Int32 = 0
        waitpid(identifier, &status, 0)
    }

    private static func pipe() throws -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw BenchmarkError(call: "pipe") }
        // So that no contestant holds another's pipe open; what is duplicated for the child is inherited all the same.
        for end in ends where fcntl(end, F_SETFD, FD_CLOEXEC) != 0 { throw BenchmarkError(call: "fcntl") }
        return (ends[0], ends[1])
    }
}
