/** The runner room's door to targets, as far as the client uses it: the only file that reads target files, pools and keys, and connects to hosts. */
import type { TargetChoice, TargetSource } from '../../language/index.ts';
import type {
    ApprovalOutcome,
    DeploymentKey,
    PoolAddress,
    ProbeOutcome,
    SecretLookup,
    TargetDefinition,
    TargetFailure,
} from '../../runner/index.ts';

/** One target with the values of its secrets that are known. */
export interface KeyedTarget {
    readonly definition: TargetDefinition;
    readonly secretOf: SecretLookup;
}

export interface TargetAccess {
    /** Target files around an application, in `targets/` of the folders above it up to `top`, and `files` besides. Paths are absolute. */
    readonly around: (directory: string, top: string, files: readonly string[]) => Promise<readonly TargetSource[]>;
    /** Which secret or variable of the environment a target lacks, as a clause; null when none. */
    readonly lack: (target: KeyedTarget) => Promise<string | null>;
    /** The addresses of a pool with their holders; a failure when a value is missing. */
    readonly pool: (target: KeyedTarget) => Promise<readonly PoolAddress[] | TargetFailure>;
    /** Those of the addresses of which no host key is known. Nothing is connected. */
    readonly strangers: (target: KeyedTarget, addresses: readonly string[]) => Promise<readonly string[]>;
    /** Addresses that a deploy of so many machines may take and of which no host key is known. Nothing is connected. */
    readonly likelyStrangers: (target: KeyedTarget, machineCount: number) => Promise<readonly string[]>;
    readonly probe: (target: KeyedTarget, address: string, signal: AbortSignal) => Promise<ProbeOutcome>;
    /** Keeps a key (Base64) that an address showed. One in the place of another is never kept. */
    readonly approve: (target: KeyedTarget, address: string, key: string) => Promise<ApprovalOutcome>;
    /** What the last deploy of a deployment that is under way chose. */
    readonly choices: (key: DeploymentKey) => Promise<readonly TargetChoice[]>;
    /** Targets that a deployment under way has machines of, as they were recorded. */
    readonly recorded: (key: DeploymentKey) => Promise<readonly TargetDefinition[]>;
    /** Tells texts that can stand in a pool. */
    readonly addressTest: () => Promise<(text: string) => boolean>;
    readonly secretNames: (definition: TargetDefinition) => Promise<readonly string[]>;
    /** What this process knows of secrets by itself: from its environment, and the file that names there. */
    readonly environmentSecrets: () => Promise<SecretLookup>;
}

/** Loaded when it is first used: most windows have no targets to look at. */
const runnerRoom = () => import('../../runner/index.ts');

/** `stateDirectory` is a setting and asked at every use; undefined = the runner's own choice. */
export function createTargetAccess(stateDirectory: () => string | undefined): TargetAccess {
    return {
        around: async (directory, top, files) => {
            const room = await runnerRoom();
            return room.withTargetFiles(room.targetsAround(directory, top), files);
        },
        lack: async ({ definition, secretOf }) => {
            const expanded = (await runnerRoom()).expandedProperties(definition, secretOf, process.env);
            return expanded.kind === 'failed' ? expanded.reason : null;
        },
        pool: async ({ definition, secretOf }) =>
            (await runnerRoom()).poolAddresses(definition, secretOf, stateDirectory()),
        strangers: async ({ definition, secretOf }, addresses) => {
            const { isStranger } = await runnerRoom();
            return addresses.filter((address) => isStranger(definition, address, secretOf));
        },
        likelyStrangers: async ({ definition, secretOf }, machineCount) =>
            (await runnerRoom()).strangersFor(definition, machineCount, secretOf, stateDirectory()),
        probe: async ({ definition, secretOf }, address, signal) =>
            (await runnerRoom()).probeAddress(definition, address, secretOf, signal),
        approve: async ({ definition, secretOf }, address, key) =>
            (await runnerRoom()).approveAddress(definition, address, key, secretOf),
        choices: async ({ directory, deployment }) =>
            (await runnerRoom()).readTargetChoices(directory, deployment, stateDirectory()),
        recorded: async ({ directory, deployment }) =>
            (await runnerRoom()).readRecordedTargets(directory, deployment, stateDirectory()),
        addressTest: async () => (await runnerRoom()).isPoolAddress,
        secretNames: async (definition) => (await runnerRoom()).secretNamesIn(definition),
        environmentSecrets: async () => (await runnerRoom()).createSecrets(process.env).secretOf,
    };
}
