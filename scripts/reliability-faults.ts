/**
 * What may go wrong, what holds then, and what shows it: the rows of docs/reliability.md. A new row needs nothing but a line here; a test
 * that counts something on its way leaves it by `leaveFigures` (test/support/figures.ts).
 */

/** A test: its file in `test/`, and its name there as far as nothing is put into it. */
export type ShownBy = readonly [file: string, test: string];

export interface Fault {
    /** Short, for `npm run reliability -- ID`. */
    readonly id: string;
    readonly what: string;
    readonly holds: string;
    /** None for what only another command shows. */
    readonly shownBy: readonly ShownBy[];
    /** Figures of benches (files of bench/results): its name, and the figure's. */
    readonly benched?: readonly (readonly [bench: string, figure: string])[];
    /** The command, when it is not `npm run reliability -- ID`. */
    readonly command?: string;
}

export interface FaultGroup {
    readonly title: string;
    readonly faults: readonly Fault[];
}

export const FAULT_GROUPS: readonly FaultGroup[] = [
    {
        title: 'The runner dies',
        faults: [
            {
                id: 'any-write',
                what: 'One kill or failed write at any write of the journal of 50 instances, of every kind: nothing, a part, all or zeros of it on the disk; full disk, EIO, failed flush',
                holds: 'The end is that of the run without it; no step runs twice.',
                shownBy: [['system/bad-luck.test.ts', 'one misfortune at any write of a deployment of 50 instances']],
            },
            {
                id: 'many-writes',
                what: 'The same, one after the other in one deployment: every fifth write is met',
                holds: 'The same.',
                shownBy: [
                    [
                        'runner/loop/bad-luck.test.ts',
                        'deployments of 50 instances met by one misfortune after the other end as if there had been none',
                    ],
                ],
            },
            {
                id: 'kills',
                what: '`kill -9` at random instants, also while it resumes, with the model edited meanwhile',
                holds: 'Everything comes to its end after `resume`; no finished step runs twice; nothing is left behind.',
                shownBy: [
                    ['system/kill.test.ts', '20 processes killed at random'],
                    ['system/kill.test.ts', 'a runner killed in the middle of an undeployment is resumed'],
                    [
                        'system/changed-model.test.ts',
                        'a change goes on after its runner was killed in the middle of it',
                    ],
                ],
            },
            {
                id: 'campaign',
                what: 'The same, as long as one likes',
                holds: 'The same.',
                shownBy: [],
                command: 'npm run campaign',
            },
            {
                id: 'kills-over-ssh',
                what: '`kill -9` of what drives three hosts over SSH at random instants, also while it resumes, with the model edited meanwhile',
                holds: 'The same, counted on the hosts; after the end no file, process or claim of an address is left.',
                shownBy: [['hosts/kill.test.ts', '25 runners over SSH killed at random']],
            },
            {
                id: 'hosts-campaign',
                what: 'The same, as long as one likes',
                holds: 'The same.',
                shownBy: [],
                command: 'npm run campaign -- --hosts',
            },
            {
                id: 'long-journal',
                what: 'The runner of a deployment of 100,000 records is killed',
                holds: 'It goes on from the last snapshot: 0.5 s to the next step.',
                shownBy: [
                    [
                        'runner/journal/segments.test.ts',
                        'is read from its snapshot on, and that is what the whole of it says',
                    ],
                    [
                        'system/journal.test.ts',
                        'a deployment with a long journal goes on from its snapshot, also when its runner is killed',
                    ],
                ],
                benched: [
                    ['journal', 'from resume to the next step, 50 records'],
                    ['journal', 'from resume to the next step, 100,000 records'],
                ],
            },
            {
                id: 'saved-state',
                what: 'What a snapshot says of a deployment under way, at any moment of random deployments with faults',
                holds: 'It is what all records lead to.',
                shownBy: [
                    ['properties/saved-state.test.ts', 'a state that was saved is restored with all that is known'],
                ],
            },
            {
                id: 'steps-under-way',
                what: 'Steps are under way when the runner dies',
                holds: 'A live one is awaited, a result is taken, one that never began is run; else its end is unknown and somebody is asked.',
                shownBy: [
                    ['runner/local/steps.test.ts', 'a step begun by a runner that died is awaited'],
                    ['runner/local/steps.test.ts', 'a step whose supervisor vanished without a result is unknown'],
                    ['system/command-line.test.ts', 'a step of which nobody knows the end is never run again blindly'],
                ],
            },
        ],
    },
    {
        title: 'The disk fails',
        faults: [
            {
                id: 'full-disk',
                what: 'The disk with the state is full, from the start or in the middle of a run',
                holds: 'Nothing that is not recorded is begun; the cure is told; `resume` goes on.',
                shownBy: [
                    [
                        'runner/loop/disk.test.ts',
                        'a disk that is full from the start refuses the order and begins nothing',
                    ],
                    ['runner/loop/disk.test.ts', 'a disk that fills up stops the run with a clear failure'],
                    ['system/disk.test.ts', 'a disk that fills up in the middle of a run'],
                ],
            },
            {
                id: 'read-only-disk',
                what: 'The disk can only be read',
                holds: 'Nothing is begun, and it is said what to do.',
                shownBy: [['system/disk.test.ts', 'a state folder that can only be read']],
            },
            {
                id: 'no-room-for-a-snapshot',
                what: 'There is no room for a snapshot, or for another file of the journal',
                holds: 'Without a snapshot the journal goes on in its file; without a file nothing is written any more.',
                shownBy: [
                    ['runner/journal/segments.test.ts', 'that cannot be written leaves the journal in its file'],
                    ['runner/journal/segments.test.ts', 'after a file that could not be begun nothing is written'],
                ],
            },
        ],
    },
    {
        title: 'The journal was changed',
        faults: [
            {
                id: 'changed-journal',
                what: 'A byte, a line or a file of it is changed, doubled or missing; its end was lost',
                holds: 'It is refused with file and line; `roboconf journal verify` says what can be trusted.',
                shownBy: [
                    ['runner/journal/journal.test.ts', 'a changed byte anywhere but in the last line end is refused'],
                    ['runner/journal/journal.test.ts', 'a removed or doubled line is refused'],
                    ['runner/journal/segments.test.ts', 'is damaged where a segment is missing, changed or cut'],
                    ['runner/journal/segments.test.ts', 'tells that the end of the journal was lost'],
                    ['system/journal.test.ts', 'a journal is found whole, its records are shown'],
                ],
            },
            {
                id: 'wrong-snapshot',
                what: 'The snapshot is damaged, of another version or of another journal',
                holds: 'It is not used: all records are read.',
                shownBy: [
                    [
                        'runner/journal/segments.test.ts',
                        'of another version, damaged or of another journal is not used',
                    ],
                    ['runner/journal/segments.test.ts', 'of a state this version does not know gives way'],
                ],
            },
            {
                id: 'older-journals',
                what: 'An earlier version wrote it',
                holds: 'It is read, replayed and gone on with.',
                shownBy: [
                    ['runner/journal/formats.test.ts', '%s is read, replayed and found whole'],
                    ['runner/journal/formats.test.ts', '%s is gone on with'],
                    ['system/journal.test.ts', 'a deployment that an earlier version made is looked at'],
                ],
            },
        ],
    },
    {
        title: 'Two at once',
        faults: [
            {
                id: 'two-runners',
                what: 'Two programs deploy at once; a runner that was replaced wakes up',
                holds: 'One runner drives a deployment; the other attaches, or ends before its next record.',
                shownBy: [
                    ['system/survival.test.ts', 'two programs that deploy at once get one runner'],
                    [
                        'runner/process/holding.test.ts',
                        'a runner that was replaced begins nothing over the work of its successor',
                    ],
                    ['runner/loop/disk.test.ts', 'a runner that was superseded writes nothing more'],
                ],
            },
        ],
    },
    {
        title: 'Hosts fail',
        faults: [
            {
                id: 'lost-host',
                what: 'A host falls silent: cut off, frozen, switched off',
                holds: 'It is lost within 3 s; what it exports is withdrawn, its dependants are told; when it answers again, all comes back.',
                shownBy: [
                    ['runner/ssh/connections.test.ts', 'a host that falls silent is lost within three seconds'],
                    ['runner/ssh/attend.test.ts', 'that was silent is lost at once, and back when it answers'],
                    [
                        'runner/targets/route.test.ts',
                        'what a lost machine exports is withdrawn, and back when it answers again',
                    ],
                    // Deploys what the next two look at.
                    ['hosts/lamp.test.ts', 'the page that Apache answers shows a row of the database'],
                    ['hosts/lamp.test.ts', 'when a host with a Tomcat is cut off, Apache is reconfigured within 5 s'],
                    ['hosts/lamp.test.ts', 'when the host is back, its Tomcat serves again'],
                ],
            },
            {
                id: 'power-failure',
                what: 'One of five hosts is switched off in the middle of a deployment, a stop or an undeployment',
                holds: 'The others go on; it is told within seconds; when it is back it heals, or a person says how its step ended.',
                shownBy: [
                    ['hosts/power.test.ts', 'while it deploys: the others are deployed'],
                    ['hosts/power.test.ts', 'while it is stopped: the others stop'],
                ],
            },
            {
                id: 'given-up-host',
                what: 'A host never comes back',
                holds: 'What it is waited for and how to give it up is told; given up it holds nobody up, and its address is used last, after it was tidied.',
                shownBy: [
                    ['hosts/power.test.ts', 'while it is undeployed: the others go'],
                    ['hosts/power.test.ts', 'a machine that is given up while its end is waited for'],
                    [
                        'runner/targets/given-up.test.ts',
                        'a machine whose end is forced is given up before it is destroyed',
                    ],
                    ['runner/targets/given-up.test.ts', 'one whose end is asked for again by the next runner'],
                ],
            },
            {
                id: 'unfit-host',
                what: 'A host lets one in and is no good: no shell, a profile that writes, ends or waits for ever, no home to write to, sudo that asks',
                holds: 'Writing profiles do not disturb; else it is told with what it said and what to do, nothing is begun, and `retry` after the cure deploys.',
                shownBy: [
                    [
                        'hosts/hostile-hosts.test.ts',
                        'is told, nothing is begun on it, and retrying after the cure deploys',
                    ],
                    ['hosts/hostile-hosts.test.ts', 'profiles that write whatever they like'],
                ],
            },
            {
                id: 'set-clock',
                what: 'The clock of a host is set while a step runs, and the runner dies meanwhile',
                holds: 'The step has the time it has: it is awaited, and its time-out counts real seconds.',
                shownBy: [['hosts/hostile-hosts.test.ts', 'a clock that is set forward by hours while a step runs']],
            },
            {
                id: 'shared-pool',
                what: 'Two deployments want the last address of a pool; the folder of a deployment was deleted while it was deployed',
                holds: 'One gets it, the other is told who has it; what was deleted gives way and is tidied first.',
                shownBy: [
                    ['hosts/shared-pool.test.ts', 'of two that race for the last address one gets it'],
                    [
                        'hosts/shared-pool.test.ts',
                        'what a deployment left that was deleted on this computer is taken over',
                    ],
                ],
            },
            {
                id: 'lost-answer',
                what: 'The connection breaks before a step is sent, while it runs, or when it has ended; for ever',
                holds: 'A step that was never sent is run; one that runs goes on and its result is taken; else its end is unknown, never guessed.',
                shownBy: [
                    ['runner/ssh/remote-steps.test.ts', 'a step that was never sent is run after a reconnection'],
                    [
                        'runner/ssh/remote-steps.test.ts',
                        'a step goes on when the connection breaks, and its result is taken',
                    ],
                    [
                        'runner/ssh/remote-steps.test.ts',
                        'a step that ended while nobody could ask is answered from its result',
                    ],
                    ['runner/ssh/remote-steps.test.ts', 'a host that stays away leaves the end unknown'],
                    ['runner/ssh/remote-steps.test.ts', 'a runner that went leaves its step running'],
                    ['runner/ssh/remote-steps.test.ts', 'a supervisor that was killed leaves the end unknown'],
                ],
            },
            {
                id: 'host-key',
                what: 'A host shows a key that is not known, changed or revoked',
                holds: 'It is refused with the fingerprint; nothing is sent to it, no password either.',
                shownBy: [
                    ['runner/ssh/connections.test.ts', 'that is not known is refused with what it showed'],
                    ['runner/ssh/connections.test.ts', 'whose key changed is refused'],
                    ['runner/ssh/connections.test.ts', 'whose key is revoked is refused'],
                    ['hosts/hostile-hosts.test.ts', 'while it is watched stays lost for that reason'],
                    ['hosts/hostile-hosts.test.ts', 'since the last deployment is refused before anything is begun'],
                ],
            },
            {
                id: 'wrong-secret',
                what: 'A password is missing or wrong',
                holds: 'It is told which one, without the value.',
                shownBy: [
                    ['hosts/targets.test.ts', 'a secret that is missing, or wrong, is told without being told'],
                    ['hosts/hostile-hosts.test.ts', 'a wrong password is told without being told'],
                ],
            },
            {
                id: 'remote-output',
                what: 'A recipe on a host writes without end, forged marks, control sequences, bytes that are no text',
                holds: 'No mark is believed; what is passed on is cut, and its end is kept.',
                shownBy: [
                    ['runner/ssh/remote-steps.test.ts', 'marks that look like the ends of answers, controls'],
                    [
                        'runner/ssh/remote-steps.test.ts',
                        'a flood of output is cut in what is passed on, and its end is kept',
                    ],
                    ['runner/ssh/remote-steps.test.ts', 'output without end is emptied on the host'],
                ],
            },
            {
                id: 'remote-cancel',
                what: 'A step on a host is cancelled, also while the host is away',
                holds: 'All it started is ended; of a host that is away it is unknown at once.',
                shownBy: [
                    ['runner/ssh/remote-steps.test.ts', 'cancelling ends everything the recipe started'],
                    [
                        'runner/ssh/remote-steps.test.ts',
                        'a step that is cancelled while its host is away ends as unknown at once',
                    ],
                ],
            },
        ],
    },
    {
        title: 'Recipes misbehave',
        faults: [
            {
                id: 'hanging-recipe',
                what: 'A recipe hangs and ignores SIGTERM, or is cancelled with what it started in sessions of its own',
                holds: 'All of it is killed; the runner waits until it is gone.',
                shownBy: [
                    ['runner/local/steps.test.ts', 'a recipe that hangs and ignores TERM is timed out and killed'],
                    ['runner/local/steps.test.ts', 'cancelling kills everything the recipe started'],
                    ['system/bad-recipes.test.ts', 'a run can be cancelled from another terminal'],
                ],
            },
            {
                id: 'hostile-output',
                what: 'A recipe writes without end, or control sequences',
                holds: 'Its output is capped in events and on the disk; nothing of it reaches a terminal as it is.',
                shownBy: [
                    ['runner/local/steps.test.ts', 'a flood of output is capped in events and on disk'],
                    [
                        'system/bad-recipes.test.ts',
                        'a flood of output neither holds the others up nor is lost at its end',
                    ],
                    ['runner/process/misfortune.test.ts', 'control sequences of a recipe are kept in its output'],
                ],
            },
            {
                id: 'left-programs',
                what: 'A recipe leaves programs running that hide',
                holds: 'They are listed, and end with their instance.',
                shownBy: [
                    ['runner/local/steps.test.ts', 'a daemon left by start is listed'],
                    ['runner/local/steps.test.ts', 'a daemon that cleared its environment, or left the session'],
                ],
            },
        ],
    },
];

/** Every fault, in the order of the page. */
export function allFaults(): readonly Fault[] {
    return FAULT_GROUPS.flatMap(({ faults }) => faults);
}

/** The part of a test's name before anything is put into it. */
export function fixedPart(test: string): string {
    return test.replace(/^%\w /, '');
}
