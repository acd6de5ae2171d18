/// How a text's bytes stand for characters, where a person has to say it: a text of one byte a character doesn't tell.
package enum TextEncoding: String, Hashable, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1252 = "windows-1252"
    case windows1253 = "windows-1253"
    case windows1254 = "windows-1254"
    case windows1257 = "windows-1257"
    case iso8859p1 = "iso-8859-1"
    case iso8859p2 = "iso-8859-2"
    case iso8859p5 = "iso-8859-5"
    case iso8859p7 = "iso-8859-7"
    case iso8859p9 = "iso-8859-9"
    case iso8859p15 = "iso-8859-15"
    case koi8R = "koi8-r"
    case macintosh, ibm850, ibm865
}
