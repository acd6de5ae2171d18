/// Words for people in a file of YAML.
package enum YAMLComment {
    /// The lines of a comment, each behind `# ` and with its line end; none of them is read as anything else.
    package static func lines(_ text: String) -> [String] {
        YAMLScalar.commentLines(text).map { ($0.isEmpty ? "#" : "# " + $0) + "\n" }
    }
}
