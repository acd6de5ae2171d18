import ControlAPI
import HTTPTypes
import Hummingbird
import NIOCore

/// How answers leave.
enum Answer {
    /// Bytes in a piece of a streamed answer, about.
    static let pieceBytes = 64 * 1024

    static func json(_ value: some JSONWritable, status: HTTPResponse.Status = .ok) -> Response {
        bytes(JSONWriter.bytes(of: value) + [0x0A], contentType: AnswerFormat.json.contentType, status: status)
    }

    static func bytes(_ bytes: [UInt8], contentType: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: headers(contentType), body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func problem(_ problem: ControlProblem) -> Response {
        bytes(
            JSONWriter.bytes(of: problem), contentType: ControlProblem.mediaType,
            status: HTTPResponse.Status(code: problem.kind.status))
    }

    /// Streams rows as the client takes them: about ``pieceBytes`` are in memory, never all of it.
    ///
    /// - Parameters:
    ///   - rows: What to write, one after another.
    ///   - layout: What stands before, between and after them.
    ///   - encode: Appends one row. It may compute; it must not wait for storage.
    /// - Returns: The answer, whose body is written when it is asked for.
    static func rows<Rows: Sequence & Sendable>(
        _ rows: Rows, in layout: RowLayout, encode: @escaping @Sendable (Rows.Element, inout [UInt8]) -> Void
    ) -> Response {
        Response(
            status: .ok, headers: headers(layout.format.contentType),
            body: ResponseBody { writer in
                var bytes = layout.head
                var isFirst = true
                for row in rows {
                    if !isFirst { bytes.append(contentsOf: layout.separator) }
                    isFirst = false
                    encode(row, &bytes)
                    if bytes.count >= pieceBytes {
                        try await writer.write(ByteBuffer(bytes: bytes))
                        bytes.removeAll(keepingCapacity: true)
                    }
                }
                bytes.append(contentsOf: layout.tail)
                if !bytes.isEmpty { try await writer.write(ByteBuffer(bytes: bytes)) }
                try await writer.finish(nil)
            })
    }

    /// A list of reports under one name, as JSON or a line for each.
    static func list<Value: JSONWritable & Sendable>(
        _ values: some Sequence<Value> & Sendable, named name: String, as format: AnswerFormat
    ) -> Response {
        let layout =
            format == .ndjson
            ? RowLayout(format: .ndjson)
            : RowLayout(format: .json, head: Array("{\"\(name)\":[".utf8), tail: [0x5D, 0x7D, 0x0A])
        return rows(values, in: layout) { value, bytes in
            bytes.append(contentsOf: JSONWriter.bytes(of: value))
            if format == .ndjson { bytes.append(0x0A) }
        }
    }

    /// Streams a list of reports that is read handful by handful.
    ///
    /// - Parameters:
    ///   - name: Of the list.
    ///   - format: JSON or a line for each.
    ///   - next: Gives the next handful; none at the end. It may wait.
    /// - Returns: The answer, whose body is written when it is asked for.
    static func handfuls<Value: JSONWritable & Sendable>(
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

/// What stands around the rows of an answer.
struct RowLayout: Sendable {
    var format: AnswerFormat
    var head: [UInt8] = []
    var tail: [UInt8] = []

    /// What stands between rows: the lines of CSV and NDJSON end themselves.
    var separator: [UInt8] { format == .json ? [0x2C] : [] }
}
