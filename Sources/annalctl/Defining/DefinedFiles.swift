import Annals
import Definitions
import TableReading

/// The definition that reads some files as they are read now, or what keeps them from having one.
struct DefinedFiles {
    /// As each file is read under the definition; without one, as it is read now.
    private(set) var files: [ReadFile]
    /// Nil where nothing names the dataset.
    private(set) var draft: DefinitionDraft?
    /// Why there is no one definition for all files, or none under which they read the same; a sentence each.
    private(set) var differences: [String] = []
    /// With the definition in them.
    private(set) var definitions: Definitions
    /// What stands above the definition, about files that are refused.
    private var remarks: [String] = []

    init(paths: [String], definitions: Definitions) {
        self.definitions = definitions
        files = paths.map { ReadFile(path: $0, definitions: definitions) }
        for file in files {
            if let document = file.document {
                add(DefinitionDraft(document, fileName: file.name), of: file)
            }
        }
        for file in files where file.reason != nil { addRefused(file) }
        verify()
    }

    /// Whether every file is read, and all of them by one definition.
    var isWhole: Bool { differences.isEmpty && files.allSatisfy { $0.reason == nil } }

    /// YAML with comments; comments alone where there is nothing to define.
    var text: String {
        let above = (differences.map { "No one definition: " + $0 } + remarks).flatMap(YAMLComment.lines)
        return above.joined() + (draft?.yaml ?? "")
    }

    private mutating func add(_ other: DefinitionDraft, of file: ReadFile) {
        guard var merged = draft else {
            draft = other
            return
        }
        let found = merged.merge(other)
        differences += found.map { "\(file.name) differs from \(files[0].name) in \($0)" }
        if found.isEmpty { draft = merged }
    }

    /// The reason, and each line that its remedy proposes with what would come of it.
    private mutating func addRefused(_ file: ReadFile) {
        guard let reason = file.reason else { return }
        remarks.append(file.line)
        if let found = reason.found { remarks.append("  found: \(found)") }
        if let expected = reason.expected { remarks.append("  expected: \(expected)") }
        if let remedy = reason.remedy { remarks.append("  remedy: \(remedy)") }
        var base = DefinitionDraft(refused: file.name, dataset: file.sidecarDataset, definitions: definitions)
        if let own = base, var common = draft, common.definition.dataset == own.definition.dataset {
            common.takeMatch(of: own)
            draft = common
            base = common
        }
        if draft == nil, file.document == nil { draft = base }
        for line in ProposedLine.all(in: reason.remedy ?? "") {
            remarks.append(
                "Proposed for the \(line.place == .sidecar ? "sidecar" : "definition"); \(outcome(line, base, file)):")
            remarks.append("  " + line.yaml)
        }
    }

    private func outcome(_ line: ProposedLine, _ base: DefinitionDraft?, _ file: ReadFile) -> String {
        guard line.place == .definition, let base else { return "not tried" }
        do throws(DefinitionError) {
            let yaml = try base.applying(line).yaml
            let tried = try definitions.replacing(yaml, path: Self.path(base))
            return "with it, " + ReadFile(path: file.path, definitions: tried).line
        } catch {
            return "it can't be used: \(error.message)"
        }
    }

    private static func path(_ draft: DefinitionDraft) -> String { "datasets.d/\(draft.definition.dataset).yaml" }

    /// Reads every file once more, under the definition.
    private mutating func verify() {
        guard let draft, differences.isEmpty else { return }
        do throws(DefinitionError) {
            definitions = try definitions.replacing(draft.yaml, path: Self.path(draft))
        } catch {
            differences.append("it can't be read: \(error)")
            return
        }
        for index in files.indices {
            guard let before = files[index].document else { continue }
            let after = ReadFile(path: files[index].path, definitions: definitions)
            if let document = after.document {
                if let found = document.difference(from: before) {
                    differences.append("under it, \(after.name) reads differently: \(found)")
                }
            } else {
                differences.append("under it, \(after.line)")
            }
            files[index] = after
        }
    }
}
