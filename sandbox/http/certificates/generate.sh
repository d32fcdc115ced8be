#!/bin/sh
# Makes the test certificates of the sandbox anew. The keys of both authorities are thrown away at once, so nobody can
# ever sign anything else with them. What is committed here is public: it protects nothing and must not be used anywhere
# else. Valid from 2020 on, so that a machine with a slow clock can use them too.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cat >"$work/ca.cnf" <<CONFIG
[ca]
default_ca = sandbox
[sandbox]
new_certs_dir = $work
database = $work/index
rand_serial = yes
default_md = sha256
unique_subject = no
policy = anything
[anything]
commonName = supplied
organizationName = optional
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[server]
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:::1
extendedKeyUsage = serverAuth
authorityKeyIdentifier = keyid
[client]
extendedKeyUsage = clientAuth
authorityKeyIdentifier = keyid
CONFIG
: >"$work/index"

request() { # file, subject, where the key goes
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$3/$1.key" -out "$work/$1.csr" 2>/dev/null
}
authority() { # file, name
  request "$1" "/CN=$2" "$work"
  openssl ca -batch -notext -config "$work/ca.cnf" -startdate 20200101000000Z -enddate 21191231000000Z -selfsign \
    -extensions authority -in "$work/$1.csr" -keyfile "$work/$1.key" -out "$1.crt" 2>/dev/null
}
leaf() { # file, subject, extensions, authority
  request "$1" "$2" .
  openssl ca -batch -notext -config "$work/ca.cnf" -startdate 20200101000000Z -enddate 21191231000000Z \
    -extensions "$3" -in "$work/$1.csr" -cert "$4.crt" -keyfile "$work/$4.key" -out "$1.crt" 2>/dev/null
}

authority authority 'GitOpsSync sandbox test authority'
authority stranger 'GitOpsSync sandbox authority nobody trusts'
leaf server '/CN=localhost' server authority
leaf stranger-server '/CN=localhost' server stranger
leaf client '/O=gitopssync/CN=admin' client authority
rm stranger.crt
