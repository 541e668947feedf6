"""Fuzzing: what readers of outside text make of texts that are nearly right, for ``make fuzz``."""
