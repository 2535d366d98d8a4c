# Reads the one JSON document on standard input, does what the variable `task` names, and prints the outcome. A document
# that is not JSON, or not of the shape that the task needs, ends it with exit code 1 and a line `CODE REASON`, where
# CODE is an error code of the CNI specification. Values come by the environment, which awk leaves as they are.
#
# It keeps to what every awk of a stemcell has: mawk 1.3.3 knows neither [:space:] nor {2} nor length(array).

{ lex($0) }

END {
  if (refused) exit 1
  at = 1
  root = value()
  if (at <= count) refuse(6, "something follows the document: " tokens[at])
  if (task == "versions") print_versions()
  else if (task == "conf") rewrite_conf()
  else if (task == "result") rewrite_result()
  else if (task == "previous") print_previous()
  else if (task == "error") is_error()
  else if (task == "add") add_entry()
  else if (task == "remove") remove_entry()
  else refuse(5, "no such task: " task)
}

function refuse(code, reason) {
  print code " " reason
  refused = 1
  exit 1
}

# Splits a line into tokens. No token goes beyond its line, for JSON has no raw line break within a string.
function lex(line,    parts, number, i, inside, text) {
  number = split(line, parts, "\"")
  for (i = 1; i <= number; i++) {
    if (!inside) {
      lex_outside(parts[i])
      inside = i < number
      text = ""
      continue
    }
    text = text parts[i]
    if (i == number) refuse(6, "a string has no end: " text)
    if (match(text, /\\+$/) && RLENGTH % 2 == 1) {
      text = text "\""
      continue
    }
    check_string(text)
    tokens[++count] = "\"" text "\""
    inside = 0
  }
}

function lex_outside(text,    taken) {
  while (text != "") {
    if (match(text, /^[ \t\r]+/)) {
      text = substr(text, RLENGTH + 1)
      continue
    }
    if (index("{}[]:,", substr(text, 1, 1)) > 0) taken = 1
    else if (match(text, /^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/)) taken = RLENGTH
    else if (match(text, /^(true|false|null)/)) taken = RLENGTH
    else refuse(6, "this is no JSON: " substr(text, 1, 40))
    tokens[++count] = substr(text, 1, taken)
    text = substr(text, taken + 1)
  }
}

function check_string(text) {
  if (text ~ /[\001-\037]/) refuse(6, "a string holds a control character")
  if (index(text, "\\") == 0) return
  gsub(/\\["\\\/bfnrt]/, "", text)
  gsub(/\\u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]/, "", text)
  if (index(text, "\\") > 0) refuse(6, "a string has an unknown escape: " text)
}

# The value that begins at the next token, as the number of a node. A scalar keeps its token as it was written.
function value(    node, token, key, child) {
  if (at > count) refuse(6, "the document ends too soon")
  token = tokens[at++]
  node = ++nodes
  kind[node] = token
  if (token == "{") {
    if (tokens[at] == "}") { at++; return node }
    do {
      key = tokens[at++]
      if (key !~ /^"/ || tokens[at++] != ":") refuse(6, "expected a key and a colon, found " key)
      child = value()
      if ((node, plain(key)) in place) refuse(6, "a key is there twice: " key)
      append(node, key, child)
      token = tokens[at++]
    } while (token == ",")
    if (token != "}") refuse(6, "an object has no end")
  } else if (token == "[") {
    if (tokens[at] == "]") { at++; return node }
    do {
      child = value()
      items[node, ++size[node]] = child
      token = tokens[at++]
    } while (token == ",")
    if (token != "]") refuse(6, "a list has no end")
  } else if (token ~ /^[]}:,]/) refuse(6, "expected a value, found " token)
  return node
}

function append(node, key, child) {
  items[node, ++size[node]] = child
  keys[node, size[node]] = key
  place[node, plain(key)] = size[node]
}

