# For scripts that measure; sourced. Wants $work, a folder for notes.

# watched COMMAND...: runs it and says the most memory that its process took
watched() {
  local process peak=
  "$@" &
  process=$!
  while kill -0 "$process" 2> /dev/null; do
    # The process may end between the two lines.
    peak=$(grep VmHWM "/proc/$process/status" 2> /dev/null) || true
    [[ -z $peak ]] || echo "$peak" > "$work/memory"
    sleep 0.5
  done
  wait "$process" || return
  awk '{ printf "most memory: %.2f GB resident\n", $2 / 1e6 }' "$work/memory"
}
