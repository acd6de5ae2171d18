internal import Annals

/// Figures that are all about ten, a hundred, a thousand times others, or so much smaller: counted in another unit.
///
/// What a year changes is spread: hardly ever do nine in ten figures grow by the same factor, and never by one this large.
/// So neither growth nor a few odd figures make a shift, and a few right ones don't hide it.
struct ScaleShift: Equatable {
    /// A power of ten other than 1.
    let exponent: Int
    /// Figures whose ratio is near it.
    let near: Int
    /// Figures that were looked at.
    let count: Int

    /// Fewest figures that say anything.
    static let fewestFigures = 20
    /// Largest power of ten, of either sign: from ones to billions.
    static let largestExponent = 9
    /// How far from the power of ten a ratio may be, as a part of it.
    static let tolerance = 0.2

    /// Nil where the ratios say nothing of the kind.
    init?(_ ratios: [Double]) {
        guard ratios.count >= Self.fewestFigures else { return nil }
        var counts = [Int](repeating: 0, count: 2 * Self.largestExponent + 1)
        for ratio in ratios {
            if let exponent = Self.exponent(near: ratio) { counts[exponent + Self.largestExponent] += 1 }
        }
        // Nine in ten can be near one power only.
        guard let place = counts.firstIndex(where: { $0 * 10 >= ratios.count * 9 }) else { return nil }
        exponent = place - Self.largestExponent
        near = counts[place]
        count = ratios.count
        guard exponent != 0 else { return nil }
    }

    /// The power of ten that a ratio is near; nil for none, or a ratio below zero.
    private static func exponent(near ratio: Double) -> Int? {
        var power = 1.0
        for exponent in 0...largestExponent {
            if abs(ratio / power - 1) <= tolerance { return exponent }
            if abs(ratio * power - 1) <= tolerance { return -exponent }
            power *= 10
        }
        return nil
    }

    /// `1000 times`, or `a 1000th of`.
    var words: String {
        let power = ScaledDecimal.powerOfTen(abs(exponent))
        return exponent > 0 ? "\(power) times" : "a \(power)th of"
    }
}
