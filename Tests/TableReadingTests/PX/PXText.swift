/// A PX file put together for a test.
struct PXText {
    var keywords = """
        CHARSET="ANSI";
        AXIS-VERSION="2010";
        LANGUAGE="en";
        DECIMALS=0;
        MATRIX="POP1";
        TITLE="Population by region and year";
        CONTENTS="Population";
        UNITS="persons";

        """
    var stub = "STUB=\"region\";\n"
    var heading = "HEADING=\"year\";\n"
    var values = """
        VALUES("region")="North","South";
        VALUES("year")="2010","2011";

        """
    var times = "TIMEVAL(\"year\")=TLIST(A1),\"2010\",\"2011\";\n"
    var codes = "CODES(\"region\")=\"01\",\"02\";\n"
    var more = ""
    var data = "1 2\n3 4\n"
    var end = ";\n"

    var text: String { keywords + stub + heading + values + times + codes + more + "DATA=\n" + data + end }
}
