import Annals

/// Codes that lead back to themselves over links, by Tarjan's algorithm: linear in the links, however long a chain is.
struct CodeCycles {
    private let next: [String: [String]]
    private var order: [String: Int] = [:]
    /// The earliest code of the stack that one leads to.
    private var lowest: [String: Int] = [:]
    private var stack: [String] = []
    private var isOnStack: Set<String> = []
    /// Codes of which each leads to every other; several, or it wouldn't be one.
    private(set) var cycles: [Set<String>] = []

    /// - Parameter links: None from a code to itself.
    init(_ links: [Concordance.Link]) {
        next = Dictionary(grouping: links, by: \.from).mapValues { $0.map(\.to) }
        for link in links where order[link.from] == nil { search(from: link.from) }
    }

    /// Goes down without recursion: chains may be as long as the file.
    private mutating func search(from first: String) {
        var path = [(code: first, followed: 0)]
        enter(first)
        while let (code, followed) = path.last {
            let targets = next[code] ?? []
            if followed < targets.count {
                path[path.count - 1].followed += 1
                let target = targets[followed]
                if order[target] == nil {
                    enter(target)
                    path.append((target, 0))
                } else if isOnStack.contains(target) {
                    lower(code, to: order[target] ?? 0)
                }
                continue
            }
            path.removeLast()
            if let above = path.last { lower(above.code, to: lowest[code] ?? 0) }
            if lowest[code] == order[code] { close(at: code) }
        }
    }

    private mutating func enter(_ code: String) {
        lowest[code] = order.count
        order[code] = order.count
        stack.append(code)
        isOnStack.insert(code)
    }

    private mutating func lower(_ code: String, to place: Int) { lowest[code] = min(lowest[code] ?? place, place) }

    private mutating func close(at code: String) {
        var members: Set<String> = []
        while let member = stack.popLast() {
            isOnStack.remove(member)
            members.insert(member)
            if member == code { break }
        }
        if members.count > 1 { cycles.append(members) }
    }
}
