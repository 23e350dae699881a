# shellcheck shell=bash
# What the parts of the proof share; sourced.

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)
export root
work=${LATCHKEY_PROOF:?run ./prove PART}
export work

# Runs tests of a module, with the rest of the words as Maven's options: maven_tests MODULE 'OneTest,OtherTest' -Dlatchkey.fuzz=1000.
maven_tests() {
  local module=$1 tests=$2
  shift 2
  "$root/mvnw" -q -f "$root/pom.xml" -pl "$module" -am test "-Dtest=$tests" -Dsurefire.failIfNoSpecifiedTests=false \
    -Dspotless.check.skip "$@"
}
