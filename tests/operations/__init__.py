"""What operators see of the gateway: metrics, log lines, traces, probes, and how it stops."""
