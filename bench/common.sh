# What the programs of this folder share; they have set ROOT, and FOLDER and PG_PORT before they start
# PostgreSQL.

say() { printf '%s\n' "$*" >&2; }

# fail WHAT WHAT-TO-DO
fail() {
  say "bench: $1"
  say "  $2"
  exit 1
}

# find_programs: JAVA and PostgreSQL's, and AS_PG, before whatever is run as who runs PostgreSQL
find_programs() {
  JAVA=${JAVA_HOME:+$JAVA_HOME/bin/}java
  command -v "$JAVA" >/dev/null || fail "There is no Java." "Install a JDK, 17 or later, or set JAVA_HOME."
  if [ -z "${PG_BIN:-}" ]; then
    PG_BIN=$(ls -d /usr/lib/postgresql/15/bin /usr/lib/postgresql/*/bin 2>/dev/null | head -n 1) || true
    [ -n "$PG_BIN" ] || PG_BIN=$(dirname "$(command -v initdb || echo /none)")
  fi
  for program in initdb pg_ctl pgbench psql; do
    [ -x "$PG_BIN/$program" ] || fail "There is no $program in $PG_BIN." \
      "Install PostgreSQL 15 (Debian: apt-get install postgresql-15), or set PG_BIN to the folder of its programs."
  done
  export PATH=$PG_BIN:$PATH
  AS_PG=()
  if [ "$(id -u)" = 0 ]; then
    PG_RUN_AS=${PG_RUN_AS:-$(id -un postgres 2>/dev/null || echo nobody)}
    AS_PG=(runuser -u "$PG_RUN_AS" --)
  fi
}

# make_folder: FOLDER as an absolute path, where PostgreSQL can run
make_folder() {
  mkdir -p "$FOLDER"
  FOLDER=$(cd "$FOLDER" && pwd -P)
  PG_DATA=$FOLDER/postgres
  "${AS_PG[@]}" test -x "$FOLDER" || fail "$PG_RUN_AS can't enter $FOLDER, so PostgreSQL can't run there." \
    "Choose a folder that everybody may enter: --folder /var/tmp/muster-bench"
}

free_port() {
  ! (exec 3<>"/dev/tcp/127.0.0.1/$2") 2>/dev/null || fail "Port $2 is taken." "Choose another: $1 N"
}

PG_STARTED=false

start_postgres() {
  if [ ! -f "$PG_DATA/PG_VERSION" ]; then
    install -d -m 700 ${PG_RUN_AS:+-o "$PG_RUN_AS"} "$PG_DATA"
    "${AS_PG[@]}" "$PG_BIN/initdb" -D "$PG_DATA" -A trust -U postgres -E UTF8 --locale=C >"$FOLDER/initdb.log"
  fi
  # Everything else stays as PostgreSQL ships it, fsync above all.
  "${AS_PG[@]}" "$PG_BIN/pg_ctl" -D "$PG_DATA" -s -w -l "$PG_DATA/server.log" \
    -o "-p $PG_PORT -c listen_addresses=127.0.0.1 -c unix_socket_directories=''" start \
    || fail "PostgreSQL does not start." "Its log is $PG_DATA/server.log"
  PG_STARTED=true
}

# database NAME: makes it if there is none
database() {
  [ -n "$(psql -h 127.0.0.1 -p "$PG_PORT" -U postgres -XAtc "select 1 from pg_database where datname = '$1'")" ] \
    || psql -h 127.0.0.1 -p "$PG_PORT" -U postgres -Xqc "create database $1"
}

stop_postgres() {
  [ $PG_STARTED = false ] || "${AS_PG[@]}" "$PG_BIN/pg_ctl" -D "$PG_DATA" -m fast -s stop || true
}

compile() {
  local classes=$ROOT/bench/target/classes
  [ -d "$classes" ] && [ -z "$(find "$ROOT/bench/src/main" -newer "$classes/org/muster/bench/Main.class" 2>&1 | head -n 1)" ] \
    || (cd "$ROOT" && mvn -B -q -ntp -Dspotless.check.skip -pl bench -am compile >&2) \
    || fail "The benchmarks do not compile." "The errors stand above."
}
