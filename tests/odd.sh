#!/usr/bin/env bash
# Hard little inputs: what users with dirty archives meet. The cases are in tests/odd.py. Prints "N passed, M failed".
cd "$(dirname "$0")/.." && exec python3 tests/odd.py "${BUILD:-build}/rapporteur"
