/* Debian's libxml2 brings ICU's headers, whose names are those of the ICU in Foundation. Nothing of it is used here. */
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
