import ControlAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// How answers leave.
enum Answer {
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        bytes(JSONWriter.bytes(of: value) + [0x0A], contentType: AnswerFormat.json.contentType, status: status)
    }

    static func json(_ value: some JSONWritable) -> Response {
        bytes(value.json + [0x0A], contentType: AnswerFormat.json.contentType)
    }

    static func bytes(_ bytes: [UInt8], contentType: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, headers: headers(contentType), body: body(of: bytes))
    }

    /// Piece by piece where it is long, so that it is seen how far the client has got with it.
    private static func body(of bytes: [UInt8]) -> ResponseBody {
        let whole = ByteBuffer(bytes: bytes)
        guard bytes.count > AnswerBody.pieceBytes else { return ResponseBody(byteBuffer: whole) }
        return ResponseBody(contentLength: bytes.count) { writer in
            var rest = whole
            while let piece = rest.readSlice(length: min(rest.readableBytes, AnswerBody.pieceBytes)),
                piece.readableBytes > 0
            {
                try await writer.write(piece)
            }
            try await writer.finish(nil)
        }
    }

    static func problem(_ problem: ControlProblem) -> Response {
        bytes(
            JSONWriter.bytes(of: problem), contentType: ControlProblem.mediaType,
            status: HTTPResponse.Status(code: problem.kind.status))
    }

    /// Streams an answer as the client takes it: a piece is in memory, never all of it.
    ///
    /// A client that leaves ends it: the next piece can't be written.
    static func body(_ body: AnswerBody, as format: AnswerFormat) -> Response {
        Response(
            status: .ok, headers: headers(format.contentType),
            body: ResponseBody { writer in
                var pieces = body.pieces()
                while let piece = pieces.next() { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            })
    }

    /// A list of reports under one name, as JSON or a line for each.
    static func list<Values: RandomAccessCollection & Sendable>(
        _ values: Values, named name: String, as format: AnswerFormat
    ) -> Response where Values.Element: Encodable {
        list(values, named: name, as: format) { JSONWriter.bytes(of: $0) }
    }

    /// The same of what has its JSON written by hand.
    static func list<Values: RandomAccessCollection & Sendable>(
        _ values: Values, named name: String, as format: AnswerFormat
    ) -> Response where Values.Element: JSONWritable {
        list(values, named: name, as: format) { $0.json }
    }

    private static func list<Values: RandomAccessCollection & Sendable>(
        _ values: Values, named name: String, as format: AnswerFormat,
        _ json: @escaping @Sendable (Values.Element) -> [UInt8]
    ) -> Response {
        var body = AnswerBody()
        if format == .json { body.append("{\"\(name)\":[") }
        body.append(rows: values.count) { rows, buffer in
            for row in rows {
                if format == .json, row > 0 { buffer.append(0x2C) }
                buffer.append(json(values[values.index(values.startIndex, offsetBy: row)]))
                if format == .ndjson { buffer.append(0x0A) }
            }
        }
        if format == .json { body.append("]}\n") }
        return Self.body(body, as: format)
    }

    /// Streams a list of reports that is read handful by handful.
    ///
    /// - Parameters:
    ///   - name: Of the list.
    ///   - format: JSON or a line for each.
    ///   - next: Gives the next handful; none at the end. It may wait.
    /// - Returns: The answer, whose body is written when it is asked for.
    static func handfuls<Value: Encodable & Sendable>(
        named name: String, as format: AnswerFormat, _ next: @escaping @Sendable () async throws -> [Value]
    ) -> Response {
        Response(
            status: .ok, headers: headers(format.contentType),
            body: ResponseBody { writer in
                var bytes = format == .json ? Array("{\"\(name)\":[".utf8) : []
                var isFirst = true
                while case let values = try await next(), !values.isEmpty {
                    for value in values {
                        if format == .json, !isFirst { bytes.append(0x2C) }
                        isFirst = false
                        bytes.append(contentsOf: JSONWriter.bytes(of: value))
                        if format == .ndjson { bytes.append(0x0A) }
                    }
                    try await writer.write(ByteBuffer(bytes: bytes))
                    bytes.removeAll(keepingCapacity: true)
                }
                if format == .json { bytes.append(contentsOf: [0x5D, 0x7D, 0x0A]) }
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            })
    }

    /// Streams bytes of which it is known how many they are; a client that gets fewer knows that it broke off.
    static func pieces(
        byteCount: Int, contentType: String, _ next: @escaping @Sendable () async throws -> [UInt8]?
    ) -> Response {
        Response(
            status: .ok, headers: headers(contentType),
            body: ResponseBody(contentLength: byteCount) { writer in
                while let piece = try await next() { try await writer.write(ByteBuffer(bytes: piece)) }
                try await writer.finish(nil)
            })
    }

    static func headers(_ contentType: String) -> HTTPFields {
        [.contentType: contentType, .cacheControl: "no-store", .xContentTypeOptions: "nosniff"]
    }
}
