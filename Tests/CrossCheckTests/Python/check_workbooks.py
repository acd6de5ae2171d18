"""Holds what `annalctl inspect` reads of the workbooks against what must come of them: check_workbooks.py ANNALCTL FOLDER"""

import json
import os
import subprocess
import sys

from decimal import Decimal


def outcome(program, path):
    run = subprocess.run([program, "inspect", "--cells", "--format", "json", path], capture_output=True, text=True)
    return json.loads(run.stdout, parse_float=str, parse_int=str)["files"][0]


def cells(file):
    years = {}
    for table in file["tables"]:
        years[str(table["year"])] = {
            "|".join(cell["at"]): cell["value"] if cell["status"] == "value" else [cell["status"], cell["value"]]
            for cell in table["cells"]
        }
    return years


def same(found, wanted):
    if isinstance(wanted, list) or isinstance(found, list):
        return isinstance(wanted, list) and isinstance(found, list) and found[0] == wanted[0]
    return str(found) == str(wanted)


def differences(file, wanted):
    if file["outcome"] == "refused":
        reason = file["reason"]
        said = f"{reason} "
        if "refused" not in wanted:
            yield f"refused: {said}"
            return
        words = [reason.get("message", ""), reason.get("found") or ""]
        if not any(wanted["refused"] in text for text in words):
            yield f"refused for another reason: {said}"
        if "place" in wanted:
            place = [int(reason["line"]) if reason.get("line") else None, int(reason["column"]) if reason.get("column") else None]
            if place[0] != wanted["place"][0] or wanted["place"][1] is not None and place[1] != wanted["place"][1]:
                yield f"refused at another place: {place}, {said}"
        if not reason.get("remedy"):
            yield f"no remedy: {said}"
        return
    if "refused" in wanted:
        yield f"read, and must be refused: {cells(file)}"
        return
    found = cells(file)
    if found.keys() != wanted["cells"].keys():
        yield f"years {sorted(found)}"
    for year, figures in wanted["cells"].items():
        own = found.get(year, {})
        if own.keys() != figures.keys():
            yield f"{year}: codes {sorted(own)}"
        for key, value in figures.items():
            if key in own and not same(own[key], value):
                yield f"{year} {key}: {own[key]} and not {value}"
    codes = {finding["code"] for table in file["tables"] for finding in table.get("findings", [])}
    if "finding" in wanted and wanted["finding"] not in codes:
        yield f"lacks the finding {wanted['finding']}: {sorted(codes)}"
    if "title" in wanted and file["tables"][0]["title"] != wanted["title"]:
        yield f"title {file['tables'][0]['title']}"
    if "note" in wanted and wanted["note"] not in file["tables"][0]["notes"]:
        yield f"lacks the note: {file['tables'][0]['notes']}"
    if "unit" in wanted and file["tables"][0]["measures"][0].get("unit") != wanted["unit"]:
        yield f"unit {file['tables'][0]['measures']}"


def main():
    program, folder = sys.argv[1:3]
    with open(os.path.join(folder, "expected.json")) as file:
        expected = json.load(file)
    failed = read = refused = compared = 0
    for name, wanted in expected.items():
        file = outcome(program, os.path.join(folder, name))
        found = list(differences(file, wanted))
        if file["outcome"] == "refused":
            refused += 1
        else:
            read += 1
            compared += sum(len(table["cells"]) for table in file["tables"])
        for difference in found:
            print(f"{name}: {difference}")
        failed += bool(found)
        if "-v" in sys.argv and file["outcome"] == "refused":
            print(f"  {name}: {file['reason']}")
    print(f"{len(expected)} workbooks, {read} read, {refused} refused, {compared} cells compared, {failed} otherwise than expected")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
