"""What the platform reads besides Python: settings, routes, expressions. The checker and the runtime both read it here."""
