/**
 * The program a kept channel runs on a host: functions of a POSIX shell (dash, bash, BusyBox), sent once when the channel is opened.
 *
 * 1. The shell reads its commands from the channel. Each request is one `{ … }` group: a group that was cut off is never run in part.
 * 2. An answer is bytes followed by lines that begin with the request's nonce. The nonce is in the memory of this shell alone, in no
 *    command line and no environment, so that nothing a recipe writes can be taken for the end of an answer.
 * 3. What is done for every step uses what the shell has built in: each program it started would cost a step a millisecond. Other
 *    programs are for what is rare (processes left behind, output of long steps), and `head` for output.
 * 4. The supervisor of a step is the shell itself: it outlives its channel until the step has ended, and reads no further request then.
 *    What a step starts is in the session of its channel. A channel whose step left processes behind in that session is given up, so that
 *    such processes are never taken for those of a later step.
 * 5. While a step runs its channel waits for it. Everything that cannot wait goes over the channel for control.
 *
 * Names begin with `rc_`; `$D` is the deployment's folder, `$rc_p` what the names of a step's files begin with.
 */
import { BASE_VARIABLES, DEFAULT_PATH } from '../local/recipe-environment.ts';
import { SUPERVISOR_SCRIPT } from '../local/supervisor-script.ts';
import { REMOTE_FOLDER } from './remote-folder.ts';

/** Bytes of each stream that come with the end of a step, at most. */
export const OUTPUT_WITH_END = 32 * 1024;

/** Longest template that is filled in, in bytes. */
export const LONGEST_TEMPLATE = 1024 * 1024;

/** A step's processes are looked for in all of /proc, not only from its own number on, when more numbers were given away meanwhile. */
const MOST_NUMBERS = 3000;

/** So often a shell that tells the exit code itself tries to write a result for which there is no room, a second apart. */
const RESULT_TRIES = 3;

/** Recipes see of the login what they see of a runner; shells refuse to give up the last ones. */
const KEPT = [...BASE_VARIABLES, 'SHELLOPTS', 'BASHOPTS', 'UID', 'EUID', 'PPID'].join('|');

const ENVIRONMENT = `
rc_child=
while IFS= read -r rc_line; do
    case $rc_line in rc_child=*) rc_child=\${rc_line#*=}; continue ;; esac
    rc_line=\${rc_line#export }
    rc_line=\${rc_line%%=*}
    case $rc_line in ${KEPT}|*[!A-Za-z0-9_]*|[0-9]*|'') ;; *) unset "$rc_line" ;; esac
done <<END_OF_NAMES
$(
    export -p
    read -r rc_i rc_rest </proc/self/stat && echo "rc_child=$rc_i"
)
END_OF_NAMES
: "\${PATH:=${DEFAULT_PATH}}"
export PATH
rc_umask=$(umask)
cd /
`;

