import Glibc

/// Work that several processors share.
package enum Threads {
    private final class Task {
        private let place: Int
        private let body: (Int) -> Void

        init(_ place: Int, _ body: @escaping (Int) -> Void) {
            self.place = place
            self.body = body
        }

        func run() { body(place) }
    }

    /// Calls `body` once for each place below a count, side by side, and returns when all have ended.
    ///
    /// Nothing makes sure that the calls keep out of each other's way: each may write only what belongs to its place.
    package static func run(_ count: Int, _ body: (Int) -> Void) {
        withoutActuallyEscaping(body) { body in
            let threads = (1..<max(1, count)).compactMap { start(Task($0, body)) }
            if count > 0 { body(0) }
            for thread in threads { pthread_join(thread, nil) }
        }
    }

    /// Nil where no thread is to be had; then the work is done at once.
    private static func start(_ task: Task) -> pthread_t? {
        var thread = pthread_t()
        let kept = Unmanaged.passRetained(task)
        let error = pthread_create(
            &thread, nil,
            { pointer in
                pointer.map { Unmanaged<Task>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, kept.toOpaque())
        guard error != 0 else { return thread }
        kept.takeRetainedValue().run()
        return nil
    }
}