# The text that a string token stands for. Escapes beyond ASCII stay as they are; nothing that we look at has any.
function plain(token,    text, out, code) {
  text = substr(token, 2, length(token) - 2)
  while (match(text, /\\./)) {
    out = out substr(text, 1, RSTART - 1)
    code = substr(text, RSTART + 1, 1)
    if (code == "u" && substr(text, RSTART + 2, 4) ~ /^00[2-7]/) {
      out = out sprintf("%c", hex(substr(text, RSTART + 4, 2)))
      text = substr(text, RSTART + 6)
      continue
    }
    out = out (code ~ /["\\\/]/ ? code : "\\" code)
    text = substr(text, RSTART + 2)
  }
  return out text
}

function hex(digits) {
  return 16 * (index("123456789abcdef", tolower(substr(digits, 1, 1)))) + index("123456789abcdef", tolower(substr(digits, 2, 1)))
}

# The node under a key of an object, 0 where there is none.
function get(node, key) {
  if (node == 0 || kind[node] != "{" || !((node, key) in place)) return 0
  return items[node, place[node, key]]
}

function scalar(token) {
  kind[++nodes] = token
  return nodes
}

# Gives a key of an object a value, in the place of the one before if there was one.
function set(node, key, token) {
  if ((node, key) in place) items[node, place[node, key]] = scalar(token)
  else append(node, "\"" key "\"", scalar(token))
}

function drop(node, key) {
  if ((node, key) in place) items[node, place[node, key]] = 0
}

# Text of a string, "" where there is none.
function text_of(node) {
  return node != 0 && kind[node] ~ /^"/ ? plain(kind[node]) : ""
}

function quoted(text) {
  gsub(/\\/, "&&", text)
  gsub(/"/, "\\\"", text)
  return "\"" text "\""
}

function write(node,    out, i, comma) {
  if (kind[node] != "{" && kind[node] != "[") return kind[node]
  out = kind[node]
  for (i = 1; i <= size[node]; i++) {
    if (items[node, i] == 0) continue
    out = out comma (kind[node] == "{" ? keys[node, i] ":" : "") write(items[node, i])
    comma = ","
  }
  return out (kind[node] == "{" ? "}" : "]")
}

# The versions that a plugin supports, in one line.
function print_versions(    list, i, out) {
  list = get(root, "supportedVersions")
  if (list == 0 || kind[list] != "[") refuse(6, "supportedVersions: found none, expected a list")
  for (i = 1; i <= size[list]; i++) out = out text_of(items[list, i]) " "
  print out
}

# Four lines: version, name and dataDir of a network configuration, and what silk-cni is to read of it.
function rewrite_conf(    version, name, folder) {
  if (kind[root] != "{") refuse(6, "found no object")
  version = get(root, "cniVersion") == 0 ? "0.1.0" : text_of(get(root, "cniVersion"))
  name = needed("name")
  folder = needed("dataDir")
  needed("datastore")
  if (get(root, "daemonPort") == 0 && get(root, "subnetFile") == 0) refuse(7, "daemonPort: found none, expected the port of silk-daemon")
  set(root, "cniVersion", quoted(ENVIRON["SPOKEN"]))
  drop(root, "prevResult")
  print version "\n" name "\n" folder "\n" write(root)
}

function needed(key,    text) {
  text = text_of(get(root, key))
  if (text == "" || text ~ /\\/) refuse(7, key ": found none, expected a plain text")
  return text
}

# Two lines: the pod's address, and the result of silk-cni as the caller's version has it, with the caller's sandbox.
function rewrite_result(    ips, address, i, version, interfaces, node) {
  version = ENVIRON["VERSION"]
  ips = get(root, "ips")
  address = first_address(ips)
  interfaces = get(root, "interfaces")
  for (i = 1; i <= size[interfaces]; i++) {
    node = items[interfaces, i]
    if (text_of(get(node, "sandbox")) == ENVIRON["BIND"]) set(node, "sandbox", quoted(ENVIRON["SANDBOX"]))
  }
  for (i = 1; i <= size[ips]; i++) {
    node = items[ips, i]
    if (version ~ /^0/) set(node, "version", index(text_of(get(node, "address")), ":") ? "\"6\"" : "\"4\"")
    else drop(node, "version")
  }
  set(root, "cniVersion", quoted(version))
  print address
  print version ~ /^0\.[12]\./ ? write_old(ips) : write(root)
}

function first_address(ips,    i, address) {
  for (i = 1; i <= size[ips]; i++) {
    address = text_of(get(items[ips, i], "address"))
    if (address !~ /^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+\/[0-9]+$/) continue
    sub(/\/.*/, "", address)
    return address
  }
  refuse(6, "ips: found no IPv4 address")
}

# A result as CNI 0.1.0 and 0.2.0 had it: one address, and no devices.
function write_old(ips,    i, node, out) {
  for (i = 1; i <= size[ips]; i++) {
    node = items[ips, i]
    if (index(text_of(get(node, "address")), ".") == 0) continue
    out = "{\"cniVersion\":" quoted(ENVIRON["VERSION"]) ",\"ip4\":{\"ip\":" write(get(node, "address"))
    if (get(node, "gateway")) out = out ",\"gateway\":" write(get(node, "gateway"))
    if (get(root, "routes")) out = out ",\"routes\":" write(get(root, "routes"))
    return out "},\"dns\":" (get(root, "dns") ? write(get(root, "dns")) : "{}") "}"
  }
}

# The address that the result of an earlier ADD gave the pod.
function print_previous(    previous) {
  previous = get(root, "prevResult")
  if (previous == 0 || kind[previous] != "{") refuse(7, "prevResult: found none, expected the result of ADD")
  print first_address(get(previous, "ips"))
}

function is_error() {
  if (kind[root] != "{" || kind[get(root, "code")] !~ /^[0-9]+$/) refuse(6, "found no error")
}

# A container-metadata store with one more entry, or with one less; nothing where that one is not in it.
function add_entry() {
  if (kind[root] != "{") refuse(6, "found no object")
  set(root, ENVIRON["CNI_CONTAINERID"], "{\"handle\":" quoted(ENVIRON["CNI_CONTAINERID"]) ",\"ip\":" quoted(ENVIRON["ADDRESS"]) ",\"metadata\":{}}")
  print write(root)
}

function remove_entry() {
  if (kind[root] != "{") refuse(6, "found no object")
  if (get(root, ENVIRON["CNI_CONTAINERID"]) == 0) return
  drop(root, ENVIRON["CNI_CONTAINERID"])
  print write(root)
}
