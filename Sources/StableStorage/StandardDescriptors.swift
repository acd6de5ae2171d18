import Glibc

/// The descriptors 0, 1 and 2, which whoever starts a program may have left closed.
package enum StandardDescriptors {
    /// Puts something where nothing is open, so that no file that is opened later gets one of these numbers.
    ///
    /// What is written to descriptor 1 or 2 would go into that file otherwise. What stands in fails every write with
    /// `EBADF`, as a closed descriptor does. To be called before anything else is opened. Source: open(2), which gives
    /// the lowest number that is free.
    package static func occupy() {
        for number in STDIN_FILENO...STDERR_FILENO where fcntl(number, F_GETFD) < 0 && errno == EBADF {
            if open("/dev/null", O_RDONLY) < 0 { _ = open("/", O_RDONLY | O_DIRECTORY) }
        }
    }
}
