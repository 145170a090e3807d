/** The texts of the run page in the editor's language. */
import * as vscode from 'vscode';
import type { TimelineTexts } from '../../media/timeline/page.ts';

/** Asked anew for every page: the language is that of the window. */
export function timelineTexts(): TimelineTexts {
    return {
        ...pageTexts(),
        ...legendTexts(),
        ...failureTexts(),
        ...detailTexts(),
        ...stepTexts(),
        ...timeTexts(),
        ...tableTexts(),
        ...compareTexts(),
    };
}

function pageTexts() {
    return {
        'page.loading': vscode.l10n.t('Reading the run…'),
        'page.gone': vscode.l10n.t('Nothing is kept of this run'),
        'page.goneDetail': vscode.l10n.t(
            'It was a simulation that is closed, or its journal was removed. Runs that are kept are in the Deployments view.',
        ),
        'page.tools': vscode.l10n.t('Run tools'),
        'page.chart': vscode.l10n.t('Timeline'),
        'page.chartOf': vscode.l10n.t('Timeline of {0} steps'),
        'page.table': vscode.l10n.t('Table'),
        'page.showChart': vscode.l10n.t('Show the steps as a timeline (1)'),
        'page.showTable': vscode.l10n.t('Show the steps as a table (2)'),
        'page.critical': vscode.l10n.t('Critical path'),
        'page.showCritical': vscode.l10n.t(
            'Critical path: emphasise the steps that made the run as long as it was (C)',
        ),
        'page.zoomIn': vscode.l10n.t('Zoom in (+)'),
        'page.zoomOut': vscode.l10n.t('Zoom out (-)'),
        'page.fit': vscode.l10n.t('Show the whole run (F)'),
        'page.compare': vscode.l10n.t('Compare…'),
        'page.compareWith': vscode.l10n.t('Compare with another run'),
        'page.now': vscode.l10n.t('now'),
        'page.noSteps': vscode.l10n.t('Nothing was run.'),
        'page.noStepsYet': vscode.l10n.t('No step has begun yet.'),
        'live.ended': vscode.l10n.t('{0}: {1}'),
    };
}

function legendTexts() {
    return {
        'legend.title': vscode.l10n.t('Legend'),
        'legend.waiting': vscode.l10n.t('waiting'),
        'legend.retry': vscode.l10n.t('waiting for a retry'),
        'legend.critical': vscode.l10n.t('critical path'),
        'legend.failed': vscode.l10n.t('failed'),
        'legend.running': vscode.l10n.t('under way'),
    };
}

function failureTexts() {
    return {
        'failures.title': vscode.l10n.t('What went wrong'),
        'failures.more': vscode.l10n.t('and {0} more'),
        'failures.openRecipe': vscode.l10n.t('Open Recipe'),
        'failures.openAt': vscode.l10n.t('Open {0} at line {1}'),
        'failures.showOutput': vscode.l10n.t('Show Output'),
        'failures.showStep': vscode.l10n.t('Show in Timeline'),
    };
}

function detailTexts() {
    return {
        'details.title': vscode.l10n.t('Details of the selected step'),
        'details.began': vscode.l10n.t('Began'),
        'details.took': vscode.l10n.t('Took'),
        'details.sofar': vscode.l10n.t('So far'),
        'details.why': vscode.l10n.t('Why'),
        'details.host': vscode.l10n.t('Host'),
        'details.component': vscode.l10n.t('Component'),
        'details.tries': vscode.l10n.t('Try'),
        'details.exporter': vscode.l10n.t('News from'),
        'details.after': vscode.l10n.t('After'),
        'details.wave': vscode.l10n.t('Wave'),
        'details.onCritical': vscode.l10n.t('on the critical path'),
        'details.exitCode': vscode.l10n.t('Exit code'),
        'details.showInstance': vscode.l10n.t('Show Instance'),
        'details.showInGraph': vscode.l10n.t('Show in Graph'),
        'details.close': vscode.l10n.t('Close the details (Escape)'),
        'details.at': vscode.l10n.t('{0}, at {1}'),
    };
}