/** Which program runs a phase: sets `rc_kind` (script, template, none, several, missing, crlf), `rc_file` and `rc_cwd`. */
const LOOK_UP = `
rc_find() { # directory phase
    rc_kind=none rc_file= rc_names= rc_count=0 rc_cwd=$1
    if [ ! -d "$1" ]; then rc_kind=absent rc_file=$1; return; fi
    [ -d "$1/scripts" ] && rc_cwd=$1/scripts
    if [ -f "$1/scripts/$2.sh" ] && [ ! -h "$1/scripts/$2.sh" ]; then rc_check "$1/scripts/$2.sh"; return; fi
    for rc_i in "$1/scripts/$2" "$1/scripts/$2".*; do
        [ -f "$rc_i" ] && [ ! -h "$rc_i" ] || continue
        case \${rc_i#"$1/scripts/$2."} in */*) ;; *.*) continue ;; esac
        rc_names="$rc_names, \${rc_i##*/}" rc_count=$((rc_count + 1)) rc_file=$rc_i
    done
    case $rc_count in
    0)
        for rc_i in "$1/roboconf-templates/$2.template" "$1/roboconf-templates/default.template"; do
            if [ -f "$rc_i" ] && [ ! -h "$rc_i" ]; then rc_kind=template rc_file=$rc_i; return; fi
        done ;;
    1) rc_check "$rc_file" ;;
    *) rc_kind=several rc_file=\${rc_names#, } ;;
    esac
}
rc_check() { # file: refuses what the system would refuse with a message that names the wrong file
    rc_kind=script rc_file=$1 rc_line=
    IFS= read -r rc_line <"$1"
    case $rc_line in '#!'*) ;; *) return 0 ;; esac
    case $rc_line in *"$rc_cr") rc_kind=crlf; return 0 ;; esac
    rc_line=\${rc_line#??}
    while :; do case $rc_line in ' '*|"$rc_tab"*) rc_line=\${rc_line#?} ;; *) break ;; esac; done
    rc_line=\${rc_line%%[ $rc_tab]*}
    case $rc_line in /*) [ -e "$rc_line" ] || { rc_kind=missing rc_file="$rc_line $1"; } ;; esac
    return 0
}
rc_refuse() { # nonce: tells what was found instead of a script
    if [ $rc_kind = template ]; then head -c ${LONGEST_TEMPLATE + 1} "$rc_file"; printf '\\n%s template\\n' $1; fi
    printf '\\n%s end %s %s\\n' $1 $rc_kind "$rc_file"
}
`;

