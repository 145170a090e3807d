/** The requests about one step, as commands for the functions of `agent-script.ts`. */
import { contractVariablesOf, INSTANCE_MARK } from '../local/recipe-environment.ts';
import { STEP_MARK } from '../local/supervisor.ts';
import { quoted } from './shell-text.ts';

/** A step as a host knows it. */
export interface StepPlace {
    /** Clean name of the instance's folder. */
    readonly instance: string;
    /** Clean. */
    readonly attempt: string;
    /** Held by the environment of everything the step starts, and by nothing else's. */
    readonly mark: string;
    readonly instanceMark: string;
}

/** Commands that answer with the nonce they are given. */
export type Request = (nonce: string) => string;

/** A shell word: the folder of an instance on the host. */
function instanceWordOf(instance: string): string {
    return `"$D"/instances/${quoted(instance)}`;
}

function prefixOf({ instance, attempt }: StepPlace): string {
    return `rc_p="$D"/steps/${quoted(`${instance}/${attempt}.`)}`;
}

/** Where a step's stream is on the host, for people. */
export function remoteFileOf(folderName: string, { instance, attempt }: StepPlace, name: string): string {
    return `~/.roboconf/${folderName}/steps/${instance}/${attempt}.${name}`;
}

/** What to run: the recipe that is found for a phase, or a program whose text is given. */
export type Program =
    { readonly kind: 'phase'; readonly phase: string } | { readonly kind: 'text'; readonly text: string };

export interface RunText {
    readonly place: StepPlace;
    readonly program: Program;
    readonly environment: Readonly<Record<string, string>>;
    /** The claim that has not been taken, after the prefix. */
    readonly claim: string;
    /** Whether what a success leaves running belongs to the instance. */
    readonly keepsLeft: boolean;
}

/** Names a shell would refuse to give a value to. */
const READ_ONLY = /^(?:UID|EUID|PPID|OPTIND|BASH_VERSINFO|SHELLOPTS|BASHOPTS|rc_.*)$/;

/** Runs the step and answers its end; the channel waits meanwhile. */
export function runText({ place, program, environment, claim, keepsLeft }: RunText): Request {
    const { instance, attempt, mark, instanceMark } = place;
    const values = Object.entries({
        ...contractVariablesOf(environment),
        [INSTANCE_MARK]: instanceMark,
        [STEP_MARK]: mark,
    }).filter(([name]) => !READ_ONLY.test(name));
    const directory = instanceWordOf(instance);
    return (nonce) => `${prefixOf(place)}
rc_find ${directory} ${quoted(program.kind === 'phase' ? program.phase : '')}
${program.kind === 'text' ? rendered(program.text) : ''}
if [ $rc_kind = script ]; then
[ -d "\${rc_p%/*}" ] || mkdir -p "\${rc_p%/*}"
rc_program() {
ROBOCONF_INSTANCE_DIR=${directory} ROBOCONF_FILES_DIR=${directory}/files ${values.map(([name, value]) => `${name}=${quoted(value)}`).join(' ')} "$rc_file"
}
rc_begun= rc_code=
rc_run ${quoted(attempt)} ${claim} </dev/null >>"$rc_p"stdout 2>>"$rc_p"stderr
rc_ran ${nonce} ${quoted(attempt)} ${quoted(`${STEP_MARK}=${mark}`)} ${keepsLeft ? 'keep' : 'end'} $?
else rc_refuse ${nonce}; fi`;
}

function rendered(text: string): string {
    return `[ -d "\${rc_p%/*}" ] || mkdir -p "\${rc_p%/*}"
if [ $rc_kind != absent ]; then
printf '%s' ${quoted(text)} >|"$rc_p"recipe && chmod 700 "$rc_p"recipe && rc_check "$rc_p"recipe || rc_kind=unwritten rc_file=\${rc_p%/*}
fi`;
}

/** Tells the end of a step that ended without anybody waiting. */
export function endedText(place: StepPlace, keepsLeft: boolean): Request {
    const { attempt, mark } = place;
    return (nonce) =>
        `${prefixOf(place)}
rc_found_ended ${nonce} ${quoted(attempt)} ${quoted(`${STEP_MARK}=${mark}`)} ${keepsLeft ? 'keep' : 'end'}`;
}

/** Takes the right to run a recipe that was never begun; else tells how the step stands and how many seconds ago it was begun. */
export function askText(place: StepPlace): Request {
    return (nonce) => `${prefixOf(place)}\nrc_ask ${nonce} ${quoted(place.attempt)} ${instanceWordOf(place.instance)}`;
}

/** What was written from two offsets on, and how the step stands. `turn` is 0, 1, 0 … from one look to the next. */
export function lookText(
    place: StepPlace,
    turn: 0 | 1,
    stdout: { readonly offset: number; readonly bytes: number },
    stderr: { readonly offset: number; readonly bytes: number },
): Request {
    return (nonce) =>
        `${prefixOf(place)}
rc_look ${nonce} ${quoted(place.attempt)} ${turn} ${stdout.offset} ${stdout.bytes} ${stderr.offset} ${stderr.bytes}`;
}

/** Empties a stream's file that has grown beyond `bytes`. */
export function capText(place: StepPlace, stream: string, bytes: number): Request {
    return (nonce) => `${prefixOf(place)}\nrc_cap ${nonce} ${stream} ${bytes}`;
}

/** The last bytes of a stream, and its size. */
export function streamEndText(place: StepPlace, stream: string, bytes: number): Request {
    return (nonce) => `${prefixOf(place)}\nrc_close_of ${nonce} ${stream} ${bytes}`;
}

/** Aims `rc_kill` at all processes of a step but its supervisor. */
export function aimAtStep(place: StepPlace): string {
    return `${prefixOf(place)}\nrc_of_step ${quoted(`${STEP_MARK}=${place.mark}`)}`;
}

/** Ends a supervisor that does not end by itself after its recipe. */
export function killSupervisorText(place: StepPlace): Request {
    return (nonce) => `${prefixOf(place)}\nrc_kill_supervisor ${nonce}`;
}

/** Aims `rc_kill` at all that the steps of an instance left running. */
export function aimAtInstance(instance: string, instanceMark: string): string {
    return `rc_of_instance ${quoted(`${INSTANCE_MARK}=${instanceMark}`)} "$D"/steps/${quoted(instance)}/left`;
}

/** Asks those aimed at to end, or kills them; numbers in `asked` have been asked before. */
export function killText(aim: string, isImpatient: boolean, asked: readonly number[]): Request {
    return (nonce) => `${aim}\nrc_kill ${nonce} ${isImpatient ? 'KILL' : 'TERM'} ' ${asked.join(' ')} '`;
}

/** Takes the folders of an instance away. */
export function removalText(instance: string): Request {
    return (nonce) => `rm -rf ${instanceWordOf(instance)} "$D"/steps/${quoted(instance)}
[ -e ${instanceWordOf(instance)} ]
printf '\\n%s end %s %s\\n' ${nonce} $? ${instanceWordOf(instance)}`;
}

/** Takes the files of steps away whose ends are recorded. */
export function forgetText(places: readonly StepPlace[]): string {
    const words = places.map(({ instance, attempt }) => `"$D"/steps/${quoted(instance)}/${quoted(attempt)}.*`);
    return words.length === 0 ? '' : `rm -rf ${words.join(' ')}`;
}

/** The tables of sockets. */
export function socketsText(): Request {
    return (nonce) => `cat /proc/net/tcp /proc/net/tcp6\nprintf '\\n%s sockets\\n\\n%s end\\n' ${nonce} ${nonce}`;
}
