# For scripts that spoil runs: what a lake holds, whichever run wrote it. Sourced; wants $home.

# rows LAKE TABLE ORDER [EXCEPT]: a table as CSV, without what tells one run from another
rows() {
  "$home/jobs/facelake" sql "SELECT * EXCEPT (run_id${4:+, $4}) FROM $2 ORDER BY $3" --lake "$1" --format csv
}

# The tables that a command writes, as CSV.
rows_of_index() {
  rows "$1" images "dataset, uri" processed_at
  rows "$1" faces face_id
}

rows_of_dedupe() {
  rows "$1" matches "ALL"
  rows "$1" people "scope, face_id"
  rows "$1" duplicates "ALL"
  rows "$1" label_issues "ALL"
  # A killed run may have noted an event that the next one notes again.
  [[ ! -d $1/lineage ]] ||
    "$home/jobs/facelake" sql "SELECT DISTINCT person_id, event, became, faces FROM lineage ORDER BY ALL" \
      --lake "$1" --format csv
}

rows_of_tag() {
  rows "$1" tags "gallery, face_id" face_run
  rows "$1" faces face_id
}