/** Processes by session and by mark. */
const PROCESSES = `
rc_split() { # a line of /proc/<number>/stat: sets rc_state, rc_session, rc_born
    set -- \${1##*) }
    rc_state=$1 rc_parent=$2 rc_session=$4 rc_born=\${20}
}
rc_leads() { # number: whether it is a process, not one of the threads of one
    while read -r rc_word rc_value; do
        case $rc_word in Tgid:) [ "$rc_value" = "$1" ]; return ;; esac
    done <"/proc/$1/status"
    return 1
}
rc_scan() { # numbers: sets rc_found to those in a session of $rc_sessions or with $rc_mark, but $rc_spare and $rc_low to $rc_high
    rc_found= rc_rest=
    for rc_i; do
        [ "$rc_i" != "$rc_spare" ] && [ -d "/proc/$rc_i" ] && read -r rc_line <"/proc/$rc_i/stat" || continue
        rc_split "$rc_line"
        case $rc_state in [ZX]) continue ;; esac
        case $rc_sessions in
        *" $rc_session "*)
            if [ $rc_i -lt $rc_low ] || [ $rc_i -gt $rc_high ]; then rc_leads $rc_i && rc_found="$rc_found $rc_i"; fi ;;
        *) [ -r "/proc/$rc_i/environ" ] && rc_rest="$rc_rest $rc_i" ;;
        esac
    done
    [ -z "$rc_rest" ] || rc_marked $rc_rest
}
rc_marked() { # numbers: adds those whose environment holds $rc_mark to rc_found
    [ -n "$rc_grep" ] || { printf 'a\\000b\\n' | grep -q b && rc_grep=whole || rc_grep=lines; }
    if [ $rc_grep = whole ]; then
        rc_rest=
        for rc_i; do rc_rest="$rc_rest /proc/$rc_i/environ"; done
        rc_rest=$(grep -lsF -e "$rc_mark" $rc_rest)
    else
        rc_rest=
        for rc_i; do
            tr '\\000' '\\n' <"/proc/$rc_i/environ" | grep -qF -e "$rc_mark" && rc_rest="$rc_rest /proc/$rc_i/environ"
        done
    fi
    for rc_i in $rc_rest; do
        rc_i=\${rc_i#/proc/}
        rc_i=\${rc_i%/environ}
        rc_leads $rc_i && rc_found="$rc_found $rc_i"
    done
}
rc_scan_all() { cd /proc; rc_scan [0-9]*; cd /; }
rc_number() { # sets rc_last to the latest process number that was given away
    if [ -n "$rc_counts" ]; then
        read -r rc_i rc_i rc_i rc_i rc_last </proc/loadavg
    else
        : &
        rc_last=$!
        wait $rc_last
    fi
}
rc_scan_since() { # number: of those given away after it, up to rc_last
    if [ -e "$rc_p"seen0 ] || [ $rc_last -lt $1 ] || [ $((rc_last - $1)) -gt ${MOST_NUMBERS} ]; then
        rc_scan_all
        return
    fi
    rc_i=$1 rc_numbers=
    while [ $((rc_i += 1)) -le $rc_last ]; do
        [ -d /proc/$rc_i ] && rc_numbers="$rc_numbers $rc_i"
    done
    rc_found=
    [ -z "$rc_numbers" ] || rc_scan $rc_numbers
}
rc_tell() { # numbers: a line of each, its /proc/<number>/stat, a tab and its command
    for rc_i; do
        read -r rc_line <"/proc/$rc_i/stat" || continue
        printf '%s\\t' "$rc_line"
        tr '\\000\\n' '  ' <"/proc/$rc_i/cmdline"
        printf '\\n'
    done
}
rc_kill() { # nonce signal asked: tells and asks to end those found that are not among " asked ", sends them all a KILL when that is due
    rc_scan_all
    rc_fresh= rc_count=0
    for rc_i in $rc_found; do
        rc_count=$((rc_count + 1))
        case $3 in *" $rc_i "*) ;; *) rc_fresh="$rc_fresh $rc_i" ;; esac
    done
    [ -z "$rc_fresh" ] || { rc_tell $rc_fresh; kill -TERM $rc_fresh; }
    [ $2 = TERM ] || [ -z "$rc_found" ] || kill -KILL $rc_found
    printf '\\n%s killed\\n\\n%s end %s\\n' $1 $1 $rc_count
}
rc_of_step() { # mark: aims rc_kill at what the step of $rc_p started
    rc_mark=$1 rc_spare=
    rc_alive
    [ $rc_is != live ] || rc_spare=$rc_sup
}
rc_of_instance() { # mark file: aims rc_kill at what the steps of an instance left, by the file that remembers it
    rc_mark=$1 rc_sessions=' ' rc_spare= rc_low=0 rc_high=0
    [ -e "$2" ] || return 0
    while read -r rc_line; do
        rc_split "$rc_line"
        rc_was="$rc_session $rc_born"
        read -r rc_line <"/proc/\${rc_line%% *}/stat" || continue
        rc_split "$rc_line"
        [ "$rc_session $rc_born" != "$rc_was" ] || rc_sessions="$rc_sessions$rc_session "
    done <"$2"
}
`;

