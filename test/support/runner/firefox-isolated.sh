#!/bin/sh
# Starts Firefox ($FIREFOX) as users have it in what walls are about. Puppeteer writes other preferences into the profile, after
# those that can be handed to it; the last line of the file wins. The driver sets the last one where it has its usual value, 20. The
# second is for the collector of attacks, which is on this machine.
profile=
previous=
for argument in "$@"; do
  [ "$previous" = --profile ] && profile=$argument
  previous=$argument
done
[ -n "$profile" ] && cat >>"$profile/user.js" <<END
user_pref("fission.webContentIsolationStrategy", 1);
user_pref("print.always_print_silent", true);
user_pref("media.peerconnection.ice.loopback", true);
user_pref("network.http.speculative-parallel-limit", 19);
END
exec "$FIREFOX" "$@"
