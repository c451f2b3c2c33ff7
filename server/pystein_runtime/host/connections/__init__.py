"""What the connections and servers that settings name stand for: one module for each service."""