/** How a step stands, and how it ended. */
const STEPS = `
rc_claim() { # sets rc_c to the claim that counts
    rc_c="$rc_p"claim
    while [ -d "$rc_c" ]; do rc_c=$rc_c/claim; done
}
rc_noted() { # reads the note of a supervisor: sets rc_sup, rc_was (when it was born), and aims at its session, which is its channel's
    rc_claim
    rc_sup= rc_sessions= rc_low=0 rc_high=0
    [ -e "$rc_c" ] && { read -r rc_sup && read -r rc_line; } <"$rc_c" || { rc_sup=; return 1; }
    rc_aim "$rc_line"
}
rc_aim() { # line: a supervisor is what it tells of
    rc_split "$1"
    rc_sup=\${1%% *} rc_was=$rc_born rc_sessions=" $rc_session " rc_low=$rc_session rc_high=$rc_sup
}
rc_alive() { # sets rc_is: none (no note of a supervisor), live, gone, or other (its number has been given to another process)
    rc_is=none
    rc_noted || return 0
    # A session whose number a later process has is not the step's any more.
    if [ -d "/proc/$rc_low" ] && read -r rc_line <"/proc/$rc_low/stat"; then
        rc_split "$rc_line"
        [ "$rc_born" -le "$rc_was" ] || rc_sessions=
    fi
    rc_is=gone
    [ -d "/proc/$rc_sup" ] && read -r rc_line <"/proc/$rc_sup/stat" || return 0
    rc_split "$rc_line"
    case $rc_born$rc_state in "$rc_was"[ZX]) ;; "$rc_was"*) rc_is=live ;; *) rc_is=other ;; esac
}
${SUPERVISOR_SCRIPT}
rc_run() { # attempt claim: runs rc_program as the step
    rc_number
    rc_first=$rc_last
    cd "$rc_cwd" && rc_supervise "$rc_p" $1 rc_program "$rc_p$2" ${RESULT_TRIES}
    set -- $?
    cd /
    return $1
}
rc_result() { # attempt: sets rc_code to the exit code, to nothing when there is no result
    rc_code=
    [ -e "$rc_p"result ] && read -r rc_word rc_code <"$rc_p"result && [ "$rc_word" = "$1" ] || rc_code=
}
rc_ran() { # nonce attempt mark keep status: tells the end of a step that was run here
    rc_sup=
    [ -z "$rc_begun" ] || rc_aim "$rc_birth"
    rc_ended "$@"
}
rc_found_ended() { # nonce attempt mark keep: tells the end of a step that ended without anybody waiting
    rc_noted
    rc_result $2
    rc_first=$rc_sup
    : >>"$rc_p"seen0
    rc_ended "$@" 255
}
rc_ended() { # nonce attempt mark keep status: with rc_sup, rc_code, and the latest process number before the step in rc_first
    rc_note= rc_pending= rc_found=
    rc_number
    if [ -e "$rc_p"seen0 ]; then
        rc_note=seen
    else
        for rc_i in stdout stderr; do
            [ -s "$rc_p$rc_i" ] || continue
            [ -z "$rc_pending" ] || printf '%s' "$rc_pending"
            head -c ${OUTPUT_WITH_END} "$rc_p$rc_i"
            rc_pending="
$1 $rc_i
"
        done
    fi
    if [ -n "$rc_sup" ]; then
        rc_mark=$3 rc_spare=$rc_sup
        rc_scan_since $rc_first
    fi
    if [ -n "$rc_found" ]; then
        [ -z "$rc_pending" ] || printf '%s' "$rc_pending"
        rc_tell $rc_found
        rc_pending="
$1 left
"
        if [ $4 = keep ] && [ "$rc_code" = 0 ]; then
            for rc_i in $rc_found; do read -r rc_line <"/proc/$rc_i/stat" && printf '%s\\n' "$rc_line"; done >>"\${rc_p%/*}/left"
        fi
    fi
    [ -n "$rc_sup$rc_code" ] || rc_note="$rc_note unbegun"
    printf '%s\\n%s end %s %s %s\\n' "$rc_pending" $1 "\${rc_code:--}" $5 "$rc_note"
}
rc_kill_supervisor() { # nonce: of a step whose recipe has ended
    rc_alive
    [ $rc_is != live ] || kill -KILL $rc_sup
    printf '\\n%s end\\n' $1
}
rc_ask() { # nonce attempt instance-directory: takes the right to run a recipe that was never begun, else tells how it stands
    [ -d "\${rc_p%/*}" ] && [ -d "$3" ] || { printf '\\n%s end nothing\\n' $1; return; }
    rc_claim
    if mkdir "$rc_c"; then printf '\\n%s end unbegun %s\\n' $1 "\${rc_c#"$rc_p"}"; return; fi
    [ -e "$rc_c" ] || { printf '\\n%s end unwritable %s\\n' $1 "\${rc_p%/*}"; return; }
    rc_state_of $2
    # The clock of a host may be set while a step runs: how long one has been running is told by how long the host has.
    if [ $rc_is = live ] && read -r rc_up rc_line </proc/uptime; then rc_age=$((\${rc_up%.*} - rc_was / 100))
    else rc_age=$(($(date +%s) - $(stat -c %Y "$rc_c" || date +%s))); fi
    printf '\\n%s end %s %s\\n' $1 $rc_is $rc_age
}
rc_state_of() { # attempt: sets rc_is to ended, none, live, gone or other
    rc_alive
    rc_result $1
    [ -z "$rc_code" ] || rc_is=ended
}
rc_look() { # nonce attempt turn, offset and bytes of stdout and of stderr: what was written since, and how the step stands
    rc_state_of $2
    : >|"$rc_p"seen$3
    rc_piece stdout $1 $3 $4 $5
    rc_piece stderr $1 $3 $6 $7
    printf '\\n%s end %s\\n' $1 $rc_is
}
rc_piece() { # stream nonce turn offset bytes; nothing when the file is older than the other turn's look
    if [ $5 -gt 0 ] && [ -s "$rc_p$1" ]; then
        [ $rc_is = live ] && [ "$rc_p$1" -ot "$rc_p"seen$((1 - $3)) ] || tail -c +$(($4 + 1)) "$rc_p$1" | head -c $5
    fi
    printf '\\n%s %s\\n' $2 $1
}
rc_cap() { # nonce stream bytes: empties a file that is larger
    [ -e "$rc_p$2" ] && [ "$(wc -c <"$rc_p$2")" -gt $3 ] && : >|"$rc_p$2" && rc_is=cut || rc_is=kept
    printf '\\n%s end %s\\n' $1 $rc_is
}
rc_close_of() { # nonce stream bytes: the last bytes of a stream and its size
    tail -c $3 "$rc_p$2"
    printf '\\n%s tail\\n\\n%s end %s\\n' $1 $1 "$(wc -c <"$rc_p$2")"
}
`;