function stepTexts() {
    return {
        'step.name': vscode.l10n.t('{0} {1}'),
        'step.spoken': vscode.l10n.t('{0} {1}: {2}, began after {3}, took {4}'),
        'step.spokenRunning': vscode.l10n.t('{0} {1}: {2}, began after {3}, {4} so far'),
        'step.try': vscode.l10n.t('try {0}'),
        'step.spokenCritical': vscode.l10n.t('{0}, on the critical path'),
        'outcome.running': vscode.l10n.t('under way'),
        'outcome.succeeded': vscode.l10n.t('succeeded'),
        'outcome.failed': vscode.l10n.t('failed'),
        'outcome.timedOut': vscode.l10n.t('timed out'),
        'outcome.cancelled': vscode.l10n.t('cancelled'),
        'outcome.unknown': vscode.l10n.t('ended unknown'),
        'outcome.open': vscode.l10n.t('not ended'),
        'phase.createMachine': vscode.l10n.t('create machine'),
        'phase.destroyMachine': vscode.l10n.t('remove machine'),
        'wait.imports': vscode.l10n.t('waiting for imports'),
        'wait.importsOf': vscode.l10n.t('waiting for {0}'),
        'wait.parent': vscode.l10n.t('waiting for its parent'),
        'wait.retry': vscode.l10n.t('waiting for the next try'),
        'wait.took': vscode.l10n.t('{0}, {1}'),
    };
}

function timeTexts() {
    return {
        'time.milliseconds': vscode.l10n.t('{0} ms'),
        'time.seconds': vscode.l10n.t('{0} s'),
        'time.wholeMinutes': vscode.l10n.t('{0} min'),
        'time.wholeHours': vscode.l10n.t('{0} h'),
        'time.minutes': vscode.l10n.t('{0} min {1} s'),
        'time.hours': vscode.l10n.t('{0} h {1} min'),
        'time.after': vscode.l10n.t('+{0}'),
    };
}

function tableTexts() {
    return {
        'column.instance': vscode.l10n.t('Instance'),
        'column.host': vscode.l10n.t('Host'),
        'column.step': vscode.l10n.t('Step'),
        'column.began': vscode.l10n.t('Began'),
        'column.took': vscode.l10n.t('Took'),
        'column.outcome': vscode.l10n.t('Outcome'),
        'column.wave': vscode.l10n.t('Wave'),
        'column.critical': vscode.l10n.t('Critical'),
        'table.yes': vscode.l10n.t('yes'),
        'table.title': vscode.l10n.t('Steps of the run'),
    };
}

function compareTexts() {
    return {
        'compare.title': vscode.l10n.t('Two runs side by side'),
        'compare.left': vscode.l10n.t('Run A'),
        'compare.right': vscode.l10n.t('Run B'),
        'compare.difference': vscode.l10n.t('Difference'),
        'compare.none': vscode.l10n.t('Both runs had the same steps, and none took longer or ended otherwise.'),
        'compare.onlyLeft': vscode.l10n.t('only in A'),
        'compare.onlyRight': vscode.l10n.t('only in B'),
        'compare.longer': vscode.l10n.t('{0} longer'),
        'compare.shorter': vscode.l10n.t('{0} shorter'),
        'compare.same': vscode.l10n.t('the same'),
        'compare.attempts': vscode.l10n.t('{0} in {1} tries'),
        'compare.changed': vscode.l10n.t('ended otherwise'),
        'compare.open': vscode.l10n.t('Open this run'),
        'compare.swap': vscode.l10n.t('Exchange A and B'),
        'compare.total': vscode.l10n.t('B was {0} than A'),
        'compare.totalSame': vscode.l10n.t('Both took the same time'),
    };
}
