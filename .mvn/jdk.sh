# shellcheck shell=sh
# Finds a Java 25 for the build and for the launcher: `use_java javac` or `use_java java` sets and exports JAVA_HOME,
# or says in one sentence what is missing and fails. Sourced by both, so its variables begin with jdk_; starts no
# process, so that it costs nothing.

# Whether a folder holds a Java 25 with the program $2.
is_java_25() {
  [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r jdk_line; do
    case $jdk_line in
    'JAVA_VERSION="25"' | 'JAVA_VERSION="25.'*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

use_java() {
  if [ -n "${JAVA_HOME-}" ] && is_java_25 "$JAVA_HOME" "$1"; then
    export JAVA_HOME
    return 0
  fi
  case $- in *f*) jdk_no_glob=1 ;; *) jdk_no_glob= ;; esac
  set +f
  jdk_found=
  # Debian and Fedora; by hand; SDKMAN!, IntelliJ, mise, asdf, jabba; macOS; Homebrew on Linux.
  for jdk_home in \
    /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /usr/local/*j[dr][ke]* /opt/* /opt/*/* \
    "${SDKMAN_DIR-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.jabba/jdk/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
    if is_java_25 "$jdk_home" "$1"; then
      jdk_found=$jdk_home
      break
    fi
  done
  if [ -z "$jdk_found" ]; then
    # A java on the PATH lies in its home's bin, or is a link to there.
    jdk_java=$(command -v "$1" 2>/dev/null) && jdk_java=$(readlink -f "$jdk_java" 2>/dev/null) || jdk_java=
    case $jdk_java in
    */bin/"$1") if is_java_25 "${jdk_java%/bin/"$1"}" "$1"; then jdk_found=${jdk_java%/bin/"$1"}; fi ;;
    esac
  fi
  [ -z "$jdk_no_glob" ] || set -f
  if [ -z "$jdk_found" ]; then
    case $1 in
    javac) jdk_what='JDK 25 to build with' ;;
    *) jdk_what='Java 25 to run with' ;;
    esac
    echo "latchkey: no $jdk_what: install one (Debian: openjdk-25-jdk or temurin-25-jdk) or set JAVA_HOME to it." >&2
    return 1
  fi
  JAVA_HOME=$jdk_found
  export JAVA_HOME
}
