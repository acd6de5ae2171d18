import ArgumentParser
import ControlAPI
import ControlClient

/// Repairs the log.
struct RepairCommand: Asking {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Writes once more what is damaged in the log and can be had again.",
        discussion: """
            Nothing on disk is overwritten: what is bad stays where it is, and its content is appended. Figures are read
            again from the file that they came from, files come from done/, commits from the log's indexes. Where there
            is no second copy, what is lost is named, the log takes nothing, and this ends with 1, until --accept-loss
            records the loss.

            EXAMPLES
              annalctl repair
              annalctl repair --accept-loss
            """)

    @Flag(help: "Records what can't be had again as lost, for good, so that the log takes drops again.")
    var acceptLoss = false
    @OptionGroup var options: GlobalOptions

    func run(_ session: Session) async throws -> ControlAPI.ExitCode {
        try session.check([.table, .json])
        let request = ControlRequest(
            .post, "/v1/log/repair", query: acceptLoss ? [(name: "accept_loss", value: "true")] : [])
        let answer = try await session.work(request, "repairing the log", as: RepairAnswer.self)
        if options.format == .json {
            try StandardStreams.write(JSONWriter.bytes(of: answer) + [0x0A])
        } else {
            try StandardStreams.write(Self.text(answer))
        }
        return answer.isRepaired ? .done : .answerIsNo
    }

    private static func text(_ answer: RepairAnswer) -> String {
        var lines = answer.restored.map { "restored: \($0)" }
        for loss in answer.lost {
            let what = loss.isTableLost ? "figures lost" : "only the file that it came from is lost"
            lines.append(
                "\(answer.hasAcceptedLoss ? "recorded as lost" : "lost"): \(loss.vintage): \(what); \(loss.reason)")
        }
        for drops in answer.lostDrops { lines.append("lost: what stood under the numbers \(drops)") }
        for problem in answer.problems { lines.append(VerificationLayout.line(problem)) }
        let verdict =
            switch (answer.isRepaired, answer.restoredFrames, answer.lostFrames) {
            case (true, 0, 0) where answer.hasAcceptedLoss: "repaired: what nothing tells of is recorded as lost"
            case (true, 0, 0): "nothing to repair"
            case (true, let restored, 0): "repaired: \(frames(restored)) restored"
            case (true, let restored, let lost): "repaired: \(frames(restored)) restored, \(lost) recorded as lost"
            case (false, let restored, let lost): "NOT repaired: \(frames(restored)) restored, \(lost) lost"
            }
        lines.append(verdict)
        if !answer.isRepaired, answer.lostFrames == 0 {
            lines.append(
                "restore the log from a backup, and start again; or give up what nothing tells of, with --accept-loss")
        }
        if !answer.isRepaired, answer.lostFrames > 0 {
            lines.append("put the files back into done/ and run it again, or record the loss with --accept-loss")
        }
        return lines.map { TerminalText.sanitised($0) + "\n" }.joined()
    }

    private static func frames(_ count: Int) -> String { count == 1 ? "1 frame" : "\(count) frames" }
}
