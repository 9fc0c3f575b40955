#!/usr/bin/env bash
# Installs what the suites need beside Python and Node: a PostgreSQL server and Chromium, from Debian's packages.
# Who is not root is told how.
set -euo pipefail

missing=()
[ -n "${CLAUSE8_TEST_POSTGRES_URL:-}" ] || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 ||
    command -v initdb >/dev/null || missing+=(postgresql)
[ -n "${CLAUSE8_TEST_CHROMIUM:-}" ] || command -v chromium >/dev/null || missing+=(chromium)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    {
        echo "The tests need: ${missing[*]}. Cure, one of:"
        echo "  - on Debian or Ubuntu: sudo apt-get update && sudo apt-get install ${missing[*]}"
        echo "  - name what you have: CLAUSE8_TEST_POSTGRES_URL=postgresql+psycopg://user:password@host/database"
        echo "    (its user may create databases), CLAUSE8_TEST_CHROMIUM=/path/to/chromium"
    } >&2
    exit 1
fi

echo "Installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
