import Annals

/// The vintages of one year from one instant to the one that is compared.
struct ReleasePath {
    /// In order of publication, equal neighbours once; the last one's figures are those of the compared table.
    let releases: [Release]

    /// Nil where none was published by then.
    ///
    /// - Parameters:
    ///   - releases: All of the year within the limits of the question, in any order.
    ///   - start: The path begins with the one that was current then.
    init?(_ releases: [Release], from start: Instant) {
        let sorted = releases.sorted { $0.isEarlier(than: $1) }
        guard let first = sorted.lastIndex(where: { $0.published <= start }) else { return nil }
        var path: [Release] = []
        for release in sorted[first...] where path.last?.content != release.content { path.append(release) }
        self.releases = path
    }
}
