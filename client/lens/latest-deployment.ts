/** Which of an application's deployments its source shows. */
import type { DeploymentView } from '../deployments/deployment-view.ts';

/** The one that changed last; undefined when there is none. */
export function latestDeployment(views: readonly DeploymentView[], directory: string): DeploymentView | undefined {
    const own = views.filter(({ key }) => key.directory === directory);
    return own.toSorted((left, right) => right.changedAt - left.changedAt)[0];
}
