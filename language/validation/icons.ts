/** Icons of applications: images right in `descriptor/` (reference: language, section 1). */
import type { Scope } from './scope.ts';

/** X_ICON_NOT_CHOSEN: of several images, only one called `application.…` is taken. */
export function checkIcons(scope: Scope): void {
    const { project, descriptor } = scope.analysis;
    const images = project.filesIn('descriptor').filter((name) => /\.(?:png|gif|svg|jpe?g)$/i.test(name));
    if (images.length < 2 || images.some((name) => name.toLowerCase().startsWith('application.'))) return;
    const names = images.join(', ');
    const message = `None of the images in 'descriptor/' is the icon: keep one of ${names}, or call one 'application.png'.`;
    scope.report.add('X_ICON_NOT_CHOSEN', descriptor?.file.firstLine ?? null, message, { details: { FILES: names } });
}
