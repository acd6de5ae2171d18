import FoundationEssentials

extension JSONDecoder {
    /// As a client reads answers: `lastDrops` for `last_drops`.
    static var answers: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }
}
