"""Values and rules: no input or output, no Qt, no model runtime."""
