import ControlAPI
import Glibc
import RecordLog
import StableStorage

// Copies of the log.
extension DaemonBackend {
    func backup() async throws(ControlProblem) -> LogBackup {
        do throws(RecordLogError) {
            return try log.backup(owner: .thisProcess)
        } catch {
            let isDamaged = if case .damaged = error { true } else { false }
            throw ControlProblem(
                .damaged, error.description,
                remedy: isDamaged
                    ? "What is damaged can't be backed up as whole: run annalctl repair first." : "Run annalctl verify."
            )
        }
    }
}

extension TarHeader.Owner {
    /// Who runs this program, so that who unpacks the copy as root gives it to the daemon.
    fileprivate static var thisProcess: Self {
        Self(user: geteuid(), group: getegid(), userName: userName(geteuid()), groupName: groupName(getegid()))
    }

    /// Empty where nobody knows the number, or the name doesn't fit the header's field.
    private static func userName(_ number: uid_t) -> String {
        var entry = Glibc.passwd()
        var found: UnsafeMutablePointer<passwd>?
        var space = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(number, &entry, &space, space.count, &found) == 0, let name = found?.pointee.pw_name else {
            return ""
        }
        return fitting(String(cString: name))
    }

    /// As ``userName(_:)``.
    private static func groupName(_ number: gid_t) -> String {
        var entry = Glibc.group()
        var found: UnsafeMutablePointer<Glibc.group>?
        var space = [CChar](repeating: 0, count: 16_384)
        guard getgrgid_r(number, &entry, &space, space.count, &found) == 0, let name = found?.pointee.gr_name else {
            return ""
        }
        return fitting(String(cString: name))
    }

    private static func fitting(_ name: String) -> String { name.utf8.count < 32 ? name : "" }
}
