"""Tests mirror srm_data/; being a package, they and the benchmark can share helpers."""
