"""What the tests of the go-live test send."""

from __future__ import annotations

RUN = """mutation RunLaunchCheck($input: RunLaunchCheckInput!) {
  runLaunchCheck(input: $input) { report {
  ok passed warnings failed notConfigured startedAt finishedAt
  items { id title status advice setting evidence { sent expected came wrong } }
} } }"""
