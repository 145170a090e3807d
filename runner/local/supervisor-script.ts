/** The program that is the supervisor of a step (see `supervisor.ts`), on this computer and on hosts alike. */

/**
 * Text that defines the function `rc_supervise` of a POSIX shell. Its words:
 * 1. what the names of the step's files begin with, up to and with the last `/` or `.` before `result`;
 * 2. the attempt; 3. the program, or a function that runs it; 4. the claim;
 * 5. optional: how often a result is tried to be written for which there is no room, by a shell that tells it by other means too.
 * The shell that calls it is the supervisor: `rc_self` is its number and `rc_birth` the line of `/proc` that tells when it was born.
 * Afterwards `rc_begun` says whether the program was run and `rc_code` is its exit code. All variables begin with `rc_`, so that it
 * overwrites none of the recipe's.
 */
export const SUPERVISOR_SCRIPT = `
rc_supervise() {
    rc_code= rc_begun= rc_tries=0
    set -C
    { printf '%s\\n%s\\n' "$rc_self" "$rc_birth" >&3 && rc_begun=yes || rm -f "$4"; } 2>/dev/null 3>"$4"
    set +C
    [ -n "$rc_begun" ] || return 1
    "$3"
    rc_code=$?
    until printf '%s %s\\n' "$2" "$rc_code" 2>/dev/null >"$1result"; do
        [ -d "\${1%/*}" ] || break
        rc_tries=$((rc_tries + 1))
        [ $rc_tries != "$5" ] || break
        sleep 1
    done
    return $rc_code
}
`;

/** Text for `sh -c`, followed by the name it goes by and the words of `rc_supervise`: a supervisor that is a program of its own. */
export const SUPERVISOR_PROGRAM = `
trap : TERM HUP INT
if [ -r /proc/self/stat ]; then
    read -r rc_birth </proc/self/stat
    rc_self=\${rc_birth%% *}
else
    rc_self=$$ rc_birth=$(LC_ALL=C ps -o lstart= -p $$)
fi
${SUPERVISOR_SCRIPT}
rc_supervise "$@"
`;
