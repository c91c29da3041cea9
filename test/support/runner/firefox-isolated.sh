#!/bin/sh
# Starts Firefox ($FIREFOX) with the process isolation that users have. Puppeteer writes fission.webContentIsolationStrategy=0
# into the profile, after the preferences that can be handed to it; the last line of the file wins.
profile=
previous=
for argument in "$@"; do
  [ "$previous" = --profile ] && profile=$argument
  previous=$argument
done
[ -n "$profile" ] && echo 'user_pref("fission.webContentIsolationStrategy", 1);' >>"$profile/user.js"
exec "$FIREFOX" "$@"
