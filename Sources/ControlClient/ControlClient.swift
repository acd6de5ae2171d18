import AsyncHTTPClient
import ControlAPI
import Glibc
import NIOCore
import NIOHTTP1

/// Asks a daemon over its control socket: HTTP/1.1, without TLS, one connection after another.
package struct ControlClient: Sendable {
    package let socketPath: String
    /// How long to wait for a byte of an answer, where the request doesn't say itself how long all of it may take.
    package let patience: Duration

    /// What is waited for a byte where nobody says otherwise.
    package static let usualPatience = Duration.seconds(30)

    /// Largest answer that is taken whole, in bytes; what is larger can be streamed.
    package static let maximumBytes = 1 << 28

    package init(socketPath: String, patience: Duration = usualPatience) {
        self.socketPath = socketPath
        self.patience = patience
    }

    /// Asks, and reads the whole answer.
    ///
    /// - Throws: What the daemon answered instead, or `.noDaemon`, `.notPermitted`, `.timedOut`.
    package func answer<Value: Decodable>(to request: ControlRequest, as type: Value.Type) async throws -> Value {
        let bytes = try await bytes(of: request)
        do {
            return try AnswerDecoder.decode(type, from: bytes)
        } catch {
            throw ControlProblem(
                .failure,
                "The daemon's answer to \(request.path) does not have the form that was expected"
                    + Self.place(of: error) + ".",
                remedy: "Use annalctl and annald of the same version.")
        }
    }

    /// Where in an answer something unexpected stands, as the rest of a sentence.
    private static func place(of error: any Error) -> String {
        let context: DecodingError.Context? =
            switch error as? DecodingError {
            case .keyNotFound(_, let context), .valueNotFound(_, let context), .typeMismatch(_, let context),
                .dataCorrupted(let context):
                context
            default: nil
            }
        guard let context else { return "" }
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return (path.isEmpty ? "" : " at \(path)") + ": \(context.debugDescription)"
    }

    /// Asks, and gives the bytes of the answer as they are.
    ///
    /// - Throws: As ``answer(to:as:)``.
    package func bytes(of request: ControlRequest) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await stream(request) { piece in
            guard bytes.count + piece.count <= Self.maximumBytes else {
                throw ControlProblem(
                    .tooLarge, "The answer is larger than \(Self.maximumBytes >> 20) MiB.",
                    remedy: "Ask for less with --where.")
            }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    /// Asks, and hands over the answer piece by piece as it arrives.
    ///
    /// - Parameters:
    ///   - request: What is asked.
    ///   - expect: Gets how many bytes the answer has, once it begins; nil where the daemon doesn't know yet.
    ///   - body: Gets each piece; the next one is waited for only when it has returned.
    /// - Throws: As ``answer(to:as:)``; what `body` throws.
    package func stream(
        _ request: ControlRequest, expect: (Int?) -> Void = { _ in }, _ body: ([UInt8]) async throws -> Void
    ) async throws {
        guard socketPath.utf8.count <= Self.longestPath else {
            throw ControlProblem(
                .wrongParameter, "The socket's path is longer than \(Self.longestPath) bytes: \(socketPath)",
                remedy: "Give a shorter one with --socket.")
        }
        guard !request.path.hasSuffix("/"), !request.path.contains("//") else {
            throw ControlProblem(
                .wrongParameter, "An id or a name is empty.", remedy: "annalctl datasets and quarantine list name them."
            )
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration)
        let watch = SilenceWatch(limit: request.timeout ?? patience)
        do {
            let place = try SocketPlace(socketPath)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Ends what is waited for: nothing else would. That it was silent is what is told, not how the end went.
                group.addTask { if await watch.sawSilence() { try? await client.shutdown() } }
                try await exchange(request, on: client, at: place, watch, expect, body)
                group.cancelAll()
            }
        } catch {
            // The first failure is what counts; shutting down a client that failed has nothing to add.
            try? await client.shutdown()
            throw watch.isExpired ? silence(of: watch) : problem(for: error)
        }
        try await client.shutdown()
    }

    /// What fits into the socket's address beside its end, in bytes.
    ///
    /// Source: unix(7).
    private static let longestPath = 107

    private func silence(of watch: SilenceWatch) -> ControlProblem {
        ControlProblem(
            .timedOut, "No answer from \(socketPath) in \(watch.limit).",
            remedy: "Is the daemon stopped, or busy? See its journal: journalctl -u annald. --timeout waits longer.")
    }

    private static var configuration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5)), decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }

    private func exchange(
        _ request: ControlRequest, on client: HTTPClient, at place: SocketPlace, _ watch: SilenceWatch,
        _ expect: (Int?) -> Void, _ body: ([UInt8]) async throws -> Void
    ) async throws {
        let host = PercentEncoder.encoded(place.path)
        var http = HTTPClientRequest(url: "http+unix://\(host)\(request.target)")
        http.method = HTTPMethod(rawValue: request.method.rawValue)
        http.headers.add(name: "Accept", value: request.format.mediaType)
        if let body = request.body {
            http.headers.add(name: "Content-Type", value: "application/octet-stream")
            http.body = .stream(RequestBytes.Pieces(bytes: body), length: .known(Int64(body.byteCount)))
        }
        watch.begin()
        let response = try await client.execute(http, deadline: deadline(of: request))
        guard response.status.code < 400 else { throw try await Self.problem(in: response) }
        watch.end()
        expect(response.headers.first(name: "Content-Length").flatMap { Int($0) })
        var pieces = response.body.makeAsyncIterator()
        while true {
            watch.begin()
            guard let piece = try await pieces.next() else { break }
            // What is done with it may take its time: that is a pager's reader, and no silence of the daemon.
            watch.end()
            try await body(Array(piece.readableBytesView))
        }
        watch.end()
    }

    private func deadline(of request: ControlRequest) -> NIODeadline {
        request.timeout.map { .now() + TimeAmount($0) } ?? .distantFuture
    }

    private static func problem(in response: HTTPClientResponse) async throws -> ControlProblem {
        do {
            let bytes = try await response.body.collect(upTo: 1 << 20)
            return try AnswerDecoder.decode(ControlProblem.self, from: bytes.readableBytesView)
        } catch {
            return ControlProblem(.failure, "What answers at the socket is no annald: status \(response.status.code).")
        }
    }

    private func problem(for error: any Error) -> any Error {
        switch error {
        case is ControlProblem, is CancellationError: return error
        case let error as IOError: return problem(forCode: error.errnoCode)
        case let error as SocketPlace.Failure: return problem(forCode: error.code)
        case let error as HTTPClientError where error == .connectTimeout || error == .deadlineExceeded:
            return ControlProblem(.timedOut, "No answer from \(socketPath) in time.")
        case is HTTPClientError, is HTTPParserError:
            return ControlProblem(
                .noDaemon, "The daemon at \(socketPath) closed the connection before it had answered.",
                remedy: "See its journal: journalctl -u annald")
        default: return error
        }
    }

    private func problem(forCode code: CInt) -> ControlProblem {
        switch code {
        case EACCES, EPERM:
            ControlProblem(
                .notPermitted, "You may not open the socket \(socketPath).",
                remedy: "Join the socket's group (annal), or ask somebody who is in it.")
        case ENOENT, ENOTDIR:
            ControlProblem(
                .noDaemon, "There is no socket at \(socketPath).",
                remedy: "Start annald, or name its socket with --socket or ANNALD_SOCKET.")
        case EAGAIN:
            ControlProblem(
                .busy, "So many wait at the socket \(socketPath) that there is no room for one more.",
                remedy: "Ask again a little later.")
        case ECONNREFUSED:
            ControlProblem(
                .noDaemon, "Nobody listens at the socket \(socketPath).",
                remedy: "Start annald: systemctl start annald")
        default:
            ControlProblem(
                .noDaemon, "The connection to \(socketPath) failed: \(String(cString: strerror(code))).",
                remedy: "See the daemon's journal: journalctl -u annald")
        }
    }
}
