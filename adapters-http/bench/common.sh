# shellcheck shell=bash disable=SC2034
# What the benchmarks share: building, starting and stopping the servers, one measurement, medians.
# Every server has the first processor to itself and wrk the second; with fewer, or with a system that cannot pin, they
# share, and the figures are only good as ratios.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/.mvn/jdk.sh"
use_java javac
work=$(mktemp -d)
pids=()
rounds=${ROUNDS:-5}
seconds=${SECONDS_EACH:-4}

finish() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

need() {
  for program in "$@"; do
    command -v "$program" >/dev/null || { echo "needs $program (Debian: apt-get install $program)" >&2; exit 1; }
  done
}

pin() {
  if [ "$(nproc)" -ge 2 ] && command -v taskset >/dev/null; then
    local cpu=$1
    shift
    exec taskset -c "$cpu" "$@"
  fi
  shift
  exec "$@"
}

build() {
  (cd "$root" && ./mvnw -q package -DskipTests -Dspotless.check.skip &&
    ./mvnw -q -pl adapters-http -am test-compile dependency:build-classpath -Dspotless.check.skip \
      -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) </dev/null
  image=$root/adapters-cli/target/image
  yardsticks=$root/adapters-http/target/test-classes:$root/adapters-http/target/classes:$(cat "$root/adapters-http/target/bench.classpath")
}

# Programs of the store's tests, which do to a file what no user can.
build_fillers() {
  (cd "$root" && ./mvnw -q -pl adapters-persistence -am test-compile dependency:build-classpath -Dspotless.check.skip \
    -Dmdep.includeScope=test -Dmdep.outputFile=target/bench.classpath) </dev/null
  fillers=$root/adapters-persistence/target/test-classes:$root/adapters-persistence/target/classes:$(cat "$root/adapters-persistence/target/bench.classpath")
}

pin_java() {
  local cpu=$1
  shift
  (pin "$cpu" "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC "$@")
}

await_port() {
  for _ in $(seq 600); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then return 0; fi
    sleep 0.05
  done
  echo "nothing listens on $1" >&2
  exit 1
}

latchkey() {
  "$image/bin/latchkey" "$@"
}

# await_verdict PORT SECRET: until a server lets it pass. Forks nothing: whoever asks with a program of its own a hundred
# times a second takes from a server that starts the processor it needs.
exec {pause}<> <(:)
await_verdict() {
  local line
  until { exec {asked}<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null; do read -rt 0.005 -u "$pause" || true; done
  while true; do
    printf 'GET /api/v1/verify HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\n\r\n' "$2" >&"$asked"
    read -r line <&"$asked"
    exec {asked}>&-
    [[ $line != 'HTTP/1.1 204'* ]] || return 0
    read -rt 0.005 -u "$pause" || true
    exec {asked}<>"/dev/tcp/127.0.0.1/$1"
  done
}

# serve PORT FILE SECRET: a server on all processors in `server`, and in `took` the milliseconds from exec to its first
# correct verdict.
serve() {
  local begun
  begun=$(date +%s%N)
  "$image/bin/latchkey" serve --http-bind "127.0.0.1:$1" --db "$2" >/dev/null 2>"$work/serve.err" &
  server=$!
  pids+=("$server")
  await_verdict "$1" "$3"
  took=$((($(date +%s%N) - begun) / 1000000))
}

stop() {
  kill "$server"
  wait "$server" || true
}

# start NAME PORT COMMAND...: in the background, pinned, its process number in pid_NAME.
start() {
  local name=$1 port=$2
  shift 2
  (pin 0 "$@") >"$work/$name.out" 2>"$work/$name.err" &
  pids+=($!)
  printf -v "pid_$name" %s $!
  await_port "$port"
}

start_latchkey() {
  local port=$1 file=$2
  shift 2
  start latchkey "$port" "$image/bin/latchkey" serve --http-bind "127.0.0.1:$port" --db "$file" "$@"
}

# With the flags of the server.
start_netty() {
  local name=$1 port=$2
  shift 2
  start "$name" "$port" "$JAVA_HOME/bin/java" "@$image/lib/options/server" -cp "$yardsticks" io.latchkey.http.BareNetty "$port" "$@"
}

# Ticks of processor time that a process and its children have used.
ticks() {
  local total=0 pid stat
  for pid in "$1" $(pgrep -P "$1"); do
    stat=$(cat "/proc/$pid/stat" 2>/dev/null) || continue
    stat=${stat##*) }
    # shellcheck disable=SC2086
    set -- $stat
    total=$((total + ${12} + ${13}))
  done
  echo "$total"
}

# measure PID CONNECTIONS URL [HEADER...]: prints requests/s, p50 and p99 in microseconds, microseconds of processor a request.
measure() {
  local pid=$1 connections=$2 url=$3 before after header args=()
  shift 3
  for header in "$@"; do args+=(-H "$header"); done
  before=$(ticks "$pid")
  (pin 1 wrk -t1 -c"$connections" -d"${seconds}s" -s "$root/adapters-http/bench/report.lua" "${args[@]}" "$url") >"$work/wrk.out"
  after=$(ticks "$pid")
  awk -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '/^report / {
    printf "%.0f %.1f %.1f %.2f\n", $2 / $3, $4, $5, ticks / hz * 1e6 / $2 }
    /^errors / { print "wrk saw " $2 " answers that were not 2xx" >"/dev/stderr" }' "$work/wrk.out"
}

# The median of the numbers on standard input.
median() { sort -n | awk '{ v[NR] = $1 } END { print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }
