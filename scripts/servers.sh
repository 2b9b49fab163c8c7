# The servers and the browser of ./test. Sourced by it, after bootstrap.sh; POSIX sh.
#
# Servers listen on free ports of 127.0.0.1, keep their files in one temporary folder, and end with the run.

# DATABASE_URL and REDIS_URL of the caller name servers to use instead; no test inherits them by accident.
POSTGRES=
REDIS=${REDIS_URL:-}
case ${DATABASE_URL:-} in postgres*) POSTGRES=$DATABASE_URL ;; esac
unset DATABASE_URL REDIS_URL

make_temporary_folder() {
    TEMPORARY=$(mktemp -d "${TMPDIR:-/tmp}/armoniza.XXXXXX")
    chmod 711 "$TEMPORARY"
    mkdir "$TEMPORARY/home" "$TEMPORARY/tmp"
    trap end_servers EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
}

end_servers() {
    [ ! -d "$TEMPORARY/postgres/data" ] || ordinary_user "$POSTGRES_PROGRAMS/pg_ctl" -D "$TEMPORARY/postgres/data" \
        -m immediate stop >/dev/null 2>&1 || true
    if [ -s "$TEMPORARY/redis.pid" ]; then
        redis_pid=$(cat "$TEMPORARY/redis.pid")
        kill "$redis_pid" 2>/dev/null || true
        wait "$redis_pid" 2>/dev/null || true
    fi
    rm -rf "$TEMPORARY"
}

free_port() { "$PYTHON" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
password() { "$PYTHON" -c 'import secrets; print(secrets.token_hex(16))'; }

# PostgreSQL refuses to be root: as root, its programs run as an ordinary user of the machine.
ordinary_user() {
    if [ "$(id -u)" != 0 ]; then
        "$@"
        return
    fi
    user=nobody
    ! id postgres >/dev/null 2>&1 || user=postgres
    if have runuser; then
        (cd "$TEMPORARY" && runuser -u $user -- "$@")
    else
        (cd "$TEMPORARY" && setpriv --reuid=$user --regid="$(id -g $user)" --clear-groups "$@")
    fi
}

# Debian keeps PostgreSQL's programs apart, by version: the newest is taken.
find_postgres() {
    for folder in "$SYS"/usr/lib/postgresql/*/bin /usr/lib/postgresql/*/bin; do
        [ -x "$folder/initdb" ] && POSTGRES_PROGRAMS=$folder
    done
    [ -n "${POSTGRES_PROGRAMS:-}" ] && return 0
    have initdb && have pg_ctl && POSTGRES_PROGRAMS=$(dirname "$(command -v initdb)")
}

need_postgres() {
    [ -z "$POSTGRES" ] || return 0
    find_postgres || { need_packages postgresql && find_postgres; } || return 1
    home=$TEMPORARY/postgres
    port=$(free_port)
    secret=$(password)
    mkdir "$home"
    printf '%s\n' "$secret" >"$home/secret"
    [ "$(id -u)" != 0 ] || chown -R "$(ordinary_user id -u)" "$home"
    ordinary_user "$POSTGRES_PROGRAMS/initdb" -D "$home/data" -U armoniza --pwfile="$home/secret" \
        -A scram-sha-256 -E UTF8 --locale=C --no-sync >"$TEMPORARY/postgres.log" 2>&1 || { cat "$TEMPORARY/postgres.log"; return 1; }
    cat >"$TEMPORARY/postgres.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = ''
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 100
CONF
    ordinary_user tee -a "$home/data/postgresql.conf" <"$TEMPORARY/postgres.conf" >/dev/null
    ordinary_user "$POSTGRES_PROGRAMS/pg_ctl" -D "$home/data" -l "$home/log" -w start >/dev/null 2>&1 || { cat "$home/log"; return 1; }
    POSTGRES=postgres://armoniza:$secret@127.0.0.1:$port/postgres
}

need_redis() {
    [ -z "$REDIS" ] || return 0
    have redis-server || need_packages redis-server || return 1
    port=$(free_port)
    secret=$(password)
    redis-server --bind 127.0.0.1 --port "$port" --requirepass "$secret" --dir "$TEMPORARY" --save '' \
        --appendonly no --logfile "$TEMPORARY/redis.log" &
    printf '%s\n' $! >"$TEMPORARY/redis.pid"
    REDIS=redis://:$secret@127.0.0.1:$port/0
    "$PYTHON" -c 'import redis, sys, time
client = redis.Redis.from_url(sys.argv[1])
for _ in range(100):
    try:
        sys.exit(not client.ping())
    except redis.RedisError:
        time.sleep(0.1)
sys.exit("Redis did not start")' "$REDIS" || { cat "$TEMPORARY/redis.log"; return 1; }
}

# Playwright drives Debian's Chromium; its own driver needs libatomic1, and without it dies saying nothing.
need_browser() {
    find_browser || { need_packages chromium && find_browser; } || return 1
    "$PYTHON" -c 'import ctypes; ctypes.CDLL("libatomic.so.1")' 2>/dev/null || need_packages libatomic1
}

find_browser() {
    # Debian's starting script knows only its installed place: what was unpacked is started without it.
    for name in "${CHROMIUM:-}" "$SYS/usr/lib/chromium/chromium" chromium chromium-browser google-chrome; do
        [ -n "$name" ] && CHROMIUM=$(command -v "$name" 2>/dev/null) && return 0
    done
    CHROMIUM=
    return 1
}
