"""What a hostile caller sends to a gateway in production, and how little it costs."""
