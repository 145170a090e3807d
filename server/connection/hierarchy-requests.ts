/** Requests for hierarchies: who imports from whom, who inherits from whom. */
import type { CallHierarchyItem, TypeHierarchyItem } from 'vscode-languageserver/node';
import { incomingCalls, outgoingCalls, prepareCalls } from '../features/call-hierarchy.ts';
import type { ApplicationOf } from '../features/hierarchy-item.ts';
import { prepareTypes, subtypesOf, supertypesOf } from '../features/type-hierarchy.ts';
import type { Session } from '../session.ts';
import { questionAt } from './document-questions.ts';

/** Registers call and type hierarchies. */
export function answerHierarchyRequests(session: Session): void {
    const { connection, workspace, locations } = session;
    const applicationOf: ApplicationOf = (uri) => workspace.view(locations.pathOf(uri))?.application;
    const { callHierarchy, typeHierarchy } = connection.languages;
    callHierarchy.onPrepare(async (params) => {
        const question = questionAt(session, params);
        return question === undefined ? null : orNull<CallHierarchyItem>(await prepareCalls(question, locations));
    });
    callHierarchy.onIncomingCalls(({ item }) => [...incomingCalls(item, applicationOf, locations)]);
    callHierarchy.onOutgoingCalls(({ item }) => [...outgoingCalls(item, applicationOf, locations)]);
    typeHierarchy.onPrepare(async (params) => {
        const question = questionAt(session, params);
        return question === undefined ? null : orNull<TypeHierarchyItem>(await prepareTypes(question, locations));
    });
    typeHierarchy.onSupertypes(({ item }) => [...supertypesOf(item, applicationOf, locations)]);
    typeHierarchy.onSubtypes(({ item }) => [...subtypesOf(item, applicationOf, locations)]);
}

/** Editors say that there is no hierarchy when they get null, and show an empty one otherwise. */
function orNull<T>(items: readonly T[]): T[] | null {
    return items.length === 0 ? null : [...items];
}
