# Reads a report of PIT and prints a line for each mutant that survived: its class, its method and what was changed. No line
# numbers and no numbers of lambdas: a list of such lines outlives edits of other code.
function field(name, value) {
  value = $0
  sub(".*<" name ">", "", value)
  sub("</" name ">.*", "", value)
  gsub(/&lt;/, "<", value)
  gsub(/&gt;/, ">", value)
  gsub(/&quot;/, "\"", value)
  gsub(/&amp;/, "\\&", value)
  return value
}
/^<mutation detected='false'/ {
  class = field("mutatedClass")
  sub(/.*\./, "", class)
  method = field("mutatedMethod")
  if (method ~ /^lambda\$/) {
    sub(/\$[0-9]+$/, "", method)
  }
  change = field("description")
  sub(/ for .*/, "", change)
  gsub(/(io|java)\/([a-z0-9]+\/)*/, "", change)
  print class "." method ": " change
}
