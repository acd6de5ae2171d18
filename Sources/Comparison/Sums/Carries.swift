/// What sums in 64 bits lose, so that they are exact however large they become on the way.
///
/// Few sums ever lose anything: only of these is something kept.
struct Carries {
    /// How often more than 64 bits hold was lost, by the number of a sum; negative where it became too small.
    private var carries: [Int: Int] = [:]

    /// Adds to a sum, which keeps its lowest 64 bits.
    @inline(__always)
    mutating func add(_ value: Int64, to sum: inout Int64, at place: Int) {
        let (total, overflow) = sum.addingReportingOverflow(value)
        if overflow { carries[place, default: 0] += value < 0 ? -1 : 1 }
        sum = total
    }

    /// Takes from a sum.
    @inline(__always)
    mutating func subtract(_ value: Int64, from sum: inout Int64, at place: Int) {
        let (rest, overflow) = sum.subtractingReportingOverflow(value)
        if overflow { carries[place, default: 0] += value < 0 ? 1 : -1 }
        sum = rest
    }

    /// Forgets what a sum lost.
    mutating func clear(_ place: Int) {
        if !carries.isEmpty { carries[place] = nil }
    }

    /// A sum as it is.
    func exact(_ sum: Int64, at place: Int) -> Int128 {
        guard !carries.isEmpty, let carry = carries[place] else { return Int128(sum) }
        return Int128(sum) + Int128(carry) << 64
    }

    /// The sums that don't fit 64 bits, ascending.
    var excessive: [Int] { carries.filter { $0.value != 0 }.keys.sorted() }
}
