"""Speed and crash measurements: `python -m benchmarks` and `python -m benchmarks.prove`."""
