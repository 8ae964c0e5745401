# What build, .ci/run, twine and conformance/replay share: where the JDK and Maven are, and the
# lock of the checkout. Sourced by bash (3.2 or newer) with the checkout as the current directory.

# Prints the feature version (17, 25) of the JDK at $1; fails if there is no compiler.
jdk_version() {
  [ -x "$1/bin/javac" ] || return 1
  local version
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  [ -n "$version" ] || version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ -n "$version" ] && echo "$version"
}

# Prints the home of a JDK of version $1 to $2 ($2 may be left out): JAVA_HOME if it is one, else the
# oldest from the usual places, else the one on PATH. Fails silently if there is none.
find_jdk() {
  local least=$1 most=${2:-999} home version found='' foundVersion=1000
  if [ -n "${JAVA_HOME-}" ] && version=$(jdk_version "$JAVA_HOME") &&
    [ "$version" -ge "$least" ] && [ "$version" -le "$most" ]; then
    echo "$JAVA_HOME"
    return
  fi
  for home in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/*jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* \
    "${HOME-}"/.jdks/* "${HOME-}"/.jdks/*/Contents/Home \
    "${HOME-}"/.asdf/installs/java/* "${HOME-}"/.local/share/mise/installs/java/*; do
    version=$(jdk_version "$home") || continue
    if [ "$version" -ge "$least" ] && [ "$version" -le "$most" ] &&
      [ "$version" -lt "$foundVersion" ]; then
      found=$home foundVersion=$version
    fi
  done
  if [ -z "$found" ] && home=$(jdk_on_path) && version=$(jdk_version "$home") &&
    [ "$version" -ge "$least" ] && [ "$version" -le "$most" ]; then
    found=$home
  fi
  [ -n "$found" ] && echo "$found"
}

# Prints the home of the JDK whose javac is on PATH: the compiler itself knows it, whatever links lead there.
jdk_on_path() {
  command -v javac >/dev/null || return 1
  javac -J-XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Prints the command for Maven 3.8.7 or newer: mvn from PATH, else the wrapper, which fetches one.
# JAVA_HOME must be set.
find_maven() {
  local major minor patch
  if command -v mvn >/dev/null; then
    IFS=. read -r major minor patch <<EOF
$(mvn --version 2>/dev/null | sed -n 's/.*Apache Maven \([0-9]*\.[0-9]*\.[0-9]*\).*/\1/p')
EOF
    if [ $((${major:-0} * 1000000 + ${minor:-0} * 1000 + ${patch:-0})) -ge 3008007 ]; then
      echo mvn
      return
    fi
  fi
  echo ./mvnw
}

# Waits until no other build runs in this checkout. The lock lasts as long as this shell and what it
# starts; the kernel lets it go when they are killed.
lock_checkout() {
  exec 9>.build.lock
  try_lock -n && return
  echo 'Waiting for another build in this checkout.' >&2
  try_lock
}

try_lock() {
  if command -v flock >/dev/null; then
    flock ${1-} 9
  else # macOS
    perl -e 'use Fcntl ":flock"; open(F, ">&=9") && flock(F, LOCK_EX | ($ARGV[0] ? LOCK_NB : 0)) or exit 1' ${1-}
  fi
}
