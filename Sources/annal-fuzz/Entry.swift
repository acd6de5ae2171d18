/// What libFuzzer calls with each input; it owns `main`.
///
/// - Returns: 0, as libFuzzer wants it. Whatever doesn't hold traps.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafeRawPointer?, _ byteCount: Int) -> CInt {
    FuzzPart.chosen.run(Array(UnsafeRawBufferPointer(start: start, count: byteCount)))
    return 0
}
