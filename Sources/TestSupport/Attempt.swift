/// What hostile bytes give, or nil where they are refused: tests of them ask only that it is one of the two.
@discardableResult
package func attempt<Answer>(_ body: () throws -> Answer) -> Answer? {
    do { return try body() } catch { return nil }
}
