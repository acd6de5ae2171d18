/// Division of exact figures.
enum Rounding {
    /// The quotient rounded to the nearest integer, a half to the even one.
    ///
    /// The divisor is positive.
    static func halfEven(_ dividend: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let twice = remainder.magnitude * 2
        let isUp = twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 != 0)
        guard isUp else { return quotient }
        return dividend < 0 ? quotient - 1 : quotient + 1
    }
}
