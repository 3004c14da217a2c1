"""The map: one painted viewport over arrays that mirror the case."""
