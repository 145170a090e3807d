/** What a machine says of itself, as the core takes it. */
import type { News } from '../loop.ts';
import type { MachineNews } from './target.ts';

/** The input that news of a machine are; `target` is the name of the copy of the target that made it. */
export function inputOf(news: MachineNews, target: string): News {
    const { path } = news;
    switch (news.kind) {
        case 'lost':
            return { kind: 'machineLost', path, reason: news.reason };
        case 'back':
            return {
                kind: 'machineUp',
                path,
                machineId: news.machineId,
                address: news.address,
                target,
                isRebooted: news.isRebooted,
            };
        case 'gone':
            return { kind: 'machineDown', path };
        default:
            throw new Error(`unexpected news ${JSON.stringify(news satisfies never)}`);
    }
}
