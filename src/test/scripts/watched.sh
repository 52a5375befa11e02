# For scripts that measure; sourced. Wants $work, a folder for notes.

# watched COMMAND...: runs it and says the most memory that one of its processes took
watched() {
  local command process
  "$@" &
  command=$!
  echo 0 > "$work/memory"
  while kill -0 "$command" 2> /dev/null; do
    # A process may end between the lines.
    for process in $(with_children "$command"); do
      grep -s VmHWM "/proc/$process/status" || true
    done | awk -v most="$(< "$work/memory")" '$2 > most { most = $2 } END { print most }' > "$work/memory.new"
    mv "$work/memory.new" "$work/memory"
    sleep 0.5
  done
  wait "$command" || return
  awk '{ printf "most memory: %.2f GB resident\n", $1 / 1e6 }' "$work/memory"
}

# with_children PROCESS: it and what it started, directly or not
with_children() {
  local child
  echo "$1"
  for child in $(pgrep -P "$1"); do with_children "$child"; done
}
