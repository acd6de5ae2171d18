import Glibc

/// Lets appends that wait together go out as one batch with one sync.
///
/// Who comes while nobody writes leads: it takes what has gathered, writes it as one batch, and tells the others. Who comes
/// meanwhile waits, and one of those leads the next batch. So a batch is as large as what came during the one before.
final class AppendGroup: @unchecked Sendable {
    // Everything is guarded by `mutex`, which with `condition` keeps its address as long as this lives.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var waiting: [Member] = []
    private var isLed = false
    /// Of one batch, in bytes of frames; a single append may be larger.
    private let limit: Int

    /// An append that waits.
    private final class Member {
        let frames: [Frame]
        let byteCount: Int
        var result: Result<AppendOutcome, RecordLogError>?

        init(_ frames: [Frame]) {
            self.frames = frames
            byteCount = ActiveSegment.bytes(of: frames)
        }
    }

    init(limit: Int) {
        self.limit = limit
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// Appends frames, perhaps together with those of others.
    ///
    /// - Parameters:
    ///   - frames: At least one.
    ///   - write: Appends one batch; called by one thread at a time.
    /// - Returns: The sequences of these frames.
    /// - Throws: What `write` throws, to everybody in the batch.
    func append(
        _ frames: [Frame], write: ([Frame]) throws(RecordLogError) -> AppendOutcome
    ) throws(RecordLogError) -> AppendOutcome {
        let own = Member(frames)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        waiting.append(own)
        while own.result == nil {
            if isLed { pthread_cond_wait(condition, mutex) } else { lead(write) }
        }
        // The loop ends with a result.
        guard let result = own.result else { preconditionFailure("an append without an outcome") }
        return try result.get()
    }

    /// Called with the mutex locked, and returns so.
    private func lead(_ write: ([Frame]) throws(RecordLogError) -> AppendOutcome) {
        let members = takeMembers()
        isLed = true
        pthread_mutex_unlock(mutex)
        let result: Result<AppendOutcome, RecordLogError>
        do throws(RecordLogError) {
            result = .success(try write(members.count == 1 ? members[0].frames : members.flatMap(\.frames)))
        } catch {
            result = .failure(error)
        }
        pthread_mutex_lock(mutex)
        isLed = false
        share(result, among: members)
        pthread_cond_broadcast(condition)
    }

    /// The oldest, as many as fit into one batch.
    private func takeMembers() -> [Member] {
        var bytes = 0
        let count = waiting.prefix { member in
            bytes += member.byteCount
            return bytes <= limit
        }.count
        let members = Array(waiting.prefix(max(count, 1)))
        waiting.removeFirst(members.count)
        return members
    }

    private func share(_ result: Result<AppendOutcome, RecordLogError>, among members: [Member]) {
        guard case .success(.appended(var first, _)) = result else {
            for member in members { member.result = result }
            return
        }
        for member in members {
            let count = UInt64(member.frames.count)
            member.result = .success(.appended(first: first, last: first + count - 1))
            first += count
        }
    }
}
