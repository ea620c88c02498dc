"""Traces go to a collector where the environment names one, and nowhere and at no cost else."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from gateway.errors import ConfigurationError
from gateway.telemetry.traces import tracing_wanted
from tests.cli.running import Place
from tests.operations.collector import collecting
from tests.operations.conftest import Till, seeded

CALLER = "4bf92f3577b34da6a3ce929d0e0e4736"
SAMPLED = {"traceparent": f"00-{CALLER}-00f067aa0ba902b7-01"}
UNSAMPLED = {"traceparent": f"00-{CALLER}-00f067aa0ba902b7-00"}
ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT"


def attributes(span: Any) -> dict[str, Any]:
    return {each.key: each.value.string_value or each.value.int_value for each in span.attributes}


def test_a_request_is_a_trace_below_the_callers_with_its_batch_linked(place: Place, port: int):
    with collecting() as collector:
        place.settings.update({ENDPOINT: collector.address, "LOYALTY_METRICS": "on"})
        till = Till(f"http://127.0.0.1:{port}", seeded(place))
        with place.serving("serve", "--port", str(port), port=port) as running:
            with ThreadPoolExecutor(8) as pool:
                list(pool.map(lambda n: till.apply(n, headers=SAMPLED), range(8)))
            till.apply(8, headers=UNSAMPLED)
            assert running.end() == 0
        lines = [json.loads(line) for line in running.err.splitlines()]
    assert collector.resources[0]["service.name"] == "loyalty-gateway"
    requests = [s for s in collector.named("POST /graphql") if s.trace_id.hex() == CALLER]
    assert len(requests) == 8
    assert {r.parent_span_id.hex() for r in requests} == {"00f067aa0ba902b7"}
    said = attributes(requests[0])
    assert said["graphql.operation.name"] == "ApplyRedemption"
    assert (said["loyalty.code"], said["http.response.status_code"]) == ("OK", 200)
    ids = {r.span_id for r in requests}
    for name in ("prepare", "execute"):
        assert {span.parent_span_id for span in collector.named(name)} >= ids
    commands = collector.named("ledger command")
    executions = {span.span_id for span in collector.named("execute")}
    assert {span.parent_span_id for span in commands} <= executions
    batches = [b for b in collector.named("ledger batch") if b.trace_id.hex() == CALLER]
    linked = [link.span_id for batch in batches for link in batch.links]
    assert sorted(linked) == sorted(command.span_id for command in commands)
    traced = [line for line in lines if line.get("trace_id") == CALLER]
    assert len(traced) == 8, "the log lines name their trace"
    for betrayed in ("whk_", "custom_website", "cart-", "127.0.0.1"):
        assert betrayed not in str(collector.spans)


def test_nothing_of_opentelemetry_is_loaded_where_it_is_not_asked_for(place: Place):
    script = "import sys, gateway.app as a; a.create_app(); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place.folder,
        env=place.surroundings(),
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = {name.partition(".")[0] for name in done.stdout.split()}
    assert "gateway" in loaded
    assert loaded & {"opentelemetry", "requests", "prometheus_client", "google"} == set()


def test_a_missing_extra_is_a_clear_refusal(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk", None)
    with pytest.raises(ConfigurationError, match="the extra `otel`"):
        tracing_wanted({ENDPOINT: "http://127.0.0.1:4318"})


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({}, False),
        ({ENDPOINT: ""}, False),
        ({ENDPOINT: "http://c:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://c:4318/v1/traces"}, True),
        ({ENDPOINT: "http://c:4318", "OTEL_SDK_DISABLED": "TRUE"}, False),
        ({ENDPOINT: "http://c:4318", "OTEL_TRACES_EXPORTER": "none"}, False),
        ({ENDPOINT: "http://c:4318", "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf"}, True),
    ],
)
def test_the_standard_variables_decide(environ: dict[str, str], *, wanted: bool):
    assert tracing_wanted(environ) is wanted


def test_a_protocol_that_is_not_spoken_is_refused_by_name():
    with pytest.raises(ConfigurationError, match="OTEL_EXPORTER_OTLP_PROTOCOL is 'grpc'"):
        tracing_wanted({ENDPOINT: "http://c:4317", "OTEL_EXPORTER_OTLP_PROTOCOL": "grpc"})
