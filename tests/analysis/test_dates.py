"""Dates are bounded as the library bounds them, and a day that no calendar has is no date."""

from calendar import monthrange
from datetime import date

import pytest
from edtf import parse_edtf

from evidencemap.analysis.dates import moment
from evidencemap.analysis.findings import findings
from evidencemap.analysis.policy import policy
from evidencemap.analysis.verdicts import verdicts
from evidencemap.model import verbs
from evidencemap.model.case import empty_case

YEARS = (1000, 1900, 2000, 2023, 2024, 2999)


def test_plain_dates_are_bounded_as_the_library_bounds_them() -> None:
    written = [str(year) for year in YEARS]
    for year in YEARS:
        for month in range(1, 13):
            days = monthrange(year, month)[1]
            written += [
                f"{year}-{month:02d}",
                *(f"{year}-{month:02d}-{day:02d}" for day in range(1, days + 1)),
            ]

    read = {each: moment(each) for each in written}

    assert len(read) == 2_270
    for each, found in read.items():
        library = parse_edtf(each)
        bounds = (date(*library.lower_strict()[:3]), date(*library.upper_strict()[:3]))
        assert (found.earliest, found.latest) == bounds
        assert found.edtf == each


@pytest.mark.parametrize(
    "written",
    [
        "29 February 2019",
        "2019-02-29",
        "31 April",
        "XXXX-02-30",
        "2019-02-29~",
        "2019-02-29/2020-01",
        "2019-13",
    ],
)
def test_a_day_that_no_calendar_has_is_no_date_and_stops_no_finding(written: str) -> None:
    case = empty_case("Dates")
    case = case.after(verbs.set_field(case, case.id, "as_of", written))
    rules = policy(case.header.profile)

    read = moment(written)
    list(findings(case, verdicts(case, rules), today="2026-01-01"))

    assert (read.edtf, read.earliest, read.latest, read.missing) == ("", None, None, ())
