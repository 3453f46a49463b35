"""What we expect of a day's articles: Great Expectations rules, each critical or warning.

A row that breaks a critical expectation goes to quarantine. When fewer than MOST of the rows keep it, and it is not a
mere handful, something is broken as a whole and the day stops. A warning is reported, its rows stay.
"""

from great_expectations import ExpectationSuite
from great_expectations import expectations as gxe

MOST = 0.8
MARKUP = r"(?s)<(?:p|div|a|span|script|style|br|img)\b[^>]*>|&(?:nbsp|amp|quot|lt|gt);"
DEBRIS = r"(?i)Cookies? akzeptieren|Newsletter abonnieren|Inhaltsübersicht\s|kostenlos registrieren"

CRITICAL = {"severity": "critical", "mostly": MOST}
WARNING = {"severity": "warning"}


def articles_suite() -> ExpectationSuite:
    """The expectations on the columns that validate hands over, one row per article and version."""
    return ExpectationSuite(
        name="articles",
        expectations=[
            gxe.ExpectColumnValuesToBeUnique(column="key", **CRITICAL),
            gxe.ExpectColumnValuesToMatchRegex(column="url", regex=r"^https?://[^\s/]+/?\S*$", **CRITICAL),
            gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=3, max_value=400, **CRITICAL),
            gxe.ExpectColumnValuesToNotMatchRegex(column="title", regex=MARKUP, **CRITICAL),
            gxe.ExpectColumnValuesToNotMatchRegex(column="body", regex=MARKUP, **CRITICAL),
            gxe.ExpectColumnValuesToBeBetween(column="word_count", min_value=1, max_value=50_000, **CRITICAL),
            gxe.ExpectColumnValuesToBeInSet(column="text_status", value_set=["full", "unknown"], **CRITICAL),
            gxe.ExpectColumnValuesToBeInSet(
                column="date_source", value_set=["jsonld", "meta", "feed", "time_tag", "text", "none"], **CRITICAL
            ),
            gxe.ExpectColumnValuesToBeBetween(column="age_days", min_value=-1, max_value=12_000, **CRITICAL),
            gxe.ExpectTableRowCountToBeBetween(min_value=1, **WARNING),
            gxe.ExpectColumnValuesToBeBetween(column="word_count", min_value=60, mostly=0.9, **WARNING),
            gxe.ExpectColumnValuesToNotBeNull(column="authors", mostly=0.5, **WARNING),
            gxe.ExpectColumnValuesToNotMatchRegex(column="body", regex=DEBRIS, mostly=0.98, **WARNING),
        ],
    )
