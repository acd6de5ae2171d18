internal import CLinux
internal import CSeccomp
internal import Glibc

/// What a reader gives up before it looks at a file: everything but reading what it was handed and answering.
///
/// In order: it never gains privileges (`no_new_privs`), it leaves no core, its memory and the size of what it writes
/// are bounded, and then seccomp lets through the calls below and no others. Any other ends it: the call isn't made,
/// and its number stands on standard error, where the daemon reads it.
///
/// Source: seccomp(2), prctl(2), setrlimit(2); calls of glibc 2.36 on x86-64 and arm64 as strace(1) shows them.
enum ReaderSandbox {
    /// Why a reader can't be locked in; it then reads nothing.
    struct Failure: Error, CustomStringConvertible {
        let attempted: String
        let code: Int32

        var description: String { "a reader can't \(attempted) (errno \(code))" }
    }

    /// What may be called with any arguments.
    private static let allowed = [
        // The file, and the socket.
        "pread64", "read", "fstat", "newfstatat", "recvmsg", "sendmsg", "close",
        // The answer, and a word of why on standard error.
        "memfd_create", "write", "writev",
        // Memory that can't be run.
        "munmap", "mremap", "brk", "madvise",
        // The C library's and Swift's own: locks, hash seeds, clocks.
        "futex", "getrandom", "clock_gettime", "sched_yield", "restart_syscall", "rt_sigreturn", "rt_sigprocmask",
        // The end, abort(3) included, which resets a handler; another one for denied calls lets none of them happen.
        "rt_sigaction", "exit", "exit_group", "getpid", "gettid",
    ]
    /// Files that are open at once: the three standard ones, the socket, and those of one message and its answer.
    ///
    /// Files in memory count as no memory of the process: so few of them are a bound.
    private static let mostFiles = 16

    /// Gives everything up, for good.
    ///
    /// - Parameters:
    ///   - memoryByteCount: Of all that it allocates.
    ///   - answerByteCount: Of the longest file that it may write: its answer.
    /// - Throws: ``Failure`` where the kernel refuses.
    static func enter(memoryByteCount: Int, answerByteCount: Int) throws(Failure) {
        let tied = annal_end_with_parent()
        guard tied == 0 else { throw Failure(attempted: "end with the daemon", code: -tied) }
        let given = annal_give_up_privileges()
        guard given == 0 else { throw Failure(attempted: "give up privileges", code: -given) }
        try limit(RLIMIT_CORE, 0, "do without a core")
        try limit(RLIMIT_DATA, memoryByteCount, "bound its memory")
        try limit(RLIMIT_FSIZE, answerByteCount, "bound its answer")
        try limit(RLIMIT_NOFILE, mostFiles, "bound its files")
        let reporting = annal_report_denied_calls()
        guard reporting == 0 else { throw Failure(attempted: "report denied calls", code: -reporting) }
        try installFilter()
    }

    private static func limit(_ resource: __rlimit_resource, _ count: Int, _ attempted: String) throws(Failure) {
        var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: rlim_t(count))
        guard setrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0 else {
            throw Failure(attempted: attempted, code: errno)
        }
    }

    private static func installFilter() throws(Failure) {
        guard let filter = seccomp_init(SCMP_ACT_TRAP) else { throw Failure(attempted: "make a filter", code: ENOMEM) }
        defer { seccomp_release(filter) }
        for name in allowed { try allow(name, in: filter, []) }
        let doesNotRun = without(PROT_EXEC, argument: 2)
        try allow("mprotect", in: filter, [doesNotRun])
        // The limit of memory doesn't count what is shared.
        try allow("mmap", in: filter, [doesNotRun, without(MAP_SHARED, argument: 3)])
        // Everything else of fcntl(2): F_SETOWN and F_SETSIG have the kernel send any signal to any process of the user.
        for command in [annal_add_seals_command, annal_get_seals_command] {
            try allow("fcntl", in: filter, [equals(command, argument: 1)])
        }
        // For abort(3); with another's number it would end that process.
        try allow("tgkill", in: filter, [equals(getpid(), argument: 0)])
        let loaded = seccomp_load(filter)
        guard loaded == 0 else { throw Failure(attempted: "load its filter", code: -loaded) }
    }

    private static func without(_ bit: Int32, argument: UInt32) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: scmp_datum_t(bit), datum_b: 0)
    }

    private static func equals(_ value: Int32, argument: UInt32) -> scmp_arg_cmp {
        scmp_arg_cmp(arg: argument, op: SCMP_CMP_EQ, datum_a: scmp_datum_t(value), datum_b: 0)
    }

    /// A call that this processor doesn't have needs no rule.
    private static func allow(
        _ name: String, in filter: scmp_filter_ctx, _ comparisons: [scmp_arg_cmp]
    ) throws(Failure) {
        let call = seccomp_syscall_resolve_name(name)
        guard call >= 0 else { return }
        let added = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, call, UInt32(comparisons.count), comparisons)
        guard added == 0 else { throw Failure(attempted: "allow \(name)", code: -added) }
    }

    /// The name of a call that was denied, for people.
    static func name(ofCall number: Int32) -> String {
        guard let name = seccomp_syscall_resolve_num_arch(UInt32(SCMP_ARCH_NATIVE), number) else {
            return "number \(number)"
        }
        defer { free(name) }
        return String(cString: name)
    }
}
