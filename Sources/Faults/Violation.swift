/// Something that must hold and doesn't: a bug in what is tried, in the fault model, or in the trial itself.
package struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    /// What was expected and what was found.
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}

/// Throws where the condition doesn't hold.
func ensure(_ holds: Bool, _ message: @autoclosure () -> String) throws(Violation) {
    if !holds { throw Violation(message()) }
}
