import ControlAPI

extension ControlClient {
    /// Asks for a list as lines of JSON, and hands over each as it arrives.
    ///
    /// - Parameters:
    ///   - request: Its format is set here.
    ///   - type: What a line is.
    ///   - body: Gets each, in order.
    /// - Throws: As ``answer(to:as:)``; what `body` throws.
    package func lines<Value: Decodable>(
        of request: ControlRequest, as type: Value.Type, _ body: (Value) async throws -> Void
    ) async throws {
        try await rawLines(of: request) { line in
            do {
                try await body(try AnswerDecoder.decode(type, from: line))
            } catch let error as DecodingError {
                throw ControlProblem(
                    .failure,
                    "A line of the daemon's answer to \(request.path) does not have the form that was "
                        + "expected: \(error).", remedy: "Use annalctl and annald of the same version.")
            }
        }
    }

    /// The same with the bytes of each line, for who wants to look into a few of many.
    ///
    /// - Throws: As ``answer(to:as:)``; what `body` throws, which ends the answer.
    package func rawLines(of request: ControlRequest, _ body: ([UInt8]) async throws -> Void) async throws {
        var request = request
        request.format = .ndjson
        var rest: [UInt8] = []
        try await stream(request) { piece in
            var start = piece.startIndex
            while let end = piece[start...].firstIndex(of: 0x0A) {
                rest.append(contentsOf: piece[start..<end])
                start = end + 1
                try await body(rest)
                rest.removeAll(keepingCapacity: true)
            }
            rest.append(contentsOf: piece[start...])
            guard rest.count <= Self.maximumBytes else {
                throw ControlProblem(.tooLarge, "A line of the daemon's answer to \(request.path) has no end.")
            }
        }
        guard rest.isEmpty else {
            throw ControlProblem(.failure, "The daemon's answer to \(request.path) ended within a line.")
        }
    }
}
