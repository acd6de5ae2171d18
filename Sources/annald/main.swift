import Daemon

await AnnaldCommand.runProgram()