/** The programs a host must have. */
const TOOLS = [
    'setsid',
    'mkdir',
    'rm',
    'mv',
    'cp',
    'cat',
    'chmod',
    'head',
    'tail',
    'tr',
    'grep',
    'tar',
    'wc',
    'stat',
] as const;

/** What a host lacks is told instead of `ready`. The number of a child shows whether the system tells the latest one that was given away. */
const READINESS = `
rc_unfit() { # words
    printf '\\n%s end %s\\n' "$rc_nonce" "$*"
    exit
}
[ -r /proc/self/stat ] || rc_unfit no /proc
for rc_i in ${TOOLS.join(' ')}; do command -v $rc_i >/dev/null 2>&1 || rc_unfit no program $rc_i; done
case $HOME in /?*) ;; *) rc_unfit no home ;; esac
if [ -e "$HOME/${REMOTE_FOLDER}" ]
then [ -d "$HOME/${REMOTE_FOLDER}" ] && [ -w "$HOME/${REMOTE_FOLDER}" ]
else [ -w "$HOME" ]
fi || rc_unfit unwritable "$HOME/${REMOTE_FOLDER}"
read -r rc_birth </proc/self/stat
rc_self=\${rc_birth%% *} rc_counts=
read -r rc_i rc_i rc_i rc_i rc_last </proc/loadavg
[ "$rc_last" -ge "$rc_child" ] && [ $((rc_last - rc_child)) -le ${MOST_NUMBERS} ] && rc_counts=yes
`;

/** The text that opens a channel for a deployment. Its answer has the nonce. */
export function openingOf(folderName: string, nonce: string): string {
    return `{
trap : TERM HUP INT
rc_cr='\r' rc_tab='\t' rc_grep= rc_nonce=${nonce}
D=$HOME/${REMOTE_FOLDER}/${folderName}
${ENVIRONMENT}${LOOK_UP}${PROCESSES}${STEPS}${READINESS}
printf '\\n%s end ready\\n' $rc_nonce
unset rc_nonce
}
`;
}
