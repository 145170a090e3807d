/** One output channel per deployment: recipe output and life cycle as lines of a log. It is shown only when asked for. */
import * as vscode from 'vscode';
import { redact } from '../ui/redact.ts';
import type { DeploymentView } from './deployment-view.ts';
import type { DeploymentEvent, Deployments } from './deployments.ts';
import type { RunnerAccess } from './engine.ts';
import { createLineMaker, loggedLines, type LineMaker, type OutputLine } from './output-lines.ts';

export interface DeploymentOutput extends vscode.Disposable {
    /** Shows the channel of a deployment; the focus stays where it is. */
    readonly show: (deployment: DeploymentView) => Promise<void>;
}

interface Channel {
    readonly channel: vscode.LogOutputChannel;
    readonly maker: LineMaker;
}

/** Follows all deployments. Channels of deployments that left the list are closed. */
export function createDeploymentOutput(deployments: Deployments, access: Pick<RunnerAccess, 'logs'>): DeploymentOutput {
    const channels = new Map<string, Channel>();
    const channelOf = (deployment: DeploymentView): Channel => {
        const known = channels.get(deployment.id);
        if (known !== undefined) return known;
        const channel = vscode.window.createOutputChannel(channelName(deployment), { log: true });
        const opened = { channel, maker: createLineMaker() };
        channels.set(deployment.id, opened);
        return opened;
    };
    const take = ({ deployment, event }: DeploymentEvent): void => {
        const { channel, maker } = channelOf(deployment);
        for (const line of maker.take(event)) write(channel, line);
    };
    const closeRemoved = (): void => {
        for (const [id, { channel }] of channels) {
            if (deployments.find(id) !== undefined) continue;
            channel.dispose();
            channels.delete(id);
        }
    };
    const subscriptions = [deployments.onEvent(take), deployments.onChange(closeRemoved)];
    return {
        show: async (deployment) => {
            const isFirst = !channels.has(deployment.id);
            const { channel } = channelOf(deployment);
            // What was said before this window listened is in the logs of the steps.
            if (isFirst && !deployment.simulated) {
                for (const line of (await access.logs(deployment.key)).flatMap(loggedLines)) write(channel, line);
            }
            channel.show(true);
        },
        dispose: () => {
            for (const subscription of subscriptions) subscription.dispose();
            for (const { channel } of channels.values()) channel.dispose();
            channels.clear();
        },
    };
}

function channelName({ key, simulated, id }: DeploymentView): string {
    return simulated ? `Roboconf: ${key.deployment} (${id.replace(':', ' ')})` : `Roboconf: ${key.deployment}`;
}

function write(channel: vscode.LogOutputChannel, { level, text }: OutputLine): void {
    const shown = redact(text);
    switch (level) {
        case 'info':
            return channel.info(shown);
        case 'warn':
            return channel.warn(shown);
        case 'error':
            return channel.error(shown);
    }
}
