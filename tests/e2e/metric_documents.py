"""The documents of metrics."""

from __future__ import annotations

METRICS = """query ($from: Date!, $to: Date!, $by: MetricGranularity! = DAY, $compare: Boolean) {
  merchant { metrics(from: $from, to: $to, granularity: $by, compare: $compare) {
    from to previousFrom previousTo timeZone currencyCode asOf csv
    metrics { id name definition unit value previousValue change points { from value } }
  } }
}"""
LIABILITY = """{ merchant { liability {
  byMonth { month points worth { amount } } neverExpiring total worth { amount }
} } }"""
TICKET = """mutation ($input: RecordSupportTicketInput!) {
  recordSupportTicket(input: $input) { recorded replayed userErrors { code message field } }
}"""
