#!/usr/bin/env bash
# A list of hashes that was saved on Windows: sha256sum (seen with coreutils 9.1) checks it, shasum (perl 5.36) finds no file.
#
# Expected: the two programs that are used for one and the same list (-c) read the same lists.
# Seen:     with CR LF at its line ends sha256sum says OK and shasum that "image.bin" cannot be opened: it takes the CR for the
#           name's last letter, which nobody sees. Of a list with one blank or a tab between hash and name sha256sum reads
#           both; shasum finds nothing that is properly formatted. Capitals are all the same to both.
# Caller:   a maker's list that one side has checked may be unusable for the other; write it with LF and two blanks, and where
#           a file "does not exist", print its name with its invisible letters.
. "$(dirname "$0")/lib.sh"
apt_program shasum perl
printf 'firmware' >image.bin
hash=$(sha256sum image.bin | cut -d' ' -f1)
printf '%s  image.bin\n' "$hash" >plain.txt
printf '%s  image.bin\r\n' "$hash" >crlf.txt
printf '%s image.bin\n' "$hash" >one-blank.txt
printf '%s\timage.bin\n' "$hash" >tab.txt
printf '%s  image.bin\n' "${hash^^}" >capitals.txt
for list in plain crlf one-blank tab capitals; do
  for program in sha256sum "shasum -a 256"; do
    observe sh -c "printf '%s, %s: ' $list '$program'; $program -c $list.txt 2>/dev/null || echo failed"
  done
done
seen <<'SEEN'
plain, sha256sum: image.bin: OK
plain, shasum -a 256: image.bin: OK
crlf, sha256sum: image.bin: OK
crlf, shasum -a 256: image.bin: FAILED open or read
failed
one-blank, sha256sum: image.bin: OK
one-blank, shasum -a 256: failed
tab, sha256sum: image.bin: OK
tab, shasum -a 256: failed
capitals, sha256sum: image.bin: OK
capitals, shasum -a 256: image.bin: OK
SEEN
